"""Places on the public domain: parking bays, junctions, verges, squares, play and school yards."""

import numpy as np
import shapely

from .rules import Rules
from .shapes import blocks, cut_away, long_axis, opened, part_in_cells, pieces, slices
from .site import Site, draft

# Parking polygons that all but touch are one lane.
_TOUCH_M = 0.1
# A lane that fills less of its rectangle is bent, and is cut in two.
_FILLED = 0.75
# The carriageway of a street lies within this distance of its axis.
_BESIDE_M = 12.0
# A left-over narrower than this is a gutter.
_NARROW_M = 2.0


def tree_pits(site: Site, rules: Rules) -> list[dict]:
    """One bay in four of every parking lane."""
    lanes = shapely.union_all(shapely.buffer(site.shapes("wegdek", "functie", "parkeren"), _TOUCH_M / 2))
    whole = shapely.buffer(lanes, -_TOUCH_M / 2, join_style="mitre")
    found = []
    for lane, _ in zip(*pieces([whole], 8.0), strict=True):
        for straight in _straight(lane):
            for pit in _bays(straight, rules):
                xy = tuple(np.round(shapely.get_coordinates(pit.centroid)[0]).astype(int))
                found.append(draft("boomvak", pit, xy, "openbaar", "wettelijk_mogelijk", ("PARKEER", "KLIP")))
    return found


def _straight(lane: shapely.Polygon) -> list[shapely.Polygon]:
    """A bent lane in parts that fill their rectangle."""
    _, long, short = long_axis(lane)
    if lane.area >= _FILLED * np.hypot(*long) * np.hypot(*short) or lane.area < 16:
        return [lane]
    halves, _ = pieces(slices(lane, 2), 8.0)
    return [part for half in halves for part in _straight(half)]


