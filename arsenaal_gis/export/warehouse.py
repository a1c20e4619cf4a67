"""Loading an export into PostGIS: one transaction, history kept."""

import contextlib
import io
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..catalogue import Layer
from ..catalogue import load as catalogue
from ..errors import SourceError, WorkspaceError
from ..gpkg import CRS
from ..progress import SILENT, Progress
from .history import HISTORY

_TYPES = {
    "text": "text",
    "integer": "bigint",
    "real": "double precision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp with time zone",
}
_SRID = int(CRS.split(":")[1])


@dataclass
class LoadReport:
    """What a load changed, by table.

    Attributes:
        opened: Rows that are new or whose new version was added.
        closed: Rows that ended: replaced or gone.
    """

    opened: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)


def load(path: Path, dsn: str, schema: str = "arsenaal", progress: Progress = SILENT) -> LoadReport:
    """Bring a PostGIS schema up to an export.

    Unchanged rows stay, changed ones are closed (``geldig_tot``, ``is_actueel``) and opened anew, gone ones are
    closed. Everything happens in one transaction: whatever fails, the warehouse stays as it was. A load repeated
    changes nothing.

    Args:
        path: A GeoPackage written by :func:`~.run.run`.
        dsn: ``postgresql://user@host/database``; a password belongs in ``~/.pgpass`` or ``PGPASSWORD``.
        schema: Schema to load into; made if it does not exist.
        progress: Told of the tables; may stop the work.

    Returns:
        Rows opened and closed.

    Raises:
        SourceError: The file is no export, or its columns are not those of the warehouse.
        WorkspaceError: No connection, or it was lost.
    """
    try:
        import psycopg2
        from psycopg2 import sql
    except ImportError:
        raise WorkspaceError(
            "The PostgreSQL driver psycopg2 is not installed.", "load", "pip install psycopg2-binary"
        ) from None
    report = LoadReport()
    with contextlib.closing(_open(path)) as source:
        tables, partial = _manifest(source, path)
        try:
            connection = psycopg2.connect(dsn)
        except psycopg2.OperationalError as error:
            raise WorkspaceError(
                f"No connection to the warehouse: {str(error).strip()}",
                "load",
                "Check the address and the network.",
            ) from None
        try:
            with contextlib.closing(connection), connection, connection.cursor() as cursor:
                cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
                progress.stage("laden", len(tables))
                for layer in tables:
                    progress.check()
                    _Table(cursor, sql, schema, layer).merge(source, partial, report)
                    progress.advance()
        except psycopg2.Error as error:
            raise WorkspaceError(
                f"The warehouse could not be loaded: {str(error).strip()}",
                schema,
                "Nothing was changed; try again.",
            ) from None
    return report


