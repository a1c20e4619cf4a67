"""The map tool "Wat als?": draw a tree or green, and see what it does to heat and homes."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRasterShader,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

from ..algorithms import child
from ..arsenaal_gis.errors import WorkspaceError
from ..messages import tell, tell_error
from ..texts import number, tr
from .changes import LAMBERT72, Changes, Drawn
from .drawing import COLOUR, DrawTool
from .link import ChildLink
from .panel import HIGH, WhatIfPanel
from .switched import SwitchedTool

# Change of PET in °C and its colour; what does not change is clear.
RAMP = {
    -10.0: "#ff08306b",
    -5.0: "#ff2171b5",
    -1.0: "#d06baed6",
    -0.1: "#006baed6",
    0.1: "#00fb6a4a",
    1.0: "#d0fb6a4a",
    5.0: "#ffcb181d",
}


class WhatIf(SwitchedTool):
    """The tool while a wijk is open: panel, drawing, process, and the difference on the map."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self.panel: WhatIfPanel | None = None
        self.changes = Changes()
        self.link: ChildLink | None = None
        self.tool: DrawTool | None = None
        self.layer_id = ""
        self._bands: list[QgsRubberBand] = []
        self._folder: Path | None = None
        self._asked = 0
        self._files = 0

    def _start(self) -> None:
        self.panel = panel = WhatIfPanel()
        panel.undo.clicked.connect(lambda: self._step(self.changes.undo))
        panel.redo.clicked.connect(lambda: self._step(self.changes.redo))
        panel.clear.clicked.connect(lambda: self._step(self._clear))
        panel.keep.clicked.connect(lambda: self.keep())
        panel.measure.currentIndexChanged.connect(lambda _: self.tool.set_shape(panel.shape))
        # whoever chose another tool of QGIS meanwhile takes this one up again by choosing what to draw
        panel.measure.activated.connect(lambda _: iface.mapCanvas().setMapTool(self.tool))
        panel.closed.connect(lambda: self.action.setChecked(False))
        iface.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, panel)
        high = panel.fontMetrics().height() * HIGH
        iface.mainWindow().resizeDocks([panel], [high], Qt.Orientation.Vertical)
        self.tool = DrawTool(iface.mapCanvas())
        self.tool.drawn.connect(self.draw)
        iface.mapCanvas().setMapTool(self.tool)
        self._folder = Path(tempfile.mkdtemp(prefix="arsenaal_"))
        self.link = ChildLink([*child.WHAT_IF, str(self.wijk.folder / "wijk.toml")], self)
        self.link.ready.connect(self._ready)
        self.link.answered.connect(self._answered)
        self.link.refused.connect(self._refused)
        self.link.died.connect(self._died)
        panel.show_busy(tr("The heat of the wijk is being computed once; you can draw already."))
        self._show_changes()

    def stop(self) -> None:
        """End the tool: panel, process, bands, difference and its file go."""
        if self.panel is None:
            return
        self.link.close()
        self.link.deleteLater()
        self.tool.remove()
        panel, self.panel, self.link, self.tool = self.panel, None, None, None
        panel.blockSignals(True)
        iface.removeDockWidget(panel)
        panel.deleteLater()
        self.changes = Changes()
        self._show_changes()
        self._show_difference(None)
        shutil.rmtree(self._folder, ignore_errors=True)
        self.action.blockSignals(True)
        self.action.setChecked(False)
        self.action.blockSignals(False)

    def draw(self, geometry: QgsGeometry) -> None:
        """Add what was drawn, with the sizes in the panel, and compute."""
        panel = self.panel
        if panel.shape == "line":
            flat, miter = Qgis.EndCapStyle.Flat, Qgis.JoinStyle.Miter
            geometry = geometry.buffer(panel.width_m.value() / 2, 4, flat, miter, 2.0)
        drawn = Drawn(panel.measure.currentData(), geometry, panel.height.value(), panel.crown.value())
        self._step(lambda: self.changes.add(drawn))

    def keep(self) -> Path | None:
        """Keep the changes in a GeoPackage of their own in ``scenarios/`` of the wijk."""
        path = self.wijk.folder / "scenarios" / f"scenario_{datetime.now():%Y%m%d_%H%M%S_%f}.gpkg"
        try:
            self.changes.save(path)
        except WorkspaceError as error:
            tell_error(error)
            return None
        tell(tr("The scenario is kept in {}.").format(path))
        return path

    def _clear(self) -> None:
        while self.changes.done:
            self.changes.undo()

    def _step(self, change: object) -> None:
        """Change the list, and ask what the whole of it does."""
        change()
        self._show_changes()
        if not self.changes.done:
            self._asked = 0
            self.panel.result.clear()
            self.panel.show_busy("")
            self._show_difference(None)
            return
        requests = [drawn.request() for drawn in self.changes.done]
        self._files += 1
        self._asked = self.link.ask(
            {"changes": requests, "path": str(self._folder / f"pet_{self._files}.tif")}
        )
        if not self.panel.busy.isVisibleTo(self.panel):
            self.panel.show_busy(tr("Computing\u2026"))

    def _ready(self, warnings: list[str]) -> None:
        self.panel.show_busy(tr("Computing\u2026") if self._asked else "")
        self.panel.result.setText("\n".join(warnings))

    def _answered(self, number: int, answer: dict) -> None:
        if number != self._asked:
            return
        self.panel.show_busy("")
        self.panel.show_result(answer["summary"], answer["notes"])
        self._show_difference(Path(answer["path"]))

    def _refused(self, number: int, error: Exception) -> None:
        if number != self._asked:
            return
        tell_error(error)
        self.changes.done.pop()
        self._step(lambda: None)

    def _died(self, error: Exception) -> None:
        tell_error(error)
        self.stop()

    def _show_changes(self) -> None:
        canvas = iface.mapCanvas()
        for band in self._bands:
            canvas.scene().removeItem(band)
        self._bands.clear()
        for drawn in self.changes.done:
            band = QgsRubberBand(canvas)
            band.setToGeometry(drawn.area, QgsCoordinateReferenceSystem(LAMBERT72))
            band.setStrokeColor(COLOUR)
            band.setFillColor(QColor(COLOUR.red(), COLOUR.green(), COLOUR.blue(), 40))
            band.setWidth(2)
            self._bands.append(band)
        if self.panel is not None:
            self.panel.undo.setEnabled(bool(self.changes.done))
            self.panel.redo.setEnabled(bool(self.changes.undone))
            self.panel.keep.setEnabled(bool(self.changes.done))
            self.panel.clear.setEnabled(bool(self.changes.done))

    def _show_difference(self, path: Path | None) -> None:
        """Put the newest difference on top of the map in place of the last."""
        project = QgsProject.instance()
        if self.layer_id in project.mapLayers():
            project.removeMapLayer(self.layer_id)
        self.layer_id = ""
        if path is None:
            iface.mapCanvas().refresh()
            return
        layer = QgsRasterLayer(str(path), tr("What if? Change of PET (°C)"), "gdal")
        layer.setCrs(QgsCoordinateReferenceSystem(LAMBERT72))
        layer.setRenderer(difference_renderer(layer))
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        self.layer_id = layer.id()


def difference_renderer(layer: QgsRasterLayer) -> QgsSingleBandPseudoColorRenderer:
    """Blue where it gets cooler, red where warmer."""
    ramp = QgsColorRampShader(min(RAMP), max(RAMP))
    ramp.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(value, QColor(c), number(value, 1, "°C"))
            for value, c in RAMP.items()
        ]
    )
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    return QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
