"""Rows with their validity and a checksum, and the rows that changed between two moments."""

import dataclasses
import datetime
import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..catalogue import Field, Layer
from .geopackage import Row

HISTORY = {
    field.name: field
    for field in (
        Field(
            "geldig_van",
            "date",
            {"nl": "Geldig vanaf", "en": "Valid from"},
            required=True,
            privacy="P3",
            purpose="historiek",
            retention="blijvend",
        ),
        Field(
            "geldig_tot",
            "date",
            {"nl": "Geldig tot (leeg: nog geldig)", "en": "Valid to (empty: still valid)"},
            privacy="P3",
            purpose="historiek",
            retention="blijvend",
        ),
        Field(
            "is_actueel",
            "boolean",
            {"nl": "Actueel", "en": "Current"},
            required=True,
            privacy="P3",
            purpose="historiek",
            retention="blijvend",
        ),
        Field(
            "rij_hash",
            "text",
            {"nl": "Controlegetal van de rij", "en": "Checksum of the row"},
            required=True,
            privacy="P3",
            purpose="historiek",
            retention="blijvend",
        ),
    )
}


def with_history(layer: Layer) -> Layer:
    """The layer with the columns of a slowly changing dimension (type 2)."""
    return dataclasses.replace(layer, fields={**layer.fields, **HISTORY})


def tolerance(field: Field, layer: Layer, settings: Mapping[str, Any]) -> float:
    """Difference up to which a modelled value counts as equal; 0 for what is measured, counted or said.

    Infinite for what only follows from modelled values: one tree shifts the rank of half the streets.

    Args:
        field: The field.
        layer: Its layer; only results are modelled.
        settings: Section ``export`` of the settings.
    """
    if field.name in layer.follows:
        return math.inf
    if layer.kind != "result" or field.type != "real":
        return 0.0
    if field.unit.startswith("°C"):
        return float(settings["tolerantie_c"])
    return float(settings["tolerantie_maat" if field.unit else "tolerantie_score"])


def valid_rows(rows: Iterable[Row], layer: Layer, day: datetime.date) -> Iterator[Row]:
    """Add validity and checksum to rows; the checksum covers every field and the geometry.

    Args:
        rows: As :func:`~.geopackage.rows_of` gives them.
        layer: Description of their fields.
        day: Reference date: from when they hold.
    """
    start, width = day.isoformat(), len(layer.fields)
    for row in rows:
        yield (*row[:width], start, None, 1, row_hash(row), *row[width:])


def row_hash(row: Row) -> str:
    """32 hexadecimal digits of BLAKE2b over the values; equal values give equal digits everywhere."""
    return hashlib.blake2b(repr(row).encode(), digest_size=16).hexdigest()


def changed_rows(
    old: Iterable[Row], new: Iterable[Row], layer: Layer, day: datetime.date, settings: Mapping[str, Any]
) -> Iterator[Row]:
    """Rows that are new or differ, with their validity, and rows that vanished, closed.

    Args:
        old: Rows at the earlier moment, without history.
        new: Rows now.
        layer: Description of both, without history.
        day: Reference date of the new rows.
        settings: Section ``export``: tolerances of modelled values.
    """
    names = list(layer.fields)
    key = [names.index(n) for n in layer.key]
    slack = [tolerance(f, layer, settings) for f in layer.fields.values()]
    before = {tuple(row[i] for i in key): row for row in old}
    width, moment = len(names), day.isoformat()
    for row in new:
        earlier = before.pop(tuple(row[i] for i in key), None)
        if earlier is None or not _same(earlier, row, slack):
            yield (*row[:width], moment, None, 1, row_hash(row), *row[width:])
    for name in sorted(before, key=repr):
        row = before[name]
        yield (*row[:width], moment, moment, 0, row_hash(row), *row[width:])


def _same(a: Row, b: Row, slack: list[float]) -> bool:
    for left, right, most in zip(a, b, [*slack, *[0.0] * (len(a) - len(slack))], strict=True):
        if (
            left != right
            and most < math.inf
            and (most == 0 or left is None or right is None or abs(left - right) > most)
        ):  # type: ignore[operator]
            return False
    return True
