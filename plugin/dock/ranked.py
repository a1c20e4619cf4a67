"""The ranked list and its map, the reasons of a row, and what weights and budget do to it."""

from collections.abc import Callable

from qgis.core import QgsExpression, QgsFeatureRequest, QgsVectorLayer
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QShortcut,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.catalogue import Layer, load
from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.report.cards import place_card_name
from ..helping import HelpButton
from ..loading import Opened
from ..messages import tell_error
from ..texts import title, tr
from .bars import ScoreBar
from .box import PanelBox
from .budget import CHOICE, PLACES, BudgetPanel
from .decisions import DecisionBar, decide, standing
from .filters import FilterButton
from .link import MapLink
from .overview import run_row
from .ranking import Ranking, read
from .settings import plan_weights
from .table import CHOSEN, RankedModel
from .theme import Theme
from .weights import WeightPanel
from .why import WhyPanel

# Columns start no wider than so many letters, of words or of numbers; the bar has its own width.
WIDEST, NUMBER, BAR = 8, 11, 6
# How list, reasons, weights and budget share the height at first.
SHARES = [330, 270, 210, 150]


class RankedPanel(QWidget):
    """One ranked layer at a time: list, reasons, decisions, weights, budget."""

    def __init__(self, what_if: Callable[[], None], card: Callable[[str], None], theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._rankings: dict[str, Ranking] = {}
        self._given: dict[str, dict[str, float] | None] = {}
        self._opened: Opened | None = None
        self._decisions: QgsVectorLayer | None = None
        self.model: RankedModel | None = None
        self._row: int | None = None
        self.link = MapLink(self.show_feature, self)
        self.why, self.weights, self.budget = WhyPanel(), WeightPanel(), BudgetPanel()
        self.decisions = DecisionBar()
        self.decisions.decided.connect(self._decide)
        self.decisions.what_if.clicked.connect(lambda: what_if())
        self.decisions.card.clicked.connect(lambda: card(self._card()))
        self.list, self.search, self.filter = QComboBox(), QgsFilterLineEdit(), FilterButton()
        self.table, self.count = QTableView(), QLabel()
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.filter.changed.connect(self._filter)
        self.list.currentIndexChanged.connect(lambda _: self._choose_list())
        self.table.clicked.connect(self._go)
        self.table.activated.connect(self._go)
        self.weights.changed.connect(self.rerank)
        self.budget.chosen.connect(self._mark_chosen)

    def _lay_out(self) -> None:
        self.list.setAccessibleName(tr("List"))
        self.search.setPlaceholderText(tr("street, type, verdict"))
        self.search.setAccessibleName(tr("Search"))
        self.search.setToolTip(tr("Every word must occur in the row (Ctrl+F)."))
        self.search.setShowSearchIcon(True)
        self.table.setAccessibleName(tr("Ranked list: arrows choose a row, Enter goes there on the map"))
        self.table.setSortingEnabled(True)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(1.5 * self.table.fontMetrics().height()))
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setResizeContentsPrecision(10)
        self.table.horizontalHeader().setMinimumSectionSize(2 * self.table.fontMetrics().height())
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.setItemDelegate(ScoreBar(self.table))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.table.setFocus)
        line = QHBoxLayout()
        line.addWidget(self.search, 1)
        line.addWidget(self.filter)
        line.addWidget(HelpButton("panel_list"))
        top = QWidget()
        layout = QVBoxLayout(top)
        layout.setContentsMargins(4, 4, 4, 0)
        layout.setSpacing(3)
        layout.addWidget(self.list)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.count)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.addWidget(top)
        self._halves.addWidget(PanelBox(tr("Why here?"), "panel_why", self.why, self.decisions))
        self._weights_box = PanelBox(tr("Weights"), "panel_weights", self.weights)
        self._budget_box = PanelBox(tr("Budget"), "panel_budget", self.budget)
        self._halves.addWidget(self._weights_box)
        self._halves.addWidget(self._budget_box)
        self._halves.setSizes(SHARES)
        self._halves.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._halves)

    def show_wijk(self, opened: Opened | None) -> None:
        """Follow another wijk, or none."""
        self.link.follow(None)
        self._rankings.clear()
        self._given.clear()
        self._opened, self.model, self._row = opened, None, None
        self._decisions = None if opened is None else opened.layers.get("besluiten")
        self.filter.follow(None)
        self.table.setModel(None)  # Qt would hold on to the list of the wijk before
        self.budget.show_plan(opened, self._decisions)

    def show_layers(self, layers: list[Layer]) -> None:
        """Offer these ranked layers, the first one shown."""
        self.list.blockSignals(True)
        self.list.clear()
        for about in layers:
            self.list.addItem(title(about.title), about.id)
        self.list.blockSignals(False)
        self.list.setVisible(len(layers) > 1)
        self._choose_list()

    def ranking(self) -> Ranking | None:
        """The ranking in the list, read when it is first asked for."""
        id = self.list.currentData()
        if self._opened is None or id is None:
            return None
        if id not in self._rankings:
            about = load().layer(id)
            self._rankings[id] = read(
                self._opened.layers[id], about, plan_weights(run_row(self._opened), about)
            )
        return self._rankings[id]

    def _choose_list(self) -> None:
        ranking = self.ranking()
        self.why.clear()
        self._chosen(None)
        self.model = None if ranking is None else RankedModel(ranking)
        self.table.setModel(self.model)
        self.link.follow(None if ranking is None else ranking.layer)
        self.weights.show_ranking(ranking, None if self._opened is None else self._opened.wijk.folder)
        self._weights_box.setVisible(ranking is not None and bool(ranking.weights))
        self._budget_box.setVisible(ranking is not None and ranking.about.id == PLACES)
        self.filter.follow(self.model)
        if ranking is None:
            self.count.setText(tr("This plan ranks nothing of this kind. Run arsenaal:plan."))
            return
        self.show_on_map()
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.model.search(self.search.text())
        if self._given.get(ranking.about.id) is not None:
            self.weights.put(self._given[ranking.about.id])
            self.model.reorder(ranking.scores(self._given[ranking.about.id]))
        self._fit_columns()
        self._tell_count()

    def show_on_map(self) -> None:
        """Show what is listed; with the places those that the plan chose."""
        if (ranking := self.ranking()) is not None:
            chosen = self._opened.layers.get(CHOICE) if ranking.about.id == PLACES else None
            self.theme.show(layer for layer in (ranking.layer, chosen) if layer is not None)

    def _fit_columns(self) -> None:
        """As wide as their words, but not wider than some letters; the place takes what is left."""
        header, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        letter = metrics.averageCharWidth()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(self.model.columnCount()):
            words = self.table.sizeHintForColumn(column) + letter
            most = letter * (NUMBER if self.model.is_number(column) else WIDEST)
            wide = BAR * letter if self.model.is_bar(column) else min(words, most)
            header.resizeSection(column, wide)
        last = f"{CHOSEN}{len(self.model.ranking.ids)}"  # the longest rank may stand below, out of sight
        header.resizeSection(0, metrics.horizontalAdvance(last) + letter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def _search(self, text: str) -> None:
        if self.model is not None:
            self.model.search(text)
        self._tell_count()

    def _filter(self, wanted: dict[str, set[str]]) -> None:
        if self.model is not None:
            self.model.filter(wanted)
        self._tell_count()

    def _tell_count(self) -> None:
        if self.model is not None:
            shown, all_rows = self.model.rowCount(), len(self.model.ranking.ids)
            self.count.setText(
                " \u00b7 ".join([tr("{} of {} rows").format(shown, all_rows), *self.filter.told()])
            )

    def rerank(self, weights: dict[str, float] | None) -> None:
        """Order the list by other weights; None puts the plan's order back."""
        ranking = self.ranking()
        if self.model is None or ranking is None:
            return
        self._given[ranking.about.id] = weights
        self.model.reorder(None if weights is None else ranking.scores(weights))
        if self._row is not None:
            self._mark_row(self.model.row_of(int(ranking.ids[self._row])))
        if ranking.about.id == PLACES:
            self.budget.set_weights(weights)

    def _row_chosen(self, current: QModelIndex, *_: object) -> None:
        ranking = self.ranking()
        if not current.isValid() or ranking is None:
            return
        row = self.model.index_of_row(current.row())
        self._chosen(row)
        self.link.select(int(ranking.ids[row]))

    def _go(self, index: QModelIndex) -> None:
        """A row was clicked, or Enter pressed on it: go there on the map."""
        self.link.go(int(self.ranking().ids[self.model.index_of_row(index.row())]))

    def show_feature(self, feature: int) -> None:
        """The map was clicked: choose the feature's row."""
        row = self.model.row_of(feature) if self.model is not None else -1
        if row < 0:
            return
        self._mark_row(row)
        self._chosen(self.model.index_of_row(row))

    def _mark_row(self, row: int) -> None:
        """Select a row of the list without going to it on the map."""
        if row < 0:
            return
        self.table.scrollTo(self.model.index(row, 0))
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.selectRow(row)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _chosen(self, row: int | None) -> None:
        """Explain a row; only then can it be decided upon."""
        self._row = row
        if row is not None:
            self.why.show_row(self.ranking(), row)
        self._tell_decision()

    def _tell_decision(self) -> None:
        ranking = self.ranking()
        kept = None
        if self._row is not None and self._decisions is not None:
            kept = standing(self._decisions, ranking, self._row)
        self.decisions.show_decision(kept, self._row is not None and self._decisions is not None)
        self.decisions.card.setEnabled(bool(self._card()))

    def _card(self) -> str:
        """Name of the card of the chosen row, which a place has that the plan chose; else empty."""
        chosen = None if self._opened is None else self._opened.layers.get(CHOICE)
        if self._row is None or chosen is None or self.ranking().about.id != PLACES:
            return ""
        key = self.ranking().values["kandidaat_id"][self._row]
        same = QgsExpression.createFieldEqualityExpression("kandidaat_id", key)
        place = next(chosen.getFeatures(QgsFeatureRequest().setFilterExpression(same)), None)
        return "" if place is None else place_card_name(place["volgnummer"])

    def _decide(self, verdict: str, reason: str) -> None:
        try:
            decide(self._decisions, self.ranking(), self._row, verdict, reason)
        except WorkspaceError as error:
            tell_error(error)
            return
        self._tell_decision()
        self.budget.decided()

    def _mark_chosen(self, keys: list[str]) -> None:
        """Show the set of the budget in the list; the panel shows it on the map."""
        ranking = self._rankings.get(PLACES)
        if self.model is None or ranking is None or self.model.ranking is not ranking:
            return
        wanted = set(keys)
        rows = [i for i, key in enumerate(ranking.values["kandidaat_id"]) if key in wanted]
        self.model.mark(ranking.ids[rows].tolist())
