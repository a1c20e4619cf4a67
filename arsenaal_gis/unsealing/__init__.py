"""Unsealing: places with a shape, what each brings, and the best set for a budget."""

from .candidates import Candidates, find_candidates
from .choice import Decisions, read_decisions
from .reselection import reselect
from .rules import Rules, load_rules
from .selection import Selection, select_places
from .site import Site
from .strip import facade_strip_depth, free_passage, strip_verdict
from .water import YearBalance, runoff_depth

__all__ = [
    "Candidates",
    "Decisions",
    "Rules",
    "Selection",
    "Site",
    "YearBalance",
    "facade_strip_depth",
    "find_candidates",
    "free_passage",
    "load_rules",
    "read_decisions",
    "reselect",
    "runoff_depth",
    "select_places",
    "strip_verdict",
]
