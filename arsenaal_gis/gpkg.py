"""Reading and writing GeoPackage tables as the catalogue describes them.

GeoPackage 1.2, since that is the newest version that QGIS 3.22 and the validators know in full; a fixed
``OGR_CURRENT_DATE`` and sorted rows make equal content equal bytes.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.polygon import Polygon, orient

from .catalogue import Layer, load
from .errors import WorkspaceError

CRS = "EPSG:31370"
_PANDAS = {"text": "string", "integer": "Int64", "real": "Float64", "boolean": "boolean"}
_EPOCH = "2000-01-01T00:00:00.000Z"
_DUST_M2 = 1e-3  # ten square centimetres: what overlays leave behind; in metres of Lambert 72 doubles tell no less apart


def empty_frame(layer: Layer) -> gpd.GeoDataFrame | pd.DataFrame:
    """A frame of no rows with the layer's columns and types."""
    return _empty(layer.id).copy() if load().layers.get(layer.id) is layer else _make_empty(layer)


def _make_empty(layer: Layer) -> gpd.GeoDataFrame | pd.DataFrame:
    return conform(pd.DataFrame({name: [] for name in layer.fields}), layer)


@cache
def _empty(id: str) -> gpd.GeoDataFrame | pd.DataFrame:
    return _make_empty(load().layer(id))


def conform(frame: pd.DataFrame, layer: Layer) -> gpd.GeoDataFrame | pd.DataFrame:
    """Columns of the catalogue, in its order and types; rows sorted by key.

    Args:
        frame: Any frame that has at least the layer's key columns; missing columns become null.
        layer: The description.

    Returns:
        A GeoDataFrame in EPSG:31370 with the geometry in ``geom`` where the layer is spatial, else a DataFrame.

    Raises:
        WorkspaceError: Columns the catalogue does not know, a value of the wrong type, a code that is not
            listed, a missing required value, or a key that stands twice.
    """
    geometry = getattr(frame, "geometry", None) if isinstance(frame, gpd.GeoDataFrame) else None
    extra = [
        c
        for c in frame.columns
        if c not in layer.fields and not (geometry is not None and c == geometry.name)
    ]
    if extra:
        raise WorkspaceError(
            f"Columns {', '.join(map(str, extra))} are not in the catalogue.",
            layer.id,
            f"Describe them in layers/{layer.id}.toml.",
        )
    columns = {name: _typed(frame, name, field.type, layer.id) for name, field in layer.fields.items()}
    result = pd.DataFrame(columns, index=frame.index)
    _check(result, layer)
    if layer.spatial:
        shapes = geometry.array if geometry is not None else np.full(len(frame), None)
        result = gpd.GeoDataFrame(
            result, geometry=gpd.GeoSeries(_promote(shapes, layer), index=frame.index, crs=CRS)
        )
        result = result.rename_geometry("geom")
    return result.sort_values(list(layer.key), kind="stable").reset_index(drop=True)


def _typed(frame: pd.DataFrame, name: str, type: str, where: str) -> pd.Series:
    if name not in frame.columns:
        values = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    else:
        values = frame[name]
    try:
        if type in ("date", "datetime"):
            # Newer GDALs hand on the zone that QGIS wrote; the catalogue's moments are UTC without one.
            stamps = pd.to_datetime(values, errors="raise", utc=True).dt.tz_localize(None)
            return (stamps.dt.normalize() if type == "date" else stamps).astype("datetime64[ms]")
        if type == "integer" and pd.api.types.is_float_dtype(values.dtype):
            values = values.round()
        return values.astype(_PANDAS[type])
    except (ValueError, TypeError) as error:
        raise WorkspaceError(
            f"Column '{name}' is not of type {type}: {error}.", where, "Correct the stage that made it."
        ) from error


def _check(frame: pd.DataFrame, layer: Layer) -> None:
    for name, field in layer.fields.items():
        column = frame[name]
        if field.required and column.isna().any():
            raise WorkspaceError(
                f"'{name}' is missing in {int(column.isna().sum())} rows.", layer.id, "It is required."
            )
        if field.codes:
            unknown = sorted(set(column.dropna().astype(str)) - set(field.codes))
            if unknown:
                raise WorkspaceError(
                    f"'{name}' holds {', '.join(unknown[:5])}, which are not among its codes.",
                    layer.id,
                    f"Codes: {', '.join(field.codes)}. Map them in wijk.toml.",
                )
    if layer.key and frame.duplicated(list(layer.key)).any():
        twice = frame.loc[frame.duplicated(list(layer.key)), list(layer.key)].iloc[0].tolist()
        raise WorkspaceError(f"The key {twice} stands twice.", layer.id, "Keys are unique.")


def _promote(shapes: np.ndarray, layer: Layer) -> np.ndarray:
    """2-D geometries; single parts become multi-parts where the layer holds multi-parts."""
    shapes = shapely.force_2d(np.asarray(shapes, dtype=object))
    multi = {
        "MultiPoint": shapely.multipoints,
        "MultiLineString": shapely.multilinestrings,
        "MultiPolygon": shapely.multipolygons,
    }
    if layer.geometry in multi:
        make = multi[layer.geometry]
        single = (shapely.get_type_id(shapes) >= 0) & (shapely.get_type_id(shapes) < 4)
        shapes[single] = [make([shape]) for shape in shapes[single]]
    if layer.geometry.endswith("Polygon"):
        clockwise, dusty = _clockwise(shapes), _dusty(shapes)
        whole = (shapely.get_num_geometries(shapes) == 1) & (
            shapely.get_num_interior_rings(shapely.get_geometry(shapes, 0)) == 0
        )
        turn = clockwise & whole & ~dusty  # one ring: turned all at once
        shapes[turn] = shapely.reverse(shapes[turn])
        wrong = np.flatnonzero((clockwise & ~turn) | dusty)
        shapes[wrong] = [_tidied(shape) for shape in shapes[wrong]]
    return shapes


