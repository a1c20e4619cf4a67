"""The library's progress protocol on top of QGIS' feedback."""

from qgis.core import QgsProcessingFeedback

from ..arsenaal_gis.errors import Cancelled


class FeedbackProgress:
    """Shows stages, share and messages in the Processing log; stops when the user cancels."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._total: float | None = None
        self._done = 0.0

    def stage(self, name: str, total: float | None = None) -> None:
        """Begin a named step."""
        self.check()
        self._total, self._done = total, 0.0
        self._feedback.setProgressText(name)
        self._feedback.setProgress(0)

    def advance(self, amount: float = 1.0) -> None:
        """Say that more of the step is done."""
        self.check()
        self._done += amount
        if self._total:
            self._feedback.setProgress(min(100.0, 100.0 * self._done / self._total))

    def share(self, share: float) -> None:
        """Set how much of the step is done, 0 to 1."""
        self._feedback.setProgress(min(100.0, 100.0 * share))

    def message(self, text: str) -> None:
        """Write into the log."""
        self._feedback.pushInfo(text)

    def check(self) -> None:
        """Raise when the user cancelled."""
        if self._feedback.isCanceled():
            raise Cancelled
