"""Street, street side, block and a readable name for each place."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from .rules import Rules
from .site import Site

_STREET_REACH_M = 60.0


def locate(site: Site, rules: Rules, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add ``straat, segment_id, straatzijde_id, bouwblok_id, adres_id, plek, oppervlakte_m2, tegels``.

    A place on a parcel belongs to the street of its address, any other to the nearest street.
    """
    addresses = site.layer("adressen")
    middle = shapely.point_on_surface(places.geometry.to_numpy())
    first = addresses.sort_values(["straat", "huisnummer"]).drop_duplicates("capakey").set_index("capakey")
    by_parcel = first.reindex(places["capakey"].to_numpy())
    address = places["adres_id"].where(
        places["adres_id"].notna(), pd.Series(by_parcel["adres_id"].to_numpy(object))
    )
    street = places["straat"].where(places["straat"].notna(), pd.Series(by_parcel["straat"].to_numpy(object)))
    places = places.assign(adres_id=address, straat=street, oppervlakte_m2=places.geometry.area)
    places = _streets(site, places, middle)
    number = (
        addresses.drop_duplicates("adres_id").set_index("adres_id")["huisnummer"].reindex(address.to_numpy())
    )
    name = _names(site, places, middle)
    title = [
        ground
        or " ".join(str(part) for part in (street, number) if pd.notna(part))
        or rules.types[type].title["nl"]
        for ground, street, number, type in zip(name, places["straat"], number, places["type"], strict=True)
    ]
    tile = rules["tegel_m"] ** 2
    paved = ~places["type"].isin(["groenslinger", "groendak"]) & places["tegels"].isna()
    tiles = places["tegels"].where(~paved, (places["oppervlakte_m2"] / tile).round())
    return places.assign(plek=title, tegels=tiles, bouwblok_id=_blocks(site, places, middle))


def _streets(site: Site, places: gpd.GeoDataFrame, middle: np.ndarray) -> gpd.GeoDataFrame:
    streets = site.layer("straten")
    count = len(places)
    segment = np.full(count, -1)
    if len(streets) and count:
        lines = streets.geometry.to_numpy()
        # None for unknown: pandas before 3 gives pd.NA, which does not compare.
        wanted, names = (f["straat"].to_numpy(object, na_value=None) for f in (places, streets))
        for name in pd.unique(wanted):
            rows = np.flatnonzero(wanted == name) if pd.notna(name) else np.flatnonzero(pd.isna(wanted))
            own = np.flatnonzero(names == name) if pd.notna(name) else np.arange(len(lines))
            if len(own):
                hit, line = shapely.STRtree(lines[own]).query_nearest(
                    middle[rows], max_distance=_STREET_REACH_M, all_matches=False
                )
                segment[rows[hit]] = own[line]
        lost = np.flatnonzero(segment < 0)
        hit, line = shapely.STRtree(lines).query_nearest(middle[lost], all_matches=False)
        segment[lost[hit]] = line
    known = segment >= 0
    result = places.assign(segment_id=None, straatzijde_id=None)
    ids = streets["segment_id"].to_numpy(object)
    result.loc[known, "segment_id"] = ids[segment[known]]
    side = _side(streets.geometry.to_numpy()[segment[known]], middle[known]) if known.any() else []
    result.loc[known, "straatzijde_id"] = [f"{i}_{s}" for i, s in zip(ids[segment[known]], side, strict=True)]
    nameless = known & result["straat"].isna().to_numpy()
    result.loc[nameless, "straat"] = streets["straat"].to_numpy(object)[segment[nameless]]
    return result


def _side(lines: np.ndarray, points: np.ndarray) -> np.ndarray:
    """``L`` or ``R`` of the drawn direction of each line."""
    at = shapely.line_locate_point(lines, points)
    length = shapely.length(lines)
    a, b = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, np.clip(at + step, 0, length)))
        for step in (-0.5, 0.5)
    )
    p = shapely.get_coordinates(points)
    cross = (b[:, 0] - a[:, 0]) * (p[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (p[:, 0] - a[:, 0])
    return np.where(cross >= 0, "L", "R")


def _names(site: Site, places: gpd.GeoDataFrame, middle: np.ndarray) -> np.ndarray:
    """Names of the grounds that places lie in; None elsewhere."""
    grounds = site.layer("terreinen")
    result = np.full(len(places), None, dtype=object)
    if len(grounds) and len(places):
        place, ground = shapely.STRtree(grounds.geometry.to_numpy()).query(middle, predicate="intersects")
        result[place] = grounds["naam"].to_numpy(object, na_value=None)[ground]
    return result


def _blocks(site: Site, places: gpd.GeoDataFrame, middle: np.ndarray) -> np.ndarray:
    """Building block by parcel, else by location."""
    parcels, blocks = site.layer("percelen"), site.layer("bouwblokken")
    result = np.full(len(places), None, dtype=object)
    if len(blocks) and len(places):
        place, block = shapely.STRtree(blocks.geometry.to_numpy()).query(middle, predicate="intersects")
        result[place] = blocks["bouwblok_id"].to_numpy(object)[block]
    by_key = parcels.drop_duplicates("capakey").set_index("capakey")["bouwblok_id"]
    known = by_key.reindex(places["capakey"].to_numpy(object)).to_numpy(object, na_value=None)
    return np.where(pd.isna(known), result, known)
