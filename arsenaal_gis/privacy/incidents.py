"""Counts of incidents by unit, category and period: what of them may be shown, next to all that was released before."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ..errors import MethodError
from .differencing import solvable_runs
from .ledger import Ledger
from .places import TOTAL
from .policy import Policy
from .suppress import Unprotected, suppress
from .tables import HIDDEN, SHOWN, SMALL, Knowledge, nothing

ALL = "alle"
_REST = "overige"
_PERIOD = ["van", "tot"]
_SUM = ["code", *_PERIOD]
_CELL = ["eenheid_id", *_SUM]


def protect(
    cells: pd.DataFrame, policy: Policy, ledger: Ledger
) -> tuple[NDArray[np.str_], NDArray[np.bool_], pd.DataFrame]:
    """Decide for every count whether it is shown, an interval, or hidden.

    Per source and kind of unit, what would tell a small count in between two periods is hidden first, then each
    period is closed across units and categories, with the sums over the wijk known; last, everything is audited at
    once, with all periods and everything that earlier releases told.

    Args:
        cells: One row per count: ``bron``, ``soort``, ``eenheid`` (kind of unit), ``eenheid_id`` (``totaal`` for
            the whole wijk), ``code`` (category or ``alle``), ``van``, ``tot``, ``waarde``, ``woningen``.
        policy: Thresholds.
        ledger: What was released before.

    Returns:
        (n,) flag and (n,) refused: nothing of its period can be shown safely (the longest period goes first: it overlaps
        with most of what was told before); and the cells for the ledger.
    """
    flags, refused = np.full(len(cells), SHOWN), np.zeros(len(cells), bool)
    homes = cells.groupby(["eenheid", "eenheid_id"])["woningen"].transform("max")
    cells = cells.assign(woningen=homes)
    before, told = ledger.table("vrijgave_cellen"), []
    for (source, kind), of_source in cells.groupby(["bron", "soort"]).indices.items():
        subject = ".".join(part for part in ("incidenten", source, kind) if part)
        earlier = before[before["onderwerp"].eq(subject)].drop_duplicates(
            ["eenheid", *_CELL, "ondergrens", "bovengrens"]
        )
        groups = _judge(cells.iloc[of_source], earlier, policy)
        refused[of_source] = True
        for unit, (rows, group) in groups.items():
            at = of_source[rows]
            flags[at], refused[at] = group.flags[group.row], False
            told.append(group.told().assign(onderwerp=subject, eenheid=unit))
    return flags, refused, pd.concat(told, ignore_index=True) if told else pd.DataFrame()


def _judge(
    cells: pd.DataFrame, earlier: pd.DataFrame, policy: Policy
) -> dict[str, tuple[NDArray[np.int64], "_Group"]]:
    """Rows that may leave, and what is shown of them, by kind of unit of one source.

    All kinds have their sums over the wijk in common: what one of them must hide, the others hide as well.
    """
    hidden_sums: set[tuple] = set()
    while True:
        groups, known = {}, len(hidden_sums)
        for unit, at in cells.groupby("eenheid").indices.items():
            told = earlier[earlier["eenheid"].eq(unit)].drop(columns="eenheid")
            while len(at):
                group = _Group(cells.iloc[at], told, policy, hidden_sums)
                if group.run():
                    groups[unit] = at, group
                    break
                at = at[~_longest(cells.iloc[at])]
        if len(hidden_sums) == known:
            return groups


class _Group:
    """The counts of one source by one kind of unit; a count that stands in two layers is one cell."""

    def __init__(
        self, cells: pd.DataFrame, earlier: pd.DataFrame, policy: Policy, hidden_sums: set[tuple]
    ) -> None:
        self.hidden_sums = hidden_sums  # grows: category and period of what the whole wijk may not tell
        self.policy, self.threshold = policy, float(policy.threshold)
        self.row = cells.groupby(_CELL, dropna=False, sort=True).ngroup().to_numpy()
        self.cells = (
            cells.assign(_row=self.row).drop_duplicates("_row").sort_values("_row").reset_index(drop=True)
        )
        self.earlier = earlier.reset_index(drop=True)
        self.value = self.cells["waarde"].to_numpy(float)
        self.whole = self.cells["eenheid_id"].eq(TOTAL).to_numpy()
        self.exact = self.earlier[self.earlier["ondergrens"].eq(self.earlier["bovengrens"])]
        shown = self.cells[_CELL].merge(self.exact.drop_duplicates(_CELL), how="left", on=_CELL)["ondergrens"]
        self.told_before = shown.to_numpy(float) == self.value
        sums = self.earlier[self.earlier["eenheid_id"].eq(TOTAL) & self.earlier["bovengrens"].notna()]
        self.sums_told = set(sums[_SUM].itertuples(index=False, name=None))
        self.hide = self._few_homes()
        self.alike = np.zeros(len(self.cells), bool)
        self.flags = np.full(len(self.cells), SHOWN)

    def _few_homes(self) -> NDArray[np.bool_]:
        """Units where so few live that everybody knows whom a count is about."""
        homes = self.cells["woningen"].to_numpy(float)
        return (homes > 0) & (homes < self.policy.settings["k_p2"]) & (self.value > 0) & ~self.whole

    def run(self) -> bool:
        """Set ``flags``; False where they would not be safe."""
        periods = list(self.cells.groupby(_PERIOD, dropna=False).indices.values())
        self._in_time()
        for at in periods:
            self._across_units(at)
        return bool(self.whole.all()) or self._together()

    def _close(self, at: NDArray[np.int64], flags: NDArray[np.str_]) -> None:
        self.flags[at] = flags
        self.hide[at] |= flags == HIDDEN

    def _in_time(self) -> None:
        """Hide what would tell, with other periods of the same unit and category, a small count in between."""
        own = self.cells[_CELL].assign(waarde=self.value, cel=np.arange(len(self.cells)))[~self.whole]
        known = pd.concat([own, self.exact[_CELL].assign(waarde=self.exact["ondergrens"], cel=-1)])
        known = known[known["waarde"].ge(self.threshold) & known["van"].notna()].drop_duplicates(_CELL)
        first, last = (known[n].to_numpy("datetime64[D]") for n in _PERIOD)
        value, cell = known["waarde"].to_numpy(float), known["cel"].to_numpy(int)
        for group in known.groupby(["eenheid_id", "code"]).indices.values():
            edges = np.unique(np.concatenate([first[group], last[group] + 1]))
            windows = (edges[:-1] >= first[group, None]) & (edges[:-1] <= last[group, None])
            for used in solvable_runs(windows, value[group], self.threshold):
                mine = [i for i in used if cell[group[i]] >= 0]
                if mine:
                    self.hide[cell[group[max(mine, key=lambda i: windows[i].sum())]]] = True

    def _across_units(self, at: NDArray[np.int64]) -> None:
        """One period: units by categories, with the sums over the wijk known."""
        whole, units = at[self.whole[at]], at[~self.whole[at]]
        self._close(whole, self._sums(self.cells.iloc[whole], self.hide[whole]))
        units = units[self.value[units] > 0]
        if not len(units):
            return
        cells = self.cells.iloc[units]
        inner = _inner(cells)
        while True:
            sums = self._known_sums(units)
            prior = self._bounds(
                sums["vlag"].to_numpy(str), sums["waarde"].to_numpy(float), _membership(sums, inner)
            )
            try:
                return self._suppress(units, _membership(cells, inner), prior)
            except Unprotected as failure:
                if self._hide_sums(sums, failure.cells - len(units)):
                    continue
            except MethodError:
                pass
            return self._close(units, np.full(len(units), HIDDEN))

    def _hide_sums(self, sums: pd.DataFrame, weak: NDArray[np.int64]) -> bool:
        """Hide sums over the wijk that are called small: that bounds every unit, so that none of them can be hidden."""
        some = sums.iloc[weak[(weak >= 0) & (weak < len(sums))]]
        some = some[some["vlag"].eq(SMALL)]
        more = set(some[_SUM].itertuples(index=False, name=None)) - self.sums_told - self.hidden_sums
        self.hidden_sums |= more
        if more:
            self.flags[self.whole] = self._less(self.cells[self.whole], self.flags[self.whole])
            self.hide |= self.whole & (self.flags == HIDDEN)
        return bool(more)

    def _less(self, sums: pd.DataFrame, flags: NDArray[np.str_]) -> NDArray[np.str_]:
        """Flags of sums over the wijk, those that may not be told hidden."""
        closed = [key in self.hidden_sums for key in sums[_SUM].itertuples(index=False, name=None)]
        return np.where((flags == SMALL) & np.array(closed, bool), HIDDEN, flags)

    def _together(self) -> bool:
        """Everything at once: units, categories, periods, sums over the wijk and what was released before.

        Where nothing else protects a hidden count, it is called small if it is: that promises less. Else its category
        is hidden in every unit in that period, small counts and large alike; else its unit shows no number at all,
        nor that it has none.
        """
        called_small = np.zeros(len(self.cells), bool)
        units = self.cells["eenheid_id"].to_numpy(object)
        sums = self._known_sums(np.flatnonzero(~self.whole))
        told = pd.concat([sums[_CELL], self.earlier[_CELL]], ignore_index=True)
        while True:
            at = np.flatnonzero(~self.whole & ((self.value > 0) | self.hide))
            unknowns = self._unknowns()
            own, said = _membership(self.cells.iloc[at], unknowns), _membership(told, unknowns)
            prior = self._bounds(
                sums["vlag"].to_numpy(str), sums["waarde"].to_numpy(float), said[: len(sums)]
            )
            earlier, holds = self._said(own, self.value[at], said[len(sums) :], self.earlier)
            try:
                self._suppress(at, own, prior + earlier)
                return True
            except Unprotected as failure:
                if self._hide_sums(sums, failure.cells - len(at)):
                    sums = self._known_sums(np.flatnonzero(~self.whole))
                    continue
                said_of = pd.concat(
                    [self.cells.iloc[at][_CELL], told[_CELL][: len(sums)], self.earlier[holds][_CELL]]
                ).iloc[failure.cells]
                small = np.zeros(len(units), bool)
                small[at[failure.cells[failure.cells < len(at)]]] = True
                small &= self.hide & ~called_small & (self.value > 0) & (self.value < self.threshold)
                if small.any():
                    called_small |= small
                    self.hide &= ~small
                    continue
                closable = ~self.whole & ~self.told_before
                category = closable & ~self.alike & (self.value > 0) & self._same_category(said_of)
                if category.any():
                    self.alike |= category
                    self.hide |= category
                    continue
                weak = set(said_of["eenheid_id"])
                certain = np.asarray(_membership(self.cells, unknowns).sum(axis=1)).ravel() == 0
                more = closable & ~self.hide & ~certain & (np.isin(units, list(weak)) | (TOTAL in weak))
            except MethodError:
                more = np.zeros(len(units), bool)
            if not more.any():
                return False
            self.hide |= more
            self.alike |= more

    def _same_category(self, cells: pd.DataFrame) -> NDArray[np.bool_]:
        """Counts of the same category in a period that overlaps with one of these."""
        result = np.zeros(len(self.cells), bool)
        start, end = (self.cells[n].to_numpy("datetime64[D]") for n in _PERIOD)
        for code, first, last in cells[_SUM].drop_duplicates().itertuples(index=False):
            same = self.cells["code"].eq(code).to_numpy()
            result |= same & (
                True
                if pd.isna(first)
                else (start <= np.datetime64(last, "D")) & (end >= np.datetime64(first, "D"))
            )
        return result

    def _unknowns(self) -> pd.DataFrame:
        """Unit x category x span of time, but those that everybody sees to be zero: no empty count is hidden."""
        cells = self.cells[~self.whole]
        every = pd.concat([cells[_CELL], self.earlier[_CELL]], ignore_index=True)
        every = every[every["eenheid_id"].ne(TOTAL)]
        parts = _inner(cells)
        units = every["eenheid_id"].drop_duplicates().to_frame()
        codes = pd.DataFrame({"code": sorted({*every["code"], *parts["code"]} - {ALL})})
        spans = _span_table(pd.concat([every, self.earlier[_CELL]]))
        grid = units.merge(codes, how="cross").merge(spans, how="cross")
        empty = _membership(cells[((self.value == 0) & ~self.hide)[~self.whole]], grid)
        return grid[np.asarray(empty.sum(axis=0)).ravel() == 0].reset_index(drop=True)

    def _known_sums(self, at: NDArray[np.int64]) -> pd.DataFrame:
        """Sums over the units: the same incidents are published in other forms."""
        sums = self.cells.iloc[at].groupby(_SUM, dropna=False, as_index=False)["waarde"].sum()
        sums = sums.assign(eenheid_id=TOTAL, vlag=SHOWN)
        for at in sums.groupby(_PERIOD, dropna=False).indices.values():
            sums.loc[at, "vlag"] = self._sums(sums.iloc[at])
        said = self.cells[self.whole].assign(gezegd=self.flags[self.whole])
        found = sums[_SUM].merge(said[[*_SUM, "gezegd"]], on=_SUM, how="left")["gezegd"]
        return sums.assign(vlag=found.fillna(sums["vlag"]))

    def _said(
        self,
        matrix: sparse.csr_matrix,
        value: NDArray[np.float64],
        said: sparse.csr_matrix,
        told: pd.DataFrame,
    ) -> tuple[Knowledge, NDArray[np.bool_]]:
        """Earlier cells that the present counts do not contradict, and which they are."""
        if told.empty:
            return nothing(matrix.shape[1]), np.zeros(0, bool)
        low, need = (told[n].to_numpy(float) for n in ("ondergrens", "breedte"))
        high = told["bovengrens"].astype(float).fillna(np.inf).to_numpy()
        holds = _agreeing(matrix, value, said, low, high)
        return Knowledge(said[holds], low[holds], high[holds], need[holds]), holds

    def _suppress(self, at: NDArray[np.int64], matrix: sparse.csr_matrix, prior: Knowledge) -> None:
        made = suppress(
            self.value[at],
            self.threshold,
            self.threshold,
            hide=self.hide[at],
            membership=matrix,
            prior=prior,
            alike=self.alike[at],
        )
        self._close(at, made.flags)

    def _sums(self, cells: pd.DataFrame, hide: NDArray[np.bool_] | None = None) -> NDArray[np.str_]:
        """Flags of the counts over the whole wijk: the categories and their sum."""
        value = cells["waarde"].to_numpy(float)
        if not len(value):
            return np.empty(0, dtype="<U1")
        matrix = _membership(cells, _inner(cells))
        try:
            made = suppress(value, self.threshold, self.threshold, hide=hide, membership=matrix)
            return self._less(cells, made.flags)
        except (Unprotected, MethodError):
            return np.where(value > 0, HIDDEN, SHOWN)

    def _bounds(
        self, flags: NDArray[np.str_], value: NDArray[np.float64], matrix: sparse.csr_matrix
    ) -> Knowledge:
        """What a reader knows of cells with these flags."""
        low = np.where(flags == SHOWN, value, np.where(flags == SMALL, 1.0, 0.0))
        high = np.where(flags == SHOWN, value, np.where(flags == SMALL, self.threshold - 1, np.inf))
        need = np.where(flags == SMALL, self.threshold - 2, np.where(flags == HIDDEN, self.threshold, 0.0))
        return Knowledge(matrix, low, high, need)

    def told(self) -> pd.DataFrame:
        """What a reader learns, for the ledger."""
        known = self._bounds(self.flags, self.value, sparse.csr_matrix((len(self.value), 0)))
        return self.cells[_CELL].assign(
            ondergrens=known.lower,
            bovengrens=np.where(np.isinf(known.upper), np.nan, known.upper),
            breedte=known.need,
            k=int(self.policy.settings["k_p2"]),
            invoer_sha256="",
        )


def _longest(cells: pd.DataFrame) -> NDArray[np.bool_]:
    """Cells of the longest period; all where no period is told."""
    length = (cells["tot"] - cells["van"]).dt.days.fillna(0)
    return length.eq(length.max()).to_numpy()


def _inner(cells: pd.DataFrame) -> pd.DataFrame:
    """Categories of units, and what is left of a sum where it exceeds those that are listed."""
    key = ["eenheid_id", *_PERIOD]
    listed = cells[cells["code"].ne(ALL)]
    sums = cells[cells["code"].eq(ALL)].groupby(key, dropna=False)["waarde"].sum()
    rest = sums - listed.groupby(key, dropna=False)["waarde"].sum().reindex(sums.index).fillna(0)
    left = rest[rest > 0].index.get_level_values(0)
    parts = pd.concat([listed[["eenheid_id", "code"]], pd.DataFrame({"eenheid_id": left, "code": _REST})])
    return parts.drop_duplicates().reset_index(drop=True)


def _membership(cells: pd.DataFrame, unknowns: pd.DataFrame) -> sparse.csr_matrix:
    """Which unknowns each cell adds up: of its unit or all, of its category or all, within its period."""
    unit, code = (cells[n].to_numpy(object)[:, None] for n in ("eenheid_id", "code"))
    units, codes = (unknowns[n].to_numpy(object) for n in ("eenheid_id", "code"))
    inside = ((unit == units) | (unit == TOTAL)) & ((code == codes) | (code == ALL))
    if "begin" in unknowns:
        first, last = (cells[n].to_numpy("datetime64[D]")[:, None] for n in _PERIOD)
        begin = unknowns["begin"].to_numpy("datetime64[D]")
        inside &= (begin >= first) & (begin <= last)
    return sparse.csr_matrix(inside.astype(float))


def _span_table(cells: pd.DataFrame) -> pd.DataFrame:
    """First day of every span between the ends of the periods; nothing to tell spans by where no period is told."""
    edges = _edges(cells)
    return pd.DataFrame({"begin": edges[:-1]}) if len(edges) else pd.DataFrame({"heel": [True]})


def _edges(cells: pd.DataFrame) -> NDArray[np.datetime64]:
    """Days at which a period begins or has ended, sorted; none where no period is told."""
    starts = cells["van"].dropna().to_numpy("datetime64[D]")
    ends = cells["tot"].dropna().to_numpy("datetime64[D]") + 1
    return np.unique(np.concatenate([starts, ends]))


def _agreeing(
    matrix: sparse.csr_matrix,
    value: NDArray[np.float64],
    said: sparse.csr_matrix,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Which earlier cells can be true beside the present counts; police figures are corrected afterwards."""
    cells, unknowns = said.shape
    more = sparse.identity(cells)
    blank = sparse.csr_matrix((matrix.shape[0], 2 * cells))
    system = sparse.vstack([sparse.hstack([matrix, blank]), sparse.hstack([said, -more, more])])
    result = milp(
        np.concatenate([np.zeros(unknowns), np.ones(2 * cells)]),
        constraints=[
            LinearConstraint(sparse.csc_matrix(system), np.append(value, low), np.append(value, high))
        ],
        bounds=Bounds(0),
    )
    if result.status != 0:
        return np.zeros(cells, bool)  # the present counts contradict each other: protected by themselves
    return np.asarray(result.x[unknowns:].reshape(2, -1).max(axis=0) < 1e-6)
