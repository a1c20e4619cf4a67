"""Walks through the steps; offered once, and whenever the user asks."""

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import iface

from ..dock import WijkDock
from ..messages import TAG
from ..options import OFFER_TOUR
from ..texts import tr
from .balloon import Balloon
from .steps import STEPS


class Tour(QObject):
    """Where the tour is; None while it is not under way."""

    def __init__(self, dock: WijkDock) -> None:
        super().__init__(iface.mainWindow())
        self._dock = dock
        self.balloon: Balloon | None = None
        self.at = 0

    def offer(self) -> None:
        """Ask once whether the user wants it; any answer is remembered."""
        if not OFFER_TOUR.get():
            return
        OFFER_TOUR.put(False)
        bar = iface.messageBar()
        item = bar.createMessage(TAG, tr("New here? A short tour shows where everything is."))
        button = QPushButton(tr("Start the tour"), item)
        button.clicked.connect(lambda: (bar.popWidget(item), self.start()))
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Info, 0)

    def start(self) -> None:
        """Begin at the first step."""
        self.close()
        self._dock.setUserVisible(True)
        self.balloon = Balloon(iface.mainWindow())
        self.balloon.forward.connect(lambda: self.go(self.at + 1))
        self.balloon.back.connect(lambda: self.go(self.at - 1))
        self.balloon.closed.connect(self.close)
        self.go(0)

    def go(self, at: int) -> None:
        """Show a step; after the last the tour ends."""
        if at >= len(STEPS):
            self.close()
            return
        self.at = max(at, 0)
        step = STEPS[self.at]
        step.before(self._dock)
        self.balloon.previous.setEnabled(self.at > 0)
        last = self.at == len(STEPS) - 1
        self.balloon.next.setText(tr("Done") if last else tr("Next"))
        count = f"{self.at + 1} / {len(STEPS)}"
        self.balloon.point(step.target(self._dock), tr(step.title), tr(step.text), count)

    def close(self) -> None:
        """End it."""
        if self.balloon is not None:
            self.balloon.remove()
            self.balloon = None

    def unload(self) -> None:
        """Leave nothing behind."""
        self.close()
        self.deleteLater()
