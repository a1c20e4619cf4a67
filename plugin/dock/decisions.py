"""Human decisions on a ranked place, kept in ``besluiten`` through QGIS' own provider."""

from qgis.core import QgsApplication, QgsExpression, QgsFeature, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ..arsenaal_gis.catalogue import load
from ..texts import title, tr
from .edits import add_row
from .ranking import Ranking

WITHDRAWN = "ingetrokken"


def key_of(ranking: Ranking, row: int) -> str:
    """The key of a row as decisions name it."""
    return "|".join(str(ranking.values[name][row]) for name in ranking.about.key)


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
    values = {
        "laag": ranking.about.id,
        "sleutel": key_of(ranking, row),
        "besluit": verdict,
        "reden": reason,
        "door": QgsApplication.userLoginName(),
        "moment": QDateTime.currentDateTimeUtc(),
    }
    return str(add_row(decisions, values, verdict)["besluit_id"])


def standing(decisions: QgsVectorLayer, ranking: Ranking, row: int) -> QgsFeature | None:
    """The decision on a row that stands now: the last one, unless it withdraws."""
    wanted = " and ".join(
        QgsExpression.createFieldEqualityExpression(name, value)
        for name, value in (("laag", ranking.about.id), ("sleutel", key_of(ranking, row)))
    )
    rows = sorted(
        decisions.getFeatures(QgsFeatureRequest().setFilterExpression(wanted)), key=lambda row: row["moment"]
    )
    return rows[-1] if rows and rows[-1]["besluit"] != WITHDRAWN else None


class DecisionBar(QWidget):
    """What was decided on the place, a reason, and the buttons: choose, veto, what if, card."""

    decided = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("reason"))
        self.reason.setAccessibleName(tr("Reason of the decision"))
        self.choose, self.veto = QPushButton(tr("Choose")), QPushButton(tr("Veto\u2026"))
        self.withdraw = QPushButton(tr("Withdraw"))
        self.what_if, self.card = QPushButton(tr("What if?")), QPushButton(tr("Card"))
        self.choose.setToolTip(tr("This place must be in the set; kept in besluiten, followed by {}").format(
            "arsenaal:plan, arsenaal:select_places"))  # fmt: skip
        self.veto.setToolTip(tr("This place may not be in the set; kept in besluiten, followed by {}").format(
            "arsenaal:plan, arsenaal:select_places"))  # fmt: skip
        self.withdraw.setToolTip(tr("Take the decision back; both stay in besluiten"))
        self.what_if.setToolTip("arsenaal:what_if")
        self.card.setToolTip(tr("The page of a place that the plan chose: {}").format("arsenaal:maps"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        first, line = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.told, 1)
        first.addWidget(self.withdraw)
        for button in (self.choose, self.veto, self.what_if, self.card):
            line.addWidget(button)
            button.setMinimumWidth(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 6, 4)
        layout.setSpacing(3)
        layout.addLayout(first)
        layout.addWidget(self.reason)
        layout.addLayout(line)
        self.choose.clicked.connect(lambda: self._ask("gekozen"))
        self.veto.clicked.connect(lambda: self._ask("veto"))
        self.withdraw.clicked.connect(lambda: self._ask(WITHDRAWN))
        self.show_decision(None, False)
        self.card.setEnabled(False)

    def show_decision(self, decision: QgsFeature | None, possible: bool) -> None:
        """Say what stands, if anything does.

        Args:
            decision: The row of ``besluiten``.
            possible: Whether a decision can be kept: a row is chosen and the wijk has the table.
        """
        self.withdraw.setVisible(decision is not None)
        self.told.setVisible(decision is not None)
        for widget in (self.reason, self.choose, self.veto, self.what_if):
            widget.setEnabled(possible)
        if decision is not None:
            code = load().layer("besluiten").fields["besluit"].codes[decision["besluit"]]
            when = decision["moment"].toString("dd-MM-yyyy") if decision["moment"] else tr("date unknown")
            self.told.setText(f"<b>{title(code)}</b>: {decision['reden']} ({decision['door']}, {when})")

    def _ask(self, verdict: str) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.told.setText(tr("Give a reason: it is kept with the decision."))
            self.told.show()
            self.reason.setFocus()
            return
        self.decided.emit(verdict, reason)
        self.reason.clear()
