"""The ledger: what left the wijk folder, and what its readers can know."""

import contextlib
import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ..catalogue import load
from ..errors import WorkspaceError
from ..gpkg import read_layer, write_layer
from ..wijk import lock
from .places import TOTAL, WHOLE

_TABLES = ("vrijgaven", "vrijgave_cellen", "toegang")


@dataclass(frozen=True)
class Ledger:
    """``vrijgaven.gpkg`` in the wijk folder: releases, their cells as bounds, and the access log.

    Attributes:
        path: The file; made at the first entry.
    """

    path: Path

    @classmethod
    def of(cls, folder: Path) -> "Ledger":
        """The ledger of a wijk folder."""
        return cls(Path(folder) / "vrijgaven.gpkg")

    def table(self, id: str) -> pd.DataFrame:
        """One of its tables: ``vrijgaven``, ``vrijgave_cellen`` or ``toegang``.

        Raises:
            WorkspaceError: The ledger cannot be read. It is never begun anew in silence: what left before would
                be forgotten, and the next release checked against nothing.
        """
        try:
            return _read(self.path, self._stamp(), id).copy()
        except WorkspaceError as error:
            raise WorkspaceError(
                f"The ledger of releases cannot be read, so that no release can be checked: {error}",
                str(self.path),
                "Put the newest whole copy of this file in its place; without it nothing may leave.",
            ) from error

    def _stamp(self) -> tuple[int, int, int]:
        """Changes with every entry: each one makes a new file."""
        if not self.path.exists():
            return 0, 0, 0
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def earlier(self, subject: str) -> list["Earlier"]:
        """Every release that says something about a subject, under its own name or of another layer.

        The same fact may be counted from two layers, such as the renovation status in the register and at the
        dwelling: what counts is the field and its series, see :meth:`Earlier.concerns`.
        """
        cells = self.table("vrijgave_cellen")
        field = subject.partition(".")[2]
        cells = cells[np.array([name.partition(".")[2] == field for name in cells["onderwerp"]], bool)]
        releases = self.table("vrijgaven").set_index("vrijgave_id")
        groups = {name: group for name, group in cells.groupby(["vrijgave_id", "onderwerp", "eenheid"])}
        return [Earlier.read(releases.loc[name], group) for (name, *_), group in groups.items()]

    def told(self) -> set[str]:
        """Releases that said something countable: what a new one is checked against."""
        return set(self.table("vrijgave_cellen")["vrijgave_id"])

    def record(
        self, release: Mapping[str, Any], cells: pd.DataFrame, access: Mapping[str, Any], checked: set[str]
    ) -> None:
        """Add a release with its cells and an access entry; a release already in it is not added twice.

        Args:
            release: Row of ``vrijgaven``.
            cells: Rows of ``vrijgave_cellen``.
            access: Row of ``toegang``.
            checked: Earlier releases that it was checked against, see :meth:`told`.

        Raises:
            WorkspaceError: Another release was recorded since, or the file cannot be written.
        """
        with self._changing(access) as tables:
            known = set(tables["vrijgaven"]["vrijgave_id"])
            if release["vrijgave_id"] in known:
                return
            if len(cells) and set(tables["vrijgave_cellen"]["vrijgave_id"]) - checked:
                raise WorkspaceError(
                    "Another release was made at the same time, and neither was checked against the other.",
                    str(self.path),
                    "Make this one again; nothing of it has left.",
                )
            tables["vrijgaven"] = _append(tables["vrijgaven"], pd.DataFrame([release]))
            tables["vrijgave_cellen"] = _append(tables["vrijgave_cellen"], cells)

    def log(
        self, role: str, action: str, what: str, rows: int, moment: datetime.datetime | None = None
    ) -> None:
        """Note who (role, never a name) read, released or erased P0 data.

        Args:
            role: e.g. ``gis`` or ``bezoekteam``.
            action: ``lezen``, ``vrijgeven``, ``weigeren`` or ``wissen``.
            what: Layers, in words; no content.
            rows: How many rows.
            moment: UTC; the present by default, since an access log tells the time of day and nothing else.

        Raises:
            WorkspaceError: The file cannot be written.
        """
        entry = {"moment": moment or now(), "rol": role, "handeling": action, "wat": what, "rijen": rows}
        with self._changing(entry):
            pass

    @contextlib.contextmanager
    def _changing(self, access: Mapping[str, Any]) -> Iterator[dict[str, pd.DataFrame]]:
        """Tables to change; the whole file is written beside itself, so that a crash leaves the old one."""
        part = self.path.with_suffix(".deel.gpkg")
        with lock(self.path.parent, "vrijgave"):
            tables = {id: self.table(id) for id in _TABLES}
            yield tables
            entry = pd.DataFrame([{**access, "toegang_id": len(tables["toegang"]) + 1}])
            tables["toegang"] = _append(tables["toegang"], entry)
            try:
                part.unlink(missing_ok=True)
                for id in _TABLES:
                    write_layer(part, load().layer(id), tables[id])
                os.replace(part, self.path)
            except OSError as error:
                raise WorkspaceError(
                    f"The ledger of releases cannot be written: {error.strerror or error}.",
                    str(self.path),
                    "Close the program that has it open, or ask for write access, and do it again; nothing has left.",
                ) from error
            finally:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)


