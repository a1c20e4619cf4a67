"""The zip in a clean profile: under qgis_process, and a planner's morning in a real window.

One file, so that the practice wijken are made once. QGIS installs the zip, real widgets are clicked, every step is
asserted; pictures of every step stay in build/journey/. The steps themselves are in scripts/journey.py.
"""

import contextlib
import json
import sqlite3

import pytest
from qgis.core import QgsVectorLayer, QgsVectorLayerUtils

from arsenaal_gis.wijk import Wijk
from scripts.build_zip import ROOT, pack
from scripts.window import journey

# What a short walk needs neither plan nor print for; the rest of the journey takes minutes.
SHORT = (
    "install_the_zip",
    "open_the_practice_wijk",
    "look_through_the_lists",
    "see_why_the_first_place_ranks_first",
    "change_a_weight",
    "veto_a_place",
    "reload_twenty_times",
)
# Steps that put a plugin or a plan on screen; in all others the planner works.
LOADING = (
    "install_the_zip",
    "open_the_practice_wijk",
    "see_the_new_plan",
    "see_the_new_rounds",
    "reload_twenty_times",
)


@pytest.fixture(scope="module")
def archive(plugin_tree, tmp_path_factory):
    return pack(plugin_tree, tmp_path_factory.mktemp("zip é") / "arsenaal.zip")


def walk(name, archive, wijk, folder, steps=()):
    out = ROOT / "build" / "journey" / name
    told = journey(archive, wijk, out, folder / "profiel é met spatie", steps)
    assert told["error"] == ""
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(told["steps"])
    assert all(picture.stat().st_size > 30_000 for picture in pictures), "a window with something in it"
    return {step["step"]: step for step in told["steps"]}


def test_the_zip_in_a_window(archive, practice, tmp_path):
    assert set(walk("kort", archive, practice, tmp_path, SHORT)) == set(SHORT)


@pytest.mark.soak
def test_the_whole_journey_and_nothing_keeps_the_window_waiting(archive, imported, tmp_path):
    """Bars in processor seconds of the window's thread, which other work on the machine does not touch."""
    steps = walk("heel", archive, imported, tmp_path)
    assert steps["open_the_practice_wijk"]["usable_busy"] < 3.0
    blocked = {name: step["busy"] for name, step in steps.items()}
    assert {name: busy for name, busy in blocked.items() if busy >= (1.0 if name in LOADING else 0.2)} == {}


def test_list_and_run(qgis_process, wijk):
    listed = json.loads(qgis_process("list").stdout)
    names = listed["providers"]["arsenaal"]["algorithms"]
    assert {"arsenaal:plan", "arsenaal:import", "arsenaal:check"} <= set(names)
    wrong = qgis_process("run", "arsenaal:plan", "--", f"WIJK={wijk}", "PEILDATUM=gisteren")
    assert wrong.returncode != 0
    assert "2025-06-30" in wrong.stdout + wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_practice_wijk_from_nothing(imported, practice, qgis_process, qgis_new_project):
    """The zip in a clean profile: made and imported, planned under qgis_process; then written while it is edited."""
    assert len(Wijk.open(imported).layer("woningen")) == 1296
    assert [path.name for path in (practice / "plannen").glob("2*")]
    import_while_qgis_edits(qgis_process, practice / "wijk.toml")


def import_while_qgis_edits(qgis_process, config):
    """Two writers on one wijk: the edit is kept, the import lands beside it, neither file is harmed."""
    path = config.with_name("wijk.gpkg")
    layer = QgsVectorLayer(f"{path}|layername=besluiten", "besluiten", "ogr")
    assert layer.startEditing()
    row = QgsVectorLayerUtils.createFeature(layer)
    for name, value in {"besluit_id": "b1", "laag": "percelen", "sleutel": "x", "besluit": "veto"}.items():
        row[name] = value
    assert layer.addFeature(row)
    imported = qgis_process("run", "arsenaal:import", "--", f"WIJK={config}")
    assert imported.returncode == 0, imported.stdout[-1500:] + imported.stderr[-1500:]
    assert layer.commitChanges(), layer.commitErrors()
    assert layer.featureCount() == 1
    beside = config.with_name("wijk.nieuw.gpkg")
    assert json.loads(imported.stdout)["results"]["GPKG"] == str(beside)
    for file in (path, beside):
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
