"""Layers that already count incidents by street or hexagon: what of them may be shown."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..catalogue import Layer
from .policy import Policy
from .suppress import Unprotected, suppress
from .tables import HIDDEN, SHOWN, SMALL

Note = tuple[str, str, int]
_ALL = "alle"


def suppress_counts(frame: pd.DataFrame, layer: Layer, policy: Policy) -> tuple[pd.DataFrame, list[Note]]:
    """Turn counts of 1 .. threshold-1 into intervals, and empty what would give a count away.

    Units and categories form a table of their own per source and period, with the totals over categories (rows
    "alle") as a margin; the total over units is taken as known, since the same incidents appear by hexagon, by
    street, and in the police's own barometer.

    Args:
        frame: Rows per unit and, where there are any, per category, source and period.
        layer: Its description. Counts are whole-number fields ``aantal*``; a pair of ``aantal_min`` and
            ``aantal_max`` is an interval.
        policy: Thresholds.

    Returns:
        The rows, and notes for the report; no rows where the layer may not leave at all.
    """
    if layer.kind != "result":
        reason = "brongegevens over incidenten; de lagen hotspots tonen ze beschermd"
        return frame.iloc[:0], [("weggelaten", reason, len(frame))]
    if policy.tier == "P3":
        reason = "straat en hexagon zijn te klein voor open data over incidenten"
        return frame.iloc[:0], [("weggelaten", reason, len(frame))]
    counts = [
        n for n, f in layer.fields.items() if n.startswith("aantal") and f.type == "integer" and n in frame
    ]
    if not counts:
        return frame, []
    value = frame[counts[-1]].to_numpy(dtype=float, na_value=0.0)
    flags = _flags(frame, layer, value, policy.threshold)
    result, closed = frame.copy(), flags != SHOWN
    for name, field in layer.fields.items():
        if name not in frame or name in layer.key or field.required:
            continue
        told = field.type in ("real", "integer") and not name.startswith(("woningen", "adressen", "maanden"))
        words = field.type == "text" and not field.codes
        if told or (words and frame.loc[closed, name].astype(str).str.contains(r"\d").any()):
            result.loc[closed, name] = np.nan if field.type == "real" else pd.NA
    small = flags == SMALL
    if {"aantal_min", "aantal_max"} <= set(counts):
        result.loc[small, ["aantal_min", "aantal_max"]] = [1, policy.threshold - 1]
    note = (
        "onderdrukt",
        f"aantallen van 1 tot {policy.threshold - 1} en wat ze zou verraden",
        int(closed.sum()),
    )
    return result, [note] if closed.any() else []


def _flags(frame: pd.DataFrame, layer: Layer, value: NDArray[np.float64], threshold: int) -> NDArray[np.str_]:
    """Flag of every row: its table is units x categories within one source and period."""
    unit = next((n for n in layer.key if n.endswith("_id") or n == "straat"), None)
    category = "categorie" if "categorie" in layer.key else None
    rest = [n for n in layer.key if n not in (unit, category)]
    units = frame[unit].astype(str).to_numpy() if unit else np.full(len(frame), "")
    kinds = frame[category].astype(str).to_numpy() if category else np.full(len(frame), "")
    groups = frame.groupby(rest, dropna=False).indices.values() if rest else [np.arange(len(frame))]
    flags = np.full(len(frame), SHOWN)
    for at in groups:
        row = np.unique(units[at], return_inverse=True)[1]
        names = sorted(set(kinds[at]) - {_ALL}) or [_ALL]
        column = np.array(
            [len(names) if k == _ALL and names != [_ALL] else names.index(k) for k in kinds[at]]
        )
        inner = np.zeros((row.max() + 1, len(names)))
        parts = column < len(names)
        np.add.at(inner, (row[parts], column[parts]), value[at][parts])
        table = np.zeros((inner.shape[0] + 1, inner.shape[1] + 1))
        table[:-1, :-1], table[-1, :-1] = inner, inner.sum(axis=0)
        table[:, -1] = table[:, :-1].sum(axis=1)
        given = np.zeros(table.shape, bool)
        given[-1] = inner.shape[0] > 1
        try:
            found = suppress(table, threshold, threshold, given=given).flags
        except Unprotected:
            found = np.where(table > 0, HIDDEN, SHOWN)  # too few incidents to show any of them
        flags[at] = found[row, column]
    return np.where((value > 0) & (value < threshold) & (flags == SHOWN), HIDDEN, flags)
