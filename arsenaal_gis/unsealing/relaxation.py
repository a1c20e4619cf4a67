"""The linear relaxation of the selection: places may be taken in part, which bounds what whole ones can bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, csr_matrix, eye, hstack, vstack

from .programme import Programme

# A place that takes this share of the budget is one of few: how many there are is worth a variable.
_DEAR = 0.01
# Rows hold to this much, as HiGHS holds them.
_SLACK = 1e-7


@dataclass(frozen=True)
class Relaxed:
    """A solution of the relaxation: its bound on the benefit, the variables, and what moving each one costs."""

    bound: float
    values: NDArray[np.float64]
    reduced: NDArray[np.float64]


class Relaxation:
    """``max`` benefit over ``v = (x, y, z)``: places in part, how far demand is reached, and counts of places.

    The counts (how many of each dear price, how many dear ones in all) follow from ``x``. They are there to be
    made whole first: one place of EUR 3750 more or less moves the bound, which of the like it is does not.

    Attributes:
        places: (k,) rows of the programme's places that take part.
        lower, upper: Bounds of the variables.
        whole: Which variables must be whole numbers.
        money: What one unit of each variable is worth in EUR, to choose where to branch.
    """

    def __init__(self, programme: Programme, places: NDArray[np.intp]) -> None:
        """Lay out the rows over the given places."""
        self.places = places
        count, groups = len(places), len(programme.demand)
        cost = programme.cost[places]
        kinds = _dear(cost, programme.budget)
        self.scale = max(programme.gain[places].max(initial=0), programme.weight.max(initial=0), 1e-300)
        self._value = np.r_[programme.gain[places], programme.weight, np.zeros(len(kinds))] / self.scale
        self.whole = np.r_[np.ones(count, bool), np.zeros(groups, bool), np.ones(len(kinds), bool)]
        mean = (kinds @ cost) / np.maximum(kinds.sum(axis=1), 1)
        self.money = np.r_[np.maximum(cost, max(1e-6 * programme.budget, 1e-6)), np.zeros(groups), 3 * mean]
        self.lower = np.r_[programme.must[places].astype(float), np.zeros(groups + len(kinds))]
        self.upper = np.r_[np.ones(count + groups), kinds.sum(axis=1).astype(float)]
        unit = max(programme.budget, 1.0)
        rows = [
            (csr_matrix(cost / unit), [programme.budget / unit]),
            (programme.most[:, places], programme.most_count),
            (-programme.least[:, places], -programme.least_count),
        ]
        if programme.near is not None:
            before, distance = programme.near
            # Places that do not take part and stood in the earlier set differ already.
            rows.append((csr_matrix(np.where(before[places], -1.0, 1.0)), [distance - before.sum()]))
        self._pad = csr_matrix((0, groups + len(kinds)))
        over_places = vstack([row for row, _ in rows], "csr")
        rest = csr_matrix((over_places.shape[0], groups + len(kinds)))
        cover = hstack([-programme.reach[:, places], eye(groups), csr_matrix((groups, len(kinds)))])
        self._rows = csc_matrix(vstack([hstack([over_places, rest]), cover]))
        self._most = np.r_[np.concatenate([most for _, most in rows]), np.zeros(groups)]
        self._counts = csc_matrix(
            hstack([csr_matrix(kinds.astype(float)), csr_matrix((len(kinds), groups)), -eye(len(kinds))])
        )

    def solve(
        self, lower: NDArray[np.float64], upper: NDArray[np.float64], barred: Sequence[NDArray[np.bool_]] = ()
    ) -> Relaxed | None:
        """The best solution within bounds, other than the barred sets; None where there is none.

        Args:
            lower: Least value of each variable.
            upper: Greatest value of each variable.
            barred: (k,) masks of sets that are not to be found again.
        """
        free = upper > lower
        held = np.where(free, 0.0, lower)
        rows, most = self._rows, self._most
        if barred:
            cut = np.zeros((len(barred), len(lower)))
            cut[:, : len(self.places)] = np.where(barred, 1.0, -1.0)
            rows = csc_matrix(vstack([rows, csr_matrix(cut)]))
            most = np.r_[most, np.sum(barred, axis=1) - 1.0]
        if not free.any():  # nothing is left to choose, and linprog refuses to choose nothing
            fits = (rows @ held <= most + _SLACK).all() and not np.abs(self._counts @ held).max(
                initial=0
            ) > _SLACK
            return (
                Relaxed(float(self._value @ held) * self.scale, held, np.zeros(len(lower))) if fits else None
            )
        result = linprog(
            -self._value[free],
            A_ub=rows[:, free],
            b_ub=most - rows @ held,
            A_eq=self._counts[:, free] if self._counts.shape[0] else None,
            b_eq=-(self._counts @ held) if self._counts.shape[0] else None,
            bounds=np.column_stack([lower[free], upper[free]]),
            method="highs",
        )
        if result.x is None:
            return None
        values, reduced = held, np.zeros(len(lower))
        values[free] = result.x
        reduced[free] = np.abs(result.lower.marginals + result.upper.marginals)
        return Relaxed(float(self._value @ values) * self.scale, values, reduced * self.scale)


def _dear(cost: NDArray[np.float64], budget: float) -> NDArray[np.bool_]:
    """(kinds, places) groups of dear places to count: each price that several have, and all together."""
    dear = cost > _DEAR * budget
    prices, number = np.unique(cost[dear], return_counts=True)
    kinds = [dear & (cost == price) for price in prices[number > 1]] + [dear]
    return np.array([kind for kind in kinds if kind.sum() > 1], bool).reshape(-1, len(cost))
