"""Criteria with their fixed ranges, and the reasons they give in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


@dataclass(frozen=True)
class Criterion:
    """One criterion of a ranking.

    Attributes:
        name: Column name, lowercase ASCII Dutch.
        label: What staff call it (Dutch).
        low: Raw value that gives no reason (0). May lie above ``high`` where less is more reason.
        high: Raw value that gives full reason (1).
        phrase: Dutch phrase with ``{}`` for the raw value, e.g. ``"PET {} °C"``.
        decimals: Decimals of the raw value in the phrase.
    """

    name: str
    label: str
    low: float
    high: float
    phrase: str
    decimals: int = 0

    def words(self, raw: float) -> str:
        """The raw value in words, with a decimal comma; "onbekend" where there is none."""
        if np.isnan(raw):
            return f"{self.label}: onbekend"
        number = f"{raw:,.{self.decimals}f}".translate(str.maketrans(",.", ".,"))
        return f"{self.label}: {self.phrase.format(number)}"


def unit_scale(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    """Put raw values on the 0-1 scale of a fixed range; outside the range they stay at 0 or 1.

    A fixed range, not the least and largest of the data, so that a new alternative never changes the
    order of the others.

    Args:
        values: Raw values, any shape; NaN stays NaN.
        low: Value that becomes 0, broadcast against ``values``; may lie above ``high``.
        high: Value that becomes 1.

    Returns:
        The same shape, 0-1.

    Raises:
        MethodError: ``low`` equals ``high``.
    """
    start, end = np.asarray(low, float), np.asarray(high, float)
    if np.any(start == end):
        raise MethodError("The range of a criterion has no width.", todo="Give it two different bounds.")
    return np.clip((np.asarray(values, float) - start) / (end - start), 0, 1)


def explain(raw: ArrayLike, parts: ArrayLike, criteria: Sequence[Criterion], most: int = 3) -> list[str]:
    """Say in Dutch why each row stands where it stands: its largest contributions first.

    Args:
        raw: (n, m) raw values in the criteria's units.
        parts: (n, m) contributions to the score (:func:`contributions`).
        criteria: The m criteria.
        most: At most so many reasons a row; unknown criteria are always named after them.

    Returns:
        n texts, reasons separated by "; ".
    """
    value, part = np.asarray(raw, float), np.asarray(parts, float)
    order = np.argsort(-np.nan_to_num(part, nan=-1.0), axis=1, kind="stable")
    texts = []
    for row, columns in enumerate(order):
        strong = [c for c in columns if part[row, c] > 0][:most]
        unknown = [c for c in range(len(criteria)) if np.isnan(value[row, c])]
        texts.append("; ".join(criteria[c].words(value[row, c]) for c in strong + unknown))
    return texts
