"""What staff may set in QGIS' own options, and what the plugin remembers."""

from .page import OptionsFactory
from .values import OFFER_TOUR, PRACTICE_FOLDER, STALE_DAYS, WIJKEN_FOLDER, Option

__all__ = ["OFFER_TOUR", "PRACTICE_FOLDER", "STALE_DAYS", "WIJKEN_FOLDER", "Option", "OptionsFactory"]
