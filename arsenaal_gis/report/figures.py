"""Key figures of a page, from what was released for it."""

from collections.abc import Mapping

import pandas as pd

from ..privacy import Release
from .themes import Theme, themes

_HEAD = {
    "nl": ("Indicator", "Nulmeting, of de enige meting", "Nameting"),
    "en": ("Indicator", "Baseline, or the only measurement", "Follow-up"),
}


def key_figures(let_go: Release, language: str = "nl") -> Mapping[str, str]:
    """Lines of figures by theme id.

    Args:
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
        elif theme.id == "keuze" and "onthard_keuze_totaal" in let_go.layers:
            lines = _chosen(let_go.layers["onthard_keuze_totaal"][1], language)
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
            f"n = {_count(len(known), language)} percelen, " + f"{area / 10000:.1f} ha".replace(".", ","),
            f"{100 * sealed / area:.0f} % verhard, gebouwen meegerekend",
            f"{_count(open_sealed, language)} m² verhard en onbebouwd",
        ]
    return [
        f"n = {_count(len(known), language)} parcels, {area / 10000:.1f} ha",
        f"{100 * sealed / area:.0f} % sealed, buildings included",
        f"{_count(open_sealed, language)} m² sealed and unbuilt",
    ]


def _chosen(totals: pd.DataFrame, language: str) -> list[str]:
    """The best set in figures, with its proof."""
    lines = []
    for row in totals[totals["plekken"].gt(0)].itertuples():
        cost, budget = _count(row.kost_eur, language), _count(row.budget_eur, language)
        area, litres = _count(row.oppervlakte_m2, language), _count(row.piek_60mm_l, language)
        if language == "nl":
            lines += [f"{row.plekken} plekken, {cost} van {budget} euro", f"{area} m\u00b2 ontsteend",
                      f"{litres} L minder piekafvoer bij een bui van 60 mm"]  # fmt: skip
        else:
            lines += [f"{row.plekken} places, {cost} of {budget} euro", f"{area} m\u00b2 unsealed",
                      f"{litres} L less peak runoff in a 60 mm storm"]  # fmt: skip
        if pd.isna(row.kloof):
            continue
        gap = f"{100 * row.kloof:.1f} %"
        if row.kloof < 0.0005:
            lines.append(
                {"nl": "bewezen: geen betere verzameling", "en": "proven: there is no better set"}[language]
            )
        elif language == "nl":
            lines.append(f"bewezen: hoogstens {gap.replace('.', ',')} onder de beste verzameling")
        else:
            lines.append(f"proven: at most {gap} below the best set")
    return lines


def indicator_table(rows: pd.DataFrame, language: str = "nl") -> list[tuple[str, str, str]]:
    """Head and rows of the printed table: indicator, baseline or only measurement, follow-up.

    Args:
        rows: Rows of ``indicatoren`` as released; the sentences in them are Dutch.
        language: ``nl`` or ``en``.
    """
    lines = [_HEAD[language]]
    for _, one in rows.sort_values(["volgorde", "indicator"]).groupby("indicator", sort=False):
        told = {
            row["golf"]: row["in_woorden"] for row in one.to_dict("records") if pd.notna(row["in_woorden"])
        }
        first, second = told.get("plan", told.get("nulmeting", "")), told.get("nameting", "")
        if first or second:
            lines.append((one["titel"].iloc[0], first, second))
    return lines if len(lines) > 1 else []


def _count(value: float, language: str) -> str:
    return f"{value:,.0f}".replace(",", "." if language == "nl" else ",")
