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
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolButton, QWidget
from qgis.utils import iface, plugins

OUT = Path(os.environ["ARSENAAL_SCENES"])
ONLY = [name for name in os.environ.get("ARSENAAL_ONLY", "").split(",") if name]
PATIENCE = 90.0
# Clicks on "tilt down" from straight down to a view from aside.
TILTS = 25
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
