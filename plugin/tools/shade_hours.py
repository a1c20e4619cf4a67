"""Shade hour by hour on the map, played by QGIS' own temporal controller."""

from pathlib import Path

from qgis.core import QgsDateTimeRange, QgsInterval, QgsProject, QgsTemporalNavigationObject, QgsUnitTypes
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

from ..algorithms import shade as algorithm
from ..loading import group_of, shade
from ..messages import tell
from ..running import RunLine
from ..texts import tr

FOLDER = "schaduw"
PANEL = "mActionTemporalController"


class ShadeHours(QObject):
    """Starts the algorithm, and shows its hours when it is done, whoever started it."""

    def __init__(self, action: QAction, running: RunLine) -> None:
        super().__init__(iface.mainWindow())
        self.action = action
        self._running = running
        self._wijk: Path | None = None
        self._playing = False
        action.setEnabled(False)
        action.triggered.connect(self.start)
        algorithm.listeners.append(self.show)

    def follow(self, wijk: object) -> None:
        """Another wijk is on screen, or none."""
        self._wijk = None if wijk is None else wijk.folder
        self.action.setEnabled(wijk is not None)
        self._rest()

    def unload(self) -> None:
        """Leave nothing behind."""
        algorithm.listeners.remove(self.show)
        self._rest()
        self.deleteLater()

    def start(self) -> None:
        """Make the hours beside the project, or beside the wijk while the project has no file."""
        folder = Path(QgsProject.instance().homePath() or self._wijk) / FOLDER
        tell(tr("Shade hour by hour is being computed; the map can be used meanwhile."))
        parameters = {"WIJK": str(self._wijk / "wijk.toml"), "FOLDER": str(folder)}
        self._running.run([("shade_hours", parameters)])

    def show(self, wijk: Path, hours: list[tuple[str, str]]) -> None:
        """Put the hours on the map if their wijk is there."""
        group = group_of(QgsProject.instance(), Path(wijk).absolute().parent)
        if group is None or not hours:
            return
        whole = shade.show(QgsProject.instance(), group, hours)
        self._play(whole)
        tell(
            tr("{} hours of shade are on the map: play them with the temporal controller.").format(len(hours))
        )

    def _play(self, whole: QgsDateTimeRange) -> None:
        """Open QGIS' controller on these hours, in the middle of the day."""
        controller = iface.mapCanvas().temporalController()
        if isinstance(controller, QgsTemporalNavigationObject):
            controller.setTemporalExtents(whole)
            controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalUnit.TemporalHours))
            controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
            controller.setCurrentFrameNumber(controller.totalFrameCount() // 2)
            self._playing = True
        panel = iface.mainWindow().findChild(QAction, PANEL)
        if panel is not None and not panel.isChecked():
            panel.trigger()

    def _rest(self) -> None:
        """Our hours are gone: the map is no longer bound to one."""
        if self._playing:
            mode = QgsTemporalNavigationObject.NavigationMode.NavigationOff
            iface.mapCanvas().temporalController().setNavigationMode(mode)
            self._playing = False
