"""The head of the dock: which wijk, which plan, how fresh, what to know."""

import datetime

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.catalogue import load
from ..helping import HelpButton
from ..loading import Opened
from ..options import STALE_DAYS
from ..texts import title, tr


def date_of(moment: str) -> str:
    """The day of a UTC moment such as 20251122T101500Z, as people write it."""
    return datetime.datetime.strptime(moment, "%Y%m%dT%H%M%SZ").strftime("%d-%m-%Y")


def run_row(opened: Opened) -> QgsFeature | None:
    """The row of table ``run`` of the plan on screen."""
    layer = opened.layers.get("run")
    return next(layer.getFeatures(), None) if isinstance(layer, QgsVectorLayer) else None


def age(date: QDate, reference: QDate) -> str:
    """How old a delivery was at the reference date, in words."""
    days = date.daysTo(reference)
    if days < 0:
        return tr("after the reference date")
    if days < 62:
        return tr("{} days").format(days)
    if days < 2 * 365:
        return tr("{} months").format(round(days / 30.44))
    return tr("{} years").format(days // 365)


class Overview(QWidget):
    """Two lines: names and dates; sources and warnings. A click on the second unfolds both."""

    def __init__(self) -> None:
        super().__init__()
        self._names = QLabel()
        self._names.setWordWrap(True)
        self.state = QToolButton()
        self.state.setCheckable(True)
        self.state.setAutoRaise(True)
        self.state.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.state.setToolTip(tr("Date and age of every source, and the warnings of the plan"))
        self.again = QPushButton(tr("Plan again"))
        self.again.setToolTip(tr("Makes a new plan in the background: {}").format("arsenaal:plan"))
        self.warnings = QLabel()
        self.warnings.setWordWrap(True)
        self.warnings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sources = QTreeWidget()
        self.sources.setHeaderLabels([tr("Source"), tr("Date"), tr("Age")])
        self.sources.setRootIsDecorated(False)
        self.sources.setAccessibleName(tr("Sources of the wijk"))
        self.sources.setSortingEnabled(True)
        self.sources.setFixedHeight(10 * self.sources.fontMetrics().height())
        self._details = QWidget()
        column = QVBoxLayout(self._details)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.warnings)
        column.addWidget(self.sources)
        line = QHBoxLayout()
        line.addWidget(self._names, 1)
        for button in (self.again, HelpButton("panel_wijk")):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 2)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.state)
        layout.addWidget(self._details)
        self.state.toggled.connect(self._unfold)
        self._unfold(False)

    def _unfold(self, open: bool) -> None:
        self.state.setArrowType(Qt.ArrowType.DownArrow if open else Qt.ArrowType.RightArrow)
        self._details.setVisible(open)

    def show_wijk(self, opened: Opened) -> None:
        """Fill both lines and what lies behind them."""
        name, run = opened.wijk.config.name, run_row(opened)
        self.again.setVisible(opened.plan is not None)
        if opened.plan is None:
            self._names.setText(f"<b>{name}</b> \u00b7 {tr('no plan yet')}")
        else:
            peildatum = run["peildatum"].toString("dd-MM-yyyy") if run is not None else tr("unknown")
            dates = f"{tr('plan')} {date_of(opened.plan.moment)} \u00b7 {tr('reference date')} {peildatum}"
            self._names.setText(f"<b>{name}</b> \u00b7 {dates}")
        told = str(run["waarschuwingen"] or "").splitlines() if run is not None else []
        warnings = [line for line in told if line]
        self.warnings.setText("\n".join(f"\u25b2 {line}" for line in warnings))
        self.warnings.setVisible(bool(warnings))
        total, old = self._list_sources(opened, run)
        fresh = total - old
        parts = [f"\u25cf {tr('{}/{} sources fresh').format(fresh, total)}"]
        if warnings:
            parts.append(f"\u25b2 {tr('warnings: {}').format(len(warnings))}")
        self.state.setText("  ".join(parts))
        self.state.setAccessibleName("  ".join(parts))

    def _list_sources(self, opened: Opened, run: QgsFeature | None) -> tuple[int, int]:
        """List each delivery, oldest first; how many there are, and how many are old or undated."""
        layer = opened.layers.get("bronnen")
        rows = list(layer.getFeatures()) if isinstance(layer, QgsVectorLayer) else []
        reference, known, old = _day(run["peildatum"] if run is not None else None), load().layers, 0
        self.sources.clear()
        for row in rows:
            date = _day(row["datum"])
            aged = date is None or (reference is not None and date.daysTo(reference) > STALE_DAYS.get())
            old += aged
            shown = tr("date unknown") if date is None else date.toString("yyyy-MM-dd")
            how_old = age(date, reference) if date is not None and reference is not None else tr("unknown")
            item = QTreeWidgetItem([str(row["naam"]), shown, f"\u25b2 {how_old}" if aged else how_old])
            about = known.get(row["laag"])
            item.setToolTip(
                0, f"{row['naam']}\n{title(about.title) if about else ''}\n{row['bronvermelding'] or ''}"
            )
            self.sources.addTopLevelItem(item)
        self.sources.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        for column in (1, 2):
            self.sources.resizeColumnToContents(column)
        header = self.sources.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        return len(rows), old


def _day(value: object) -> QDate | None:
    """A date out of a date or a moment, None where it is unknown."""
    if hasattr(value, "date"):
        value = value.date()
    return value if isinstance(value, QDate) and value.isValid() else None
