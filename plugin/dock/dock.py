"""The dock: overview, ranked lists, reasons and weights, tied to the map."""

import json
from collections.abc import Callable

from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGroupBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.catalogue import Layer, load
from ..arsenaal_gis.errors import WorkspaceError
from ..loading import Opened
from ..messages import tell_error
from ..texts import title, tr
from .decisions import DecisionBar, decide
from .history import HistoryTab
from .link import MapLink
from .overview import Overview, run_row
from .ranking import Ranking, is_ranked, read
from .table import RankedModel
from .weights import WeightSliders
from .why import WhyPanel

# Pixels at 96 dpi; longer words are on the tooltip.
WIDEST = 110
# How list, reasons and weights share the height at first.
SHARES = [420, 330, 190]


class WijkDock(QgsDockWidget):
    """What ranks first, why, and what changes when the weights do."""

    def __init__(
        self, open_wijk: Callable[[], None], practice: Callable[[], None], plan: Callable[[], None]
    ) -> None:
        super().__init__(tr("Wijk"))
        self.setObjectName("ArsenaalWijk")
        self._rankings: dict[str, Ranking] = {}
        self._model: RankedModel | None = None
        self._row: int | None = None
        self._opened: Opened | None = None
        self._decisions: QgsVectorLayer | None = None
        self.link = MapLink(self.show_feature)
        self.overview, self.history = Overview(), HistoryTab()
        self.why, self.weights, self.decisions = WhyPanel(), WeightSliders(), DecisionBar()
        self.decisions.decided.connect(self._decide)
        self.overview.again.clicked.connect(lambda: plan())
        self.list, self.search, self.table, self.count = (
            QComboBox(),
            QgsFilterLineEdit(),
            QTableView(),
            QLabel(),
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(empty_state(open_wijk, practice))
        self._pages.addWidget(self._working_page())
        self.setWidget(self._pages)
        self.weights.changed.connect(self.rerank)
        self.weights.reset.connect(lambda: self.rerank(None))

    def _working_page(self) -> QWidget:
        self.search.setPlaceholderText(tr("street, type, verdict"))
        self.search.setShowSearchIcon(True)
        self.search.textChanged.connect(self._search)
        self.list.currentIndexChanged.connect(lambda _: self._choose_list())
        self.table.setSortingEnabled(True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(1.5 * self.table.fontMetrics().height()))
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setResizeContentsPrecision(50)
        top = QWidget()
        layout = QVBoxLayout(top)
        layout.setContentsMargins(4, 4, 4, 0)
        layout.addWidget(self.list)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.count)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(top)
        halves.addWidget(boxed(tr("Why here?"), self.why, self.decisions))
        halves.addWidget(boxed(tr("Weights"), self.weights))
        halves.setSizes(SHARES)
        tabs = QTabWidget()
        tabs.addTab(halves, tr("Ranking"))
        tabs.addTab(self.history, tr("Change"))
        tabs.currentChanged.connect(lambda _: self.history.compare() if self.history.isVisible() else None)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.overview)
        column.addWidget(tabs, 1)
        return page

    def show_wijk(self, opened: Opened | None) -> None:
        """Show a wijk and its plan, or the way to one."""
        self.link.follow(None)
        self._rankings.clear()
        self._opened = opened
        self._pages.setCurrentIndex(0 if opened is None else 1)
        if opened is None:
            return
        self.overview.show_wijk(opened)
        self._decisions = opened.layers.get("besluiten")
        ranked = ranked_layers(opened)
        self.history.show_plans(opened.wijk.plans(), ranked)
        self.list.blockSignals(True)
        self.list.clear()
        for about in ranked:
            self.list.addItem(title(about.title), about.id)
        self.list.blockSignals(False)
        self._choose_list()

    def ranking(self) -> Ranking | None:
        """The ranking in the list, read when it is first asked for."""
        id = self.list.currentData()
        if self._opened is None or id is None:
            return None
        if id not in self._rankings:
            about = load().layer(id)
            weights = plan_weights(plan_parameters(self._opened), about)
            self._rankings[id] = read(self._opened.layers[id], about, weights)
        return self._rankings[id]

    def _choose_list(self) -> None:
        ranking = self.ranking()
        self.why.clear()
        self._chosen(None)
        self.weights.show_ranking(ranking)
        self._model = None if ranking is None else RankedModel(ranking)
        self.table.setModel(self._model)
        self.link.follow(None if ranking is None else ranking.layer)
        if ranking is None:
            self.count.setText(tr("This plan ranks nothing yet. Run arsenaal:plan."))
            return
        node = QgsProject.instance().layerTreeRoot().findLayer(ranking.layer.id())
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)
        self.table.selectionModel().selectionChanged.connect(self._row_chosen)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._model.search(self.search.text())
        self._fit_columns()
        self._tell_count()

    def _fit_columns(self) -> None:
        """As wide as their words, but no column may push the others off."""
        self.table.resizeColumnsToContents()
        for column in range(self._model.columnCount()):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), WIDEST))

    def _search(self, text: str) -> None:
        if self._model is not None:
            self._model.search(text)
        self._tell_count()

    def _tell_count(self) -> None:
        if self._model is not None:
            shown, all_rows = self._model.rowCount(), len(self._model.ranking.ids)
            self.count.setText(tr("{} of {} rows").format(shown, all_rows))

    def rerank(self, weights: dict[str, float] | None) -> None:
        """Order the list by other weights; None puts the plan's order back."""
        ranking = self.ranking()
        if self._model is None or ranking is None:
            return
        self._model.reorder(None if weights is None else ranking.scores(weights))
        if self._row is not None:
            self._mark_row(self._model.row_of(int(ranking.ids[self._row])))

    def _row_chosen(self, *_: object) -> None:
        chosen = self.table.selectionModel().selectedRows()
        ranking = self.ranking()
        if not chosen or ranking is None:
            return
        row = self._model.index_of_row(chosen[0].row())
        self._chosen(row)
        self.link.go(int(ranking.ids[row]))

    def show_feature(self, feature: int) -> None:
        """The map was clicked: choose the feature's row."""
        row = self._model.row_of(feature) if self._model is not None else -1
        if row < 0:
            return
        self._mark_row(row)
        self._chosen(self._model.index_of_row(row))

    def _mark_row(self, row: int) -> None:
        """Select a row of the list without going to it on the map."""
        if row < 0:
            return
        self.table.scrollTo(self._model.index(row, 0))
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.selectRow(row)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _chosen(self, row: int | None) -> None:
        """Explain a row; only then can it be decided upon."""
        self._row = row
        if row is not None:
            self.why.show_row(self.ranking(), row)
        self.decisions.told.clear()
        self.decisions.setEnabled(row is not None and self._decisions is not None)

    def _decide(self, verdict: str, reason: str) -> None:
        try:
            decide(self._decisions, self.ranking(), self._row, verdict, reason)
        except WorkspaceError as error:
            tell_error(error)
            return
        self.decisions.told.setText(tr("Kept. The next plan follows it."))


