"""The tab "Verandering": two plans side by side, who rose and who fell."""

from collections.abc import Mapping
from pathlib import Path

from qgis.core import QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.catalogue import Layer
from ..arsenaal_gis.wijk import Plan
from ..texts import title, tr
from .overview import date_of
from .ranking import RANKS, facts, first

# Enough to talk about; the whole list is in the layers.
MOST = 50


def ranks(gpkg: Path, about: Layer) -> dict[str, tuple[float, str]]:
    """Rank and a name by key of a ranked layer in a plan's file."""
    layer = QgsVectorLayer(f"{gpkg.as_posix()}|layername={about.id}", about.id, "ogr")
    if not layer.isValid():
        return {}
    rank, named = first(about, RANKS), facts(about)
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    found = {}
    for row in layer.getFeatures(request):
        key = "|".join(str(row[name]) for name in about.key)
        if isinstance(row[rank], (int, float)):
            found[key] = float(row[rank]), " ".join(str(row[name]) for name in named)
    return found


def moves(
    before: Mapping[str, tuple[float, str]], after: Mapping[str, tuple[float, str]]
) -> list[tuple[str, object, object]]:
    """(name, rank before, rank after), the largest moves first; None where a row is in one plan only."""
    rows = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None or new is None or old[0] != new[0]:
            rows.append(((new or old)[1], old and old[0], new and new[0]))
    return sorted(rows, key=lambda row: (-abs((row[1] or 1e9) - (row[2] or 1e9)), row[0]))


class HistoryTab(QWidget):
    """Choose two plans and a list; see what moved."""

    def __init__(self) -> None:
        super().__init__()
        self._plans: list[Plan] = []
        self._layers: list[Layer] = []
        self.before, self.after, self.what = QComboBox(), QComboBox(), QComboBox()
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels([tr("What"), tr("Before"), tr("After")])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        form = QFormLayout()
        form.addRow(tr("Before"), self.before)
        form.addRow(tr("After"), self.after)
        form.addRow(tr("List"), self.what)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        for box in (self.before, self.after, self.what):
            box.currentIndexChanged.connect(self.compare)

    def show_plans(self, plans: list[Plan], layers: list[Layer]) -> None:
        """Offer these plans, the last two chosen, and these ranked layers."""
        self._plans, self._layers = plans, layers
        for box in (self.before, self.after, self.what):
            box.blockSignals(True)
            box.clear()
        for box in (self.before, self.after):
            box.addItems(
                [f"{date_of(plan.moment)} {plan.moment[9:11]}:{plan.moment[11:13]} UTC" for plan in plans]
            )
        self.what.addItems([title(layer.title) for layer in layers])
        self.before.setCurrentIndex(max(len(plans) - 2, 0))
        self.after.setCurrentIndex(len(plans) - 1)
        for box in (self.before, self.after, self.what):
            box.blockSignals(False)
        if self.isVisible():
            self.compare()

    def compare(self) -> None:
        """Fill the table; done when the tab comes up and when a choice changes."""
        self.table.setRowCount(0)
        if len(self._plans) < 2 or not self._layers:
            self.summary.setText(tr("Two plans are needed to compare. Every run of arsenaal:plan adds one."))
            return
        about = self._layers[max(self.what.currentIndex(), 0)]
        old, new = (ranks(self._plans[box.currentIndex()].gpkg, about) for box in (self.before, self.after))
        moved = moves(old, new)
        self.summary.setText(
            tr("{} rows changed rank, of {}.").format(len(moved), len(old.keys() | new.keys()))
        )
        self.table.setRowCount(min(len(moved), MOST))
        for line, (name, was, now) in enumerate(moved[:MOST]):
            cells = [name, *("\u2013" if rank is None else f"{rank:.0f}" for rank in (was, now))]
            for column, cell in enumerate(cells):
                self.table.setItem(line, column, QTableWidgetItem(cell))
        self.table.resizeColumnsToContents()
