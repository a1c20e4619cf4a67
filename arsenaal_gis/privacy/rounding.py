"""Controlled rounding: every cell goes to a multiple next to it, and the table still adds up."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ..errors import MethodError
from .tables import margin_membership


def round_to_base(
    table: ArrayLike,
    base: int = 5,
    *,
    hidden: ArrayLike | None = None,
    membership: sparse.csr_matrix | None = None,
) -> NDArray[np.float64]:
    """Round a table with its margins to multiples of ``base``, additively.

    Every cell moves to the multiple just below or just above it, multiples stay, and the sum of the moves is
    as small as it can be. A relation between cells that is broken by a hidden cell need not hold: otherwise
    the rounded value of the hidden cell could be read off the others.

    Args:
        table: Counts with margins: a total behind a list, total row and column behind a table.
        base: Multiple to round to.
        hidden: Boolean, shape of ``table``: cells that are not published.
        membership: (cells, inner cells) matrix where the cells are no plain table with margins; the first
            cells that are exactly one unknown are its inner cells.

    Returns:
        The rounded table, NaN where hidden; each shown cell moves by less than ``base``.

    Raises:
        MethodError: More than two dimensions or overlapping relations without an additive rounding, a shown cell
            that is unknown, or a base below 1.

    Source:
        Causey, Cox and Ernst (1985), Applications of transportation theory to statistical problems, JASA 80:
        a two-way table always has a zero-restricted controlled rounding.
    """
    shaped = np.asarray(table, float)
    if not shaped.size:
        return shaped
    mask = np.zeros(shaped.size, bool) if hidden is None else np.asarray(hidden, bool).ravel()
    if base < 1 or not np.isfinite(shaped.ravel()[~mask]).all():
        raise MethodError(
            "Only known numbers are rounded, to a base of at least 1.",
            f"base {base}",
            "Mark the others as hidden.",
        )
    value = np.where(mask, 0.0, shaped.ravel())
    matrix = margin_membership(tuple(n - 1 for n in shaped.shape)) if membership is None else membership
    relations = _relations(sparse.csr_matrix(matrix), mask)
    floor = np.floor(value / base)
    fraction = value / base - floor
    free = (fraction > 1e-9).astype(float)
    # Moving up costs 1 - fraction, staying costs fraction: a linear price of the choice.
    result = milp(
        np.where(mask, 0.0, 1.0 - 2.0 * fraction),
        constraints=[LinearConstraint(relations, -(relations @ floor), -(relations @ floor))]
        if relations.shape[0]
        else [],
        integrality=np.ones(len(value)),
        bounds=Bounds(0, free),
    )
    if result.status != 0:
        raise MethodError(
            "This table has no additive rounding in which every cell moves by less than the base.",
            f"base {base}",
            "Round each of its two-way tables apart.",
        )
    rounded = (floor + np.round(result.x)) * base
    return np.where(mask, np.nan, rounded).reshape(shaped.shape)


def _relations(matrix: sparse.csr_matrix, hidden: NDArray[np.bool_]) -> sparse.csr_matrix:
    """Rows r with ``r @ cells == 0``: each margin less the cells one level below it, shown ones only.

    A margin equals the sum of any family of disjoint cells that covers it; the families used are those of
    inner cells and, for a total of totals, those of equally broad margins, so that they follow from the
    inner ones where nothing is hidden and hold by themselves where something is.
    """
    breadth = np.asarray(matrix.sum(axis=1)).ravel()
    single = np.flatnonzero(breadth == 1)
    inner_of = np.full(matrix.shape[1], -1)
    for cell in single[::-1]:
        inner_of[matrix.indices[matrix.indptr[cell]]] = cell
    rows: list[dict[int, float]] = []
    same: dict[tuple[int, ...], int] = {}
    for cell in np.flatnonzero(~hidden):
        first = same.setdefault(tuple(matrix[cell].indices), int(cell))
        if first != cell:
            rows.append({first: 1.0, int(cell): -1.0})
    for margin in np.flatnonzero(breadth > 1):
        inside = matrix.indices[matrix.indptr[margin] : matrix.indptr[margin + 1]]
        families = [inner_of[inside]]
        overlap = np.asarray((matrix @ matrix[margin].T).todense()).ravel()
        below = np.flatnonzero((overlap == breadth) & (breadth > 1) & (breadth < breadth[margin]))
        for size in np.unique(breadth[below]):
            family: list[int] = []
            covered = np.zeros(matrix.shape[1], bool)
            for cell in below[breadth[below] == size]:
                part = matrix.indices[matrix.indptr[cell] : matrix.indptr[cell + 1]]
                if not covered[part].any():
                    covered[part] = True
                    family.append(int(cell))
            if covered[inside].all():
                families.append(np.array(family))
        for chosen in families:
            if (chosen >= 0).all() and not hidden[chosen].any() and not hidden[margin]:
                rows.append({int(margin): 1.0, **{int(c): -1.0 for c in chosen}})
    result = sparse.lil_matrix((len(rows), matrix.shape[0]))
    for index, row in enumerate(rows):
        for cell, sign in row.items():
            result[index, cell] = sign
    return sparse.csr_matrix(result)
