"""Incidents: counts hidden behind a bound, streets that must exist, one series per source."""

import datetime as dt
from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from . import values
from .ledger import Ledger


def known_streets(*frames: pd.DataFrame | None) -> dict[str, str]:
    """Collect street names, by their folded form.

    Args:
        frames: Frames with any of ``straat``, ``straat_links``, ``straat_rechts``.

    Returns:
        Folded name → name as the registers write it.
    """
    names: dict[str, str] = {}
    for frame in frames:
        for column in ("straat", "straat_links", "straat_rechts"):
            if frame is not None and column in frame:
                for name in frame[column].dropna().unique():
                    names.setdefault(_fold(name), name)
    return names


def _fold(name: str) -> str:
    return " ".join(str(name).casefold().split())


def canonical_streets(
    column: pd.Series, known: dict[str, str], ledger: Ledger, *, required: bool, delivered: pd.Series
) -> pd.Series:
    """Write street names as the registers do; only blanks and letter case may differ.

    Args:
        column: Street names, stripped.
        known: Folded name → name; empty when no register is at hand, and all are accepted.
        ledger: Account; unknown streets are rejected where the street is required.
        required: Whether a row cannot do without.
        delivered: Names as delivered, for the account.

    Returns:
        The names; unknown ones as they were.
    """
    if not known:
        return column
    folded = column.map(_fold, na_action="ignore")
    unknown = column.notna() & ~folded.isin(known)
    out = folded.map(known).where(~unknown, column)
    if required:
        hints = column[unknown].map(lambda name: _hint(name, known))
        ledger.mark("unknown_street", column.index[unknown], field="straat", values=column, extras=hints)
    # A name that wijk.toml translated is booked as such already.
    different = (
        column.notna() & ~unknown & (out != delivered) & (delivered.map(_fold, na_action="ignore") == folded)
    )
    ledger.mark("value_form", column.index[different], field="straat", values=delivered, extras=out)
    return out


def _hint(name: str, known: dict[str, str]) -> str:
    similar = get_close_matches(_fold(name), list(known), n=1, cutoff=0.6)
    return f" ({known[similar[0]]}?)" if similar else ""


def counts(column: pd.Series, ledger: Ledger) -> pd.DataFrame:
    """Read counts by street and month; ``<5`` stays the interval 1-4.

    Args:
        column: Counts as delivered.
        ledger: Account of the source.

    Returns:
        ``aantal`` (NaN for an interval), ``aantal_min`` and ``aantal_max``.
    """
    low, high, exact = values.interval(column)
    words = pd.Series([f"{a:g}-{b:g}" for a, b in zip(low, high, strict=True)], index=column.index)
    ledger.mark("bad_value", column.index[exact.bad], field="aantal", values=column)
    ledger.mark("missing_value", column.index[low.isna() & ~exact.bad], field="aantal")
    ledger.mark("interval", column.index[exact.repaired], field="aantal", values=column, extras=words)
    return pd.DataFrame({"aantal": exact.values, "aantal_min": low, "aantal_max": high})


def month_start(days: Iterable[dt.date | None]) -> list[dt.date | None]:
    """First day of the month of each day."""
    return [day.replace(day=1) if isinstance(day, dt.date) else None for day in days]
