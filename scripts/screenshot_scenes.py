"""Run inside QGIS by make_screenshots.py: play each scene on the wijk and save a picture of it.

A scene is a function that sets the window up and returns what to take a picture of; it yields as long as it
waits for something.
"""

import os
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolButton, QWidget
from qgis.utils import iface, plugins

OUT = Path(os.environ["ARSENAAL_SCENES"])
ONLY = [name for name in os.environ.get("ARSENAAL_ONLY", "").split(",") if name]
PATIENCE = 500.0
# Clicks on "tilt down" from straight down to a view from aside.
TILTS = 9
DOCS = Path(os.environ["ARSENAAL_DOCS"])
HELP_SIZE = (360, 200)
# What every picture of the help shows, and which layers a page adds, with the metres shown.
BASE = ("gebouwen", "straten", "percelen", "water_spoor", "groen")
HELP = {
    "practice": (("wijkgrens", "bomen", "wegdek"), 700),
    "check": (("wegdek",), 200),
    "import": (("wegdek", "bomen", "woningen"), 200),
    "plan": (("onthard_keuze", "hitte_straat"), 420),
    "heat": (("pet_dag",), 300),
    "hotspots": (("hotspots_straat",), 700),
    "unsealing": (("onthard_kandidaten",), 240),
    "visits": (("bezoek_prioriteit", "rondes"), 420),
    "record_visits": (("ronde_stops", "rondes"), 300),
    "field_package": (("ronde_stops", "rondes", "woningen"), 200),
    "export": (("woningen", "bomen"), 300),
}
# Pictures of docs, and the part of each that the help shows: left, top, right, bottom as shares.
FROM_DOCS = {
    "what_if": ("img/qgis_watals.png", (0.35, 0.25, 0.75, 0.85)),
    "maps": ("maps/hitte_dag.png", (0.0, 0.0, 1.0, 1.0)),
    "view3d": ("img/qgis_3d.png", (0.2, 0.1, 0.9, 0.9)),
}
STREET = "Locomotieflaan"


def plugin() -> object:
    """The plugin at work in this window."""
    return plugins["arsenaal"]


def street(offset: float = 0.6) -> QgsPointXY:
    """A place on the longest street of houses, the same every time."""
    layer = plugin().opened.layers["straten"]
    axis = max((f for f in layer.getFeatures() if f["straat"] == STREET), key=lambda f: f.geometry().length())
    return axis.geometry().interpolate(offset * axis.geometry().length()).asPoint()


def zoom(centre: QgsPointXY, metres: float) -> None:
    """Show so many metres around a place."""
    half = metres / 2
    iface.mapCanvas().setExtent(
        QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half)
    )
    iface.mapCanvas().refresh()


def scene_wijk() -> Iterator[None]:
    """The window as it opens."""
    yield from save("qgis_oefenwijk", iface.mainWindow())


def scene_watals() -> Iterator[None]:
    """Three trees and an unsealed strip in a street."""
    tool = plugin().what_if
    zoom(street(), 90)
    tool.action.setChecked(True)
    iface.mainWindow().resizeDocks([tool.panel], [560], Qt.Orientation.Vertical)
    ready, answers = [], []
    tool.link.ready.connect(ready.append)
    tool.link.answered.connect(lambda number, answer: answers.append(number))
    while not ready:
        yield
    for share in (0.57, 0.60, 0.63):
        tool.draw(QgsGeometry.fromPointXY(street(share)))
    while not answers or answers[-1] != tool._asked:
        yield
    yield from drawn()
    yield from save("qgis_watals", iface.mainWindow())
    tool.action.setChecked(False)


def dock(tab: int = 0) -> object:
    """The dock at its narrowest, on a tab."""
    shown = plugin().dock
    iface.mainWindow().resizeDocks([shown], [360], Qt.Orientation.Horizontal)
    shown.tabs.setCurrentIndex(tab)
    return shown


