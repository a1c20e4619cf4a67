"""Printed maps: one page per theme, from data released for its audience."""

from .series import MapJob, Produced, make_maps
from .sheets import SHEETS, Sheet

__all__ = ["SHEETS", "MapJob", "Produced", "Sheet", "make_maps"]
