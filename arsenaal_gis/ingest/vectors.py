"""Reads vector files as delivered: Shapefile, GML, GeoPackage, GeoJSON, VRT, alone or in a folder or zip.

Nothing is written next to the delivery: a missing index or a zip is dealt with in a temporary folder, so that
read-only folders work.
"""

import mmap
import re
import shutil
import sqlite3
import struct
import tempfile
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import shapely

from ..errors import SourceError
from .tables import SHEETS, TEXTS, sniff_encoding

SUFFIXES = (".shp", ".gpkg", ".gml", ".geojson", ".json", ".vrt", ".fgb", ".dbf", ".xml")
_GML = (".gml", ".xml")
# Formats that can hold several layers with names of their own; GML is not listed since listing writes a .gfs.
_NAMED = (".gpkg", ".vrt")
_GML_CURVE = re.compile(
    rb"<(\w+:)?(Arc|ArcString|ArcByCenterPoint|Circle|CircleByCenterPoint|ArcByBulge)[\s>]"
)
_SQL_CURVE = (
    "CIRCULARSTRING",
    "COMPOUNDCURVE",
    "CURVEPOLYGON",
    "MULTICURVE",
    "MULTISURFACE",
    "CURVE",
    "SURFACE",
)
_SHAPE_HEADER = 100
_AGAIN = "Ask for the delivery again, or copy it again."


@dataclass
class Vector:
    """A layer as delivered.

    Attributes:
        attributes: Columns as named in the file; the index holds the feature numbers, counted from 1.
        geometry: Shapely geometries in the plane, shape (n,), None where absent.
        crs: Tag as delivered, None if there is none.
        total: Features in the file, also those outside the asked bounds.
        notes: Codes of messages on what had to be done to read it (``missing_prj``, ``missing_shx``,
            ``has_z``, ``has_m``, ``has_curves``).
    """

    attributes: pd.DataFrame
    geometry: np.ndarray
    crs: str | None
    total: int
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Info:
    """What a layer says of itself.

    Attributes:
        crs: Tag as delivered.
        total: Number of features.
        bounds: x_min, y_min, x_max, y_max of all features as delivered.
    """

    crs: str | None
    total: int
    bounds: tuple[float, float, float, float]


def locate(path: Path, layer: str, workspace: Path) -> tuple[Path, str]:
    """Find the file and layer to open.

    Args:
        path: File, folder or zip.
        layer: Asked layer; the only one when empty.
        workspace: Temporary folder for what must be unpacked or mended.

    Returns:
        A plain file and the layer in it (empty: its first).

    Raises:
        SourceError: Nothing there, or more than one candidate.
    """
    try:
        there = path.exists()
    except OSError as error:
        raise SourceError(f"The source cannot be reached: {error}.", str(path)) from error
    if not there:
        raise SourceError("The source does not exist.", str(path), "Correct 'pad' in wijk.toml.")
    if path.is_dir():
        return _choose([child for child in sorted(path.iterdir()) if child.is_file()], layer, path), ""
    if path.suffix.casefold() == ".zip":
        return _choose(_unpack(path, workspace), layer, path), ""
    return path, layer


def _choose(files: list[Path], layer: str, origin: Path) -> Path:
    kinds = {*SUFFIXES, *TEXTS, *SHEETS}
    readable = [
        file for file in files if file.suffix.casefold() in kinds and not file.name.endswith(".aux.xml")
    ]
    shapes = {file.stem for file in readable if file.suffix.casefold() == ".shp"}
    readable = [file for file in readable if file.suffix.casefold() != ".dbf" or file.stem not in shapes]
    asked = [
        file
        for file in readable
        if not layer or layer.casefold() in (file.stem.casefold(), file.name.casefold())
    ]
    if len(asked) == 1:
        return asked[0]
    names = ", ".join(file.name for file in readable) or "nothing readable"
    raise SourceError(
        f"{'No' if not asked else 'More than one'} layer to read.",
        str(origin),
        f"Set 'laag'; found: {names}.",
    )


