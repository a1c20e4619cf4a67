"""Measure a card: the class or number of every unit, and the figure for the whole wijk."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..hotspots.rates import garwood
from .cards import Card
from .statistics import Estimate, bootstrap_mean, wilson

YES, NO, UNKNOWN = "ja", "nee", "onbekend"
WHOLE = "plan"
WAVES = ("nulmeting", "nameting")
LEAST_PERCENT = 20  # below this denominator a percentage would pretend to be precise
_UNKNOWN_CODES = ("onbekend", "")

Get = Callable[[str], pd.DataFrame | None]


@dataclass(frozen=True)
class Measurement:
    """A card measured at one moment or in one wave.

    Attributes:
        card: The card.
        wave: 'plan' for the whole, else the wave.
        units: One row per unit: ``sleutel``, ``klasse`` (ja, nee, onbekend), ``waarde``, ``noemer``,
            ``stratum``. For a count one row per period: ``waarde`` and ``waarde_boven`` = fewest and most
            facts, ``noemer`` = months, ``van``, ``tot``.
    """

    card: Card
    wave: str
    units: pd.DataFrame

    @property
    def known(self) -> pd.DataFrame:
        """The units whose class or number is known."""
        return self.units[self.units["klasse"] != UNKNOWN]

    @property
    def unknown(self) -> int:
        """Units about which nothing is known."""
        return int((self.units["klasse"] == UNKNOWN).sum())

    @property
    def numerator(self) -> float:
        """Units that are yes, sum of the numerator, or fewest facts."""
        known = self.known
        return float((known["klasse"] == YES).sum() if self.card.kind == "aandeel" else known["waarde"].sum())

    @property
    def denominator(self) -> float:
        """Units that are known, sum of the denominator, or months."""
        whole = self.card.kind in ("verhouding", "telling")
        return float(self.known["noemer"].sum()) if whole else float(len(self.known))

    def estimate(self, seed: int = 0) -> Estimate | None:
        """The figure with its 95 % interval, in the card's unit; None where nothing is known.

        A share is in percent; an area share of a full count has no sampling interval.
        """
        if len(self.known) == 0 or self.denominator == 0:
            return None
        if self.card.kind == "aandeel":
            share = wilson(int(self.numerator), int(self.denominator))
            return Estimate(100 * share.value, 100 * share.low, 100 * share.high)
        if self.card.kind == "gemiddelde":
            return bootstrap_mean(self.known["waarde"].to_numpy(float), seed=seed)
        if self.card.kind == "verhouding":
            value = 100 * self.numerator / self.denominator
            return Estimate(value, value, value)
        low, high = garwood(self.numerator)[0], garwood(self.most)[1]
        return Estimate((self.numerator + self.most) / 2, float(low), float(high))

    @property
    def most(self) -> float:
        """Most facts there can have been, of a count that came in intervals."""
        return float(self.known["waarde_boven"].sum())


def measure(card: Card, get: Get) -> list[Measurement]:
    """Measure a card, per wave where it has waves.

    Args:
        card: The card.
        get: Gives a layer by its id, or None where there is none.

    Returns:
        One measurement, or one per wave that has rows; none where the layer is absent or empty.
    """
    rows = get(card.layer)
    if rows is None or len(rows) == 0:
        return []
    for name, value in card.where.items():
        rows = rows[rows[name] == value]
    if card.kind == "telling":
        return [Measurement(card, WHOLE, _count(card, rows))] if len(rows) else []
    universe = get(card.universe) if card.universe else None
    out = []
    for wave in WAVES if card.by_wave else (WHOLE,):
        own = rows[rows["golf"] == wave] if card.by_wave else rows
        if len(own):
            out.append(Measurement(card, wave, _units(card, own, universe)))
    return out


def _count(card: Card, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sleutel": rows["periode"].to_numpy(object),
            "klasse": YES,
            "waarde": rows["aantal_min"].to_numpy(float),
            "waarde_boven": rows["aantal_max"].to_numpy(float),
            "noemer": rows["maanden"].to_numpy(float),
            "van": rows["van"].to_numpy(),
            "tot": rows["tot"].to_numpy(),
        }
    )


def _units(card: Card, rows: pd.DataFrame, universe: pd.DataFrame | None) -> pd.DataFrame:
    rows = pd.DataFrame(rows)
    rows = rows[rows[card.key].notna()]
    classes = _classes(card, rows)
    made = pd.DataFrame({"sleutel": rows[card.key].astype(str), "klasse": classes})
    made["waarde"] = rows[card.value].to_numpy(float, na_value=np.nan) if card.kind != "aandeel" else np.nan
    made["noemer"] = rows[card.denominator].to_numpy(float, na_value=np.nan) if card.denominator else 1.0
    if card.kind == "verhouding":
        made.loc[made["noemer"].isna(), "klasse"] = UNKNOWN
    # One row per unit: any yes, else the newest row that is known.
    rank = made["klasse"].map({UNKNOWN: 0, NO: 1, YES: 2 if card.ever else 1})
    day = rows["datum"] if "datum" in rows.columns else pd.Series(pd.NaT, index=rows.index)
    order = made.assign(rank=rank, day=day).sort_values(["sleutel", "rank", "day"], na_position="first")
    made = order.groupby("sleutel", sort=True).tail(1).drop(columns=["rank", "day"])
    if universe is not None:
        keys = universe[card.key].dropna().astype(str)
        made = made.set_index("sleutel").reindex(sorted(set(keys))).reset_index()
        made["klasse"] = made["klasse"].fillna(card.absent)
        if card.stratum:
            of_key = dict(zip(keys, universe.loc[keys.index, card.stratum].astype(object), strict=True))
            made["stratum"] = made["sleutel"].map(of_key)
    return made.reset_index(drop=True)


def _classes(card: Card, rows: pd.DataFrame) -> np.ndarray:
    value = rows[card.value]
    missing = value.isna() | value.astype(object).isin(_UNKNOWN_CODES)
    if card.filled:
        return np.where(missing, NO, YES)
    if card.kind != "aandeel":
        return np.where(missing, UNKNOWN, YES)
    hit = value >= card.at_least if card.at_least is not None else value.isin(card.yes)
    return np.where(missing, UNKNOWN, np.where(hit.fillna(False), YES, NO))
