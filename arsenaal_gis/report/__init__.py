"""What stands behind every printed page and the yearly report: data that may be shown, figures, sources."""

from .pages import Edition, Maker, PageText, page_text
from .printable import printable
from .themes import Theme, themes
from .yearly import write_report

__all__ = ["Edition", "Maker", "PageText", "Theme", "page_text", "printable", "themes", "write_report"]