def scene_plekken() -> Iterator[None]:
    """The first place and why, with another budget than the plan's."""
    ranked = dock().ranked
    ranked.budget.slider.setValue(50)
    while "\u2248" not in ranked.budget.totals.text() or "10 %" not in ranked.budget.more.text():
        yield
    ranked.table.selectRow(0)
    zoom(ranked.ranking().layer.boundingBoxOfSelected().center(), 300)
    yield from drawn()
    yield from save("qgis_budget", iface.mainWindow())
    yield from save("dock_plekken", plugin().dock)


def scene_bronnen() -> Iterator[None]:
    """How old each source is."""
    dock().overview.state.setChecked(True)
    yield from save("dock_bronnen", plugin().dock)
    plugin().dock.overview.state.setChecked(False)


def scene_bezoeken() -> Iterator[None]:
    """A round, its stops, and the form for what happened."""
    visits = dock(3).visits
    first = visits.tree.topLevelItem(0).child(0)
    visits.tree.setCurrentItem(first)
    visits.tree.itemActivated.emit(first, 0)
    visits.stops.setCurrentItem(visits.stops.topLevelItem(0))
    yield from drawn()
    yield from save("qgis_bezoeken", iface.mainWindow())


def scene_schuiflijn() -> Iterator[None]:
    """Two plans on both sides of a line."""
    history = dock(4).history
    history.what.setCurrentIndex(max(history.what.findText("Gekozen plekken"), 0))
    chosen = plugin().opened.layers["onthard_keuze"].getFeatures()
    zoom(max((f.geometry() for f in chosen), key=lambda shape: shape.area()).centroid().asPoint(), 120)
    yield from drawn()
    history.swipe.setChecked(True)
    while None in history.tool.item.images:
        yield
    yield from save("qgis_schuiflijn", iface.mainWindow())
    history.swipe.setChecked(False)


def scene_doorsnede() -> Iterator[None]:
    """The section of a street in the afternoon."""
    tool = plugin().section
    tool.action.setChecked(True)
    zoom(street(), 60)
    yield from drawn()
    tool.cut(QgsGeometry.fromPointXY(street()))
    iface.mainWindow().resizeDocks([tool.panel], [420], Qt.Orientation.Vertical)
    times = tool.panel.picture.times
    tool.panel.slider.setValue(times.index("16:00"))
    while tool.panel.picture.sky is None:
        yield
    yield from drawn()
    yield from save("qgis_doorsnede", iface.mainWindow())
    tool.action.setChecked(False)


def scene_schaduw() -> Iterator[None]:
    """Shade hour by hour, with QGIS' controller."""
    plugin().shade.action.trigger()
    while not [x for x in QgsProject.instance().mapLayers().values() if x.customProperty("arsenaal/hour")]:
        yield
    zoom(street(), 400)
    yield from drawn()
    small(iface.mapCanvas().grab().toImage(), "shade_hours")
    yield from save("qgis_schaduw", iface.mainWindow())


def scene_3d() -> Iterator[None]:
    """The heat with the buildings as blocks, seen from aside."""
    zoom(street(), 200)
    plugin().view3d.action.trigger()
    yield
    view = next(d for d in iface.mainWindow().findChildren(QDockWidget) if "3D" in d.windowTitle())
    view.setGeometry(60, 40, 1200, 800)
    for _ in range(20):
        yield
    next(b for b in view.findChildren(QToolButton) if b.toolTip().startswith("Navigeren")).click()
    tilt = [b for b in view.findChildren(QToolButton) if b.toolTip() == "Naar beneden"]
    for _ in range(TILTS):
        tilt[0].click()
        yield
    for _ in range(60):
        yield
    OUT.mkdir(parents=True, exist_ok=True)
    QApplication.primaryScreen().grabWindow(view.winId()).save(str(OUT / "qgis_3d.png"), "PNG", 0)
    view.close()


def scene_tour() -> Iterator[None]:
    """The tour at the reasons."""
    plugin().tour.start()
    yield from drawn()
    plugin().tour.go(2)
    for _ in range(20):
        yield
    yield from drawn()
    yield from save("qgis_rondleiding", iface.mainWindow())
    plugin().tour.close()


def scene_opties() -> Iterator[None]:
    """The page in QGIS' options."""
    QTimer.singleShot(1500, lambda: grab_dialog("qgis_opties"))
    iface.showOptionsDialog(iface.mainWindow(), "Arsenaal")
    yield


