"""What an attacker can derive from published tables: the interval of a cell by linear programming."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ..errors import MethodError
from .tables import Knowledge

TOLERANCE = 1e-6


def intervals(knowledge: Knowledge, cells: Sequence[int] | None = None) -> NDArray[np.float64]:
    """Derive the smallest and largest value that each cell can have, given everything published.

    Args:
        knowledge: Everything published.
        cells: Cells to attack; by default those that need to stay open.

    Returns:
        (cells, 2) lower and upper end; infinite where nothing bounds the cell.

    Raises:
        MethodError: The publications contradict each other.

    Source:
        Fischetti and Salazar-Gonzalez (2001), Solving the cell suppression problem on tabular data with
        linear constraints, Management Science 47(7): the attacker's subproblems.
    """
    wanted = np.flatnonzero(knowledge.need > 0) if cells is None else np.asarray(cells, int)
    rows = (
        knowledge.membership[wanted].toarray()
        if len(wanted)
        else np.empty((0, knowledge.membership.shape[1]))
    )
    return np.array([[_extreme(knowledge, row, sign) for sign in (1.0, -1.0)] for row in rows]).reshape(-1, 2)


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

    def add(self, values: NDArray[np.float64]) -> None:
        """Take in the cells of one possible table."""
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)

    def open(self, need: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Cells whose needed width is proven."""
        return np.asarray((need == 0) | (self.high - self.low >= need - TOLERANCE))


def exposed(knowledge: Knowledge, seen: Witnesses | None = None) -> NDArray[np.int64]:
    """Cells of which an attacker learns more than their flag says.

    Each solution of the linear programme is a table that could be true, for all cells at once; only cells for
    which the tables seen so far do not yet prove the needed width are attacked themselves.

    Args:
        knowledge: Everything published; ``need`` says how wide each cell's interval must stay.
        seen: Witnesses of an earlier, narrower publication of the same cells; this call adds to them.

    Returns:
        Indices of the cells whose derivable interval is narrower than needed.

    Raises:
        MethodError: The publications contradict each other.
    """
    seen = seen or Witnesses(len(knowledge.need))
    matrix, need = knowledge.membership, knowledge.need
    rng = np.random.default_rng(0)

    def look(direction: NDArray[np.float64]) -> bool:
        point = _solve(knowledge, direction)
        if point is not None:
            seen.add(matrix @ point)
        return point is not None

    for _ in range(6):
        # Pulling all unproven cells at once, each its own way, proves most of them.
        weights = rng.uniform(-1, 1, len(need)) * ~seen.open(need)
        if weights.any():
            look(weights @ matrix)
            look(-weights @ matrix)
    for cell in np.flatnonzero(~seen.open(need)):
        for sign in (1.0, -1.0):
            if not seen.open(need)[cell] and not look(sign * matrix[cell].toarray().ravel()):
                seen.low[cell], seen.high[cell] = min(seen.low[cell], 0.0), np.inf  # no bound at all
    return np.flatnonzero(~seen.open(need))


def _extreme(knowledge: Knowledge, row: NDArray[np.float64], sign: float) -> float:
    point = _solve(knowledge, sign * row)
    return -sign * np.inf if point is None else float(row @ point)


def _solve(knowledge: Knowledge, direction: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """A table that minimises ``direction``; None where it has no bound."""
    matrix, low, high = sparse.csc_matrix(knowledge.membership), knowledge.lower, knowledge.upper
    constraints = [LinearConstraint(matrix, low, high)] if matrix.shape[0] else []
    slack = 1e-5 * (1 + np.abs(low))
    for presolve in (True, False):
        result = milp(direction, constraints=constraints, bounds=Bounds(0), options={"presolve": presolve})
        if result.status == 3:
            return None
        # HiGHS of SciPy 1.10 now and then calls a point optimal that breaks a constraint: look before believing.
        if result.status == 0:
            value = matrix @ result.x
            if ((value >= low - slack) & (value <= high + slack)).all():
                return np.asarray(result.x, float)
    if milp(0 * direction, constraints=constraints, bounds=Bounds(0)).status == 0:
        return None
    raise MethodError("The published tables contradict each other.", "privacy")
