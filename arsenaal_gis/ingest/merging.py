"""Puts the clean rows of all sources of a layer together: under each other, or beside each other by key."""

import geopandas as gpd
import pandas as pd

from ..catalogue import Layer
from ..gpkg import conform
from .clean import derive_key
from .ledger import Ledger

# GRB numbers its objects per entity; where one layer joins several entities the entity becomes part of the
# key.
_SEVERAL_ENTITIES = {"wegdek", "weglijnen", "water_spoor"}
# Deliveries that only add facts to rows of another one, also where they carry a geometry of their own.
COMPLETING = {"grb_3d"}
_LINE, _AREA = "lengte_m", "oppervlakte_m2"


def merge(base: pd.DataFrame, extra: pd.DataFrame, key: str) -> pd.DataFrame:
    """Add the columns of a table to the rows with the same key.

    Args:
        base: Rows.
        extra: Facts about them; its geometry, if any, is left aside.
        key: Key column in both.

    Returns:
        ``base`` with values of ``extra`` where it has any.
    """
    table = extra.drop(columns="geometry", errors="ignore").drop_duplicates(key).set_index(key)
    out = base.copy()
    for name in table.columns:
        values = out[key].map(table[name])
        out[name] = values.where(values.notna(), out[name]) if name in out else values
    return out


def merge_by_address(base: pd.DataFrame, extra: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Take the building keys of a GRB address table, whose own keys are not those of the address register.

    Args:
        base: Addresses.
        extra: ``straat``, ``huisnummer``, ``busnummer`` and ``gebouw_id``.
        ledger: Account of the table.

    Returns:
        ``base`` with ``gebouw_id`` where the table knows the address.
    """
    parts = [name for name in ("straat", "huisnummer", "busnummer") if name in extra]

    def labels(frame: pd.DataFrame) -> pd.Series:
        columns = [frame[name].fillna("").str.casefold() if name in frame else "" for name in parts]
        return pd.concat([pd.Series(one, index=frame.index) for one in columns], axis=1).agg("|".join, axis=1)

    out = base.assign(label=labels(base))
    told = extra.assign(label=labels(extra))[["label", "gebouw_id"]]
    tell_lost(told, "label", set(out.label), ledger)
    return merge(out, told, "label").drop(columns="label")


def tell_lost(extra: pd.DataFrame, key: str, held: set[object], ledger: Ledger) -> None:
    """Report rows of a table whose key nothing answers to."""
    lost = extra.index[~extra[key].isin(held)]
    if len(lost):
        ledger.tell("not_joined", field=key, value=len(lost), extra=key)
        ledger.findings[-1].rows = [int(row) for row in lost]


def entity_keys(frame: pd.DataFrame, layer: Layer, type: str) -> pd.DataFrame:
    """Make the keys of one GRB entity differ from those of another in the same layer (``wbn_880001``)."""
    key = layer.key[0]
    if layer.id not in _SEVERAL_ENTITIES or not type.startswith("grb_") or key not in frame:
        return frame
    return frame.assign(**{key: type.removeprefix("grb_") + "_" + frame[key].astype(str)})


def together(frames: list[tuple[pd.DataFrame, Ledger]], key: str) -> pd.DataFrame:
    """Put the rows of several sources of one layer under each other; a key that came before is rejected.

    Args:
        frames: Clean rows of each source with its account.
        key: Key column.

    Returns:
        All rows; a GeoDataFrame if the first one is.
    """
    seen: set[object] = set()
    kept = []
    for frame, ledger in frames:
        if key in frame:
            ledger.mark("duplicate_key", frame.index[frame[key].isin(seen)], field=key, values=frame[key])
            frame = ledger.keep(frame)
            seen |= set(frame[key].dropna())
        kept.append(frame)
    rows = pd.concat(kept)
    return (
        gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:31370")
        if isinstance(kept[0], gpd.GeoDataFrame)
        else rows
    )


def finish(frame: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    """Complete what every layer has: key, length and area, and only the columns of the catalogue.

    Args:
        frame: Clean rows of all sources.
        layer: The layer.

    Returns:
        Rows in the catalogue's types.
    """
    key = layer.key[0]
    frame = frame.reset_index(drop=True)
    frame[key] = derive_key(frame, layer)
    if isinstance(frame, gpd.GeoDataFrame):
        if _LINE in layer.fields:
            frame[_LINE] = frame.geometry.length.round(2)
        if _AREA in layer.fields:
            frame[_AREA] = frame.geometry.area.round(2)
    shape = [frame.geometry.name] if isinstance(frame, gpd.GeoDataFrame) else []
    known = [name for name in frame.columns if name in layer.fields]
    return conform(frame[known + shape], layer)
