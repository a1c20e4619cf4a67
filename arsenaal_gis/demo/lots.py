"""Faces between the streets, and their division into lots along the street with a court behind."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.polygon import orient

from .chains import at, chainage
from .layout import Layout
from .streets import MM, Streets

CORNER = np.radians(28)
NONE, SPARE = -1, -2
COURT = 2.2  # half the width under which an inner court is no more than a leftover, m


@dataclass(frozen=True)
class Style:
    """Lots of one kind: width (mean, spread, least, most) and depths in metres."""

    width: tuple[float, float, float, float]
    depth: float
    corner: float  # depth of the lots on whose flank the side street's lots begin
    setback: float = 0.0


STYLES = {
    "rij": Style((6.0, 0.6, 4.7, 7.8), 27.0, 13.5),
    "naoorlogs": Style((6.9, 0.6, 5.8, 8.6), 34.0, 17.0, 4.0),
    "villa": Style((13.0, 1.4, 10.5, 16.0), 40.0, 26.0, 6.0),
}


@dataclass
class Lot:
    """A parcel; with a frontage where it lies along a street."""

    polygon: Polygon
    zone: dict
    block: int
    street: str | None = None
    front: np.ndarray | None = None  # two points on the building line, left-hand side inwards, shape (2, 2)
    inward: np.ndarray | None = None  # unit normals at those points, shape (2, 2)
    chainage: float = 0.0
    corner: bool = False
    ends: tuple[bool, bool] = (False, False)  # first, last of its side: may widen beyond its frontage
    rank: int = 99
    setback: float = 0.0
    use: str = ""
    extra: dict = field(default_factory=dict)

    @cached_property
    def frame(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
        """Foot of the first side, unit vectors along the front and inwards, and the length of the front."""
        front = self.front[1] - self.front[0]
        length = float(np.hypot(*front))
        inward = self.inward[0] + self.inward[1]
        return self.front[0], front / length, inward / np.hypot(*inward), length


def faces(layout: Layout, streets: Streets) -> list[tuple[Polygon, dict]]:
    """The land between the streets and the railway, each face with what the drawing says it is."""
    rails = [rail["lijn"].buffer(rail["breedte"] / 2) for rail in layout.railways]
    land = shapely.difference(
        layout.outline,
        shapely.union_all([streets.public, *rails, *layout.waters], grid_size=MM),
        grid_size=MM,
    )
    cuts = shapely.union_all(
        [land.boundary, *(shapely.intersection(cut, land) for cut in layout.dividers)], grid_size=MM
    )
    parts = [
        part
        for part in shapely.get_parts(shapely.polygonize([cuts]))
        if part.area > 100 and land.contains(part.representative_point())
    ]
    points = [(point, zone) for zone in layout.zones for point in zone["punten"]]
    result = []
    for part in parts:
        zone = next((zone for point, zone in points if part.contains(Point(point))), {"soort": "restgroen"})
        result.append((part, zone))
    return result


def divide(face: Polygon, zone: dict, block: int, streets: Streets, rng: np.random.Generator) -> list[Lot]:
    """Divide a face into lots along its streets; what is left behind them becomes the inner court.

    The lots and courts cover the face without gap or overlap: they are unions of the faces of one noded
    set of lines.
    """
    style = STYLES[zone["soort"]]
    sides = _sides(face, streets)
    plans = _plan(sides, face, style, rng)
    cuts = shapely.intersection([plan["area"].boundary for plan in plans], face)
    lines = shapely.union_all([face.boundary, *cuts[~shapely.is_empty(cuts)]], grid_size=MM)
    areas = np.array([plan["area"] for plan in plans])
    cells, owner = _cells(face, lines, areas)
    # Courts end where they get narrow: their arms go to the lots beside them.
    left = shapely.union_all(cells[owner == NONE])
    core = left.buffer(-COURT, join_style="mitre").buffer(COURT, join_style="mitre")
    if not core.is_empty:
        lines = shapely.union_all([lines, shapely.intersection(core.boundary, left)], grid_size=MM)
        cells, owner = _cells(face, lines, areas)
    spare = (owner == NONE) & ~shapely.contains_xy(
        core, shapely.get_coordinates(shapely.point_on_surface(cells))
    )
    shapes = _tidy(cells, np.where(spare, SPARE, owner), len(plans))
    lots = []
    for plan, shape in zip(plans, shapes[:-1], strict=True):
        if shape is not None:
            lots.append(
                Lot(
                    shape,
                    zone,
                    block,
                    plan["street"],
                    plan["front"],
                    plan["inward"],
                    plan["chainage"],
                    plan["corner"],
                    plan["ends"],
                    plan["rank"],
                    style.setback,
                )
            )
    courts = zone.get("binnen", ["tuin"])
    for shape in shapes[-1] or []:
        lots.append(
            Lot(shape, zone, block, use="binnen", extra={"binnen": courts[int(rng.integers(len(courts)))]})
        )
    return lots


def _cells(face: Polygon, lines: LineString, areas: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Faces of a set of lines inside a polygon, and for each the first area that holds it."""
    cells = shapely.get_parts(shapely.polygonize([lines]))
    inside = shapely.get_coordinates(shapely.point_on_surface(cells))
    kept = shapely.contains_xy(face, inside)
    cells, inside = cells[kept], inside[kept]
    holds = shapely.contains_xy(areas[:, None], inside[None, :, 0], inside[None, :, 1])
    return cells, np.where(holds.any(axis=0), holds.argmax(axis=0), NONE)


