"""What an indicator and its change say, in Dutch sentences."""

from ..hotspots.words import count, number
from .measure import LEAST_PERCENT, Measurement
from .statistics import Estimate

BETTER, WORSE, CHANGED = "verbeterd", "verslechterd", "veranderd"
UNPROVEN, UNMEASURABLE, UNKNOWN, SAME = "niet_aantoonbaar", "niet_meetbaar", "onbekend", "ongewijzigd"
VERDICTS = {
    BETTER: "Verbeterd",
    WORSE: "Verslechterd",
    CHANGED: "Veranderd",
    UNPROVEN: "Niet aantoonbaar",
    UNMEASURABLE: "Niet meetbaar: kleiner dan de meetfout",
    UNKNOWN: "Onbekend",
    SAME: "Ongewijzigd",
}


def figure_sentence(one: Measurement) -> str:
    """Say what was measured; small numbers as k of n, without a percentage."""
    card, estimate = one.card, one.estimate()
    tail = f" {one.unknown} onbekend." if one.unknown else ""
    if estimate is None:
        return f"Onbekend.{tail}"
    if card.kind == "telling":
        return (
            f"{count(one.numerator, one.most)} feiten in {one.denominator:.0f} maanden "
            f"(95 %-interval {number(estimate.low)} tot {number(estimate.high)}).{tail}"
        )
    if card.kind == "verhouding":
        return f"{number(estimate.value)} {card.unit} van {number(one.denominator, 0)} m².{tail}"
    n = f"n = {one.denominator:.0f}"
    if card.kind == "aandeel":
        n = f"{one.numerator:.0f} van {one.denominator:.0f}"
        if one.denominator < LEAST_PERCENT:
            return f"{n}; te weinig voor een percentage.{tail}"
    interval = f"95 %-interval {number(estimate.low)} tot {number(estimate.high)}"
    return f"{number(estimate.value)} {card.unit} ({n}; {interval}).{tail}"


def change_sentence(
    verdict: str, change: Estimate | None, unit: str, basis: str, p: float | None = None
) -> str:
    """Say how a figure changed."""
    text = VERDICTS[verdict]
    if change is None:
        return f"{text} ({basis})."
    unit = "procentpunt" if unit == "%" else unit
    numbers = f"{'+' if change.value > 0 else ''}{number(change.value)} {unit}"
    if change.low != change.high:
        numbers += f", 95 %-interval {number(change.low)} tot {number(change.high)}"
    if p is not None:
        numbers += f", p = {number(p, 3)}"
    return f"{text}: {numbers} ({basis})."
