"""Change of rows between two plans: what appeared, vanished, or changed beyond its tolerance."""

import tomllib
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd

from ..catalogue import Layer, data_folder, load
from ..wijk import Plan

STAYED, BETTER, WORSE, CHANGED = "bleef", "verbeterd", "verslechterd", "veranderd"
NEW, GONE, UNKNOWN_BEFORE, UNKNOWN_AFTER = "nieuw", "verdwenen", "onbekend_voor", "onbekend_na"


@dataclass(frozen=True)
class Followed:
    """A field whose change is listed.

    Attributes:
        layer: Layer of the plan.
        field: Field; empty follows the rows themselves (new and vanished keys).
        tolerance: Changes of a number up to this are noise.
        printed: Field with the row's own uncertainty; the largest of it and ``tolerance`` counts.
        direction: 'hoger_beter', 'lager_beter' or 'geen'.
        order: Codes from worst to best, where codes have an order.
    """

    layer: str
    field: str
    tolerance: float = 0.0
    direction: str = "geen"
    order: tuple[str, ...] = ()
    printed: str = ""


@cache
def followed() -> tuple[Followed, ...]:
    """The fields named in ``layers/indicatoren/gevolgd/velden.toml``."""
    path = data_folder("layers") / "indicatoren" / "gevolgd" / "velden.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["veld"]
    names = {"laag": "layer", "veld": "field", "meetfout": "tolerance", "richting": "direction"}
    names |= {"van_slecht_naar_goed": "order", "meetfout_veld": "printed"}
    return tuple(
        Followed(
            **({"field": ""} | {names[k]: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
        )
        for row in rows
    )


def row_changes(before: Plan, after: Plan) -> gpd.GeoDataFrame:
    """List what changed between two plans, row by row.

    Args:
        before: The earlier plan.
        after: The later plan.

    Returns:
        Rows of ``verandering``; rows that stayed are not listed.
    """
    both = set(before.layers()) & set(after.layers())
    parts = []
    for layer_id in dict.fromkeys(one.layer for one in followed() if one.layer in both):
        first, second = before.layer(layer_id), after.layer(layer_id)
        for one in (f for f in followed() if f.layer == layer_id):
            parts.append(field_changes(one, load().layer(layer_id), first, second))
    columns = [
        "laag",
        "sleutel",
        "veld",
        "titel",
        "waarde_voor",
        "waarde_na",
        "verschil",
        "klasse",
        "geometry",
    ]
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:31370")


def field_changes(one: Followed, layer: Layer, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """List the changes of one field.

    Args:
        one: The field.
        layer: Its layer's description.
        before: Rows of the earlier plan.
        after: Rows of the later plan.

    Returns:
        One row per unit that appeared, vanished or changed.
    """
    first, second = (_by_key(rows, layer) for rows in (before, after))
    if not one.field:
        listed = [(key, None, None, NEW) for key in second.index.difference(first.index)]
        listed += [(key, None, None, GONE) for key in first.index.difference(second.index)]
    else:
        shared = first.index.intersection(second.index)
        old, new = first.loc[shared, one.field], second.loc[shared, one.field]
        noise = pd.Series(one.tolerance, index=shared)
        if one.printed:
            both = pd.concat(
                [rows.loc[shared, one.printed].astype(float) for rows in (first, second)], axis=1
            )
            noise = both.max(axis=1).fillna(0.0).clip(lower=one.tolerance)
        listed = [
            (key, a, b, name)
            for key, a, b, error in zip(shared, old, new, noise, strict=True)
            if (name := change_class(one, a, b, error)) != STAYED
        ]
    field = layer.fields.get(one.field)
    made = pd.DataFrame(listed, columns=["sleutel", "voor", "na", "klasse"])
    numeric = field is not None and field.type in ("integer", "real")
    both = made["voor"].notna() & made["na"].notna()
    change = [
        b - a if numeric and ok else np.nan for a, b, ok in zip(made["voor"], made["na"], both, strict=True)
    ]
    where = pd.concat([first["geom"], second["geom"]]) if "geom" in second else None
    place = None
    if where is not None:
        place = where[~where.index.duplicated(keep="last")].reindex(made["sleutel"])
        place = gpd.GeoSeries(place.to_numpy(), crs="EPSG:31370").representative_point().to_numpy()
    return pd.DataFrame(
        {
            "laag": layer.id,
            "sleutel": made["sleutel"],
            "veld": one.field or "rij",
            "titel": field.title["nl"] if field else layer.title["nl"],
            "waarde_voor": [_text(value) for value in made["voor"]],
            "waarde_na": [_text(value) for value in made["na"]],
            "verschil": np.array(change, dtype=float),
            "klasse": made["klasse"],
            "geometry": place,
        }
    )


def change_class(one: Followed, before: object, after: object, tolerance: float) -> str:
    """Class of a change; an unknown value is never an improvement.

    Args:
        one: The field.
        before: Earlier value; None, nan or 'onbekend' = unknown.
        after: Later value.
        tolerance: Changes of a number up to this are noise.

    Returns:
        'bleef', 'verbeterd', 'verslechterd', 'veranderd', 'onbekend_voor' or 'onbekend_na'.
    """
    lost, found = _unknown(before), _unknown(after)
    if lost or found:
        return STAYED if lost and found else UNKNOWN_BEFORE if lost else UNKNOWN_AFTER
    if isinstance(before, (int, float, np.number)) and not isinstance(before, bool):
        change = float(after) - float(before)
        if abs(change) <= tolerance:
            return STAYED
    elif before == after:
        return STAYED
    elif one.order:
        change = one.order.index(after) - one.order.index(before)
        return BETTER if change > 0 else WORSE
    else:
        return CHANGED
    if one.direction == "geen":
        return CHANGED
    return BETTER if (change > 0) == (one.direction == "hoger_beter") else WORSE


def _by_key(rows: pd.DataFrame, layer: Layer) -> pd.DataFrame:
    keys = rows[list(layer.key)].astype(str).agg(" / ".join, axis=1) if len(rows) else pd.Series(dtype=object)
    return pd.DataFrame(rows).set_index(pd.Index(keys, dtype=object))


def _unknown(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value or value == "onbekend"


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if _unknown(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    return str(value)
