"""Reads rasters by windows: only the cells of the wijk and its margin, whatever the size of the file."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer

from .. import raster
from ..catalogue import Layer
from ..errors import SourceError
from ..wijk.config import SourceSpec
from . import crs
from .ledger import Ledger

SUFFIXES = (".tif", ".tiff", ".vrt", ".asc", ".img")
Bounds = tuple[float, float, float, float]


def files(path: Path) -> list[Path]:
    """List the raster files of a source: itself, or the tiles in a folder.

    Args:
        path: File or folder.

    Returns:
        At least one file.

    Raises:
        SourceError: Nothing there.
    """
    if path.is_dir():
        tiles = [child for child in sorted(path.iterdir()) if child.suffix.casefold() in SUFFIXES]
        if tiles:
            return tiles
        raise SourceError("The folder holds no raster.", str(path), f"Known: {', '.join(SUFFIXES)}.")
    if not path.exists():
        raise SourceError("The source does not exist.", str(path), "Correct 'pad' in wijk.toml.")
    if path.stat().st_size == 0:
        raise SourceError("The file is empty.", str(path), "Ask for the delivery again, or copy it again.")
    return [path]


def read(
    spec: SourceSpec, layer: Layer, path: Path, bounds: Bounds, ledger: Ledger
) -> tuple[raster.Grid, crs.Operation]:
    """Read the window of a raster source in Lambert 72, in catalogue values.

    Args:
        spec: The source in ``wijk.toml``.
        layer: The raster layer.
        path: File, VRT or folder of tiles.
        bounds: Window in EPSG:31370.
        ledger: Account; counts cells as rows.

    Returns:
        The cells, and how they came to Lambert 72.

    Raises:
        SourceError: It cannot be read, or its coordinates fit no system.
    """
    tiles = files(path)
    about = [raster.info(tile) for tile in tiles]
    declared = crs.identify(spec.crs or about[0].wkt)
    boxes = np.array([tile.bounds for tile in about], dtype=float)
    found = crs.judge(boxes, declared, bounds)
    epsg = declared if spec.crs and declared else found.epsg
    if epsg is None:
        ledger.tell("crs_unknown")
        raise SourceError(
            "The coordinates fit no known system in Belgium.", str(path), "Set 'crs' in wijk.toml."
        )
    if declared is None:
        ledger.tell("crs_missing", value=f"EPSG:{epsg}")
    elif epsg != declared:
        ledger.tell("crs_contradicts", field=f"EPSG:{declared}", value=f"EPSG:{epsg}")
    operation = crs.operation(epsg)
    if operation.grid_missing:
        ledger.tell("grid_missing", value=operation.grid_missing, extra=f"{operation.accuracy_m:g}")
    grid = _mosaic(tiles, about, _within(crs.bounds_in(bounds, epsg), boxes))
    if epsg != crs.HOME:
        grid = _resampled(grid, bounds, epsg)
        ledger.tell("resampled", value=f"EPSG:{epsg}")
    ledger.read = int(np.isfinite(grid.values).sum())
    return _translated(grid, spec.classes, layer, ledger), operation


def _within(bounds: Bounds, boxes: np.ndarray) -> Bounds:
    """Cut the window to what the tiles hold; a window beside them stays as it is."""
    x_min, y_min = np.maximum(bounds[:2], boxes[:, :2].min(axis=0))
    x_max, y_max = np.minimum(bounds[2:], boxes[:, 2:].max(axis=0))
    return (
        (float(x_min), float(y_min), float(x_max), float(y_max))
        if x_min < x_max and y_min < y_max
        else bounds
    )


def _mosaic(tiles: list[Path], about: list[raster.RasterInfo], bounds: Bounds) -> raster.Grid:
    """Read the window from every tile that touches it; the first tile with a value wins."""
    touching = [
        tile
        for tile, info in zip(tiles, about, strict=True)
        if info.bounds[0] < bounds[2] and info.bounds[2] > bounds[0]
        and info.bounds[1] < bounds[3] and info.bounds[3] > bounds[1]
    ]  # fmt: skip
    grid = raster.read((touching or tiles)[0], bounds)
    for tile in touching[1:]:
        more = raster.read(tile, bounds)
        if more.shape != grid.shape or (more.x_min, more.y_max) != (grid.x_min, grid.y_max):
            raise SourceError(
                "The tiles do not share one grid of cells.", str(tile), "Make a VRT of them (gdalbuildvrt)."
            )
        grid = grid.like(np.where(np.isnan(grid.values), more.values, grid.values))
    return grid


def _resampled(grid: raster.Grid, bounds: Bounds, epsg: int) -> raster.Grid:
    """Take for each cell in Lambert 72 the value of the cell its centre falls in."""
    cell = round(grid.cell, 6)
    x_min, y_max = np.floor(bounds[0] / cell) * cell, np.ceil(bounds[3] / cell) * cell
    columns, rows = int(np.ceil((bounds[2] - x_min) / cell)), int(np.ceil((y_max - bounds[1]) / cell))
    x = x_min + (np.arange(columns) + 0.5) * cell
    y = y_max - (np.arange(rows) + 0.5) * cell
    back = Transformer.from_crs(crs.HOME, epsg, always_xy=True)
    values = np.full((rows, columns), np.nan, dtype=np.float32)
    for number, northing in enumerate(y):
        there = back.transform(x, np.full(columns, northing))
        row, column = grid.rows_columns(*there)
        inside = (row >= 0) & (row < grid.shape[0]) & (column >= 0) & (column < grid.shape[1])
        values[number, inside] = grid.values[row[inside], column[inside]]
    return raster.Grid(values, float(x_min), float(y_max), float(cell))


def _translated(grid: raster.Grid, classes: Mapping[str, str], layer: Layer, ledger: Ledger) -> raster.Grid:
    field = layer.fields["waarde"]
    values = grid.values
    if field.codes:
        return grid.like(_coded(values, classes, layer, ledger))
    low = -np.inf if field.minimum is None else field.minimum
    high = np.inf if field.maximum is None else field.maximum
    beyond = np.isfinite(values) & ((values < low) | (values > high)) | np.isinf(values)
    if beyond.any():
        ledger.tell(
            "cells_out_of_range", value=int(beyond.sum()), extra=f"{low:g} – {high:g} {field.unit}".strip()
        )
        values = np.where(beyond, np.nan, values)
    return grid.like(values.astype(np.float32))


def _coded(values: np.ndarray, classes: Mapping[str, str], layer: Layer, ledger: Ledger) -> np.ndarray:
    codes = layer.fields["waarde"].codes
    for delivered, code in classes.items():
        if code not in codes or not delivered.lstrip("-").isdigit():
            known = ", ".join(f"{one} = {label['nl']}" for one, label in codes.items())
            raise SourceError(
                f"'klassen' maps '{delivered}' to '{code}'.",
                f"wijk.toml [bronnen.{layer.id}]",
                f"Codes: {known}.",
            )
    table = {int(delivered): float(code) for delivered, code in classes.items()}
    if not classes:
        ledger.tell("classes_assumed")
        table = {int(code): float(code) for code in codes}
    out = np.full(values.shape, np.nan, dtype=np.float32)
    for value in np.unique(values[np.isfinite(values)]):
        cells = values == value
        if value in table:
            out[cells] = table[int(value)]
        else:
            ledger.tell("unknown_class", value=f"{value:g}", extra=int(cells.sum()))
    return out


def coverage(grid: raster.Grid, boundary: shapely.Geometry) -> float:
    """Share of the wijk that has values, %.

    Args:
        grid: The cells.
        boundary: Outline of the wijk.

    Returns:
        0-100, by cell centres.
    """
    x_min, y_min, x_max, y_max = boundary.bounds
    step = max(grid.cell, (x_max - x_min) / 400)
    x, y = np.meshgrid(np.arange(x_min + step / 2, x_max, step), np.arange(y_min + step / 2, y_max, step))
    shapely.prepare(boundary)
    inside = shapely.contains_xy(boundary, x.ravel(), y.ravel())
    if not inside.any():
        return 0.0
    row, column = grid.rows_columns(x.ravel()[inside], y.ravel()[inside])
    held = (row >= 0) & (row < grid.shape[0]) & (column >= 0) & (column < grid.shape[1])
    known = np.isfinite(grid.values[row[held], column[held]])
    return 100.0 * known.sum() / inside.sum()


def checksum(grid: raster.Grid) -> str:
    """SHA-256 of the clipped cells and their place."""
    digest = hashlib.sha256(np.ascontiguousarray(grid.values).tobytes())
    digest.update(repr((grid.x_min, grid.y_max, grid.cell)).encode())
    return digest.hexdigest()
