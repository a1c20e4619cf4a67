"""Key figures of a page, from what was released for it."""

from collections.abc import Mapping

import pandas as pd

from ..catalogue import load
from ..gpkg import empty_frame
from ..hotspots import map_note, trend_note
from ..indicators import cards
from ..indicators.compare import ALPHA
from ..privacy import Release
from .themes import Theme, themes
from .words import UNKNOWN, measure, number

CHANGES = "verandering_indicatoren"
_HEAD = {
    "nl": ("Indicator", "Nulmeting, of toestand nu", "Nameting", "Verandering"),
    "en": ("Indicator", "Baseline, or state now", "Follow-up", "Change"),
}
_SUPPRESSED = {"nl": "onderdrukt", "en": "suppressed"}
_PROVEN = {
    "nl": {True: "aantoonbaar", False: "niet aantoonbaar"},
    "en": {True: "demonstrable", False: "not demonstrable"},
}
_UNITS = {"feiten": "facts", "punten (1-5)": "points (1-5)"}


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
            word = {"nl": "bomen in de inventaris", "en": "trees in the inventory"}[language]
            lines = [f"{number(len(let_go.layers['bomen'][1]), 0, language)} {word}"]
        elif theme.id == "keuze" and "onthard_keuze_totaal" in let_go.layers:
            lines = _chosen(let_go.layers["onthard_keuze_totaal"][1], language)
        if lines:
            found[theme.id] = "\n".join(lines)
    return found


def chosen_list(let_go: Release, language: str = "nl") -> str:
    """The chosen places in order of their number: kind, street, area; one per line, no address."""
    if "onthard_keuze" not in let_go.layers:
        return ""
    rows = let_go.layers["onthard_keuze"][1].sort_values("volgnummer")
    return "\n".join(
        f"{row['volgnummer']:.0f}. {kind_of_place(row['type'], language)}, "
        f"{row['straat'] if pd.notna(row['straat']) else UNKNOWN[language]}, {measure(row['oppervlakte_m2'], 'm²', 1, language)}"
        for row in rows.to_dict("records")
    )  # fmt: skip


def rows_of(let_go: Release, id: str) -> pd.DataFrame:
    """Released rows of a layer; none where it was not let go."""
    return let_go.layers[id][1] if id in let_go.layers else pd.DataFrame(empty_frame(load().layer(id)))


def incident_note(let_go: Release, language: str = "nl") -> str:
    """What the hotspot map shows, with how many facts, and how many of its units rise or fall."""
    shown = map_note(rows_of(let_go, "hotspots_reeksen"), language)
    return " ".join(filter(None, [shown, trend_note(rows_of(let_go, "hotspots_trend"), language)]))


def kind_of_place(code: str, language: str) -> str:
    """What a kind of place is called."""
    codes = load().layer("onthard_kandidaten").fields["type"].codes
    return codes[code][language] if code in codes else code


def _shares(totals: pd.DataFrame, theme: Theme, language: str) -> list[str]:
    """The classes of the counted field over the whole wijk, as released."""
    rows = totals[totals["laag"].eq(theme.share.layer) & totals["veld"].eq(theme.share.field)]
    codes = load().layer(theme.share.layer).fields[theme.share.field].codes
    lines = []
    for row in rows.itertuples():
        if row.code != "totaal":
            name = codes[row.code][language] if row.code in codes else row.klasse
            share = "" if pd.isna(row.aandeel_pct) else f" ({measure(row.aandeel_pct, '%', 0, language)})"
            lines.append(f"{name}: {_count(row, language)}{share}")
    total = [_count(row, language) for row in rows.itertuples() if row.code == "totaal"]
    word = {"nl": "woningen in de getoonde vakken", "en": "dwellings in the cells shown"}[language]
    return ([f"n = {total[0]} {word}"] if total else []) + lines


def _count(row: tuple[object, ...], language: str) -> str:
    """A count as released: the number, or the words that stand for it."""
    if pd.notna(row.waarde):
        return number(row.waarde, 0, language)
    return row.weergave.replace("onderdrukt", _SUPPRESSED[language])


def _sealed(parcels: pd.DataFrame, language: str) -> list[str]:
    known = parcels[parcels["verhard_m2"].notna()]
    if known.empty:
        return []
    area, sealed = known["oppervlakte_m2"].sum(), known["verhard_m2"].sum()
    open_sealed = known["onbebouwd_verhard_m2"].sum()
    words = {
        "nl": ("percelen", "verhard, gebouwen meegerekend", "verhard en onbebouwd"),
        "en": ("parcels", "sealed, buildings included", "sealed and unbuilt"),
    }[language]
    return [
        f"n = {number(len(known), 0, language)} {words[0]}, {_area(area, language)}",
        f"{measure(100 * sealed / area, '%', 0, language)} {words[1]}",
        f"{_area(open_sealed, language)} {words[2]}",
    ]


def _area(square_metres: float, language: str) -> str:
    if square_metres < 10_000:
        return measure(square_metres, "m²", 0, language)
    return measure(square_metres / 10_000, "ha", 1, language)


