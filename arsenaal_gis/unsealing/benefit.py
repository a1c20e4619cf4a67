"""What each place costs and brings, in physical units: money, water, people, green."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..network import WalkingNetwork
from .rules import Rules
from .water import YearBalance, runoff_depth

_STORMS_MM = (20, 40, 60)
TREE_TYPES = ("boomvak", "plein", "speelplein", "schoolplein", "kruispunt")
# A tree is in sight from homes up to here (methods A7).
_SIGHT_M = 30.0
_STRETCH_M = 5.0


def add_cost(places: pd.DataFrame, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Add ``kost_laag_eur, kost_hoog_eur, kost_eur``: apiece plus per m², rounded to EUR 10, by type."""
    area = places["oppervlakte_m2"].to_numpy(float)
    low, high = np.zeros(len(places)), np.zeros(len(places))
    for type in places["type"].unique():
        rows = (places["type"] == type).to_numpy()
        price = settings[f"kost_{type}"]
        for result, k in ((low, 0), (high, 1)):
            result[rows] = np.round(price["stuk"][k] + price["m2"][k] * area[rows], -1)
    return places.assign(kost_laag_eur=low, kost_hoog_eur=high, kost_eur=np.round((low + high) / 2, -1))


def add_water(places: pd.DataFrame, settings: Mapping[str, Any], rules: Rules) -> pd.DataFrame:
    """Add peak runoff avoided (L) at 20, 40 and 60 mm, and runoff avoided and infiltrated (m³ a year)."""
    area = places["oppervlakte_m2"].to_numpy(float)
    kind = places["type"].map({name: type.water for name, type in rules.types.items()}).to_numpy(object)
    open_ground = kind == "vol"
    number = np.where(open_ground, settings["cn_groen"], settings["cn_groendak"])
    wet = np.where(kind == "geen", 0.0, area)
    peaks = {
        f"piek_{storm}mm_l": wet * (runoff_depth(storm, settings["cn_verhard"]) - runoff_depth(storm, number))
        for storm in _STORMS_MM
    }
    ground, roof = (
        YearBalance(
            settings["regen_jaar_mm"], settings["afvoer_verhard"], after, tuple(settings["infiltratie"])
        )
        for after in (settings["afvoer_groen"], settings["afvoer_groendak"])
    )
    # Water held on a roof evaporates: none of it reaches the soil.
    low, high = ground.infiltrated_m3(np.where(open_ground, wet, 0.0))
    avoided = np.where(open_ground, ground.avoided_m3(wet), roof.avoided_m3(wet))
    return places.assign(
        **peaks, vermeden_afvoer_m3_jaar=avoided, infiltratie_laag_m3_jaar=low, infiltratie_hoog_m3_jaar=high
    )


def spread_residents(dwellings: gpd.GeoDataFrame, cells: gpd.GeoDataFrame) -> np.ndarray:
    """Residents of the cells spread evenly over the dwellings in them.

    Args:
        dwellings: n dwellings.
        cells: ``inwoners``: residents by cell or sector.

    Returns:
        (n,) residents per dwelling; NaN where no cell tells.
    """
    result = np.full(len(dwellings), np.nan)
    if len(cells) and len(dwellings):
        home, cell = shapely.STRtree(cells.geometry.to_numpy()).query(
            dwellings.geometry.to_numpy(), predicate="intersects"
        )
        first = np.unique(home, return_index=True)[1]  # a home on a shared edge counts in one cell
        home, cell = home[first], cell[first]
        people = cells["inwoners"].to_numpy(float, na_value=np.nan)
        result[home] = people[cell] / np.bincount(cell, minlength=len(cells))[cell]
    return result


