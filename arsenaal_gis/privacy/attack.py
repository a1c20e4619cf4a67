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


def exposed(knowledge: Knowledge) -> NDArray[np.int64]:
    """Cells of which an attacker learns more than their flag says.

    Each solution of the linear programme is a table that could be true, for all cells at once; only cells for
    which the tables seen so far do not yet prove the needed width are attacked themselves.

    Args:
        knowledge: Everything published; ``need`` says how wide each cell's interval must stay.

    Returns:
        Indices of the cells whose derivable interval is narrower than needed.

    Raises:
        MethodError: The publications contradict each other.
    """
    targets = np.flatnonzero(knowledge.need > 0)
    if not len(targets):
        return targets
    matrix = knowledge.membership[targets]
    seen = np.column_stack([np.full(len(targets), np.inf), np.full(len(targets), -np.inf)])
    reach = knowledge.need[targets] - TOLERANCE

    def look(direction: NDArray[np.float64]) -> bool:
        point = _solve(knowledge, direction)
        if point is None:
            return False
        value = matrix @ point
        np.minimum(seen[:, 0], value, out=seen[:, 0])
        np.maximum(seen[:, 1], value, out=seen[:, 1])
        return True

    everything = np.asarray(matrix.sum(axis=0)).ravel()
    for direction in (everything, -everything):
        look(direction)
    for position in range(len(targets)):
        row = matrix[position].toarray().ravel()
        for sign in (1.0, -1.0):
            if seen[position, 1] - seen[position, 0] < reach[position] and not look(sign * row):
                seen[position, 1] = np.inf
    return targets[seen[:, 1] - seen[:, 0] < reach]


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
