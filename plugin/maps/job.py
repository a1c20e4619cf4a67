"""What to print, and what was printed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PRODUCTS = ("kaarten", "fiches", "rondes", "bouwblokken", "straten", "verslag")


@dataclass(frozen=True)
class MapJob:
    """What to print.

    Attributes:
        wijk: The wijk folder or its ``wijk.toml``.
        out: Folder for the pages.
        today: Production date.
        plan: Moment of the plan; empty for the newest.
        products: ``kaarten`` (the series), ``fiches`` (a card per chosen place), ``rondes`` (a sheet per round),
            ``bouwblokken`` and ``straten`` (the atlas), ``verslag`` (the yearly report).
        themes: Ids of themes; empty for all.
        cards: Names of cards, as ``fiche_003``; empty for all of the products asked for.
        sheets: Ids of sheets: the landscape ones are for the series, A4 and A5 for the rest.
        grey: Also for printers without colour.
        png_dpi: Also as pictures at this resolution; 0 for none.
        status: ``ONTWERP`` or ``DEFINITIEF``.
        language: ``nl`` or ``en``.
        before: Moment of an earlier plan that the report compares with; empty for none.
        maker: ``organisatie``, ``contact`` and ``logo`` that go before those of ``wijk.toml``.
    """

    wijk: Path
    out: Path
    today: datetime.date
    plan: str = ""
    products: tuple[str, ...] = ("kaarten",)
    themes: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ("A3",)
    grey: bool = False
    png_dpi: int = 0
    status: str = "ONTWERP"
    language: str = "nl"
    before: str = ""
    maker: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, words: dict[str, Any]) -> "MapJob":
        """The job that :meth:`words` put into words."""
        read = {Path: Path, datetime.date: datetime.date.fromisoformat, tuple[str, ...]: tuple}
        kinds = {field.name: read.get(field.type, lambda value: value) for field in fields(cls)}
        return cls(**{name: kinds[name](value) for name, value in words.items()})

    def words(self) -> dict[str, Any]:
        """The job as JSON takes it, for the process that prints."""
        return {
            field.name: str(value)
            if isinstance(value := getattr(self, field.name), (Path, datetime.date))
            else value
            for field in fields(self)
        }


@dataclass
class Produced:
    """What was printed.

    Attributes:
        files: Pages in order; a file of several pages for print follows them.
        failed: Page name and reason.
        held_back: What the release withheld, in words.
    """

    files: list[Path] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    held_back: list[str] = field(default_factory=list)
