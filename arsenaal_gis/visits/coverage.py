"""Progress of the visits: per wave, street, week and sector."""

import datetime as dt

import numpy as np
import pandas as pd

from ..keys import stable_id
from .answers import CONTACT
from .fairness import gini
from .protocol import WAVES

COUNTS = ("woningen", "pogingen", "bezocht", "bereikt", "geweigerd", "niet_bereikt")


def progress_table(
    log: pd.DataFrame, need: pd.DataFrame, sectors: np.ndarray, on: dt.date, max_attempts: int
) -> pd.DataFrame:
    """Visited, reached, refused and not reached, with the inequality between streets.

    A dwelling counts once per wave: visited if any visit succeeded, else reached if anybody opened; refused
    if the last contact was a refusal; not reached after ``max_attempts`` without any contact.

    Args:
        log: Layer ``bezoeken``.
        need: Rows of ``bezoek_prioriteit``: dwellings with street, completeness and points.
        sectors: (n,) name of the statistical sector of each dwelling, or None.
        on: Last day that counts.
        max_attempts: Attempts after which a dwelling is not reached.

    Returns:
        Rows of layer ``bezoek_voortgang``.
    """
    facts = need.set_index("woning_id")[["straat", "volledigheid_pct", "punten"]].assign(sector=sectors)
    facts["straat"] = facts["straat"].fillna("onbekend")
    rows = log[log["woning_id"].isin(facts.index) & (pd.to_datetime(log["datum"]) <= pd.Timestamp(on))]
    rows = rows.sort_values("datum", kind="stable")
    table: list[dict[str, object]] = []
    for wave in [*WAVES, "andere"]:
        mine = rows[rows["golf"].eq(wave)]
        if mine.empty:
            continue
        state = _by_dwelling(mine, max_attempts).reindex(facts.index).fillna(0).join(facts)
        whole = _row("golf", wave, wave, state)
        by_street = [_row("straat", wave, str(name), part) for name, part in state.groupby("straat")]
        shares = [float(row["dekking"]) for row in by_street]
        whole |= {
            "gini_straten": gini(shares),
            "laagste_straatdekking": min(shares),
            "hoogste_straatdekking": max(shares),
        }
        table += [whole, *by_street]
        table += [_row("sector", wave, str(name), part) for name, part in state.groupby("sector")]
        week = pd.to_datetime(mine["datum"]).dt.strftime("%G-W%V")
        for name, part in mine.groupby(week):
            reached = _by_dwelling(part, max_attempts).join(facts)
            table.append(_row("week", wave, str(name), reached) | {"woningen": None, "dekking": None})
    frame = pd.DataFrame(table)
    if len(frame):
        keys = [stable_id("voortgang", *row) for row in frame[["soort", "golf", "naam"]].to_numpy()]
        frame.insert(0, "voortgang_id", keys)
    return frame


def _by_dwelling(rows: pd.DataFrame, max_attempts: int) -> pd.DataFrame:
    """One row per dwelling with 0 or 1 for each state, and its attempts."""
    contact = rows[rows["resultaat"].isin(CONTACT)]
    state = rows.groupby("woning_id").size().to_frame("pogingen")
    visited = rows.loc[rows["resultaat"].eq("bezocht"), "woning_id"]
    state["bezocht"] = state.index.isin(visited).astype(int)
    state["bereikt"] = state.index.isin(contact["woning_id"]).astype(int)
    last = contact.drop_duplicates("woning_id", keep="last")
    refused = last.loc[last["resultaat"].eq("geweigerd"), "woning_id"]
    state["geweigerd"] = state.index.isin(refused).astype(int)
    state["niet_bereikt"] = ((state["bereikt"] == 0) & (state["pogingen"] >= max_attempts)).astype(int)
    return state


def _row(kind: str, wave: str, name: str, state: pd.DataFrame) -> dict[str, object]:
    """Sums over dwellings."""
    sums = {column: int(state[column].sum()) for column in COUNTS[1:]}
    return {
        "soort": kind,
        "golf": wave,
        "naam": name,
        "woningen": len(state),
        **sums,
        "dekking": sums["bezocht"] / len(state),
        "dossier_volledig_pct": float(100 * (state["volledigheid_pct"] >= 100).mean()),
        "punten_gemiddeld": float(state["punten"].mean()),
    }
