"""The tab "Verandering": two plans side by side, in a list, as a layer, and on both sides of a line."""

from collections.abc import Mapping
from itertools import islice
from operator import itemgetter
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from qgis.utils import iface

from ..arsenaal_gis.catalogue import Layer, data_folder, load
from ..arsenaal_gis.plan import is_whole
from ..arsenaal_gis.wijk import Plan
from ..breathing import breathe
from ..helping import HelpButton
from ..loading import Opened
from ..loading.opening import LAYER_ID
from ..running import RunLine
from ..texts import title, tr
from .overview import date_of
from .ranking import RANKS, facts, first, in_order, is_ranked, words
from .swipe import SwipeTool
from .theme import Theme

# Enough to talk about; the whole list is in the layers.
MOST = 50
CHANGES = "verandering"


def open_list(plan: Plan, about: Layer) -> QgsVectorLayer:
    """A ranked layer of a plan; not valid where the plan lacks it."""
    return QgsVectorLayer(f"{plan.gpkg.as_posix()}|layername={about.id}", about.id, "ogr")


def ranks(layer: QgsVectorLayer, about: Layer) -> dict[str, tuple[float, int]]:
    """Rank and feature id by key of a ranked layer."""
    if not layer.isValid():
        return {}
    names = [*about.key, first(about, RANKS)]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(names, layer.fields())
    wanted = itemgetter(*(layer.fields().lookupField(name) for name in names))
    found = {}
    for row in layer.getFeatures(request):
        *key, rank = wanted(row.attributes())
        if isinstance(rank, (int, float)):
            found["|".join(map(str, key))] = float(rank), row.id()
    return found


def moves(
    before: Mapping[str, tuple[float, int]], after: Mapping[str, tuple[float, int]]
) -> list[tuple[str, object, object]]:
    """(key, rank before, rank after), the largest moves first; None where a row is in one plan only."""
    rows = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old[0] != new[0]:
            rows.append((key, old and old[0], new and new[0]))
    return sorted(rows, key=lambda row: (-abs((row[1] or 1e9) - (row[2] or 1e9)), row[0]))


