"""Drawing a point, a line or an area on the map, in Lambert 72."""

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

from .changes import LAMBERT72

COLOUR = QColor(0, 90, 50)


class DrawTool(QgsMapTool):
    """A click gives a point; clicks, closed by a right click or Enter, give a line or an area; Escape forgets.

    Signals:
        drawn: A geometry in Lambert 72.
    """

    drawn = pyqtSignal(QgsGeometry)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.shape = "point"
        self._corners: list[QgsPointXY] = []
        self._band = QgsRubberBand(canvas)
        self._band.setColor(COLOUR)
        self._band.setWidth(2)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def set_shape(self, shape: str) -> None:
        """Draw a ``point``, ``line`` or ``polygon`` from now on."""
        self.shape = shape
        self.forget()

    def forget(self) -> None:
        """Forget what was begun."""
        self._corners.clear()
        self._band.reset()

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Add a corner, or finish."""
        if event.button() == Qt.MouseButton.RightButton:
            self.finish()
            return
        self._corners.append(self.toMapCoordinates(event.pos()))
        if self.shape == "point":
            self.finish()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Show what it would be."""
        if self._corners:
            path = [*self._corners, self.toMapCoordinates(event.pos())]
            self._band.setToGeometry(QgsGeometry.fromPolylineXY(path), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes, Escape forgets, Backspace takes the last corner back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.forget()
        elif event.key() == Qt.Key.Key_Backspace and self._corners:
            self._corners.pop()
            self._band.reset()
        else:
            return
        event.accept()

    def finish(self) -> None:
        """Hand over what was drawn, if there is enough of it."""
        corners, least = list(self._corners), {"point": 1, "line": 2, "polygon": 3}[self.shape]
        self.forget()
        if len(corners) < least:
            return
        if self.shape == "point":
            geometry = QgsGeometry.fromPointXY(corners[0])
        elif self.shape == "line":
            geometry = QgsGeometry.fromPolylineXY(corners)
        else:
            geometry = QgsGeometry.fromPolygonXY([corners]).makeValid()
        self.drawn.emit(to_lambert(geometry, self.canvas()))

    def deactivate(self) -> None:
        """Leave nothing half drawn."""
        self.forget()
        super().deactivate()

    def remove(self) -> None:
        """Take the tool and its band from the canvas."""
        self.canvas().unsetMapTool(self)
        self.canvas().scene().removeItem(self._band)
        self.deleteLater()


def to_lambert(geometry: QgsGeometry, canvas: QgsMapCanvas) -> QgsGeometry:
    """A geometry in the map's coordinates, in Lambert 72."""
    here, lambert = canvas.mapSettings().destinationCrs(), QgsCoordinateReferenceSystem(LAMBERT72)
    geometry.transform(QgsCoordinateTransform(here, lambert, QgsProject.instance().transformContext()))
    return geometry
