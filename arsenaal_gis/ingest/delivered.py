"""Opens a source named in ``wijk.toml``, whatever its container, and brings its coordinates to Lambert 72."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np
import pandas as pd
import shapely

from ..errors import SourceError
from ..wijk.config import SourceSpec
from . import crs, tables, vectors
from .columns import match
from .ledger import Ledger
from .values import number

Bounds = tuple[float, float, float, float]
# From this size on only the wanted window is read.
_LARGE = 20_000


@dataclass(frozen=True)
class Place:
    """Where to look.

    Attributes:
        wijk: Bounds of the wijk in Lambert 72, None before they are known.
        margin_m: How far around it data are wanted.
    """

    wijk: Bounds | None
    margin_m: float

    @property
    def area(self) -> Bounds | None:
        """The wijk with its margin."""
        if self.wijk is None:
            return None
        x_min, y_min, x_max, y_max = self.wijk
        return x_min - self.margin_m, y_min - self.margin_m, x_max + self.margin_m, y_max + self.margin_m


@dataclass
class Delivered:
    """Rows as delivered.

    Attributes:
        frame: Columns as named in the delivery; the index holds the row numbers.
        geometry: Geometries in Lambert 72 by position, None for a table without coordinates.
        operation: How the coordinates were brought there.
        sha256: Checksum of the delivered bytes.
    """

    frame: pd.DataFrame
    geometry: np.ndarray | None
    operation: crs.Operation | None
    sha256: str


def resolve(folder: PurePath, written: str) -> PurePath:
    """Give the place of a source; relative paths start at the folder of ``wijk.toml``.

    Args:
        folder: The wijk folder (UNC paths too).
        written: ``pad`` in ``wijk.toml``.

    Returns:
        The path.
    """
    return folder / written


def open_source(
    spec: SourceSpec,
    path: Path,
    place: Place,
    ledger: Ledger,
    scratch: Path,
    *,
    xy: dict[str, tuple[str, ...]],
) -> Delivered:
    """Read a source as it was delivered.

    Args:
        spec: The source in ``wijk.toml``.
        path: Where it lies.
        place: Where to look; large files are read through it.
        ledger: Account of the source; gets the rows read and what is wrong with the whole.
        scratch: Temporary folder.
        xy: Names that the columns of coordinates may have, by ``x`` and ``y``; empty where points are not
            wanted.

    Returns:
        The rows.

    Raises:
        SourceError: It cannot be read, or its coordinates fit no system.
    """
    path, layer = vectors.locate(path, spec.table, scratch)
    digest = _checksum(path)
    suffix = path.suffix.casefold()
    if suffix in tables.TEXTS or suffix in tables.SHEETS:
        return _open_table(spec, path, place, ledger, digest, xy)
    return _open_vector(spec, path, layer, place, ledger, digest)


def _open_table(
    spec: SourceSpec, path: Path, place: Place, ledger: Ledger, digest: str, xy: dict[str, tuple[str, ...]]
) -> Delivered:
    if path.suffix.casefold() in tables.SHEETS:
        table = tables.read_sheet(path, spec.table)
    else:
        table = tables.read_csv(path, spec.encoding, spec.delimiter)
    broken = table.broken or {}
    ledger.read = len(table.frame) + len(broken)
    widths = pd.Series(broken, dtype=object)
    ledger.mark("cells", broken, values=widths, extras=pd.Series(table.frame.shape[1], index=widths.index))
    found, _ = match(table.frame.columns, xy)
    if set(found) != {"x", "y"}:
        return Delivered(table.frame, None, None, digest)
    geometry, operation = _points(table.frame, found, spec, place, ledger)
    return Delivered(table.frame, geometry, operation, digest)


def _points(
    frame: pd.DataFrame, found: dict[str, str], spec: SourceSpec, place: Place, ledger: Ledger
) -> tuple[np.ndarray, crs.Operation]:
    """Make points of two columns; rows written unlike the rest are put right one by one."""
    x, y = number(frame[found["x"]]), number(frame[found["y"]])
    for name, axis in (("x", x), ("y", y)):
        ledger.mark(
            "value_form",
            frame.index[axis.repaired],
            field=name,
            values=frame[found[name]],
            extras=axis.values,
        )
    xy = np.column_stack([x.values, y.values])
    missing = ~np.isfinite(xy).all(axis=1) | (np.abs(xy) < 1e-6).all(axis=1)
    boxes = np.where(missing[:, None], np.nan, xy)[:, [0, 1, 0, 1]]
    epsg, swapped = _judged(boxes, crs.identify(spec.crs) or crs.HOME, bool(spec.crs), place, ledger)
    geometry = np.full(len(frame), None, dtype=object)
    geometry[~missing] = crs.to_home(shapely.points(xy[~missing]), epsg, swapped=swapped)
    if place.area is not None:
        _put_right(geometry, xy, (epsg, swapped), place.area, frame, ledger)
    words = pd.Series(
        [f"{a!s}; {b!s}" for a, b in frame[[found["x"], found["y"]]].to_numpy()], index=frame.index
    )
    ledger.mark("no_location", frame.index[missing], values=words)
    return geometry, crs.operation(epsg)


def _put_right(
    geometry: np.ndarray,
    xy: np.ndarray,
    usual: tuple[int, bool],
    area: Bounds,
    frame: pd.DataFrame,
    ledger: Ledger,
) -> None:
    box = shapely.box(*area)
    there = np.array([shape is not None for shape in geometry])
    stray = np.flatnonzero(there & ~shapely.intersects(geometry, box))
    for position in stray:
        point = xy[position]
        single = crs.judge(point[[0, 1, 0, 1]][None], usual[0], area)
        if single.epsg is None or (single.epsg, single.swapped) == usual:
            continue
        moved = crs.to_home(shapely.points(point[None]), single.epsg, swapped=single.swapped)[0]
        if not shapely.intersects(moved, box):
            continue
        geometry[position] = moved
        row = frame.index[position]
        how = "omgewisseld (x en y)" if single.epsg == usual[0] else f"EPSG:{single.epsg}"
        ledger.mark(
            "point_moved", [row], values=pd.Series([f"{point[0]:.10g}; {point[1]:.10g}"], index=[row]),
            extras=pd.Series([how], index=[row]),
        )  # fmt: skip


def _open_vector(
    spec: SourceSpec, path: Path, layer: str, place: Place, ledger: Ledger, digest: str
) -> Delivered:
    about = vectors.info(path, layer, spec.encoding)
    tag = spec.crs or about.crs
    window = None
    if about.total > _LARGE and place.area is not None and np.isfinite(about.bounds).all():
        whole = crs.judge(np.array([about.bounds]), crs.identify(tag), place.area)
        if whole.epsg is not None:
            window = crs.bounds_in(place.area, whole.epsg, swapped=whole.swapped)
    vector = vectors.read(path, layer, bounds=window, encoding=spec.encoding)
    ledger.read = vector.total
    ledger.outside += vector.total - len(vector.attributes)
    for code in vector.notes:
        ledger.tell(code)
    absent = np.array([shape is None for shape in vector.geometry], dtype=bool)
    if absent.all():
        return Delivered(vector.attributes, None, None, digest)
    boxes = shapely.bounds(vector.geometry)
    epsg, swapped = _judged(boxes, crs.identify(tag), bool(spec.crs), place, ledger)
    return Delivered(
        vector.attributes, crs.to_home(vector.geometry, epsg, swapped=swapped), crs.operation(epsg), digest
    )


def _judged(
    boxes: np.ndarray, declared: int | None, trusted: bool, place: Place, ledger: Ledger
) -> tuple[int, bool]:
    found = crs.judge(boxes, declared, place.area)
    if trusted and declared is not None:
        found = crs.Judgement(declared, swapped=found.swapped and found.epsg == declared, contradicts=False)
    if found.epsg is None:
        if not np.isfinite(boxes).any():
            return crs.HOME, False
        ledger.tell("crs_unknown")
        raise SourceError("The coordinates fit no known system in Belgium.", "", "Set 'crs' in wijk.toml.")
    if declared is None:
        ledger.tell("crs_missing", value=f"EPSG:{found.epsg}")
    elif found.contradicts and found.epsg != declared:
        ledger.tell("crs_contradicts", field=f"EPSG:{declared}", value=f"EPSG:{found.epsg}")
    if found.swapped:
        ledger.tell("crs_swapped")
    operation = crs.operation(found.epsg)
    if operation.grid_missing:
        ledger.tell("grid_missing", value=operation.grid_missing, extra=f"{operation.accuracy_m:g}")
    return found.epsg, found.swapped


def _checksum(path: Path) -> str:
    """SHA-256 of the file, with its attribute table where it is a shapefile."""
    digest = hashlib.sha256()
    parts = [path] + [
        path.with_suffix(suffix) for suffix in (".dbf", ".DBF") if path.suffix.casefold() == ".shp"
    ]
    for part in parts:
        if part.exists():
            with part.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()