@dataclass(frozen=True)
class Earlier:
    """One earlier release about one subject.

    Attributes:
        subject: ``layer.field`` and series.
        unit: ``straatzijde``, ``cel``, ``sector``, or ``wijk`` for a figure over all of it.
        boundary: Area it was about; None for the whole wijk.
        k: Dwellings per unit that it asked for.
        period: First and last day of its events, or None for a state.
        source: Checksum of what it was made from; empty in ledgers that did not keep it yet.
        cells: ``eenheid_id``, ``code``, ``ondergrens``, ``bovengrens`` (infinite where open), ``breedte``.
    """

    subject: str
    unit: str
    boundary: shapely.Geometry | None
    k: int
    period: tuple[pd.Timestamp, pd.Timestamp] | None
    source: str
    cells: pd.DataFrame

    @classmethod
    def read(cls, release: pd.Series, cells: pd.DataFrame) -> "Earlier":
        """From the rows of the ledger."""
        wkt, first = release["grens_wkt"], cells["van"].iloc[0]
        bounds = cells[["ondergrens", "bovengrens", "breedte"]].astype(float).fillna({"bovengrens": np.inf})
        return cls(
            str(cells["onderwerp"].iloc[0]),
            str(cells["eenheid"].iloc[0]),
            None if pd.isna(wkt) else shapely.from_wkt(wkt),
            int(cells["k"].iloc[0]),
            None if pd.isna(first) else (first, cells["tot"].iloc[0]),
            str(cells["invoer_sha256"].fillna("").iloc[0]),
            pd.concat([cells[["eenheid_id", "code"]].astype(object), bounds], axis=1).reset_index(drop=True),
        )

    def concerns(self, subject: str, codes: tuple[str, ...]) -> bool:
        """Whether it is about that subject: the same layer, or the same classes of a field of the same name."""
        if self.unit == WHOLE:
            return any(code in codes for sums in self.cells["code"] for code in classes(sums))
        return self.subject == subject or set(self.cells["code"]) - {TOTAL} == set(codes)


def classes(code: str) -> list[str]:
    """Classes that a cell adds up: a figure over the wijk names several."""
    return code.split(", ")


@lru_cache(maxsize=8)
def _read(path: Path, stamp: tuple[int, int, int], id: str) -> pd.DataFrame:
    """A table as it was at that stamp: a release asks for the same cells once for every subject."""
    return pd.DataFrame(read_layer(path, id))


def now() -> datetime.datetime:
    """The present in UTC, to the second, without a zone as GeoPackage columns are."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)


def _append(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return rows if table.empty else pd.concat([table, rows], ignore_index=True) if len(rows) else table
