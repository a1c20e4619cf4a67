"""Reading and checking the layer descriptions."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..errors import ConfigError
from .files import data_folder
from .model import GEOMETRIES, KINDS, TIERS, TYPES, Catalogue, Counted, Field, Figures, Layer, Source

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@cache
def load() -> Catalogue:
    """The catalogue that came with the installation.

    Raises:
        ConfigError: A description is missing something or contradicts itself.
    """
    return Catalogue(
        {layer.id: layer for layer in map(read_layer_file, sorted(data_folder("layers").glob("*.toml")))}
    )


def read_layer_file(path: Path) -> Layer:
    """Read one ``layers/<id>.toml``.

    Raises:
        ConfigError: With the file and the entry that is wrong.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"Not valid TOML: {error}.", path.name, "Correct the file.") from error
    try:
        layer = Layer(
            id=raw["id"],
            title=raw["title"],
            description=raw["description"],
            kind=raw["kind"],
            geometry=raw["geometry"],
            key=tuple(raw["key"]),
            fields={name: _field(name, spec) for name, spec in raw["fields"].items()},
            sources=tuple(_source(spec) for spec in raw.get("sources", ())),
            attribution=raw.get("attribution", ""),
            licence=raw.get("licence", ""),
            group=raw.get("group", ""),
            order=raw.get("order", 0),
            style=raw.get("style", {}),
            figures=tuple(_figures(spec) for spec in raw.get("figures", ())),
            row_tier=raw.get("row_tier", ""),
            follows=tuple(raw.get("follows", ())),
        )
    except (KeyError, TypeError) as error:
        raise ConfigError(
            f"Entry {error} is missing or of the wrong kind.", path.name, "Correct the file."
        ) from error
    problems = list(_problems(layer, path.stem))
    if problems:
        raise ConfigError("; ".join(problems) + ".", path.name, "Correct the file.")
    return layer


def _field(name: str, spec: Mapping[str, Any]) -> Field:
    return Field(name=name, **spec)


def _source(spec: Mapping[str, Any]) -> Source:
    columns = {target: tuple(names) for target, names in spec["columns"].items()}
    return Source(spec["type"], spec["title"], columns, spec.get("codes", {}))


def _figures(spec: Mapping[str, Any]) -> Figures:
    counts = tuple(
        Counted(one["of"], one.get("less", ""), tuple(one.get("unless", ()))) for one in spec["counts"]
    )
    return Figures(counts, tuple(spec["hides"]))


def _problems(layer: Layer, stem: str) -> Iterator[str]:
    """Everything in a description that cannot be right."""
    if layer.id != stem:
        yield f"id '{layer.id}' differs from the file name"
    if layer.kind not in KINDS:
        yield f"kind '{layer.kind}' is not one of {KINDS}"
    if layer.geometry not in GEOMETRIES:
        yield f"geometry '{layer.geometry}' is not one of {GEOMETRIES}"
    if layer.kind != "raster" and not layer.key:
        yield "it has no key"
    for name in layer.key:
        if name not in layer.fields:
            yield f"key '{name}' is not a field"
    named = [*layer.follows, *([layer.row_tier] if layer.row_tier else [])]
    for one in layer.figures:
        named += [*one.hides, *(n for c in one.counts for n in (c.of, c.less) if n)]
    for name in named:
        if name not in layer.fields:
            yield f"'{name}', named under figures, row_tier or follows, is not a field"
    for name, field in layer.fields.items():
        if not _NAME.fullmatch(name):
            yield f"field '{name}' is not lowercase ASCII"
        if field.type not in TYPES:
            yield f"field '{name}' has the unknown type '{field.type}'"
        if field.privacy not in TIERS:
            yield f"field '{name}' has the unknown privacy class '{field.privacy}'"
        if not field.purpose or not field.retention:
            yield f"field '{name}' lacks a purpose or a retention"
        if set(field.title) < {"nl", "en"}:
            yield f"field '{name}' lacks a title in nl or en"
