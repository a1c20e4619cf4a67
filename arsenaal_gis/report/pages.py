"""The words on a printed page: title, figures, sources and how it was made."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import __version__
from ..catalogue import load
from ..hotspots import map_note
from ..wijk import Plan, Wijk
from .themes import Theme

LANGUAGES = ("nl", "en")
_WORDS = {
    "nl": {
        "at": "toestand op {}", "fictitious": "fictieve oefendata", "made": "Gemaakt op {}", "plan": "plan {}",
        "version": "arsenaal_gis {}", "crs": "Belgische Lambert 72 (EPSG:31370)", "sources": "Bronnen", "by": "Gemaakt door {}",
        "tier": "Niveau {}: {}", "P1": "voor planners", "P2": "voor de stuurgroep", "P0": "voor het bezoekteam van die dag",
        "dated": "{} ({})", "own": "Eigen berekening",
    },
    "en": {
        "at": "state of {}", "fictitious": "fictitious practice data", "made": "Made on {}", "plan": "plan {}",
        "version": "arsenaal_gis {}", "crs": "Belgian Lambert 72 (EPSG:31370)", "sources": "Sources", "by": "Made by {}",
        "tier": "Tier {}: {}", "P1": "for planners", "P2": "for the steering group", "P0": "for that day's visit team",
        "dated": "{} ({})", "own": "Own computation",
    },
}  # fmt: skip


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


def page_text(
    wijk: Wijk,
    plan: Plan,
    theme: Theme,
    drawn: Sequence[str],
    *,
    today: datetime.date,
    organisation: str = "",
    tier: str = "P2",
    language: str = "nl",
) -> PageText:
    """Write the words of a theme's page.

    Args:
        wijk: The wijk.
        plan: The plan that is printed.
        theme: What the page is about.
        drawn: Ids of the layers drawn on it.
        today: Production date.
        organisation: Author unit.
        tier: Tier of its audience.
        language: ``nl`` or ``en``.
    """
    words = _WORDS[language]
    run = plan.layer("run").iloc[0]
    subtitle = words["at"].format(f"{run['peildatum']:%d-%m-%Y}")
    if wijk.config.fictitious:
        subtitle += f" \u00b7 {words['fictitious']}"
    colophon = [
        *([words["by"].format(organisation)] if organisation else []),
        words["made"].format(f"{today:%d-%m-%Y}") + " \u00b7 " + words["version"].format(__version__),
        words["plan"].format(plan.moment),
        words["crs"],
        words["tier"].format(tier, words[tier]),
    ]
    note = theme.note[language]
    if "hotspots_reeksen" in theme.tables:
        note = f"{map_note(plan.layer('hotspots_reeksen'))} {note}"  # Dutch in both languages: it is a text of the plan
    return PageText(
        f"{theme.title[language]} \u2013 {wijk.config.name}",
        subtitle,
        note,
        "\n".join(sources(wijk, drawn, words)),
        "\n".join(colophon),
    )


def sources(wijk: Wijk, drawn: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """Attribution texts of the layers drawn, each once, with the date of the delivery."""
    delivered = wijk.layer("bronnen").drop_duplicates("laag").set_index("laag")
    dates: dict[str, set[str]] = {}
    for id in drawn:
        layer = load().layer(id)
        text = layer.attribution or words["own"]
        date = delivered["datum"].get(id)
        known = dates.setdefault(text, set())
        if date is not None and date == date:
            known.add(f"{date:%d-%m-%Y}")
    return [
        words["dated"].format(text, ", ".join(sorted(days))) if days else text for text, days in dates.items()
    ]


def attributions(wijk: Wijk, ids: Sequence[str], language: str = "nl") -> list[str]:
    """Attribution texts of layers, see :func:`sources`."""
    return sources(wijk, ids, _WORDS[language])
