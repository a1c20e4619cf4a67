"""The panel of "Wat als?": what to draw, how large, and what it would do."""

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..helping import HelpButton
from ..texts import locale, mark, number, tr
from .changes import MEASURES, TREE

HOW = {
    "point": mark("Click where the tree stands."),
    "line": mark("Click along the line; a right click or Enter ends it."),
    "polygon": mark("Click the corners; a right click or Enter ends it."),
}
# Lines of text the panel is high at first: choices, and the effect in figures without scrolling.
HIGH = 30


class WhatIfPanel(QgsDockWidget):
    """Choice of measure and sizes, undo, redo, keep, and the effect in figures."""

    def __init__(self) -> None:
        super().__init__(tr("What if?"))
        self.setObjectName("ArsenaalWhatIf")
        self.measure = QComboBox()
        for id, (words, _) in MEASURES.items():
            self.measure.addItem(tr(words), id)
        self.height = _metres(3.0, 30.0, 8.0)
        self.crown = _metres(1.0, 20.0, 5.0)
        self.width_m = _metres(0.3, 5.0, 1.0)
        self.how, self.result, self.state = QLabel(), QLabel(), QLabel()
        for label in (self.how, self.result, self.state):
            label.setWordWrap(True)
        self.result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.undo, self.redo = QPushButton(tr("Undo")), QPushButton(tr("Redo"))
        self.undo.setShortcut(QKeySequence("Ctrl+Alt+Z"))
        self.redo.setShortcut(QKeySequence("Ctrl+Alt+Y"))
        self.keep, self.clear = QPushButton(tr("Keep as scenario")), QPushButton(tr("Clear"))
        self._form = QFormLayout()
        draw = QHBoxLayout()
        draw.addWidget(self.measure, 1)
        draw.addWidget(HelpButton("panel_what_if"))
        self._form.addRow(tr("Draw"), draw)
        self._form.addRow(tr("Height"), self.height)
        self._form.addRow(tr("Crown"), self.crown)
        self._form.addRow(tr("Width"), self.width_m)
        buttons = QGridLayout()
        for place, button in enumerate((self.undo, self.redo, self.keep, self.clear)):
            buttons.addWidget(button, place // 2, place % 2)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addLayout(self._form)
        column.addWidget(self.how)
        column.addLayout(buttons)
        column.addWidget(self.busy)
        column.addWidget(self.state)
        column.addWidget(self.result)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        scroll.setMinimumWidth(page.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        self.setWidget(scroll)
        self.measure.currentIndexChanged.connect(lambda _: self._fit())
        self._fit()

    @property
    def shape(self) -> str:
        """How the chosen measure is drawn."""
        return MEASURES[self.measure.currentData()][1]

    def _fit(self) -> None:
        tree = self.measure.currentData() == TREE
        for box, wanted in ((self.height, tree), (self.crown, tree), (self.width_m, self.shape == "line")):
            box.setVisible(wanted)
            self._form.labelForField(box).setVisible(wanted)
        self.how.setText(tr(HOW[self.shape]))

    def show_busy(self, text: str) -> None:
        """Say what is being computed; an empty text says that nothing is."""
        self.busy.setVisible(bool(text))
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def show_result(self, summary: dict[str, float], notes: list[str]) -> None:
        """The effect of all changes together."""
        coldest, warmest = summary["grootste_koeling_c"], summary["grootste_opwarming_c"]
        before, after = summary["blootgesteld_voor"], summary["blootgesteld_na"]
        lines = [
            tr("PET: {} where it cools most, {} where it warms most").format(
                _signed(coldest), _signed(warmest)
            ),
            tr("At least 1 °C cooler: {}").format(number(summary["koeler_m2"], 0, "m²")),
            tr("At least 1 °C warmer: {}").format(number(summary["warmer_m2"], 0, "m²")),
            tr("Sum over the area: {}").format(number(summary["graad_m2"], 0, "°C·m²")),
            tr("   of which shade, sky and ground: {}").format(
                number(summary["graad_m2_schaduw"], 0, "°C·m²")
            ),
            tr("   of which wind, as a mean of the surroundings: {}").format(
                number(summary["graad_m2_wind"], 0, "°C·m²")
            ),
            tr("Heat island at night (UHI): {}").format(_signed(summary["uhi_c"], 3)),
            tr("Rain that stays in a shower of 60 mm: {}").format(number(summary["piek_60mm_l"], 0, "L")),
            tr("Homes concerned: {}").format(number(summary["woningen"], 0)),
            tr("Residents there: {}; in strong heat {} before, {} after").format(
                number(summary["bewoners"], 0), number(before, 0), number(after, 0)
            ),
            tr("On the map blue gets cooler, red warmer."),
            tr("PET of a hot afternoon outdoors, ± 3.3 °C; not a temperature indoors."),
            *notes,
        ]
        self.result.setText("\n".join(lines))


def _metres(least: float, most: float, value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setLocale(locale())
    box.setRange(least, most)
    box.setDecimals(1)
    box.setSingleStep(0.5)
    box.setSuffix(" m")
    box.setValue(value)
    return box


def _signed(value: float, decimals: int = 1) -> str:
    rounded = round(value, decimals) + 0.0  # no minus before a zero
    return ("+" if rounded > 0 else "") + number(rounded, decimals, "°C")
