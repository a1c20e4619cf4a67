"""Making a plan, whole or one analysis of it."""

import datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterString,
)

from ..arsenaal_gis.plan.stages import STAGES
from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm, Run

# Told after a run, in the main thread, so that a wijk on screen shows its new plan.
listeners: list = []

PEILDATUM_HELP = mark(
    "The only \u201cnow\u201d a plan knows. If empty: that of wijk.toml, else the newest in the sources."
)


class PlanAlgorithm(ArsenaalAlgorithm):
    """Run every stage and write one new plan; earlier plans stay as they are.

    Attributes:
        STAGES: Names of the stages to run; empty runs all.
    """

    ID = "plan"
    TITLE = mark("Make a plan")
    TAGS = ("run", "priorities", "doorrekenen")
    STAGES: tuple[str, ...] = ()

    def own_parameters(self) -> None:
        """The reference date; the plan's file and warnings."""
        self.add(
            QgsProcessingParameterString("PEILDATUM", tr("Reference date (yyyy-mm-dd)"), optional=True),
            tr(PEILDATUM_HELP),
        )
        self.addOutput(QgsProcessingOutputFile("PLAN", tr("Plan")))
        self.addOutput(QgsProcessingOutputString("WARNINGS", tr("Warnings")))

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse what is not a date before anything runs."""
        given = self.parameterAsString(parameters, "PEILDATUM", context)
        try:
            datetime.date.fromisoformat(given or "2000-01-01")
        except ValueError:
            return False, tr("{} is not a date; write it as 2025-06-30.").format(given)
        return super().checkParameterValues(parameters, context)

    def work(self, run: Run) -> dict[str, Any]:
        """Make the plan in a process of its own; it only writes new files."""
        request = {
            "wijk": str(run.wijk),
            "peildatum": run.text("PEILDATUM") or None,
            "only": [stage.name for stage in STAGES if not self.STAGES or stage.name in self.STAGES],
            "settings": self.overrides(run.parameters, run.context),
        }
        made = child.plan(request, run.progress)
        self._wijk, self._made = run.wijk, Path(made["plan"])
        return {"PLAN": made["plan"], "WARNINGS": made["warnings"]}

    def postProcessAlgorithm(
        self, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Tell whoever shows this wijk."""
        for listener in listeners:
            listener(self._wijk, self._made)
        return {}
