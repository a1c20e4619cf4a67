"""A map tool behind a button that is there while a wijk is open."""

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

from ..arsenaal_gis.wijk import Wijk


class SwitchedTool(QObject):
    """Starts and stops with its button; a subclass says how in ``_start`` and ``stop``."""

    def __init__(self, action: QAction) -> None:
        super().__init__(iface.mainWindow())
        self.action = action
        action.setCheckable(True)
        action.setEnabled(False)
        action.toggled.connect(self._toggled)
        self.wijk: Wijk | None = None

    def follow(self, wijk: Wijk | None) -> None:
        """Another wijk is on screen, or none: what was drawn on the last one goes."""
        self.stop()
        self.wijk = wijk
        self.action.setEnabled(wijk is not None)

    def unload(self) -> None:
        """Leave nothing behind."""
        self.stop()
        self.action.toggled.disconnect(self._toggled)
        self.deleteLater()

    def _toggled(self, on: bool) -> None:
        if on and self.wijk is not None:
            self._start()
        else:
            self.stop()