def _unpack(path: Path, workspace: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
            if damaged:
                raise SourceError(f"'{damaged}' in the zip is damaged.", str(path), _AGAIN)
            archive.extractall(workspace)
            names = [name for name in archive.namelist() if not name.endswith("/")]
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise SourceError(f"The zip cannot be opened: {error}.", str(path), _AGAIN) from error
    return [workspace / name for name in sorted(names)]


def info(path: Path, layer: str = "", encoding: str = "") -> Info:
    """Ask a layer for its CRS, size and extent without reading it.

    Args:
        path: A file as :func:`locate` gives it.
        layer: Layer in it.
        encoding: Encoding of its texts, where it does not say so itself.

    Returns:
        What the layer says.

    Raises:
        SourceError: The file cannot be opened.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            about = pyogrio.read_info(
                path, layer=_layer(path, layer), encoding=encoding or None, force_total_bounds=True,
                force_feature_count=True, **_options(path),
            )  # fmt: skip
    except IndexError:  # a GML without features has no layer
        return Info(None, 0, (np.nan,) * 4)
    except (RuntimeError, ValueError, OSError) as error:
        raise _unreadable(path, error) from error
    return Info(about["crs"], int(about["features"]), tuple(about["total_bounds"] or (np.nan,) * 4))


def read(
    path: Path,
    layer: str = "",
    *,
    bounds: tuple[float, float, float, float] | None = None,
    encoding: str = "",
) -> Vector:
    """Read a layer whole, or the features that touch bounds.

    Args:
        path: A file as :func:`locate` gives it.
        layer: Layer in it; the only one when empty.
        bounds: x_min, y_min, x_max, y_max in the layer's own coordinates.
        encoding: Encoding of its texts; for dBase found from the bytes when empty.

    Returns:
        The layer.

    Raises:
        SourceError: Missing, empty, truncated, damaged or not a vector file.
    """
    if path.stat().st_size == 0:
        raise SourceError("The file is empty.", str(path), _AGAIN)
    notes: list[str] = []
    suffix = path.suffix.casefold()
    with tempfile.TemporaryDirectory() as scratch:
        if suffix == ".shp":
            _check_shape(path)
            if not _sibling(path, ".prj"):
                notes.append("missing_prj")
            if not _sibling(path, ".shx"):
                notes.append("missing_shx")
                path = _mend_index(path, Path(scratch))
        if suffix in _GML:
            _check_gml(path)
        dbf = path if suffix == ".dbf" else _sibling(path, ".dbf")
        if suffix in (".shp", ".dbf") and dbf:
            _check_dbf(dbf)
            encoding = encoding or sniff_encoding(dbf.read_bytes()[_dbf_header(dbf) :])
        return _read(path, layer, bounds, encoding, notes)


def _read(
    path: Path, layer: str, bounds: tuple[float, float, float, float] | None, encoding: str, notes: list[str]
) -> Vector:
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            name = _layer(path, layer)
            options = dict(encoding=encoding or None, **_options(path))
            about = pyogrio.read_info(path, layer=name, force_feature_count=True, **options)
            meta, fids, wkb, columns = pyogrio.raw.read(
                path, layer=name, bbox=bounds, return_fids=True, force_2d=False, **options
            )
    except IndexError:  # a GML without features has no layer
        return Vector(pd.DataFrame(index=pd.RangeIndex(0)), np.empty(0, dtype=object), None, 0)
    except (RuntimeError, ValueError, OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    numbers = np.asarray(fids, dtype=int) + (0 if path.suffix.casefold() == ".gpkg" else 1)
    rows = pd.Index(
        np.arange(1, len(numbers) + 1) if path.suffix.casefold() in _GML and not bounds else numbers
    )
    attributes = pd.DataFrame(dict(zip(meta["fields"], columns, strict=True)), index=rows)
    geometry = np.full(len(rows), None, dtype=object)
    if wkb is not None:
        geometry = shapely.from_wkb(wkb, on_invalid="ignore")
        if shapely.has_z(geometry).any():
            notes.append("has_z")
        # pyogrio drops measures and says so in a warning; newer GEOS keeps them in the geometry.
        if any("Measured" in str(warning.message) for warning in said) or _has_m(geometry):
            notes.append("has_m")
        if _has_curves(path, name):
            notes.append("has_curves")
        geometry = shapely.force_2d(geometry)
    return Vector(attributes, geometry, meta["crs"], int(about["features"]), notes)


def _options(path: Path) -> dict[str, str]:
    # Without this GDAL writes a .gfs file beside every GML it reads.
    return {"WRITE_GFS": "NO"} if path.suffix.casefold() in _GML else {}


def _has_m(geometry: np.ndarray) -> bool:
    return (
        hasattr(shapely, "has_m")
        and shapely.geos_version >= (3, 12, 0)
        and bool(shapely.has_m(geometry).any())
    )


def _has_curves(path: Path, layer: str | None) -> bool:
    """Tell whether GDAL had to turn curves into short straight lines, which pyogrio lets it do silently."""
    if path.suffix.casefold() in _GML:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _GML_CURVE.search(data) is not None
    if path.suffix.casefold() == ".gpkg":
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            query = "SELECT upper(geometry_type_name) FROM gpkg_geometry_columns WHERE table_name = ?"
            return any(kind in _SQL_CURVE for (kind,) in connection.execute(query, (layer,)))
        finally:
            connection.close()
    return False


def _layer(path: Path, layer: str) -> str | None:
    """Name the layer to open; None where the format has only one."""
    if path.suffix.casefold() not in _NAMED:
        return layer or None if path.suffix.casefold() in _GML else None
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    matching = [name for name in names if name.casefold() == layer.casefold()] if layer else names
    if len(matching) == 1:
        return matching[0]
    if not names:
        raise SourceError("The file holds no layer.", str(path), _AGAIN)
    raise SourceError(
        f"There is no layer '{layer}'." if layer else "The file holds more than one layer.",
        str(path),
        f"Set 'laag' to one of: {', '.join(names)}.",
    )


def _unreadable(path: Path, error: Exception) -> SourceError:
    if isinstance(error, SourceError):
        return error
    return SourceError(f"The file cannot be read: {str(error).strip().rstrip('.')}.", str(path), _AGAIN)


def _sibling(path: Path, suffix: str) -> Path | None:
    for candidate in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
        if candidate.exists():
            return candidate
    return None


def _check_shape(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_SHAPE_HEADER)
    size = path.stat().st_size
    if len(header) < _SHAPE_HEADER or struct.unpack(">i", header[:4])[0] != 9994:
        raise SourceError("The file is not a shapefile.", str(path), _AGAIN)
    announced = 2 * struct.unpack(">i", header[24:28])[0]
    if size < announced:
        raise SourceError(
            f"The file is truncated: its header announces {announced} bytes, {size} are there.",
            str(path),
            _AGAIN,
        )


def _check_gml(path: Path) -> None:
    """Refuse a GML without its end: GDAL 3.10 and later read as far as it goes, and say nothing."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        root = re.search(rb"<([A-Za-z_][\w:.-]*)", data)
        whole = root is not None and re.search(
            rb"</" + re.escape(root[1]) + rb"\s*>\s*(<!--.*-->\s*)?$", data[-1000:]
        )
    if not whole:
        raise SourceError("The file cannot be read: it breaks off in the middle.", str(path), _AGAIN)


def _dbf_header(path: Path) -> int:
    with path.open("rb") as file:
        return struct.unpack("<H", file.read(12)[8:10])[0]


def _check_dbf(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(32)
    if len(header) < 32:
        raise SourceError("The attribute table is empty.", str(path), _AGAIN)
    rows, start, width = struct.unpack("<IHH", header[4:12])
    size = path.stat().st_size
    if size < start + rows * width:
        raise SourceError(
            f"The attribute table is truncated: of {rows} rows {max(0, size - start) // width} are there.",
            str(path),
            _AGAIN,
        )


def _mend_index(path: Path, scratch: Path) -> Path:
    """Copy a shapefile that lost its .shx and write the index anew from the records' own headers."""
    for suffix in (".shp", ".dbf", ".prj", ".cpg"):
        source = _sibling(path, suffix)
        if source:
            shutil.copy(source, scratch / f"mended{suffix}")
    data = path.read_bytes()
    entries, place = [], _SHAPE_HEADER
    while place + 8 <= len(data):
        words = struct.unpack(">i", data[place + 4 : place + 8])[0]
        entries.append(struct.pack(">ii", place // 2, words))
        place += 8 + 2 * words
    length = struct.pack(">i", (_SHAPE_HEADER + 8 * len(entries)) // 2)
    index = data[:24] + length + data[28:_SHAPE_HEADER] + b"".join(entries)
    (scratch / "mended.shx").write_bytes(index)
    return scratch / "mended.shp"
