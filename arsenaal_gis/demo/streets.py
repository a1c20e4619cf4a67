"""Streets: centre lines cut at junctions, carriageways between kerbs, parking strips, public domain."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.ops import substring

from .chains import at, chainage, densify, normals
from .layout import Layout

MM = 0.001
NARROWEST, WIDEST = 0.9, 3.0
PARKING = 2.0
RETURN = 3.5  # radius of a kerb at a corner


@dataclass(frozen=True)
class Segment:
    """One stretch of street between two nodes."""

    line: LineString
    street: dict
    nodes: tuple[int, int]
    left: float  # footway width, m
    right: float


@dataclass(frozen=True)
class Streets:
    """The public road of a wijk."""

    public: Polygon
    carriageway: Polygon
    segments: list[Segment]
    nodes: np.ndarray
    crossings: list[Polygon]
    parking: list[tuple[Polygon, LineString]]  # bays, and the line between each and the carriageway


def strip(points: np.ndarray, left: np.ndarray | float, right: np.ndarray | float) -> Polygon:
    """Area between two offsets of a polyline, in metres to its left and right."""
    turn = normals(points)
    ones = np.ones(len(points))[:, None]
    return Polygon(
        np.vstack(
            [
                points + turn * (ones * np.reshape(left, (-1, 1))),
                (points - turn * (ones * np.reshape(right, (-1, 1))))[::-1],
            ]
        )
    ).buffer(0)


def overlap(one: Polygon, other: Polygon) -> Polygon | MultiPolygon:
    """What two areas share, on whole millimetres and without the lines along which they merely touch."""
    parts = shapely.get_parts(shapely.intersection(one, other, grid_size=MM))
    areas = parts[shapely.get_type_id(parts) == 3]
    return areas[0] if len(areas) == 1 else MultiPolygon(list(areas))


def build(layout: Layout, rng: np.random.Generator) -> Streets:
    """Lay out the streets of a wijk.

    Args:
        layout: The drawing.
        rng: Source of chance; footways get a width of their own on each side of each stretch.
    """
    lines = _snapped(
        [street["lijn"] for street in layout.streets], [street["breedte"] for street in layout.streets]
    )
    pieces = shapely.get_parts(shapely.union_all(lines, grid_size=MM))
    pieces = pieces[shapely.length(pieces) > 1]
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    owner = shapely.distance(middles[:, None], np.array(lines)[None, :]).argmin(axis=1)
    order = np.lexsort([shapely.line_locate_point(np.array(lines)[owner], middles), owner])
    nodes: list[np.ndarray] = []
    segments = []
    for index in order:
        street = layout.streets[owner[index]]
        line = _forward(pieces[index], lines[owner[index]]).simplify(0.02)
        pair = (_node(nodes, line.coords[0]), _node(nodes, line.coords[-1]))
        line = LineString([nodes[pair[0]], *line.coords[1:-1], nodes[pair[1]]])
        free = (street["breedte"] - street["rijbaan"]) / 2
        lean = rng.uniform(-0.14, 0.14) * street["breedte"] ** 0.5
        both = np.clip(free + lean * np.array([1, -1]) + rng.normal(0, 0.06, 2), NARROWEST, WIDEST)
        segments.append(Segment(line, street, pair, float(both[0]), float(both[1])))
    public = shapely.union_all(
        [
            strip(np.array(line.coords), street["breedte"] / 2, street["breedte"] / 2)
            for line, street in zip(lines, layout.streets, strict=True)
        ],
        grid_size=MM,
    )
    roads = [_road(segment, rng) for segment in segments]
    carriageway = shapely.union_all(roads).buffer(RETURN, quad_segs=4).buffer(-RETURN, quad_segs=4)
    public = overlap(public, layout.outline)
    carriageway = overlap(carriageway, public)
    degree = np.bincount(np.concatenate([segment.nodes for segment in segments]), minlength=len(nodes))
    crossings, reach = [], np.zeros(len(nodes))
    for node in np.flatnonzero(degree >= 3):
        width = max(segment.street["breedte"] for segment in segments if node in segment.nodes)
        reach[node] = width / 2 + 2.5
        zone = overlap(carriageway, Point(nodes[node]).buffer(reach[node], quad_segs=3))
        crossings.append(zone)
    taken = shapely.union_all(crossings)
    parking = [
        bay
        for segment, road in zip(segments, roads, strict=True)
        for bay in _parking(segment, reach, road, taken, rng)
    ]
    return Streets(public, carriageway, segments, np.array(nodes), crossings, parking)


def _snapped(lines: list[LineString], widths: list[float]) -> list[LineString]:
    """Carry each end that lies near another street to that street's centre line."""
    result = []
    for line in lines:
        coords = [tuple(xy) for xy in line.coords]
        for end in (0, -1):
            point = Point(coords[end])
            for other, width in zip(lines, widths, strict=True):
                if other is not line and 0 < other.distance(point) < width / 2 + 12:
                    near = other.interpolate(other.project(point))
                    coords[end] = (near.x, near.y)
                    break
        result.append(LineString(coords))
    # A vertex where another street ends, so that noding meets it exactly.
    ends = [Point(line.coords[end]) for line in result for end in (0, -1)]
    for own, line in enumerate(result):
        along = chainage(np.array(line.coords))
        hits = [line.project(point) for point in ends if line.distance(point) < 0.01]
        where = np.unique(np.round(np.concatenate([along, hits]), 3))
        where = where[np.concatenate([[True], np.diff(where) > 0.01])]
        result[own] = LineString(at(np.array(line.coords), where)[0])
    return result


