"""The map tool that draws a line across a street: drag, or click for the line square to the street."""

from qgis.core import QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

from .drawing import to_lambert

COLOUR = QColor(122, 31, 31)
# A press and release closer together than this is a click, pixels.
CLICK = 8


class CutTool(QgsMapTool):
    """A drag gives a line, a click a point, Enter the middle of the map.

    Signals:
        drawn: A line or a point in Lambert 72.
    """

    drawn = pyqtSignal(QgsGeometry)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._pressed: QPoint | None = None
        self._band = QgsRubberBand(canvas)
        self._band.setColor(COLOUR)
        self._band.setWidth(2)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """The line begins here."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.pos()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show what it would be."""
        if self._pressed is not None:
            ends = [self.toMapCoordinates(self._pressed), self.toMapCoordinates(event.pos())]
            self._band.setToGeometry(QgsGeometry.fromPolylineXY(ends), None)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """The line ends here."""
        begin, self._pressed = self._pressed, None
        self._band.reset()
        if begin is None:
            return
        if (event.pos() - begin).manhattanLength() < CLICK:
            self._hand_over(QgsGeometry.fromPointXY(self.toMapCoordinates(begin)))
        else:
            ends = [self.toMapCoordinates(begin), self.toMapCoordinates(event.pos())]
            self._hand_over(QgsGeometry.fromPolylineXY(ends))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter cuts in the middle of the map, Escape forgets."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cut_centre()
        elif event.key() == Qt.Key.Key_Escape:
            self._pressed = None
            self._band.reset()
        else:
            return
        event.accept()

    def cut_centre(self) -> None:
        """Cut the street nearest to the middle of the map."""
        self._hand_over(QgsGeometry.fromPointXY(QgsPointXY(self.canvas().center())))

    def _hand_over(self, geometry: QgsGeometry) -> None:
        self.drawn.emit(to_lambert(geometry, self.canvas()))

    def remove(self) -> None:
        """Take the tool and its band from the canvas."""
        self.canvas().unsetMapTool(self)
        self.canvas().scene().removeItem(self._band)
        self.deleteLater()
