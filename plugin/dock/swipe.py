"""Before and after on one map: a line to drag, left of it the earlier plan, right of it the later one."""

from collections.abc import Callable
from pathlib import Path

from qgis.core import (
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QPointF, QRectF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPen

from ..arsenaal_gis.wijk import Plan

# Share of the width by which one press of an arrow key moves the line.
STEP = 0.02
INK, PAPER = QColor("#202020"), QColor(255, 255, 255, 225)


def of_plan(layer: QgsMapLayer, plan: Plan) -> QgsMapLayer | None:
    """A layer as an earlier or later plan has it; the layer itself where it is no result, None where it lacks.

    Args:
        layer: A layer on screen.
        plan: The plan to show.
    """
    source = layer.source()
    part = next((p for p in Path(source.split("|")[0]).parts if p.endswith("Z") and p[:8].isdigit()), "")
    if not part:
        return layer
    if part == plan.moment:
        return layer
    moved = source.replace(part, plan.moment)
    if not Path(moved.split("|")[0]).exists():
        return None
    made = (
        QgsRasterLayer(moved, layer.name(), "gdal")
        if isinstance(layer, QgsRasterLayer)
        else QgsVectorLayer(moved, layer.name(), "ogr")
    )
    if not made.isValid():
        return None
    made.setRenderer(layer.renderer().clone())
    if isinstance(made, QgsVectorLayer):
        made.setLabeling(layer.labeling().clone() if layer.labeling() else None)
        made.setLabelsEnabled(layer.labelsEnabled())
    made.setOpacity(layer.opacity())
    return made


class Halves(QgsMapCanvasItem):
    """Two pictures of the same map, one on each side of the line."""

    def __init__(self, canvas: QgsMapCanvas, names: tuple[str, str]) -> None:
        super().__init__(canvas)
        self.setZValue(50)
        self._canvas, self._names = canvas, names
        self.images: list[QImage | None] = [None, None]
        self.share = 0.5

    def boundingRect(self) -> QRectF:
        """The whole canvas."""
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def updatePosition(self) -> None:
        """It covers the canvas wherever the map is."""
        self.setPos(QPointF(0, 0))

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw both sides, the line with its handle, and the name of each plan."""
        wide, high = self._canvas.width(), self._canvas.height()
        line = round(wide * self.share)
        sides = (QRectF(0, 0, line, high), QRectF(line, 0, wide - line, high))
        for image, side in zip(self.images, sides, strict=True):
            if image is not None:
                painter.save()
                painter.setClipRect(side)
                painter.drawImage(QRectF(0, 0, wide, high), image)
                painter.restore()
        painter.setPen(QPen(PAPER, 5))
        painter.drawLine(line, 0, line, high)
        painter.setPen(QPen(INK, 2))
        painter.drawLine(line, 0, line, high)
        painter.setBrush(PAPER)
        painter.drawEllipse(QPointF(line, high / 2), 11, 11)
        painter.drawText(QRectF(line - 11, high / 2 - 11, 22, 22), Qt.AlignmentFlag.AlignCenter, "\u2194")
        for name, side, edge in zip(
            self._names, sides, (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft), strict=True
        ):
            self._label(painter, name, side, edge)

    def _label(self, painter: QPainter, name: str, side: QRectF, edge: Qt.AlignmentFlag) -> None:
        metrics = painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(name) + 12, metrics.height() + 6
        left = side.right() - wide - 8 if edge == Qt.AlignmentFlag.AlignRight else side.left() + 8
        if side.width() < wide + 8:
            return
        box = QRectF(left, 8, wide, high)
        painter.fillRect(box, PAPER)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


class SwipeTool(QgsMapTool):
    """The map tool: drag the line, or move it with the arrow keys; Esc ends it."""

    ended = pyqtSignal()

    def __init__(
        self,
        canvas: QgsMapCanvas,
        before: Plan,
        after: Plan,
        names: tuple[str, str],
        layers: list[QgsMapLayer],
    ) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.item = Halves(canvas, names)
        self._sides = [
            [made for layer in layers if (made := of_plan(layer, plan)) is not None]
            for plan in (before, after)
        ]
        self._jobs: list[QgsMapRendererParallelJob | None] = [None, None]
        canvas.extentsChanged.connect(self.render)
        self.render()

    def render(self) -> None:
        """Draw both sides anew, in the background; what was being drawn is dropped."""
        self._cancel()
        for side, layers in enumerate(self._sides):
            settings = QgsMapSettings(self.canvas().mapSettings())
            settings.setLayers(layers)
            settings.setOutputSize(self.canvas().viewport().size())
            settings.setBackgroundColor(QColor(Qt.GlobalColor.white))
            job = QgsMapRendererParallelJob(settings)
            job.finished.connect(self._drawn(side, job))
            self._jobs[side] = job
            job.start()

    def _drawn(self, side: int, job: QgsMapRendererParallelJob) -> Callable[[], None]:
        def take() -> None:
            if self._jobs[side] is job:
                self.item.images[side] = job.renderedImage()
                self._jobs[side] = None
                self.item.update()

        return take

    def _cancel(self) -> None:
        for side, job in enumerate(self._jobs):
            self._jobs[side] = None
            if job is not None:
                job.cancelWithoutBlocking()
        self.item.images = [None, None]

    def move(self, share: float) -> None:
        """Put the line at this share of the width."""
        self.item.share = min(max(share, 0.0), 1.0)
        self.item.update()

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Take the line."""
        self.canvasMoveEvent(event)

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Drag it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.move(event.pos().x() / max(self.canvas().width(), 1))

    def keyPressEvent(self, event: object) -> None:
        """Arrows move the line, Esc ends."""
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() in steps:
            self.move(self.item.share + steps[event.key()])
            event.accept()
        else:
            event.ignore()

    def remove(self) -> None:
        """Take the pictures away and give the canvas back its own."""
        self.canvas().extentsChanged.disconnect(self.render)
        self._cancel()
        self.canvas().scene().removeItem(self.item)
        self.canvas().unsetMapTool(self)