def _clockwise(shapes: np.ndarray) -> np.ndarray:
    """Which shapes have an exterior ring that runs clockwise; GeoPackage readers and PDOK want the other way."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    wrong = ~shapely.is_ccw(shapely.get_exterior_ring(parts)) & ~shapely.is_empty(parts)
    return np.bincount(owner[wrong], minlength=len(shapes)) > 0


def _dusty(shapes: np.ndarray) -> np.ndarray:
    """Which shapes have a ring too small to have a direction that every reader agrees on."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    pierced = np.flatnonzero(shapely.get_num_interior_rings(parts) > 0)
    rings, of = shapely.get_rings(parts[pierced], return_index=True)
    dust = np.concatenate(
        [
            owner[(shapely.area(parts) < _DUST_M2) & ~shapely.is_empty(parts)],
            owner[pierced[of[shapely.area(shapely.polygons(rings)) < _DUST_M2]]],
        ]
    )
    return np.bincount(dust, minlength=len(shapes)) > 0


def _tidied(shape: shapely.Geometry) -> shapely.Geometry:
    """The same polygons without dust, exterior rings counter-clockwise and holes clockwise.

    Not shapely.orient_polygons: with a wheel of shapely in QGIS' process that call crashes (docs/platform.md).
    """
    parts = shapely.get_parts(shape)
    large = parts[shapely.area(parts) >= _DUST_M2]
    turned = [
        orient(Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= _DUST_M2]))
        for part in (large if len(large) else parts)
    ]
    return shapely.multipolygons(turned) if shape.geom_type == "MultiPolygon" else turned[0]


def write_layer(path: Path, layer: Layer, frame: pd.DataFrame, *, append: bool = True) -> None:
    """Write one layer into a GeoPackage.

    Args:
        path: The file; made when it does not exist.
        layer: The description; also gives title and description of the table.
        frame: Rows; brought into shape by :func:`conform`.
        append: Add to an existing file; False begins a new one.

    Raises:
        WorkspaceError: The rows do not fit the catalogue, or the file cannot be written.
    """
    rows = conform(frame, layer)
    options = {"FID": "fid", "IDENTIFIER": layer.title["nl"], "DESCRIPTION": layer.description["nl"]}
    geometry = None
    if layer.spatial:
        options |= {"GEOMETRY_NAME": "geom", "SPATIAL_INDEX": "YES"}
        geometry = shapely.to_wkb(rows.geometry.to_numpy())
    columns = [_column(rows[name], field.type) for name, field in layer.fields.items()]
    exists = append and Path(path).exists()
    with fixed_date():
        try:
            # The raw writer, since pandas has no type for a calendar date and GeoPackage has.
            pyogrio.raw.write(
                path,
                geometry,
                [values for values, _ in columns],
                np.array(list(layer.fields), dtype=object),
                field_mask=[mask for _, mask in columns],
                layer=layer.id,
                driver="GPKG",
                geometry_type=layer.geometry if layer.spatial else None,
                crs=CRS if layer.spatial else None,
                append=False,
                dataset_options={} if exists else {"VERSION": "1.2"},
                layer_options=options,
            )
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
            raise WorkspaceError(
                f"Table '{layer.id}' could not be written: {error}.",
                str(path),
                "Is the file open elsewhere, or the disk full?",
            ) from error


def _column(column: pd.Series, type: str) -> tuple[np.ndarray, np.ndarray]:
    """A column as the plain array that GDAL's field type asks for, and its mask of nulls."""
    missing = column.isna().to_numpy()
    if type == "text":
        values = column.to_numpy(dtype=object, na_value=None)
    elif type == "date":
        values = column.to_numpy().astype("datetime64[D]")
    elif type == "datetime":
        values = column.to_numpy().astype("datetime64[ms]")
    else:
        dtype, fill = {"integer": (np.int64, 0), "real": (np.float64, np.nan), "boolean": (bool, False)}[type]
        values = column.to_numpy(dtype=dtype, na_value=fill)
    return values, missing


@contextlib.contextmanager
def fixed_date() -> Iterator[None]:
    """Let GDAL stamp a fixed moment, so that equal content gives equal bytes.

    Nor does it wait for the disk after each table: files are made aside and flushed once, before they are renamed.
    """
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _EPOCH, "OGR_SQLITE_SYNCHRONOUS": "OFF"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None, "OGR_SQLITE_SYNCHRONOUS": None})


def layer_names(path: Path) -> list[str]:
    """Names of the tables in a GeoPackage; none where the file does not exist.

    Raises:
        WorkspaceError: The file cannot be read.
    """
    if not Path(path).exists():
        return []
    with _readable(path):
        return sorted(name for name, _ in pyogrio.list_layers(path))


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise WorkspaceError(
            f"The GeoPackage cannot be read: {error}.",
            str(path),
            "'arsenaal restore' puts back an earlier version.",
        ) from error


def read_layer(path: Path, id: str) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read one layer with the catalogue's types; no rows where the file lacks it.

    Raises:
        WorkspaceError: The file cannot be read.
    """
    layer = load().layer(id)
    if id not in layer_names(path):
        return empty_frame(layer)
    with _readable(path):
        frame = pyogrio.read_dataframe(path, layer=id, fid_as_index=False)
    if isinstance(frame, gpd.GeoDataFrame):
        frame = frame.rename_geometry("geom") if frame.geometry.name != "geom" else frame
    return conform(frame[[c for c in frame.columns if c in layer.fields or c == "geom"]], layer)


def settle(path: Path) -> None:
    """Leave one file: journal mode DELETE, nothing in a side file, free pages given back."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
