"""Telling the user what happened, where, and what to do next; details on demand."""

import traceback

from qgis.core import Qgis, QgsApplication, QgsMessageLog
from qgis.PyQt.QtWidgets import QMessageBox, QPushButton
from qgis.utils import iface

from .arsenaal_gis.errors import ArsenaalError
from .texts import tr

TAG = "Arsenaal"


def log(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
    """Write into the plugin's own tab of the log."""
    QgsMessageLog.logMessage(text, TAG, level)


def tell(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info, details: str = "") -> None:
    """Show a line in the message bar, with a button where there is more to read."""
    log(f"{text}\n{details}".strip(), level)
    bar = iface.messageBar()
    item = bar.createMessage(TAG, text)
    if details:
        button = QPushButton(tr("Details"), item)
        button.clicked.connect(lambda: _show(text, details))
        item.layout().addWidget(button)
    seconds = 0 if level == Qgis.MessageLevel.Critical else 8
    bar.pushWidget(item, level, seconds)


def tell_error(error: Exception) -> None:
    """Show an error: what and what now in the bar, where and the rest behind the button."""
    if isinstance(error, ArsenaalError):
        tell(f"{error.what} {error.todo}".strip(), Qgis.MessageLevel.Critical, error.where)
        return
    details = "".join(traceback.format_exception(error))
    text = tr("Something went wrong that the plugin did not foresee. Nothing was changed.")
    tell(text, Qgis.MessageLevel.Critical, details)


def _show(text: str, details: str) -> None:
    box = QMessageBox(
        QMessageBox.Icon.Information, TAG, text, QMessageBox.StandardButton.Ok, iface.mainWindow()
    )
    box.setDetailedText(f"{details}\n\nQGIS {Qgis.QGIS_VERSION}, {QgsApplication.osName()}")
    box.open()
