"""Houses along the street: main volume, back building, shed, yard, garden walls, front garden."""

from collections.abc import Callable

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.polygon import orient

from .lots import Lot
from .scene import BED, GRASS, SEALED, Building, Roof, Scene

STOREY = {"old": 3.15, "new": 2.75}


def build(lots: list[Lot], scene: Scene, rng: np.random.Generator, check: Callable[[], None]) -> None:
    """Build every lot along a street and lay out its yard.

    Args:
        lots: All lots, numbered as the scene's buildings refer to them.
        scene: Receives buildings, ground, trees and walls.
        rng: Source of chance; houses of one group share depth, height and roof.
        check: Called now and then; may raise to stop the work.
    """
    groups: dict[int, dict] = {}
    for number, lot in enumerate(lots):
        if lot.street is None:
            continue
        if number % 100 == 0:
            check()
        shapely.prepare(lot.polygon)
        scene.ground.append((lot.polygon, SEALED))
        if lot.use == "tuin":
            _garden(lot, scene, rng)
            continue
        own = groups.setdefault(lot.extra["groep"], _manner(lot, rng))
        if lot.zone["soort"] == "villa":
            back = _villa(number, lot, own, scene, rng)
        else:
            back = _terraced(number, lot, own, scene, rng)
        _yard(number, lot, back, scene, rng)


def _manner(lot: Lot, rng: np.random.Generator) -> dict:
    """How the houses of one builder look."""
    old = lot.extra.get("jaar", lot.extra["eeuw"]) < 1946
    main_road = lot.rank == 1
    floors = (
        rng.choice([2, 3, 4], p=[0.35, 0.5, 0.15])
        if main_road
        else rng.choice([1, 2, 3], p=[0.05, 0.85, 0.10])
    )
    floors = 2 if not old and not main_road else floors
    depth = rng.normal(9.0, 0.7) + 1.2 * main_road + 0.6 * (not old)
    storey = STOREY["old" if old else "new"]
    flat = not old and rng.random() < 0.3
    pitch = rng.uniform(36, 44) if old else rng.uniform(24, 36)
    rise = 0.0 if flat else depth / 2 * np.tan(np.radians(pitch))
    return {
        "floors": int(floors),
        "depth": float(np.clip(depth, 7.4, 11.8)),
        "old": old,
        "rise": float(rise),
        "eaves": float(floors * storey + rng.uniform(0.2, 0.6)),
        "mirror": int(rng.integers(2)),
        "back": rng.random() < 0.78,
        "reach": float(rng.uniform(2.6, 6.2)),
        "share": float(rng.uniform(0.45, 0.62)),
        "high": rng.random() < 0.22,
    }


def box(lot: Lot, low: float, high: float, near: float, far: float) -> Polygon:
    """Rectangle in a lot's own frame: ``low`` to ``high`` along the front, ``near`` to ``far`` inwards.

    At the sides it follows the lot's own boundary, not a rectangle that strays from it.
    """
    foot, along, _, length = lot.frame
    left, right = lot.inward
    lean_low = left + (right - left) * np.clip(low / length, 0, 1)
    lean_high = left + (right - left) * np.clip(high / length, 0, 1)
    start, stop = foot + along * low, foot + along * high
    return Polygon(
        [start + lean_low * near, stop + lean_high * near, stop + lean_high * far, start + lean_low * far]
    )


def clip(lot: Lot, shape: Polygon) -> Polygon | None:
    """The part of a shape on the lot, if it is one piece worth building."""
    part = shapely.intersection(shape, lot.polygon, grid_size=0.001)
    part = max(shapely.get_parts(part), key=lambda piece: piece.area, default=None)
    return orient(part) if part is not None and part.geom_type == "Polygon" and part.area > 2 else None


def reach(lot: Lot) -> float:
    """Depth of a lot behind its building line, in metres."""
    foot, along, inward, length = lot.frame
    line = shapely.LineString(
        [foot + along * length / 2 + inward * 0.1, foot + along * length / 2 + inward * 80]
    )
    return float(
        max((part.length for part in shapely.get_parts(shapely.intersection(line, lot.polygon))), default=0.0)
    )


def _roof(lot: Lot, near: float, depth: float, own: dict, eaves: float) -> Roof:
    foot, _, inward, _ = lot.frame
    start = foot + inward * near
    return Roof(eaves, own["rise"] * min(1.0, depth / own["depth"]), (*start, *inward, depth))


def _terraced(number: int, lot: Lot, own: dict, scene: Scene, rng: np.random.Generator) -> float:
    """A house in a closed row; returns how far from the building line it reaches."""
    length, deep = lot.frame[3], reach(lot)
    near = lot.setback
    eaves = own["eaves"] + rng.normal(0, 0.07)
    if lot.use == "meergezins":
        floors = max(own["floors"], int(np.ceil(lot.extra["eenheden"] / 1.5)))
        eaves = floors * 2.9 + 0.4
    if lot.use == "poort":
        eaves = rng.uniform(2.8, 4.5)
    depth = min(own["depth"], deep - near - 0.5)
    low, high = (-9.0 if lot.ends[0] else 0.0), length + (9.0 if lot.ends[1] else 0.0)
    main = clip(lot, box(lot, low, high, near, near + depth))
    if main is None:
        return near
    parts = [(main, _roof(lot, near, depth, own if lot.use != "poort" else own | {"rise": 0.0}, eaves))]
    back = near + depth
    if own["back"] and deep - back > 4.0 and lot.use != "poort":
        extra = min(own["reach"] * rng.uniform(0.9, 1.1), deep - back - 1.5)
        wide = own["share"] if rng.random() < 0.8 else 1.0
        side = (number + own["mirror"]) % 2
        first, last = (low, length * wide) if side == 0 else (length * (1 - wide), high)
        annex = clip(lot, box(lot, first, last, back, back + extra))
        if annex is not None:
            tall = 5.7 if own["high"] else rng.uniform(2.8, 3.4)
            foot, _, inward, _ = lot.frame
            roof = Roof(
                tall, 0.0 if wide == 1.0 else 0.9, (*(foot + inward * back), *inward, extra), lean=True
            )
            parts.append((annex, roof))
            lot.extra["annex"] = (back + extra, first, last)
    outline = shapely.union_all([part for part, _ in parts], grid_size=0.001)
    outline = max(shapely.get_parts(outline), key=lambda piece: piece.area)
    scene.buildings.append(Building(outline, 1, parts, number))
    lot.extra["bouwlagen"] = max(1, round(eaves / 3.0))
    return back


