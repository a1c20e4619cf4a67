"""Weights as sliders: while one is dragged, the list follows."""

from collections.abc import Mapping

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QSlider, QWidget

from ..texts import tr
from .ranking import Ranking
from .why import criterion_title

STEPS = 100


class WeightSliders(QWidget):
    """One slider per criterion; tells the weights as shares that add up to 1."""

    changed = pyqtSignal(dict)
    reset = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 2, 6, 2)
        self._sliders: dict[str, QSlider] = {}
        self._shares: dict[str, QLabel] = {}
        self._start: dict[str, float] = {}

    def show_ranking(self, ranking: Ranking | None) -> None:
        """Make the sliders of a ranking, at the plan's weights."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self._sliders, self._shares = {}, {}
        if ranking is None or not ranking.weights:
            hint = QLabel(tr("This list has no weights of its own."))
            hint.setEnabled(False)
            self._grid.addWidget(hint, 0, 0)
            return
        self._start = {name: ranking.weights[name] for name in ranking.criteria}
        largest = max(self._start.values()) or 1.0
        for line, (name, weight) in enumerate(self._start.items()):
            label = QLabel(criterion_title(ranking, name))
            label.setWordWrap(True)
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setValue(round(STEPS * weight / largest))
            slider.setAccessibleName(label.text())
            slider.valueChanged.connect(self._tell)
            self._sliders[name], self._shares[name] = slider, QLabel()
            self._grid.addWidget(label, line, 0)
            self._grid.addWidget(slider, line, 1)
            self._grid.addWidget(self._shares[name], line, 2)
        back = QPushButton(tr("Weights of the plan"))
        back.clicked.connect(lambda: self._back(ranking))
        self._grid.addWidget(back, len(self._start), 0, 1, 3)
        self._label()

    def weights(self) -> dict[str, float]:
        """Shares by criterion; all zero where every slider is."""
        total = sum(slider.value() for slider in self._sliders.values()) or 1
        return {name: slider.value() / total for name, slider in self._sliders.items()}

    def set_weights(self, weights: Mapping[str, float]) -> None:
        """Put the sliders, largest weight at the full end."""
        largest = max(weights.values(), default=0.0) or 1.0
        for name, slider in self._sliders.items():
            slider.setValue(round(STEPS * weights.get(name, 0.0) / largest))

    def _tell(self) -> None:
        self._label()
        self.changed.emit(self.weights())

    def _label(self) -> None:
        for name, share in self.weights().items():
            self._shares[name].setText(f"{share:.0%}")

    def _back(self, ranking: Ranking) -> None:
        self.show_ranking(ranking)
        self.reset.emit()
