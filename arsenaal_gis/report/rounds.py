"""A sheet per round of the visit team (P0), without social data."""

import datetime
from pathlib import Path

import pandas as pd

from ..catalogue import load
from ..visits.sheets import sheet
from ..wijk import Plan, Wijk
from .cards import Card, released
from .words import measure

# What a sheet that may get lost shows of a round: no purpose, points or reasons.
_ROUND_FIELDS = ("ronde_id", "datum", "dagdeel", "team", "stops", "wandel_m", "duur_min")
_STOP_FIELDS = ("stop_id", "ronde_id", "volgnummer")
# Heads of the list; the last column is written in by hand.
_HEADS = {
    "nl": {"nr": "nr", "aankomst": "uur", "straat": "straat", "huis": "huis", "bezoek": "code", "poging": "poging",
           "achterlaten": "achterlaten", "afspraak": "afspraak", "resultaat": "resultaat"},
    "en": {"nr": "no", "aankomst": "time", "straat": "street", "huis": "house", "bezoek": "code", "poging": "attempt",
           "achterlaten": "leave", "afspraak": "agreed", "resultaat": "result"},
}  # fmt: skip
_BUS = {"nl": "bus", "en": "box"}
_TITLE = {"nl": "Ronde {}, {}, {}", "en": "Round of {}, {}, {}"}
_NOTE = {
    "nl": (
        "{} adressen, {} te voet. V veiligheid, J juridisch, R renovatie, E energiescan, H hermeting, K kennismaking. "
        "Enkel voor dit team op deze dag; na de ronde inleveren."
    ),
    "en": (
        "{} addresses, {} on foot. V safety, J legal, R renovation, E energy scan, H follow-up, K first visit. "
        "Only for this team on this day; hand in after the round."
    ),
}


def round_cards(
    wijk: Wijk, plan: Plan, path: Path, language: str = "nl", day: datetime.date | None = None, team: str = ""
) -> list[Card]:
    """Sheets of the rounds.

    Args:
        wijk: The wijk.
        plan: The plan with the rounds.
        path: GeoPackage to make, with the layers that the sheets draw, released at P0.
        language: ``nl`` or ``en``.
        day: Only rounds of this day.
        team: Only rounds of this team.
    """
    rounds = plan.layer("rondes") if "rondes" in plan.layers() else pd.DataFrame()
    if day is not None and len(rounds):
        rounds = rounds[rounds["datum"].dt.date.eq(day)]
    if team and len(rounds):
        rounds = rounds[rounds["team"].astype("string").eq(team)]
    if rounds.empty:
        return []
    stops = plan.layer("ronde_stops")
    stops = stops[stops["ronde_id"].isin(rounds["ronde_id"])]
    shown = {"rondes": rounds[[*_ROUND_FIELDS, "geom"]], "ronde_stops": stops[[*_STOP_FIELDS, "geom"]]}
    released(wijk, plan, shown, "P0", path, dict.fromkeys(shown, "ronde_id"))
    parts_of_day = load().layer("rondes").fields["dagdeel"].codes
    cards = []
    for row in rounds.sort_values(["datum", "team", "dagdeel"]).to_dict("records"):
        mine = stops[stops["ronde_id"].eq(row["ronde_id"])]
        part = row["dagdeel"]
        said = parts_of_day[part][language] if part in parts_of_day else part
        way = (
            row["geom"].bounds if row["geom"] is not None and not row["geom"].is_empty else mine.total_bounds
        )
        ends = pd.DataFrame([way, mine.total_bounds])
        cards.append(
            Card(
                f"ronde_{row['datum']:%Y-%m-%d}_{part}_{'_'.join(str(row['team']).split())}",
                _TITLE[language].format(row["team"], f"{row['datum']:%d-%m-%Y}", said),
                "P0",
                (*map(float, ends[[0, 1]].min()), *map(float, ends[[2, 3]].max())),
                ("rondes", "ronde_stops"),
                {id: ("ronde_id", row["ronde_id"]) for id in shown},
                table=_table(mine, language),
                note=_NOTE[language].format(row["stops"], measure(row["wandel_m"], "m", 0, language)),
            )
        )
    return cards


def _table(stops: pd.DataFrame, language: str) -> tuple[tuple[str, ...], ...]:
    """Head and rows of the list; columns in which nothing stands are left out, but for the result."""
    listed = sheet(stops)
    box = (f" {_BUS[language]}\u00a0" + listed["bus"].astype("string")).fillna("")
    listed["huis"] = listed["huisnummer"].astype("string").fillna("") + box
    rows = listed[list(_HEADS[language])].astype(object)
    rows = rows.where(rows.notna(), "").astype(str)
    used = [name for name in rows if name == "resultaat" or rows[name].ne("").any()]
    return (tuple(_HEADS[language][name] for name in used), *rows[used].itertuples(index=False, name=None))
