"""Shared indicators of the Collective Impact Model: measured in every plan, compared between plans."""

from .cards import Card, cards
from .compare import Comparison, compare, indicator_change
from .measure import Measurement, measure
from .write import chart, write

__all__ = [
    "Card",
    "Comparison",
    "Measurement",
    "cards",
    "chart",
    "compare",
    "indicator_change",
    "measure",
    "write",
]
