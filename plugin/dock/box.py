"""A titled box of the dock: it folds away, scrolls when it is small, and has its own page of help."""

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QScrollArea, QToolButton, QVBoxLayout, QWidget

from ..helping import HelpButton
from ..texts import tr


class PanelBox(QgsCollapsibleGroupBox):
    """Holds one panel."""

    def __init__(self, name: str, page: str, inside: QWidget, below: QWidget | None = None) -> None:
        """Make the box.

        Args:
            name: Its title.
            page: Name of its page of help.
            inside: The panel; scrolls.
            below: Stays in sight under it.
        """
        super().__init__(name)
        self.setSaveCollapsedState(False)
        self.findChild(QToolButton).setAccessibleName(tr("Fold {}").format(name))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        if below is not None:
            layout.addWidget(below)
        self._help = HelpButton(page)
        self._help.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the question mark at the end of the title's line."""
        super().resizeEvent(event)
        high = self.fontMetrics().height()
        self._help.setGeometry(self.width() - 2 * high, 0, 2 * high, round(1.2 * high))
