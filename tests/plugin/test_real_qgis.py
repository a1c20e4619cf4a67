"""The zip in a clean profile: under qgis_process and in a real window."""

import json
import os
import shutil
import subprocess
import sysconfig
import zipfile

import pytest

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
    shot = tmp_path / "window.png"
    run = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "sh", ROOT / "scripts" / "open_qgis.sh", wijk.parent, tmp_path / "profiel é"],
        env={**{k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}, "ARSENAAL_SHOT": str(shot)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert shot.exists(), run.stderr[-2000:]
    seen = json.loads(shot.with_suffix(".json").read_text(encoding="utf-8"))
    assert "error" not in seen, seen["error"]
    assert {"percelen", "woningen", "bezoeken"} <= set(seen["layers"])
    assert seen["seconds"] < 10
