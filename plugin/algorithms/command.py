"""Algorithms that are one command of ``arsenaal``, run in a process of its own."""

from typing import Any

from qgis.core import QgsProcessingOutputString

from ..texts import tr
from . import child
from .base import ArsenaalAlgorithm, Run


class CommandAlgorithm(ArsenaalAlgorithm):
    """Runs its command; what that prints is the report."""

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """The parameters, and the report as text."""
        super().initAlgorithm(configuration)
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(self, run: Run) -> dict[str, Any]:
        """Run the command."""
        report = child.command_line(self.command(run), run.progress)
        return {**self.outputs(run), "REPORT": report}

    def command(self, run: Run) -> list[str]:
        """The command and its arguments."""
        raise NotImplementedError

    def outputs(self, run: Run) -> dict[str, Any]:
        """Outputs besides the report."""
        return {}
