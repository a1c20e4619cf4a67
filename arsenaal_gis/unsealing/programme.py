"""The integer programme behind :func:`select_places`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from ..errors import MethodError
from .refusals import check_columns, check_floors, check_limit, check_request

# Rows of sums that hold to a hair: costs are euros and cents.
_HAIR = 1e-9


@dataclass(frozen=True)
class Programme:
    """Choose places ``x`` (0 or 1) with ``max gain @ x + weight @ (which demand some chosen place reaches)``.

    Attributes:
        cost: (n,) EUR per place.
        gain: (n,) benefit per place.
        may: (n,) False for a vetoed place.
        must: (n,) True for a fixed place.
        budget: EUR.
        most: (r, n) rows of zeros and ones, ``most @ x <= most_count``: streets and conflicts.
        most_count: (r,).
        least: (q, n) rows of zeros and ones, ``least @ x >= least_count``: equity floors.
        least_count: (q,).
        reach: (m, n) which place reaches which demand group.
        demand: (m,) weight of each group, e.g. residents.
        reach_weight: Benefit per unit of demand reached.
        near: A set and the number of places that may differ from it, or None.
    """

    cost: NDArray[np.float64]
    gain: NDArray[np.float64]
    may: NDArray[np.bool_]
    must: NDArray[np.bool_]
    budget: float
    most: csr_matrix
    most_count: NDArray[np.float64]
    least: csr_matrix
    least_count: NDArray[np.float64]
    reach: csr_matrix
    demand: NDArray[np.float64]
    reach_weight: float
    near: tuple[NDArray[np.bool_], int] | None = None

    @property
    def weight(self) -> NDArray[np.float64]:
        """(m,) benefit of each demand group, once reached."""
        return self.reach_weight * self.demand

    def benefit(self, chosen: NDArray[np.bool_]) -> float:
        """Benefit of a set, coverage included."""
        return float(self.gain @ chosen + self.weight @ self.reached(chosen))

    def covered(self, chosen: NDArray[np.bool_]) -> float:
        """Weight of the demand that a set reaches."""
        return float(self.demand @ self.reached(chosen))

    def reached(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """(m,) the demand groups that a set reaches."""
        return np.asarray(self.reach @ chosen.astype(float)) > 0

    def fair(self, chosen: NDArray[np.bool_]) -> bool:
        """Whether a set meets the equity floors."""
        return bool((self.least @ chosen.astype(float) >= self.least_count).all())

    def holds(self, chosen: NDArray[np.bool_]) -> bool:
        """Whether a set meets every condition."""
        taken = chosen.astype(float)
        return bool(
            (chosen <= self.may).all()
            and (chosen >= self.must).all()
            and self.cost @ taken <= self.budget * (1 + _HAIR)
            and (self.most @ taken <= self.most_count).all()
            and self.fair(chosen)
            and (self.near is None or (chosen != self.near[0]).sum() <= self.near[1])
        )

    def with_budget(self, budget: float) -> "Programme":
        """The same with another budget."""
        return replace(self, budget=min(budget, float(self.cost.sum())))

    def without_floors(self) -> "Programme":
        """The same without equity floors."""
        return replace(self, least=self.least[:0], least_count=self.least_count[:0])

    def within(self, before: NDArray[np.bool_], places: int) -> "Programme":
        """The same, at most so many places different from a set."""
        return replace(self, near=(before, places))


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
) -> Programme:
    """Lay out the programme of :func:`~arsenaal_gis.unsealing.select_places`, whose arguments these are.

    Raises:
        MethodError: A request that no set can satisfy.
    """
    needed = {"kandidaat_id", "baat", "kost_eur", *(["straat"] if max_per_street is not None else [])}
    check_columns(candidates, sorted(needed | ({"zone"} if floors else set())))
    check_request(candidates, budget, vetoed, fixed, conflicts)
    ids = pd.Index(candidates["kandidaat_id"].astype(str))
    cost, gain = (candidates[name].to_numpy(float) for name in ("kost_eur", "baat"))
    may, must = ~ids.isin(vetoed), ids.isin(fixed)
    table, weight = _grouped(reach, demand, len(ids))
    most, count = [csr_matrix((0, len(ids)))], [np.zeros(0)]
    if conflicts:
        a, b = (ids.get_indexer([pair[k] for pair in conflicts]) for k in (0, 1))
        most.append(_rows(np.column_stack([a, b])[(a >= 0) & (b >= 0) & (a != b)], len(ids)))
        count.append(np.ones(most[-1].shape[0]))
    if max_per_street is not None:
        street, names = pd.factorize(candidates["straat"], sort=True)
        most.append(_members(street, len(names)))
        count.append(np.full(len(names), float(max_per_street)))
        check_limit(most[-1], must, max_per_street, names)
    zone, names = pd.factorize(candidates["zone"], sort=True) if floors else (np.full(len(ids), -1), [])
    order = pd.Index(names).get_indexer(list(floors))
    least = vstack([_members(zone, len(names)), csr_matrix((1, len(ids)))], "csr")[order]
    check_floors(least, may, cost, floors, budget)
    return Programme(
        cost=cost,
        gain=gain,
        may=may,
        must=must,
        budget=min(float(budget), cost.sum()),
        most=vstack(most, "csr"),
        most_count=np.concatenate(count),
        least=least,
        least_count=np.array(list(floors.values()), float),
        reach=table,
        demand=weight,
        reach_weight=reach_weight,
    )


def _members(group: NDArray[np.intp], groups: int) -> csr_matrix:
    """(groups, n) table of which place belongs to which group; -1 belongs to none."""
    known = np.flatnonzero(group >= 0)
    return csr_matrix((np.ones(len(known)), (group[known], known)), (groups, len(group)))


def _rows(members: NDArray[np.intp], count: int) -> csr_matrix:
    """(k, n) table from k lists of equally many members."""
    row = np.repeat(np.arange(len(members)), members.shape[1])
    return csr_matrix((np.ones(members.size), (row, members.ravel())), (len(members), count))


def _grouped(
    reach: csr_matrix | None, demand: Sequence[float] | None, count: int
) -> tuple[csr_matrix, NDArray[np.float64]]:
    """Merge demand points that the same places reach: the same optimum with fewer rows."""
    if reach is None:
        return csr_matrix((0, count)), np.zeros(0)
    table = csr_matrix(reach).astype(bool).tocsr()
    table.sort_indices()
    weight = np.atleast_1d(np.asarray(() if demand is None else demand, float))
    if table.shape != (len(weight), count) or not (weight >= 0).all():
        raise MethodError(
            f"A reach table of shape {table.shape} needs {count} places and as many known demands as it has rows."
        )
    groups: dict[bytes, tuple[int, list[float]]] = {}
    for point in range(table.shape[0]):
        columns = table.indices[table.indptr[point] : table.indptr[point + 1]]
        if len(columns) and weight[point] > 0:
            groups.setdefault(columns.tobytes(), (point, []))[1].append(weight[point])
    first = [point for point, _ in groups.values()]
    return table[first].astype(float), np.array([sum(weights) for _, weights in groups.values()])
