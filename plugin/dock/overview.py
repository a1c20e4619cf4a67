"""The head of the dock: which wijk, which plan, how fresh, what to know."""

import datetime

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..loading import Opened
from ..texts import tr

# A delivery older than this against the reference date is called old, days.
OLD = 366


def date_of(moment: str) -> str:
    """The day of a UTC moment such as 20251122T101500Z, as people write it."""
    return datetime.datetime.strptime(moment, "%Y%m%dT%H%M%SZ").strftime("%d-%m-%Y")


def run_row(opened: Opened) -> QgsFeature | None:
    """The row of table ``run`` of the plan on screen."""
    layer = opened.layers.get("run")
    return next(layer.getFeatures(), None) if isinstance(layer, QgsVectorLayer) else None


class Overview(QWidget):
    """Two lines: names and dates; sources and warnings, with the details on hover."""

    def __init__(self) -> None:
        super().__init__()
        self._names, self._state = QLabel(), QLabel()
        self.again = QPushButton(tr("Plan again"))
        self.again.setToolTip("arsenaal:plan")
        for label in (self._names, self._state):
            label.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self._state, 1)
        line.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 2)
        layout.addWidget(self._names)
        layout.addLayout(line)

    def show_wijk(self, opened: Opened) -> None:
        """Fill both lines."""
        name = opened.wijk.config.name
        run = run_row(opened)
        if opened.plan is None:
            self._names.setText(f"<b>{name}</b> \u00b7 {tr('no plan yet')}")
        else:
            peildatum = run["peildatum"].toString("dd-MM-yyyy") if run is not None else tr("unknown")
            dates = f"{tr('plan')} {date_of(opened.plan.moment)} \u00b7 {tr('reference date')} {peildatum}"
            self._names.setText(f"<b>{name}</b> \u00b7 {dates}")
        warnings = (
            [line for line in str(run["waarschuwingen"] or "").splitlines() if line]
            if run is not None
            else []
        )
        sources, old = self._sources(opened, run)
        parts = [f"\u25cf {tr('sources: {}').format(sources)}"]
        if old:
            parts.append(f"\u25b2 {tr('older than a year: {}').format(len(old))}")
        if warnings:
            parts.append(f"\u25b2 {tr('warnings: {}').format(len(warnings))}")
        self._state.setText("  ".join(parts))
        self._state.setToolTip("\n".join(old + warnings))

    def _sources(self, opened: Opened, run: QgsFeature | None) -> tuple[int, list[str]]:
        """How many deliveries, and which are old against the reference date."""
        layer = opened.layers.get("bronnen")
        rows = list(layer.getFeatures()) if isinstance(layer, QgsVectorLayer) else []
        old = []
        for row in rows:
            date = row["datum"]
            if run is None or not hasattr(date, "daysTo") or not hasattr(run["peildatum"], "daysTo"):
                continue
            if date.daysTo(run["peildatum"]) > OLD:
                old.append(f"{row['naam']}: {date.toString('dd-MM-yyyy')}")
        return len(rows), old
