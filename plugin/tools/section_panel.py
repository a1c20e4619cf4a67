"""The panel of "Doorsnede": the drawing, a slider over the day, and the widths in words."""

import csv
from pathlib import Path

import numpy as np
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.unsealing import facade_strip_depth, free_passage
from ..helping import HelpButton
from ..texts import mark, number, tr
from .section_view import Picture, SectionView
from .street import Street

# Pixels of an exported picture, and its dots per inch.
EXPORT, DPI = QSize(2400, 1350), 192
SOURCES = {
    "voetpad": mark("footway"),
    "boordsteen": mark("kerb"),
    "wegbaan": mark("edge of the carriageway"),
}


class SectionPanel(QgsDockWidget):
    """Shows one street in section."""

    def __init__(self) -> None:
        super().__init__(tr("Section"))
        self.setObjectName("ArsenaalSection")
        self.view, self.words, self.time = SectionView(), QLabel(), QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setMinimumWidth(18 * self.fontMetrics().height())
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Time of day"))
        self.slider.setPageStep(4)
        self.slider.setEnabled(False)
        self.centre, self.save = QPushButton(tr("Middle of the map")), QPushButton(tr("Save\u2026"))
        self.centre.setToolTip(tr("Cut the street nearest to the middle of the map (Enter on the map)."))
        self.save.setEnabled(False)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Time of day")))
        line.addWidget(self.slider, 1)
        for widget in (self.time, self.centre, self.save, HelpButton("panel_section")):
            line.addWidget(widget)
        page = QWidget()
        grid = QGridLayout(page)
        grid.addLayout(line, 0, 0, 1, 2)
        grid.addWidget(self.view, 1, 0)
        side = QVBoxLayout()
        side.addWidget(self.words)
        side.addStretch(1)
        grid.addLayout(side, 1, 1)
        grid.setColumnStretch(0, 1)
        self.setWidget(page)
        self.slider.valueChanged.connect(self._choose)
        self._street: Street | None = None

    @property
    def picture(self) -> Picture | None:
        """What is drawn."""
        return self.view.picture

    def show_street(self, street: Street, picture: Picture) -> None:
        """Show another street; the time of day stays."""
        known = self.picture is not None
        self._street, self.view.picture = street, picture
        self.slider.setRange(0, len(picture.times) - 1)
        self.slider.setEnabled(True)
        self.save.setEnabled(True)
        if not known:
            noonish = int(np.argmax([altitude for _, altitude in picture.suns]))
            self.slider.setValue(noonish)
        self._choose(self.slider.value())

    def _choose(self, moment: int) -> None:
        if self.picture is not None:
            self.picture.moment = moment
            self.time.setText(self.picture.times[moment])
            self.refresh()

    def refresh(self) -> None:
        """Something was computed."""
        self.view.update()
        self.words.setText(self._words())

    def _words(self) -> str:
        picture, crossing = self.picture, self._street.crossing
        lines = [f"<b>{self._street.name or tr('Section')}</b>"]
        wide = crossing.facades[1] - crossing.facades[0]
        lines.append(tr("Facade to facade: {}").format(number(wide, 2, "m")))
        road = crossing.carriageway[1] - crossing.carriageway[0]
        lines.append(tr("Carriageway with parking: {}").format(number(road, 2, "m")))
        for side, name in enumerate((tr("Footway left: {}"), tr("Footway right: {}"))):
            lines.append(name.format(footway_words(crossing.footways[side], crossing.sources[side])))
        shade, street = picture.shade[picture.moment], crossing.facades
        between = (-np.inf, np.inf) if np.isnan(wide) else street
        if (shade >= 0).all():
            metres = picture.section.shade_m(shade == 1, between)
            lines.append(tr("Shade at {}: {} of {}").format(
                picture.times[picture.moment], number(metres, 1, "m"), number(_outdoors(picture, between), 1, "m")
            ))  # fmt: skip
        if picture.sky is not None:
            inside = picture.section.outdoors & (picture.section.distance > between[0])
            inside &= picture.section.distance < between[1]
            if inside.any():
                lines.append(tr("Sky view, mean: {}").format(number(float(picture.sky[inside].mean()), 2)))
        lines.append(tr("Heights: the imported height rasters; crowns are drawn solid."))
        return "<br>".join(lines)

    def export(self, path: Path) -> None:
        """Save the drawing as PNG or SVG, or its figures as CSV.

        Raises:
            WorkspaceError: It cannot be written.
        """
        kind = path.suffix.lower()
        try:
            if kind == ".csv":
                self._write_csv(path)
                return
            path.touch()
        except OSError as error:
            raise WorkspaceError(tr("The section could not be saved."), str(error)) from error
        if kind == ".svg":
            from qgis.PyQt.QtSvg import QSvgGenerator  # only in the main thread, see compat.extruded

            target = QSvgGenerator()
            target.setFileName(str(path))
            target.setSize(EXPORT)
            target.setViewBox(QRectF(0, 0, EXPORT.width(), EXPORT.height()))
            target.setResolution(DPI)
            self._paint(target)
        else:
            target = QImage(EXPORT, QImage.Format.Format_ARGB32)
            target.setDotsPerMeterX(round(DPI / 0.0254))
            target.setDotsPerMeterY(round(DPI / 0.0254))
            self._paint(target)
            target.save(str(path), "PNG")

    def _paint(self, target: object) -> None:
        painter = QPainter(target)
        scale = DPI / 96
        painter.scale(scale, scale)
        self.view.paint(painter, QRectF(0, 0, EXPORT.width() / scale, EXPORT.height() / scale))
        painter.end()

    def _write_csv(self, path: Path) -> None:
        picture, surface = self.picture, self.picture.section.surface
        columns = [picture.section.along(v) for v in (surface.ground, surface.built, surface.crown)]
        sky = np.full(len(picture.section.distance), np.nan) if picture.sky is None else picture.sky
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            out = csv.writer(file, delimiter=";")
            names = ["afstand_m", "maaiveld_m", "gebouw_m", "kroon_m", "hemelfactor"]
            out.writerow(names + [f"schaduw_{time}" for time in picture.times])
            for i, distance in enumerate(picture.section.distance):
                values = [distance, *(c[i] for c in columns), sky[i]]
                out.writerow(
                    [f"{v:.3f}".replace(".", ",") for v in values] + [int(v) for v in picture.shade[:, i]]
                )


def footway_words(width: float, source: str) -> str:
    """Width of a footway, what told it, what must stay free and what that leaves for a facade garden."""
    if np.isnan(width):
        return number(None)
    depth, free = float(facade_strip_depth(width)), float(free_passage(width))
    words = f"{number(width, 2, 'm')} ({tr(SOURCES[source])}); "
    words += tr("{} must stay free").format(number(free, 2, "m")) + "; "
    if depth > 0:
        return words + tr("a facade garden may be {} deep").format(number(depth, 2, "m"))
    return words + tr("no room for a facade garden")


def _outdoors(picture: Picture, between: tuple[float, float]) -> float:
    return picture.section.shade_m(np.ones(len(picture.section.distance), bool), between)
