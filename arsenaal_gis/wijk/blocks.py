"""Building blocks: contiguous parcels enclosed by streets."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ..keys import stable_id

# Neighbouring parcels may be slivers apart in the delivered files; alleys are wider.
_TOUCH_M = 0.05


def building_blocks(
    parcels: gpd.GeoDataFrame, addresses: gpd.GeoDataFrame
) -> tuple[gpd.GeoDataFrame, np.ndarray]:
    """Group parcels that touch into blocks.

    Args:
        parcels: With ``capakey``.
        addresses: With ``capakey`` and ``straat``; the commonest streets name the block.

    Returns:
        The blocks, and for each parcel the id of its block. A block is named after its smallest CaPaKey, so that it
        keeps its id while that parcel exists.
    """
    shapes = parcels.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_TOUCH_M)
    links = coo_array((np.ones(len(left), bool), (left, right)), shape=(len(shapes), len(shapes)))
    _, label = connected_components(links, directed=False)
    first = parcels["capakey"].groupby(label).min()
    ids = first.map(lambda key: stable_id("bouwblok", key)).astype(object)
    of_parcel = ids.reindex(label).to_numpy()
    streets = addresses.merge(
        pd.DataFrame({"capakey": parcels["capakey"], "bouwblok_id": of_parcel}),
        on="capakey",
        suffixes=("_adres", ""),
    )
    names = streets.groupby("bouwblok_id")["straat"].agg(
        lambda s: " / ".join(sorted(s.value_counts().index[:2]))
    )
    order = np.argsort(label, kind="stable")
    groups = np.split(shapes[order], np.flatnonzero(np.diff(label[order])) + 1) if len(shapes) else []
    outlines = [_outline(group) for group in groups]
    blocks = gpd.GeoDataFrame(
        {
            "bouwblok_id": ids.to_numpy(),
            "naam": names.reindex(ids).to_numpy(),
            "percelen": np.bincount(label, minlength=len(groups)),
            "oppervlakte_m2": shapely.area(outlines) if outlines else [],
        },
        geometry=outlines,
        crs=parcels.crs,
    )
    return blocks, of_parcel


def _outline(parcels: np.ndarray) -> shapely.Geometry:
    """Union of a block's parcels, with the slivers between them closed."""
    united = shapely.union_all(parcels)
    closed = shapely.buffer(
        shapely.buffer(united, _TOUCH_M, join_style="mitre"), -_TOUCH_M, join_style="mitre"
    )
    return closed if closed.geom_type == "MultiPolygon" else shapely.multipolygons([closed])
