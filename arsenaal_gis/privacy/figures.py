"""Figures over the whole wijk, such as indicators: small counts of dwellings behind them are held back."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..catalogue import Layer
from .policy import Policy, open_to

HELD_BACK = "onderdrukt"
Note = tuple[str, str, int]


def hold_back(frame: pd.DataFrame, layer: Layer, policy: Policy) -> tuple[pd.DataFrame, list[Note]]:
    """Leave out rows above the tier, and empty every figure that rests on 1 .. threshold-1 dwellings or facts.

    Args:
        frame: Rows of a layer with ``figures`` or a ``row_tier``.
        layer: Its description: which fields count, and which would tell the count.
        policy: Thresholds.

    Returns:
        The rows: emptied sentences say that they were held back, emptied verdicts are 'onbekend'. With notes.
    """
    notes: list[Note] = []
    if layer.row_tier:
        open_rows = (
            frame[layer.row_tier].fillna("P0").map(lambda tier: open_to(tier, policy.tier)).to_numpy(bool)
        )
        if not open_rows.all():
            reason = f"rijen die op niveau {policy.tier} niet mogen vertrekken"
            notes.append(("weggelaten", reason, int((~open_rows).sum())))
        frame = frame[open_rows]
    result, touched = frame, pd.Series(False, index=frame.index)
    for figures in layer.figures:
        small = pd.Series(False, index=frame.index)
        for one in figures.counts:
            if one.of in frame and (not one.less or one.less in frame):
                number = _numbers(frame[one.of]) - (_numbers(frame[one.less]) if one.less else 0.0)
                applies = ~frame["eenheid"].isin(one.unless) if one.unless else True
                small |= (number.gt(1e-6) & number.lt(policy.threshold - 1e-6) & applies).fillna(False)
        result = emptied(result, layer, figures.hides, small.to_numpy(bool), policy)
        touched |= small
    if touched.any():
        reason = f"cijfers waarachter er 1 tot {policy.threshold - 1} zitten"
        notes.append((HELD_BACK, reason, int(touched.sum())))
    return result, notes


def emptied(
    frame: pd.DataFrame, layer: Layer, hides: Sequence[str], small: NDArray[np.bool_], policy: Policy
) -> pd.DataFrame:
    """The rows without the figures that would tell a count: sentences say so, verdicts become 'onbekend'."""
    result = frame.copy()
    for name in (n for n in hides if n in frame):
        nothing = _nothing(layer, name, policy)
        column = result[name] if nothing is None else result[name].astype(object)
        result[name] = column.mask(small, nothing)
    return result


def _nothing(layer: Layer, name: str, policy: Policy) -> object:
    """What stands in the place of a value that is held back."""
    field = layer.fields[name]
    if "onbekend" in field.codes:
        return "onbekend"
    if field.type == "text" and not field.codes:
        return f"{HELD_BACK}: minder dan {policy.threshold} woningen of feiten"
    return None


def _numbers(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype("Float64")
