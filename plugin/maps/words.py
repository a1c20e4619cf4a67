"""Breaking text into lines that fit, measured with the font that is printed."""

from qgis.PyQt.QtGui import QFont, QFontMetricsF

from .sheets import FONT

_MM_PER_POINT = 25.4 / 72
_SURE = 0.975  # QGIS may measure a line a little wider, and would break it again
_MEASURE = 200  # pixels; large, so that hinting does not round widths


def font(points: float, bold: bool = False) -> QFont:
    """The page's font."""
    made = QFont(FONT)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def width_mm(text: str, points: float, bold: bool = False) -> float:
    """Width of one line on paper."""
    return _metrics(bold).horizontalAdvance(text) / _MEASURE * points * _MM_PER_POINT


def wrap(text: str, points: float, width: float, bold: bool = False) -> str:
    """Break text at blanks so that no line is wider than ``width`` millimetres; a longer word is cut.

    A number stays with its unit: no break at a no-break space.
    """
    width *= _SURE
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip(" ")
            if line and width_mm(longer, points, bold) > width:
                lines.append(line)
                line = word
            else:
                line = longer
            while width_mm(line, points, bold) > width and len(line) > 1:
                fits = next(
                    n
                    for n in range(len(line) - 1, 0, -1)
                    if n == 1 or width_mm(line[:n], points, bold) <= width
                )
                lines.append(line[:fits])
                line = line[fits:]
        lines.append(line)
    return "\n".join(lines)


def height_mm(text: str, points: float) -> float:
    """Height of wrapped text on paper: lines as QGIS spaces them, and the edge that it keeps free."""
    spacing = _metrics(False).lineSpacing() / _MEASURE
    return (text.count("\n") + 1) * points * _MM_PER_POINT * spacing + 0.6


def _metrics(bold: bool) -> QFontMetricsF:
    measured = QFont(FONT)
    measured.setPixelSize(_MEASURE)
    measured.setBold(bold)
    return QFontMetricsF(measured)
