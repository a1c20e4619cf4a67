"""Rasters: windows of huge files, class codes, tiles, other systems, and what is wrong with them."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from arsenaal_gis import raster
from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import SourceError
from arsenaal_gis.ingest import rasters
from arsenaal_gis.ingest.ledger import Ledger
from arsenaal_gis.wijk.config import SourceSpec

rasterio = pytest.importorskip("rasterio")
X, Y = 158400.0, 189400.0
WINDOW = (X + 10, Y + 10, X + 20, Y + 20)


def tif(path, values, x_min=X, y_max=Y + 40, cell=1.0, crs="EPSG:31370", nodata=None, **options):
    values = np.asarray(values)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=values.shape[0],
        width=values.shape[1],
        count=1,
        dtype=values.dtype,
        crs=crs,
        transform=rasterio.Affine(cell, 0, x_min, 0, -cell, y_max),
        nodata=nodata,
        **options,
    ) as dataset:
        dataset.write(values, 1)
    return path


def read(path, layer="dtm", window=WINDOW, **spec):
    ledger = Ledger()
    grid, operation = rasters.read(
        SourceSpec(layer, str(path), **spec), load().layer(layer), path, window, ledger
    )
    return grid, operation, {one.code: one for one in ledger.findings}, ledger


def ramp(rows=40, columns=40):
    return (np.arange(rows * columns).reshape(rows, columns) / 100).astype(np.float32)


def test_only_the_window_is_read(tmp_path):
    grid, operation, codes, ledger = read(tif(tmp_path / "a.tif", ramp()))
    assert grid.bounds == WINDOW and not codes and operation.epsg == 31370
    np.testing.assert_array_equal(grid.values, ramp()[20:30, 10:20])
    assert ledger.read == 100


def test_the_window_ends_where_the_file_ends(tmp_path):
    grid, *_ = read(tif(tmp_path / "a.tif", ramp()), window=(X - 50, Y - 50, X + 5, Y + 5))
    assert grid.bounds == (X, Y, X + 5, Y + 5)


def test_classes_are_translated_and_unknown_ones_told(tmp_path):
    values = np.full((40, 40), 7, np.uint8)
    values[20:22] = 3
    values[22:24] = 9
    path = tif(tmp_path / "groen.tif", values, nodata=255)
    grid, _, codes, _ = read(path, "groenkaart", classes={"7": "0", "3": "3"})
    assert {value: int((grid.values == value).sum()) for value in (0, 3)} == {0: 60, 3: 20}
    assert np.isnan(grid.values).sum() == 20 and (
        codes["unknown_class"].value,
        codes["unknown_class"].extra,
    ) == ("9", "20")


def test_without_classes_the_codes_of_the_catalogue_are_assumed_and_said(tmp_path):
    _, _, codes, _ = read(tif(tmp_path / "bak.tif", np.ones((40, 40), np.uint8)), "bodembedekking")
    assert "classes_assumed" in codes


def test_a_class_that_the_catalogue_lacks_is_refused(tmp_path):
    with pytest.raises(SourceError, match="hoog_groen.*hoog groen"):
        read(tif(tmp_path / "g.tif", np.ones((40, 40), np.uint8)), "groenkaart", classes={"1": "hoog_groen"})


def test_heights_out_of_range_are_emptied_and_told(tmp_path):
    values = ramp()
    values[25, 15] = -32768
    grid, _, codes, _ = read(tif(tmp_path / "a.tif", values))
    assert np.isnan(grid.values).sum() == 1 and codes["cells_out_of_range"].value == "1"


def test_a_folder_of_tiles_is_one_raster(tmp_path):
    whole = ramp()
    for number, (row, column) in enumerate([(0, 0), (0, 20), (20, 0), (20, 20)]):
        part = whole[row : row + 20, column : column + 20]
        tif(tmp_path / f"tegel {number}.tif", part, x_min=X + column, y_max=Y + 40 - row)
    grid, *_ = read(tmp_path, window=(X + 5, Y + 5, X + 35, Y + 35))
    np.testing.assert_array_equal(grid.values, whole[5:35, 5:35])


def test_tiles_that_do_not_fit_are_refused(tmp_path):
    tif(tmp_path / "a.tif", ramp())
    tif(tmp_path / "b.tif", ramp(), x_min=X + 0.5)
    with pytest.raises(SourceError, match="one grid"):
        read(tmp_path)


@pytest.mark.parametrize("tagged", [True, False])
def test_lambert_2008_comes_home(tmp_path, tagged):
    from pyproj import Transformer

    x, y = Transformer.from_crs(31370, 3812, always_xy=True).transform(X, Y + 40)
    path = tif(
        tmp_path / "a.tif",
        ramp(),
        x_min=round(x),
        y_max=round(y),
        crs="EPSG:3812" if tagged else "EPSG:31370",
    )
    grid, operation, codes, _ = read(path)
    assert operation.epsg == 3812 and "resampled" in codes and ("crs_contradicts" in codes) != tagged
    assert grid.bounds == WINDOW
    # Within one cell (north) the ramp differs by 0.4; the two systems differ by less than a cell here.
    assert np.nanmax(np.abs(grid.values - ramp()[20:30, 10:20])) <= 0.41 + 0.011


@pytest.mark.parametrize("spoil", ["cut", "empty", "none", "text"])
def test_damaged_files_are_refused(tmp_path, spoil):
    path = tif(tmp_path / "a.tif", np.random.default_rng(1).random((400, 400), np.float32))
    if spoil == "cut":
        os.truncate(path, path.stat().st_size // 2)
    elif spoil == "empty":
        os.truncate(path, 0)
    elif spoil == "none":
        path.unlink()
    else:
        path.write_text("geen raster")
    with pytest.raises(SourceError):
        read(path, window=(X, Y - 350, X + 300, Y + 30))


def test_coverage_counts_cells_in_the_wijk():
    values = np.ones((40, 40), np.float32)
    values[:, 20:] = np.nan
    grid = raster.Grid(values, X, Y + 40, 1.0)
    assert rasters.coverage(grid, shapely.box(X, Y, X + 40, Y + 40)) == 50
    assert rasters.coverage(grid, shapely.box(X + 500, Y, X + 540, Y + 40)) == 0


READ_WINDOW = """
import sys
from pathlib import Path
from arsenaal_gis.catalogue import load
from arsenaal_gis.ingest import rasters
from arsenaal_gis.ingest.ledger import Ledger
from arsenaal_gis.wijk.config import SourceSpec
path, window = Path(sys.argv[1]), (158000, 189000, 160000, 191000)
grid, _ = rasters.read(SourceSpec("dtm", str(path)), load().layer("dtm"), path, window, Ledger())
# Of this program alone: getrusage also counts what the process that started it held.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(grid.shape, float(grid.values[10, 10]), int(peak.split()[1]) / 1024)
"""


def test_ten_gigabytes_cost_no_more_than_500_megabytes(tmp_path):
    """All of Flanders at 4 m as floats is 10.8 GB; the file is sparse, the window of 2 by 2 km is real."""
    path = tmp_path / "vlaanderen.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=45000,
        width=60000,
        count=1,
        dtype="float32",
        crs="EPSG:31370",
        tiled=True,
        transform=rasterio.Affine(4, 0, 20000, 0, -4, 250000),
        SPARSE_OK=True,
        BIGTIFF="YES",
    ) as dataset:
        window = rasterio.windows.Window(34000, 14000, 1200, 1200)
        dataset.write(np.full((1, 1200, 1200), 12.5, np.float32), window=window)
    assert 45000 * 60000 * 4 > 10e9
    done = subprocess.run(
        [sys.executable, "-c", READ_WINDOW, str(path)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    shape, value, megabytes = done.stdout.strip().rsplit(" ", 2)
    assert shape == "(500, 500)" and float(value) == 12.5
    assert float(megabytes) < 500
