"""The wheel in an empty environment: plain wheels, newest numpy, no QGIS."""

import os
import subprocess
import sys
import zipfile

import pytest

from scripts.build_zip import ROOT

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "-w", folder, ROOT]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return next(folder.glob("*.whl"))


def test_layers_and_styles_travel_inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"arsenaal_gis/_data/layers/{path.name}" for path in (ROOT / "layers").glob("*.toml")} <= names
    assert {f"arsenaal_gis/_data/styles/{path.name}" for path in (ROOT / "styles").glob("*.qml")} <= names
    assert not any(name.startswith(("tests", "plugin", "bench", "scripts")) for name in names)


def test_installs_and_works_without_qgis(wheel, tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))
    }

    def run(*command):
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    run(SYSTEM_PYTHON, "-m", "venv", "empty")
    installed = run("empty/bin/pip", "-q", "install", "--no-compile", wheel)
    assert installed.returncode == 0, installed.stderr
    numpy = run("empty/bin/python", "-c", "import numpy; print(numpy.__version__)").stdout
    assert int(numpy.split(".")[0]) >= 2
    layers = run("empty/bin/arsenaal", "layers")
    assert layers.returncode == 0, layers.stderr
    assert "woningen" in layers.stdout
    demo = run("empty/bin/arsenaal", "demo", "wijk", "--wijk", "vaartkant")
    assert demo.returncode == 0, demo.stderr
    assert (tmp_path / "wijk" / "wijk.toml").is_file()
