"""Complementary suppression: hide as little more as makes the sensitive cells safe."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ..errors import MethodError, ReleaseRefused
from .attack import Witnesses, exposed
from .tables import HIDDEN, SHOWN, SMALL, Knowledge, margin_membership, nothing, with_margins


@dataclass(frozen=True)
class Suppression:
    """A table that may be shown.

    Attributes:
        flags: '' shown, '<' in 1 .. threshold-1, 'x' nothing said; shape of the table.
        values: The table with NaN where not shown.
        knowledge: What a reader knows of each cell, in C order of the table.
    """

    flags: NDArray[np.str_]
    values: NDArray[np.float64]
    knowledge: Knowledge


def suppress(
    table: ArrayLike,
    threshold: float = 5.0,
    k: float = 10.0,
    *,
    hide: ArrayLike | None = None,
    given: ArrayLike | None = None,
    membership: sparse.csr_matrix | None = None,
    prior: Knowledge | None = None,
    need: ArrayLike | None = None,
    limit: float = 1.0,
) -> Suppression:
    """Hide the small and sensitive cells of a table, and as many others as their protection takes.

    Cells of 1 .. threshold-1 are flagged as such (zero is shown: an empty class harms nobody). Then, for every
    hidden cell whose interval an attacker could narrow, the cheapest set of further cells is hidden that lets it
    take the values at both ends of its interval; margins are cells too. What was published before holds as
    well. The attacker is granted more than he is told: that a hidden cell of at least ``threshold`` is that.

    Args:
        table: Counts, margins included: a total behind a list, total row and column behind a table.
        threshold: Smallest count that may be shown.
        k: Width that the interval of a hidden cell must keep.
        hide: Boolean, shape of ``table``: cells that are sensitive for another reason.
        given: Boolean, shape of ``table``: cells that anybody can look up, such as the addresses on a street
            side; they are neither hidden nor protected.
        membership: (cells, unknowns) matrix where the cells are no plain table with margins.
        prior: Everything published before about the same unknowns.
        need: Shape of ``table``: width for each cell if hidden, where not ``k`` for all.
        limit: Share of the filled cells that may be closed; with more, the table says too little to go on.

    Returns:
        The flags and values to publish.

    Raises:
        Unprotected: No further suppression makes the named cells safe.
        TooLittleLeft: More than ``limit`` would be closed.
        MethodError: A count is unknown or negative, or the margins are not the sums of the cells.

    Source:
        Fischetti and Salazar-Gonzalez (2001), Management Science 47(7), the linear relaxation taken cell by
        cell; methods E.
    """
    shaped = np.asarray(table, float)
    value = shaped.ravel()
    if not value.size or not (np.isfinite(value) & (value >= 0)).all():
        raise MethodError(
            "Only known counts of at least 0 can be protected.", "suppress", "Correct the table."
        )
    matrix = margin_membership(tuple(n - 1 for n in shaped.shape)) if membership is None else membership
    if membership is None and not np.allclose(shaped, with_margins(shaped[(slice(-1),) * shaped.ndim])):
        raise MethodError(
            "The margins are not the sums of the cells.", "suppress", "Append them with with_margins()."
        )
    search = _Search(
        value,
        sparse.csr_matrix(matrix),
        threshold,
        prior or nothing(matrix.shape[1]),
        np.full(value.shape, float(k)) if need is None else np.asarray(need, float).ravel(),
        np.zeros(value.shape, bool) if given is None else np.asarray(given, bool).ravel(),
    )
    if hide is not None:
        search.hidden |= np.asarray(hide, bool).ravel() & ~search.given
    search.run(limit)
    return Suppression(
        search.flags().reshape(shaped.shape),
        np.where(search.flags() == SHOWN, value, np.nan).reshape(shaped.shape),
        search.known(strict=False),
    )


class Unprotected(ReleaseRefused):
    """Cells that stay derivable whatever else is hidden.

    Attributes:
        cells: Their indices; those past the end of the table are cells of earlier releases.
    """

    def __init__(self, cells: NDArray[np.int64]) -> None:
        super().__init__(
            f"Met wat eerder is vrijgegeven of algemeen bekend is, zijn {len(cells)} onderdrukte cellen te berekenen.",
            "privacy",
            "Geef dezelfde eenheden en dezelfde grens vrij als eerder, of laat dit onderwerp weg.",
        )
        self.cells = cells


class TooLittleLeft(ReleaseRefused):
    """A table of which so much has to be closed that it says nothing."""

    def __init__(self, closed: int, cells: int) -> None:
        super().__init__(f"meer dan {closed - 1} van {cells} cellen zou onderdrukt zijn", "privacy")


class _Search:
    """State of one search: which cells are hidden so far."""

    def __init__(
        self,
        value: NDArray[np.float64],
        matrix: sparse.csr_matrix,
        threshold: float,
        prior: Knowledge,
        need: NDArray[np.float64],
        given: NDArray[np.bool_],
    ) -> None:
        self.value, self.matrix, self.threshold, self.prior, self.k = value, matrix, threshold, prior, need
        self.given = given
        self.small = (value > 0) & (value < threshold) & ~given
        self.hidden = np.zeros(value.shape, bool)
        self.seen = Witnesses(len(value) + len(prior.lower))

    def flags(self) -> NDArray[np.str_]:
        return np.where(self.hidden, HIDDEN, np.where(self.small, SMALL, SHOWN))

    def known(self, strict: bool) -> Knowledge:
        """What a reader knows; a strict one also knows which hidden cells reach the threshold."""
        flag = self.flags()
        floor = np.where(strict & (self.value >= self.threshold), self.threshold, 0.0)
        lower = np.where(flag == SHOWN, self.value, np.where(flag == SMALL, 1.0, floor))
        upper = np.where(flag == SHOWN, self.value, np.where(flag == SMALL, self.threshold - 1, np.inf))
        need = np.where(flag == HIDDEN, self.k, np.where(flag == SMALL, self.threshold - 2, 0.0))
        return Knowledge(self.matrix, lower, upper, need)

    def run(self, limit: float) -> None:
        """Hide until nothing is exposed; every round hides at least one more cell, or refuses."""
        while True:
            self._count(limit)
            weak = exposed(self.known(strict=True) + self.prior, self.seen)
            if not len(weak):
                return
            before = self.hidden.copy()
            for cell in weak:
                self._protect(int(cell))
                self._count(limit)
            if (before == self.hidden).all():
                raise Unprotected(weak)

    def _count(self, limit: float) -> None:
        """Stop as soon as the table says too little: most of the work is in tables that end that way."""
        closed = (self.hidden | self.small).sum()
        if closed > limit * max((self.value > 0).sum(), 1):
            raise TooLittleLeft(closed, len(self.value))

    def _protect(self, cell: int) -> None:
        """Hide what must move for the cell to reach both ends of the interval it needs."""
        if cell < len(self.value):
            ends = (
                (self.threshold - 1, 1.0)
                if self.small[cell] and not self.hidden[cell]
                else (self.value[cell] + self.k[cell],)
            )
            row = self.matrix[cell]
        else:
            earlier = cell - len(self.value)
            row, low = self.prior.membership[earlier], self.prior.lower[earlier]
            ends = (low + self.prior.need[earlier], low)
        for target in ends:
            if not self._open(cell):
                self._reach(row, target)

    def _open(self, cell: int) -> bool:
        return bool(self.seen.open((self.known(strict=True) + self.prior).need)[cell])

    def _reach(self, row: sparse.csr_matrix, target: float) -> None:
        """Find the cheapest cells to let go of so that ``row`` can take the value ``target``.

        Unknowns of the programme: the inner cells, then for each cell of the table how far it moves out of
        what is now said of it, upwards and downwards. A move costs as the value it hides.
        """
        known = self.known(strict=True) + self.prior
        cells, unknowns = self.matrix.shape
        movable = np.flatnonzero(~self.hidden & ~self.given)
        pick = sparse.csr_matrix(
            (np.ones(len(movable)), (movable, np.arange(len(movable)))),
            shape=(known.membership.shape[0], len(movable)),
        )
        system = sparse.hstack([known.membership, -pick, pick], format="csc")
        goal = sparse.hstack([row, sparse.csr_matrix((1, 2 * len(movable)))], format="csc")
        value = self.value[movable]
        breadth = np.asarray(self.matrix[movable].sum(axis=1)).ravel()
        price = (1.0 + np.log1p(value) + np.where(value == 0, 20.0, 0.0)) * (
            1.0 + breadth / max(unknowns, 1) * 5
        )
        floor = np.where(value >= self.threshold, self.threshold, 0.0)
        down = np.where(self.small[movable], 1.0, value - floor)
        result = milp(
            np.concatenate([np.zeros(unknowns), price, price]),
            constraints=[
                LinearConstraint(system, known.lower, known.upper),
                LinearConstraint(goal, target, target),
            ],
            bounds=Bounds(0, np.concatenate([np.full(unknowns + len(movable), np.inf), down])),
        )
        if result.status == 0:
            moves = result.x[unknowns:].reshape(2, -1).max(axis=0)
            self.hidden[movable[moves > 1e-6]] = True
            self.seen.add(known.membership @ result.x[:unknowns])
