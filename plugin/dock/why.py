"""The panel "Waarom hier?": contributions as bars, raw values with units, reasons, verdict."""

import numpy as np
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ..texts import number, title, tr
from .ranking import PART, REASONS, Ranking, first, words

# The column with the raw value of a criterion, where its name does not say so.
RAW = {"hitte": "pet_c", "water": "piek_60mm_l", "billijkheid": "groentekort", "straatbeeld": "meldingen_50m"}
# What is told below the bars, where the layer has it.
MORE = (
    "robuustheid",
    "oordeel",
    "redenen",
    "vrije_doorgang_m",
    "ter_plaatse",
    "kost_eur",
    "d_pet_c",
    "onzekerheid_c",
)
BAR = QColor("#3c9299")
# What lowers the place: the same hue as "less" on the maps of change.
LESS = QColor("#67a9cf")


class Bar(QWidget):
    """A share from -1 to 1 as a bar; unknown as a dashed outline."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(number(share, 2))

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        return QSize(90, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar on a quiet ground, readable on light and dark themes."""
        painter = QPainter(self)
        frame = QRectF(0.5, 2.5, self.width() - 1.0, self.height() - 5.0)
        if np.isnan(self._share):
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(frame)
            return
        painter.fillRect(frame, self.palette().color(QPalette.ColorRole.AlternateBase))
        frame.setWidth(frame.width() * min(abs(self._share), 1.0))
        painter.fillRect(frame, BAR if self._share >= 0 else LESS)


class WhyPanel(QWidget):
    """Why one row stands where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 2, 6, 2)
        self._content: QWidget | None = None
        self.clear()

    def clear(self) -> None:
        """Say what to do: nothing is chosen."""
        hint = QLabel(tr("Choose a row, or click the map."))
        hint.setEnabled(False)
        self._put(hint)

    def show_row(self, ranking: Ranking, row: int) -> None:
        """Show one row of a ranking."""
        about = ranking.about
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        parts = ranking.parts()[row] if ranking.criteria else np.array([])
        largest = np.nanmax(np.abs(parts), initial=0.0) or 1.0
        for line, (name, part) in enumerate(zip(ranking.criteria, parts, strict=True)):
            label = QLabel(criterion_title(ranking, name))
            label.setWordWrap(True)
            grid.addWidget(label, line, 0)
            grid.addWidget(Bar(part / largest), line, 1)
            grid.addWidget(QLabel(raw_value(ranking, name, row)), line, 2)
        line = len(parts)
        reasons = first(about, REASONS)
        shown = [reasons] if reasons else []
        shown += [name for name in MORE if name in about.fields]
        for name in shown:
            field = about.fields[name]
            text = QLabel(f"<b>{title(field.title)}</b>: {words(ranking.values[name][row], field)}")
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, line, 0, 1, 3)
            line += 1
        self._put(content)

    def _put(self, content: QWidget) -> None:
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._layout.addWidget(content)


def criterion_title(ranking: Ranking, name: str) -> str:
    """What staff call a criterion: the title of its contribution without the word for contribution."""
    text = title(ranking.about.fields[PART + name].title)
    for start in ("Bijdrage van ", "Bijdrage ", "Contribution of ", "Contribution "):
        text = text.removeprefix(start)
    return text


def raw_value(ranking: Ranking, name: str, row: int) -> str:
    """The value behind a criterion with its unit; its contribution where the layer keeps no such value."""
    fields = ranking.about.fields
    named = [RAW.get(name, name), *(other for other in fields if other.startswith(f"{name}_"))]
    raw = next((other for other in named if other in fields), "")
    if raw:
        return words(ranking.values[raw][row], fields[raw])
    return words(ranking.values[PART + name][row], fields[PART + name])
