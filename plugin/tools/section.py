"""The map tool "Doorsnede": cut a street, see its heights, widths, and sun and shade over the model day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime, QTimer, QTimeZone
from qgis.PyQt.QtWidgets import QAction, QFileDialog
from qgis.utils import iface

from ..arsenaal_gis.errors import ArsenaalError
from ..arsenaal_gis.heat.engine import LOWEST_SUN
from ..arsenaal_gis.heat.profile import N_ALTITUDES, N_AZIMUTHS, cut, read_window, window_bounds
from ..arsenaal_gis.heat.weather import hot_day
from ..messages import tell, tell_error
from ..texts import tr
from .changes import LAMBERT72
from .cut import COLOUR, CutTool
from .section_panel import SectionPanel
from .section_view import Picture
from .street import Street, height_rasters, street_at
from .switched import SwitchedTool

HALF_HOURS = [half / 2 for half in range(48)]
# The sky is looked at in this many turns, so that the window answers in between.
SKY_TURNS = 8
ZONE = b"Europe/Brussels"


class SectionTool(SwitchedTool):
    """The tool while a wijk is open: map tool, panel, and the computing bit by bit."""

    def __init__(self, action: QAction) -> None:
        super().__init__(action)
        self.panel: SectionPanel | None = None
        self.tool: CutTool | None = None
        self._band: QgsRubberBand | None = None
        self._work: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.advance)

    def _start(self) -> None:
        canvas = iface.mapCanvas()
        self.panel, self.tool = SectionPanel(), CutTool(canvas)
        self.panel.closed.connect(lambda: self.action.setChecked(False))
        self.panel.centre.clicked.connect(self.tool.cut_centre)
        self.panel.save.clicked.connect(lambda: self._save())
        iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.panel)
        self._band = QgsRubberBand(canvas)
        self._band.setColor(COLOUR)
        self._band.setWidth(3)
        self.tool.drawn.connect(self.cut)
        canvas.setMapTool(self.tool)

    def stop(self) -> None:
        """End the tool: panel, line and computing go."""
        self._timer.stop()
        if self.panel is None:
            return
        self.tool.remove()
        iface.mapCanvas().scene().removeItem(self._band)
        panel, self.panel, self.tool, self._band = self.panel, None, None, None
        panel.blockSignals(True)
        iface.removeDockWidget(panel)
        panel.deleteLater()
        self.action.blockSignals(True)
        self.action.setChecked(False)
        self.action.blockSignals(False)

    def cut(self, drawn: QgsGeometry) -> None:
        """Cut the street at a point, or along a line, both in Lambert 72."""
        try:
            street = street_at(drawn)
            if street is None:
                tell(tr("There is no street within 40 m of that place. Click nearer to one."))
                return
            surface = read_window(height_rasters(), window_bounds(street.start, street.end))
            section = cut(surface, street.start, street.end)
            moments = self._moments(street)
        except ArsenaalError as error:
            tell_error(error)
            return
        east, north = (b - a for a, b in zip(street.start, street.end, strict=True))
        picture = Picture(
            section,
            street.crossing,
            [words for words, _ in moments],
            [sun for _, sun in moments],
            float(np.degrees(np.arctan2(east, north))),
        )
        ends = [QgsPointXY(*street.start), QgsPointXY(*street.end)]
        self._band.setToGeometry(QgsGeometry.fromPolylineXY(ends), QgsCoordinateReferenceSystem(LAMBERT72))
        self.panel.show_street(street, picture)
        self._work = self._compute(picture)
        self._timer.start()

    def advance(self) -> None:
        """Compute the next bit."""
        if next(self._work, self) is self:
            self._timer.stop()

    def _compute(self, picture: Picture) -> Iterator[None]:
        """The moment on screen first, then the others, then the sky."""
        order = sorted(range(len(picture.times)), key=lambda i: abs(i - picture.moment))
        for moment in order:
            picture.shade[moment] = picture.section.shaded(*picture.suns[moment])
            self.panel.refresh()
            yield
        planes = np.zeros(len(picture.section.distance))
        for turn in range(SKY_TURNS):
            planes += picture.section.lit_planes(range(turn, N_AZIMUTHS, SKY_TURNS))
            yield
        picture.sky = planes / (N_AZIMUTHS * N_ALTITUDES)
        self.panel.refresh()

    def _moments(self, street: Street) -> list[tuple[str, tuple[float, float]]]:
        """Half hours with the sun high enough for the heat maps: local time, azimuth and altitude."""
        project = QgsProject.instance()
        to_globe = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem(LAMBERT72),
            QgsCoordinateReferenceSystem("EPSG:4326"),
            project.transformContext(),
        )
        here = to_globe.transform(QgsPointXY(*street.start))
        day = hot_day(self.wijk.settings["hitte"], self.wijk.folder, here.x(), here.y())
        found = [(local_time(day.day, hour), day.sun(hour)) for hour in HALF_HOURS]
        return [(words, sun) for words, sun in found if sun[1] >= LOWEST_SUN]

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self.panel, tr("Save the section"), "", "PNG (*.png);;SVG (*.svg);;CSV (*.csv)"
        )
        if not path:
            return
        try:
            self.panel.export(Path(path))
        except ArsenaalError as error:
            tell_error(error)
            return
        tell(tr("The section is saved in {}.").format(path))


def local_time(day: date, hour: float) -> str:
    """An hour UTC as the clock in Belgium shows it."""
    minutes = round(hour * 60)
    utc = QDateTime(QDate(day.year, day.month, day.day), QTime(0, 0), Qt.TimeSpec.UTC).addSecs(60 * minutes)
    return utc.toTimeZone(QTimeZone(ZONE)).toString("HH:mm")
