"""Erasing: the right to be forgotten and the end of a retention period."""

import contextlib
import csv
import datetime
import io
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..catalogue import Layer, load
from ..errors import WorkspaceError
from ..gpkg import settle
from ..wijk import Wijk, held_elsewhere
from .ledger import Ledger

_UNKNOWN = "onbekend"
_HEADER = 100  # bytes of a database file that hold counters
_BY_DWELLING = ("woning_id", "adres_id", "sleutel")


@dataclass
class Purged:
    """What an erasure did.

    Attributes:
        rows: Rows removed.
        emptied: Rows whose personal fields were emptied.
        files: Files that were rewritten, relative to the wijk folder.
        left: Files that still hold an erased value; to be removed by hand.
    """

    rows: int = 0
    emptied: int = 0
    files: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def purge(
    wijk: Wijk, *, before: datetime.date | None = None, dwelling: str | None = None, role: str = "onbekend"
) -> Purged:
    """Erase personal data from everything in the wijk folder.

    Rows of tables whose key is personal (visits, surveys, renovation files) are removed, in other tables the
    personal fields are emptied: in ``wijk.gpkg``, its reserve copies, every plan, every field package, zipped or
    not, and the delivered CSV files of those tables that lie in the folder. The files are rewritten without free
    pages, and every file of the folder is searched for what was erased. Whatever lies outside the folder, such
    as the city's own registers, has to be erased there, or the next import brings it back.

    Args:
        wijk: The wijk.
        before: Erase what is dated before this day; of results, what plans of before this day hold.
        dwelling: Erase everything about this dwelling (``woning_id`` or ``adres_id``).
        role: For the access log.

    Returns:
        What was done, and where an erased value still stands.

    Raises:
        WorkspaceError: Neither or both of ``before`` and ``dwelling`` are given, another program has a
            GeoPackage open, or the dwelling is unknown.

    Source:
        AVG (GDPR) articles 5(1)(e) and 17.
    """
    if (before is None) == (dwelling is None):
        raise WorkspaceError(
            "Say either a date or a dwelling.", "purge", "Use --before DATE or --dwelling ID."
        )
    files = [p for p in sorted(wijk.folder.rglob("*.gpkg")) if p.name != "vrijgaven.gpkg"]
    for path in files:
        if held_elsewhere(path):
            raise WorkspaceError(
                "Another program has this file open.", str(path), "Close it there and try again."
            )
    for path in wijk.folder.rglob(".*.deel"):
        path.unlink()  # what an erasure left that was cut short
    ids = _identities(files, dwelling) if dwelling else set()
    result, erased = Purged(), set()
    for path in files:
        _rewrite(
            path,
            path.parent,
            lambda part, p=path: _clean(part, before, ids, _moment(p), result, erased),
            result,
            wijk.folder,
        )
    for path in sorted(wijk.folder.rglob("*.zip")):
        _rewrite(
            path, path.parent, lambda part: _clean_zip(part, before, ids, result, erased), result, wijk.folder
        )
    for path in _deliveries(wijk):
        _rewrite(
            path, path.parent, lambda part: _clean_csv(part, before, ids, result, erased), result, wijk.folder
        )
    result.left = _search(wijk.folder, erased)
    what = f"gegevens van voor {before}" if before else "gegevens van een woning"
    Ledger.of(wijk.folder).log(role, "wissen", what, result.rows + result.emptied)
    return result


def _identities(files: list[Path], dwelling: str) -> set[str]:
    """The dwelling's own id, and its address where no other dwelling shares it."""
    pairs: set[tuple[str, str]] = set()
    for path in files:
        with contextlib.closing(sqlite3.connect(path)) as database:
            if "woningen" in _tables(database):
                pairs |= set(database.execute("SELECT woning_id, adres_id FROM woningen"))
    own = {(w, a) for w, a in pairs if dwelling in (w, a)}
    if not own:
        raise WorkspaceError(
            f"There is no dwelling '{dwelling}'.", "woningen", "Give its woning_id or adres_id."
        )
    homes = {w for w, _ in own}
    return homes | {a for _, a in own if a and {w for w, b in pairs if b == a} <= homes}


