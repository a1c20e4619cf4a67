"""Human decisions on a ranked place, kept in ``besluiten`` through QGIS' own provider."""

from qgis.core import QgsApplication, QgsVectorLayer, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QDateTime, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..arsenaal_gis.errors import WorkspaceError
from ..texts import tr
from .ranking import Ranking


def decide(decisions: QgsVectorLayer, ranking: Ranking, row: int, verdict: str, reason: str) -> str:
    """Add a decision and return its key.

    Args:
        decisions: The layer ``besluiten``.
        ranking: The ranked layer the place stands in.
        row: Its row.
        verdict: Code of ``besluit``: ``veto``, ``gekozen`` or ``ingetrokken``.
        reason: In the user's words.

    Raises:
        WorkspaceError: The file refused it; nothing was written.
    """
    row_key = "|".join(str(ranking.values[name][row]) for name in ranking.about.key)
    editing = decisions.isEditable()
    if not editing and not decisions.startEditing():
        raise WorkspaceError(
            tr("The decisions cannot be edited."), decisions.source(), tr("Is the file read-only?")
        )
    feature = QgsVectorLayerUtils.createFeature(decisions)
    values = {
        "laag": ranking.about.id,
        "sleutel": row_key,
        "besluit": verdict,
        "reden": reason,
        "door": QgsApplication.userLoginName(),
        "moment": QDateTime.currentDateTimeUtc(),
    }
    for name, value in values.items():
        feature[name] = value
    decisions.beginEditCommand(verdict)
    decisions.addFeature(feature)
    decisions.endEditCommand()
    if not editing and not decisions.commitChanges():
        problems = "\n".join(decisions.commitErrors())
        decisions.rollBack()
        raise WorkspaceError(tr("The decision could not be saved; nothing was written."), problems)
    return str(feature["besluit_id"])


class DecisionBar(QWidget):
    """A reason and two buttons: choose, veto."""

    decided = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("reason"))
        self.choose, self.veto = QPushButton(tr("Choose")), QPushButton(tr("Veto"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(self.reason, 1)
        line.addWidget(self.choose)
        line.addWidget(self.veto)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 4)
        layout.addLayout(line)
        layout.addWidget(self.told)
        self.choose.clicked.connect(lambda: self._ask("gekozen"))
        self.veto.clicked.connect(lambda: self._ask("veto"))
        self.setEnabled(False)

    def _ask(self, verdict: str) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.told.setText(tr("Give a reason: it is kept with the decision."))
            self.reason.setFocus()
            return
        self.decided.emit(verdict, reason)
        self.reason.clear()
