"""Long work in the main thread, done in bits between which the window draws itself."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEventLoop


def breathe() -> None:
    """Let the window draw itself; what the user does meanwhile comes after, so that nothing opens inside an opening."""
    QgsApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
