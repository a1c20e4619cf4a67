"""Weights as sliders: while one is dragged the list follows; kept under a name, they come back."""

from collections.abc import Mapping
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from ..arsenaal_gis.errors import WorkspaceError
from ..messages import tell_error
from ..texts import number, tr
from . import scenarios
from .ranking import Ranking
from .why import criterion_title

STEPS = 100


class WeightPanel(QWidget):
    """One slider per criterion; tells the weights as shares that add up to 1, None for those of the plan."""

    changed = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._ranking: Ranking | None = None
        self._folder: Path | None = None
        self.sliders: dict[str, QSlider] = {}
        self._shares: dict[str, QLabel] = {}
        self._kept: dict[str, dict[str, float]] = {}
        self.names = QComboBox()
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.names.setAccessibleName(tr("Scenario of weights"))
        self.names.setToolTip(tr("Choose a scenario, or type a name and keep these weights under it."))
        self.keep, self.forget = QPushButton(tr("Keep")), QPushButton(tr("Delete"))
        self.keep.setToolTip(tr("Kept in scenarios/ of the wijk folder, under the name on the left"))
        self.names.activated.connect(lambda _: self._chosen())
        self.names.editTextChanged.connect(lambda _: self._enable())
        self.keep.clicked.connect(self._keep)
        self.forget.clicked.connect(self._forget)
        line = QHBoxLayout()
        line.addWidget(self.names, 1)
        line.addWidget(self.keep)
        line.addWidget(self.forget)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.addLayout(line)
        layout.addLayout(self._grid)
        layout.addStretch(1)

    def show_ranking(self, ranking: Ranking | None, folder: Path | None) -> None:
        """Make the sliders of a ranking, at the plan's weights.

        Args:
            ranking: The list on screen, or None.
            folder: The wijk folder that keeps the scenarios.
        """
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.sliders, self._shares = {}, {}
        self._ranking, self._folder = ranking, folder
        if ranking is None or not ranking.weights:
            return
        for line, name in enumerate(ranking.criteria):
            label = QLabel(criterion_title(ranking, name))
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setMinimumWidth(60)
            slider.setAccessibleName(label.text())
            slider.valueChanged.connect(self._moved)
            self.sliders[name], self._shares[name] = slider, QLabel()
            self._shares[name].setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, line, 0)
            self._grid.addWidget(slider, line, 1)
            self._grid.addWidget(self._shares[name], line, 2)
        self.put(ranking.weights)
        self._list("")

    def weights(self) -> dict[str, float]:
        """Shares by criterion; all zero where every slider is."""
        total = sum(slider.value() for slider in self.sliders.values()) or 1
        return {name: slider.value() / total for name, slider in self.sliders.items()}

    def load(self, name: str) -> None:
        """Put the weights of a scenario; an empty name puts those of the plan."""
        if name:
            self.put(self._kept[name])
            self.changed.emit(self.weights())
        else:
            self.put(self._ranking.weights)
            self.changed.emit(None)
        self._list(name)

    def put(self, weights: Mapping[str, float]) -> None:
        """Set the sliders, the largest weight at the full end."""
        largest = max(weights.values(), default=0.0) or 1.0
        for name, slider in self.sliders.items():
            slider.blockSignals(True)
            slider.setValue(round(STEPS * weights.get(name, 0.0) / largest))
            slider.blockSignals(False)
        self._label()

    def _moved(self) -> None:
        self._label()
        self.changed.emit(self.weights())

    def _label(self) -> None:
        for name, share in self.weights().items():
            self._shares[name].setText(number(100 * share, 0, "%"))

    def _list(self, name: str) -> None:
        """List what is kept, with this one shown."""
        self._kept = scenarios.read_all(self._folder, self._ranking.about.id)
        self.names.clear()
        self.names.addItem(tr("weights of the plan"), "")
        for kept in self._kept:
            self.names.addItem(kept, kept)
        self.names.setCurrentIndex(max(self.names.findData(name), 0))
        self.names.lineEdit().setCursorPosition(0)
        self._enable()

    def _enable(self) -> None:
        name = self.names.currentText().strip()
        self.keep.setEnabled(bool(name) and name != tr("weights of the plan"))
        self.forget.setEnabled(name in self._kept)

    def _chosen(self) -> None:
        self.load(self.names.currentData() or "")

    def _keep(self) -> None:
        name = self.names.currentText().strip()
        try:
            scenarios.keep(self._folder, self._ranking.about.id, name, self.weights())
        except WorkspaceError as error:
            tell_error(error)
            return
        self._list(name)

    def _forget(self) -> None:
        try:
            scenarios.forget(self._folder, self._ranking.about.id, self.names.currentText().strip())
        except WorkspaceError as error:
            tell_error(error)
            return
        self.load("")
