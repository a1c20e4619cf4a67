"""The best set of places for a budget: exact, with its proof, its runner-up and the price of fairness."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..errors import MethodError
from .branching import MOST_NODES, Solution, best_sets
from .programme import Programme, build

# Sets within this share of the optimum count as equally good: among them the least changed is taken.
EQUAL_SHARE = 0.001


@dataclass(frozen=True)
class Selection:
    """What :func:`select_places` found.

    Attributes:
        chosen: Ids of the chosen places, in the order of the candidates.
        benefit: Their total benefit, coverage included.
        cost: Their total cost (EUR).
        covered: Weight of the demand they cover.
        optimum: Benefit of the best set; ``benefit`` lies within 0.1 % of it when a previous set was given.
        gap: Proven relative distance between ``optimum`` and the least upper bound.
        runner_up: The best set other than the chosen one, and its benefit; None if there is no other.
        more_budget: Ids that 10 % more budget would add, and the benefit gained; None where not asked.
        more_budget_dropped: Ids that would make way.
        fairness_cost: Benefit given up for the floors; None without floors or where not asked.
        changed: Number of places that differ from the previous set; None without one.
    """

    chosen: tuple[str, ...]
    benefit: float
    cost: float
    covered: float
    optimum: float
    gap: float
    runner_up: tuple[tuple[str, ...], float] | None
    more_budget: tuple[tuple[str, ...], float] | None
    more_budget_dropped: tuple[str, ...]
    fairness_cost: float | None
    changed: int | None


def select_places(
    candidates: pd.DataFrame,
    budget: float,
    *,
    conflicts: Sequence[tuple[str, str]] = (),
    max_per_street: int | None = None,
    floors: Mapping[str, int] | None = None,
    vetoed: Collection[str] = (),
    fixed: Collection[str] = (),
    previous: Collection[str] | None = None,
    reach: csr_matrix | None = None,
    demand: Sequence[float] | None = None,
    reach_weight: float = 1.0,
    compare: bool = True,
    most_nodes: int = MOST_NODES,
) -> Selection:
    """Choose the places with the greatest benefit within the budget (integer programme, solved exactly).

    ``max sum benefit_j x_j + reach_weight sum demand_i y_i`` with ``sum cost_j x_j <= budget``,
    ``y_i <= sum x_j over the places that reach i``, ``x_a + x_b <= 1`` for conflicts, the number per street
    bounded above, the number per zone bounded below.

    Args:
        candidates: One row per place; columns ``kandidaat_id``, ``baat`` (benefit, zero or more),
            ``kost_eur``, and, where the options need them, ``straat`` and ``zone``.
        budget: Money to spend (EUR).
        conflicts: Pairs of ids that exclude each other.
        max_per_street: Most places in one street (rows without a street are not bounded).
        floors: Least number of places per zone: no zone is left out.
        vetoed: Ids that may not be chosen.
        fixed: Ids that must be chosen.
        previous: An earlier set; the result then is, among sets within 0.1 % of the optimum, the one that
            differs from it in the fewest places.
        reach: (demand points, candidates) non-zero where the place reaches the demand point.
        demand: (demand points,) weight of each, e.g. residents.
        reach_weight: Benefit per unit of demand reached at least once.
        compare: Also find the runner-up, what 10 % more budget adds and what the floors cost: some more
            solutions.
        most_nodes: Cap on one solution: parts into which the sets are divided. A capped result shows in its gap.

    Returns:
        The selection with its proof and alternatives.

    Raises:
        MethodError: Budget below the cheapest place, a place both vetoed and fixed, fixed places that
            conflict or cost more than the budget, floors or limits that cannot be met together.

    Source: maximal covering location problem, Church & ReVelle 1974, with a budget; branch and bound (Land &
    Doig 1960) over linear relaxations that HiGHS (Huangfu & Hall 2018) solves through scipy.
    """
    programme = build(
        candidates,
        budget,
        conflicts=conflicts,
        max_per_street=max_per_street,
        floors=floors or {},
        vetoed=set(vetoed),
        fixed=set(fixed),
        reach=reach,
        demand=demand,
        reach_weight=reach_weight,
    )
    free, best, others = _best(programme, compare, most_nodes)
    ids = candidates["kandidaat_id"].astype(str).to_numpy()
    kept, changed = best, None
    if previous is not None:
        before = np.isin(ids, list(previous))
        kept = _nearest(programme, before, best, most_nodes)
        changed = int((kept.chosen != before).sum())
    second = next((s for s in others if (s.chosen != kept.chosen).any()), None)
    richer = best_sets(programme.with_budget(budget * 1.1), most_nodes=most_nodes)[0] if compare else None
    return Selection(
        chosen=tuple(ids[kept.chosen]),
        benefit=kept.benefit,
        cost=float(programme.cost @ kept.chosen),
        covered=programme.covered(kept.chosen),
        optimum=best.benefit,
        gap=best.gap,
        runner_up=None if second is None else (tuple(ids[second.chosen]), second.benefit),
        more_budget=None
        if richer is None
        else (tuple(ids[richer.chosen & ~kept.chosen]), _gain(richer, kept)),
        more_budget_dropped=() if richer is None else tuple(ids[kept.chosen & ~richer.chosen]),
        fairness_cost=_gain(free, best) if floors and compare else None,
        changed=changed,
    )


def _best(programme: Programme, compare: bool, most_nodes: int) -> tuple[Solution, Solution, list[Solution]]:
    """The best set without the floors, the best one with them, and the best two with them.

    Raises:
        MethodError: Nothing satisfies all the conditions together.
    """
    count = 2 if compare else 1
    # What is best without the floors and meets them is best with them: mostly one search serves both.
    free = best_sets(programme.without_floors(), count, most_nodes=most_nodes) if compare else []
    meets = bool(free) and all(programme.fair(solution.chosen) for solution in free)
    fair = free if meets else best_sets(programme, count, most_nodes=most_nodes)
    if not fair:
        raise MethodError(
            "Geen enkele keuze van plekken voldoet aan alle voorwaarden samen.",
            "budget, besluiten, meest_per_straat, voorrangsstraten",
            "Verhoog het budget of het aantal per straat, of geef minder straten voorrang.",
        )
    return (free or fair)[0], fair[0], fair


def _nearest(programme: Programme, before: NDArray[np.bool_], best: Solution, most_nodes: int) -> Solution:
    """The set that differs least from ``before`` among those within 0.1 % of the best; of equals the best."""
    least = best.benefit * (1 - EQUAL_SHARE)
    nearest, low, high = best, 0, int((best.chosen != before).sum())
    while low < high:
        middle = (low + high) // 2
        near = programme.within(before, middle)
        found = best_sets(near, least=least, first=True, most_nodes=most_nodes)
        if found:
            nearest, high = found[0], int((found[0].chosen != before).sum())
        else:
            low = middle + 1
    found = best_sets(programme.within(before, high), least=least, most_nodes=most_nodes)
    return found[0] if found else nearest


def _gain(other: Solution, base: Solution) -> float:
    return max(0.0, other.benefit - base.benefit)
