"""The plugin as QGIS holds it: what takes long to import is imported beside the event loop."""

from importlib import import_module
from threading import Thread

from qgis.PyQt.QtCore import QTimer

# How often to look whether the imports are done, milliseconds.
LOOK = 50


class Arsenaal:
    """Stands in for :class:`main.ArsenaalPlugin` until that is there, and hands everything on to it."""

    def __init__(self) -> None:
        self._plugin: object | None = None
        self._imports = Thread(target=import_module, args=(".main", __package__), daemon=True)
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def initProcessing(self) -> None:
        """Without a window nobody waits for anything but the algorithms."""
        self._plugin = import_module(".main", __package__).ArsenaalPlugin()
        self._plugin.initProcessing()

    def initGui(self) -> None:
        """Begin to import; menu, dock and algorithms follow a moment later."""
        self._imports.start()
        self._timer.start(LOOK)

    def unload(self) -> None:
        """Take everything away again, or never bring it."""
        self._timer.stop()
        if self._imports.is_alive():
            self._imports.join()
        if self._plugin is not None:
            self._plugin.unload()
            self._plugin = None

    def _look(self) -> None:
        if not self._imports.is_alive():
            self._ready()

    def _ready(self) -> object:
        """The plugin itself; who asks before it is there waits for it."""
        if self._plugin is None:
            self._timer.stop()
            self._imports.join()
            self._plugin = import_module(".main", __package__).ArsenaalPlugin()  # raises what the thread met
            self._plugin.initGui()
        return self._plugin

    def __getattr__(self, name: str) -> object:
        return getattr(self._ready(), name)
