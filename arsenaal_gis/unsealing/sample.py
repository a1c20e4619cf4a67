"""Raster values inside places."""

from collections.abc import Sequence

import numpy as np
import shapely

from ..raster import Grid
from ..scanline import cells


def mean_inside(grid: Grid | None, shapes: Sequence[shapely.Geometry]) -> np.ndarray:
    """Mean of the known cells whose centre lies in each shape, of the cell under it if it holds none.

    Args:
        grid: Raster, None where there is none.
        shapes: n polygons.

    Returns:
        (n,) means; NaN where unknown.
    """
    shapes = np.asarray(shapes, dtype=object)
    if grid is None or not len(shapes):
        return np.full(len(shapes), np.nan)
    shape, values = _values(grid, shapes)
    total, number = (np.bincount(shape, weight, len(shapes)) for weight in (values, None))
    mean = np.divide(total, number, out=np.full(len(shapes), np.nan), where=number > 0)
    small = np.flatnonzero((number == 0) & ~shapely.is_empty(shapes))
    under = shapely.get_coordinates(shapely.point_on_surface(shapes[small]))
    row, column = grid.rows_columns(*under.T)
    inside = (row >= 0) & (row < grid.shape[0]) & (column >= 0) & (column < grid.shape[1])
    mean[small[inside]] = grid.values[row[inside], column[inside]]
    return mean


def median_inside(grid: Grid, shapes: Sequence[shapely.Geometry]) -> tuple[np.ndarray, np.ndarray]:
    """Median and number of the known cells whose centre lies in each shape.

    Args:
        grid: Raster.
        shapes: n polygons.

    Returns:
        (n,) medians, NaN where a shape holds no known cell, and (n,) how many it holds.
    """
    shape, values = _values(grid, np.asarray(shapes, dtype=object))
    order = np.lexsort((values, shape))
    number = np.bincount(shape, minlength=len(shapes))
    first, known = np.cumsum(number) - number, number > 0
    middle = [values[order[(first + (number + step) // 2)[known]]] for step in (-1, 0)]
    median = np.full(len(shapes), np.nan)
    median[known] = np.mean(middle, axis=0)
    return median, number


def _values(grid: Grid, shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Known values of the cells whose centre lies in a shape, and which shape."""
    shape, row, column = cells(shapes, grid.shape, grid.x_min, grid.y_max, grid.cell)
    values = grid.values[row, column].astype(float)
    known = ~np.isnan(values)
    return shape[known], values[known]
