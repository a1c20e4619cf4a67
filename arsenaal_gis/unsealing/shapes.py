"""Small geometry on arrays of polygons that the candidate generators share."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon

from ..facts import class_areas
from ..raster import Grid

Shapes = Sequence[shapely.Geometry] | np.ndarray
# Where at least this share of a piece is sealed, the whole piece is: the rest is the staircase of the cells.
_WHOLE = 0.9
# Staircase edges of 1 m cells become straight within this distance.
_STAIR_M = 0.8


def polygonal(shapes: np.ndarray) -> np.ndarray:
    """Each shape without the points and lines that overlays leave where borders touch."""
    result = np.array(shapes, dtype=object)
    for one in np.flatnonzero(shapely.get_type_id(result) == 7):
        parts = shapely.get_parts(result[one])
        result[one] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return result


def cut_away(shapes: Shapes, others: Shapes, distance: float = 0.0) -> np.ndarray:
    """Each shape without what lies in, or within ``distance`` (m) of, the others."""
    result = np.array(shapes, dtype=object)
    cutters = np.asarray(others, dtype=object)
    if not len(result) or not len(cutters):
        return result
    if distance:
        cutters = shapely.buffer(cutters, distance, join_style="mitre")
    index, cutter = shapely.STRtree(cutters).query(result, predicate="intersects")
    for one in np.unique(index):
        result[one] = shapely.difference(result[one], shapely.union_all(cutters[cutter[index == one]]))
    return polygonal(result)


def opened(shapes: Shapes, radius: float) -> np.ndarray:
    """Each shape without its parts narrower than twice ``radius`` (m)."""
    whole = polygonal(shapes)
    worn = shapely.buffer(whole, -radius, join_style="mitre")
    grown = shapely.buffer(worn, radius, join_style="mitre")
    with np.errstate(divide="ignore"):  # GEOS divides by zero where edges are parallel, and copes
        return polygonal(shapely.intersection(grown, whole))


def pieces(shapes: Shapes, least_m2: float) -> tuple[np.ndarray, np.ndarray]:
    """Single polygons of at least ``least_m2``, and the row of the shape that each is part of."""
    parts, row = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    keep = (shapely.get_type_id(parts) == 3) & (shapely.area(parts) >= least_m2)
    return parts[keep], row[keep]


def long_axis(shape: Polygon) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The least rectangle around a polygon: one corner, and its long and short side as vectors.

    One of its sides lies along an edge of the convex hull (Freeman & Shapira 1975), so each is tried.
    """
    hull = shapely.get_coordinates(shapely.convex_hull(shape))
    edge = np.diff(hull, axis=0)
    along = edge / np.hypot(*edge.T)[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    u, v = hull @ along.T, hull @ across.T
    low_u, low_v, span_u, span_v = u.min(axis=0), v.min(axis=0), np.ptp(u, axis=0), np.ptp(v, axis=0)
    best = int((span_u * span_v).argmin())
    corner = low_u[best] * along[best] + low_v[best] * across[best]
    one, other = span_u[best] * along[best], span_v[best] * across[best]
    return (corner, one, other) if span_u[best] >= span_v[best] else (corner, other, one)


def slices(shape: Polygon, count: int) -> np.ndarray:
    """Cut a polygon square to its long axis into ``count`` slices of equal width along it."""
    corner, long, short = long_axis(shape)
    steps = np.linspace(0, 1, count + 1)
    corners = [
        np.array([corner + a * long, corner + b * long, corner + b * long + short, corner + a * long + short])
        for a, b in zip(steps[:-1], steps[1:], strict=True)
    ]
    return shapely.intersection(shapely.polygons(corners), shape)


def blocks(shape: Polygon, most_m2: float) -> list[Polygon]:
    """Cut a polygon into parts of at most ``most_m2``, halving it across its long side."""
    if shape.area <= most_m2:
        return [shape]
    halves, _ = pieces(slices(shape, 2), 0.0)
    return [part for half in halves for part in blocks(half, most_m2)]


def cell_boxes(grid: Grid, value: float) -> np.ndarray:
    """The cells of one value as boxes, one per run along a row."""
    hit = np.zeros((grid.shape[0], grid.shape[1] + 2), np.int8)
    hit[:, 1:-1] = grid.values == value
    step = np.diff(hit, axis=1)
    row, begin = np.nonzero(step == 1)
    _, end = np.nonzero(step == -1)
    top = grid.y_max - row * grid.cell
    return shapely.box(grid.x_min + begin * grid.cell, top - grid.cell, grid.x_min + end * grid.cell, top)


def part_in_cells(shapes: Shapes, grid: Grid, boxes: np.ndarray) -> np.ndarray:
    """The part of each shape that lies in the cells of value 1, its staircase edges straightened.

    Args:
        shapes: Polygons.
        grid: The cells.
        boxes: Those of value 1 as boxes (:func:`cell_boxes`).
    """
    result = np.array(shapes, dtype=object)
    inside = class_areas(result, grid, [1.0])[:, 0]
    result[inside <= 0] = Polygon()
    part = np.flatnonzero((inside > 0) & (inside < _WHOLE * shapely.area(result)))
    index, box = shapely.STRtree(boxes).query(result[part], predicate="intersects")
    begin = np.searchsorted(index, np.arange(len(part) + 1))
    cells = [shapely.union_all(boxes[box[a:b]]) for a, b in zip(begin[:-1], begin[1:], strict=True)]
    straight = shapely.make_valid(shapely.simplify(np.array(cells, dtype=object), _STAIR_M))
    result[part] = shapely.intersection(result[part], straight)
    return polygonal(result)
