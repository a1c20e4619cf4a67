"""Algorithms one after another in the background."""

from collections.abc import Callable

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from .arsenaal_gis.errors import ArsenaalError
from .messages import tell_error
from .texts import tr


class Background:
    """Holds what runs, so that Python does not take it away before it is done."""

    def __init__(self) -> None:
        self._running: list[tuple] = []

    def run(self, steps: list[tuple[str, dict[str, str]]], done: Callable[[], None]) -> None:
        """Run algorithms one after another, then ``done``; an error ends the row and is told.

        Args:
            steps: Name within the provider, and parameters.
            done: Called in the main thread when all went well.
        """
        if not steps:
            done()
            return
        (name, parameters), rest = steps[0], steps[1:]
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"arsenaal:{name}")
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
        kept = (task, context, feedback)

        def after(successful: bool, results: dict) -> None:
            self._running.remove(kept)
            if successful:
                self.run(rest, done)
            else:
                tell_error(ArsenaalError(tr("The step {} failed.").format(name), feedback.textLog()))

        task.executed.connect(after)
        self._running.append(kept)
        QgsApplication.taskManager().addTask(task)