def ranked_layers(opened: Opened) -> list[Layer]:
    """Ranked layers of the plan, the story's order: highest drawn first."""
    catalogue = load()
    found = [
        catalogue.layer(id)
        for id, layer in opened.layers.items()
        if isinstance(layer, QgsVectorLayer)
        and is_ranked(catalogue.layer(id))
        and catalogue.layer(id).spatial
    ]
    return sorted(found, key=lambda about: (about.group != "Plan", -about.order))


def plan_parameters(opened: Opened) -> dict[str, dict]:
    """Settings the plan was made with, by section."""
    run = run_row(opened)
    return json.loads(run["parameters"]) if run is not None else {}


def plan_weights(parameters: dict[str, dict], about: Layer) -> dict[str, float]:
    """Weights of a layer's criteria, from settings ``gewicht_<criterion>`` or a table ``gewichten``."""
    wanted = [name.removeprefix("bijdrage_") for name in about.fields if name.startswith("bijdrage_")]
    found: dict[str, float] = {}
    for values in parameters.values():
        tables = [
            value for key, value in values.items() if key.startswith("gewichten") and isinstance(value, dict)
        ]
        for name in wanted:
            for table in tables:
                if isinstance(table.get(name), (int, float)):
                    found[name] = float(table[name])
            if isinstance(values.get(f"gewicht_{name}"), (int, float)):
                found[name] = float(values[f"gewicht_{name}"])
    return found if set(found) == set(wanted) else {}


def boxed(name: str, inside: QWidget, below: QWidget | None = None) -> QGroupBox:
    """A titled box that scrolls when it is small, with something fixed below."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setWidget(inside)
    box = QGroupBox(name)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
    if below is not None:
        layout.addWidget(below)
    return box


def empty_state(open_wijk: Callable[[], None], practice: Callable[[], None]) -> QWidget:
    """No wijk yet: one sentence and two buttons."""
    page = QWidget()
    layout = QVBoxLayout(page)
    sentence = QLabel(
        tr("A wijk is a folder with a wijk.toml. Open yours, or look around in the fictitious practice wijk.")
    )
    sentence.setWordWrap(True)
    layout.addStretch()
    layout.addWidget(sentence)
    for text, slot in ((tr("Open a wijk"), open_wijk), (tr("Try the practice wijk"), practice)):
        button = QPushButton(text)
        button.clicked.connect(lambda _, slot=slot: slot())
        layout.addWidget(button)
    layout.addStretch()
    return page
