"""The panel "Waarom hier?": contributions as bars, raw values with units, reasons, verdict."""

import numpy as np
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ..arsenaal_gis.catalogue import Field
from ..texts import number, title, tr
from .bars import Bar
from .ranking import REASONS, Ranking, first, provenance, words

# The column with the raw value of a criterion, where its name does not say so.
RAW = {"hitte": "pet_c", "water": "piek_60mm_l", "billijkheid": "groentekort", "straatbeeld": "meldingen_50m"}
# What is told below the bars, where the layer has it.
MORE = (
    "robuustheid",
    "oordeel",
    "redenen",
    "vrije_doorgang_m",
    "ter_plaatse",
    "kost_eur",
    "d_pet_c",
    "onzekerheid_c",
)


class WhyPanel(QWidget):
    """Why one row stands where it stands."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 2, 6, 2)
        self._layout.addStretch(1)
        self._content: QWidget | None = None
        self.clear()

    def clear(self) -> None:
        """Say what to do: nothing is chosen."""
        hint = QLabel(tr("Choose a row, or click the map."))
        hint.setEnabled(False)
        self._put(hint)

    def show_row(self, ranking: Ranking, row: int) -> None:
        """Show one row of a ranking."""
        about, values = ranking.about, ranking.row(row)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        parts = ranking.parts()[row] if ranking.criteria else np.array([])
        largest = np.nanmax(np.abs(parts), initial=0.0) or 1.0
        for line, (name, part) in enumerate(zip(ranking.criteria, parts, strict=True)):
            label = QLabel(criterion_title(ranking, name))
            label.setWordWrap(True)
            grid.addWidget(label, line, 0)
            bar = Bar(part / largest)
            bar.setAccessibleName(f"{label.text()}: {number(part, 2)}")
            grid.addWidget(bar, line, 1)
            raw = raw_field(ranking, name)
            value = QLabel(words(values[raw.name], raw))
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setToolTip(provenance(about, raw))
            grid.addWidget(value, line, 2)
        line = len(parts)
        reasons = first(about, REASONS)
        shown = [reasons] if reasons else []
        shown += [name for name in MORE if name in about.fields]
        for name in shown:
            field = about.fields[name]
            text = QLabel(f"<b>{title(field.title)}</b>: {words(values[name], field)}")
            text.setWordWrap(True)
            text.setToolTip(provenance(about, field))
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, line, 0, 1, 3)
            line += 1
        self._put(content)

    def _put(self, content: QWidget) -> None:
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._layout.insertWidget(0, content)


def criterion_title(ranking: Ranking, name: str) -> str:
    """What staff call a criterion: the title of its contribution without the word for contribution."""
    text = title(ranking.about.fields[ranking.part + name].title)
    for start in ("Bijdrage van ", "Bijdrage ", "Contribution of ", "Contribution ", "Punten: ", "Points: "):
        text = text.removeprefix(start)
    for end in (" aan de PET", " to PET"):
        text = text.removesuffix(end)
    return text


def raw_field(ranking: Ranking, name: str) -> Field:
    """The field behind a criterion; its contribution where the layer keeps no such value."""
    fields = ranking.about.fields
    named = [RAW.get(name, name), *(other for other in fields if other.startswith(f"{name}_"))]
    return fields[next((other for other in named if other in fields), ranking.part + name)]
