"""Parcels: updates by add and delete files, overlaps, and the building blocks they form."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..keys import stable_id
from ..wijk.lineage import overlaps as taken_over
from . import geometry
from .ledger import Ledger

# Neighbouring parcels share their boundary to within a rounding of the GRB (mm); a street is metres wide.
_CONTIGUOUS_M = 0.05


def tell_overlaps(parcels: gpd.GeoDataFrame, ledger: Ledger) -> None:
    """Report parcels that overlap, which the GRB does not allow.

    Args:
        parcels: Clean parcels with ``capakey``.
        ledger: Account of their source.
    """
    found = geometry.overlaps(parcels.geometry.to_numpy())
    if len(found):
        worst = found.loc[found.area_m2.idxmax()]
        names = " en ".join(parcels.capakey.iloc[[int(worst["first"]), int(worst["second"])]])
        ledger.tell("overlaps", field=names, value=len(found), extra=f"{found.area_m2.sum():.1f}")


def apply_updates(deliveries: list[tuple[gpd.GeoDataFrame, bool]]) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Apply a full delivery and the add and delete files that follow it, in order.

    Args:
        deliveries: Parcels of each source, with whether it lists ended parcels.

    Returns:
        The parcels that exist after all, and the lineage of the ended ones: ``oude_sleutel``,
            ``nieuwe_sleutel`` (null
        where no parcel took the ground over) and ``aandeel`` of the old area.
    """
    state = deliveries[0][0].iloc[:0]
    ended = []
    for parcels, ending in deliveries:
        if ending:
            ended.append(parcels)
            state = state[~state.capakey.isin(parcels.capakey)]
        else:
            state = pd.concat([state[~state.capakey.isin(parcels.capakey)], parcels])
    # Within one delivery the ended version of a parcel may stand beside its new one.
    if ended:
        gone = pd.concat(ended).drop_duplicates("capakey")
        lineage = taken_over(gone, state, "capakey")
    else:
        lineage = pd.DataFrame(columns=["oude_sleutel", "nieuwe_sleutel", "aandeel"])
    return gpd.GeoDataFrame(state, geometry=state.geometry.name, crs="EPSG:31370"), lineage


def blocks(parcels: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, pd.Series]:
    """Join contiguous parcels into building blocks.

    Args:
        parcels: Clean parcels with ``capakey``.

    Returns:
        Blocks with ``bouwblok_id``, ``naam``, ``percelen`` and ``oppervlakte_m2``, and the block of each
        parcel. A block is named after its first parcel, so that it keeps its name as long as that parcel
        exists.
    """
    shapes = parcels.geometry.to_numpy()
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=_CONTIGUOUS_M)
    links = coo_matrix((np.ones(len(left), bool), (left, right)), shape=(len(shapes), len(shapes)))
    _, member = connected_components(links, directed=False)
    first = parcels.capakey.groupby(member).min()
    names = first.map(lambda capakey: stable_id("bouwblok", capakey))
    block = pd.Series(names.reindex(member).to_numpy(), index=parcels.index)
    rows = [
        {"bouwblok_id": names[number], "naam": f"Bouwblok {order}", "percelen": int((member == number).sum()),
         "geometry": shapely.union_all(shapes[member == number])}
        for order, number in enumerate(first.sort_values().index, 1)
    ]  # fmt: skip
    columns = ["bouwblok_id", "naam", "percelen", "geometry"]
    out = gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs="EPSG:31370")
    return out, block
