"""Figures over the whole wijk beside the counts by unit: together they may tell no more than each alone."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from ..catalogue import Layer, load
from ..errors import MethodError
from .attack import Solver, Witnesses, exposed
from .figures import HELD_BACK, Note, emptied
from .ledger import Ledger, classes
from .places import TOTAL, WHOLE
from .policy import Policy
from .system import KNOWN, UNKNOWN
from .tables import Knowledge

FIGURES = {"indicatoren": ("",), "verandering_indicatoren": ("_voor", "_na")}
"""Layers with such figures, and the endings of their fields: a comparison has two sides."""

_WHOLE_PLAN = "plan"  # wave of figures that have none


def hold_back_whole(
    frame: pd.DataFrame,
    layer: Layer,
    now: Sequence[pd.DataFrame],
    hidden: Mapping[str, set[float]],
    ledger: Ledger,
    policy: Policy,
) -> tuple[pd.DataFrame, list[Note], pd.DataFrame]:
    """Empty a share of the whole wijk that would solve a count, and put the others among what readers know.

    A share tells sums over classes: those in its numerator, those that are known, the unknown. With each table of
    counts by unit, of this release or in the ledger, they form one system. A share is held back where

    - a suppressed cell would become narrower than its flag says,
    - what the counted units leave over would be a class of 1 .. threshold-1, or fewer than k in all; so would the
      whole wijk, where shares overlap,
    - it differs by 1 .. threshold-1 from what was told of the same classes before.

    A count of facts is held back where the layer that it was taken from hides that very count.

    Args:
        frame: Rows as they may leave, which name the layer, field and classes they count.
        layer: Description of one of ``FIGURES``.
        now: Cells that leave with them, as for the ledger.
        hidden: Counts that are hidden in layers of this release that count facts, by layer.
        ledger: What was released before.
        policy: Thresholds.

    Returns:
        The rows, a note where some were emptied, and the cells for the ledger.
    """
    if not {"laag", "veld", "ja", f"teller{FIGURES[layer.id][0]}"} <= set(frame.columns):
        return frame, [], pd.DataFrame()
    columns = list(load().layer("vrijgave_cellen").fields)
    known = pd.concat([*now, ledger.table("vrijgave_cellen")], ignore_index=True).reindex(columns=columns)
    shares = [list(_shares(row, FIGURES[layer.id])) for row in frame.to_dict("records")]
    boards: dict[str, _Board] = {}
    for name in {name for sides in shares for name, _ in sides}:
        codes = {c for sides in shares for other, sums in sides if other == name for c in sums}
        boards[name] = _Board(_about(name, known), codes, policy)
    held = np.array([not all(boards[name].take(sums) for name, sums in sides) for sides in shares], bool)
    for side in FIGURES[layer.id]:
        facts = zip(frame["laag"], frame[f"teller{side}"], strict=True)
        held |= np.array([pd.notna(n) and float(n) in hidden.get(str(id), set()) for id, n in facts], bool)
    told = [
        pd.DataFrame(
            {
                "onderwerp": name,
                "eenheid": WHOLE,
                "eenheid_id": WHOLE,
                "code": list(sums),
                "van": pd.NaT,
                "tot": pd.NaT,
                "ondergrens": list(sums.values()),
                "bovengrens": list(sums.values()),
                "breedte": 0.0,
                "k": policy.k(layer),
                "invoer_sha256": "",
            }
        )
        for sides, emptied_ in zip(shares, held, strict=True)
        for name, sums in sides
        if not emptied_
    ]
    reason = "cijfers die met de getelde eenheden of eerdere vrijgaven een klein aantal zouden verraden"
    return (
        emptied(frame, layer, layer.figures[0].hides, held, policy),
        [(HELD_BACK, reason, int(held.sum()))] if held.any() else [],
        pd.concat(told, ignore_index=True) if told else pd.DataFrame(),
    )


def _shares(row: dict[str, object], sides: Sequence[str]) -> Iterator[tuple[str, dict[str, float]]]:
    """Subject of a share, and the sums over classes that it tells, by side; nothing where it was emptied."""
    for side in sides:
        yes, of, unknown = (row.get(f"{n}{side}") for n in ("teller", "noemer", "onbekend"))
        if row["eenheid"] != "%" or pd.isna(row["ja"]) or pd.isna(yes) or pd.isna(of):
            continue
        wave = row.get(f"golf{side}")
        series = [] if pd.isna(wave) or wave == _WHOLE_PLAN else [str(wave)]
        sums = {str(row["ja"]): float(yes)}
        field = load().layer(str(row["laag"])).fields[str(row["veld"])]
        if not field.codes or set(field.codes) - set(classes(str(row["ja"]))) - {UNKNOWN}:
            # Else it is the share of which something is known, and its denominator holds the unknown as well.
            sums |= {KNOWN: float(of), UNKNOWN: 0.0 if pd.isna(unknown) else float(unknown)}
        yield ".".join([str(row["laag"]), str(row["veld"]), *series]), sums


def _about(name: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of a field and series, from whichever layer they were counted."""
    field = name.partition(".")[2]
    return cells[np.array([str(n).partition(".")[2] == field for n in cells["onderwerp"]], bool)]


