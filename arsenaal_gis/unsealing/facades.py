"""Planted strips along facades: one place per address, where the footway leaves room."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from ..facts import measure_footways, street_edges
from .rules import Rules
from .site import Site, draft
from .strip import facade_strip_depth, free_passage, strip_verdict

# A facade stands on the street if nothing of a parcel lies this far before it.
_AT_STREET_M = 0.6
# Facade pieces belong to one straight run while they turn less than this.
_STRAIGHT = np.cos(np.radians(3.0))
# Bends of a drawn facade smaller than this are drawing, not architecture.
_SMOOTH_M = 0.05
_FUNCTIONS_ROAD = ("rijbaan", "kruispunt", "weg_gemengd", "parkeren", "fietspad")


@dataclass(frozen=True)
class Run:
    """A straight stretch of facade on the street, of one address.

    Attributes:
        address: Row of the address.
        building: Row of the building.
        house: Its id.
        begin: (2,) where it starts.
        along, outward: (2,) unit vectors.
        positions: (k + 1,) ends of its pieces along it (m).
        width: (k,) footway width before each piece (m), NaN where unknown.
        depth: (k,) depth of strip that each width admits (m).
        tenth: 10th percentile of the widths (m); NaN where more than half is unknown.
        source: Where most of the widths come from.
        free: (k,) False within the reach of a junction or stop.
        doors: Positions of entrances along it (m).
    """

    address: int
    building: int
    house: str
    begin: np.ndarray
    along: np.ndarray
    outward: np.ndarray
    positions: np.ndarray
    width: np.ndarray
    depth: np.ndarray
    tenth: float
    source: str
    free: np.ndarray
    doors: np.ndarray

    @property
    def length(self) -> float:
        """Length (m)."""
        return float(self.positions[-1])

    def rectangle(self, begin: float, end: float, near: float, far: float) -> shapely.Polygon:
        """Rectangle from ``begin`` to ``end`` along the facade, ``near`` to ``far`` before it (m)."""
        corners = [(begin, near), (end, near), (end, far), (begin, far)]
        return shapely.Polygon([self.begin + a * self.along + b * self.outward for a, b in corners])


def facade_runs(site: Site, rules: Rules) -> list[Run]:
    """Straight stretches of facade on the street, with the footway widths before them."""
    buildings = site.layer("gebouwen")
    shapes = shapely.simplify(buildings.geometry.to_numpy(), _SMOOTH_M)
    if not len(shapes) or site.layer("adressen").empty:
        return []
    edges = street_edges(shapes)
    middle = shapely.points(edges.middle + edges.outward * _AT_STREET_M)
    public = np.ones(len(middle), bool)
    for id in ("percelen", "gebouwen"):
        if len(site.layer(id)):
            public[shapely.STRtree(site.shapes(id)).query(middle, predicate="intersects")[0]] = False
    address = _nearest_address(site, edges.parcel, edges.middle)
    public &= address >= 0
    pick = np.flatnonzero(public)
    edges = type(edges)(edges.parcel[pick], edges.begin[pick], edges.end[pick], edges.outward[pick])
    address = address[pick]
    footways = measure_footways(
        edges,
        footways=site.shapes("wegdek", "functie", "voetpad", "plein"),
        kerbs=site.shapes("weglijnen", "soort", "boordsteen"),
        carriageways=site.shapes("wegdek", "functie", *_FUNCTIONS_ROAD),
    )
    width = _before_trees(site, rules, edges.middle, edges.outward, footways.width_m)
    depth = np.nan_to_num(facade_strip_depth(width, rules))
    free = _sight(site, rules, edges.middle)
    joined = np.zeros(len(pick), bool)
    joined[1:] = (
        (edges.parcel[1:] == edges.parcel[:-1])
        & (address[1:] == address[:-1])
        & (np.abs(edges.begin[1:] - edges.end[:-1]).max(axis=1) < 1e-6)
        & ((edges.outward[1:] * edges.outward[:-1]).sum(axis=1) > _STRAIGHT)
    )
    doors = shapely.get_coordinates(site.layer("adressen").geometry.to_numpy())
    entrances = pd.Series(np.arange(len(doors))).groupby(site.layer("adressen")["gebouw_id"].to_numpy(object))
    entrances = {house: rows.to_numpy() for house, rows in entrances}
    names_of = buildings["gebouw_id"].to_numpy(object)
    runs = []
    for part in np.split(np.arange(len(pick)), np.flatnonzero(~joined)[1:] if len(pick) else []):
        if not len(part):
            continue
        begin, end = edges.begin[part[0]], edges.end[part[-1]]
        along = (end - begin) / np.hypot(*(end - begin))
        house = names_of[edges.parcel[part[0]]]
        own = np.union1d(entrances.get(house, ()), address[part[0]]).astype(int)
        names, counts = np.unique(footways.source[part].astype(str), return_counts=True)
        runs.append(
            Run(
                address=int(address[part[0]]),
                building=int(edges.parcel[part[0]]),
                house=house,
                begin=begin,
                along=along,
                outward=np.array([-along[1], along[0]]) * np.sign(_cross(along, edges.outward[part[0]])),
                positions=np.r_[0, np.cumsum(edges.length[part])],
                width=width[part],
                depth=depth[part],
                tenth=_tenth(width[part]),
                source=str(names[counts.argmax()]),
                free=free[part],
                doors=(doors[own] - begin) @ along,
            )
        )
    return runs


def _cross(a: np.ndarray, b: np.ndarray) -> float:
    return float(a[0] * b[1] - a[1] * b[0])


def _nearest_address(site: Site, building: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Row of the nearest address of the same building; -1 for a building without address."""
    addresses = site.layer("adressen")
    ids = site.layer("gebouwen")["gebouw_id"].to_numpy()
    xy = shapely.get_coordinates(addresses.geometry.to_numpy())
    known = pd.DataFrame({"gebouw": addresses["gebouw_id"].to_numpy(), "adres": np.arange(len(addresses))})
    # Boxes at one entrance are one facade: the first address stands for them.
    known = known[~pd.DataFrame(np.round(xy, 1)).duplicated().to_numpy()].dropna()
    piece = pd.DataFrame({"gebouw": ids[building], "stuk": np.arange(len(building))})
    pairs = piece.merge(known, on="gebouw")
    stuk, adres = pairs["stuk"].to_numpy(int), pairs["adres"].to_numpy(int)
    distance = np.hypot(*(middle[stuk] - xy[adres]).T)
    order = np.lexsort((distance, stuk))
    result = np.full(len(building), -1)
    result[stuk[order][::-1]] = adres[order][::-1]
    return result


