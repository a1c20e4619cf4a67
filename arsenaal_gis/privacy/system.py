"""The linear system of a table: what its cells add up, and what earlier releases said of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from .differencing import Atoms, atoms
from .ledger import Earlier, classes
from .places import TOTAL, WHOLE, Places
from .sensitivity import all_equal
from .suppress import Suppression, suppress
from .tables import Knowledge, nothing

UNKNOWN = "onbekend"
KNOWN = "gekend"
"""Code of the sum of all classes but the unknown."""
Period = tuple[pd.Timestamp, pd.Timestamp]


@dataclass(frozen=True)
class Subject:
    """What is counted.

    Attributes:
        name: ``layer.field``; the ledger follows it under this name.
        codes: Classes; a single one for an amount.
        place: (n,) row in ``Places.rows`` of each record.
        code: (n,) class of each record.
        amount: (n,) what each record adds to its class: 1 for a count.
        day: (n,) day of an event; None for a state.
        public: Whether anybody can look up how many records a place has (addresses, dwellings).
        p: Percentage that an estimate of a hidden amount must be off; None for counts.
        social: Whether the class says something of the people; of the building or the street, everybody may know
            that all are the same.
    """

    name: str
    codes: tuple[str, ...]
    place: NDArray[np.int64]
    code: NDArray[np.int64]
    amount: NDArray[np.float64]
    day: NDArray[np.datetime64] | None = None
    public: bool = False
    p: float | None = None
    social: bool = True

    @property
    def period(self) -> Period | None:
        """Whole months that the events span; None for a state."""
        if self.day is None or not len(self.day):
            return None
        months = pd.PeriodIndex(pd.to_datetime(self.day), freq="M")
        return months.min().start_time.normalize(), months.max().end_time.normalize()


class System:
    """The linear system of one table and of what was said before; unknowns are atom x class x span of time."""

    def __init__(
        self,
        subject: Subject,
        places: Places,
        unit_of: NDArray[np.object_],
        units: list[str],
        earlier: Sequence[Earlier],
    ) -> None:
        self.subject, self.units = subject, units
        self.relevant = relevant = [e for e in earlier if _overlap(e.period, subject.period)]
        self.areas = [np.array([unit_of == name for name in units])]
        self.earlier_units = []
        for e in relevant:
            ids = sorted(set(e.cells["eenheid_id"]) - {TOTAL})
            self.earlier_units.append(ids)
            self.areas.append(places.members(e.unit, np.array(ids, dtype=object), places.within(e.boundary)))
        self.weight = places.weight
        self.group: Atoms = atoms(np.vstack(self.areas), places.weight)
        known = {c for e in relevant for sums in e.cells["code"] for c in classes(sums)} - {TOTAL, KNOWN}
        self.codes = list(subject.codes) + sorted(known - set(subject.codes))
        self.code_names = list(subject.codes) + ([TOTAL] if subject.p is None else [])
        self.edges = _edges([subject.period, *(e.period for e in relevant)])
        self.truth = self._truth()
        self.own = self._cells(0, len(units), subject.period)
        keep = [self.codes.index(c) if c != TOTAL else len(self.codes) for c in self.code_names]
        rows = np.arange(self.own.shape[0]).reshape(len(units) + 1, -1)[:, keep]
        self.matrix = self.own[rows.ravel()]
        self.value = np.round(self.matrix @ self.truth, 6).reshape(len(units) + 1, len(keep))
        self.prior = self._public()
        self.before = np.full((len(relevant), *self.value.shape), np.nan)
        start = len(units)
        for index, (e, ids) in enumerate(zip(relevant, self.earlier_units, strict=True)):
            self.prior += self._said(e, ids, start, index)
            start += len(ids)

    def _truth(self) -> NDArray[np.float64]:
        subject, spans = self.subject, max(len(self.edges) - 1, 1)
        span = np.zeros(len(subject.place), np.int64)
        if subject.day is not None:
            span = np.clip(
                np.searchsorted(self.edges, subject.day.astype("datetime64[D]"), side="right") - 1,
                0,
                spans - 1,
            )
        self.variable = (self.group.atom[subject.place] * len(self.codes) + subject.code) * spans + span
        size = len(self.group.population) * len(self.codes) * spans
        return np.bincount(self.variable, weights=subject.amount, minlength=size)

    def _cells(self, start: int, count: int, period: Period | None) -> sparse.csr_matrix:
        """All cells of a table: its units and their total, the classes and theirs, over its period."""
        area = self.group.membership[start : start + count].astype(float)
        area = np.vstack([area, area.max(axis=0, keepdims=True) if count else np.zeros((1, area.shape[1]))])
        code = sparse.vstack([sparse.identity(len(self.codes)), np.ones((1, len(self.codes)))])
        span = np.ones((1, 1))
        if period is not None:
            first, last = (np.datetime64(day, "D") for day in period)
            span = ((self.edges[:-1] >= first) & (self.edges[:-1] <= last)).astype(float)[None, :]
        return sparse.csr_matrix(sparse.kron(sparse.kron(sparse.csr_matrix(area), code), span, format="csr"))

    def _public(self) -> Knowledge:
        """How many records anybody can look up per atom, or at most suppose: one per dwelling."""
        subject, count = self.subject, len(self.group.population)
        width = len(self.truth) // count
        if subject.p is not None or subject.day is not None:
            return nothing(len(self.truth))
        matrix = sparse.csr_matrix(sparse.kron(sparse.identity(count), np.ones((1, width)), format="csr"))
        total = matrix @ self.truth
        single = len(np.unique(subject.place)) == len(subject.place)
        upper = total if subject.public else self.group.population if single else np.full(count, np.inf)
        return Knowledge(matrix, total if subject.public else np.zeros(count), upper, np.zeros(count))

    def _said(self, e: Earlier, ids: list[str], start: int, index: int) -> Knowledge:
        """Cells of an earlier release that the present data do not contradict."""
        area = e.cells["eenheid_id"].map({name: i for i, name in enumerate([*ids, TOTAL])}).to_numpy(int)
        picks = sparse.csr_matrix([self._picks(code) for code in e.cells["code"]])
        cells, width = self._cells(start, len(ids), e.period), len(self.codes) + 1
        matrix = sparse.vstack(
            [pick @ cells[a * width : (a + 1) * width] for a, pick in zip(area, picks, strict=True)],
            format="csr",
        )
        low, high = e.cells["ondergrens"].to_numpy(float), e.cells["bovengrens"].to_numpy(float)
        value = np.round(matrix @ self.truth, 6)
        slack = 1e-6 * (1 + np.abs(value))
        holds = (value >= low - slack) & (value <= high + slack)
        self._remember(e, index, matrix, low, high)
        return Knowledge(
            matrix[holds],
            np.minimum(low, value)[holds],
            np.maximum(high, value)[holds],
            e.cells["breedte"].to_numpy(float)[holds],
        )

    def _picks(self, code: str) -> NDArray[np.float64]:
        """Which classes a cell of a release adds up; the last place stands for all."""
        if code == KNOWN:
            return np.array([c != UNKNOWN for c in self.codes] + [False], float)
        return np.isin([*self.codes, TOTAL], classes(code)).astype(float)

    def _remember(
        self, e: Earlier, index: int, matrix: sparse.csr_matrix, low: NDArray, high: NDArray
    ) -> None:
        """Exact values shown earlier for the very cells of this table, to compare with the present ones."""
        mine = {tuple(self.matrix[i].indices): i for i in range(self.matrix.shape[0])}
        flat = self.before[index].ravel()
        for row in np.flatnonzero(low == high):
            cell = mine.get(tuple(matrix[row].indices))
            if cell is not None:
                flat[cell] = low[row]
        self.before[index] = flat.reshape(self.value.shape)

    def protect(
        self, k: int, threshold: int, sensitive: NDArray[np.bool_] | None, limit: float
    ) -> Suppression:
        """Primary suppression for every reason, then the complementary one."""
        subject, shape = self.subject, self.value.shape
        amount = subject.p is not None
        need = (
            2.0 ** np.ceil(np.log2(np.maximum(self.value * 2 * subject.p / 100, 1e-3)))
            if amount
            else np.full(shape, float(k))
        )
        given = np.zeros(shape, bool)
        hide = np.zeros(shape, bool)
        if not amount:
            given[:, -1] = subject.public
            telling = np.array([c not in (UNKNOWN, TOTAL) for c in self.code_names])
            alone = all_equal(self.value[:, :-1])[:, None] & (self.value >= threshold)
            hide |= alone & telling & subject.social
            people = self._contributors()
            hide |= (people > 0) & (people < threshold) & (self.value >= threshold)
            if any(e.unit == WHOLE for e in self.relevant):
                self.prior += self._left_over(threshold)
        if sensitive is not None:
            hide |= (self.matrix @ self._marked(sensitive)).reshape(shape) > 0
        change = np.abs(self.before - self.value)
        hide |= ((change > 1e-6) & (change < (need if amount else threshold))).any(axis=0) & ~given
        return suppress(
            self.value,
            0 if amount else threshold,
            k,
            hide=hide,
            given=given,
            membership=self.matrix,
            prior=self.prior,
            need=need,
            limit=limit,
        )

    def _left_over(self, threshold: int) -> Knowledge:
        """Small classes among what the units leave over: a share of the whole wijk less the table would tell them."""
        outside = ~self.group.membership[: len(self.units)].any(axis=0)
        spans = np.ones((1, len(self.truth) // len(outside) // len(self.codes)))
        inner = sparse.kron(sparse.identity(len(self.codes)), spans)
        matrix = sparse.csr_matrix(sparse.kron(outside[None, :].astype(float), inner, format="csr"))
        value = matrix @ self.truth
        few = (value > 1e-6) & (value < threshold - 1e-6)
        rows, size = matrix[few], int(few.sum())
        return Knowledge(rows, np.zeros(size), np.full(size, np.inf), np.full(size, threshold - 2.0))

    def _contributors(self) -> NDArray[np.float64]:
        """Different dwellings behind each cell."""
        place = self.subject.place
        if len(np.unique(place)) == len(place):
            return self.value
        once = sparse.csr_matrix(
            (np.ones(len(place)), (self.variable, place)), shape=(len(self.truth), place.max() + 1)
        )
        return np.asarray(((self.matrix @ once) > 0).sum(axis=1), float).reshape(self.value.shape)

    def records(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of a cell and a record in it."""
        place = self.subject.place
        incidence = sparse.csr_matrix(
            (np.ones(len(place)), (self.variable, np.arange(len(place)))), shape=(len(self.truth), len(place))
        )
        pairs = sparse.coo_matrix(self.matrix @ incidence)
        return pairs.row.astype(np.int64), pairs.col.astype(np.int64)

    def _marked(self, sensitive: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.bincount(self.variable[sensitive], minlength=len(self.truth)).astype(float)

    def units_at(self, cells: NDArray[np.int64]) -> set[str]:
        """Units that a set of cells of this table, or of earlier ones, touches; totals touch none."""
        own = cells[cells < self.value.size] // self.value.shape[1]
        names = {self.units[i] for i in own if i < len(self.units)}
        if names:
            return names
        touched = self.prior.membership[cells[cells >= self.value.size] - self.value.size]
        hit = np.unique(touched.indices) // (len(self.truth) // len(self.group.population))
        small = self.group.membership[: len(self.units)][:, hit].any(axis=1)
        return {self.units[i] for i in np.flatnonzero(small)} if not small.all() else set()


def _overlap(a: Period | None, b: Period | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _edges(periods: Sequence[Period | None]) -> NDArray[np.datetime64]:
    """Days at which any of the periods begins or has ended, sorted."""
    days = {np.datetime64(p[0], "D") for p in periods if p} | {
        np.datetime64(p[1], "D") + 1 for p in periods if p
    }
    return np.array(sorted(days), dtype="datetime64[D]")
