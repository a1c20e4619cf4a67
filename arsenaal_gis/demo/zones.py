"""What is not a row of houses: works, school, flats, square, allotments, green, railway, inner courts."""

from collections.abc import Callable

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.affinity import rotate, scale

from .lots import Lot
from .scene import BED, GRASS, SEALED, SHRUB, WATER, WOOD, Building, Roof, Scene
from .streets import overlap


def build(lots: list[Lot], scene: Scene, rng: np.random.Generator) -> None:
    """Fill every lot without a street frontage according to the drawing."""
    for number, lot in enumerate(lots):
        if lot.street is None:
            name = lot.extra["binnen"] if lot.use == "binnen" else lot.zone["soort"]
            FILL[name](number, lot, scene, rng)


def _axes(area: Polygon) -> tuple[Polygon, np.ndarray, np.ndarray, float, float]:
    """Smallest rectangle round an area: itself, unit vectors of its long and short axis, length and width."""
    rectangle = shapely.minimum_rotated_rectangle(area)
    corners = np.array(rectangle.exterior.coords)[:4]
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    long, short = (first, second) if np.hypot(*first) >= np.hypot(*second) else (second, first)
    return (
        rectangle,
        long / np.hypot(*long),
        short / np.hypot(*short),
        float(np.hypot(*long)),
        float(np.hypot(*short)),
    )


def _slab(centre: np.ndarray, along: np.ndarray, length: float, width: float) -> Polygon:
    across = np.array([-along[1], along[0]])
    half, side = along * length / 2, across * width / 2
    return shapely.set_precision(
        Polygon([centre - half - side, centre + half - side, centre + half + side, centre - half + side]),
        0.001,
    )


def _gable(shape: Polygon, eaves: float, rise: float) -> Roof:
    """Roof with its ridge along the longer axis of a rectangle."""
    corners = np.array(shapely.minimum_rotated_rectangle(shape).exterior.coords)[:4]
    if np.hypot(*(corners[1] - corners[0])) < np.hypot(*(corners[2] - corners[1])):
        corners = np.roll(corners, -1, axis=0)
    inward = corners[2] - corners[1]
    depth = float(np.hypot(*inward))
    return Roof(eaves, rise, (*corners[0], *(inward / depth), depth))


def _raise(
    number: int, shapes: list[Polygon], roofs: list[Roof], kind: int, scene: Scene, name: str = ""
) -> None:
    outline = shapely.union_all(shapes, grid_size=0.001)
    scene.buildings.append(Building(outline, kind, list(zip(shapes, roofs, strict=True)), number, name))


