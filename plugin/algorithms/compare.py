"""What changed between two plans."""

from typing import Any

from qgis.core import QgsProcessingOutputFile, QgsProcessingParameterString

from ..texts import mark, tr
from .base import Run
from .command import CommandAlgorithm


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

    def command(self, run: Run) -> list[str]:
        """``arsenaal compare``."""
        plans = [run.text(name) for name in ("BEFORE", "AFTER")]
        return ["compare", str(run.wijk), *(plan for plan in plans if plan)]

    def work(self, run: Run) -> dict[str, Any]:
        """Run the command; the file is the first thing that it says."""
        made = super().work(run)
        return {**made, "GPKG": made["REPORT"].splitlines()[0]}
