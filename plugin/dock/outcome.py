"""Recording what happened at a door, checked as the library checks a file, saved through QGIS' own provider."""

import datetime

import pandas as pd
from qgis.core import NULL, QgsExpression, QgsFeature, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QTime, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QGridLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from ..arsenaal_gis.catalogue import load
from ..arsenaal_gis.errors import ConfigError
from ..arsenaal_gis.visits.protocol import Rules
from ..arsenaal_gis.visits.record import WRITTEN, check_results
from ..arsenaal_gis.wijk import Wijk
from ..texts import title, tr
from .edits import add_row

SOURCE = "dock Wijk"
APPOINTMENT = "afspraak"


def record_visit(visits: QgsVectorLayer, wijk: Wijk, stop: QgsFeature, given: dict[str, str]) -> QgsFeature:
    """Add a visit to the log.

    Args:
        visits: The layer ``bezoeken``.
        wijk: The wijk, for its protocol.
        stop: The row of ``ronde_stops``.
        given: ``datum``, ``dagdeel``, ``resultaat``, and perhaps ``functie`` and ``afspraak_op``, as text.

    Raises:
        ConfigError: The log already says otherwise, or a value is not possible.
        WorkspaceError: The file refused it; nothing was written.
    """
    home, address = str(stop["woning_id"]), str(stop["adres_id"])
    rows = pd.DataFrame([{"woning_id": home, **given}], index=[1])
    names = [name for name in WRITTEN if name in visits.fields().names()]
    same = QgsExpression.createFieldEqualityExpression("woning_id", home)
    log = [
        {name: _plain(row[name]) for name in names}
        for row in visits.getFeatures(QgsFeatureRequest().setFilterExpression(same))
    ]
    fresh, account = check_results(
        rows,
        pd.DataFrame(log, columns=list(WRITTEN)),
        pd.DataFrame({"woning_id": [home], "adres_id": [address]}),
        datetime.date.today(),
        Rules.from_settings(wijk.settings["bezoeken"]),
        SOURCE,
    )
    if account.refused:
        raise ConfigError(tr("The visit was not added: {}.").format(account.refused[0][1]), home)
    if account.known:
        raise ConfigError(tr("The log already holds this visit."), home)
    values = {
        **fresh[0],
        "datum": QDate.fromString(fresh[0]["datum"], "yyyy-MM-dd"),
        "woning_vervallen": False,
    }
    if values["afspraak_op"]:
        values["afspraak_op"] = QDateTime.fromString(values["afspraak_op"][:19], "yyyy-MM-ddTHH:mm:ss")
    return add_row(visits, {name: value for name, value in values.items() if value is not None}, SOURCE)


def _plain(value: object) -> object:
    if value is None or value == NULL:
        return None
    if isinstance(value, QDateTime):
        return value.toString("yyyy-MM-ddTHH:mm:ss")
    return value.toString("yyyy-MM-dd") if isinstance(value, QDate) else value


class OutcomeForm(QWidget):
    """Outcome, day, daypart and role of one visit; no free text."""

    noted = pyqtSignal(dict)

    def __init__(self) -> None:
        super().__init__()
        fields = load().layer("bezoeken").fields
        self.stop, self.told = QLabel(), QLabel()
        for label in (self.stop, self.told):
            label.setWordWrap(True)
        self.outcome, self.daypart, self.role = (
            _codes(fields[name]) for name in ("resultaat", "dagdeel", "functie")
        )
        self.outcome.insertItem(0, tr("outcome\u2026"), "")
        self.role.insertItem(0, tr("role: unknown"), "")
        self.day, self.appointment = QDateEdit(), QDateTimeEdit()
        self.day.setDisplayFormat("dd-MM-yyyy")
        self.day.setCalendarPopup(True)
        self.appointment.setDisplayFormat("dd-MM-yyyy HH:mm")
        self.appointment.setCalendarPopup(True)
        self.appointment.setAccessibleName(tr("Appointment at"))
        for box, name in ((self.outcome, "resultaat"), (self.daypart, "dagdeel"), (self.role, "functie")):
            box.setAccessibleName(title(fields[name].title))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.day.setAccessibleName(title(fields["datum"].title))
        self.note = QPushButton(tr("Record"))
        self.note.setToolTip(
            tr("Added to the log bezoeken; from a file: {}").format("arsenaal:record_visits")
        )
        self.note.clicked.connect(self._note)
        self.outcome.currentIndexChanged.connect(lambda _: self._fit())
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 2, 6, 4)
        grid.setSpacing(3)
        grid.addWidget(self.stop, 0, 0, 1, 2)
        grid.addWidget(self.outcome, 1, 0)
        grid.addWidget(self.day, 1, 1)
        grid.addWidget(self.daypart, 2, 0)
        grid.addWidget(self.role, 2, 1)
        grid.addWidget(self.appointment, 3, 0)
        grid.addWidget(self.note, 3, 1)
        grid.addWidget(self.told, 4, 0, 1, 2)
        self.show_stop(None, "", QDate(), "", "")

    def show_stop(self, stop: QgsFeature | None, words: str, day: QDate, daypart: str, role: str) -> None:
        """Ask about a stop, with day, daypart and role of its round filled in."""
        self.setEnabled(stop is not None)
        self.stop.setText(words or tr("Choose a stop to record what happened there."))
        self.told.clear()
        self.outcome.setCurrentIndex(0)
        today = QDate.currentDate()
        self.day.setMaximumDate(today)
        self.day.setDate(min(day, today) if day.isValid() else today)
        self.daypart.setCurrentIndex(max(self.daypart.findData(daypart), 0))
        self.role.setCurrentIndex(max(self.role.findData(role), 0))
        self.appointment.setDateTime(QDateTime(self.day.date().addDays(7), QTime(14, 0)))
        self._fit()

    def _fit(self) -> None:
        self.note.setEnabled(bool(self.outcome.currentData()))
        self.appointment.setVisible(self.outcome.currentData() == APPOINTMENT)

    def _note(self) -> None:
        given = {
            "resultaat": self.outcome.currentData(),
            "datum": self.day.date().toString("yyyy-MM-dd"),
            "dagdeel": self.daypart.currentData(),
        }
        if self.role.currentData():
            given["functie"] = self.role.currentData()
        if self.outcome.currentData() == APPOINTMENT:
            given["afspraak_op"] = self.appointment.dateTime().toString("yyyy-MM-ddTHH:mm:ss")
        self.noted.emit(given)


def _codes(field: object) -> QComboBox:
    box = QComboBox()
    for code, text in field.codes.items():
        box.addItem(title(text), code)
    return box
