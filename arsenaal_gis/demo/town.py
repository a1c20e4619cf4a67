"""A practice wijk put together: streets, lots, housing stock, buildings, green, surroundings."""

from dataclasses import dataclass

import numpy as np
import shapely

from ..progress import Progress
from . import houses, lots, stock, streets, zones
from .chains import at, chainage
from .layout import Layout
from .lots import Lot
from .scene import GRASS, SEALED, WATER, Scene
from .streets import Streets


@dataclass(frozen=True)
class Town:
    """Everything from which the delivered files are made."""

    layout: Layout
    streets: Streets
    lots: list[Lot]
    homes: list[Lot]
    scene: Scene


def build(layout: Layout, seed: int, progress: Progress) -> Town:
    """Build a practice wijk; the same drawing and seed give the same wijk."""
    rng = np.random.default_rng([seed, 1])
    network = streets.build(layout, rng)
    progress.check()
    parcels: list[Lot] = []
    towers: list[int] = []
    for block, (face, zone) in enumerate(lots.faces(layout, network)):
        if zone["soort"] in lots.STYLES:
            parcels += lots.divide(face, zone, block, network, rng)
        elif zone["soort"] == "flats":
            parcels += _towers(face, zone, block, towers)
        else:
            parcels += [Lot(part, zone, block, use=zone["soort"]) for part in _split(face, zone)]
        progress.check()
    homes = stock.fill(parcels, layout.settings["cijfers"], towers, rng)
    scene = Scene()
    scene.ground.append((layout.outline, GRASS))
    zones.build(parcels, scene, rng)
    houses.build(parcels, scene, rng, progress.check)
    progress.check()
    scene.ground += [(water, WATER) for water in layout.waters]
    zones.railway(layout.railways, layout.outline, scene, rng)
    _public(layout, network, scene, rng)
    return Town(layout, network, parcels, homes, scene)


def _split(face: shapely.Polygon, zone: dict) -> list[shapely.Polygon]:
    """Cut large company grounds across their length."""
    pieces = max(1, round(face.area / 11000)) if zone["soort"] == "bedrijf" else 1
    return _slices(face, pieces)


def _slices(face: shapely.Polygon, count: int) -> list[shapely.Polygon]:
    if count == 1:
        return [face]
    corners = np.array(shapely.minimum_rotated_rectangle(face).exterior.coords)[:4]
    if np.hypot(*(corners[1] - corners[0])) < np.hypot(*(corners[2] - corners[1])):
        corners = np.roll(corners, -1, axis=0)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    cuts = [
        shapely.LineString(
            [corners[0] + along * share - across * 0.2, corners[0] + along * share + across * 1.2]
        )
        for share in np.arange(1, count) / count
    ]
    lines = shapely.union_all(
        [face.boundary, *(shapely.intersection(cut, face) for cut in cuts)], grid_size=streets.MM
    )
    parts = shapely.get_parts(shapely.polygonize([lines]))
    return [part for part in parts if shapely.contains(face, shapely.point_on_surface(part))]


def _towers(face: shapely.Polygon, zone: dict, block: int, towers: list[int]) -> list[Lot]:
    """One parcel for each detached block of flats."""
    result = []
    for part, units in zip(_slices(face, len(zone["gebouwen"])), zone["gebouwen"], strict=False):
        lot = Lot(part, zone, block, use="meergezins")
        lot.extra |= {
            "eenheden": units,
            "vorm": "C",
            "eeuw": zone["eeuw"],
            "groep": -1 - len(towers),
            "bouwlagen": 4,
        }
        towers.append(units)
        result.append(lot)
    return result


def _public(layout: Layout, network: Streets, scene: Scene, rng: np.random.Generator) -> None:
    """Paving of the streets and the trees along them."""
    scene.ground += [(part, SEALED) for part in shapely.get_parts(network.public)]
    for segment in network.segments:
        spacing, line = segment.street.get("bomen"), np.array(segment.line.coords)
        if not spacing or segment.line.length < 40:
            continue
        where = np.arange(14, chainage(line)[-1] - 12, spacing) + rng.uniform(-1, 1)
        points, left = at(line, where)
        half = segment.street["breedte"] / 2
        for side, width in ((1, segment.left), (-1, segment.right)):
            kept = rng.random(len(points)) < 0.88
            if width > 2.2 and kept.any():
                scene.avenue((points + side * left * (half - width + 0.6))[kept], (8.5, 1.0), "straat", rng)
