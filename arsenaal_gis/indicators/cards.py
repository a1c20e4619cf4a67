"""Indicator cards: what is asked, counted and aimed at, one file each in ``layers/indicatoren/``."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..catalogue import data_folder, load
from ..catalogue.model import TIERS
from ..errors import ConfigError

KINDS = ("aandeel", "gemiddelde", "verhouding", "telling")
DIRECTIONS = ("hoger_beter", "lager_beter", "geen")


@dataclass(frozen=True)
class Card:
    """One shared indicator.

    Attributes:
        id: Name, also of the file.
        title: Short name by language.
        question: What it answers, by language.
        kind: 'aandeel' (share of units), 'gemiddelde' (mean of units), 'verhouding' (sum over sum) or
            'telling' (count of facts).
        layer: Layer of the plan or wijk that it is measured on.
        key: Field that names a unit; empty for a count.
        value: Field measured; for 'verhouding' the numerator.
        denominator: For 'verhouding' the field of the denominator.
        universe: Layer whose units all count, those without a row as ``absent``; empty = the rows themselves.
        absent: Class of units without a row: 'nee' or 'onbekend'.
        yes: Codes that count as yes; empty with ``filled``.
        filled: Any known value counts as yes, none as no.
        at_least: Numbers from here on count as yes.
        ever: A unit is yes if any of its rows is; else its newest row that is known counts.
        by_wave: Measured per wave of visits.
        stratum: Field of the universe whose mix is split off (Kitagawa).
        where: Field -> value, to choose rows.
        unit: Unit as printed.
        direction: 'hoger_beter', 'lager_beter' or 'geen'.
        tolerance: Smallest change that can be measured, in the unit.
        target: What is aimed at, in the unit; None where nothing was agreed.
        tier: Most open tier of the figure for the whole wijk.
        source: Where the facts come from, in Dutch.
        owner: Who answers for it, in Dutch.
        comparison: Figures of city or other wijken: name -> {waarde, jaar, bron}.
        order: Place in reports.
    """

    id: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    kind: str
    layer: str
    value: str
    unit: str
    direction: str
    tier: str
    source: str
    owner: str
    key: str = ""
    denominator: str = ""
    universe: str = ""
    absent: str = "onbekend"
    yes: tuple[str, ...] = ()
    filled: bool = False
    at_least: float | None = None
    ever: bool = False
    by_wave: bool = False
    stratum: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)
    tolerance: float = 0.0
    target: float | None = None
    comparison: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    order: int = 0

    @property
    def counted(self) -> tuple[str, ...]:
        """Classes of the field that make the numerator of a share."""
        if self.filled:
            return tuple(c for c in load().layer(self.layer).fields[self.value].codes if c != "onbekend")
        return self.yes


_NAMES = {
    "titel": "title",
    "vraag": "question",
    "soort": "kind",
    "laag": "layer",
    "sleutel": "key",
    "veld": "value",
    "noemer": "denominator",
    "allemaal": "universe",
    "zonder_rij": "absent",
    "ja": "yes",
    "gevuld": "filled",
    "minstens": "at_least",
    "ooit": "ever",
    "per_golf": "by_wave",
    "samenstelling": "stratum",
    "waar": "where",
    "eenheid": "unit",
    "richting": "direction",
    "meetfout": "tolerance",
    "streefwaarde": "target",
    "niveau": "tier",
    "bron": "source",
    "eigenaar": "owner",
    "vergelijking": "comparison",
    "volgorde": "order",
}


@cache
def cards() -> tuple[Card, ...]:
    """All cards in order.

    Raises:
        ConfigError: A card that cannot be used.
    """
    found = [read_card(path) for path in sorted((data_folder("layers") / "indicatoren").glob("*.toml"))]
    return tuple(sorted(found, key=lambda card: (card.order, card.id)))


def agreed(own: Mapping[str, Mapping[str, Any]]) -> tuple[Card, ...]:
    """All cards with what a wijk agreed on them.

    Args:
        own: Section ``[indicatoren.<id>]`` of ``wijk.toml``: ``streefwaarde``, and ``vergelijking`` with a figure of
            the city or of another wijk by name (``waarde``, ``jaar``, ``bron``), over those of the cards.

    Raises:
        ConfigError: There is no such card, or the section says something else.
    """
    unknown = sorted(set(own) - {card.id for card in cards()})
    if unknown:
        known = ", ".join(card.id for card in cards())
        raise ConfigError(
            f"There is no indicator '{unknown[0]}'.", "wijk.toml [indicatoren]", f"Known: {known}."
        )
    return tuple(_with(card, own[card.id]) if card.id in own else card for card in cards())


def _with(card: Card, own: Mapping[str, Any]) -> Card:
    figures = own.get("vergelijking", {}) if isinstance(own, Mapping) else None
    usable = (
        isinstance(figures, Mapping)
        and set(own) <= {"streefwaarde", "vergelijking"}
        and isinstance(own.get("streefwaarde", 0), (int, float))
        and all(set(one) == {"waarde", "jaar", "bron"} for one in figures.values())
    )
    if not usable:
        raise ConfigError(
            "The entry on this indicator cannot be used.",
            f"wijk.toml [indicatoren.{card.id}]",
            'Write: streefwaarde = 40.0 and vergelijking."Mechelen" = {waarde = 12.5, jaar = 2024, bron = "…"}.',
        )
    target = own.get("streefwaarde", card.target)
    return replace(card, target=target, comparison={**card.comparison, **figures})


def read_card(path: Path) -> Card:
    """Read one card.

    Args:
        path: The TOML file; its name is the card's id.

    Returns:
        The card.

    Raises:
        ConfigError: An entry is unknown, missing, or names a field that the catalogue lacks.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        card = Card(id=path.stem, **{_NAMES[name]: _value(name, value) for name, value in raw.items()})
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"Indicator card cannot be read: {error}.", path.name, "Correct the file."
        ) from error
    problem = next(_problems(card), None)
    if problem:
        raise ConfigError(f"Indicator card: {problem}.", path.name, "Correct the file.")
    return card


def _value(name: str, value: object) -> object:
    return tuple(value) if name == "ja" else value


def _problems(card: Card) -> Iterator[str]:
    if card.kind not in KINDS:
        yield f"soort '{card.kind}' is not one of {KINDS}"
    if card.direction not in DIRECTIONS:
        yield f"richting '{card.direction}' is not one of {DIRECTIONS}"
    if card.tier not in TIERS:
        yield f"niveau '{card.tier}' is not one of {TIERS}"
    fields = load().layer(card.layer).fields
    for name in filter(None, [card.value, card.key, card.denominator, *card.where]):
        if name not in fields:
            yield f"layer '{card.layer}' has no field '{name}'"
    codes = fields[card.value].codes
    unknown = [code for code in card.yes if codes and code not in codes]
    if unknown:
        yield f"'{card.value}' has no code {unknown[0]}"
    if card.by_wave and "golf" not in fields:
        yield f"layer '{card.layer}' has no waves"
    if card.universe:
        for name in filter(None, [card.key, card.stratum]):
            if name not in load().layer(card.universe).fields:
                yield f"layer '{card.universe}' has no field '{name}'"
    if card.kind == "aandeel" and not (card.yes or card.filled or card.at_least is not None):
        yield "nothing counts as yes"
