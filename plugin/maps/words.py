"""Breaking text into lines that fit, measured with the font that is printed."""

from qgis.PyQt.QtGui import QFont, QFontMetricsF

from .sheets import FONT

_MM_PER_POINT = 25.4 / 72
_MEASURE = 200  # pixels; large, so that hinting does not round widths


def font(points: float, bold: bool = False) -> QFont:
    """The page's font."""
    made = QFont(FONT)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def width_mm(text: str, points: float, bold: bool = False) -> float:
    """Width of one line on paper."""
    measured = QFont(FONT)
    measured.setPixelSize(_MEASURE)
    measured.setBold(bold)
    return QFontMetricsF(measured).horizontalAdvance(text) / _MEASURE * points * _MM_PER_POINT


def wrap(text: str, points: float, width: float, bold: bool = False) -> str:
    """Break text at blanks so that no line is wider than ``width`` millimetres; longer words stand alone."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and width_mm(longer, points, bold) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return "\n".join(lines)


def height_mm(text: str, points: float) -> float:
    """Height of wrapped text on paper, with the leading that QGIS gives it."""
    return (text.count("\n") + 1) * points * _MM_PER_POINT * 1.42
