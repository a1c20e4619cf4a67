"""Rule sets ``layers/regels/<id>.toml``: values with source and date, verdicts, reasons and place types."""

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ..catalogue import data_folder
from ..errors import ConfigError


@dataclass(frozen=True)
class Rule:
    """One value with where it comes from.

    Attributes:
        value: The number.
        unit: Its unit as printed.
        text: What it says, in Dutch.
        source: Regulation, practice or assumption.
        date: When the source was issued, or its value taken over (``date_kind``).
        date_kind: ``uitgevaardigd`` (issued) or ``opgenomen`` (taken over).
    """

    value: float
    unit: str
    text: str
    source: str
    date: datetime.date
    date_kind: str


@dataclass(frozen=True)
class PlaceType:
    """What goes for every place of one type, in Dutch: name, who agrees, who adopts; its water class."""

    title: Mapping[str, str]
    consent: str
    adopter: str
    water: str


@dataclass(frozen=True)
class Rules:
    """A rule set. ``rules["strook_max_m"]`` is the bare value."""

    id: str
    rules: Mapping[str, Rule]
    verdicts: Mapping[str, float]
    reasons: Mapping[str, str]
    on_site: frozenset[str]
    types: Mapping[str, PlaceType]

    def __getitem__(self, name: str) -> float:
        return self.rules[name].value

    def sentences(self, codes: Iterable[str], *, on_site: bool) -> str:
        """The Dutch texts of those reason codes that are (not) to be checked on the spot."""
        return "; ".join(self.reasons[code] for code in codes if (code in self.on_site) == on_site)


@cache
def load_rules(id: str = "mechelen") -> Rules:
    """Read a rule set.

    Args:
        id: File name in ``layers/regels`` without ``.toml``.

    Raises:
        ConfigError: No such rule set, or a rule without value, source or date.
    """
    path = data_folder("layers") / "regels" / f"{id}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.toml")))
        raise ConfigError(
            f"There is no rule set '{id}'.", "wijk.toml [ontharding] regels", f"Known: {known}."
        )
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return Rules(
            id=raw["id"],
            rules={
                name: Rule(r["waarde"], r["eenheid"], r["tekst"], r["bron"], r["datum"], r["datum_soort"])
                for name, r in raw["regels"].items()
            },
            verdicts={name: v["geschikt"] for name, v in raw["oordelen"].items()},
            reasons={code: r["tekst"] for code, r in raw["redenen"].items()},
            on_site=frozenset(code for code, r in raw["redenen"].items() if r.get("ter_plaatse")),
            types={
                name: PlaceType(t["titel"], t["akkoord"], t["adopteert"], t["water"])
                for name, t in raw["types"].items()
            },
        )
    except KeyError as error:
        raise ConfigError(
            f"The rule set lacks {error}.", path.name, "Each rule needs value, source and date."
        ) from error