def _node(nodes: list[np.ndarray], xy: tuple) -> int:
    """Number of the node at a place; snapping to millimetres can leave two where one was meant."""
    for index, node in enumerate(nodes):
        if np.hypot(*(node - xy)) < 0.05:
            return index
    nodes.append(np.round(np.array(xy), 3))
    return len(nodes) - 1


def _forward(piece: LineString, line: LineString) -> LineString:
    start, end = (line.project(Point(piece.coords[index])) for index in (0, -1))
    return piece if start < end else piece.reverse()


def _road(segment: Segment, rng: np.random.Generator) -> Polygon:
    """Carriageway of one stretch: the kerbs drift a little towards its end."""
    points = densify(np.array(segment.line.coords), 6.0)
    share = chainage(points) / chainage(points)[-1]
    half = segment.street["breedte"] / 2
    drift = rng.uniform(-0.12, 0.12, 2)
    wobble = rng.normal(0, 0.03, (2, len(points)))
    widths = [
        np.clip(side + drift[row] * share + wobble[row], NARROWEST, WIDEST)
        for row, side in enumerate((segment.left, segment.right))
    ]
    return strip(points, half - widths[0], half - widths[1])


def _parking(
    segment: Segment, reach: np.ndarray, road: Polygon, crossings: Polygon, rng: np.random.Generator
) -> list[tuple[Polygon, LineString]]:
    """Parking bays along the kerbs, with a gap of 2.5 m now and then (a tree, a crossing, a gate)."""
    half, length, bays = segment.street["breedte"] / 2, segment.line.length, []
    start, end = reach[segment.nodes[0]] + 5, length - reach[segment.nodes[1]] - 5
    for side in segment.street.get("parkeren", ""):
        where = start
        while end - where > 10:
            stop = min(where + rng.integers(2, 6) * 5.5, end)
            bay = np.array(substring(segment.line, where, stop).coords)
            kerb = half - (segment.left if side == "L" else segment.right)
            outer, inner = kerb + 0.6, kerb - PARKING
            area = strip(bay, outer, -inner) if side == "L" else strip(bay, -inner, outer)
            area = overlap(area, road)
            if area.intersects(crossings):
                area = shapely.difference(area, crossings, grid_size=MM)
            if area.geom_type == "Polygon" and area.area > 15:
                line = LineString(bay + normals(bay) * (inner if side == "L" else -inner))
                bays.append((area, line))
            where = stop + 2.5
    return bays
