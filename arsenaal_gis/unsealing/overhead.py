"""Places above the ground: greenery garlands across narrow streets, and flat roofs."""

import numpy as np
import shapely

from ..raster import Grid
from .facades import Run
from .rules import Rules
from .sample import mean_inside, median_inside
from .shapes import opened, pieces
from .site import Site, draft

# The facade opposite must stand this square to the line across (cosine of the angle).
_SQUARE = 0.8
_ROOF_EDGE_M = 1.0
# Fewer cells tell no slope.
_ROOF_CELLS = 10


def garlands(site: Site, rules: Rules, runs: list[Run]) -> tuple[list[dict], list[dict]]:
    """Garlands between facing facades, at least so many metres apart along the street.

    Returns:
        Drafts, and rows of ``onthard_afgewezen`` for those with too little sun.
    """
    buildings = site.layer("gebouwen")
    shapes, streets = buildings.geometry.to_numpy(), site.shapes("straten")
    if not runs or not len(streets):
        return [], []
    origin = np.array([run.begin + run.along * run.length / 2 for run in runs])
    outward = np.array([run.outward for run in runs])
    here = np.array([run.building for run in runs])
    reach = rules["slinger_max_m"] + 0.01
    rays = shapely.linestrings(np.stack([origin + 0.05 * outward, origin + reach * outward], axis=1))
    there, end = _first_building(rays, origin, shapes, here)
    span = np.hypot(*(end - origin).T)
    crosses = np.zeros(len(runs), bool)
    crosses[shapely.STRtree(streets).query(rays, predicate="intersects")[0]] = True
    good = (there >= 0) & (span >= rules["slinger_min_m"]) & (span <= rules["slinger_max_m"]) & crosses
    height = _heights(site, np.unique(np.concatenate([here[good], there[good]])))
    good &= np.minimum(height[here], height[np.maximum(there, 0)]) >= rules["slinger_gevel_m"]
    good &= _faces(rays, end, shapes, there)
    found, refused, taken = [], [], np.empty((0, 2))
    for k in sorted(np.flatnonzero(good), key=lambda k: (round(span[k], 1), *origin[k])):
        middle = (origin[k] + end[k]) / 2
        if len(taken) and np.hypot(*(taken - middle).T).min() < rules["slinger_afstand_m"]:
            continue
        taken = np.vstack([taken, middle])
        line = shapely.LineString([origin[k], end[k]])
        band = line.buffer(rules["slinger_breedte_m"] / 2, cap_style="flat")
        sun = mean_inside(site.sun_hours, [band])[0]
        pair = tuple(sorted(str(buildings["gebouw_id"].iloc[b]) for b in (here[k], there[k])))
        if sun < rules["slinger_zon_uur"]:
            refused.append({"geometry": shapely.Point(middle), "redencodes": ("ZON",)})
            continue
        codes = ("VERANKER",) + (("ZONONBEKEND",) if np.isnan(sun) else ())
        found.append(
            draft(
                "groenslinger",
                band,
                pair,
                "gemengd",
                "wettelijk_mogelijk",
                codes,
                overspanning_m=round(span[k], 2),
            )
        )
    return found, refused


def _heights(site: Site, wanted: np.ndarray) -> np.ndarray:
    """Height of buildings (m): as delivered, else, of the wanted rows, from the height model; else NaN."""
    buildings = site.layer("gebouwen")
    height = buildings["hoogte_m"].to_numpy(float, na_value=np.nan, copy=True)
    if site.roof_height is not None and site.ground_height is not None:
        above = site.roof_height.like(site.roof_height.values - site.ground_height.values)
        lost = wanted[np.isnan(height[wanted])]
        height[lost] = median_inside(above, buildings.geometry.to_numpy()[lost])[0]
    return height


def _first_building(
    rays: np.ndarray, origin: np.ndarray, shapes: np.ndarray, own: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Row of the first building each ray meets (-1 for none) and where (n, 2)."""
    ray, building = shapely.STRtree(shapes).query(rays, predicate="intersects")
    other = building != own[ray]
    ray, building = ray[other], building[other]
    meeting = shapely.intersection(rays[ray], shapes[building])
    near = shapely.shortest_line(shapely.points(origin[ray]), meeting)
    length = shapely.length(near)
    hit, end = np.full(len(rays), -1), np.array(origin, float)
    for k in np.argsort(-length, kind="stable"):  # the nearest comes last and stays
        hit[ray[k]], end[ray[k]] = building[k], shapely.get_coordinates(near[k])[-1]
    return hit, end


def _faces(rays: np.ndarray, end: np.ndarray, shapes: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Whether the facade opposite stands about square to the line across."""
    result = np.zeros(len(rays), bool)
    across = np.diff(shapely.get_coordinates(rays).reshape(-1, 2, 2), axis=1)[:, 0]
    across /= np.hypot(*across.T)[:, None]
    for k in np.flatnonzero(there >= 0):
        coords = shapely.get_coordinates(shapely.boundary(shapes[there[k]]))
        edges = shapely.linestrings(np.stack([coords[:-1], coords[1:]], axis=1))
        edge = coords[1:][n := shapely.distance(edges, shapely.Point(end[k])).argmin()] - coords[:-1][n]
        square = abs(across[k, 0] * edge[1] - across[k, 1] * edge[0]) / max(np.hypot(*edge), 1e-9)
        result[k] = square >= _SQUARE
    return result


def flat_roofs(site: Site, rules: Rules) -> list[dict]:
    """Flat roofs from the height model: half of the cells away from the edge slope less than the limit."""
    buildings = site.layer("gebouwen")
    if site.roof_height is None:
        return []
    slope = _slope(site.roof_height)
    shapes = buildings.geometry.to_numpy()
    large = np.flatnonzero(shapely.area(shapes) > rules["dak_min_m2"])
    middle, cells = median_inside(slope, shapely.buffer(shapes[large], -_ROOF_EDGE_M, join_style="mitre"))
    found = []
    for row in large[(cells >= _ROOF_CELLS) & (middle <= rules["dak_helling_max_graden"])]:
        for part, _ in zip(
            *pieces(opened([shapes[row].buffer(-0.5)], 0.5), rules["dak_min_m2"]), strict=True
        ):
            found.append(
                draft(
                    "groendak",
                    part,
                    (buildings["gebouw_id"].iloc[row],),
                    "privaat",
                    "wettelijk_mogelijk",
                    ("EIGENAAR", "DRAAGKRACHT"),
                    gebouw_id=buildings["gebouw_id"].iloc[row],
                    capakey=buildings["capakey"].iloc[row],
                )  # fmt: skip
            )
    return found


def _slope(grid: Grid) -> Grid:
    """Slope in degrees: of a plane through the four neighbours."""
    north_south, west_east = np.gradient(grid.values.astype(float), grid.cell)
    return grid.like(np.degrees(np.arctan(np.hypot(north_south, west_east))))
