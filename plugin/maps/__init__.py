"""Printed maps: one page per theme, from data released for its audience."""

from .job import PRODUCTS, MapJob, Produced
from .series import make_maps
from .sheets import SHEET_IDS, SHEETS, Sheet

__all__ = ["PRODUCTS", "SHEETS", "SHEET_IDS", "MapJob", "Produced", "Sheet", "make_maps"]
