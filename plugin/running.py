"""The line at the bottom of the dock while something long runs: stage, share, time left, and a cross."""

import time
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsProcessingAlgRunnerTask, QgsProcessingContext, QgsProcessingFeedback
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from .arsenaal_gis.errors import ArsenaalError
from .messages import tell, tell_error
from .texts import tr

# A guess at the time left is worth something from this share and this many seconds on.
LEAST_SHARE, LEAST_SECONDS = 0.05, 3.0


class StageFeedback(QgsProcessingFeedback):
    """Feedback that tells its stage, which QGIS' own keeps to itself."""

    staged = pyqtSignal(str)

    def setProgressText(self, text: str) -> None:
        """Called by the algorithm, in its thread."""
        super().setProgressText(text)
        self.staged.emit(text)


class RunLine(QWidget):
    """Runs algorithms one after another in the background; shown only while one does."""

    def __init__(self) -> None:
        super().__init__()
        self.stage, self.left = QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2)
        self.cancel = QToolButton()
        self.cancel.setText("\u2715")
        self.cancel.setAutoRaise(True)
        self.cancel.setToolTip(tr("Cancel; nothing is lost"))
        self.cancel.setAccessibleName(tr("Cancel"))
        self.cancel.clicked.connect(self.stop)
        line = QHBoxLayout()
        line.addWidget(self.stage, 1)
        line.addWidget(self.left)
        line.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 4)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.bar)
        self._kept: tuple | None = None
        self._name = ""
        self._began = 0.0
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._kept is not None

    def run(
        self, steps: list[tuple[str, dict[str, Any]]], done: Callable[[dict], None] = lambda results: None
    ) -> bool:
        """Run algorithms one after another; ``done`` gets the results of the last.

        Args:
            steps: Name within ``arsenaal:`` and parameters.
            done: Called in the main thread when all succeeded.

        Returns:
            Whether it started: one thing runs at a time.
        """
        if self.busy:
            tell(tr("{} is still running; wait for it, or cancel it first.").format(self._name))
            return False
        self._start(steps, done)
        return True

    def stop(self) -> None:
        """Cancel what runs."""
        if self._kept is not None:
            self.stage.setText(tr("Cancelling\u2026"))
            self._kept[0].cancel()

    def abandon(self) -> None:
        """Cancel without a word: the dock goes, what the thread still uses stays until it has ended."""
        if self._kept is not None:
            kept, self._kept = self._kept, None
            task, _, feedback = kept
            task.executed.disconnect()
            feedback.staged.disconnect()
            feedback.progressChanged.disconnect()
            for ended in (task.taskCompleted, task.taskTerminated):
                ended.connect(lambda kept=kept: None)
            task.cancel()

    def _start(self, steps: list[tuple[str, dict[str, Any]]], done: Callable[[dict], None]) -> None:
        (name, parameters), rest = steps[0], steps[1:]
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"arsenaal:{name}")
        context, feedback = QgsProcessingContext(), StageFeedback()
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
        self._kept, self._name, self._began = (
            (task, context, feedback),
            algorithm.displayName(),
            time.monotonic(),
        )
        self.setToolTip(f"arsenaal:{name}")
        feedback.staged.connect(self._staged, Qt.ConnectionType.QueuedConnection)
        feedback.progressChanged.connect(self._shared, Qt.ConnectionType.QueuedConnection)

        def after(successful: bool, results: dict) -> None:
            self._kept = None
            self.hide()
            if feedback.isCanceled():
                tell(tr("{} was cancelled; nothing was changed.").format(self._name))
            elif not successful:
                tell_error(ArsenaalError(tr("{} failed.").format(self._name), feedback.textLog()))
            elif rest:
                self._start(rest, done)
            else:
                done(results)

        task.executed.connect(after)
        self._staged("")
        self._shared(0.0)
        self.show()
        QgsApplication.taskManager().addTask(task)

    def _staged(self, text: str) -> None:
        self.stage.setText(f"{self._name}: {text}" if text else self._name)
        self._began = time.monotonic()

    def _shared(self, percent: float) -> None:
        self.bar.setRange(0, 100 if percent > 0 else 0)
        self.bar.setValue(round(percent))
        self.left.setText(time_left(percent / 100.0, time.monotonic() - self._began))


def time_left(share: float, seconds: float) -> str:
    """The share of a stage that is done, and how much longer it takes at this pace."""
    if share <= 0:
        return ""
    shown = f"{share:.0%}"
    if share < LEAST_SHARE or seconds < LEAST_SECONDS or share >= 1:
        return shown
    left = seconds * (1 - share) / share
    minutes = (
        tr("{} min left").format(round(left / 60)) if left >= 90 else tr("{} s left").format(round(left))
    )
    return f"{shown} \u00b7 {minutes}"
