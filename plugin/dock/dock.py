"""The dock: overview, ranked lists, visits and change, tied to the map, with the line of what runs below."""

from collections.abc import Callable

from qgis import processing
from qgis.core import QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtWidgets import QProxyStyle, QStackedWidget, QStyle, QTabBar, QVBoxLayout, QWidget

from ..arsenaal_gis.catalogue import Layer, load
from ..breathing import breathe
from ..loading import Opened
from ..maps import PRODUCTS
from ..running import RunLine
from ..texts import mark, tr
from .history import HistoryTab
from .overview import Overview
from .ranked import RankedPanel
from .ranking import in_order, is_ranked
from .teach import no_plan, no_wijk
from .theme import Theme
from .visits import ROUNDS, STOPS, VisitsTab

# Tabs with a ranked list, see :func:`tab_of`.
LISTS = (mark("Places"), mark("Dwellings"), mark("Streets"))
VISITS, CHANGE = 3, 4


class CloseStyle(QProxyStyle):
    """The style of the application, with less room around the words of a tab."""

    def pixelMetric(self, metric: QStyle.PixelMetric, *rest: object) -> int:
        """Half a letter on each side instead of a few."""
        own = super().pixelMetric(metric, *rest)
        return min(own, 10) if metric == QStyle.PixelMetric.PM_TabBarTabHSpace else own


class CloseTabs(QTabBar):
    """Tabs so close that five stand side by side, with their words whole."""

    def __init__(self) -> None:
        super().__init__()
        style = CloseStyle()
        style.setParent(self)
        self.setStyle(style)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)

    def minimumSizeHint(self) -> QSize:
        """As wide as all words."""
        return self.sizeHint()


class WijkDock(QgsDockWidget):
    """What ranks first and why, what a budget buys, whose door is next, and what changed."""

    def __init__(
        self, open_wijk: Callable[[], None], practice: Callable[[], None], what_if: Callable[[], None]
    ) -> None:
        super().__init__(tr("Wijk"))
        self.setObjectName("ArsenaalWijk")
        self._opened: Opened | None = None
        self._listed: int | None = None
        self._dialog: QWidget | None = None
        self.running = RunLine()
        self.theme = Theme()
        self.overview, self.ranked = Overview(), RankedPanel(what_if, self.print_card, self.theme)
        self.visits, self.history = VisitsTab(self.running), HistoryTab(self.running, self.theme)
        self.overview.again.clicked.connect(lambda: self.plan_again())
        self.tabs = CloseTabs()
        self.tabs.setAccessibleName(tr("Parts of the dock"))
        for name in (*LISTS, mark("Visits"), mark("Change")):
            self.tabs.addTab(tr(name))
        self._body = QStackedWidget()
        for page in (self.ranked, self.visits, self.history, no_plan(self.plan_again)):
            self._body.addWidget(page)
        working = QWidget()
        column = QVBoxLayout(working)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.overview, self.tabs):
            column.addWidget(widget)
        column.addWidget(self._body, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(no_wijk(open_wijk, practice))
        self.pages.addWidget(working)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.running)
        self.setWidget(whole)
        self.tabs.currentChanged.connect(self._show_tab)

    def show_wijk(self, opened: Opened | None) -> None:
        """Show a wijk and its plan, or the way to one."""
        self._opened, self._listed = opened, None
        self.ranked.show_wijk(opened)
        self.visits.show_wijk(opened)
        self.history.show_wijk(opened)
        self.pages.setCurrentIndex(0 if opened is None else 1)
        if opened is None:
            return
        self.overview.show_wijk(opened)
        breathe()
        self.tabs.setVisible(opened.plan is not None)
        self._show_tab(self.tabs.currentIndex())

    def show_plans(self) -> None:
        """A plan of one analysis came beside the one on screen: its rounds, and one more to compare with."""
        self.visits.show_wijk(self._opened)
        self.history.show_wijk(self._opened)
        self._show_tab(self.tabs.currentIndex())

    def show_tab(self, index: int) -> None:
        """Bring a tab up."""
        self.tabs.setCurrentIndex(index)

    def _show_tab(self, index: int) -> None:
        if self._opened is None:
            return
        if self._opened.plan is None:
            self._body.setCurrentIndex(3)
        elif index < len(LISTS):
            self._body.setCurrentWidget(self.ranked)
            if index != self._listed:
                self._listed = index
                self.ranked.show_layers(ranked_layers(self._opened, index))
            else:
                self.ranked.show_on_map()
        else:
            self._body.setCurrentIndex(index - len(LISTS) + 1)
            if index == VISITS:
                rounds = (self._opened.layers.get(id) for id in (ROUNDS, STOPS))
                self.theme.show(layer for layer in rounds if layer is not None)
            if index == CHANGE:
                self.history.compare()

    def plan_again(self) -> None:
        """Make a new plan in the background; the plugin shows it when it is there."""
        if self._opened is not None:
            self.running.run([("plan", {"WIJK": str(self._opened.wijk.folder / "wijk.toml")})])

    def print_card(self, name: str) -> None:
        """Show the dialog of the algorithm that prints, set to the card of a place; the window stays usable."""
        if self._opened is not None:
            values = {
                "WIJK": str(self._opened.wijk.folder / "wijk.toml"),
                "PLAN": self._opened.plan.moment,
                "PRODUCTS": [PRODUCTS.index("fiches")],
                "CARDS": name,
            }
            # a dialog that nobody holds closes at once
            self._dialog = processing.createAlgorithmDialog("arsenaal:maps", values)
            self._dialog.show()

    def leave(self) -> None:
        """Let go of map, processes and layers: the plugin is unloaded."""
        self.running.abandon()
        self._dialog = None
        self.show_wijk(None)


def ranked_layers(opened: Opened, tab: int = 0) -> list[Layer]:
    """Ranked layers of the plan that belong in a tab of :data:`LISTS`, in order."""
    catalogue = load()
    found = [
        catalogue.layer(id)
        for id, layer in opened.layers.items()
        if isinstance(layer, QgsVectorLayer)
        and is_ranked(catalogue.layer(id))
        and catalogue.layer(id).spatial
        and tab_of(catalogue.layer(id)) == tab
    ]
    return in_order(found)


def tab_of(about: Layer) -> int:
    """Where a ranked layer stands: by dwelling, by street or street side, or among the places."""
    if "woning_id" in about.key:
        return 1
    return 2 if {"segment_id", "straatzijde_id"} & set(about.key) else 0
