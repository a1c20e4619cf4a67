"""The colours of what we draw ourselves, read on every theme.

QGIS' dark themes are style sheets: they make widgets see-through and darken half of the palette, so that its words
may stand dark on dark. Only the ground is taken from there.
"""

from typing import NamedTuple

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

# How much of the ink is in a band, and from which lightness on a ground counts as light, of 255.
MIXED, LIGHT = 0.06, 128


class Sheet(NamedTuple):
    """Ground, words and lines on it, and a band that stands out a little."""

    ground: QColor
    ink: QColor
    band: QColor


def sheet() -> Sheet:
    """The colours under the theme of now."""
    ground = QApplication.palette().color(QPalette.ColorRole.Base)
    ground.setAlpha(255)
    ink = QColor("black") if ground.lightness() >= LIGHT else QColor("white")
    mixed = (round((1 - MIXED) * a + MIXED * b) for a, b in zip(ground.getRgb(), ink.getRgb(), strict=True))
    return Sheet(ground, ink, QColor(*mixed))
