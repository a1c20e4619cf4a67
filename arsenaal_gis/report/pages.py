"""The words on a printed page: title, figures, sources and how it was made."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .. import __version__
from ..catalogue import load
from ..errors import ConfigError
from ..wijk import Plan, Wijk
from .themes import Theme

LANGUAGES = ("nl", "en")
_WORDS = {
    "nl": {
        "at": "toestand op {}", "fictitious": "fictieve oefendata", "plan": "plan {}",
        "version": "arsenaal_gis {}", "crs": "Belgische Lambert 72 (EPSG:31370)", "sources": "Bronnen", "by": "Gemaakt door {} op {}",
        "contact": "Contact: {}",
        "tier": "Niveau {}: {}", "P1": "voor planners", "P2": "voor de stuurgroep", "P0": "voor het bezoekteam van die dag",
        "dated": "{} ({})", "own": "Eigen berekening",
    },
    "en": {
        "at": "state of {}", "fictitious": "fictitious practice data", "plan": "plan {}",
        "version": "arsenaal_gis {}", "crs": "Belgian Lambert 72 (EPSG:31370)", "sources": "Sources", "by": "Made by {} on {}",
        "contact": "Contact: {}",
        "tier": "Tier {}: {}", "P1": "for planners", "P2": "for the steering group", "P0": "for that day's visit team",
        "dated": "{} ({})", "own": "Own computation",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """What all pages of one plan share, read once.

    Attributes:
        wijk: Name of the wijk.
        fictitious: Whether it is practice data.
        moment: Of the plan.
        peildatum: State of the data.
        delivered: Date of the delivery, by layer.
    """

    wijk: str
    fictitious: bool
    moment: str
    peildatum: datetime.date
    delivered: pd.Series

    @classmethod
    def of(cls, wijk: Wijk, plan: Plan) -> "Edition":
        """Read it."""
        return cls(
            wijk.config.name, wijk.config.fictitious, plan.moment, plan.layer("run")["peildatum"].iloc[0],
            wijk.layer("bronnen").drop_duplicates("laag").set_index("laag")["datum"],
        )  # fmt: skip


@dataclass(frozen=True)
class PageText:
    """The words on one page.

    Attributes:
        title: What and where.
        subtitle: When, and that it is practice data where it is.
        note: Method note.
        sources: Attribution of every layer drawn, with its date, one per line.
        colophon: Who, when, which plan, version, CRS and tier, one per line.
    """

    title: str
    subtitle: str
    note: str
    sources: str
    colophon: str


@dataclass(frozen=True)
class Maker:
    """Who makes the pages.

    Attributes:
        organisation: Author unit.
        contact: Where to ask, of a department.
        logo: Picture, or None.
    """

    organisation: str
    contact: str
    logo: Path | None

    @classmethod
    def of(cls, wijk: Wijk, given: Mapping[str, str], logo: bool = True) -> "Maker":
        """Who was given (``organisatie``, ``contact``, ``logo``), else who stands in ``wijk.toml``.

        Args:
            wijk: The wijk.
            given: What goes before ``wijk.toml``.
            logo: Whether to look for the logo.

        Raises:
            ConfigError: The logo is not there.
        """
        export, pages = wijk.settings["export"], wijk.settings["kaarten"]
        picture = given.get("logo") or pages["logo"]
        path = wijk.folder / picture if picture and logo else None
        if path is not None and not path.is_file():
            raise ConfigError(
                "The logo is not there.", str(path), "Correct [kaarten] logo in wijk.toml, or leave it empty."
            )
        return cls(
            given.get("organisatie") or export["uitgever"], given.get("contact") or export["contact"], path
        )


def page_text(
    edition: Edition,
    theme: Theme,
    drawn: Sequence[str],
    *,
    today: datetime.date,
    maker: Maker,
    said: str = "",
    tier: str = "P2",
    language: str = "nl",
) -> PageText:
    """Write the words of a theme's page.

    Args:
        edition: The plan that is printed.
        theme: What the page is about.
        drawn: Ids of the layers drawn on it.
        today: Production date.
        maker: Who makes it.
        said: What the map tells, before its method note.
        tier: Tier of its audience.
        language: ``nl`` or ``en``.
    """
    words = _WORDS[language]
    subtitle = words["at"].format(f"{edition.peildatum:%d-%m-%Y}")
    if edition.fictitious:
        subtitle += f" \u00b7 {words['fictitious']}"
    colophon = [
        words["by"].format(maker.organisation, f"{today:%d-%m-%Y}"),
        *([words["contact"].format(maker.contact)] if maker.contact else []),
        words["plan"].format(edition.moment) + " \u00b7 " + words["version"].format(__version__),
        words["crs"],
        words["tier"].format(tier, words[tier]),
    ]
    note = " ".join(filter(None, [said, theme.note[language]]))
    return PageText(
        f"{theme.title[language]} \u2013 {edition.wijk}",
        subtitle,
        note,
        "\n".join(attributions(edition.delivered, drawn, language)),
        "\n".join(colophon),
    )


def attributions(delivered: pd.Series, ids: Sequence[str], language: str = "nl") -> list[str]:
    """Attribution texts of layers, each once, with the date of the delivery.

    Args:
        delivered: Date of the delivery, by layer.
        ids: Layers.
        language: ``nl`` or ``en``.
    """
    words = _WORDS[language]
    dates: dict[str, set[str]] = {}
    for id in ids:
        known = dates.setdefault(load().layer(id).attribution or words["own"], set())
        date = delivered.get(id)
        if pd.notna(date):
            known.add(f"{date:%d-%m-%Y}")
    return [
        words["dated"].format(text, ", ".join(sorted(days))) if days else text for text, days in dates.items()
    ]
