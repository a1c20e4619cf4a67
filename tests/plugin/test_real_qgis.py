"""The zip in a clean profile: under qgis_process and in a real window."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sysconfig
import zipfile

import pytest
from qgis.core import QgsVectorLayer, QgsVectorLayerUtils

from scripts.build_zip import ROOT, pack

PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def installed(plugin_tree, tmp_path_factory):
    """Environment of a QGIS whose profile, with spaces and accents, holds the unpacked zip."""
    home = tmp_path_factory.mktemp("profiel é met spatie")
    archive = pack(plugin_tree, home / "arsenaal.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(home / "plugins")
    return {
        **os.environ,
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "QGIS_PLUGINPATH": str(home / "plugins"),
        "QGIS_CUSTOM_CONFIG_PATH": str(home / "config"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def process(installed, *arguments, feed=None):
    run = subprocess.run(
        [PROCESS, "--json", *arguments],
        env=installed,
        input=feed,
        capture_output=True,
        text=True,
        check=False,
    )
    return run


def test_enable_list_and_run(installed, wijk):
    enabled = process(installed, "plugins", "enable", "arsenaal")
    assert enabled.returncode == 0, enabled.stderr
    listed = json.loads(process(installed, "list").stdout)
    names = listed["providers"]["arsenaal"]["algorithms"]
    assert {"arsenaal:plan", "arsenaal:import", "arsenaal:check"} <= set(names)
    wrong = process(installed, "run", "arsenaal:plan", "--", f"WIJK={wijk}", "PEILDATUM=gisteren")
    assert wrong.returncode != 0
    assert "2025-06-30" in wrong.stdout + wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_real_window_shows_the_wijk(wijk, tmp_path):
    seen = look(wijk.parent, tmp_path, row=0)
    assert {"percelen", "woningen", "bezoeken"} <= set(seen["layers"])
    assert seen["ranked"] == 0
    assert seen["seconds"] < 10


def test_practice_wijk_from_nothing_to_the_window(installed, tmp_path, qgis_new_project):
    """The zip in a clean profile: make, import and plan the practice wijk under qgis_process, then look."""
    folder = tmp_path / "oefenwijk é"
    config = folder / "wijk.toml"
    process(installed, "plugins", "enable", "arsenaal")
    steps = (
        ("practice", [f"FOLDER={folder}"]),
        ("import", [f"WIJK={config}"]),
        ("plan", [f"WIJK={config}", "PEILDATUM=2025-06-30"]),
    )
    for name, parameters in steps:
        run = process(installed, "run", f"arsenaal:{name}", "--", *parameters)
        assert run.returncode == 0, run.stdout[-1500:] + run.stderr[-1500:]
    results = json.loads(run.stdout)["results"]
    assert results["PLAN"].endswith(".gpkg")
    assert "Fictieve oefendata" in results["WARNINGS"]

    seen = look(folder, tmp_path, row=0)
    wanted = {"onthard_kandidaten", "hitte_straat", "pet_dag", "hotspots_straat", "woningen"}
    assert wanted <= set(seen["layers"])
    assert seen["ranked"] > 300

    import_while_qgis_edits(installed, config)


def import_while_qgis_edits(installed, config):
    """Two writers on one wijk: the edit is kept, the import lands beside it, neither file is harmed."""
    path = config.with_name("wijk.gpkg")
    layer = QgsVectorLayer(f"{path}|layername=besluiten", "besluiten", "ogr")
    assert layer.startEditing()
    row = QgsVectorLayerUtils.createFeature(layer)
    for name, value in {"besluit_id": "b1", "laag": "percelen", "sleutel": "x", "besluit": "veto"}.items():
        row[name] = value
    assert layer.addFeature(row)
    imported = process(installed, "run", "arsenaal:import", "--", f"WIJK={config}")
    assert imported.returncode == 0, imported.stdout[-1500:] + imported.stderr[-1500:]
    assert layer.commitChanges(), layer.commitErrors()
    assert layer.featureCount() == 1
    beside = config.with_name("wijk.nieuw.gpkg")
    assert json.loads(imported.stdout)["results"]["GPKG"] == str(beside)
    for file in (path, beside):
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def look(folder, tmp_path, row):
    """Open a wijk in a real window, choose a row of the dock, and return what was seen."""
    shot = tmp_path / "window.png"
    run = subprocess.run(
        [
            "xvfb-run",
            "-a",
            "-s",
            "-screen 0 1600x1000x24",
            "sh",
            ROOT / "scripts" / "open_qgis.sh",
            folder,
            tmp_path / "profiel é",
        ],
        env={
            **{k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"},
            "ARSENAAL_SHOT": str(shot),
            "ARSENAAL_ROW": str(row),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert shot.exists(), run.stderr[-2000:]
    seen = json.loads(shot.with_suffix(".json").read_text(encoding="utf-8"))
    assert "error" not in seen, seen["error"]
    return seen