def _before_trees(
    site: Site, rules: Rules, middle: np.ndarray, outward: np.ndarray, width: np.ndarray
) -> np.ndarray:
    """Width as far as the pit of a tree that stands on the footway."""
    trees = site.shapes("bomen")
    width = width.copy()
    if len(trees) and len(width):
        clear = rules["boom_vrij_m"]
        rays = shapely.linestrings(
            np.stack([middle, middle + outward * np.nan_to_num(width)[:, None]], axis=1)
        )
        ray, tree = shapely.STRtree(trees).query(rays, predicate="dwithin", distance=clear)
        offset = shapely.get_coordinates(trees[tree]) - middle[ray]
        reach = np.maximum((offset * outward[ray]).sum(axis=1) - clear, 0)
        np.fmin.at(width, ray, np.where(np.isnan(width[ray]), np.nan, reach))
    return width


def _sight(site: Site, rules: Rules, middle: np.ndarray) -> np.ndarray:
    """False within the reach of a junction or a stop, where nothing is planted."""
    points, free = shapely.points(middle), np.ones(len(middle), bool)
    stops = site.shapes("voorzieningen", "soort", "halte")
    for places, distance in ((site.junctions, rules["hoek_vrij_m"]), (stops, rules["halte_vrij_m"])):
        if len(places) and len(points):
            # The strip itself reaches out from the facade.
            reach = distance + rules["strook_max_m"]
            hit, _ = shapely.STRtree(places).query(points, predicate="dwithin", distance=reach)
            free[hit] = False
    return free


def passages(runs: list[Run], rules: Rules) -> list[shapely.Polygon]:
    """The strip of footway before each run that must stay free."""
    known = [run for run in runs if run.tenth > 0]
    width = np.array([run.tenth for run in known], float)
    depth, clear = facade_strip_depth(width, rules), free_passage(width, rules)
    return [run.rectangle(0, run.length, d, d + c) for run, d, c in zip(known, depth, clear, strict=True)]


def _tenth(width: np.ndarray) -> float:
    known = np.sort(width[~np.isnan(width)])
    if len(known) * 2 < len(width) or not len(known):
        return np.nan
    return float(np.interp(0.1 * (len(known) - 1), np.arange(len(known)), known))