def _sides(face: Polygon, streets: Streets) -> list[dict]:
    """Split the boundary at its corners; tell for each side which street it lies along, if any."""
    ring = np.array(orient(face).exterior.simplify(0.3).coords)[:-1]
    step = np.roll(ring, -1, axis=0) - ring
    heading = np.arctan2(step[:, 1], step[:, 0])
    turn = (heading - np.roll(heading, 1) + np.pi) % (2 * np.pi) - np.pi
    corners = np.flatnonzero(np.abs(turn) > CORNER)
    if not len(corners):
        corners = np.array([0])
    sides = []
    for first, last in zip(corners, np.roll(corners, -1), strict=True):
        index = np.arange(first, last + 1 if last > first else last + len(ring) + 1) % len(ring)
        points = ring[index]
        middle = Point(at(points, np.array([chainage(points)[-1] / 2]))[0][0])
        near = min(streets.segments, key=lambda s: s.line.distance(middle) - s.street["breedte"] / 2)
        along = (
            abs(near.line.distance(middle) - near.street["breedte"] / 2) < 1.0
            and near.street.get("morf") != 114
        )
        sides.append(
            {
                "points": points,
                "length": chainage(points)[-1],
                "street": near.street if along else None,
                "turn": turn[first],
            }
        )
    return sides


