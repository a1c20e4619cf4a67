"""Footway widths: from the parcel or facade line to the kerb, and how well that is known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .yards import Edges

REACH_M = 8.0
# A footway polygon that begins this far from the parcel line still begins at the facade.
_GAP_M = 0.5
# How far a facade may stand over the parcel line.
_PROTRUSION_M = 1.0
# Share of a piece of outline by which rounding may miss its end.
_HAIR = 1e-9


@dataclass(frozen=True)
class Footways:
    """Widths measured square to the parcel line.

    Attributes:
        width_m: (n,) width per edge piece; nan where nothing tells it.
        source: (n,) ``voetpad``, ``boordsteen``, ``wegbaan`` or ``geen``.
    """

    width_m: np.ndarray
    source: np.ndarray


def measure_footways(
    edges: Edges,
    *,
    footways: Sequence[shapely.Geometry] = (),
    kerbs: Sequence[shapely.Geometry] = (),
    carriageways: Sequence[shapely.Geometry] = (),
    buildings: Sequence[shapely.Geometry] = (),
) -> Footways:
    """Measure the width of the footway before each edge piece.

    The best source wins: footway polygons where a city has them, else the kerb line (GRB Wgo), else the edge of the
    carriageway (GRB Wbn). A carriageway that touches the parcel line tells nothing of the footway: unknown, not zero.

    Args:
        edges: Street-facing pieces of parcel boundary.
        footways: Footway polygons.
        kerbs: Kerb lines.
        carriageways: Carriageway polygons.
        buildings: Buildings; a facade that stands over the parcel line is where the footway begins.
    """
    n = len(edges.parcel)
    origin = edges.middle
    rays = (
        shapely.linestrings(np.stack([origin, origin + edges.outward * REACH_M], axis=1))
        if n
        else np.array([])
    )
    start = _protrusion(rays, origin, buildings)
    polygon = _footway_end(rays, origin, footways) - start
    road = _first_hit(rays, origin, carriageways)
    kerb = _first_hit(rays, origin, kerbs)
    # A kerb beyond the carriageway's edge is the one on the other side of the street.
    kerb[kerb > road + _GAP_M] = np.nan
    kerb, road = kerb - start, road - start
    road[road < 0.1] = np.nan
    width, source = np.full(n, np.nan), np.full(n, "geen", dtype=object)
    for name, found in (("wegbaan", road), ("boordsteen", kerb), ("voetpad", polygon)):
        known = found > 0
        width[known], source[known] = found[known], name
    return Footways(width, source)


def _first_hit(rays: np.ndarray, origin: np.ndarray, things: Sequence[shapely.Geometry]) -> np.ndarray:
    """(n,) distance from the origin of each ray to the first thing it meets; nan for none."""
    nearest = np.full(len(rays), np.inf)
    shapes = np.asarray(things, dtype=object)
    if len(shapes) and len(rays):
        # Straight pieces of outlines instead of whole carriageways: a ray meets two or three of thousands.
        begin, end = _straight_pieces(shapes)
        ray, piece = shapely.STRtree(shapely.linestrings(np.stack([begin, end], axis=1))).query(rays)
        along = (shapely.get_coordinates(shapely.get_point(rays, -1)) - origin)[ray]
        to_piece, across = begin[piece] - origin[ray], (end - begin)[piece]
        with np.errstate(divide="ignore", invalid="ignore"):
            turn = _cross(along, across)
            far, beside = _cross(to_piece, across) / turn, _cross(to_piece, along) / turn
        hit = (far >= 0) & (far <= 1) & (beside >= -_HAIR) & (beside <= 1 + _HAIR)
        np.minimum.at(nearest, ray[hit], far[hit] * np.hypot(*along[hit].T))
        # A ray that begins within something meets it at once.
        nearest[shapely.STRtree(shapely.points(origin)).query(shapes, predicate="intersects")[1]] = 0.0
    nearest[np.isinf(nearest)] = np.nan
    return nearest


def _straight_pieces(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Begin and end (m, 2) of the straight pieces of lines and outlines."""
    outlines = np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
    xy, line = shapely.get_coordinates(shapely.get_parts(outlines), return_index=True)
    same = line[1:] == line[:-1]
    return xy[:-1][same], xy[1:][same]


def _cross(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]


def stretches(
    rays: np.ndarray, origin: np.ndarray, polygons: Sequence[shapely.Geometry]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the stretches of rays inside polygons: ray number, distance from and to (metres); sorted.

    Args:
        rays: (n,) straight lines.
        origin: (n, 2) where each begins.
        polygons: Areas.
    """
    shapes = np.asarray(polygons, dtype=object)
    if not len(shapes) or not len(rays):
        return np.empty(0, int), np.empty(0), np.empty(0)
    ray, thing = shapely.STRtree(shapes).query(rays, predicate="intersects")
    parts, pair = shapely.get_parts(shapely.intersection(rays[ray], shapes[thing]), return_index=True)
    lines = shapely.get_type_id(parts) == 1
    parts, ray = parts[lines], ray[pair[lines]]
    ends = [
        np.hypot(*(shapely.get_coordinates(shapely.get_point(parts, k)) - origin[ray]).T) for k in (0, -1)
    ]
    begin, end = np.minimum(*ends), np.maximum(*ends)
    order = np.lexsort((begin, ray))
    return ray[order], begin[order], end[order]


def _footway_end(rays: np.ndarray, origin: np.ndarray, footways: Sequence[shapely.Geometry]) -> np.ndarray:
    """(n,) distance to where the footway that begins at the parcel line ends; nan where none begins there."""
    reached = np.full(len(rays), np.nan)
    for ray, begin, end in zip(*stretches(rays, origin, footways), strict=True):
        so_far = 0.0 if np.isnan(reached[ray]) else reached[ray]
        if begin <= so_far + (_GAP_M if so_far == 0.0 else 0.05):
            reached[ray] = max(so_far, end)
    return reached


def _protrusion(rays: np.ndarray, origin: np.ndarray, buildings: Sequence[shapely.Geometry]) -> np.ndarray:
    """(n,) how far a facade stands over the parcel line."""
    start = np.zeros(len(rays))
    for ray, begin, end in zip(*stretches(rays, origin, buildings), strict=True):
        if begin <= start[ray] + 0.05 and end <= _PROTRUSION_M:
            start[ray] = max(start[ray], end)
    return start
