"""Counting one subject by unit and class, safe against everything that was released about it before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..errors import ReleaseRefused
from .differencing import atoms, small_group
from .ledger import Earlier
from .places import TOTAL, Places
from .policy import Policy
from .pseudonym import cell_key_noise
from .suppress import Suppression, Unprotected
from .system import Subject, System
from .tables import HIDDEN, SHOWN, SMALL, Knowledge


@dataclass(frozen=True)
class Counted:
    """A safe table; the last row and, for counts, the last column are totals over the units shown.

    Attributes:
        units: Ids of the units in it.
        codes: Classes, the total included for counts.
        true: (units + 1, codes) values before protection; stays inside the wijk folder.
        safe: The same shape: flags and values to publish.
        table: The linear system behind it.
        source: Checksum of what it was made from, see :func:`fingerprint`.
        left_out: Units not in it because too few dwellings lie in them or nothing else protects them.
    """

    units: list[str]
    codes: list[str]
    true: NDArray[np.float64]
    safe: Suppression
    left_out: int
    table: System
    source: str = ""

    def noise(self, keys: NDArray[np.float64], spread: int) -> NDArray[np.float64]:
        """Cell-key noise of every cell, margins included.

        Args:
            keys: (records,) record keys, see :func:`~.pseudonym.record_keys`.
            spread: Largest absolute noise.
        """
        cell, record = self.table.records()
        return (
            cell_key_noise(keys[record], cell, self.true.size, spread).reshape(self.true.shape).astype(float)
        )


def fingerprint(
    subject: Subject, places: Places, unit: str, unit_of: NDArray[np.object_], k: int, policy: Policy
) -> str:
    """Checksum of everything that decides a table but the earlier releases."""
    parts = (subject.name, subject.codes, subject.public, subject.p, subject.social, unit, k, policy.tier)
    total = hashlib.sha256(repr((parts, sorted(policy.settings.items()))).encode())
    days = subject.day if subject.day is not None else np.empty(0, "datetime64[D]")
    for array in (subject.place, subject.code, subject.amount, days.astype("int64"), places.weight):
        total.update(np.ascontiguousarray(array).tobytes())
    total.update(repr(list(unit_of)).encode())
    return total.hexdigest()


def count(
    subject: Subject,
    places: Places,
    unit: str,
    unit_of: NDArray[np.object_],
    k: int,
    threshold: int,
    earlier: Sequence[Earlier] = (),
    sensitive: NDArray[np.bool_] | None = None,
    limit: float = 1.0,
    source: str = "",
) -> Counted | None:
    """Make the table of one subject.

    A table that was released before, from the same data in the same form, is given as it was: whatever was
    released since has been checked against it, and a second version of it would tell more than the first.

    Units with fewer than ``k`` dwellings are not in it, nor in its totals. If a cell cannot be protected by
    hiding others, its unit is left out too. Earlier releases join the system of what an attacker knows, as far
    as the present data still agree with them: he may well suppose that nothing changed in between.

    Args:
        subject: What is counted.
        places: The population at risk.
        unit: Kind of unit.
        unit_of: (dwellings,) unit of each dwelling or None.
        k: Dwellings per unit, and width that a hidden count must keep.
        threshold: Smallest count that is shown.
        earlier: Earlier releases about the subject.
        sensitive: (records,) True where the record's cell has to be hidden for a reason of its own.
        limit: Share of the filled cells that may be closed.
        source: Checksum of what the table is made from, see :func:`fingerprint`; empty if it is never repeated.

    Returns:
        The table; None where no unit holds enough dwellings or can be protected.

    Raises:
        TooLittleLeft: More than ``limit`` would be closed.
        ReleaseRefused: A combination with earlier areas singles out a group of fewer than ``k`` dwellings, or
            an earlier cell can be derived whatever is hidden now.
    """
    names, member = np.unique(unit_of[unit_of != None], return_inverse=True)  # noqa: E711  elementwise
    population = np.bincount(member, places.weight[unit_of != None], minlength=len(names))  # noqa: E711
    wanted = list(names[population >= k])
    for e in earlier:
        if source and e.source == source:
            return _repeat(subject, places, unit_of, e, threshold, len(names))
    dropped = len(names) - len(wanted)
    while wanted:
        table = System(subject, places, unit_of, wanted, earlier)
        _refuse_small_groups(table, k)
        try:
            return Counted(
                wanted,
                table.code_names,
                table.value,
                table.protect(k, threshold, sensitive, limit),
                dropped,
                table,
                source,
            )
        except Unprotected as failure:
            weak = table.units_at(failure.cells)
            if not weak:
                raise
            wanted = [name for name in wanted if name not in weak]
            dropped += len(weak)
    return None


def _repeat(
    subject: Subject,
    places: Places,
    unit_of: NDArray[np.object_],
    before: Earlier,
    threshold: int,
    units: int,
) -> Counted:
    """The table of an earlier release once more, from what the ledger says was hidden in it."""
    names = sorted(set(before.cells["eenheid_id"]) - {TOTAL})
    table = System(subject, places, unit_of, names, ())
    cells = before.cells.set_index(["eenheid_id", "code"]).loc[
        [(name, code) for name in [*names, TOTAL] for code in table.code_names]
    ]
    closed, small = cells["breedte"].to_numpy() > 0, cells["bovengrens"].to_numpy() == threshold - 1
    flags = np.where(closed, np.where(small, SMALL, HIDDEN), SHOWN)
    value = table.value.ravel()
    known = Knowledge(
        table.matrix,
        np.where(closed, cells["ondergrens"].to_numpy(float), value),
        np.where(closed, cells["bovengrens"].to_numpy(float), value),
        cells["breedte"].to_numpy(float),
    )
    shape = table.value.shape
    safe = Suppression(flags.reshape(shape), np.where(closed, np.nan, value).reshape(shape), known)
    return Counted(names, table.code_names, table.value, safe, units - len(names), table, before.source)


def _refuse_small_groups(table: System, k: int) -> None:
    """Refuse areas that single out too few dwellings, for readers of each tier that this release reaches.

    A unit of 12 dwellings may be right for the steering group and too small for open data: whoever reads
    releases of at least this ``k`` must find no group below it, whoever reads all none below the smallest.
    """
    areas = np.vstack(table.areas)
    floor = np.concatenate(
        [
            [k] * len(table.units),
            *([e.k] * len(ids) for e, ids in zip(table.relevant, table.earlier_units, strict=True)),
        ]
    )
    for least in {k, int(floor.min())}:
        seen = atoms(areas[floor >= least], table.weight)
        group = small_group(seen, least)
        if group is not None:
            raise ReleaseRefused(
                f"Samen met eerdere vrijgaven is een groep van {int(seen.population[group].sum())} woningen af te "
                f"zonderen; het minimum is {least}.",
                table.subject.name,
                "Gebruik dezelfde grens en dezelfde eenheden als eerder.",
            )
