"""A table with its margins as a linear system: every published cell is a sum of unknowns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

SHOWN, SMALL, HIDDEN = "", "<", "x"
"""Flags of a published cell: its value is shown; it lies in 1 .. threshold-1; nothing is said of it."""


@dataclass(frozen=True)
class Knowledge:
    """What anybody can read in publications: bounds on sums of unknown, non-negative numbers.

    Attributes:
        membership: (cells, unknowns) 0/1 matrix; a cell is the sum of its unknowns.
        lower: (cells,) smallest value the publication leaves open.
        upper: (cells,) largest one.
        need: (cells,) width of the interval that must stay open; 0 for a shown cell. A cell flagged small
            needs its full range.
    """

    membership: sparse.csr_matrix
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    need: NDArray[np.float64]

    def __add__(self, other: "Knowledge") -> "Knowledge":
        """Both together, about the same unknowns."""
        return Knowledge(
            sparse.vstack([self.membership, other.membership], format="csr"),
            np.concatenate([self.lower, other.lower]),
            np.concatenate([self.upper, other.upper]),
            np.concatenate([self.need, other.need]),
        )


def nothing(unknowns: int) -> Knowledge:
    """What is known before the first publication."""
    empty = np.empty(0)
    return Knowledge(sparse.csr_matrix((0, unknowns)), empty, empty, empty)


def with_margins(inner: ArrayLike) -> NDArray[np.float64]:
    """Append the totals: a last element to a list, a last row and column to a table."""
    table = np.asarray(inner, float)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def margin_membership(shape: tuple[int, ...]) -> sparse.csr_matrix:
    """Which inner cells each cell of a table with margins adds up.

    Args:
        shape: Shape of the inner table, without margins.

    Returns:
        (cells with margins, inner cells) matrix, both in C order.
    """
    result = sparse.csr_matrix([[1.0]])
    for size in shape:
        axis = sparse.vstack([sparse.identity(size), np.ones((1, size))])
        result = sparse.kron(result, axis, format="csr")
    return sparse.csr_matrix(result)
