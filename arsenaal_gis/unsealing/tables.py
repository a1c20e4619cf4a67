"""Sealing, potential and score by street segment and by building block: a street first, a place second."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ..facts import class_areas
from ..priority import rank
from ..raster import Grid
from .rules import Rules

# Half the width of the band that counts as a street.
_BESIDE_M = 10.0
_BEST = 5


def by_street(
    segments: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    chosen: pd.Index,
    residents: pd.Series,
    sealed: Grid | None,
) -> gpd.GeoDataFrame:
    """Table ``onthard_straat``.

    Args:
        segments: Street segments of the wijk.
        places: Appraised places.
        chosen: Ids of the chosen ones.
        residents: Residents by ``segment_id``.
        sealed: Soil sealing.
    """
    band = segments.geometry.buffer(_BESIDE_M, cap_style="flat").to_numpy()
    area = np.full(len(segments), np.nan) if sealed is None else class_areas(band, sealed, [1.0])[:, 0]
    table = segments[["segment_id", "straat", "geom"]].assign(verhard_m2=area)
    return _summary(table, "segment_id", places, chosen, residents)


def by_block(
    blocks: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    chosen: pd.Index,
    residents: pd.Series,
    parcels: pd.DataFrame,
) -> gpd.GeoDataFrame:
    """Table ``onthard_bouwblok``; ``parcels``: ``perceel_feiten`` with ``verhard_m2``."""
    sealed = parcels.groupby("bouwblok_id")["verhard_m2"].sum(min_count=1)
    area = sealed.reindex(blocks["bouwblok_id"]).to_numpy(float, na_value=np.nan)
    return _summary(
        blocks[["bouwblok_id", "geom"]].assign(verhard_m2=area), "bouwblok_id", places, chosen, residents
    )


def _summary(
    table: gpd.GeoDataFrame, key: str, places: gpd.GeoDataFrame, chosen: pd.Index, residents: pd.Series
) -> gpd.GeoDataFrame:
    useful = places[(places["opportuniteit"] > 0).to_numpy() & places[key].notna().to_numpy()]
    # Hanging green unseals nothing and roofs are not ground: both count as places, not as square metres.
    ground = useful[~useful["type"].isin(["groenslinger", "groendak"])]
    group = useful.groupby(key)
    best = (
        useful.sort_values("score_0_1", ascending=False)
        .groupby(key)["score_0_1"]
        .apply(lambda s: s.head(_BEST).mean())
    )
    ids = table[key]
    people = residents.reindex(ids).to_numpy(float)
    potential = ground.groupby(key)["oppervlakte_m2"].sum().reindex(ids).fillna(0).to_numpy(float)
    sealed = table["verhard_m2"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_head = np.where(people > 0, sealed / people, np.nan)
        share = np.where(sealed > 0, np.clip(100 * potential / sealed, 0, 100), np.nan)
    score = best.reindex(ids).to_numpy(float)
    return table.assign(
        inwoners=people,
        verhard_m2_inwoner=per_head,
        plekken=group.size().reindex(ids).fillna(0).to_numpy(),
        potentieel_m2=potential,
        potentieel_pct=share,
        gekozen=useful[useful["kandidaat_id"].isin(chosen)]
        .groupby(key)
        .size()
        .reindex(ids)
        .fillna(0)
        .to_numpy(),
        score_0_1=score,
        rang=np.where(np.isnan(score), np.nan, rank(score)),
    )


def rule_table(rules: Rules) -> pd.DataFrame:
    """Table ``onthard_regels``: the values used, each with its source and date."""
    return pd.DataFrame(
        [
            (name, rule.value, rule.unit, rule.text, rule.source, pd.Timestamp(rule.date), rule.date_kind)
            for name, rule in rules.rules.items()
        ],
        columns=["regel", "waarde", "eenheid", "tekst", "bron", "datum", "datum_soort"],
    )
