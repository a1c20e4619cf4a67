"""Polygons onto a grid, without a raster library."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import shapely


def burn(
    target: npt.NDArray,
    polygons: Iterable[shapely.Geometry],
    values: npt.ArrayLike,
    x_min: float,
    y_max: float,
    cell: float,
) -> None:
    """Set the cells whose centre lies in a polygon; where polygons overlap the last one wins.

    Args:
        target: (rows, columns) grid to write into, row 0 north.
        polygons: n polygons or multipolygons; None and empty ones set nothing.
        values: (n,) value of each.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
    """
    rows, columns = target.shape
    for polygon, value in zip(polygons, np.asarray(values), strict=True):
        if polygon is None or polygon.is_empty:
            continue
        west, south, east, north = polygon.bounds
        left, right = max(int((west - x_min) / cell), 0), min(int(np.ceil((east - x_min) / cell)), columns)
        top, bottom = max(int((y_max - north) / cell), 0), min(int(np.ceil((y_max - south) / cell)), rows)
        if left >= right or top >= bottom:
            continue
        x = x_min + (np.arange(left, right) + 0.5) * cell
        y = y_max - (np.arange(top, bottom) + 0.5) * cell
        shapely.prepare(polygon)
        target[top:bottom, left:right][shapely.contains_xy(polygon, *np.meshgrid(x, y))] = value