def walking_distances(
    network: WalkingNetwork, places: gpd.GeoDataFrame, dwellings: gpd.GeoDataFrame, reach_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Walking distance from each place to each door.

    Places within 5 m along one street side share the search, so the distances are good to 5 m.

    Args:
        network: Where people walk.
        places: k places.
        dwellings: n dwellings.
        reach_m: Doors farther than this (m) need not be told apart.

    Returns:
        (places, doors) metres, ``inf`` beyond reach, and (dwellings,) the door of each dwelling.
    """
    xy = shapely.get_coordinates(dwellings.geometry.to_numpy())
    _, first, door = np.unique(np.round(xy, 1), axis=0, return_index=True, return_inverse=True)
    doors = network.locate(
        dwellings.geometry.to_numpy()[first], streets=dwellings["straat"].to_numpy(object)[first]
    )
    middle = shapely.point_on_surface(places.geometry.to_numpy())
    spots = network.locate(middle, streets=places["straat"].to_numpy(object))
    stretch = np.column_stack([spots.side, np.floor(spots.along_m / _STRETCH_M)])
    _, one, member = np.unique(stretch, axis=0, return_index=True, return_inverse=True)
    member = member.ravel()
    own_way = spots.access_m - spots.access_m[one][member]
    limit = reach_m + float(np.max(-own_way, initial=0.0)) + 1e-6
    return network.distances(spots.take(one), doors, limit)[member] + own_way[:, None], door.ravel()


def add_people(
    places: gpd.GeoDataFrame,
    near: np.ndarray,
    people: np.ndarray,
    exposed: np.ndarray,
    lack: np.ndarray,
    dwellings: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """Add residents on foot, those in strong heat, their lack of green, and trees that come in sight.

    Args:
        places: k places.
        near: (k, n) whether the dwelling lies within walking distance.
        people: (n,) residents, NaN where unknown.
        exposed: (n,) 1 where the home lies in strong heat, 0 where not, NaN unknown.
        lack: (n,) missing share of 3-30-300 at the home, NaN unknown.
        dwellings: n dwellings.
    """
    known = np.nan_to_num(people)
    residents = near @ known
    unknown = ~np.isfinite(people).any()
    weighted = [_mean_over(near, known, values) for values in (exposed, lack)]
    tree = places["type"].isin(TREE_TYPES).to_numpy()
    place, home = shapely.STRtree(dwellings.geometry.to_numpy()).query(
        places.geometry.to_numpy(), predicate="dwithin", distance=_SIGHT_M
    ) if len(dwellings) else (np.empty(0, int),) * 2  # fmt: skip
    sight = np.bincount(place, known[home], len(places))
    return places.assign(
        inwoners_100m=np.nan if unknown else residents,
        blootgesteld_100m=np.nan if unknown else residents * weighted[0],
        groentekort=weighted[1],
        boom_in_zicht=np.where(tree, np.nan if unknown else sight, 0.0),
    )


def _mean_over(near: np.ndarray, people: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Mean of a value over the residents near each place for whom it is known; NaN where there are none."""
    known = ~np.isnan(values)
    weight = near[:, known] @ people[known]
    total = near[:, known] @ (people[known] * values[known])
    return np.divide(total, weight, out=np.full(len(near), np.nan), where=weight > 0)


def add_surroundings(
    places: gpd.GeoDataFrame, axes: gpd.GeoDataFrame, reports: gpd.GeoDataFrame, radius_m: float
) -> gpd.GeoDataFrame:
    """Add ``groenblauw_m`` (distance to the green-blue axis) and ``meldingen_50m``; NaN where unknown."""
    shapes = places.geometry.to_numpy()
    distance, count = np.full(len(places), np.nan), np.full(len(places), np.nan)
    if len(axes) and len(places):
        distance = shapely.distance(shapes, shapely.union_all(axes.geometry.to_numpy()))
    if len(reports) and len(places):
        place, _ = shapely.STRtree(reports.geometry.to_numpy()).query(
            shapes, predicate="dwithin", distance=radius_m
        )
        count = np.bincount(place, minlength=len(places)).astype(float)
    return places.assign(groenblauw_m=distance, meldingen_50m=count)