class _Board:
    """What is known of one field and series: tables by unit, and sums over the wijk."""

    def __init__(self, cells: pd.DataFrame, codes: set[str], policy: Policy) -> None:
        self.threshold = policy.threshold
        whole = cells["eenheid"].eq(WHOLE)
        self.told = [(c, v) for c, v in zip(cells["code"][whole], cells["ondergrens"][whole], strict=True)]
        single = {c for code in {*codes, *cells["code"]} for c in classes(code)} - {TOTAL, KNOWN}
        names = sorted({*single, UNKNOWN})
        parts = cells[~whole].groupby(["vrijgave_id", "onderwerp", "eenheid"], dropna=False, sort=False)
        shapes = {}
        for _, part in parts:
            content = part[["eenheid_id", "code", "ondergrens", "bovengrens"]].to_csv(index=False)
            shapes.setdefault(content, part)  # a table that left twice is one table
        # Without any unit the whole wijk is left over: shares that overlap may solve a class by themselves.
        self.tables = [_Table(part, names, policy) for part in (cells.iloc[:0], *shapes.values())]
        for table in self.tables:
            for sums in self.told:
                table.add(dict([sums]))

    def take(self, sums: dict[str, float]) -> bool:
        """Whether these sums may be told beside the rest; from then on they are known."""
        change = [abs(value - sums[code]) for code, value in self.told if code in sums]
        if any(1e-6 < one < self.threshold - 1e-6 for one in change):
            return False
        if not all(table.allows(sums) for table in self.tables):
            return False
        for table in self.tables:
            table.add(sums)
        self.told += list(sums.items())
        return True


class _Table:
    """One table of counts by unit, and the sums over the wijk that agree with it."""

    def __init__(self, cells: pd.DataFrame, codes: list[str], policy: Policy) -> None:
        self.codes = codes
        self.units = sorted(set(cells["eenheid_id"]) - {TOTAL})
        rows = [
            self._row([unit] if unit != TOTAL else self.units, code)
            for unit, code in zip(cells["eenheid_id"], cells["code"], strict=True)
        ]
        high = cells["bovengrens"].astype(float).fillna(np.inf).to_numpy()
        low, need = (cells[n].to_numpy(float) for n in ("ondergrens", "breedte"))
        # What the units leave over, in all and by class, comes first; nobody publishes it, so nothing bounds it.
        rest = [self._row([None], code) for code in (TOTAL, *codes)]
        free = np.zeros(len(rest))
        self.least = np.array([policy.settings["k_p2"]] + [policy.threshold] * len(codes), float)
        self.known = Knowledge(
            sparse.csr_matrix(np.array(rest + rows)),
            np.concatenate([free, low]),
            np.concatenate([free + np.inf, high]),
            np.concatenate([free + policy.threshold - 2, need]),
        )
        self.solved = self._solved(self.known)

    def _row(self, units: Sequence[str | None], code: str) -> np.ndarray:
        """Unknowns that a cell adds up: unit x class, the rest of the wijk last."""
        chosen = {KNOWN: set(self.codes) - {UNKNOWN}, TOTAL: set(self.codes)}.get(code, set(classes(code)))
        inside = np.isin(np.array([*self.units, None], object), np.array(units, object))
        return np.kron(inside, np.isin(self.codes, sorted(chosen))).astype(float)

    def allows(self, sums: dict[str, float]) -> bool:
        """Whether the sums solve nothing that was not solved before."""
        return self._solved(self._with(sums)) <= self.solved

    def add(self, sums: dict[str, float]) -> None:
        """Make sums known."""
        self.known = self._with(sums)
        self.solved |= self._solved(self.known)

    def _with(self, sums: dict[str, float]) -> Knowledge:
        """With the sums that agree: one that does not counts something else, such as dwellings beside visits."""
        known = self.known
        for code, value in sums.items():
            row = sparse.csr_matrix(self._row([*self.units, None], code))
            more = known + Knowledge(row, np.array([value]), np.array([value]), np.zeros(1))
            try:
                Solver(more)(np.zeros(row.shape[1]))
            except MethodError:
                continue
            known = more
        return known

    def _solved(self, known: Knowledge) -> set[int]:
        """Cells that are told more closely than their flags say, and small groups among what the units leave over."""
        seen = Witnesses(len(known.need))
        weak, rest = exposed(known, seen), len(self.least)
        high = seen.high[weak[weak < rest]]
        few = (high > 1e-6) & (high < self.least[weak[weak < rest]] - 1e-6)
        return {int(cell) for cell in [*weak[weak < rest][few], *weak[weak >= rest]]}
