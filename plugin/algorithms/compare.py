"""What changed between two plans."""

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
)

from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress


class CompareAlgorithm(ArsenaalAlgorithm):
    """Compare two plans, indicator by indicator and row by row."""

    ID = "compare"
    TITLE = mark("Compare two plans")
    TAGS = ("before", "after", "verandering", "voor", "na", "indicatoren")

    def own_parameters(self) -> None:
        """Both plans; the comparison."""
        self.addParameter(QgsProcessingParameterString("BEFORE", tr("Earlier plan (its moment)")))
        later = tr("Later plan (empty: the newest)")
        self.addParameter(QgsProcessingParameterString("AFTER", later, optional=True))
        self.addOutput(QgsProcessingOutputFile("GPKG", tr("Comparison")))
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal compare``."""
        before, after = (
            self.parameterAsString(parameters, name, context).strip() for name in ("BEFORE", "AFTER")
        )
        said = child.command_line(["compare", str(wijk), before, *([after] if after else [])], progress)
        return {"GPKG": said.splitlines()[0], "REPORT": said}
