"""Words on screen: English in the source, Dutch complete in ``i18n/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QDate, QLocale, QTranslator

FOLDER = Path(__file__).parent


@cache
def language() -> str:
    """``nl`` on a Dutch QGIS, else ``en``."""
    return "nl" if QgsApplication.instance().locale().startswith("nl") else "en"


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate("Arsenaal", text)


def title(words: Mapping[str, str]) -> str:
    """The catalogue's words in the user's language."""
    return words.get(language()) or words.get("nl", "")


def number(value: float | None, decimals: int = 1, unit: str = "") -> str:
    """A number as the locale writes it; the unknown is a word, never blank or zero."""
    if value is None or value != value:
        return tr("unknown")
    shown = locale().toString(float(value), "f", decimals)
    return f"{shown} {unit}".strip()


def day_of(date: QDate) -> str:
    """A date with its weekday, as the locale writes it."""
    return locale().toString(date, "ddd d MMMM yyyy")


@cache
def locale() -> QLocale:
    """How the user's language writes numbers and dates."""
    return QLocale(QgsApplication.instance().locale())


def install() -> QTranslator | None:
    """Start translating; keep the result, it ends when removed."""
    locale.cache_clear()
    language.cache_clear()
    translator = QTranslator()
    if not translator.load(str(FOLDER / "i18n" / f"arsenaal_{language()}.qm")):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def mark(text: str) -> str:
    """Mark a text for translation that is shown later, through :func:`tr`."""
    return text
