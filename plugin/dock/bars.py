"""Shares drawn as bars, readable on light, dark and high-contrast themes."""

import numpy as np
from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..texts import number
from .table import SHARE

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
        """Draw the bar."""
        draw(
            QPainter(self),
            QRectF(0.5, 2.5, self.width() - 1.0, self.height() - 5.0),
            self._share,
            self.palette(),
        )


class ScoreBar(QStyledItemDelegate):
    """A cell of the list as a bar; the figure itself is on the tooltip and for screen readers."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the cell's ground as the style does, then the bar."""
        share = index.data(SHARE)
        if share is None:
            super().paint(painter, option, index)
            return
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        room = QRectF(option.rect)
        high = min(room.height() - 6.0, 0.7 * option.fontMetrics.height())
        frame = QRectF(room.left() + 4, room.center().y() - high / 2, room.width() - 8, high)
        draw(painter, frame, share, option.palette)


def draw(painter: QPainter, frame: QRectF, share: float, palette: QPalette) -> None:
    """Draw a share on a quiet ground with an outline in the colour of the text."""
    painter.save()
    edge = QColor(palette.color(QPalette.ColorRole.Text))
    edge.setAlpha(110)
    painter.setPen(edge)
    if np.isnan(share):
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRect(frame)
    else:
        filled = QRectF(frame)
        filled.setWidth(frame.width() * min(abs(share), 1.0))
        painter.fillRect(frame, palette.color(QPalette.ColorRole.Base))
        painter.fillRect(filled, BAR if share >= 0 else LESS)
        painter.drawRect(frame)
    painter.restore()
