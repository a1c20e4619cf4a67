"""Rasters: windows, no data, and the same bytes with rasterio and with GDAL's own Python."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from arsenaal_gis import raster
from arsenaal_gis.errors import SourceError

GRID = raster.Grid(np.arange(12, dtype=np.float32).reshape(3, 4), 100.0, 203.0, 1.0)


@pytest.fixture
def tif(tmp_path):
    values = GRID.values.copy()
    values[0, 0] = np.nan
    raster.write(
        tmp_path / "é.tif", GRID.like(values), unit="m", description="hoogte", metadata={"bron": "proef"}
    )
    return tmp_path / "é.tif"


def test_what_is_written_is_read(tif):
    back = raster.read(tif)
    assert np.isnan(back.values[0, 0]) and back.values[2, 3] == 11
    assert (back.x_min, back.y_max, back.cell, back.bounds) == (100, 203, 1, (100, 200, 104, 203))


def test_a_window_is_widened_to_whole_cells_and_nan_outside(tif):
    window = raster.read(tif, (98.5, 201.2, 101.1, 202.9))
    assert window.bounds == (98, 201, 102, 203)
    assert np.array_equal(
        window.values, [[np.nan, np.nan, np.nan, 1], [np.nan, np.nan, 4, 5]], equal_nan=True
    )


def test_a_window_beside_the_raster_is_empty(tif):
    assert np.isnan(raster.read(tif, (0, 0, 2, 2)).values).all()


def test_rows_and_columns_of_points():
    row, column = GRID.rows_columns([100.5, 103.9, 99.9], [202.9, 200.1, 199.0])
    assert row.tolist() == [0, 2, 4] and column.tolist() == [0, 3, -1]


def test_a_broken_file_is_said_to_be_broken(tmp_path):
    (tmp_path / "x.tif").write_bytes(b"II*\x00kapot")
    with pytest.raises(SourceError, match="cannot be opened"):
        raster.read(tmp_path / "x.tif")


def test_without_rasterio_gdal_gives_the_same(tif, tmp_path):
    pytest.importorskip("osgeo")
    script = (
        "import sys; sys.modules['rasterio'] = None\n"
        "from arsenaal_gis import raster\n"
        "grid = raster.read(sys.argv[1], (98.5, 201.2, 101.1, 202.9)); assert grid.shape == (2, 4)\n"
        "raster.write(sys.argv[2], raster.read(sys.argv[1]), unit='m', description='hoogte', metadata={'bron': 'proef'})\n"
    )
    other = tmp_path / "anders.tif"
    subprocess.run([sys.executable, "-c", script, str(tif), str(other)], check=True)
    digest = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (tif, other)]
    assert digest[0] == digest[1]
