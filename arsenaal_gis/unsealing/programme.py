"""The integer programme behind :func:`select_places`, and the refusal of what no set can satisfy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack, vstack

from ..errors import MethodError


@dataclass(frozen=True)
class Solution:
    """A set of places: mask over the candidates, its benefit, the proven relative gap."""

    chosen: NDArray[np.bool_]
    benefit: float
    gap: float


@dataclass(frozen=True)
class Programme:
    """``max value @ v`` for ``v = (x, y)``: x chooses places (0 or 1), y says how far demand is reached (0-1).

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
        count = len(self.cost)
        money = np.zeros(len(self.value))
        money[:count] = self.cost
        spend = LinearConstraint(csr_matrix(money), -np.inf, self.budget)
        result = milp(
            objective,
            constraints=[spend, *self.rows, *self.floors, *extra],
            integrality=np.r_[np.ones(count), np.zeros(len(self.value) - count)],
            bounds=Bounds(self.lower, self.upper),
            options={"time_limit": self.time_limit, "mip_rel_gap": self.tolerance},
        )
        if result.x is None:
            return None
        chosen = result.x[:count] > 0.5
        return Solution(chosen, self.benefit(chosen), _gap(result))


def _gap(result: object) -> float:
    """Relative distance between the objective and the proven bound."""
    value, bound = result.fun, getattr(result, "mip_dual_bound", None)
    if bound is None:
        return 0.0 if result.status == 0 else np.inf
    return abs(value - bound) / max(abs(value), 1e-9)


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
