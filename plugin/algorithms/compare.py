"""What changed between two plans."""

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputFile, QgsProcessingParameterString

from ..texts import mark, tr
from .command import CommandAlgorithm
from .feedback import FeedbackProgress


class CompareAlgorithm(CommandAlgorithm):
    """Compare two plans, indicator by indicator and row by row."""

    ID = "compare"
    TITLE = mark("Compare two plans")
    TAGS = ("before", "after", "verandering", "voor", "na", "indicatoren")

    def own_parameters(self) -> None:
        """Both plans; the comparison."""
        help = tr("Its moment, as its folder in plannen/ is called: 20250630T080000Z.")
        self.add(QgsProcessingParameterString("BEFORE", tr("Earlier plan")), help)
        self.add(
            QgsProcessingParameterString("AFTER", tr("Later plan (empty: the newest)"), optional=True), help
        )
        self.addOutput(QgsProcessingOutputFile("GPKG", tr("Comparison")))

    def command(self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """``arsenaal compare``."""
        plans = [self.parameterAsString(parameters, name, context).strip() for name in ("BEFORE", "AFTER")]
        return ["compare", str(wijk), *(plan for plan in plans if plan)]

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run the command; the file is the first thing that it says."""
        made = super().work(wijk, parameters, context, progress)
        return {**made, "GPKG": made["REPORT"].splitlines()[0]}
