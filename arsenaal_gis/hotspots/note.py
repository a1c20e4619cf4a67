"""What the hotspot map that opens first is about: source, period, number of facts, what it shows, and the trend."""

from collections.abc import Sequence

import pandas as pd

from .series import ALL
from .words import count

LEAST_TOLD = 5  # the steering group reads smaller totals as "minder dan 5" (methods, E)
_LISTED = "lijst"
_SOURCES = {"politie": "police", "gemeenschapswachten": "community wardens", "stad": "city"}
_UNITS = {
    "nl": {"hexagon": ("zeshoek", "zeshoeken"), "segment": ("straatsegment", "straatsegmenten"), "straat": ("straat", "straten")},
    "en": {"hexagon": ("hexagon", "hexagons"), "segment": ("street segment", "street segments"), "straat": ("street", "streets")},
}  # fmt: skip
_TREND = {
    "nl": {
        "over": " over {} kwartalen", "stijgend": "stijgend", "dalend": "dalend",
        "elsewhere": "elders niet aantoonbaar", "nowhere": "nergens aantoonbaar",
        "few": "Te weinig feiten of perioden om een trend te toetsen.",
    },
    "en": {
        "over": " over {} quarters", "stijgend": "rising", "dalend": "falling",
        "elsewhere": "not demonstrable elsewhere", "nowhere": "nowhere demonstrable",
        "few": "Too few facts or periods to test a trend.",
    },
}  # fmt: skip


def main_row(overview: pd.DataFrame, kinds: Sequence[str]) -> pd.Series | None:
    """Row of the series with most facts: all its categories, last twelve months.

    Args:
        overview: Rows of ``hotspots_reeksen``.
        kinds: Kinds of unit to choose from: 'hexagon', 'segment', 'straat'.

    Returns:
        The row, or None where no series has such units.
    """
    rows = overview[overview["categorie"].eq(ALL) & overview["periode"].eq("laatste")]
    rows = rows[rows["eenheid"].isin(kinds)].sort_values(["aantal_min", "bron"], ascending=[False, True])
    return rows.iloc[0] if len(rows) else None


def shown_row(overview: pd.DataFrame) -> pd.Series | None:
    """Row of the series that the map shows: by hexagon, and by street only where nothing came as points.

    Args:
        overview: Rows of ``hotspots_reeksen``.

    Returns:
        The row, or None where there is no series.
    """
    row = main_row(overview, ("hexagon",))
    return main_row(overview, ("straat",)) if row is None else row


def map_note(overview: pd.DataFrame, language: str = "nl") -> str:
    """Say under the map what it shows and with how many facts.

    Args:
        overview: Rows of ``hotspots_reeksen``; a number that was held back is missing.
        language: ``nl`` or ``en``.

    Returns:
        One or more sentences; what is missing where there is no such map.
    """
    row = shown_row(overview)
    if language == "en":
        return _english(row)
    if row is None:
        return "Geen meldingen om te tonen."
    head = (
        f"Bron: {row['bron']} ({row['soort']}), alle categorieën, {row['van']:%d-%m-%Y} tot en met "
        f"{row['tot']:%d-%m-%Y}: {_told(row, 'minder dan', 'een onderdrukt aantal')} feiten in {row['maanden']} maanden."
    )
    if row["trede"] == _LISTED:
        return f"{head} Te weinig voor een kaart."
    if pd.isna(row["hotspots"]):
        return head
    shown = {"telling": "de telling", "afgevlakt": "afgevlakte cijfers", "dichtheid": "de dichtheid"}
    found = row["hotspots"] or "geen"
    noun = "hotspot" if row["hotspots"] == 1 else "hotspots"
    return (
        f"{head} Getoond wordt {shown[row['kaart_toont']]}; na toetsing van {_units(row['eenheden'], row['eenheid'], 'nl')} "
        f"{found} {noun} (Gi*, hoogstens 5 % vals alarm verwacht)."
    )


def _english(row: pd.Series | None) -> str:
    if row is None:
        return "No reports to show."
    told = _told(row, "fewer than", "a suppressed number of").replace("tot", "to")
    head = (
        f"Source: {_SOURCES.get(row['bron'], row['bron'])}, all categories, {row['van']:%d-%m-%Y} to "
        f"{row['tot']:%d-%m-%Y}: {told} facts in {row['maanden']} months."
    )
    if row["trede"] == _LISTED:
        return f"{head} Too few for a map."
    if pd.isna(row["hotspots"]):
        return head
    shown = {"telling": "the count", "afgevlakt": "smoothed figures", "dichtheid": "the density"}
    noun = "hotspot" if row["hotspots"] == 1 else "hotspots"
    return (
        f"{head} The map shows {shown[row['kaart_toont']]}; testing {_units(row['eenheden'], row['eenheid'], 'en')} gave "
        f"{row['hotspots'] or 'no'} {noun} (Gi*, at most 5 % false alarms expected)."
    )


def trend_note(trends: pd.DataFrame, language: str = "nl") -> str:
    """Say how many units of the series on the map rise or fall.

    Args:
        trends: Rows of ``hotspots_trend``; a number that was held back is missing.
        language: ``nl`` or ``en``.

    Returns:
        A sentence; empty where no unit of that series is told of.
    """
    rows = trends[trends["hoofdkaart"].eq(True) & trends["klasse"].notna()]
    if rows.empty:
        return ""
    words = _TREND[language]
    if rows["klasse"].eq("te_weinig").all():
        return words["few"]
    found = {code: int(rows["klasse"].eq(code).sum()) for code in ("stijgend", "dalend")}
    said = [f"{n} {words[code]}" for code, n in found.items() if n]
    if not said:
        said = [words["nowhere"]]
    elif sum(found.values()) < len(rows):
        said.append(words["elsewhere"])
    steps = rows["kwartalen"].max()
    over = "" if pd.isna(steps) else words["over"].format(steps)
    units = _units(len(rows), rows["eenheid"].iloc[0], language)
    return f"Trend{over} (Mann-Kendall, {units}): {', '.join(said)}."


def _told(row: pd.Series, fewer: str, hidden: str) -> str:
    """The number of facts, as far as it may be told."""
    if pd.isna(row["aantal_max"]):
        return hidden
    few = row["aantal_max"] < LEAST_TOLD
    return f"{fewer} {LEAST_TOLD}" if few else count(row["aantal_min"], row["aantal_max"])


def _units(number: int, kind: str, language: str) -> str:
    """A number of units with their name."""
    one, more = _UNITS[language][kind]
    return f"{number} {one if number == 1 else more}"
