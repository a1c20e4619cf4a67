"""Turns delivered rows into rows of a catalogue layer, with every alteration on the books."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..catalogue import Field, Layer, Source
from ..errors import ConfigError
from ..keys import stable_id
from ..wijk.config import SourceSpec
from . import geometry, values
from .columns import match
from .delivered import Delivered
from .ledger import Ledger

# Layers whose key an authority gives: without the column there is no layer. Elsewhere a key is derived.
_OFFICIAL = {"percelen", "gebouwen", "adressen", "straten"}
# Targets that a later step can derive, so that their column may be missing though the field is required.
_DERIVABLE = {("renovatie", "renovatiestatus"), ("wijkgrens", "naam"), ("incidenten", "incident_id")}
# Targets that a later step fills in any case: their absence is no news.
_FILLED_IN = {"woning_id", "poging", "renovatiestatus", "x", "y"}
_FOLLOW_UP = "_uit_"


def wanted_columns(source: Source, spec: SourceSpec) -> dict[str, tuple[str, ...]]:
    """Names to look for by target: what ``wijk.toml`` says, else what the catalogue says."""
    return {**source.columns, **{target: (name,) for target, name in spec.columns.items()}}


def check_spec(layer: Layer, source: Source, spec: SourceSpec) -> None:
    """Refuse columns and codes in ``wijk.toml`` for targets that do not exist: they would do nothing.

    Args:
        layer: The layer.
        source: The kind of delivery.
        spec: What ``wijk.toml`` says of it.

    Raises:
        ConfigError: With the targets that do exist.
    """
    where = f"wijk.toml [bronnen.{layer.id}]"
    known = {*layer.fields, *source.columns, *source.codes, "x", "y"}
    for name in [*spec.columns, *spec.codes]:
        if name not in known:
            raise ConfigError(
                f"'{name}' is no field of this layer.", where, f"Known: {', '.join(sorted(known))}."
            )
    for name, table in spec.codes.items():
        if not isinstance(table, Mapping):
            raise ConfigError(
                f"'codes' for '{name}' is no table.",
                where,
                'Write: codes = {field = {"delivered" = "code"}}.',
            )


def clean(
    delivered: Delivered,
    layer: Layer,
    source: Source,
    spec: SourceSpec,
    ledger: Ledger,
    *,
    texts: tuple[str, ...] = (),
) -> gpd.GeoDataFrame | pd.DataFrame:
    """Give the usable rows of one source the columns and types of the catalogue.

    Args:
        delivered: Rows as delivered.
        layer: The layer they belong to.
        source: The kind of delivery.
        spec: What ``wijk.toml`` says of it.
        ledger: Account; rejected and repaired rows are booked here.
        texts: Targets that a later step decodes; they stay texts.

    Returns:
        A frame indexed by row number; a GeoDataFrame in EPSG:31370 where the source has coordinates and the
        layer is spatial. Targets that are no field of the layer (helpers such as ``volgnummer``) stay texts.
    """
    if not len(delivered.frame):
        ledger.tell("empty_source")
        if not len(delivered.frame.columns):
            return delivered.frame
    wanted = wanted_columns(source, spec)
    found, missing = match(delivered.frame.columns, wanted)
    _tell_missing(layer, wanted, missing, delivered.frame, spec, ledger)
    if ledger.failed:
        return pd.DataFrame(index=delivered.frame.index[:0])
    columns: dict[str, pd.Series] = {}
    for target, column in found.items():
        if target in ("x", "y") and delivered.geometry is not None:
            continue
        raw = delivered.frame[column]
        _tell_line_breaks(raw, target, ledger)
        raw = _translated(raw, target, layer, spec, ledger)
        if target in layer.fields and target not in texts:
            codes = {**source.codes.get(target, {}), **spec.codes.get(target, {})}
            columns[target] = _typed(raw, layer.fields[target], codes, ledger)
        else:
            columns[target] = values.text(raw)
    frame = pd.DataFrame(columns, index=delivered.frame.index)
    for target, table in source.codes.items():
        field, _, origin = target.partition(_FOLLOW_UP)
        if origin and field not in frame and origin in frame:
            frame[field] = frame[origin].map({**table, **spec.codes.get(target, {})})
    if layer.spatial and delivered.geometry is not None:
        optional = "x" in found or layer.id == "incidenten"
        frame = _with_geometry(frame, delivered.geometry, layer, ledger, optional=optional)
    _reject_repeats(frame, delivered, layer, ledger)
    return ledger.keep(frame)


def _tell_missing(
    layer: Layer,
    wanted: Mapping[str, tuple[str, ...]],
    missing: Mapping[str, list[str]],
    frame: pd.DataFrame,
    spec: SourceSpec,
    ledger: Ledger,
) -> None:
    for target, similar in missing.items():
        field = layer.fields.get(target)
        names = " / ".join(wanted[target])
        official = target in layer.key and layer.id in _OFFICIAL
        required = field is not None and field.required and target not in layer.key
        asked = target in spec.columns
        if asked or official or (required and (layer.id, target) not in _DERIVABLE):
            ledger.tell("column_missing", field=target, value=names, extra=", ".join(map(str, frame.columns)))
        elif field is not None and target not in layer.key and target not in _FILLED_IN:
            hint = f"Bedoeld: {', '.join(similar)}?" if similar else ""
            ledger.tell("column_absent", field=target, value=names, extra=hint)


def _tell_line_breaks(raw: pd.Series, target: str, ledger: Ledger) -> None:
    if raw.dtype == object or pd.api.types.is_string_dtype(raw):
        if any(isinstance(cell, str) and ("\n" in cell or "\r" in cell) for cell in raw.tolist()):
            ledger.tell("line_breaks", field=target)


def _translated(raw: pd.Series, target: str, layer: Layer, spec: SourceSpec, ledger: Ledger) -> pd.Series:
    """Apply the corrections that ``wijk.toml`` makes to fields without codes, or to empty cells."""
    table = spec.codes.get(target, {})
    field = layer.fields.get(target)
    if field is not None and field.codes:
        table = {old: new for old, new in table.items() if not old}
    if not table:
        return raw
    words = values.text(raw).fillna("")
    hit = words.isin(table)
    out = raw.astype(object).where(~hit, words.map(table))
    ledger.mark("translated", raw.index[hit], field=target, values=raw, extras=out)
    return out


def _typed(raw: pd.Series, field: Field, codes: Mapping[str, str], ledger: Ledger) -> pd.Series:
    if field.codes:
        known = {**{code: code for code in field.codes}, **codes}
        cleaned = values.code(raw, known, empty_is_code=bool({"-8", "-9"} & codes.keys()))
        ledger.mark("unknown_code", raw.index[cleaned.bad], field=field.name, values=raw)
        bad = pd.Series(False, index=raw.index)
    else:
        cleaned = _parsed(raw, field)
        bad = cleaned.bad
    ledger.mark(
        "value_form", raw.index[cleaned.repaired], field=field.name, values=raw, extras=cleaned.values
    )
    out = cleaned.values
    ledger.mark(
        "bad_value" if field.required else "value_dropped", raw.index[bad], field=field.name, values=raw
    )
    if field.type in ("integer", "real"):
        low = -np.inf if field.minimum is None else field.minimum
        high = np.inf if field.maximum is None else field.maximum
        beyond = out.notna() & ~out.between(low, high)
        code = "out_of_range" if field.required else "value_dropped"
        ledger.mark(code, raw.index[beyond], field=field.name, values=raw)
        out = out.mask(beyond)
    if field.required:
        ledger.mark("missing_value", raw.index[out.isna()], field=field.name)
    return out


def _parsed(raw: pd.Series, field: Field) -> values.Cleaned:
    if field.type in ("integer", "real"):
        return values.number(raw, integer=field.type == "integer")
    if field.type == "date":
        return values.date(raw)
    if field.type == "datetime":
        return values.moment(raw)
    if field.type == "boolean":
        return values.boolean(raw)
    none = pd.Series(False, index=raw.index)
    return values.Cleaned(values.text(raw, codes=True), none, none)


def _with_geometry(
    frame: pd.DataFrame, shapes: np.ndarray, layer: Layer, ledger: Ledger, *, optional: bool
) -> gpd.GeoDataFrame:
    fixed = geometry.repair(shapes, layer.geometry)
    if not optional:
        ledger.mark("no_geometry", frame.index[fixed.missing])
    ledger.mark("wrong_geometry", frame.index[fixed.wrong_type])
    change = pd.Series([f"{area:+.2f}" for area in fixed.area_change_m2], index=frame.index)
    ledger.mark("geometry_repaired", frame.index[fixed.repaired], extras=change)
    return gpd.GeoDataFrame(
        frame, geometry=gpd.GeoSeries(fixed.geometry, index=frame.index, crs="EPSG:31370")
    )


def _reject_repeats(frame: pd.DataFrame, delivered: Delivered, layer: Layer, ledger: Ledger) -> None:
    """Book whole rows that stand twice, and keys that stand twice with other data."""
    content = delivered.frame.astype(str).apply(lambda column: column.str.strip())
    if delivered.geometry is not None:
        content["geometry"] = shapely.to_wkb(delivered.geometry)
    left = ~content.index.isin(list(ledger.rejected))
    content = content[left]
    if len(content.columns):
        ledger.mark("duplicate", content.index[content.duplicated()])
    key = layer.key[0]
    if len(layer.key) == 1 and key in frame and layer.id != "woningen":
        keys = frame.loc[~frame.index.isin(list(ledger.rejected)), key]
        missing = keys.index[keys.isna()]
        if layer.id in _OFFICIAL:
            ledger.mark("missing_value", missing, field=key)
        again = keys.notna() & keys.duplicated()
        ledger.mark("duplicate_key", keys.index[again], field=key, values=keys)


def derive_key(frame: gpd.GeoDataFrame | pd.DataFrame, layer: Layer) -> pd.Series:
    """Name rows without a key of their own after their geometry, or after all they say.

    Args:
        frame: Clean rows.
        layer: The layer.

    Returns:
        The key column, filled.
    """
    key = layer.key[0]
    known = frame[key] if key in frame else pd.Series(None, index=frame.index, dtype=object)
    if known.notna().all():
        return known
    if isinstance(frame, gpd.GeoDataFrame) and frame.geometry.notna().all():
        content = pd.Series(frame.geometry.to_wkb(hex=True), index=frame.index)
    else:
        content = frame.drop(columns=[key], errors="ignore").astype(str).agg("|".join, axis=1)
    serial = content.groupby(content).cumcount()
    names = [stable_id(layer.id, *row) for row in zip(content, serial, strict=True)]
    return known.where(known.notna(), pd.Series(names, index=frame.index, dtype=object))
