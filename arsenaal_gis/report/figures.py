"""Key figures of a page, from what was released for it."""

from collections.abc import Mapping

import pandas as pd

from ..privacy import Release
from ..wijk import Plan, Wijk
from .themes import Theme, themes


def key_figures(wijk: Wijk, plan: Plan, let_go: Release, language: str = "nl") -> Mapping[str, str]:
    """Lines of figures by theme id.

    Args:
        wijk: The wijk.
        plan: The plan that is printed.
        let_go: What was released for the pages; counts come from there, never from the wijk itself.
        language: ``nl`` or ``en``.
    """
    totals = let_go.layers.get("tellingen_totaal")
    found = {}
    for theme in themes():
        lines = []
        if theme.share is not None and totals is not None:
            lines = _shares(totals[1], theme, language)
        elif theme.id == "verharding" and "perceel_feiten" in let_go.layers:
            lines = _sealed(let_go.layers["perceel_feiten"][1], language)
        elif theme.id == "groen" and "bomen" in let_go.layers:
            trees = len(let_go.layers["bomen"][1])
            lines = [
                {
                    "nl": f"{_count(trees, 'nl')} bomen in de inventaris",
                    "en": f"{_count(trees, 'en')} trees in the inventory",
                }[language]
            ]
        if lines:
            found[theme.id] = "\n".join(lines)
    return found


def _shares(totals: pd.DataFrame, theme: Theme, language: str) -> list[str]:
    """The classes of the counted field over the whole wijk, as released."""
    rows = totals[totals["laag"].eq(theme.share.layer) & totals["veld"].eq(theme.share.field)]
    lines = []
    for row in rows.itertuples():
        if row.code != "totaal":
            share = "" if pd.isna(row.aandeel_pct) else f" ({row.aandeel_pct:.0f} %)"
            lines.append(f"{row.klasse}: {row.weergave}{share}")
    total = rows.loc[rows["code"].eq("totaal"), "weergave"]
    word = {"nl": "woningen in de getoonde straatzijden", "en": "dwellings in the street sides shown"}[
        language
    ]
    return ([f"n = {total.iloc[0]} {word}"] if len(total) else []) + lines


def _sealed(parcels: pd.DataFrame, language: str) -> list[str]:
    known = parcels[parcels["verhard_m2"].notna()]
    if known.empty:
        return []
    area, sealed = known["oppervlakte_m2"].sum(), known["verhard_m2"].sum()
    open_sealed = known["onbebouwd_verhard_m2"].sum()
    if language == "nl":
        return [
            f"n = {_count(len(known), language)} percelen, {area / 10000:.1f} ha".replace(".", ",", 1),
            f"{100 * sealed / area:.0f} % verhard, gebouwen meegerekend",
            f"{_count(open_sealed, language)} m² verhard en onbebouwd",
        ]
    return [
        f"n = {_count(len(known), language)} parcels, {area / 10000:.1f} ha",
        f"{100 * sealed / area:.0f} % sealed, buildings included",
        f"{_count(open_sealed, language)} m² sealed and unbuilt",
    ]


def _count(value: float, language: str) -> str:
    return f"{value:,.0f}".replace(",", "." if language == "nl" else ",")