def _plan(sides: list[dict], face: Polygon, style: Style, rng: np.random.Generator) -> list[dict]:
    """Lots as strips at right angles to their side, in order of precedence where strips cross."""
    ranks = [(side["street"]["rang"], -side["length"]) if side["street"] else (99, 0) for side in sides]
    plans = []
    for number, side in enumerate(sides):
        if side["street"] is None or side["length"] < 6:
            continue
        before, after = (number - 1) % len(sides), (number + 1) % len(sides)
        middle, inward = at(side["points"], np.array([side["length"] / 2]))
        ray = shapely.intersection(LineString([middle[0], middle[0] + inward[0] * 400]), face)
        thick = max((part.length for part in shapely.get_parts(ray)), default=0.0)
        depth = style.depth if thick > 2 * style.depth + 3 * COURT else max(thick / 2, style.corner)
        start = _yield(sides[before], ranks[before], ranks[number], style)
        stop = side["length"] - _yield(sides[after], ranks[after], ranks[number], style)
        if stop - start < style.width[2]:
            continue
        # Breaks where the side streets' lots begin behind this side's corner lots.
        head = start + depth if start == 0 and _leads(sides[before], ranks[before], ranks[number]) else start
        tail = (
            stop - depth
            if stop == side["length"] and _leads(sides[after], ranks[after], ranks[number])
            else stop
        )
        if tail - head < style.width[2]:
            head = tail = (
                (start + stop) / 2 if head > start and tail < stop else (tail if head > start else head)
            )
            head, tail = float(np.clip(head, start, stop)), float(np.clip(tail, start, stop))
        breaks = np.concatenate(
            [
                _breaks(start, head, style, rng),
                _breaks(head, tail, style, rng),
                _breaks(tail, stop, style, rng),
                [stop],
            ]
        )
        for low, high in zip(breaks[:-1], breaks[1:], strict=True):
            short = high <= head + 0.01 or low >= tail - 0.01
            reach = (
                style.corner if short and head != tail or (short and (low < head or high > tail)) else depth
            )
            edge = [low - (25 if low == start else 0), high + (25 if high == stop else 0)]
            foot, normal = at(side["points"], np.array(edge))
            inner = np.clip(chainage(side["points"])[1:-1], low + 0.05, high - 0.05)
            inner = inner[(inner > low + 0.06) & (inner < high - 0.06)]
            between, _ = at(side["points"], inner) if len(inner) else (np.empty((0, 2)), None)
            area = Polygon(
                np.vstack(
                    [
                        foot[:1] - normal[:1],
                        between - normal[:1] * (len(inner) > 0),
                        foot[1:] - normal[1:],
                        foot[1:] + normal[1:] * reach,
                        foot[:1] + normal[:1] * reach,
                    ]
                )
            ).buffer(0)
            front, inward = at(side["points"], np.array([low, high]))
            plans.append(
                {
                    "area": area,
                    "street": side["street"]["naam"],
                    "front": front,
                    "inward": inward,
                    "chainage": low,
                    "corner": low == 0 or high == side["length"],
                    "ends": (low == start, high == stop),
                    "rank": side["street"]["rang"],
                    "order": ranks[number],
                }
            )
    return sorted(plans, key=lambda plan: plan["order"])


def _leads(other: dict, theirs: tuple, own: tuple) -> bool:
    """Whether this side's corner lots end where the lots of the other, lesser side begin."""
    return other["street"] is not None and theirs > own and other["length"] > 30


def _yield(other: dict, theirs: tuple, own: tuple, style: Style) -> float:
    """Length at a corner that a lesser side leaves to the corner lot of the greater one."""
    return style.corner if other["street"] is not None and theirs < own else 0.0


def _breaks(start: float, stop: float, style: Style, rng: np.random.Generator) -> np.ndarray:
    """Lot boundaries from ``start`` up to, but without, ``stop``."""
    if stop - start < 1e-6:
        return np.empty(0)
    mean, spread, least, most = style.width
    count = max(1, round((stop - start) / mean))
    widths = np.clip(rng.normal(mean, spread, count), least, most)
    return start + np.concatenate([[0.0], np.cumsum(widths)[:-1]]) * (stop - start) / widths.sum()


def _tidy(cells: np.ndarray, owner: np.ndarray, count: int) -> list:
    """Join the cells of each lot; pieces too small or thin to stand alone go to their longest neighbour.

    Returns:
        A polygon or None per lot, and last the list of inner courts.
    """
    shapes: list = [None] * count
    loose = [*shapely.get_parts(shapely.union_all(cells[owner == SPARE]))]
    for lot in range(count):
        parts = sorted(shapely.get_parts(shapely.union_all(cells[owner == lot])), key=lambda part: -part.area)
        if parts and parts[0].area >= 28 and not parts[0].buffer(-1.4).is_empty:
            shapes[lot] = parts[0]
            loose += parts[1:]
        else:
            loose += parts
    courts: list[Polygon] = []
    for part in shapely.get_parts(shapely.union_all(cells[owner == NONE])):
        (courts if not part.buffer(-COURT).is_empty and part.area > 60 else loose).append(part)
    for part in sorted(loose, key=lambda piece: -piece.area):
        rooms = [("lot", index, shape) for index, shape in enumerate(shapes) if shape is not None]
        rooms += [("court", index, shape) for index, shape in enumerate(courts)]
        shared = [part.boundary.intersection(shape.boundary).length for _, _, shape in rooms]
        kind, index, shape = rooms[int(np.argmax(shared))]
        joined = shapely.union(shape, part)
        if isinstance(joined, MultiPolygon):
            courts.append(part)
        elif kind == "lot":
            shapes[index] = joined
        else:
            courts[index] = joined
    return [*shapes, courts]