def grab_dialog(name: str) -> None:
    """Save and close the dialog in front."""
    dialog = QApplication.activeModalWidget()
    OUT.mkdir(parents=True, exist_ok=True)
    dialog.grab().toImage().save(str(OUT / f"{name}.png"), "PNG", 0)
    dialog.close()


def scene_help() -> Iterator[None]:
    """A small picture for each page of help."""
    project, root = QgsProject.instance(), QgsProject.instance().layerTreeRoot()
    layers = {x.customProperty("arsenaal/id"): x for x in project.mapLayers().values()}
    dock = plugin().dock
    dock.hide()
    for name, (shown, metres) in HELP.items():
        on = {layers[id].id() for id in (*shown, *BASE) if id in layers}
        for node in root.findLayers():
            node.setItemVisibilityChecked(node.layerId() in on)
            if node.layerId() in on:
                node.setItemVisibilityCheckedParentRecursive(True)
        zoom(street(), metres)
        yield from drawn()
        yield
        small(iface.mapCanvas().grab().toImage(), name)
    tool = plugin().section
    tool.action.setChecked(True)
    tool.cut(QgsGeometry.fromPointXY(street()))
    tool.panel.resize(900, 560)
    while tool.panel.picture.sky is None:
        yield
    small(tool.panel.view.grab().toImage(), "section")
    tool.action.setChecked(False)
    for name, (path, (left, top, right, bottom)) in FROM_DOCS.items():
        picture = QImage(str(DOCS / path))
        wide, high = picture.width(), picture.height()
        part = [left * wide, top * high, (right - left) * wide, (bottom - top) * high]
        small(picture.copy(*map(round, part)), name)
    dock.show()


def small(picture: QImage, name: str) -> None:
    """Save a picture as the help wants it: its middle, small."""
    wide = min(picture.width(), round(picture.height() * HELP_SIZE[0] / HELP_SIZE[1]))
    high = round(wide * HELP_SIZE[1] / HELP_SIZE[0])
    part = picture.copy((picture.width() - wide) // 2, (picture.height() - high) // 2, wide, high)
    part = part.scaled(*HELP_SIZE, transformMode=Qt.TransformationMode.SmoothTransformation)
    part = part.convertToFormat(QImage.Format.Format_RGB888)
    (OUT / "help").mkdir(parents=True, exist_ok=True)
    part.save(str(OUT / "help" / f"{name}.png"), "PNG", 0)


def drawn() -> Iterator[None]:
    """Until the map stands still."""
    for _ in range(4):
        yield
    while iface.mapCanvas().isDrawing():
        yield


def save(name: str, widget: QWidget) -> Iterator[None]:
    """Save a picture."""
    yield
    OUT.mkdir(parents=True, exist_ok=True)
    widget.grab().toImage().save(str(OUT / f"{name}.png"), "PNG", 0)


def play() -> Iterator[None]:
    """Open the wijk, then all scenes in the order they stand here."""
    for dock in iface.mainWindow().findChildren(QDockWidget, "Browser"):
        dock.hide()
    plugin().open(os.environ["ARSENAAL_OPEN"])
    yield from drawn()
    for name, scene in list(globals().items()):
        if name.startswith("scene_") and (not ONLY or name.removeprefix("scene_") in ONLY):
            yield from scene()


def main() -> None:
    """Play a bit of the scenes each time the window is idle, then leave."""
    steps, begin = play(), time.monotonic()
    iface.mainWindow().resize(1600, 1000)

    def step() -> None:
        try:
            next(steps)
        except StopIteration:
            finish("")
        except Exception:  # an exception here would open a dialog that nobody can close
            finish(traceback.format_exc())
        if time.monotonic() - begin > PATIENCE:
            finish("It took too long.")

    timer = QTimer(iface.mainWindow())
    timer.timeout.connect(step)
    timer.start(60)


def finish(error: str) -> None:
    """Leave without questions."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "error.txt").write_text(error, encoding="utf-8")
    QgsProject.instance().setDirty(False)
    os._exit(0)


QTimer.singleShot(1500, main)
