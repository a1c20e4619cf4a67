"""Areas of raster classes inside polygons, without rasterising the polygons."""

from collections.abc import Sequence

import numpy as np
import shapely

from ..raster import Grid
from ..scanline import spans

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
    step = grid.cell / _ROWS_PER_CELL
    rows, columns = grid.shape
    found = spans(shapes, grid.y_max, step, rows * _ROWS_PER_CELL)
    polygon, row = found.polygon, found.line // _ROWS_PER_CELL
    areas = np.zeros((len(shapes), len(classes)))
    if not len(polygon):
        return areas
    a, b = (np.clip((x - grid.x_min) / grid.cell, 0, columns) for x in (found.begin, found.end))
    for k, value in enumerate(classes):
        total = np.zeros((rows, columns + 1), np.float64)
        np.cumsum(grid.values == np.float32(value), axis=1, out=total[:, 1:])
        length = (_at(total, row, b) - _at(total, row, a)) * grid.cell
        areas[:, k] = np.bincount(polygon, length, len(shapes)) * step
    return (
        areas
        * _height_correction(shapes, grid, np.bincount(polygon, found.end - found.begin, len(shapes)) * step)[
            :, None
        ]
    )


def _height_correction(shapes: np.ndarray, grid: Grid, scanned: np.ndarray) -> np.ndarray:
    """True over scanned area, for shapes that the scan lines reach from top to bottom."""
    low, high = shapely.bounds(shapes)[:, [1, 3]].T
    whole = (low >= grid.bounds[1]) & (high <= grid.y_max) & (scanned > 0)
    return np.where(whole, shapely.area(shapes) / np.where(whole, scanned, 1.0), 1.0)


def _at(total: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Cumulative sums read between columns."""
    left = np.minimum(column.astype(int), total.shape[1] - 2)
    return total[row, left] + (column - left) * (total[row, left + 1] - total[row, left])
