"""``wijk.toml``: what the wijk is called, where its sources lie, and which settings differ from the defaults."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..catalogue import load
from ..errors import ConfigError
from ..settings import Settings, declared

_WIJK = {"naam": str, "id": str, "nis_code": str, "fictief": bool, "peildatum": datetime.date}
_SOURCE = {
    "pad": str,
    "laag": str,
    "soort": str,
    "kolommen": dict,
    "codes": dict,
    "klassen": dict,
    "crs": str,
    "datum": datetime.date,
    "codering": str,
    "scheiding": str,
}


@dataclass(frozen=True)
class SourceSpec:
    """Where one layer, or part of it, comes from.

    Attributes:
        layer: Id of the layer in the catalogue.
        path: File, folder, zip, VRT or URL as written in ``wijk.toml`` (``pad``).
        table: Layer or sheet inside the file (``laag``), empty for the only one.
        type: Kind of delivery (``soort``), empty for the layer's first.
        columns: Target name → column name in the delivery (``kolommen``), over the catalogue's.
        codes: Target name → delivered code → catalogue code, over the catalogue's.
        classes: Delivered raster value → catalogue code (``klassen``).
        crs: CRS to believe in place of the file's own tag.
        date: Date of the delivery (``datum``).
        encoding: Encoding of a text file (``codering``).
        delimiter: Column separator of a text file (``scheiding``).
    """

    layer: str
    path: str
    table: str = ""
    type: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    crs: str = ""
    date: datetime.date | None = None
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True)
class WijkConfig:
    """``wijk.toml``, checked.

    Attributes:
        name: Name of the wijk.
        id: Short name for keys and files.
        nis_code: NIS code of the municipality, or empty.
        fictitious: Practice data: printed on every map and export.
        peildatum: Reference date, or None for the newest date in the sources.
        sources: Sources by layer id, in the order written.
        settings: Values of all settings.
        indicators: What was agreed on an indicator, by its id: target, figures to compare with.
    """

    name: str
    id: str
    nis_code: str = ""
    fictitious: bool = False
    peildatum: datetime.date | None = None
    sources: Mapping[str, tuple[SourceSpec, ...]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings.load)
    indicators: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_config(path: Path) -> WijkConfig:
    """Read and check a ``wijk.toml``.

    Raises:
        ConfigError: The file is absent, not TOML, or says something that cannot be.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError("There is no wijk.toml here.", str(path), "'arsenaal init' writes one.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"Not valid TOML: {error}.", str(path), "Correct the file (UTF-8).") from error
    unknown = sorted(set(raw) - {"wijk", "bronnen", "indicatoren"} - set(declared()))
    if unknown:
        raise ConfigError(
            f"Unknown section [{unknown[0]}].",
            str(path),
            f"Known: wijk, bronnen, indicatoren, {', '.join(declared())}.",
        )
    wijk = raw.get("wijk", {})
    _check(wijk, _WIJK, f"{path.name} [wijk]")
    if not wijk.get("naam"):
        raise ConfigError("The wijk has no name.", f"{path.name} [wijk]", 'Add: naam = "…".')
    return WijkConfig(
        name=wijk["naam"],
        id=wijk.get("id") or "".join(c if c.isalnum() else "_" for c in wijk["naam"].lower()),
        nis_code=wijk.get("nis_code", ""),
        fictitious=wijk.get("fictief", False),
        peildatum=wijk.get("peildatum"),
        sources={id: _sources(id, entry, path.name) for id, entry in raw.get("bronnen", {}).items()},
        settings=Settings.load({name: raw[name] for name in declared() if name in raw}),
        indicators=raw.get("indicatoren", {}),
    )


def _sources(id: str, entry: Any, file: str) -> tuple[SourceSpec, ...]:
    where = f"{file} [bronnen.{id}]"
    layer = load().layer(id)
    specs = []
    for raw in entry if isinstance(entry, list) else [entry]:
        _check(raw, _SOURCE, where)
        if not raw.get("pad"):
            raise ConfigError("The source has no path.", where, 'Add: pad = "…".')
        layer.source(raw.get("soort", ""))  # refuses an unknown kind
        specs.append(
            SourceSpec(
                id,
                raw["pad"],
                raw.get("laag", ""),
                raw.get("soort", ""),
                raw.get("kolommen", {}),
                raw.get("codes", {}),
                raw.get("klassen", {}),
                raw.get("crs", ""),
                raw.get("datum"),
                raw.get("codering", ""),
                raw.get("scheiding", ""),
            )
        )
    return tuple(specs)


def _check(raw: Any, allowed: Mapping[str, type], where: str) -> None:
    if not isinstance(raw, dict):
        raise ConfigError("A table is expected here.", where, "Write it as [section] with key = value lines.")
    for key, value in raw.items():
        if key not in allowed:
            raise ConfigError(f"Unknown key '{key}'.", where, f"Known: {', '.join(allowed)}.")
        if not isinstance(value, allowed[key]):
            raise ConfigError(f"'{key}' must be of type {allowed[key].__name__}.", where, "Correct it.")
