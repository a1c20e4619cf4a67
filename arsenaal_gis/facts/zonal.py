"""Areas of raster classes inside polygons, without rasterising the polygons."""

from collections.abc import Sequence

import numpy as np
import shapely

from ..raster import Grid

# Sample rows per cell. The width along a row is exact, so only the height is sampled.
_ROWS_PER_CELL = 8


def class_areas(polygons: Sequence[shapely.Geometry], grid: Grid, classes: Sequence[float]) -> np.ndarray:
    """Area of each class in each polygon, by scan lines.

    Every polygon is cut by horizontal lines, eight per cell; along a line the area of a class between two edges is read
    from the cumulative sum of that class over the row, so cells on the edge count by their share. Polygons may overlap.

    Args:
        polygons: n polygons or multipolygons; None and empty ones give zeros.
        grid: Class values; nan counts for no class, as does what lies outside the grid.
        classes: k class values.

    Returns:
        (n, k) areas in m².
    """
    shapes = np.asarray(polygons, dtype=object)
    polygon, y, x_from, x_to = _spans(shapes, grid)
    areas = np.zeros((len(shapes), len(classes)))
    if not len(polygon):
        return areas
    step = grid.cell / _ROWS_PER_CELL
    rows, columns = grid.shape
    row = np.clip(((grid.y_max - y) / grid.cell).astype(int), 0, rows - 1)
    a, b = (np.clip((x - grid.x_min) / grid.cell, 0, columns) for x in (x_from, x_to))
    for k, value in enumerate(classes):
        total = np.zeros((rows, columns + 1), np.float64)
        np.cumsum(grid.values == np.float32(value), axis=1, out=total[:, 1:])
        length = (_at(total, row, b) - _at(total, row, a)) * grid.cell
        areas[:, k] = np.bincount(polygon, length, len(shapes)) * step
    return areas * _height_correction(shapes, grid, np.bincount(polygon, x_to - x_from, len(shapes)) * step)[:, None]


def _height_correction(shapes: np.ndarray, grid: Grid, scanned: np.ndarray) -> np.ndarray:
    """True over scanned area, for shapes that the scan lines reach from top to bottom."""
    low, high = shapely.bounds(shapes)[:, [1, 3]].T
    whole = (low >= grid.bounds[1]) & (high <= grid.y_max) & (scanned > 0)
    return np.where(whole, shapely.area(shapes) / np.where(whole, scanned, 1.0), 1.0)


def _at(total: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Cumulative sums read between columns."""
    left = np.minimum(column.astype(int), total.shape[1] - 2)
    return total[row, left] + (column - left) * (total[row, left + 1] - total[row, left])


def _spans(polygons: np.ndarray, grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Where scan lines run inside polygons: polygon number, y, and x from and to."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    if len(coords) < 2:
        return (np.empty(0, int), *(np.empty(0),) * 3)
    same = ring[1:] == ring[:-1]
    begin, end = coords[:-1][same], coords[1:][same]
    edge_owner = owner[part[ring[:-1][same]]]
    # Scan lines are numbered from the top of the grid, half a step in.
    step = grid.cell / _ROWS_PER_CELL
    level = (grid.y_max - np.stack([begin[:, 1], end[:, 1]])) / step - 0.5
    first = np.maximum(np.ceil(level.min(axis=0)), 0).astype(int)
    last = np.minimum(np.ceil(level.max(axis=0)) - 1, grid.shape[0] * _ROWS_PER_CELL - 1).astype(int)
    count = np.maximum(last - first + 1, 0)
    edge = np.repeat(np.arange(len(begin)), count)
    line = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[edge]
    y = grid.y_max - (line + 0.5) * step
    run = (end[edge, 0] - begin[edge, 0]) / (end[edge, 1] - begin[edge, 1])
    x = begin[edge, 0] + (y - begin[edge, 1]) * run
    # Crossings of one polygon on one line, sorted, pair up as in and out.
    order = np.lexsort((x, line, edge_owner[edge]))
    x, y, polygon = x[order], y[order], edge_owner[edge][order]
    return polygon[::2], y[::2], x[::2], x[1::2]
