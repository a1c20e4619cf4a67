"""The budget: a slider, the best set of places for it, the runner-up, and what ten percent more would add."""

import json

from qgis.core import QgsFeatureRequest, QgsGeometry, QgsVectorLayer, QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QHideEvent, QShowEvent
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget
from qgis.utils import iface

from ..algorithms import child
from ..arsenaal_gis.errors import ArsenaalError
from ..loading import Opened
from ..messages import tell_error
from ..texts import number, tr
from ..tools.link import ChildLink
from .ranking import as_float

PLACES, CHOICE = "onthard_kandidaten", "onthard_keuze"
# One step of the slider, and how far it goes where the plan has no budget, EUR.
STEP, FAR = 500, 100_000
# A slider that is being dragged asks when it has stood still this long, milliseconds.
PAUSE = 120
CHOSEN = QColor("#b5179e")


class BudgetPanel(QWidget):
    """Shows the set of the plan; another budget, weight or decision asks for another set, off the main thread."""

    chosen = pyqtSignal(list)

    def __init__(self) -> None:
        super().__init__()
        self._opened: Opened | None = None
        self._decisions: QgsVectorLayer | None = None
        self._weights: dict[str, float] | None = None
        self._asked, self._compares = 0, False
        self.link: ChildLink | None = None
        self._band: QgsRubberBand | None = None
        self.slider, self.amount = QSlider(Qt.Orientation.Horizontal), QDoubleSpinBox()
        self.slider.setAccessibleName(tr("Budget"))
        self.amount.setAccessibleName(tr("Budget in euro"))
        self.amount.setPrefix("\u20ac ")
        self.amount.setDecimals(0)
        self.amount.setSingleStep(STEP)
        self.amount.setGroupSeparatorShown(True)
        self.amount.setKeyboardTracking(False)
        for widget in (self.slider, self.amount):
            widget.setToolTip("arsenaal:select_places")
        self.totals, self.more = QLabel(), QLabel()
        for label in (self.totals, self.more):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.addWidget(self.slider, 1)
        line.addWidget(self.amount)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.setSpacing(3)
        layout.addLayout(line)
        layout.addWidget(self.totals)
        layout.addWidget(self.more)
        layout.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(lambda: self.ask())
        self.slider.valueChanged.connect(self._slid)
        self.amount.valueChanged.connect(self._typed)

    def show_plan(self, opened: Opened | None, decisions: QgsVectorLayer | None) -> None:
        """Show the set that the plan chose, or nothing."""
        self.close_link()
        self._show_on_map([])
        self._opened, self._decisions, self._weights = opened, decisions, None
        self._asked = 0
        layer = None if opened is None else opened.layers.get("onthard_keuze_totaal")
        row = next(layer.getFeatures(), None) if isinstance(layer, QgsVectorLayer) else None
        names = [] if row is None else row.fields().names()
        totals = {name: row[name] for name in names}
        budget = as_float(totals.get("budget_eur"))
        self._put(0.0 if budget != budget else budget, FAR if budget != budget else max(3 * budget, FAR))
        self.more.clear()
        if totals.get("plekken"):
            self._tell(totals)
        else:
            self.totals.setText(tr("Move the slider: the best places for that budget are looked for."))

    def set_weights(self, weights: dict[str, float] | None) -> None:
        """Other weights, or None for those of the plan: a set that was asked for is asked again."""
        self._weights = weights
        if self.link is not None:
            self._pause.start()

    def decided(self) -> None:
        """A place was chosen, vetoed or taken back."""
        if self.link is not None:
            self._pause.start()

    def ask(self, compare: bool = False) -> None:
        """Ask for the best set; of what is asked meanwhile only the newest is computed.

        Args:
            compare: Also look for the runner-up and what more money brings, which takes longer: asked for once
                the set itself is on screen.
        """
        if self._opened is None or self._opened.plan is None:
            return
        if self.link is None:
            self.link = ChildLink(
                [*child.CHOICE, str(self._opened.wijk.folder / "wijk.toml"), self._opened.plan.moment], self
            )
            self.link.answered.connect(self._answered)
            self.link.refused.connect(self._refused)
            self.link.died.connect(self._died)
        changes: dict[str, float] = {"budget_eur": self.amount.value()}
        if self._weights is not None:
            changes |= {f"gewicht_{name}": value for name, value in self._weights.items()}
        rows = decision_rows(self._decisions)
        self._asked = self.link.ask({"changes": changes, "decisions": rows, "compare": compare})
        self._compares = compare
        if not compare:
            self._pause.stop()  # what was waiting is asked now
            self.totals.setText(
                tr("Looking for the best places for {}\u2026").format(euro(self.amount.value()))
            )
            self.more.clear()

    def close_link(self) -> None:
        """End the process that chooses."""
        self._pause.stop()
        if self.link is not None:
            self.link.close()
            self.link.deleteLater()
            self.link = None

    def _put(self, budget: float, most: float) -> None:
        for widget in (self.slider, self.amount):
            widget.blockSignals(True)
        self.slider.setRange(0, round(most / STEP))
        self.slider.setPageStep(10)
        self.amount.setRange(0, 1e8)
        self.slider.setValue(round(budget / STEP))
        self.amount.setValue(budget)
        for widget in (self.slider, self.amount):
            widget.blockSignals(False)

    def _slid(self, steps: int) -> None:
        self._put(float(steps * STEP), float(self.slider.maximum() * STEP))
        self._pause.start()

    def _typed(self, budget: float) -> None:
        self._put(budget, max(self.slider.maximum() * STEP, budget))
        self._pause.start()

    def _answered(self, number_asked: int, answer: dict) -> None:
        if number_asked != self._asked:
            return
        self._tell(answer["totals"])
        if self._compares:
            return
        self._show_on_map(answer["chosen"])
        self.chosen.emit(answer["chosen"])
        if not self._pause.isActive():
            self.more.setText(tr("Looking for the runner-up\u2026"))
            self.ask(compare=True)

    def _refused(self, number_asked: int, error: ArsenaalError) -> None:
        if number_asked != self._asked:
            return
        self.totals.setText(
            "\u26a0 " + tr("No set of places is possible for {}.").format(euro(self.amount.value()))
        )
        self.more.setText(f"{error.what} {error.todo}")
        self._show_on_map([])
        self.chosen.emit([])

    def _died(self, error: ArsenaalError) -> None:
        self.close_link()
        self.totals.setText(f"\u26a0 {error.what} {error.todo}")
        tell_error(error)

    def _tell(self, totals: dict) -> None:
        """The set in figures: what it is, how sure, what comes close, what more money brings."""
        gap, benefit = as_float(totals["kloof"]), as_float(totals["baat"])
        residents = number(as_float(totals["bereikte_inwoners"]), 0)
        if self._asked:
            residents = f"\u2248 {residents}"
        facts = [
            tr("{} places").format(number(as_float(totals["plekken"]), 0)),
            number(as_float(totals["oppervlakte_m2"]), 0, "m\u00b2"),
            tr("{} residents").format(residents),
        ]
        spent = tr("{} spent").format(euro(as_float(totals["kost_eur"])))
        sure = (
            tr("proven best")
            if gap < 1e-4
            else tr("at most {} below the best").format(number(100 * gap, 2, "%"))
        )
        self.totals.setText("<b>{}</b><br>{}".format(" \u00b7 ".join(facts), f"{spent} \u00b7 {sure}"))
        self.totals.setToolTip(
            tr(
                "Residents within walking distance of a chosen place; \u2248: counted by whole street segments."
            )
            + "\n"
            + tr("Cost in the middle of its range, without VAT.")
        )
        lines = []
        second = as_float(totals.get("tweede_keus_baat"))
        if second == second:
            less = 1 - second / benefit if benefit else 0.0
            head = tr("Runner-up: {} less benefit").format(number(100 * max(less, 0.0), 2, "%"))
            lines.append(self._swap(head, totals["tweede_keus_erbij"], totals["tweede_keus_eruit"]))
        more = as_float(totals.get("meer_budget_baat"))
        if more == more:
            head = tr("With 10 % more budget: {} more benefit").format(
                number(100 * more / benefit if benefit else 0.0, 1, "%")
            )
            lines.append(self._swap(head, totals["meer_budget_erbij"], totals["meer_budget_eruit"]))
        self.more.setText("<br>".join(lines))

    def _swap(self, head: str, added: object, dropped: object) -> str:
        parts = [
            f"{sign} {names}"
            for sign, names in (("+", added), ("\u2212", dropped))
            if isinstance(names, str) and names
        ]
        return f"{head}. {'  '.join(parts)}"

    def showEvent(self, event: QShowEvent) -> None:
        """The set is on the map while the budget is in sight."""
        super().showEvent(event)
        if self._band is not None:
            self._band.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab is in front: the map is for its subject."""
        super().hideEvent(event)
        if self._band is not None:
            self._band.hide()

    def _show_on_map(self, keys: list[str]) -> None:
        """Outline the set on the map in place of the last one."""
        if self._band is not None:
            iface.mapCanvas().scene().removeItem(self._band)
            self._band = None
        layer = None if self._opened is None else self._opened.layers.get(PLACES)
        if not keys or layer is None:
            return
        listed = ", ".join(f"'{key}'" for key in keys)
        request = QgsFeatureRequest().setFilterExpression(f"kandidaat_id in ({listed})").setNoAttributes()
        self._band = QgsRubberBand(iface.mapCanvas(), QgsWkbTypes.GeometryType.PolygonGeometry)
        self._band.setToGeometry(
            QgsGeometry.collectGeometry([f.geometry() for f in layer.getFeatures(request)]), layer
        )
        self._band.setStrokeColor(CHOSEN)
        self._band.setFillColor(QColor(CHOSEN.red(), CHOSEN.green(), CHOSEN.blue(), 60))
        self._band.setWidth(3)


def decision_rows(decisions: QgsVectorLayer | None) -> list[dict]:
    """Rows of ``besluiten`` as QGIS has them, unsaved edits included, ready for JSON."""
    if decisions is None:
        return []
    names = ("laag", "sleutel", "besluit", "moment")
    rows = [{name: row[name] for name in names} for row in decisions.getFeatures()]
    return json.loads(json.dumps(rows, default=lambda moment: moment.toString(Qt.DateFormat.ISODateWithMs)))


def euro(amount: float) -> str:
    """An amount as the city writes it."""
    return f"\u20ac {number(amount, 0)}"