class HistoryTab(QWidget):
    """Choose two plans and a list; see what moved, as rows and on the map."""

    def __init__(self, running: RunLine, theme: Theme) -> None:
        super().__init__()
        self._running, self._theme = running, theme
        self._opened: Opened | None = None
        self._listed = False
        self._plans: list[Plan] = []
        self._layers: list[Layer] = []
        self.tool: SwipeTool | None = None
        self.layer_id = ""
        self.before, self.after, self.what = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.before, tr("Before")), (self.after, tr("After")), (self.what, tr("List"))):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.difference = QPushButton(tr("Differences on the map"))
        self.difference.setToolTip(
            tr("What is new, gone, better or worse as a layer, in the background: {}").format(
                "arsenaal:compare"
            )
        )
        self.swipe = QPushButton(tr("Swipe"))
        self.swipe.setCheckable(True)
        self.swipe.setToolTip(
            tr("A line over the map: left of it the earlier plan, right of it the later one")
        )
        self.difference.clicked.connect(lambda: self.show_difference())
        self.swipe.toggled.connect(self._swipe)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("What"), tr("Before"), tr("After")])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setAccessibleName(tr("Whose rank changed most"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._choices = QWidget()
        form = QFormLayout(self._choices)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(tr("Before"), self.before)
        form.addRow(tr("After"), self.after)
        form.addRow(tr("List"), self.what)
        line = QHBoxLayout()
        line.addWidget(self.difference)
        line.addWidget(self.swipe)
        line.addWidget(HelpButton("panel_change"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 0)
        layout.addWidget(self._choices)
        layout.addLayout(line)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addStretch()
        for box in (self.before, self.after, self.what):
            box.currentIndexChanged.connect(lambda _: self._changed())

    def show_wijk(self, opened: Opened | None) -> None:
        """Follow another wijk, or none; its plans are looked into when the tab comes up."""
        self.swipe.setChecked(False)
        self._opened, self._listed = opened, False

    def _list(self) -> None:
        """Offer the plans of the wijk, the last two whole ones chosen, and its ranked layers."""
        self._listed, opened = True, self._opened
        self._plans = [] if opened is None else opened.wijk.plans()
        catalogue = load()
        found = [] if opened is None else [catalogue.layer(id) for id in opened.layers]
        self._layers = in_order(about for about in found if about.spatial and is_ranked(about))
        for box in (self.before, self.after, self.what):
            box.blockSignals(True)
            box.clear()
        # from the newest back: a wijk may have hundreds, and each has to be looked into
        newest = (place for place in reversed(range(len(self._plans))) if is_whole(self._plans[place]))
        last = list(islice(newest, 2))
        for box, chosen in ((self.before, last[-1:]), (self.after, last[:1])):
            box.addItems([words_of(plan) for plan in self._plans])
            box.setCurrentIndex(chosen[0] if chosen else len(self._plans) - 1)
        self.what.addItems([title(layer.title) for layer in self._layers])
        for box in (self.before, self.after, self.what):
            box.blockSignals(False)
        possible = len(self._plans) > 1
        for widget in (self._choices, self.difference, self.swipe, self.table):
            widget.setVisible(possible)

    def _changed(self) -> None:
        self.swipe.setChecked(False)
        self.compare()

    def compare(self) -> None:
        """Fill the table; done when the tab comes up and when a choice changes."""
        if not self._listed:
            self._list()
            breathe()
        self.table.setRowCount(0)
        if len(self._plans) < 2 or not self._layers:
            self.summary.setText(tr("Two plans are needed to compare. Every run of arsenaal:plan adds one."))
            return
        about = self._layers[max(self.what.currentIndex(), 0)]
        self._theme.show([self._opened.layers[about.id]])
        layers, found = [], []
        for plan in self._pair():
            layers.append(open_list(plan, about))
            found.append(ranks(layers[-1], about))
            breathe()
        old, new = found
        moved = moves(old, new)
        self.summary.setText(
            tr("{} rows changed rank, of {}.").format(len(moved), len(old.keys() | new.keys()))
        )
        self.table.setRowCount(min(len(moved), MOST))
        for line, (key, was, now) in enumerate(moved[:MOST]):
            side = int(key in new)
            row = layers[side].getFeature(found[side][key][1])
            name = " ".join(words(row[name], about.fields[name]) for name in facts(about))
            cells = [name, *("\u2013" if rank is None else f"{rank:.0f}" for rank in (was, now))]
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setToolTip(cell)
                if column:
                    item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
                self.table.setItem(line, column, item)
        for column in (1, 2):
            self.table.resizeColumnToContents(column)

    def _pair(self) -> tuple[Plan, Plan]:
        return self._plans[self.before.currentIndex()], self._plans[self.after.currentIndex()]

    def show_difference(self) -> None:
        """Compare the plans in the background and put the changed rows on the map."""
        before, after = self._pair()
        values = {
            "WIJK": str(self._opened.wijk.folder / "wijk.toml"),
            "BEFORE": before.moment,
            "AFTER": after.moment,
        }
        self._running.run([("compare", values)], self._add_difference)

    def _add_difference(self, results: dict) -> None:
        project, about = QgsProject.instance(), load().layer(CHANGES)
        if self.layer_id in project.mapLayers():
            project.removeMapLayer(self.layer_id)
        name = f"{title(about.title)}: {self.before.currentText()} \u2192 {self.after.currentText()}"
        layer = QgsVectorLayer(f"{Path(results['GPKG']).as_posix()}|layername={CHANGES}", name, "ogr")
        layer.loadNamedStyle(str(data_folder("styles") / f"{CHANGES}.qml"))
        layer.setName(name)
        layer.setReadOnly(True)
        layer.setCustomProperty(LAYER_ID, CHANGES)
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertLayer(0, layer)
        self.layer_id = layer.id()
        self.summary.setText(
            self.summary.text() + " " + tr("{} changes on the map.").format(layer.featureCount())
        )

    def _swipe(self, on: bool) -> None:
        """Take the map tool up, or put it down."""
        canvas = iface.mapCanvas()
        if self.tool is not None:
            canvas.mapToolSet.disconnect(self._tool_changed)
            self.tool.remove()
            self.tool.deleteLater()
            self.tool = None
        if on:
            before, after = self._pair()
            names = (f"\u25c0 {words_of(before)}", f"{words_of(after)} \u25b6")
            self.tool = SwipeTool(canvas, before, after, names, canvas.layers())
            self.tool.ended.connect(lambda: self.swipe.setChecked(False))
            canvas.setMapTool(self.tool)
            canvas.mapToolSet.connect(self._tool_changed)

    def _tool_changed(self, *_: object) -> None:
        """Another tool was taken up: the line goes."""
        if self.tool is not None and iface.mapCanvas().mapTool() is not self.tool:
            self.swipe.setChecked(False)


def words_of(plan: Plan) -> str:
    """A plan by the moment it was made."""
    return f"{date_of(plan.moment)} {plan.moment[9:11]}:{plan.moment[11:13]} UTC"
