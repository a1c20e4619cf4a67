"""The themes of the printed maps, read from ``styles/kaarten.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from ..catalogue import data_folder, load
from ..errors import ConfigError


@dataclass(frozen=True)
class Share:
    """A share of dwellings that a theme shows by cell.

    Attributes:
        layer: Layer whose rows are counted.
        field: Coded field.
        codes: Codes that count.
    """

    layer: str
    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """One theme of the map series.

    Attributes:
        id: Name in file names and on the command line.
        title: Title by language.
        layers: Layers over the base, from bottom to top.
        legend: Layers that the legend explains.
        raster: Raster under everything, or empty.
        note: Method note by language.
        share: What is counted, for themes on dwellings.
        table: Table that takes the map's place, or empty.
        tables: Tables that the figures beside the map come from.
        vivid: The base is part of the theme; elsewhere it stands back.
        instead: Layers that are drawn only where another has no rows, by that other.
    """

    id: str
    title: Mapping[str, str]
    layers: tuple[str, ...]
    legend: tuple[str, ...]
    raster: str
    note: Mapping[str, str]
    share: Share | None
    table: str
    tables: tuple[str, ...]
    vivid: bool = False
    instead: Mapping[str, str] = field(default_factory=dict)


@cache
def _file() -> Mapping[str, object]:
    return tomllib.loads((data_folder("styles") / "kaarten.toml").read_text(encoding="utf-8"))


def base_layers() -> tuple[str, ...]:
    """Layers of the quiet base, from bottom to top."""
    return tuple(_file()["basis"])


def quiet_layers() -> tuple[str, ...]:
    """Areas of the base that stand back where they are not the theme."""
    return tuple(_file()["stil"])


def heading(layer: str, language: str) -> str:
    """What stands over a layer's classes in a legend: its title, or what says more on paper."""
    said = _file()["legendakop"].get(layer) or load().layer(layer).title
    return said[language]


def suppressed_layers() -> tuple[str, ...]:
    """Layers in which a missing value on paper is one that the release held back."""
    return tuple(_file()["onderdrukt"])


@cache
def themes() -> tuple[Theme, ...]:
    """All themes in page order.

    Raises:
        ConfigError: A theme names a layer that the catalogue does not know.
    """
    found = []
    for raw in _file()["thema"]:
        counted = raw.get("telling")
        share = Share(counted["laag"], counted["veld"], tuple(counted["codes"])) if counted else None
        theme = Theme(
            raw["id"], raw["titel"], tuple(raw["lagen"]), tuple(raw["legenda"]), raw.get("raster", ""),
            raw["toelichting"], share, raw.get("tabel", ""), tuple(raw.get("tabellen", filter(None, [raw.get("tabel")]))),
            raw.get("basis_is_thema", False), raw.get("bij_gebrek", {}),
        )  # fmt: skip
        unknown = {*theme.layers, *theme.legend, *theme.tables, *filter(None, [theme.raster])} - set(
            load().layers
        )
        if unknown:
            raise ConfigError(
                f"Theme '{theme.id}' names unknown layers: {', '.join(sorted(unknown))}.",
                "styles/kaarten.toml",
                "Correct it.",
            )
        found.append(theme)
    return tuple(found)
