"""Scan lines through polygons, with whole-array operations: cells inside them, and polygons burnt into a grid."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely


@dataclass(frozen=True)
class Spans:
    """Where horizontal lines run inside polygons, sorted by polygon and line.

    Attributes:
        polygon: (n,) which polygon.
        line: (n,) which line, 0 the northernmost.
        begin, end: (n,) x where the line enters and leaves, metres.
    """

    polygon: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]
    begin: npt.NDArray[np.float64]
    end: npt.NDArray[np.float64]


def spans(polygons: Sequence[shapely.Geometry], y_max: float, step: float, lines: int) -> Spans:
    """Cut polygons with horizontal lines, the first half a step below ``y_max``.

    Even-odd: each edge is cut with the lines it crosses; the crossings of one polygon and line, sorted, pair up
    as in and out. An edge is half-open, so that a shared vertex counts once.

    Args:
        polygons: n polygons or multipolygons, which may overlap; None and empty ones have no spans.
        y_max: North edge, metres.
        step: Distance between lines, metres.
        lines: Number of lines.
    """
    parts, part_owner = shapely.get_parts(np.asarray(polygons, object), return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coords, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    first, second, owner = coords[:-1][same], coords[1:][same], part_owner[ring_part[ring[:-1][same]]]
    level_a, level_b = ((y_max - ends[:, 1]) / step - 0.5 for ends in (first, second))
    top = np.maximum(np.ceil(np.minimum(level_a, level_b)), 0).astype(np.int64)
    stop = np.minimum(np.ceil(np.maximum(level_a, level_b)), lines).astype(np.int64)
    edge, offset = _counted(stop - top)
    line = top[edge] + offset
    share = (line - level_a[edge]) / (level_b - level_a)[edge]
    x = first[edge, 0] + share * (second - first)[edge, 0]
    owner = owner[edge]
    order = np.lexsort([x, line, owner])
    into, out = order[0::2], order[1::2]
    return Spans(owner[into], line[into], x[into], x[out])


def cells(
    polygons: Sequence[shapely.Geometry], shape: tuple[int, int], x_min: float, y_max: float, cell: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The cells of a grid whose centre lies in a polygon.

    Args:
        polygons: n polygons or multipolygons.
        shape: Rows and columns of the grid.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.

    Returns:
        Polygon, row and column, in the order of the polygons.
    """
    rows, columns = shape
    found = spans(polygons, y_max, cell, rows)
    start, end = (
        np.clip(np.ceil((x - x_min) / cell - 0.5), 0, columns).astype(np.int64)
        for x in (found.begin, found.end)
    )
    span, offset = _counted(end - start)
    return found.polygon[span], found.line[span], start[span] + offset


def burn(
    target: npt.NDArray,
    polygons: Sequence[shapely.Geometry],
    values: npt.ArrayLike,
    x_min: float,
    y_max: float,
    cell: float,
) -> None:
    """Set the cells whose centre lies in a polygon; where polygons overlap the last one wins.

    Args:
        target: (rows, columns) grid to write into, row 0 north.
        polygons: n polygons or multipolygons, in the grid's CRS; None and empty ones set nothing.
        values: (n,) value of each.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
    """
    polygon, row, column = cells(polygons, target.shape, x_min, y_max, cell)
    # Cells are in polygon order, and of equal ones the last assignment stays.
    target[row, column] = np.asarray(values)[polygon]


def _counted(count: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Each index as often as counted, and 0, 1, 2... within each."""
    count = np.maximum(count, 0)
    index = np.repeat(np.arange(len(count)), count)
    return index, np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
