"""The integer programme behind :func:`select_places`, and the refusal of what no set can satisfy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_matrix, eye, hstack, vstack

from ..errors import MethodError

# So many places compete for the last euros: a first guess that the reduced costs then prove or widen.
_CORE = 90


@dataclass(frozen=True)
class Solution:
    """A set of places: mask over the candidates, its benefit, the proven relative gap."""

    chosen: NDArray[np.bool_]
    benefit: float
    gap: float


@dataclass(frozen=True)
class Programme:
    """``max value @ v`` for ``v = (x, y)``: x chooses places (0 or 1), y is how far demand is reached (0-1).

    Attributes:
        cost: (n,) EUR per place.
        value: (n + m,) benefit per place and per demand group.
        lower, upper: (n + m,) bounds; vetoes and fixed places stand here.
        rows: Rows that always hold, ``low <= rows @ v <= high``.
        floors: Rows of the equity floors.
        budget: EUR.
        reach: (m, n) which place reaches which demand group.
        demand: (m,) weight of each group.
        time_limit: Cap on one solution (s).
        tolerance: Relative gap at which a solution counts as proven.
    """

    cost: NDArray[np.float64]
    value: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    rows: tuple[LinearConstraint, ...]
    floors: tuple[LinearConstraint, ...]
    budget: float
    reach: csr_matrix
    demand: NDArray[np.float64]
    time_limit: float
    tolerance: float = 0.0

    def covered(self, chosen: NDArray[np.bool_]) -> float:
        """Weight of the demand that the chosen places reach."""
        return float(self.demand[np.asarray(self.reach @ chosen.astype(float)) > 0].sum())

    def benefit(self, chosen: NDArray[np.bool_]) -> float:
        """Benefit of a set, coverage included."""
        count = len(self.cost)
        reached = np.asarray(self.reach @ chosen.astype(float)) > 0
        return float(self.value[:count] @ chosen + self.value[count:] @ reached)

    def roughly(self) -> "Programme":
        """The same, solved to within 0.01 %: enough for a question beside the main one."""
        return replace(self, tolerance=1e-4)

    def with_budget(self, budget: float) -> "Programme":
        """The same with another budget."""
        return replace(self, budget=budget)

    def without_floors(self) -> "Programme":
        """The same without equity floors."""
        return replace(self, floors=())

    def fair(self, chosen: NDArray[np.bool_]) -> bool:
        """Whether a set meets the equity floors."""
        taken = np.r_[chosen.astype(float), np.zeros(len(self.demand))]
        return all(bool((row.A @ taken >= row.lb - 1e-9).all()) for row in self.floors)

    def without(self, chosen: NDArray[np.bool_]) -> "Programme":
        """The same with this one set forbidden (a no-good cut)."""
        row, constant = self._difference(chosen)
        cut = LinearConstraint(csr_matrix(row), 1 - constant, np.inf)
        return replace(self, rows=(*self.rows, cut))

    def solve(self) -> Solution:
        """The set with the greatest benefit.

        Raises:
            MethodError: Nothing satisfies all the conditions together.
        """
        solution = self.try_solve()
        if solution is None:
            raise MethodError(
                "No set of places meets all the conditions together.",
                "budget, fixed places, conflicts, most per street, floors",
                "Raise the budget or the most per street, or lower a floor.",
            )
        return solution

    def try_solve(self) -> Solution | None:
        """As :meth:`solve`; None where there is no set."""
        return self._run(-self.value, ())

    def solve_nearest(self, before: NDArray[np.bool_], least: float) -> Solution:
        """The set that differs least from ``before`` among those with at least the benefit ``least``.

        Of sets that differ equally, the one with the greater benefit.
        """
        row, _ = self._difference(before)
        # The benefit only breaks ties: its whole range weighs less than one place.
        tie = 0.5 / max(1.0, self.value.sum())
        good_enough = LinearConstraint(csr_matrix(self.value), least, np.inf)
        solution = self._run(row - tie * self.value, (good_enough,))
        return solution if solution is not None else self.solve()

    def _difference(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float64], int]:
        """Row and constant with ``row @ v + constant`` = number of places that differ from the set."""
        row = np.zeros(len(self.value))
        row[: len(chosen)] = np.where(chosen, -1.0, 1.0)
        return row, int(chosen.sum())

    def _run(self, objective: NDArray[np.float64], extra: tuple[LinearConstraint, ...]) -> Solution | None:
        """Minimise, after leaving out what the relaxation proves to be no part of any better set."""
        rows = _stacked([*self._money(), *self.rows, *self.floors, *extra])
        # What costs more than the budget is out; said so, the relaxation cannot spend on a part of it.
        upper = self.upper.copy()
        upper[: len(self.cost)][self.cost > self.budget] = 0
        upper[_dominated(self.cost, objective, rows, self.lower, upper)] = 0
        bounds = _relaxed(objective, rows, self.lower, upper)
        if bounds is None:
            return None
        relaxed, reduced, at = bounds
        count = len(self.cost)
        # Demand stays free: fixing how far it is reached would fix the places with it.
        core = np.ones(len(objective), bool)
        core[:count] = (
            np.abs(reduced[:count])
            <= np.partition(np.abs(reduced[:count]), min(_CORE, count - 1))[min(_CORE, count - 1)]
        )
        first = self._integer(objective, rows, np.where(core, self.lower, at), np.where(core, upper, at))
        if first is None:
            core = np.ones(len(objective), bool)
        else:
            # Moving a variable off its bound costs its reduced cost: more than the slack cannot pay.
            slack = objective @ first.x - relaxed
            needed = np.abs(reduced) <= slack * (1 + 1e-9) + 1e-9
            needed[count:] = True
            if not (needed & ~core).any():
                return self._solution(first)
            core = needed
        last = self._integer(objective, rows, np.where(core, self.lower, at), np.where(core, upper, at))
        return None if last is None else self._solution(last)

    def _money(self) -> list[LinearConstraint]:
        money = np.zeros(len(self.value))
        money[: len(self.cost)] = self.cost
        return [LinearConstraint(csr_matrix(money), -np.inf, self.budget)]

    def _integer(
        self,
        objective: NDArray[np.float64],
        rows: LinearConstraint,
        lower: NDArray[np.float64],
        upper: NDArray[np.float64],
    ) -> OptimizeResult | None:
        """The integer programme within these bounds; variables that cannot move are taken out first.

        Raises:
            MethodError: The time limit passed before any set was found.
        """
        count, free = len(self.cost), upper > lower
        fixed = np.where(free, 0.0, lower)
        used = rows.A @ fixed
        result = milp(
            objective[free],
            constraints=LinearConstraint(rows.A[:, free], rows.lb - used, rows.ub - used),
            integrality=(np.arange(len(objective)) < count)[free].astype(int),
            bounds=Bounds(lower[free], upper[free]),
            # HiGHS 1.2 (scipy 1.10) presolves some of these programmes to a set that is not the best.
            options={"time_limit": self.time_limit, "mip_rel_gap": self.tolerance, "presolve": False},
        )
        if result.x is None:
            if result.status == 1:
                raise MethodError(
                    f"No set of places was found within {self.time_limit:.0f} s.", "", "Raise the time limit."
                )
            return None
        constant = float(objective @ fixed)
        whole = fixed.copy()
        whole[free] = result.x
        result.x, result.fun = whole, result.fun + constant
        result.mip_dual_bound = (getattr(result, "mip_dual_bound", None) or 0.0) + constant
        return result

    def _solution(self, result: OptimizeResult) -> Solution:
        chosen = result.x[: len(self.cost)] > 0.5
        gap = abs(result.fun - result.mip_dual_bound) / max(abs(result.fun), 1e-9)
        return Solution(chosen, self.benefit(chosen), gap)


def _dominated(
    cost: NDArray[np.float64],
    objective: NDArray[np.float64],
    rows: LinearConstraint,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> NDArray[np.intp]:
    """Places that some best set does without.

    Of places that stand alike in every condition but the money, a set takes at most as many as the tightest
    of those conditions admits. A place with that many cheaper and better twins is left out: whoever takes it
    can take a twin instead.
    """
    conditions = rows.A[1:].tocsc()  # the first row is the money
    twins: dict[bytes, list[int]] = {}
    for place in np.flatnonzero(upper[: len(cost)] > 0):
        part = slice(conditions.indptr[place], conditions.indptr[place + 1])
        twins.setdefault(conditions.indices[part].tobytes() + conditions.data[part].tobytes(), []).append(
            place
        )
    least = conditions.min(axis=1).toarray().ravel()
    room = np.where(least >= 0, rows.ub[1:], np.inf)
    out = []
    for group in map(np.array, twins.values()):
        part = slice(conditions.indptr[group[0]], conditions.indptr[group[0] + 1])
        taken, most = conditions.data[part], room[conditions.indices[part]]
        limit = np.min(most[taken > 0] / taken[taken > 0], initial=np.inf)
        if len(group) <= limit:
            continue
        price, worth = cost[group], -objective[group]
        better = (price[:, None] <= price) & (worth[:, None] >= worth)
        # Of two equals the first is the better one.
        better &= (price[:, None] < price) | (worth[:, None] > worth) | (group[:, None] < group)
        out.extend(group[(better.sum(axis=0) >= limit) & (lower[group] == 0)])
    return np.array(out, int)


def _stacked(rows: list[LinearConstraint]) -> LinearConstraint:
    sizes = [row.A.shape[0] for row in rows]
    low = np.concatenate([np.broadcast_to(row.lb, size) for row, size in zip(rows, sizes, strict=True)])
    high = np.concatenate([np.broadcast_to(row.ub, size) for row, size in zip(rows, sizes, strict=True)])
    return LinearConstraint(vstack([csr_matrix(row.A) for row in rows], "csc"), low, high)


def _relaxed(
    objective: NDArray[np.float64],
    rows: LinearConstraint,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]] | None:
    """The linear relaxation: its least value, the reduced costs, and the bound each variable stands at.

    Returns:
        None where the relaxation has no solution, and so the integer programme has none.
    """
    below, above = np.isfinite(rows.ub), np.isfinite(rows.lb)
    table = vstack([rows.A[below], -rows.A[above]], "csr")
    result = linprog(
        objective, A_ub=table, b_ub=np.r_[rows.ub[below], -rows.lb[above]],
        bounds=np.column_stack([lower, upper]), method="highs",
    )  # fmt: skip
    if result.x is None:
        return None
    reduced = result.lower.marginals + result.upper.marginals
    return result.fun, reduced, np.where(reduced < 0, upper, lower)


def build(
    candidates: pd.DataFrame,
    budget: float,
    *,
    conflicts: Sequence[tuple[str, str]],
    max_per_street: int | None,
    floors: Mapping[str, int],
    vetoed: Collection[str],
    fixed: Collection[str],
    reach: csr_matrix | None,
    demand: Sequence[float] | None,
    reach_weight: float,
    time_limit: float,
) -> Programme:
    """Lay out the programme of :func:`~arsenaal_gis.unsealing.select_places`, whose arguments these are.

    Raises:
        MethodError: A request that no set can satisfy.
    """
    ids = pd.Index(candidates["kandidaat_id"].astype(str))
    cost = candidates["kost_eur"].to_numpy(float)
    gain = candidates["baat"].to_numpy(float)
    _check(ids, cost, gain, budget, vetoed, fixed, conflicts)
    count = len(ids)
    reach, weight = _grouped(reach, demand, count)
    groups = len(weight)
    upper = np.ones(count + groups)
    upper[:count][ids.isin(vetoed)] = 0
    lower = np.zeros(count + groups)
    lower[:count][ids.isin(fixed)] = 1

    def over_places(matrix: csr_matrix, low: float | NDArray, high: float | NDArray) -> LinearConstraint:
        return LinearConstraint(hstack([matrix, csr_matrix((matrix.shape[0], groups))], "csr"), low, high)

    rows = []
    if groups:
        rows.append(LinearConstraint(hstack([-reach, eye(groups)], "csr"), -np.inf, 0))
    if conflicts:
        pairs = vstack([_members(ids.isin(pair)) for pair in conflicts], "csr")
        rows.append(over_places(pairs, -np.inf, 1))
    if max_per_street is not None:
        street = pd.Categorical(candidates["straat"])
        members = vstack([_members(street == name) for name in street.categories], "csr")
        _check_limit(members, lower[:count], max_per_street, street.categories)
        rows.append(over_places(members, -np.inf, max_per_street))
    zone_rows = ()
    if floors:
        members = vstack([_members(candidates["zone"] == zone) for zone in floors], "csr")
        needed = np.array(list(floors.values()), float)
        _check_floors(members, upper[:count], cost, needed, list(floors), budget)
        zone_rows = (over_places(members, needed, np.inf),)
    return Programme(
        cost,
        np.r_[gain, reach_weight * weight],
        lower,
        upper,
        tuple(rows),
        zone_rows,
        budget,
        reach,
        weight,
        time_limit,
    )


def _members(mask: NDArray[np.bool_] | pd.Series) -> csr_matrix:
    return csr_matrix(np.asarray(mask, float)[None])


def _grouped(
    reach: csr_matrix | None, demand: Sequence[float] | None, count: int
) -> tuple[csr_matrix, NDArray[np.float64]]:
    """Merge demand points that the same places reach: the same optimum with fewer rows."""
    if reach is None:
        return csr_matrix((0, count)), np.zeros(0)
    table = csr_matrix(reach).astype(bool).tocsr()
    table.sort_indices()
    weight = np.asarray(demand, float)
    if table.shape != (len(weight), count):
        raise MethodError(f"The reach table of shape {table.shape} does not fit {len(weight)} x {count}.")
    groups: dict[bytes, tuple[int, list[float]]] = {}
    for point in range(table.shape[0]):
        columns = table.indices[table.indptr[point] : table.indptr[point + 1]]
        if len(columns):
            groups.setdefault(columns.tobytes(), (point, []))[1].append(weight[point])
    first = [point for point, _ in groups.values()]
    return table[first].astype(float), np.array([sum(weights) for _, weights in groups.values()])


def _check(
    ids: pd.Index,
    cost: NDArray,
    gain: NDArray,
    budget: float,
    vetoed: Collection[str],
    fixed: Collection[str],
    conflicts: Sequence[tuple[str, str]],
) -> None:
    if len(ids) == 0:
        raise MethodError("There are no candidates to choose from.", todo="Find candidates first.")
    if ids.has_duplicates:
        raise MethodError(f"Candidate {ids[ids.duplicated()][0]} stands twice.", "kandidaat_id")
    if np.isnan(cost).any() or (cost < 0).any() or np.isnan(gain).any() or (gain < 0).any():
        raise MethodError("Costs and benefits must be known and zero or more.", "kost_eur, baat")
    for name, group in (("vetoed", vetoed), ("fixed", fixed)):
        unknown = sorted(set(group) - set(ids))
        if unknown:
            raise MethodError(
                f"The {name} place {unknown[0]} is not among the candidates.", "besluiten", "Withdraw it."
            )
    both = sorted(set(vetoed) & set(fixed))
    if both:
        raise MethodError(
            f"Place {both[0]} is both vetoed and chosen.", "besluiten", "Withdraw one of the two decisions."
        )
    for a, b in conflicts:
        if a in fixed and b in fixed:
            raise MethodError(
                f"The fixed places {a} and {b} exclude each other.", "besluiten", "Keep one of them."
            )
    committed = float(cost[ids.isin(fixed)].sum())
    if committed > budget:
        raise MethodError(
            f"The fixed places cost EUR {committed:,.0f}, more than the budget of EUR {budget:,.0f}.",
            "besluiten",
            "Raise the budget or withdraw a place.",
        )
    cheapest = float(cost[~ids.isin(vetoed)].min(initial=np.inf))
    if np.isinf(cheapest):
        raise MethodError("Every candidate is vetoed.", "besluiten", "Withdraw a veto.")
    if budget < cheapest:
        raise MethodError(
            f"The budget of EUR {budget:,.0f} is below the cheapest place, EUR {cheapest:,.0f}.",
            "wijk.toml [ontharding] budget_eur",
            "Raise the budget.",
        )


def _check_limit(members: csr_matrix, fixed: NDArray, limit: int, streets: Sequence[str]) -> None:
    crowded = np.flatnonzero(members @ fixed > limit)
    if len(crowded):
        raise MethodError(
            f"More than {limit} fixed places lie in {streets[crowded[0]]}.",
            "besluiten",
            "Raise the most per street or withdraw a place.",
        )


def _check_floors(
    members: csr_matrix, allowed: NDArray, cost: NDArray, needed: NDArray, zones: Sequence[str], budget: float
) -> None:
    least = 0.0
    for row, (zone, floor) in enumerate(zip(zones, needed, strict=True)):
        prices = np.sort(cost[members[row].indices][allowed[members[row].indices] > 0])
        if len(prices) < floor:
            raise MethodError(
                f"Zone {zone} asks for {floor:.0f} places and has {len(prices)}.",
                "wijk.toml [ontharding]",
                "Lower its floor.",
            )
        least += float(prices[: int(floor)].sum())
    if least > budget:
        raise MethodError(
            f"The floors alone cost at least EUR {least:,.0f}, more than the budget of EUR {budget:,.0f}.",
            "wijk.toml [ontharding]",
            "Raise the budget or lower a floor.",
        )
