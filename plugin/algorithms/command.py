"""Algorithms that are one command of ``arsenaal``, run in a process of its own."""

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputString

from ..texts import tr
from . import child
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress


class CommandAlgorithm(ArsenaalAlgorithm):
    """Runs its command; what that prints is the report."""

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The parameters, and the report as text."""
        super().initAlgorithm(configuration)
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run the command."""
        report = child.command_line(self.command(wijk, parameters, context), progress)
        return {**self.outputs(wijk, parameters, context), "REPORT": report}

    def command(self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """The command and its arguments."""
        raise NotImplementedError

    def outputs(
        self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        """Outputs besides the report."""
        return {}