def _works(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Company grounds: one large hall, a few smaller ones, or a storage yard gone half green."""
    scene.ground.append((lot.polygon, SEALED))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    sort = rng.choice(["groot", "rij", "opslag"], p=[0.4, 0.35, 0.25])
    bays = 1 if sort == "groot" else max(2, round(length / 42))
    inner = lot.polygon.buffer(-4.5, join_style="mitre")
    for bay in range(bays):
        if sort == "opslag" and bay:
            continue
        part, deep = (0.78, 0.66) if sort == "groot" else (rng.uniform(0.55, 0.8), rng.uniform(0.35, 0.7))
        middle = (
            centre
            + along * (length / bays * (bay + 0.5) - length / 2)
            + across * rng.uniform(-0.5, 0.5) * width * (0.9 - deep)
        )
        hall = overlap(_slab(middle, along, length / bays * part, width * deep), inner)
        if hall.geom_type == "Polygon" and hall.area > 120:
            _raise(
                number,
                [hall],
                [_gable(hall, rng.uniform(5, 9), 2.2 if rng.random() < 0.4 else 0.0)],
                1,
                scene,
            )
    if sort == "opslag":
        fallow = overlap(_slab(centre + along * length * 0.22, along, length * 0.5, width * 0.9), lot.polygon)
        scene.ground.append((fallow, GRASS))
        scene.plant(fallow, 14, (6, 2), "bedrijf", rng)
    elif rng.random() < 0.6:
        park = overlap(_slab(centre - along * length * 0.44, across, width * 0.9, length * 0.07), inner)
        scene.ground += [(part, GRASS) for part in shapely.get_parts(park) if part.geom_type == "Polygon"]
        scene.plant(park, 9, (7, 1.5), "bedrijf", rng)


def _school(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Three wings round a paved school yard, a strip of lawn with trees at the back."""
    scene.ground.append((lot.polygon, SEALED))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    wide = 11.0
    wings = [
        _slab(centre - across * (width / 2 - wide / 2 - 4), along, length * 0.62, wide),
        _slab(centre - along * length * 0.31 - across * width * 0.06, across, width * 0.62, wide),
        _slab(centre + along * length * 0.31 - across * width * 0.14, across, width * 0.46, wide),
    ]
    roofs = [_gable(wing, 7.4, 3.4) for wing in wings[:2]] + [Roof(4.2)]
    wings = [overlap(wing, lot.polygon.buffer(-3, join_style="mitre")) for wing in wings]
    _raise(number, wings, roofs, 1, scene, lot.zone.get("naam", ""))
    lawn = shapely.intersection(
        lot.polygon, _slab(centre + across * width * 0.38, along, length * 0.94, width * 0.16)
    )
    _lay(lawn, GRASS, "gras- en kruidachtigen", "", "nee", scene)
    scene.plant(lawn, 11, (9, 2), "school", rng)
    yard = overlap(_slab(centre + across * width * 0.05, along, length * 0.56, width * 0.42), lot.polygon)
    yard = shapely.difference(yard, shapely.union_all(wings), grid_size=0.001)
    lot.extra["schoolplein"] = max(shapely.get_parts(yard), key=lambda part: part.area)


def _flats(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Detached slabs of flats on a lawn with car parks."""
    scene.ground.append((lot.polygon, GRASS))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    slab = _slab(centre, along, min(length - 34, 52), 12.5)
    _raise(number, [slab], [Roof(4 * 2.85 + 0.6)], 1, scene)
    for side in (-1, 1):
        park = overlap(_slab(centre + along * side * (length / 2 - 5), across, width * 0.62, 8), lot.polygon)
        scene.ground.append((park, SEALED))
    scene.ground.append((slab.buffer(2.2, join_style="mitre"), SEALED))
    lawn = shapely.difference(lot.polygon, slab.buffer(5), grid_size=0.001)
    scene.plant(lawn, 17, (10, 2.5), "flats", rng)


def _square(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """The playground: paved, with a few beds and plane trees, and the wijkhuis at its edge."""
    scene.ground.append((lot.polygon, SEALED))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    house = overlap(_slab(centre + along * (length / 2 - 11), across, width * 0.52, 13), lot.polygon)
    _raise(number, [house], [_gable(house, 6.6, 3.2)], 1, scene, "Wijkhuis")
    play = shapely.difference(lot.polygon, house.buffer(4), grid_size=0.001)
    beds = [
        _slab(centre + along * length * u + across * width * v, along, 13, 5.5)
        for u, v in ((-0.32, -0.3), (-0.05, -0.3), (-0.32, 0.3), (-0.05, 0.3))
    ]
    for bed in beds:
        _lay(overlap(bed, play), SHRUB, "heesters", lot.zone["naam"], "ja", scene)
    spots = [
        centre + along * length * u + across * width * v for u in (-0.38, -0.2, -0.02) for v in (-0.3, 0.3)
    ]
    scene.avenue(np.array(spots), (10, 1.2), "plein", rng)
    lot.extra["speelplein"] = play


def _allotments(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Kitchen gardens in strips, each with a hut."""
    _lay(lot.polygon, GRASS, "gras- en kruidachtigen", lot.zone.get("naam", ""), "nee", scene)
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    deep = 15.0
    rows = max(1, int(width // (deep + 2.5)))
    for row in range(rows):
        v = (row + 0.5) * width / rows - width / 2
        for u in np.arange(-length / 2 + 5, length / 2 - 4, 9.0):
            bed = overlap(
                _slab(centre + along * u + across * v, along, 7.6, min(deep, width / rows - 2)),
                lot.polygon.buffer(-2),
            )
            if bed.geom_type != "Polygon" or bed.area < 60:
                continue
            scene.ground.append((bed, BED))
            if rng.random() < 0.7:
                middle = np.array(bed.centroid.coords[0]) + along * 2.2 + across * rng.choice([-5.0, 5.0])
                hut = _slab(middle, along, 2.6, 3.2)
                if bed.contains(hut):
                    _raise(number, [hut], [Roof(2.4)], 2, scene)
    scene.plant(lot.polygon, 26, (5, 1), "volkstuin", rng)


def _park(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Lawns with clumps of trees and, in the larger ones, a pond."""
    name = lot.zone.get("naam", "")
    dry = lot.polygon
    if lot.zone.get("vijver") and lot.polygon.area > 15000:
        _, along, _, _, _ = _axes(lot.polygon)
        pond = scale(shapely.Point(lot.polygon.point_on_surface().coords[0]).buffer(1, quad_segs=12), 38, 17)
        pond = rotate(pond, np.degrees(np.arctan2(along[1], along[0])) + 9)
        lot.extra["water"] = overlap(pond, lot.polygon.buffer(-6))
        dry = shapely.difference(lot.polygon, lot.extra["water"], grid_size=0.001)
        scene.ground.append((lot.extra["water"], WATER))
    _lay(dry, GRASS, "gras- en kruidachtigen", name, "ja", scene)
    x_min, y_min, x_max, y_max = lot.polygon.bounds
    for _ in range(int(lot.polygon.area / 4500)):
        clump = overlap(
            shapely.Point(rng.uniform((x_min, y_min), (x_max, y_max))).buffer(rng.uniform(9, 24)),
            dry.buffer(-4),
        )
        for part in shapely.get_parts(clump):
            if part.area > 120:
                _lay(part, SHRUB, "heesters", name, "ja", scene)
                scene.plant(part, 6.5, (11, 3), "park", rng)
    scene.plant(dry.buffer(-3), 24, (11, 3), "park", rng)


def _sport(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Two football fields, a clubhouse with a car park, trees round them."""
    _lay(lot.polygon, GRASS, "gras- en kruidachtigen", lot.zone.get("naam", ""), "nee", scene)
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    fields = [_slab(centre + along * u, along, 100, 64) for u in (-58, 58)]
    free = shapely.difference(lot.polygon.buffer(-3), shapely.union_all(fields).buffer(6))
    scene.plant(free, 13, (11, 3), "sport", rng)
    club = _slab(centre - across * 47, along, 30, 11)
    court = _slab(centre - across * 47 + along * 48, along, 55, 20)
    scene.ground.append((overlap(court, lot.polygon), SEALED))
    if lot.polygon.contains(club):
        _raise(number, [club], [Roof(3.9)], 1, scene)


def _wood(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    _lay(lot.polygon, WOOD, "bomen", lot.zone.get("naam", ""), "nee", scene)
    clearings = [
        shapely.Point(point).buffer(rng.uniform(14, 38))
        for point in rng.uniform(lot.polygon.bounds[:2], lot.polygon.bounds[2:], (9, 2))
    ]
    scene.plant(shapely.difference(lot.polygon, shapely.union_all(clearings)), 5.4, (11, 3), "bos", rng)


def _rest(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    scene.ground.append((lot.polygon, GRASS))
    scene.plant(lot.polygon, 14, (8, 2), "rest", rng)


def _court_garden(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """A shared garden inside the block."""
    scene.ground.append((lot.polygon, GRASS))
    if lot.polygon.area > 500:
        _lay(lot.polygon.buffer(-0.5), GRASS, "gras- en kruidachtigen", "", "nee", scene)
        path = shapely.intersection(lot.polygon.buffer(-5), lot.polygon).boundary.buffer(0.8)
        scene.ground.append((path, SEALED))
    scene.plant(lot.polygon, 10.5, (8, 2), "binnengebied", rng)


def _garages(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """Rows of lock-ups round a paved court."""
    scene.ground.append((lot.polygon, SEALED))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    for side in (-1, 1):
        row = shapely.intersection(
            _slab(centre + across * side * (width / 2 - 3.4), along, length - 9, 5.8),
            lot.polygon.buffer(-0.3, join_style="mitre"),
        )
        for part in shapely.get_parts(row):
            if part.geom_type == "Polygon" and part.area > 30:
                _raise(number, [part], [Roof(2.6)], 2, scene)
    if width > 34:
        middle = overlap(_slab(centre, along, length * 0.6, 11.6), lot.polygon)
        _raise(number, [middle], [Roof(2.7)], 2, scene)


def _workshop(number: int, lot: Lot, scene: Scene, rng: np.random.Generator) -> None:
    """An old works hall with a north-light or gable roof that fills most of the court."""
    scene.ground.append((lot.polygon, SEALED))
    _, along, across, length, width = _axes(lot.polygon)
    centre = np.array(lot.polygon.centroid.coords[0])
    halls, roofs = [], []
    bays = max(1, round(width * 0.6 / 14))
    for bay in range(bays):
        wide = width * 0.6 / bays
        hall = overlap(
            _slab(centre + across * ((bay + 0.5) * wide - width * 0.3), along, length * 0.62, wide),
            lot.polygon.buffer(-2),
        )
        if hall.geom_type == "Polygon" and hall.area > 60:
            halls.append(hall)
            roofs.append(_gable(hall, 5.2, 2.4))
    if halls:
        _raise(number, halls, roofs, 1, scene)
        if scene.buildings[-1].outline.geom_type != "Polygon":
            scene.buildings[-1].outline = shapely.convex_hull(scene.buildings[-1].outline)


def _lay(area: Polygon, kind: int, physical: str, name: str, open_to_all: str, scene: Scene) -> None:
    """Paint public or collective green and enter it in the green inventory."""
    for part in shapely.get_parts(shapely.set_precision(area, 0.001)):
        if part.geom_type == "Polygon" and part.area > 4:
            scene.ground.append((part, kind))
            scene.green.append((part, physical, name, open_to_all))


def railway(railways: list[dict], outline: Polygon, scene: Scene, rng: np.random.Generator) -> None:
    """Embankments: ballast on top, grass and shrubs on the slopes."""
    for rail in railways:
        line: LineString = rail["lijn"]
        body = line.buffer(rail["breedte"] / 2, cap_style="flat")
        scene.ground.append((body, GRASS))
        scene.ground.append((line.buffer(5.5, cap_style="flat"), 6))
        slopes = shapely.difference(body, line.buffer(7.5))
        scene.plant(slopes, 9, (5.5, 1.8), "spoorberm", rng)
        scene.banks.append((line, rail["breedte"], rail["hoogte"]))
        for part in shapely.get_parts(overlap(slopes, outline)):
            if part.geom_type == "Polygon" and part.area > 50:
                scene.green.append((part, "gras- en kruidachtigen", "spoorberm", "nee"))


FILL: dict[str, Callable[[int, Lot, Scene, np.random.Generator], None]] = {
    "bedrijf": _works,
    "school": _school,
    "flats": _flats,
    "hofke": _square,
    "volkstuinen": _allotments,
    "park": _park,
    "sport": _sport,
    "bos": _wood,
    "restgroen": _rest,
    "tuin": _court_garden,
    "garages": _garages,
    "werkplaats": _workshop,
}
