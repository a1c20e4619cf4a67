"""What an attacker can derive from published tables: the interval of a cell by linear programming."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from ..errors import MethodError
from .tables import Knowledge

TOLERANCE = 1e-6


class Witnesses:
    """Smallest and largest value seen of every cell in tables that could all be true.

    A table that fits what is published still fits when less is published: what was seen stays proof while a
    search hides more and more.

    Attributes:
        low: (cells,) smallest value seen.
        high: (cells,) largest value seen.
    """

    def __init__(self, cells: int) -> None:
        self.low, self.high = np.full(cells, np.inf), np.full(cells, -np.inf)

    def add(self, values: NDArray[np.float64] | None) -> None:
        """Take in the cells of one possible table, where there is one."""
        if values is None:
            return
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)

    def open(self, need: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Cells whose needed width is proven."""
        return np.asarray((need == 0) | (self.high - self.low >= need - TOLERANCE))


def pull(solve: "Solver", seen: Witnesses) -> None:
    """Look for tables in which all unproven cells are far from where they were seen, each its own way.

    Each solution of the linear programme is a table that could be true, for all cells at once: a few prove most.

    Args:
        solve: Finds tables that agree with what is published.
        seen: What was seen of an earlier, narrower publication of the same cells; this call adds to it.

    Raises:
        MethodError: The publications contradict each other.
    """
    matrix, need = solve.knowledge.membership, solve.knowledge.need
    rng = np.random.default_rng(0)
    left, rounds = int((~seen.open(need)).sum()), 0
    while left:
        weights = rng.uniform(-1, 1, len(need)) * ~seen.open(need)
        seen.add(solve(weights @ matrix))
        seen.add(solve(-weights @ matrix))
        before, left, rounds = left, int((~seen.open(need)).sum()), rounds + 1
        if rounds >= 3 and before - left < 4:  # from here on a cell by itself costs as much
            return


def exposed(knowledge: Knowledge, seen: Witnesses | None = None) -> NDArray[np.int64]:
    """Cells of which an attacker learns more than their flag says.

    Only cells for which the tables seen so far do not yet prove the needed width are attacked themselves, at once
    where they do not touch each other.

    Args:
        knowledge: Everything published; ``need`` says how wide each cell's interval must stay.
        seen: What was seen of an earlier, narrower publication of the same cells; this call adds to it.

    Returns:
        Indices of the cells whose derivable interval is narrower than needed.

    Raises:
        MethodError: The publications contradict each other.
    """
    seen = seen or Witnesses(len(knowledge.need))
    matrix, need = knowledge.membership, knowledge.need
    solve = Solver(knowledge)
    pull(solve, seen)
    weak = np.flatnonzero(~seen.open(need))
    while len(weak):
        chosen = solve.apart(weak)
        for sign in (1.0, -1.0):
            open_ = seen.open(need)
            seen.add(solve(sign * np.asarray(matrix[chosen[~open_[chosen]]].sum(axis=0)).ravel()))
        weak = np.setdiff1d(weak, chosen)
    return np.flatnonzero(~seen.open(need))


def fits(knowledge: Knowledge, cells: NDArray[np.float64]) -> bool:
    """Whether the cells of a table agree with what is published.

    HiGHS of SciPy 1.10 now and then calls a point optimal that breaks a constraint: look before believing.
    """
    slack = 1e-5 * (1 + np.abs(knowledge.lower))
    return bool(((cells >= knowledge.lower - slack) & (cells <= knowledge.upper + slack)).all())


class Solver:
    """Finds tables that agree with what is published.

    Unknowns get a ceiling far above anything published or needed: a table below it proves as much, and no
    direction is without an end.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        told = np.concatenate([knowledge.lower, knowledge.upper, knowledge.need, [1.0]])
        self.bounds = Bounds(0, 10 * told[np.isfinite(told)].max())
        binds = np.isfinite(knowledge.upper) | (knowledge.lower > 0)
        limits = LinearConstraint(
            sparse.csc_matrix(knowledge.membership[binds]), knowledge.lower[binds], knowledge.upper[binds]
        )
        self.constraints = [limits] if binds.any() else []

    @cached_property
    def part(self) -> NDArray[np.int64]:
        """(unknowns,) number of the part of the system that each is in; no constraint connects two parts."""
        matrix = self.knowledge.membership[~_implied(self.knowledge)]
        links = sparse.bmat([[None, matrix], [matrix.T, None]])
        return np.asarray(connected_components(links, directed=False)[1][matrix.shape[0] :], np.int64)

    def apart(self, cells: NDArray[np.int64]) -> NDArray[np.int64]:
        """As many of these cells as no constraint connects: each can be moved without regard to the others."""
        matrix, taken, chosen = self.knowledge.membership, np.zeros(self.part.max() + 1, bool), []
        for cell in cells:
            touched = self.part[matrix.indices[matrix.indptr[cell] : matrix.indptr[cell + 1]]]
            if not taken[touched].any():
                taken[touched] = True
                chosen.append(cell)
        return np.array(chosen, np.int64)

    def __call__(self, direction: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The cells of a table that minimises ``direction``; None where HiGHS finds none.

        Raises:
            MethodError: No table agrees with what is published.
        """
        for presolve in (False, True):  # programmes this small are solved faster as they are
            found = self._run(direction, presolve)
            if found is not None:
                return found
        if self._run(0 * direction, presolve=True) is None:
            raise MethodError("The published tables contradict each other.", "privacy")
        return None

    def _run(self, direction: NDArray[np.float64], presolve: bool) -> NDArray[np.float64] | None:
        found = milp(
            direction, constraints=self.constraints, bounds=self.bounds, options={"presolve": presolve}
        )
        if found.status != 0:
            return None
        cells = np.asarray(self.knowledge.membership @ found.x, float)
        return cells if fits(self.knowledge, cells) else None


def _implied(knowledge: Knowledge) -> NDArray[np.bool_]:
    """Rows that say nothing, or nothing new: the exact sum of exact parts."""
    matrix, low, high = knowledge.membership, knowledge.lower, knowledge.upper
    members = np.split(matrix.indices, matrix.indptr[1:-1])
    breadth = np.diff(matrix.indptr)
    result = np.isinf(high) & (low <= 0)
    exact, fixed = np.full(matrix.shape[1], -1), np.flatnonzero(low == high)
    for row in fixed[np.argsort(breadth[fixed], kind="stable")]:
        inside = members[row]
        known = exact[inside] >= 0
        if breadth[np.unique(exact[inside][known])].sum() == known.sum():  # whole parts, no pieces of them
            result[row] = known.all()
            exact[inside] = row
    return np.asarray(result, bool)
