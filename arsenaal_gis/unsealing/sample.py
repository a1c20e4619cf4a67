"""Raster values inside a place."""

import numpy as np
import shapely

from ..raster import Grid


def values_inside(grid: Grid, shape: shapely.Geometry) -> np.ndarray:
    """Known values of the cells whose centre lies in the shape."""
    if shape.is_empty:
        return np.empty(0)
    x_min, y_min, x_max, y_max = shape.bounds
    (top, bottom), (left, right) = grid.rows_columns(np.array([x_min, x_max]), np.array([y_max, y_min]))
    row, column = (
        part.ravel()
        for part in np.meshgrid(
            np.arange(max(top, 0), min(bottom + 1, grid.shape[0])),
            np.arange(max(left, 0), min(right + 1, grid.shape[1])),
        )
    )
    x, y = grid.x_min + (column + 0.5) * grid.cell, grid.y_max - (row + 0.5) * grid.cell
    on = shapely.contains_xy(shape, x, y)
    values = grid.values[row[on], column[on]]
    return values[~np.isnan(values)]


def mean_inside(grid: Grid | None, shape: shapely.Geometry) -> float:
    """Mean of the known cells in a shape, of the cell under it if it holds no cell centre; NaN if unknown."""
    if grid is None:
        return np.nan
    values = values_inside(grid, shape)
    if not len(values):
        point = shapely.point_on_surface(shape)
        row, column = grid.rows_columns(np.array([point.x]), np.array([point.y]))
        inside = 0 <= row[0] < grid.shape[0] and 0 <= column[0] < grid.shape[1]
        values = grid.values[row, column] if inside else values
    return float(np.mean(values)) if len(values) else np.nan
