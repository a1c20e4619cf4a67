"""Opening and writing rasters: the only module that does.

Uses rasterio; inside a QGIS that lacks it (its Windows installer) GDAL's own Python does the same work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import SourceError, WorkspaceError

try:
    import rasterio
    import rasterio.shutil
    from rasterio.io import MemoryFile
    from rasterio.windows import Window
except ImportError:  # a QGIS without rasterio
    rasterio = None
    from osgeo import gdal

    gdal.UseExceptions()

EPSG = 31370
NODATA = -9999.0
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Grid:
    """A raster in Lambert 72 with square cells.

    Attributes:
        values: (rows, columns) float32; row 0 is the north; nan where there is no value.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
    """

    values: np.ndarray
    x_min: float
    y_max: float
    cell: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.values.shape

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north edge, metres."""
        rows, columns = self.shape
        return self.x_min, self.y_max - rows * self.cell, self.x_min + columns * self.cell, self.y_max

    def like(self, values: np.ndarray) -> "Grid":
        """Other values on the same cells."""
        return Grid(values, self.x_min, self.y_max, self.cell)

    def rows_columns(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of the cells that hold the points; may lie outside the grid."""
        column = np.floor((np.asarray(x) - self.x_min) / self.cell).astype(int)
        row = np.floor((self.y_max - np.asarray(y)) / self.cell).astype(int)
        return row, column


@dataclass(frozen=True)
class RasterInfo:
    """What a file says of itself, without reading its cells.

    Attributes:
        wkt: CRS as WKT, empty where the file has none.
        bounds: West, south, east, north in the file's own CRS.
        cell: Cell width and height, in units of that CRS.
        shape: Rows and columns.
        nodata: Declared no-data value, or None.
        bands: Number of bands.
    """

    wkt: str
    bounds: Bounds
    cell: tuple[float, float]
    shape: tuple[int, int]
    nodata: float | None
    bands: int


def info(path: Path | str) -> RasterInfo:
    """Describe a raster file.

    Raises:
        SourceError: GDAL cannot open it, or it is rotated.
    """
    try:
        if rasterio is not None:
            with rasterio.open(path) as dataset:
                transform = dataset.transform.to_gdal()
                shape, bands, nodata = dataset.shape, dataset.count, dataset.nodata
                wkt = dataset.crs.to_wkt() if dataset.crs else ""
        else:
            dataset = gdal.Open(str(path))
            transform = dataset.GetGeoTransform()
            shape, bands = (dataset.RasterYSize, dataset.RasterXSize), dataset.RasterCount
            nodata, wkt = dataset.GetRasterBand(1).GetNoDataValue(), dataset.GetProjection()
    except Exception as error:  # rasterio and GDAL raise different classes for the same faults
        raise SourceError(
            f"The raster cannot be opened: {error}.", str(path), "Is the file complete?"
        ) from error
    x_min, width, skew_x, y_max, skew_y, height = transform
    if skew_x or skew_y or height >= 0:
        raise SourceError("The raster is rotated or stands upside down.", str(path), "Deliver it north up.")
    bounds = (x_min, y_max + shape[0] * height, x_min + shape[1] * width, y_max)
    return RasterInfo(wkt, bounds, (width, -height), shape, nodata, bands)


def read(path: Path | str, bounds: Bounds | None = None) -> Grid:
    """Read band 1, only the window asked for.

    Args:
        path: Any raster GDAL opens, with square cells.
        bounds: West, south, east, north; widened to whole cells. None reads all.

    Returns:
        The cells; nan for no data and for what lies outside the file.

    Raises:
        SourceError: The file cannot be read, or its cells are not square.
    """
    about = info(path)
    width, height = about.cell
    if abs(width - height) > 1e-6 * width:
        raise SourceError(
            f"The cells are {width} by {height}, not square.", str(path), "Deliver square cells."
        )
    x_min, _, _, y_max = about.bounds
    rows, columns = about.shape
    first_row, first_column, last_row, last_column = 0, 0, rows, columns
    if bounds is not None:
        tiny = 1e-6
        first_column = int(np.floor((bounds[0] - x_min) / width + tiny))
        last_column = int(np.ceil((bounds[2] - x_min) / width - tiny))
        first_row = int(np.floor((y_max - bounds[3]) / width + tiny))
        last_row = int(np.ceil((y_max - bounds[1]) / width - tiny))
    values = np.full((last_row - first_row, last_column - first_column), np.nan, np.float32)
    top, left = max(first_row, 0), max(first_column, 0)
    tall, wide = min(last_row, rows) - top, min(last_column, columns) - left
    if tall > 0 and wide > 0:
        block = _window(path, left, top, wide, tall).astype(np.float32)
        if about.nodata is not None and not np.isnan(about.nodata):
            block[block == np.float32(about.nodata)] = np.nan
        values[top - first_row : top - first_row + tall, left - first_column : left - first_column + wide] = (
            block
        )
    return Grid(values, x_min + first_column * width, y_max - first_row * width, width)


def _window(path: Path | str, left: int, top: int, wide: int, tall: int) -> np.ndarray:
    try:
        if rasterio is not None:
            with rasterio.open(path) as dataset:
                return dataset.read(1, window=Window(left, top, wide, tall))
        dataset = gdal.Open(str(path))  # kept in a name: GDAL's bands do not keep their dataset alive
        return dataset.GetRasterBand(1).ReadAsArray(left, top, wide, tall)
    except Exception as error:
        raise SourceError(
            f"The raster cannot be read: {error}.", str(path), "Is the file complete?"
        ) from error


def write(
    path: Path | str,
    grid: Grid,
    *,
    unit: str = "",
    description: str = "",
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write a Cloud-optimised GeoTIFF in EPSG:31370.

    Args:
        path: The file to make.
        grid: The cells; nan becomes the no-data value.
        unit: Unit of the values.
        description: What band 1 holds.
        metadata: Further tags of the file.

    Raises:
        WorkspaceError: It cannot be written.
    """
    values = np.where(np.isnan(grid.values), NODATA, grid.values).astype(np.float32)
    options = {
        "COMPRESS": "DEFLATE",
        "PREDICTOR": "YES",
        "LEVEL": "1",
        "BLOCKSIZE": "256",
        "OVERVIEW_RESAMPLING": "AVERAGE",
    }
    tags = dict(metadata or {})
    try:
        if rasterio is not None:
            profile = {
                "driver": "GTiff",
                "height": grid.shape[0],
                "width": grid.shape[1],
                "count": 1,
                "dtype": "float32",
                "nodata": NODATA,
                "crs": f"EPSG:{EPSG}",
                "transform": rasterio.Affine(grid.cell, 0, grid.x_min, 0, -grid.cell, grid.y_max),
            }
            with MemoryFile() as memory:
                with memory.open(**profile) as dataset:
                    dataset.write(values, 1)
                    dataset.update_tags(**tags)
                    dataset.set_band_description(1, description)
                    dataset.units = (unit,)
                with memory.open() as dataset:
                    rasterio.shutil.copy(dataset, path, driver="COG", **options)
        else:
            dataset = gdal.GetDriverByName("MEM").Create(
                "", grid.shape[1], grid.shape[0], 1, gdal.GDT_Float32
            )
            dataset.SetGeoTransform((grid.x_min, grid.cell, 0, grid.y_max, 0, -grid.cell))
            dataset.SetProjection(_wkt())
            dataset.SetMetadata(tags)
            band = dataset.GetRasterBand(1)
            band.SetNoDataValue(NODATA)
            band.SetDescription(description)
            band.SetUnitType(unit)
            band.WriteArray(values)
            gdal.GetDriverByName("COG").CreateCopy(
                str(path), dataset, options=[f"{k}={v}" for k, v in options.items()]
            )
    except Exception as error:
        raise WorkspaceError(
            f"The raster could not be written: {error}.",
            str(path),
            "Is the disk full or the folder read-only?",
        ) from error


def _wkt() -> str:
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    return reference.ExportToWkt()
