"""Unsealing: places with a shape, what each brings, and the best set for a budget."""

from .rules import Rules, load_rules
from .selection import Selection, select_places
from .strip import facade_strip_depth, free_passage, strip_verdict
from .water import YearBalance, runoff_depth

__all__ = [
    "Rules",
    "Selection",
    "YearBalance",
    "facade_strip_depth",
    "free_passage",
    "load_rules",
    "runoff_depth",
    "select_places",
    "strip_verdict",
]