def _bays(lane: shapely.Polygon, rules: Rules) -> list[shapely.Polygon]:
    """The second of every four bays."""
    _, long, short = long_axis(lane)
    depth, every = np.hypot(*short), int(rules["parkeervak_elk"])
    parallel, square = rules["parkeervak_lengte_m"], rules["parkeervak_breedte_m"]
    if not 1.6 <= depth <= 6.5:
        return []
    length = parallel if depth <= 3.5 else square
    count = int(np.hypot(*long) / length + 0.1)
    if count < every:
        return []
    bays = slices(lane, count)[1::every]
    keep = []
    for bay in bays[: count // every]:
        if depth > 3.5:  # square to the road: a pit no deeper than wide
            bay = shapely.intersection(
                bay, shapely.buffer(shapely.centroid(bay), square / 2, cap_style="square")
            )
        parts, _ = pieces([bay], 3.0)
        keep.extend(parts[:1])
    return keep


def left_overs(site: Site, rules: Rules, free: list[shapely.Polygon]) -> list[dict]:
    """Junction surface that no vehicle needs, and paved verges."""
    bend = rules["bochtstraal_m"]
    lanes = shapely.buffer(site.shapes("straten"), _half_widths(site, rules) + bend)
    # Closing with the radius of a bend rounds the inner corners that vehicles cut.
    driven = shapely.union_all(lanes).buffer(-bend)
    surface = site.layer("wegdek")
    codes = {"kruispunt": ("DRAAI", "KLIP"), "berm": ("KLIP",)}
    found = []
    for type, reasons in codes.items():
        rows = surface[
            surface["functie"].eq(type).fillna(False) & ~surface["verharding"].eq("onverhard").fillna(False)
        ]
        if rows.empty or (type == "kruispunt" and driven.is_empty):
            continue
        shapes = cut_away(rows.geometry.to_numpy(), [driven] if type == "kruispunt" else [])
        shapes = _sealed(site, cut_away(cut_away(shapes, free), site.shapes("groen")))
        for shape, row in zip(*pieces(opened(shapes, _NARROW_M / 2), rules["restvlak_min_m2"]), strict=True):
            for part in blocks(shape, rules["vak_max_m2"]):
                key = (rows["wegdek_id"].iloc[row],)
                found.append(draft(type, part, key, "openbaar", "wettelijk_mogelijk", reasons))
    return found


def _half_widths(site: Site, rules: Rules) -> np.ndarray:
    """Half of the carriageway of each street segment: a junction keeps the lanes of its streets."""
    streets = site.shapes("straten")
    roads = site.shapes("wegdek", "functie", "rijbaan", "weg_gemengd")
    least = np.full(len(streets), rules["rijstrook_half_m"])
    if not len(streets) or not len(roads):
        return least
    beside = shapely.buffer(streets, _BESIDE_M, cap_style="flat")
    street, road = shapely.STRtree(roads).query(beside, predicate="intersects")
    area = shapely.area(shapely.intersection(beside[street], roads[road]))
    return np.maximum(least, np.bincount(street, area, len(streets)) / shapely.length(streets) / 2)


def grounds(site: Site, rules: Rules, free: list[shapely.Polygon]) -> list[dict]:
    """Sealed parts of squares, school yards and playgrounds; 1.50 m along buildings stays paved."""
    surface, areas = site.layer("wegdek"), site.layer("terreinen")
    squares = surface[surface["functie"].eq("plein").fillna(False)]
    areas = areas[areas["soort"].isin(["schoolplein", "speelplein", "plein"]).fillna(False)]
    found = [
        *zip(
            areas.geometry,
            areas["soort"],
            areas["eigenaar"].fillna("onbekend"),
            areas["terrein_id"],
            strict=True,
        ),
        *(
            (shape, "plein", "openbaar", key)
            for shape, key in zip(squares.geometry, squares["wegdek_id"], strict=True)
        ),
    ]
    found = [(shape, *rest) for shape, *rest in found]
    shapes = np.array([row[0] for row in found], dtype=object)
    named = len(areas)
    shapes[named:] = cut_away(shapes[named:], shapes[:named])
    rest = _unmapped(site, rules, shapes)
    shapes = np.concatenate([shapes, rest])
    found += [(shape, "plein", "openbaar", "openbaar_domein") for shape in rest]
    paved = np.array([row[1] == "plein" for row in found], bool)
    lane = [shapely.buffer(line, rules["brandweg_half_m"]) for line in site.shapes("straten")]
    shapes[paved] = cut_away(shapes[paved], lane)
    for taken in (free, site.shapes("groen"), site.shapes("water_spoor")):
        shapes = cut_away(shapes, taken)
    shapes = cut_away(shapes, site.shapes("gebouwen"), rules["doorgang_breed_m"])
    shapes = opened(_sealed(site, shapes), _NARROW_M / 2)
    owner_class = {"openbaar": "openbaar", "privaat": "privaat"}
    return [
        draft(
            found[row][1],
            part,
            (found[row][3],),
            owner_class.get(found[row][2], "gemengd"),
            "comfortabel",
            ("D150", "DRAAI" if paved[row] else "SPEL", "KLIP"),
        )
        for shape, row in zip(*pieces(shapes, rules["restvlak_min_m2"]), strict=True)
        for part in blocks(shape, rules["vak_max_m2"])
    ]


def _unmapped(site: Site, rules: Rules, known: np.ndarray) -> np.ndarray:
    """Sealed public ground that no layer draws and too wide for a footway: courts and small squares."""
    if site.sealed is None or site.layer("percelen").empty:
        return np.array([], dtype=object)
    layers = ("percelen", "gebouwen", "wegdek", "groen", "water_spoor")
    drawn = shapely.union_all(np.concatenate([*(site.shapes(id) for id in layers), known]))
    whole = shapely.box(*drawn.bounds) if site.boundary is None else site.boundary
    open_ground, _ = pieces([shapely.difference(whole, drawn)], rules["restvlak_min_m2"])
    sealed = part_in_cells(open_ground, site.sealed, site.sealed_cells)
    return pieces(opened(sealed, rules["plein_min_breedte_m"] / 2), rules["restvlak_min_m2"])[0]


def _sealed(site: Site, shapes: np.ndarray) -> np.ndarray:
    return shapes if site.sealed is None else part_in_cells(shapes, site.sealed, site.sealed_cells)
