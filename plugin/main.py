"""The plugin: what it adds to QGIS in ``initGui`` it takes away in ``unload``."""

from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QMenu
from qgis.utils import iface

from . import texts
from .algorithms import ArsenaalProvider, plan
from .arsenaal_gis.errors import ArsenaalError
from .arsenaal_gis.plan import latest_plan
from .arsenaal_gis.wijk import Plan
from .breathing import breathe
from .compat import has_3d
from .dock import WijkDock
from .helping import close_help, show_help
from .loading import Opened, adopt, open_wijk, show_analysis
from .messages import tell, tell_error
from .options import PRACTICE_FOLDER, WIJKEN_FOLDER, OptionsFactory
from .texts import FOLDER, tr
from .tools import SectionTool, ShadeHours, View3D, WhatIf
from .tour import Tour

MENU = "Arsenaal"


class ArsenaalPlugin:
    """Actions, provider and dock of one QGIS window."""

    def __init__(self) -> None:
        self.translator = texts.install()
        self.provider: ArsenaalProvider | None = None
        self.actions: list[QAction] = []
        self.menu: QMenu | None = None
        self.opened: Opened | None = None
        self.dock: WijkDock | None = None
        self.what_if: WhatIf | None = None
        self.section: SectionTool | None = None
        self.shade: ShadeHours | None = None
        self.view3d: View3D | None = None
        self.tour: Tour | None = None
        self.options: OptionsFactory | None = None

    def initProcessing(self) -> None:
        """Add the algorithms; all that ``qgis_process`` needs."""
        self.provider = ArsenaalProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add the algorithms, the menu and its actions."""
        self.initProcessing()
        plan.listeners.append(self._plan_made)
        # Our own menu: the one that addPluginToVectorMenu makes stays behind, empty, at every reload.
        self.menu = QMenu(MENU, iface.mainWindow())
        iface.vectorMenu().addMenu(self.menu)
        self._add(own_icon("arsenaal"), tr("Open wijk\u2026"), self.choose)
        self._add(QIcon(), tr("Practice wijk"), self.practice)
        self.dock = WijkDock(self.choose, self.practice, lambda: self.what_if.action.setChecked(True))
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.setToggleVisibilityAction(self._add(QIcon(), tr("Dock Wijk"), lambda: None))
        self.what_if = WhatIf(self._add(own_icon("what_if"), tr("What if?"), lambda: None))
        self.section = SectionTool(self._add(own_icon("section"), tr("Section"), lambda: None))
        shade = self._add(own_icon("shade"), tr("Shade hour by hour"), lambda: None)
        self.shade = ShadeHours(shade, self.dock.running)
        if has_3d():
            self.view3d = View3D(self._add(own_icon("view3d"), tr("Heat in 3D"), lambda: None))
        self.tour = Tour(self.dock)
        self._add(QIcon(), tr("Guided tour"), self.tour.start)
        self._add(QIcon(), tr("Help"), lambda: show_help("index"))
        self.options = OptionsFactory()
        iface.registerOptionsWidgetFactory(self.options)
        self._show(None)
        QgsProject.instance().cleared.connect(self._project_cleared)
        QgsProject.instance().readProject.connect(self._project_read)

    @property
    def tools(self) -> list[WhatIf | SectionTool | ShadeHours | View3D]:
        """What follows the wijk on screen."""
        return [x for x in (self.what_if, self.section, self.shade, self.view3d) if x is not None]

    def _add(self, icon: QIcon, text: str, slot: object) -> QAction:
        action = QAction(icon, text, iface.mainWindow())
        action.triggered.connect(slot)
        self.menu.addAction(action)
        if not icon.isNull():
            iface.addVectorToolBarIcon(action)
        self.actions.append(action)
        return action

    def unload(self) -> None:
        """Take everything away again."""
        if self._plan_made in plan.listeners:
            plan.listeners.remove(self._plan_made)
        for tool in self.tools:
            tool.unload()
        self.what_if = self.section = self.shade = self.view3d = None
        if self.tour is not None:
            self.tour.unload()
            iface.unregisterOptionsWidgetFactory(self.options)
            close_help()
            self.tour = self.options = None
        for action in self.actions:
            iface.removeVectorToolBarIcon(action)
            action.deleteLater()
        self.actions.clear()
        if self.dock is not None:
            self.menu.deleteLater()
            QgsProject.instance().cleared.disconnect(self._project_cleared)
            QgsProject.instance().readProject.disconnect(self._project_read)
            self.dock.leave()
            iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QgsApplication.removeTranslator(self.translator)
            self.translator = None

    def choose(self) -> None:
        """Ask for a wijk and open it."""
        beside = "" if self.opened is None else str(self.opened.wijk.folder.parent)
        path, _ = QFileDialog.getOpenFileName(
            iface.mainWindow(),
            tr("Open wijk\u2026"),
            WIJKEN_FOLDER.get() or beside,
            tr("Wijk (wijk.toml wijk.gpkg)"),
        )
        if path:
            self.open(path)

    def open(self, path: str | Path) -> Opened | None:
        """Open a wijk in the project and zoom to it; what goes wrong is told in the message bar."""
        project, canvas, before = QgsProject.instance(), iface.mapCanvas(), self.opened
        self._show(None)
        canvas.freeze()  # drawn once, when all is there
        try:
            self.opened = open_wijk(path, project, breathe)
            breathe()
            self._show(self.opened)
            # QGIS zooms to the first layers of an empty project once the event loop turns; ours comes after.
            QgsApplication.processEvents()
            canvas.setExtent(self.opened.extent(project).buffered(20))
        except ArsenaalError as error:
            tell_error(error)
            self._show(before)
            return None
        finally:
            canvas.freeze(False)
            canvas.refresh()
        return self.opened

    def _show(self, opened: Opened | None) -> None:
        """Let the dock and the map tools follow the wijk on screen."""
        self.dock.show_wijk(opened)
        for tool in self.tools:
            tool.follow(None if opened is None else opened.wijk)

    def practice(self) -> None:
        """Open the practice wijk; the first time it is made, imported and planned, in the background."""
        profile = Path(QgsApplication.qgisSettingsDirPath()) / "arsenaal"
        folder = Path(PRACTICE_FOLDER.get() or profile) / "oefenwijk"
        config = folder / "wijk.toml"
        if (folder / "wijk.gpkg").exists():
            self._open_practice(config)
            return
        tell(
            tr("The practice wijk is being made; this takes about a minute and QGIS stays usable."),
        )
        steps = [
            ("practice", {"FOLDER": str(folder)}),
            ("import", {"WIJK": str(config)}),
            ("plan", {"WIJK": str(config)}),
        ]
        self.dock.running.run(steps, lambda results: self._open_practice(config))

    def _open_practice(self, config: Path) -> None:
        if self.open(config) is not None:
            self.tour.offer()

    def _project_cleared(self) -> None:
        """The project was closed: there is no wijk on screen any more."""
        self.opened = None
        self._show(None)

    def _project_read(self, *_: object) -> None:
        """A project was opened: if a wijk is in it, the dock shows it."""
        self.opened = None
        try:
            self.opened = adopt(QgsProject.instance())
        except ArsenaalError as error:
            tell_error(error)
        self._show(self.opened)

    def _plan_made(self, config: Path, gpkg: Path) -> None:
        """A plan was made: if its wijk is on screen, show it where the user was looking.

        One analysis does not take the place of the whole plan: it comes beside it.
        """
        if self.opened is None or self.opened.wijk.folder != Path(config).absolute().parent:
            return
        shown = self.opened.plan
        if shown is not None and latest_plan(self.opened.wijk) == shown:
            made = Plan(gpkg.parent, gpkg.parent.name)
            show_analysis(made, self.opened, QgsProject.instance(), breathe)
            self.dock.show_plans()
            return
        seen = iface.mapCanvas().extent()
        self.open(config)
        iface.mapCanvas().setExtent(seen)


def own_icon(name: str) -> QIcon:
    """One of the plugin's own icons."""
    return QIcon(str(FOLDER / "icons" / f"{name}.svg"))
