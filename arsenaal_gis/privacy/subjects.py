"""Which subjects a layer holds, and which dwelling each of its records belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..catalogue import Field, Layer
from .places import Places
from .policy import EVENTS, Policy, open_to
from .sensitivity import dominance, p_percent
from .system import UNKNOWN, Subject

_SERIES = ("golf", "bron")


@dataclass(frozen=True)
class Theme:
    """One field of a layer, in one series, ready to be counted.

    Attributes:
        layer: Its layer.
        field: The field.
        series: Wave or source; empty where the layer has none.
        subject: What is counted.
        labels: Words for each class.
        rows: How many records.
    """

    layer: Layer
    field: Field
    series: str
    subject: Subject
    labels: dict[str, str]
    rows: int

    @property
    def title(self) -> str:
        """Words for the report."""
        return self.field.title["nl"] + (f" ({self.series})" if self.series else "")


def countable(layer: Layer, frame: pd.DataFrame, policy: Policy) -> list[Field]:
    """Fields that say something and may appear counted or summed."""
    return [
        f
        for f in layer.fields.values()
        if f.name in frame.columns
        and f.name not in _SERIES
        and f.purpose not in ("nauwkeurigheid", "herkomst")
        and (policy.may_count(f) or policy.may_sum(f))
    ]


def themes(
    layer: Layer, fields: list[Field], frame: pd.DataFrame, place: NDArray[np.int64], policy: Policy
) -> Iterator[Theme]:
    """Every subject of a layer; waves and sources are counted apart, never added up.

    Args:
        layer: Description of the layer.
        fields: Fields to count.
        frame: Its rows.
        place: (n,) row in ``Places.rows`` of each record, -1 where unknown.
        policy: Thresholds.
    """
    split = [n for n in _SERIES if n in frame.columns and layer.fields[n].codes]
    names = np.full(len(frame), "", dtype=object)
    if split:
        names = frame[split].astype(object).fillna(UNKNOWN).agg("_".join, axis=1).to_numpy()
    for series in sorted(set(names[place >= 0])):
        chosen = (place >= 0) & (names == series)
        rows = frame[chosen]
        for f in fields:
            if rows[f.name].notna().any():
                yield _theme(layer, f, series, rows, place[chosen], policy)


def _theme(
    layer: Layer, f: Field, series: str, rows: pd.DataFrame, place: NDArray[np.int64], policy: Policy
) -> Theme:
    name = ".".join(part for part in (layer.id, f.name, series) if part)
    if policy.may_sum(f):
        known = rows[f.name].notna().to_numpy()
        amount = np.abs(rows[f.name].to_numpy(dtype=float, na_value=0.0))[known]
        p = float(policy.settings["p_procent"])
        subject = Subject(name, ("som",), place[known], np.zeros(len(amount), np.int64), amount, p=p)
        return Theme(layer, f, series, subject, {"som": f"som ({f.unit})"}, len(rows))
    labels = {c: t["nl"] for c, t in f.codes.items()} or {"ja": "ja", "nee": "nee"}
    labels.setdefault(UNKNOWN, "onbekend")
    text = rows[f.name].map({True: "ja", False: "nee"}) if f.type == "boolean" else rows[f.name]
    index = {c: i for i, c in enumerate(labels)}
    code = text.astype(object).where(text.notna(), UNKNOWN).map(index).to_numpy(np.int64)
    days = [n for n, d in layer.fields.items() if d.type == "date" and n in rows.columns]
    day = rows[days[0]].to_numpy().astype("datetime64[D]") if layer.group == EVENTS and days else None
    public = open_to(layer.fields[layer.key[0]].privacy, "P1")
    subject = Subject(
        name, tuple(labels), place, code, np.ones(len(rows)), day, public, social=f.privacy == "P0"
    )
    return Theme(layer, f, series, subject, labels, len(rows))


def dominated(subject: Subject, unit_of: NDArray[np.object_], policy: Policy) -> NDArray[np.bool_] | None:
    """Records in units whose sum one or two dwellings dominate, or to which too few contribute.

    Returns:
        (records,) boolean; None for a count.
    """
    if subject.p is None:
        return None
    s, unit = policy.settings, unit_of[subject.place]
    result = np.zeros(len(unit), bool)
    for name in set(unit) - {None}:
        at = unit == name
        each = np.bincount(np.unique(subject.place[at], return_inverse=True)[1], subject.amount[at])
        each = each[each > 0]
        few = len(each) < policy.threshold
        result[at] = (
            few or dominance(each, s["dominantie_n"], s["dominantie_pct"]) or p_percent(each, s["p_procent"])
        )
    return result


def find(places: Places, frame: pd.DataFrame) -> tuple[Places, NDArray[np.int64]]:
    """Row in ``places`` of each record, by dwelling, else by address, else by its own location.

    Returns:
        The places, with those added where nobody lives, and (n,) rows in them; -1 where nothing is known.
    """
    found = np.full(len(frame), -1, np.int64)
    for column in ("woning_id", "adres_id"):
        if column in frame.columns:
            index = pd.Index(places.rows[column].astype(object))
            first = pd.Series(np.arange(len(index)), index)[~index.duplicated() & index.notna()]
            match = frame[column].astype(object).map(first).fillna(-1).to_numpy(np.int64)
            found = np.where(found < 0, match, found)
    if isinstance(frame, gpd.GeoDataFrame) and "woning_id" not in frame.columns:
        located = frame.geometry.notna().to_numpy() & ~frame.geometry.is_empty.to_numpy()
        at = np.flatnonzero((found < 0) & located)
        if len(at):
            found[at] = len(places.rows) + np.arange(len(at))
            places = places.with_points(frame.geometry.iloc[at].centroid)
    return places, found
