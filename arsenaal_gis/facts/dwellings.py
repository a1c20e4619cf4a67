"""Age, renovation and last visit of each dwelling."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ..plan.context import PlanContext

_SINCE = 1983


def dwelling_facts(context: PlanContext) -> gpd.GeoDataFrame:
    """Facts of the dwellings in the wijk at the peildatum."""
    dwellings = context.inside("woningen")
    today = pd.Timestamp(context.peildatum)
    status = latest(context.layer("renovatie"), today).reindex(dwellings["woning_id"])
    visits = context.layer("bezoeken")
    visits = visits[visits["resultaat"].eq("bezocht") & (visits["datum"] <= today)]
    last = visits.groupby("woning_id")["datum"].max().reindex(dwellings["woning_id"])
    facts = dwellings[["woning_id", "adres_id", "capakey", "straat", "bouwjaar_klasse", "geom"]].copy()
    changed = (dwellings["gewijzigd_jaar"] >= _SINCE).fillna(False) | (
        dwellings["bouwjaar"] >= _SINCE
    ).fillna(False)
    facts["gewijzigd_sinds_1983"] = np.where(changed, "ja", "nee")
    facts["renovatiestatus"] = status["renovatiestatus"].fillna("onbekend").to_numpy()
    facts["laatste_bezoek"] = last.to_numpy()
    facts["bereikt"] = np.where(last.notna(), "ja", "nee")
    facts["maanden_sinds_bezoek"] = whole_months(last, today).to_numpy()
    if len(context.layer("straten")) and len(dwellings):
        places = context.network.locate(dwellings.geometry.to_numpy(), streets=dwellings["straat"].tolist())
        sides = context.network.sides.iloc[places.side]
        facts["segment_id"] = sides["segment_id"].to_numpy()
        facts["straatzijde_id"] = sides["straatzijde_id"].to_numpy()
    return facts


def latest(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The newest row of each dwelling up to ``today``, by ``woning_id``; rows without a date come first."""
    known = rows[rows["woning_id"].notna() & ~(rows["datum"] > today)]
    return (
        known.sort_values("datum", na_position="first", kind="stable")
        .drop_duplicates("woning_id", keep="last")
        .set_index("woning_id")
    )


def whole_months(moments: pd.Series, today: pd.Timestamp) -> pd.Series:
    """Whole calendar months from each moment to ``today``; null where there is none."""
    months = (
        (today.year - moments.dt.year) * 12 + today.month - moments.dt.month - (moments.dt.day > today.day)
    )
    return months.astype("Int64")
