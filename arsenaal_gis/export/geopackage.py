"""Writing a GeoPackage in bounded memory, with equal bytes for equal content.

GDAL makes the empty tables, so that every definition and trigger is as its own validator expects. The rows go in
through SQLite, one after the other: a table of any size passes through without being decoded.
"""

import contextlib
import os
import shutil
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..catalogue import Layer
from ..errors import WorkspaceError
from ..gpkg import conform, empty_frame, write_layer
from ..privacy import Rows
from ..progress import SILENT, Progress
from ..wijk import held_elsewhere

SRS = 31370
Row = tuple[object, ...]
Bounds = tuple[float, float, float, float]
_BATCH = 5000
_POINT = b"\x01\x01\x00\x00\x00"
_FULL = "Is the disk full, or the folder on a network drive that went away?"


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A name to write to; its file takes the place of ``target`` once everything is written.

    A crash at any moment leaves the old file or none, and at most a file that begins with a dot and ends with
    ``.deel``, which the next run removes.

    Args:
        target: Where the finished file belongs.

    Raises:
        WorkspaceError: Another program has the target open, or it cannot be written.
    """
    part = target.with_name(f".{target.stem}.deel{target.suffix}")
    if target.suffix == ".gpkg" and held_elsewhere(target):
        raise WorkspaceError(
            "Another program has this file open.", str(target), "Close it there; the old file is intact."
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(
            f"The file could not be written: {error}.", str(target), f"{_FULL} The old file is intact."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A folder to write to, which takes the place of ``target`` as a whole once everything is written.

    Args:
        target: Where the finished folder belongs.

    Raises:
        WorkspaceError: It cannot be written; the old folder is as it was.
    """
    part, old = (target.with_name(f".{target.name}.{what}") for what in ("deel", "oud"))
    try:
        if old.exists() and not target.exists():  # a crash between the two renames
            os.replace(old, target)
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if target.exists():
            os.replace(target, old)
        os.replace(part, target)
    except OSError as error:
        raise WorkspaceError(
            f"The folder could not be written: {error}.", str(target), f"{_FULL} The old files are intact."
        ) from error
    finally:
        for leftover in (part, old):
            shutil.rmtree(leftover, ignore_errors=True)


def add_table(path: Path, layer: Layer, rows: Iterable[Row], progress: Progress = SILENT) -> int:
    """Add a layer to a GeoPackage.

    Args:
        path: The file; made if it does not exist.
        layer: Description of the table; its fields are the columns.
        rows: Values in the order of the fields, then, for a spatial layer, the geometry as GeoPackage
            stores it; never null or empty, see :func:`located`.
        progress: Told of the rows; may stop the work.

    Returns:
        Rows written.

    Raises:
        WorkspaceError: The disk is full or the file cannot be written.
    """
    write_layer(path, layer, empty_frame(layer))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536"):
            database.execute(f"PRAGMA {pragma}")
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY rowid",
            [layer.id],
        ).fetchall()
        database.execute("BEGIN")
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        written, extent = _fill(database, layer, rows, progress)
        for _, sql in triggers:
            database.execute(sql)
        if extent is not None:
            database.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                [*extent, layer.id],
            )
        database.execute(
            "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", [written, layer.id]
        )
        database.execute("COMMIT")
    return written


