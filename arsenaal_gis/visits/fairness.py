"""Coverage per street and how unequal it is."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Street:
    """Dwellings of a street that may be visited this week.

    Attributes:
        name: Street name, ``onbekend`` for none.
        rows: Their numbers.
        counts: Large enough to have a minimum.
    """

    name: str
    rows: np.ndarray
    counts: bool

    def coverage(self, visited: Collection[int]) -> float:
        """Share of its dwellings that is visited."""
        return sum(int(row) in visited for row in self.rows) / len(self.rows)

    def row(self, visited: Collection[int], minimum: int) -> tuple[str, int, int, float, int, bool]:
        """Name, dwellings, planned, coverage, minimum, counted."""
        coverage = self.coverage(visited)
        return self.name, len(self.rows), round(coverage * len(self.rows)), coverage, minimum, self.counts


def street_coverage(streets: np.ndarray, open_rows: np.ndarray, least: int) -> list[Street]:
    """Group the dwellings that may be visited by street.

    Args:
        streets: (n,) street names.
        open_rows: (n,) whether any team may visit the dwelling this week.
        least: Dwellings a street needs to count.

    Returns:
        The streets, by name; those without a dwelling to visit are left out.
    """
    names = np.array(["onbekend" if pd.isna(name) else str(name) for name in streets], dtype=object)
    found = []
    for name in sorted(set(names[open_rows])):
        rows = np.flatnonzero(open_rows & (names == name))
        found.append(Street(name, rows, len(rows) >= least))
    return found


def gini(shares: ArrayLike) -> float:
    """Gini coefficient of shares: 0 where all are equal; 0 for none.

    Source: Gini (1912), in the form with sorted values of Dixon et al. 1987, Ecology 68: 1548-1551.
    """
    values = np.sort(np.asarray(shares, float))
    if not len(values) or values.sum() == 0:
        return 0.0
    weight = 2 * np.arange(1, len(values) + 1) - len(values) - 1
    return float((weight * values).sum() / (len(values) * values.sum()))