def _villa(number: int, lot: Lot, own: dict, scene: Scene, rng: np.random.Generator) -> float:
    """A house with one or two free sides, or a small block of flats on a lawn."""
    length, near = lot.frame[3], lot.setback
    depth = min(10.5, reach(lot) - near - 3)
    free = {"B": ((0.0, 3.2), (3.2, 0.0))[lot.extra.get("vrij", 0) ^ 1], "C": (2.6, 2.6)}[lot.extra["vorm"]]
    main = clip(lot, box(lot, free[0], length - free[1], near, near + depth))
    eaves = own["eaves"] if lot.use == "huis" else 8.8
    scene.buildings.append(Building(main, 1, [(main, _roof(lot, near, depth, own, eaves))], number))
    lot.extra["bouwlagen"] = max(1, round(eaves / 3.0))
    return near + depth


def _yard(number: int, lot: Lot, back: float, scene: Scene, rng: np.random.Generator) -> None:
    """Sealed or green yard, shed, tree and garden wall behind the house; front garden before it."""
    length, deep = lot.frame[3], reach(lot)
    yard = deep - back
    old = lot.zone["soort"] == "rij"
    if lot.setback:
        if rng.random() < (0.5 if not old else 0.2):
            _paint(lot, (0.4, length * rng.uniform(0.45, 0.9), 0.2, lot.setback - 0.3), GRASS, scene)
        if rng.random() < 0.12:
            _tree(lot, length * 0.3, lot.setback * 0.5, 4.0, scene, rng)
    if yard < 1.5:
        return
    # Half of the small yards are sealed to the last tile; deeper ones keep a bed or a lawn at the back.
    choice = rng.random() - (0.22 if not old else 0.0) - 0.01 * (yard - 12)
    sealed = 1.0 if choice > 0.62 else (rng.uniform(0.4, 0.8) if choice > 0.22 else rng.uniform(0.12, 0.35))
    house = max(lot.extra.get("annex", (back,))[0], back)
    terrace = max(house, back + yard * sealed)
    if deep - terrace > 1.5:
        edge = 0.9 if rng.random() < 0.6 else 0.0
        _paint(
            lot,
            (edge, length + (8 if lot.ends[1] else 0), terrace, deep + 3),
            GRASS if rng.random() < 0.7 else BED,
            scene,
        )
        room = (deep - terrace) * length
        for _ in range(int(rng.random() < min(0.75, room / 90)) + int(rng.random() < room / 400)):
            _tree(
                lot,
                rng.uniform(0.25, 0.75) * length,
                rng.uniform(terrace, deep) * 0.9 + 0.05 * (terrace + deep),
                rng.gamma(9, 0.62),
                scene,
                rng,
            )
    if yard > 6 and rng.random() < (0.62 if old else 0.75) and lot.use != "poort":
        wide, long = min(rng.uniform(1.9, 3.4), length - 1.2), rng.uniform(1.8, 4.2)
        first = 0.0 if rng.random() < 0.5 else length - wide
        shed = clip(lot, box(lot, first, first + wide, deep - long, deep - 0.05))
        if shed is not None and shed.area > 3 and not shed.intersects(scene.buildings[-1].outline):
            tall = rng.uniform(2.1, 2.7)
            scene.buildings.append(Building(shed, 2, [(shed, Roof(tall))], number))
    foot, along, _, _ = lot.frame
    if rng.random() < (0.7 if old else 0.35):
        start = foot + along * length + lot.inward[1] * (back + 0.2)
        stop = foot + along * length + lot.inward[1] * (deep - 0.1)
        scene.walls.append(
            (np.array([start, stop]), float(rng.uniform(1.8, 2.4) if old else rng.uniform(1.5, 1.9)))
        )


def _garden(lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    scene.ground.append((lot.polygon, GRASS))
    scene.plant(lot.polygon, 9, (6, 1.5), "tuin", rng)


def _paint(lot: Lot, where: tuple[float, float, float, float], kind: int, scene: Scene) -> None:
    area = clip(lot, box(lot, *where))
    if area is not None:
        scene.ground.append((area, kind))


def _tree(
    lot: Lot, across: float, inwards: float, tall: float, scene: Scene, rng: np.random.Generator
) -> None:
    foot, along, inward, _ = lot.frame
    x, y = foot + along * across + inward * inwards
    if tall >= 3:
        tall = min(tall, 12.0)
        scene.trees.append(
            (
                float(x),
                float(y),
                float(tall),
                float(np.clip(tall * rng.uniform(0.45, 0.75), 1.6, 6.5)),
                "tuin",
            )
        )