def _fill(
    database: sqlite3.Connection, layer: Layer, rows: Iterable[Row], progress: Progress
) -> tuple[int, Bounds | None]:
    """Insert rows and their entries in the spatial index."""
    columns = [*(["geom"] if layer.spatial else []), *layer.fields]
    names, marks = ", ".join(f'"{c}"' for c in ("fid", *columns)), ", ".join("?" * (len(columns) + 1))
    insert = f'INSERT INTO "{layer.id}" ({names}) VALUES ({marks})'
    index = f'INSERT INTO "rtree_{layer.id}_geom" VALUES (?, ?, ?, ?, ?)'
    written = 0
    west = south = np.inf
    east = north = -np.inf
    batch: list[Row] = []
    boxes: list[tuple[float, ...]] = []

    def flush() -> None:
        database.executemany(insert, batch)
        if layer.spatial:
            database.executemany(index, boxes)
        progress.advance(len(batch))
        progress.check()
        batch.clear()
        boxes.clear()

    for row in rows:
        if layer.spatial:
            box = bounds_of(row[-1]) or (np.nan,) * 4
            west, south, east, north = (
                min(west, box[0]),
                min(south, box[1]),
                max(east, box[2]),
                max(north, box[3]),
            )
            boxes.append((written + 1, box[0], box[2], box[1], box[3]))
            batch.append((written + 1, row[-1], *row[:-1]))
        else:
            batch.append((written + 1, *row))
        written += 1
        if len(batch) == _BATCH:
            flush()
    flush()
    return written, (west, south, east, north) if layer.spatial and written else None


def located(rows: Iterable[Row], bare: list[Row]) -> Iterator[Row]:
    """Rows that have a geometry; the others go to ``bare``, since no reader expects a null or empty shape."""
    for row in rows:
        if bounds_of(row[-1]) is None:
            bare.append(row)
        else:
            yield row


def bounds_of(blob: object) -> Bounds | None:
    """Envelope of a stored geometry; None where it is null or empty.

    Source:
        OGC 12-128r15, GeoPackage 1.2, section 2.1.3.1: the binary header.
    """
    if not isinstance(blob, bytes) or blob[3] & 0x10:
        return None
    order = "<" if blob[3] & 1 else ">"
    if blob[3] >> 1 & 7:
        west, east, south, north = struct.unpack_from(f"{order}4d", blob, 8)
        return west, south, east, north
    if blob[8:13] == _POINT:
        x, y = struct.unpack_from("<2d", blob, 13)
        return None if x != x else (x, y, x, y)
    shape = shapely.from_wkb(blob[8:])
    return None if shape.is_empty else tuple(shape.bounds)  # type: ignore[return-value]


def rows_of(table: pd.DataFrame | Rows, layer: Layer) -> Iterator[Row]:
    """Rows as SQLite stores them, whichever way a layer comes."""
    if isinstance(table, Rows):
        names = table.columns
        if names == list(layer.fields):
            yield from table
        else:
            spots = [names.index(n) if n in names else None for n in layer.fields]
            for row in table:
                yield (*(None if i is None else row[i] for i in spots), *row[len(names) :])
        return
    frame = conform(table, layer)
    columns = [_plain(frame[name], field.type) for name, field in layer.fields.items()]
    if isinstance(frame, gpd.GeoDataFrame):
        columns.append(blobs(frame.geometry.to_numpy()))
    yield from zip(*columns, strict=True)


def _plain(column: pd.Series, type: str) -> list[object]:
    if type == "date":
        values = column.dt.strftime("%Y-%m-%d")
    elif type == "datetime":
        values = column.dt.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    else:
        values = column
    whole = {"integer": int, "boolean": int, "real": float}.get(type, str)
    return [None if missing else whole(v) for v, missing in zip(values, column.isna(), strict=True)]


def blobs(shapes: np.ndarray) -> list[bytes | None]:
    """Geometries as GeoPackage stores them: header, envelope but for points, well-known binary."""
    wkb, boxes = shapely.to_wkb(shapes, byte_order=1), shapely.bounds(shapes)
    kinds, empty = shapely.get_type_id(shapes), shapely.is_empty(shapes) | shapely.is_missing(shapes)
    result: list[bytes | None] = []
    for body, (west, south, east, north), kind, nothing in zip(wkb, boxes, kinds, empty, strict=True):
        if nothing:
            result.append(None)
        elif kind == 0:
            result.append(struct.pack("<2sBBi", b"GP", 0, 1, SRS) + body)
        else:
            result.append(struct.pack("<2sBBi4d", b"GP", 0, 3, SRS, west, east, south, north) + body)
    return result