def facade_strips(site: Site, rules: Rules, runs: list[Run]) -> tuple[list[dict], list[dict]]:
    """The best strip of each address, and the addresses that get none, with the reason.

    Returns:
        Drafts of places, and rows of ``onthard_afgewezen``.
    """
    # Plain lists: a row of a frame for each of a thousand facades would cost a second.
    addresses = site.layer("adressen")[["adres_id", "capakey", "straat"]].to_dict("records")
    widths = np.array([run.tenth if site.exact else np.nan for run in runs], float)
    verdicts = zip(
        facade_strip_depth(widths, rules).tolist(), strip_verdict(widths, rules).tolist(), strict=True
    )
    best: dict[int, dict] = {}
    refused: dict[int, dict] = {}
    for run, (depth, verdict) in zip(runs, verdicts, strict=True):
        found = _strip(site, rules, run, addresses[run.address], depth, verdict)
        if "type" not in found:
            # A facade whose width is known says more than a blind side wall.
            if run.address not in refused or np.isnan(refused[run.address]["voetpad_breedte_m"]):
                refused[run.address] = found
        elif run.address not in best or found["geometry"].area > best[run.address]["geometry"].area:
            best[run.address] = found
    return list(best.values()), [row for address, row in refused.items() if address not in best]


def _strip(site: Site, rules: Rules, run: Run, address: dict, depth: float, verdict: str) -> dict:
    width = run.tenth if site.exact else np.nan
    no = {
        "adres_id": address["adres_id"], "straat": address["straat"], "voetpad_breedte_m": width,
        "geometry": shapely.Point(run.begin + run.along * run.length / 2),
    }  # fmt: skip
    if not site.exact:
        return no | {"redencodes": ("GRID",)}
    if np.isnan(width):
        return no | {"redencodes": ("ONBEKEND",)}
    if verdict == "niet":
        return no | {"redencodes": ("SMAL",)}
    climber = verdict == "enkel_klimplant"
    tile = rules["tegel_m"]
    if climber:
        depth = rules["klimplant_diepte_m"]
        room = np.nan_to_num(run.width) - depth >= rules["doorgang_wettelijk_m"] - 1e-9
    else:
        room = run.depth >= depth
    begin, end = _longest_free(run, room, rules)
    whole = int((min(end - begin, rules["gevel_bruikbaar"] * run.length) + 1e-9) / tile)
    if whole < 1:
        return no | {"redencodes": ("KORT",) if run.free.all() else ("HOEK",)}
    length = tile * (1 if climber else whole)
    # Away from the door, against the far end of the free stretch.
    at_start = not len(run.doors) or np.abs(run.doors - begin).min() >= np.abs(run.doors - end).min()
    start = begin if at_start else end - length
    left = round(width - depth, 3)
    rows = int(round(depth * 1000)) // int(round(tile * 1000))
    cut = int(round(depth * 1000)) - rows * int(round(tile * 1000))
    codes = () if climber else ("D150" if left >= rules["doorgang_breed_m"] else "D100",)
    codes += ("SMAL",) if climber else ()
    codes += ("DEUR", "KLIP") + (("BREEDTE",) if run.source == "wegbaan" else ())
    return draft(
        "klimplant" if climber else "geveltuin",
        run.rectangle(start, start + length, 0, depth),
        (address["adres_id"],),
        "openbaar",
        verdict,
        codes,
        adres_id=address["adres_id"],
        gebouw_id=run.house,
        capakey=address["capakey"],
        straat=address["straat"],
        voetpad_breedte_m=round(width, 3),
        diepte_m=depth,
        vrije_doorgang_m=left,
        breedte_bron=run.source,
        tegels=1 if climber else whole * (rows + (cut > 0)),
        tegels_gezaagd=1 if climber else whole * (cut > 0),
        gezaagde_rij=f"rij {rows + 1} op {cut / 10:.0f} cm" if cut else None,
    )


def _longest_free(run: Run, room: np.ndarray, rules: Rules) -> tuple[float, float]:
    """Longest stretch of the run with room, off the doors and the neighbours."""
    edge = rules["buur_afstand_m"]
    stops = [(-np.inf, edge), (run.length - edge, np.inf)]
    stops += [(door - rules["deur_vrij_m"], door + rules["deur_vrij_m"]) for door in run.doors]
    shut = ~(room & run.free)
    stops += list(zip(run.positions[:-1][shut], run.positions[1:][shut], strict=True))
    best, reached = (0.0, 0.0), 0.0
    for begin, end in sorted(stops):
        if begin - reached > best[1] - best[0]:
            best = (reached, begin)
        reached = max(reached, end)
    return best
