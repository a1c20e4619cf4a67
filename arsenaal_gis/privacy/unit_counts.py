"""Layers that already count incidents by street or hexagon: what of them may be shown."""

import numpy as np
import pandas as pd

from ..catalogue import Layer
from .policy import Policy, open_to
from .suppress import suppress
from .tables import SHOWN

Note = tuple[str, str, int]


def suppress_counts(frame: pd.DataFrame, layer: Layer, policy: Policy) -> tuple[pd.DataFrame, list[Note]]:
    """Empty the counts of 1 .. threshold-1, what is computed from them, and what would give them away.

    The total over the layer's units is taken as known, since the same incidents appear by hexagon and by
    street, and in the police's own barometer.

    Args:
        frame: Rows per unit and, where there are any, per class, source and period.
        layer: Its description; counts are the whole-number fields ``n``, ``n_*`` and ``aantal*``.
        policy: Thresholds.

    Returns:
        The rows, and notes for the report; no rows where the layer may not leave at all.
    """
    counts = [
        n
        for n, f in layer.fields.items()
        if f.type == "integer" and n in frame.columns and (n == "n" or n.startswith(("n_", "aantal")))
    ]
    if layer.kind != "result" and policy.tier != "P1":
        return frame.iloc[:0], [
            ("weggelaten", "brongegevens over incidenten; de lagen hotspots_* tonen ze beschermd", len(frame))
        ]
    if policy.tier == "P3":
        return frame.iloc[:0], [
            ("weggelaten", "straat en hexagon zijn te klein voor open data over incidenten", len(frame))
        ]
    if not counts:
        return frame, []
    result = frame.copy()
    split = [n for n in layer.key if layer.fields[n].codes or layer.fields[n].type == "date"] or [
        n for n in ("bron", "categorie", "periode") if n in frame.columns
    ]
    groups = (
        [group.index for _, group in frame.groupby(split, sort=True, dropna=False)]
        if split
        else [frame.index]
    )
    derived = [
        n
        for n, f in layer.fields.items()
        if n in frame.columns
        and n not in layer.key
        and n not in counts
        and f.type in ("real", "integer", "text")
        and not open_to(f.privacy, "P3")
    ]
    hidden = np.zeros(len(frame), bool)
    for name in counts:
        value = frame[name].to_numpy(dtype=float, na_value=0.0)
        for group in groups:
            at = frame.index.get_indexer(group)
            table = np.append(value[at], value[at].sum())
            given = np.append(np.zeros(len(at), bool), True)
            # A list of units whose only margin is known: hiding two cells or more keeps both open.
            hidden[at] |= suppress(table, policy.threshold, policy.threshold, given=given).flags[:-1] != SHOWN
    required = [n for n in (*counts, *derived) if layer.fields[n].required]
    keep = ~hidden if required else np.ones(len(frame), bool)
    for name in (*counts, *derived):
        result.loc[hidden, name] = pd.NA if layer.fields[name].type != "real" else np.nan
    note = [
        (
            "onderdrukt",
            f"aantallen van 1 tot {policy.threshold - 1} en wat ze zou verraden",
            int(hidden.sum()),
        )
    ]
    return result[keep], note if hidden.any() else []
