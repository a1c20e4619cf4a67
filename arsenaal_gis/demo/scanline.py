"""Polygons burnt into a grid with whole-array operations, so that no raster library is needed."""

import numpy as np
import shapely


def burn(
    target: np.ndarray, polygons: list, values: np.ndarray, x_min: float, y_max: float, cell: float
) -> None:
    """Set the cells whose centre lies in a polygon; where polygons overlap the last one wins.

    Even-odd scan conversion: each edge is cut with the rows of cell centres it crosses, the crossings of a
    row are sorted and filled in pairs.

    Args:
        target: Grid to write into, shape (rows, columns), row 0 north.
        polygons: Polygons or multipolygons, in the grid's CRS.
        values: One value per polygon, shape (n,).
        x_min: West edge of the grid, m.
        y_max: North edge of the grid, m.
        cell: Cell size, m.
    """
    if not len(polygons):
        return
    rows, columns = target.shape
    rings, owner = _rings(polygons)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    first, second = coords[:-1], coords[1:]
    same = ring[:-1] == ring[1:]
    first, second, number = first[same], second[same], owner[ring[:-1][same]]
    # Rows whose centre y lies between the edge's ends; half-open, so that a shared vertex counts once.
    row_a = (y_max - first[:, 1]) / cell - 0.5
    row_b = (y_max - second[:, 1]) / cell - 0.5
    top = np.maximum(np.ceil(np.minimum(row_a, row_b)), 0).astype(np.int64)
    stop = np.minimum(np.ceil(np.maximum(row_a, row_b)), rows).astype(np.int64)
    count = np.maximum(stop - top, 0)
    edge = np.repeat(np.arange(len(count)), count)
    row = top[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    share = (row - row_a[edge]) / (row_b - row_a)[edge]
    x = first[edge, 0] + share * (second - first)[edge, 0]
    order = np.lexsort([x, row, number[edge]])
    left, right = order[0::2], order[1::2]
    start = np.clip(np.ceil((x[left] - x_min) / cell - 0.5), 0, columns).astype(np.int64)
    end = np.clip(np.ceil((x[right] - x_min) / cell - 0.5), 0, columns).astype(np.int64)
    width = np.maximum(end - start, 0)
    span = np.repeat(np.arange(len(width)), width)
    column = start[span] + np.arange(len(span)) - np.repeat(np.cumsum(width) - width, width)
    # Spans are in polygon order, and of equal indices the last assignment stays.
    target[row[left][span], column] = np.asarray(values)[number[edge][left][span]]


def _rings(polygons: list) -> tuple[np.ndarray, np.ndarray]:
    parts, part_owner = shapely.get_parts(np.asarray(polygons, object), return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    return rings, part_owner[ring_part]
