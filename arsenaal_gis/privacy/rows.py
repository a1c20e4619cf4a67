"""Rows of a GeoPackage table that are read when they are needed, so that a city fits in little memory."""

import contextlib
import dataclasses
import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..catalogue import Layer
from ..errors import WorkspaceError
from ..gpkg import read_layer


@dataclass(frozen=True)
class Rows:
    """A table in a GeoPackage that has not been read yet.

    Attributes:
        path: The GeoPackage.
        layer: Its description; only the fields in it are read.
    """

    path: Path
    layer: Layer

    @property
    def columns(self) -> list[str]:
        """Columns of the description that the file has."""
        with self._open() as database:
            present = {row[1] for row in database.execute(f'PRAGMA table_info("{self.layer.id}")')}
        return [name for name in self.layer.fields if name in present]

    def __len__(self) -> int:
        with self._open() as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [self.layer.id]).fetchone():
                return 0
            return int(database.execute(f'SELECT count(*) FROM "{self.layer.id}"').fetchone()[0])

    def only(self, names: list[str]) -> "Rows":
        """The same rows with fewer columns."""
        return Rows(
            self.path, dataclasses.replace(self.layer, fields={n: self.layer.fields[n] for n in names})
        )

    def frame(self) -> pd.DataFrame:
        """All rows at once, as the catalogue describes them."""
        return read_layer(self.path, self.layer.id)

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Values in the order of ``columns``, then the geometry as GeoPackage stores it; by key."""
        names = self.columns
        shown = [f'"{n}"' for n in names] + (["geom"] if self.layer.spatial else [])
        order = ", ".join(f'"{n}"' for n in self.layer.key)
        with self._open() as database:
            yield from database.execute(f'SELECT {", ".join(shown)} FROM "{self.layer.id}" ORDER BY {order}')

    def digest(self) -> str:
        """SHA-256 of the rows, in order."""
        total = hashlib.sha256(f"{self.layer.id}|{'|'.join(self.columns)}".encode())
        for row in self:
            total.update(repr(row).encode())
        return total.hexdigest()

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
                yield database
        except sqlite3.DatabaseError as error:
            raise WorkspaceError(
                f"Table '{self.layer.id}' cannot be read: {error}.", str(self.path), "Is the file whole?"
            ) from error
