"""Joins addresses, buildings and parcels: by official keys first, by location next."""

import numpy as np
import pandas as pd
import shapely

# A point on the boundary of a parcel is in it.
_HELD_M = 1e-3


def largest_overlap(shapes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Find for each polygon the other polygon that covers most of it.

    Args:
        shapes: Polygons, shape (n,).
        others: Candidate polygons, shape (m,).

    Returns:
        Positions in ``others``, shape (n,); -1 where none overlaps.
    """
    found = np.full(len(shapes), -1)
    if not len(shapes) or not len(others):
        return found
    left, right = shapely.STRtree(others).query(shapes, predicate="intersects")
    area = shapely.area(shapely.intersection(shapes[left], others[right]))
    best = pd.DataFrame({"left": left, "right": right, "area": area})
    best = best[best.area > 0].sort_values(["left", "area", "right"]).drop_duplicates("left", keep="last")
    found[best.left] = best.right
    return found


def nearest_within(points: np.ndarray, shapes: np.ndarray, distance: float) -> tuple[np.ndarray, np.ndarray]:
    """Find for each point the nearest shape.

    Args:
        points: Points, shape (n,); None allowed.
        shapes: Shapes, shape (m,).
        distance: Largest distance in metres, above 0.

    Returns:
        Positions in ``shapes`` (-1 where none is near enough) and the distances (NaN there), shape (n,).
    """
    found, how_far = np.full(len(points), -1), np.full(len(points), np.nan)
    there = np.array([point is not None and not point.is_empty for point in points], dtype=bool)
    if not there.any() or not len(shapes):
        return found, how_far
    (left, right), far = shapely.STRtree(shapes).query_nearest(
        points[there], max_distance=distance, return_distance=True, all_matches=False
    )
    rows = np.flatnonzero(there)[left]
    found[rows], how_far[rows] = right, far
    return found, how_far


def join_addresses(
    addresses: pd.DataFrame,
    points: np.ndarray,
    buildings: pd.DataFrame,
    shapes: np.ndarray,
    parcels: pd.DataFrame,
    parcel_shapes: np.ndarray,
    reach_m: float,
) -> pd.DataFrame:
    """Give every address its building and its parcel.

    The building: the delivered key if it exists; else the main building that holds the point or is nearest
    to it (points stand at the entrance, up to a few decimetres off the facade); else any building within
    reach. The parcel: the delivered key if it exists; else that of the building; else the one that holds the
    point.

    Args:
        addresses: May have ``gebouw_id`` and ``capakey``.
        points: Their points, shape (n,).
        buildings: ``gebouw_id``, ``type`` and ``capakey``.
        shapes: Their polygons.
        parcels: ``capakey``.
        parcel_shapes: Their polygons.
        reach_m: Farthest a building may lie from its address.

    Returns:
        ``gebouw_id``, ``capakey``, ``koppelwijze`` (of the building, or of the parcel where there is no
        building) and ``perceel_koppelwijze``, indexed like ``addresses``.
    """
    none = pd.Series(None, index=addresses.index, dtype=object)
    known = addresses["gebouw_id"] if "gebouw_id" in addresses else none
    by_key = known.isin(set(buildings.gebouw_id)).to_numpy()
    main = np.flatnonzero((buildings["type"] != "bijgebouw").to_numpy())
    near, far = nearest_within(points, shapes[main], reach_m)
    found = np.where(near >= 0, main[near] if len(main) else -1, -1)
    other, other_far = nearest_within(points, shapes, reach_m)
    found, far = np.where(found >= 0, found, other), np.where(found >= 0, far, other_far)
    names = buildings.gebouw_id.to_numpy(dtype=object)
    building = np.where(
        by_key, known.to_numpy(), np.where(found >= 0, names[found] if len(names) else None, None)
    )
    way = np.where(by_key, "sleutel", np.where(found < 0, "geen", np.where(far > 0, "nabij", "ligging")))

    known_parcel = addresses["capakey"] if "capakey" in addresses else none
    parcel_by_key = known_parcel.isin(set(parcels.capakey)).to_numpy()
    of_building = pd.Series(building, index=addresses.index).map(
        dict(zip(buildings.gebouw_id, buildings.capakey, strict=True))
    )
    holding, _ = nearest_within(points, parcel_shapes, _HELD_M)
    keys = parcels.capakey.to_numpy(dtype=object)
    by_point = pd.Series(
        np.where(holding >= 0, keys[holding] if len(keys) else None, None),
        index=addresses.index,
        dtype=object,
    )
    parcel = known_parcel.where(parcel_by_key, of_building.where(of_building.notna(), by_point))
    parcel = parcel.where(parcel.notna(), None)
    parcel_way = np.where(parcel_by_key, "sleutel", np.where(parcel.notna(), "ligging", "geen"))
    return pd.DataFrame(
        {
            "gebouw_id": building,
            "capakey": parcel.to_numpy(dtype=object),
            "koppelwijze": np.where((way == "geen") & (parcel_way != "geen"), parcel_way, way),
            "perceel_koppelwijze": parcel_way,
        },
        index=addresses.index,
    )