def _chosen(totals: pd.DataFrame, language: str) -> list[str]:
    """The best set in figures, with its proof."""
    lines = []
    for row in totals[totals["plekken"].gt(0)].itertuples():
        cost, budget = number(row.kost_eur, 0, language), number(row.budget_eur, 0, language)
        area, litres = (
            measure(row.oppervlakte_m2, "m²", 0, language),
            measure(row.piek_60mm_l, "L", 0, language),
        )
        if language == "nl":
            lines += [f"{row.plekken} plekken, {cost} van {budget} euro", f"{area} ontsteend",
                      f"{litres} minder piekafvoer bij een bui van 60\u00a0mm"]  # fmt: skip
        else:
            lines += [f"{row.plekken} places, {cost} of {budget} euro", f"{area} unsealed",
                      f"{litres} less peak runoff in a 60\u00a0mm storm"]  # fmt: skip
        if pd.isna(row.kloof):
            continue
        gap = measure(100 * row.kloof, "%", 1, language)
        if row.kloof < 0.0005:
            lines.append(
                {"nl": "bewezen: geen betere verzameling", "en": "proven: there is no better set"}[language]
            )
        elif language == "nl":
            lines.append(f"bewezen: hoogstens {gap} onder de beste verzameling")
        else:
            lines.append(f"proven: at most {gap} below the best set")
    return lines


def indicator_table(
    rows: pd.DataFrame, changes: pd.DataFrame | None = None, language: str = "nl"
) -> list[tuple[str, ...]]:
    """Head and rows of the printed table: indicator, baseline or only measurement, follow-up, change.

    Args:
        rows: Rows of ``indicatoren`` as released.
        changes: Rows of ``verandering_indicatoren`` as released, between the two measurements.
        language: ``nl`` or ``en``.
    """
    known = {card.id: card for card in cards()}
    verdicts = {} if changes is None else {row["indicator"]: row for row in changes.to_dict("records")}
    lines = []
    for id, one in rows.sort_values(["volgorde", "indicator"]).groupby("indicator", sort=False):
        card = known.get(id)
        kind = card.kind if card else ""
        told = {row["golf"]: _measured(row, kind, language) for row in one.to_dict("records")}
        first, second = told.get("plan", told.get("nulmeting", "")), told.get("nameting", "")
        change = _change(verdicts[id], language) if second and id in verdicts else ""
        lines.append((card.title[language] if card else one["titel"].iloc[0], first, second, change))
    return [_HEAD[language], *lines] if any(first or second for _, first, second, _ in lines) else []


def _measured(row: Mapping[str, object], kind: str, language: str) -> str:
    """A value with its n and interval; ``kind`` is that of the indicator's card."""
    if pd.isna(row["waarde"]):
        held = str(row["in_woorden"]).startswith("onderdrukt")
        return _SUPPRESSED[language] if held else UNKNOWN[language]
    unit = str(row["eenheid"])
    unit = unit if language == "nl" else _UNITS.get(unit, unit)
    digits = 0 if kind == "telling" else 1
    words = {
        "nl": ("van", "tot", "onbekend", "in 12 maanden"),
        "en": ("of", "to", "unknown", "in 12 months"),
    }[language]
    parts = []
    if kind == "verhouding":
        parts.append(f"{words[0]} {measure(row['noemer'], 'm²', 0, language)}")
    elif unit == "%" and pd.notna(row["teller"]):
        parts.append(f"{number(row['teller'], 0, language)} {words[0]} {number(row['noemer'], 0, language)}")
    elif kind != "telling" and pd.notna(row["noemer"]):
        parts.append(f"n = {number(row['noemer'], 0, language)}")
    if pd.notna(row["onder"]) and pd.notna(row["boven"]) and row["onder"] != row["boven"]:
        parts.append(
            f"{number(row['onder'], digits, language)} {words[1]} {number(row['boven'], digits, language)}"
        )
    text = measure(row["waarde"], unit, digits, language) + (f" {words[3]}" if kind == "telling" else "")
    text += f" ({'; '.join(parts)})" if parts else ""
    return text + (f", {measure(row['onbekend'], words[2], 0, language)}" if row["onbekend"] else "")


def _change(row: Mapping[str, object], language: str) -> str:
    """A difference, its interval and whether it is proven, also after correction for the number of indicators."""
    if pd.isna(row["verschil"]):
        return _SUPPRESSED[language] if str(row["in_woorden"]).startswith("onderdrukt") else UNKNOWN[language]
    unit = {"nl": "procentpunt", "en": "percentage points"}[language] if row["eenheid"] == "%" else ""
    sign = "+" if float(row["verschil"]) > 0.05 else ""
    interval = ""
    if pd.notna(row["verschil_onder"]):
        to = {"nl": "tot", "en": "to"}[language]
        interval = f" ({number(row['verschil_onder'], 1, language)} {to} {number(row['verschil_boven'], 1, language)})"
    return (
        f"{sign}{number(row['verschil'], 1, language)} {unit}".strip()
        + f"{interval}: {_PROVEN[language][proven(row)]}"
    )


def proven(row: Mapping[str, object]) -> bool:
    """Whether a change stands, also after correction for the number of indicators compared."""
    holds = pd.isna(row["q"]) or float(row["q"]) <= ALPHA  # where nothing was tested there is no q
    return row["oordeel"] in ("verbeterd", "verslechterd", "veranderd") and holds
