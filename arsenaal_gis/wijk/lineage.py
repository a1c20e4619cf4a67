"""Following keys that split, merge or vanish, and what people said of them."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
import shapely

from ..catalogue import load
from ..gpkg import conform
from ..keys import stable_id

# An overlap below this share of the old area is the noise of resurveyed boundaries.
_LEAST_SHARE = 0.01
_FOLLOWED = ("percelen", "gebouwen")


def overlaps(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, key: str) -> pd.DataFrame:
    """Which new polygons took over the area of polygons whose key vanished.

    Args:
        old: Polygons before, with their key.
        new: Polygons after.
        key: Name of the key column.

    Returns:
        Columns ``oude_sleutel``, ``nieuwe_sleutel`` (null where nothing took it over) and ``aandeel``, the share of the
        old area.
    """
    gone = old[~old[key].isin(new[key])]
    rows = []
    if len(gone):
        shapes, tree = gone.geometry.to_numpy(), shapely.STRtree(new.geometry.to_numpy())
        left, right = tree.query(shapes, predicate="intersects")
        shared = shapely.area(
            shapely.intersection(shapes[left], new.geometry.to_numpy()[right])
        ) / shapely.area(shapes[left])
        for i, j, share in zip(left, right, shared, strict=True):
            if share >= _LEAST_SHARE:
                rows.append((gone[key].iloc[i], new[key].iloc[j], round(float(min(share, 1.0)), 4)))
        found = {row[0] for row in rows}
        rows += [(name, None, None) for name in gone[key] if name not in found]
    return pd.DataFrame(rows, columns=["oude_sleutel", "nieuwe_sleutel", "aandeel"])


def follow(old: Mapping[str, pd.DataFrame], frames: dict[str, pd.DataFrame]) -> None:
    """Propose lineage for vanished keys, apply what was confirmed, flag the rest; changes ``frames``.

    Args:
        old: Tables before this import, by layer id.
        frames: Tables after it; ``afstamming``, ``besluiten`` and ``bezoeken`` are replaced.
    """
    catalogue = load()
    proposals = []
    for id in _FOLLOWED:
        if id in old and len(old[id]):
            found = overlaps(old[id], frames[id], catalogue.layer(id).key[0])
            proposals.append(found.assign(laag=id, status="voorstel"))
    lines = frames["afstamming"]
    for found in proposals:
        keys = [
            stable_id("afstamming", *row)
            for row in found[["laag", "oude_sleutel", "nieuwe_sleutel"]].itertuples(index=False)
        ]
        found = found.assign(afstamming_id=keys)
        fresh = found[~found["afstamming_id"].isin(lines["afstamming_id"])]
        if len(fresh):
            lines = pd.concat([lines, conform(fresh, catalogue.layer("afstamming"))], ignore_index=True)
    frames["afstamming"] = conform(lines, catalogue.layer("afstamming"))
    frames["besluiten"] = _move_decisions(frames)
    visits = frames["bezoeken"].copy()
    visits["woning_vervallen"] = visits["woning_id"].notna() & ~visits["woning_id"].isin(
        frames["woningen"]["woning_id"]
    )
    frames["bezoeken"] = visits


def _move_decisions(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Decisions under their confirmed new key; those on a vanished key flagged."""
    decisions, lines = frames["besluiten"].copy(), frames["afstamming"]
    confirmed = lines[lines["status"].eq("bevestigd") & lines["nieuwe_sleutel"].notna()]
    largest = confirmed.sort_values("aandeel").drop_duplicates(["laag", "oude_sleutel"], keep="last")
    moves = {(row.laag, row.oude_sleutel): row.nieuwe_sleutel for row in largest.itertuples()}
    pairs = list(zip(decisions["laag"], decisions["sleutel"], strict=True))
    decisions["sleutel"] = pd.array([moves.get(pair, pair[1]) for pair in pairs], dtype="string")
    existing = {
        id: set(frames[id][load().layer(id).key[0]])
        for id in decisions["laag"].dropna().unique()
        if id in frames
    }
    decisions["sleutel_vervallen"] = pd.array(
        [
            id in existing and name not in existing[id]
            for id, name in zip(decisions["laag"], decisions["sleutel"], strict=True)
        ],
        dtype="boolean",
    )
    return decisions
