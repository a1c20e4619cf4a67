"""What the hotspot map that opens first is about: source, period, number of facts, and what it shows."""

from collections.abc import Sequence

import pandas as pd

from .series import ALL
from .words import count

LEAST_TOLD = 5  # the steering group reads smaller totals as "minder dan 5" (methods, E)
_LISTED = "lijst"


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


def map_note(overview: pd.DataFrame, kinds: Sequence[str] = ("hexagon",), language: str = "nl") -> str:
    """Say under the map what it shows and with how many facts.

    Args:
        overview: Rows of ``hotspots_reeksen``.
        kinds: Kinds of unit on the map.
        language: ``nl`` or ``en``.

    Returns:
        One or more sentences; what is missing where there is no such map.
    """
    row = main_row(overview, kinds)
    if language == "en":
        return _english(row)
    if row is None:
        return "Geen meldingen om te tonen."
    few = row["aantal_max"] < LEAST_TOLD
    told = f"minder dan {LEAST_TOLD}" if few else count(row["aantal_min"], row["aantal_max"])
    head = (
        f"Bron: {row['bron']} ({row['soort']}), alle categorieën, {row['van']:%d-%m-%Y} tot en met "
        f"{row['tot']:%d-%m-%Y}: {told} feiten in {row['maanden']} maanden."
    )
    if row["trede"] == _LISTED:
        return f"{head} Te weinig voor een kaart."
    shown = {"telling": "de telling", "afgevlakt": "afgevlakte cijfers", "dichtheid": "de dichtheid"}
    found = row["hotspots"] or "geen"
    noun = "hotspot" if row["hotspots"] == 1 else "hotspots"
    return (
        f"{head} Getoond wordt {shown[row['kaart_toont']]}; na toetsing van {row['eenheden']} eenheden "
        f"{found} {noun} (Gi*, hoogstens 5 % vals alarm verwacht)."
    )


def _english(row: pd.Series | None) -> str:
    if row is None:
        return "No reports to show."
    few = row["aantal_max"] < LEAST_TOLD
    told = (
        f"fewer than {LEAST_TOLD}"
        if few
        else count(row["aantal_min"], row["aantal_max"]).replace("tot", "to")
    )
    source = {"politie": "police", "gemeenschapswachten": "community wardens", "stad": "city"}
    head = (
        f"Source: {source.get(row['bron'], row['bron'])}, all categories, {row['van']:%d-%m-%Y} to "
        f"{row['tot']:%d-%m-%Y}: {told} facts in {row['maanden']} months."
    )
    if row["trede"] == _LISTED:
        return f"{head} Too few for a map."
    shown = {"telling": "the count", "afgevlakt": "smoothed figures", "dichtheid": "the density"}
    noun = "hotspot" if row["hotspots"] == 1 else "hotspots"
    return (
        f"{head} The map shows {shown[row['kaart_toont']]}; testing {row['eenheden']} units gave "
        f"{row['hotspots'] or 'no'} {noun} (Gi*, at most 5 % false alarms expected)."
    )