def _rewrite(path: Path, folder: Path, clean: Callable[[Path], bool], result: Purged, root: Path) -> None:
    """Clean a copy and put it in the place of the file, so that a crash leaves one or the other."""
    part = folder / f".{path.name}.deel"
    try:
        if path.suffix == ".gpkg":
            settle(path)  # what a crashed program left in a side file belongs to the file
        shutil.copyfile(path, part)
        if clean(part):
            os.replace(part, path)
            result.files.append(str(path.relative_to(root)))
        for side in ("-wal", "-shm", "-journal"):
            Path(f"{path}{side}").unlink(missing_ok=True)
    except (OSError, sqlite3.DatabaseError) as error:
        raise WorkspaceError(
            f"This file could not be cleaned: {error}.", str(path), "Nothing of it was erased."
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _clean(
    path: Path,
    before: datetime.date | None,
    ids: set[str],
    moment: datetime.date | None,
    result: Purged,
    erased: set[str],
) -> bool:
    """Erase in one GeoPackage; True if anything changed."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            # The index triggers name these; without a change of geometry none is ever called.
            database.create_function(name, 1, lambda _: 0)
        database.execute("PRAGMA secure_delete=ON")
        changed = 0
        for table in sorted(_tables(database) & set(load().layers)):
            layer = load().layer(table)
            columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')}
            condition, values = _condition(layer, columns, before, ids, moment)
            if condition:
                changed += _erase(database, layer, columns, condition, values, result, erased)
        # A row that somebody deleted before leaves its bytes behind; plans are never edited.
        if changed or moment is None:
            before_bytes = path.read_bytes()[_HEADER:]
            database.execute("VACUUM")
    return changed > 0 or (moment is None and path.read_bytes()[_HEADER:] != before_bytes)


def _condition(
    layer: Layer, columns: set[str], before: datetime.date | None, ids: set[str], moment: datetime.date | None
) -> tuple[str, list[str]]:
    """Which rows of a table fall under the erasure; empty where none can."""
    if not any(f.privacy == "P0" for f in layer.fields.values()):
        return "", []
    if layer.id == "afgekeurd":
        # Rejected rows name no dwelling and no date; the next import lists them anew.
        personal = [id for id, other in load().layers.items() if _personal(other)]
        return f"laag IN ({', '.join('?' * len(personal))})", personal
    if ids:
        named = [c for c in _BY_DWELLING if c in columns]
        marks = ", ".join("?" * len(ids))
        return " OR ".join(f'"{c}" IN ({marks})' for c in named), sorted(ids) * len(named)
    if layer.kind == "result":
        return ("1", []) if moment is not None and moment < before else ("", [])
    dates = [
        n
        for n, f in layer.fields.items()
        if f.type in ("date", "datetime") and f.privacy == "P0" and n in columns
    ]
    return (f'"{dates[0]}" < ?', [before.isoformat()]) if dates else ("", [])


def _erase(
    database: sqlite3.Connection,
    layer: Layer,
    columns: set[str],
    condition: str,
    values: list[str],
    result: Purged,
    erased: set[str],
) -> int:
    """Remove the rows of a personal table, empty the personal fields of any other."""
    closed = [n for n, f in layer.fields.items() if f.privacy == "P0" and n in columns]
    if not closed:
        return 0  # an export, from which they were dropped
    emptied = {n: _UNKNOWN if _UNKNOWN in layer.fields[n].codes else None for n in closed}
    personal = _personal(layer) or any(layer.fields[n].required and v is None for n, v in emptied.items())
    texts = [
        n
        for n in closed
        if layer.fields[n].type == "text" and not layer.fields[n].codes and n not in _BY_DWELLING
    ]
    # Rejected rows carry file names and column names beside values that any row may hold.
    told = {n: _values(database, layer.id, n, condition, values) for n in texts if layer.id != "afgekeurd"}
    if personal:
        count = database.execute(f'DELETE FROM "{layer.id}" WHERE {condition}', values).rowcount
        result.rows += count
    else:
        filled = " OR ".join(f'"{n}" IS NOT ?' for n in closed)
        empty = ", ".join(f'"{n}" = ?' for n in closed)
        sql = f'UPDATE "{layer.id}" SET {empty} WHERE ({condition}) AND ({filled})'
        count = database.execute(sql, [*emptied.values(), *values, *emptied.values()]).rowcount
        result.emptied += count
    for name, own in told.items():
        # What other rows say as well, such as the name of a source, is nobody's own.
        erased |= own - _values(database, layer.id, name, "1", [])
    return count


def _values(
    database: sqlite3.Connection, table: str, name: str, condition: str, values: list[str]
) -> set[str]:
    """Texts long enough to tell a person by."""
    rows = database.execute(f'SELECT DISTINCT "{name}" FROM "{table}" WHERE {condition}', values)
    return {row[0] for row in rows if isinstance(row[0], str) and len(row[0]) >= 8}


def _personal(layer: Layer) -> bool:
    """Whether the very existence of a row is personal."""
    return layer.kind in ("input", "human", "result") and any(
        layer.fields[n].privacy == "P0" for n in layer.key
    )


def _clean_zip(
    path: Path, before: datetime.date | None, ids: set[str], result: Purged, erased: set[str]
) -> bool:
    """Erase in the GeoPackages inside a zipped field package."""
    changed = False
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            archive.extractall(folder)
        for name in names:
            if name.endswith(".gpkg"):
                changed |= _clean(Path(folder) / name, before, ids, None, result, erased)
        if changed:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    if not name.endswith("/"):
                        archive.write(Path(folder) / name, name)
    return changed


def _clean_csv(
    path: Path, before: datetime.date | None, ids: set[str], result: Purged, erased: set[str]
) -> bool:
    """Drop the lines of a delivered table that name the dwelling or an erased record, or are too old."""
    raw = path.read_bytes()
    try:
        text, coding = raw.decode("utf-8-sig"), "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        text, coding = raw.decode("latin-1"), "latin-1"
    lines = text.splitlines(keepends=True)
    if not lines:
        return False
    mark = max(";,\t", key=lines[0].count)
    head = [c.strip().lower() for c in next(csv.reader([lines[0]], delimiter=mark))]
    day = head.index("datum") if "datum" in head else None
    kept = lines[:1]
    for line in lines[1:]:
        cells = next(csv.reader(io.StringIO(line), delimiter=mark), [])
        old = (
            before is not None
            and day is not None
            and day < len(cells)
            and "" < cells[day] < before.isoformat()
        )
        if old or (ids | erased) & set(cells):
            erased.update(
                c
                for n, c in zip(head, cells, strict=False)
                if n.endswith("_id") and n not in _BY_DWELLING and len(c) >= 8
            )
            result.rows += 1
        else:
            kept.append(line)
    path.write_bytes("".join(kept).encode(coding))
    return len(kept) < len(lines)


def _deliveries(wijk: Wijk) -> list[Path]:
    """CSV files in the wijk folder from which tables with a personal key are imported."""
    found = set()
    for id, specs in wijk.config.sources.items():
        if _personal(load().layer(id)):
            found |= {(wijk.folder / spec.path).resolve() for spec in specs}
    return sorted(
        p
        for p in found
        if p.suffix.lower() == ".csv" and p.is_file() and p.is_relative_to(wijk.folder.resolve())
    )


def _search(folder: Path, erased: set[str]) -> list[str]:
    """Files in which an erased value still stands."""
    words = [word.encode() for word in erased]
    left = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if any(word in content for content in _contents(path) for word in words):
            left.append(str(path.relative_to(folder)))
    return left


def _contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def _tables(database: sqlite3.Connection) -> set[str]:
    return {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _moment(path: Path) -> datetime.date | None:
    """Day on which the plan that this file belongs to was made."""
    stem = path.stem.removeprefix("plan_")
    with contextlib.suppress(ValueError):
        return datetime.datetime.strptime(stem, "%Y%m%dT%H%M%SZ").date()
    return None