def _open(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise SourceError(
            f"The export cannot be read: {error}.", str(path), "Give the file that 'arsenaal export' wrote."
        ) from error


def _manifest(source: sqlite3.Connection, path: Path) -> tuple[list[Layer], bool]:
    """Tables in the file as they are there, and whether it holds only changes."""
    try:
        rows = source.execute(
            "SELECT laag, sinds_plan FROM export_manifest WHERE rijen > 0 ORDER BY laag"
        ).fetchall()
    except sqlite3.Error:
        raise SourceError(
            "This file has no export_manifest.", str(path), "Give the file that 'arsenaal export' wrote."
        ) from None
    layers = []
    for id, _ in rows:
        known = catalogue().layer(id)
        present = [row[1] for row in source.execute(f'PRAGMA table_info("{id}")')]
        fields = {n: known.fields.get(n) or HISTORY[n] for n in present if n not in ("fid", "geom")}
        layers.append(
            Layer(id, known.title, known.description, known.kind, known.geometry, known.key, fields)
        )
    return layers, bool(rows) and rows[0][1] is not None


class _Table:
    """One table of the warehouse."""

    def __init__(self, cursor: Any, sql: Any, schema: str, layer: Layer) -> None:
        self.cursor, self.sql, self.schema, self.layer = cursor, sql, schema, layer
        self.names = [*layer.fields, *(["geom"] if layer.spatial else [])]
        self.table = sql.Identifier(schema, layer.id)
        self.stage = sql.Identifier(f"nieuw_{layer.id}"[:63])
        self.columns = sql.SQL(", ").join(map(sql.Identifier, self.names))

    def merge(self, source: sqlite3.Connection, partial: bool, report: LoadReport) -> None:
        """Stage the rows, close what ended, open what is new."""
        self._prepare()
        self._copy(source)
        same = self.sql.SQL(" AND ").join(
            self.sql.SQL("w.{0} = n.{0}").format(self.sql.Identifier(k)) for k in self.layer.key
        )
        self._run("CREATE INDEX ON {stage} ({key})")
        self._run("ANALYZE {stage}")
        gone = "" if partial else " OR NOT EXISTS (SELECT 1 FROM {stage} n WHERE {same})"
        self._run(
            "UPDATE {table} w SET is_actueel = false, geldig_tot = (SELECT max(geldig_van) FROM {stage}) WHERE w.is_actueel AND ("
            "EXISTS (SELECT 1 FROM {stage} n WHERE {same} AND (n.rij_hash <> w.rij_hash OR NOT n.is_actueel))"
            + gone
            + ")",
            same=same,
        )
        closed = self.cursor.rowcount
        self._run(
            "INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage} n WHERE n.is_actueel AND NOT EXISTS "
            "(SELECT 1 FROM {table} w WHERE w.is_actueel AND {same})",
            same=same,
        )
        report.opened[self.layer.id], report.closed[self.layer.id] = self.cursor.rowcount, closed
        self._run("DROP TABLE {stage}")

    def _run(self, text: str, **extra: Any) -> None:
        key = self.sql.SQL(", ").join(map(self.sql.Identifier, self.layer.key))
        statement = self.sql.SQL(text).format(
            table=self.table, stage=self.stage, columns=self.columns, key=key, **extra
        )
        self.cursor.execute(statement)

    def _prepare(self) -> None:
        """Make the table, or refuse one whose columns differ."""
        wanted = {n: _TYPES[f.type] for n, f in self.layer.fields.items()}
        if self.layer.spatial:
            wanted["geom"] = f"geometry({self.layer.geometry},{_SRID})"
        self.cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
            [self.table.as_string(self.cursor)],
        )
        present = dict(self.cursor.fetchall())
        if present:
            wrong = sorted(n for n in {*wanted, *present} if wanted.get(n) != present.get(n))
            if wrong:
                raise SourceError(
                    f"The warehouse has other columns: {', '.join(wrong)}.",
                    f"{self.schema}.{self.layer.id}",
                    "Agree a new version of the contract, then rename or drop the old table. Nothing was changed.",
                )
        else:
            parts = [self.sql.SQL("{} " + kind).format(self.sql.Identifier(n)) for n, kind in wanted.items()]
            self.cursor.execute(
                self.sql.SQL("CREATE TABLE {} ({})").format(self.table, self.sql.SQL(", ").join(parts))
            )
            self._run("CREATE UNIQUE INDEX ON {table} ({key}) WHERE is_actueel")
            if self.layer.spatial:
                self._run("CREATE INDEX ON {table} USING gist (geom)")
        self._run("CREATE TEMP TABLE {stage} (LIKE {table}) ON COMMIT DROP")

    def _copy(self, source: sqlite3.Connection) -> None:
        quoted = ", ".join(f'"{n}"' for n in self.names)
        rows = source.execute(f'SELECT {quoted} FROM "{self.layer.id}" ORDER BY fid')
        flags = [f.type == "boolean" for f in self.layer.fields.values()]
        text = self.sql.SQL("COPY {} ({}) FROM STDIN").format(self.stage, self.columns)
        self.cursor.copy_expert(text.as_string(self.cursor), _Lines(_line(row, flags) for row in rows))


class _Lines(io.RawIOBase):
    """Lines as the file that COPY reads, a piece at a time."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, length = [self._rest], len(self._rest)
        for line in self._lines:
            parts.append(line)
            length += len(line)
            if 0 <= size <= length:
                break
        whole = b"".join(parts)
        size = len(whole) if size < 0 else size
        self._rest = whole[size:]
        return whole[:size]


def _line(row: tuple[Any, ...], flags: list[bool]) -> bytes:
    """One row in COPY's text format."""
    cells = []
    for index, value in enumerate(row):
        if value is None:
            cells.append("\\N")
        elif isinstance(value, bytes):
            cells.append(_ewkb(value))
        elif index < len(flags) and flags[index]:
            cells.append("t" if value else "f")
        elif isinstance(value, str):
            cells.append(
                value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
            )
        else:
            cells.append(repr(value))
    return ("\t".join(cells) + "\n").encode()


def _ewkb(blob: bytes) -> str:
    """A stored geometry as PostGIS' hexadecimal EWKB."""
    body = blob[8 + (0, 32, 48, 48, 64)[blob[3] >> 1 & 7] :]
    order = "<" if body[0] else ">"
    (kind,) = struct.unpack_from(f"{order}I", body, 1)
    return (body[:1] + struct.pack(f"{order}II", kind | 0x20000000, _SRID) + body[5:]).hex()
