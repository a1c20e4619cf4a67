"""Both practice wijken, written once."""

import csv
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from arsenaal_gis import demo, raster
from arsenaal_gis.progress import Silent


@dataclass
class Delivered:
    """A written practice wijk, read back with nothing but general readers."""

    folder: Path
    written: list[Path]
    told: list[str]

    def frame(self, name, layer=None) -> gpd.GeoDataFrame:
        return pyogrio.read_dataframe(self.folder / "bron" / name, layer=layer)

    def rows(self, name) -> list[dict]:
        with open(self.folder / "bron" / name, encoding="cp1252", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def grid(self, name, bounds=None) -> raster.Grid:
        return raster.read(self.folder / "bron" / f"{name}.tif", bounds)


class Listening(Silent):
    """Keeps what it is told."""

    def __init__(self):
        self.told = []

    def message(self, text):
        self.told.append(text)


@pytest.fixture(scope="session")
def arsenaal(tmp_path_factory):
    folder, progress = tmp_path_factory.mktemp("arsenaal"), Listening()
    return Delivered(folder, demo.write(folder, progress=progress), progress.told)


@pytest.fixture(scope="session")
def vaartkant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vaartkant")
    return Delivered(folder, demo.write(folder, "vaartkant"), [])
