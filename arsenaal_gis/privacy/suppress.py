"""Complementary suppression: hide as little more as makes the sensitive cells safe."""

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ..errors import MethodError, ReleaseRefused
from .attack import Solver, Witnesses, exposed, fits, pull
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
    alike: ArrayLike | None = None,
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
        alike: Boolean, shape of ``table``: cells hidden together whatever their size, so that being hidden does
            not tell of one of them that it is at least ``threshold``.

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
        np.zeros(value.shape, bool) if hide is None else np.asarray(hide, bool).ravel(),
    )
    if alike is not None:
        search.floor[np.asarray(alike, bool).ravel()] = 0.0
    search.run(limit)
    return search.result(shaped.shape)


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
        hide: NDArray[np.bool_],
    ) -> None:
        self.value, self.threshold, self.prior, self.k = value, threshold, prior, need
        self.matrix, self.everything = matrix, sparse.vstack([matrix, prior.membership], format="csr")
        self.small = (value > 0) & (value < threshold) & ~given
        self.floor = np.where(value >= threshold, threshold, 0.0)
        self.hidden, self.may_hide = hide & ~given, ~given
        self.seen = Witnesses(len(value) + len(prior.lower))
        self.widest = Witnesses(len(value) + len(prior.lower))
        # Unknowns of the programmes that hide: the inner cells, then for each cell of the table how far it moves
        # out of what is now said of it, upwards and downwards.
        move = sparse.vstack([sparse.identity(len(value)), sparse.csr_matrix((len(prior.lower), len(value)))])
        self.system = sparse.hstack([self.everything, -move, move], format="csc")
        breadth = np.asarray(matrix.sum(axis=1)).ravel() / max(matrix.shape[1], 1)
        self.price = (1.0 + np.log1p(value) + np.where(value == 0, 20.0, 0.0)) * (1.0 + 5 * breadth)

    def _look_ahead(self) -> None:
        """Find the cells that keep their width once all others are hidden; the rest is never hidden.

        Raises:
            Unprotected: A cell that has to be closed keeps too little even then.
        """
        stuck, cells = np.zeros(len(self.seen.low), bool), np.arange(len(self.value))
        # Without the floors of margins, which hardly matter where all is hidden, the units fall apart.
        breadth = np.diff(self.matrix.indptr)
        overlap = sparse.coo_matrix(self.matrix @ self.matrix.T)
        margins = overlap.row[
            (overlap.data == breadth[overlap.col]) & (breadth[overlap.col] < breadth[overlap.row])
        ]
        floor = np.where(np.isin(cells, margins), 0.0, self.floor)
        while True:
            self.widest = Witnesses(len(stuck))
            most = self._known(self.may_hide, floor)
            narrow = exposed(dataclasses.replace(most, need=np.where(stuck, 0.0, most.need)), self.widest)
            if not len(narrow):
                break
            lost = self.may_hide & np.isin(cells, narrow)
            stuck[np.setdiff1d(narrow, np.flatnonzero(lost & ~self.hidden))] = True
            self.may_hide = self.may_hide & ~lost
        if stuck.any():
            raise Unprotected(np.flatnonzero(stuck))

    def _known(
        self, hidden: NDArray[np.bool_], floor: NDArray[np.float64] | float | None = None
    ) -> Knowledge:
        """What a reader knows where these cells are hidden; by default also which of them reach the threshold."""
        small = self.small & ~hidden
        lower = np.where(hidden, self.floor if floor is None else floor, np.where(small, 1.0, self.value))
        upper = np.where(hidden, np.inf, np.where(small, self.threshold - 1, self.value))
        need = np.where(hidden, self.k, np.where(small, self.threshold - 2, 0.0))
        prior = self.prior
        return Knowledge(
            self.everything,
            np.concatenate([lower, prior.lower]),
            np.concatenate([upper, prior.upper]),
            np.concatenate([need, prior.need]),
        )

    def result(self, shape: tuple[int, ...]) -> Suppression:
        """What is published: it does not tell which hidden cells reach the threshold."""
        flags = np.where(self.hidden, HIDDEN, np.where(self.small, SMALL, SHOWN))
        known, cells = self._known(self.hidden, floor=0.0), len(self.value)
        return Suppression(
            flags.reshape(shape),
            np.where(flags == SHOWN, self.value, np.nan).reshape(shape),
            Knowledge(self.matrix, known.lower[:cells], known.upper[:cells], known.need[:cells]),
        )

    def run(self, limit: float) -> None:
        """Hide until nothing is exposed; every round hides at least one more cell, or refuses."""
        self._count(limit)
        while len(weak := self._unproven()):
            if np.isinf(self.widest.low).all():
                self._look_ahead()
            before = self.hidden.copy()
            for cell in weak:
                self._protect(int(cell))
                self._count(limit)
            if (before == self.hidden).all() and len(weak := exposed(self._known(self.hidden), self.seen)):
                raise Unprotected(weak)

    def _unproven(self) -> NDArray[np.int64]:
        known = self._known(self.hidden)
        pull(Solver(known), self.seen)
        return np.flatnonzero(~self.seen.open(known.need))

    def _count(self, limit: float) -> None:
        """Stop as soon as the table says too little: most of the work is in tables that end that way."""
        closed = (self.hidden | self.small).sum()
        if closed > limit * max((self.value > 0).sum(), 1):
            raise TooLittleLeft(closed, len(self.value))

    def _protect(self, cell: int) -> None:
        """Hide what must move for the cell to reach both ends of an interval as wide as it needs."""
        known = self._known(self.hidden)
        start = self.value[cell] if cell < len(self.value) else self.seen.low[cell]
        top = min(start + known.need[cell], known.upper[cell], self.widest.high[cell])
        for target in (top, top - known.need[cell]):
            if not self.seen.open(known.need)[cell]:
                self._reach(cell, target)

    def _reach(self, cell: int, target: float) -> None:
        """Find the cheapest cells to let go of so that ``cell`` can take the value ``target``.

        A move costs as the value it hides.
        """
        known, (cells, unknowns) = self._known(self.hidden), self.matrix.shape
        lower, upper = known.lower.copy(), known.upper.copy()
        lower[cell] = upper[cell] = target
        movable = self.may_hide & ~self.hidden & (np.arange(cells) != cell)
        up = np.where(movable, np.inf, 0.0)
        down = np.where(movable, np.where(self.small, 1.0, self.value - self.floor), 0.0)
        found = milp(
            np.concatenate([np.zeros(unknowns), self.price, self.price]),
            constraints=[LinearConstraint(self.system, lower, upper)],
            bounds=Bounds(0, np.concatenate([np.full(unknowns, np.inf), up, down])),
            options={"presolve": False},
        )
        if found.status == 0:
            moves = found.x[unknowns:].reshape(2, -1).max(axis=0)
            self.hidden[movable & (moves > 1e-6)] = True
            values = self.everything @ found.x[:unknowns]
            if fits(self._known(self.hidden), values):
                self.seen.add(values)
