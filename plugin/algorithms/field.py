"""The package that a team takes along in QField."""

import datetime
from typing import Any

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..arsenaal_gis.errors import ConfigError
from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm, Run


class FieldPackageAlgorithm(ArsenaalAlgorithm):
    """A project and a GeoPackage with one team's stops of one day."""

    ID = "field_package"
    TITLE = mark("Package for QField")
    GROUP = "products"
    TAGS = ("qfield", "field work", "veldwerk", "huisbezoeken", "tablet")

    def own_parameters(self) -> None:
        """Whose day, of which plan, and where to."""
        self.add(
            QgsProcessingParameterString("TEAM", tr("Team")),
            tr("As it is called in the layer of rounds, for example team A."),
        )
        self.add(
            QgsProcessingParameterString("DAY", tr("Day (2025-06-30)")),
            tr("A day on which that team has a round in the plan."),
        )
        self.add_plan()
        self.add(
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder for the package")),
            tr("A new folder; it goes onto the tablet whole."),
        )
        self.addOutput(QgsProcessingOutputFile("PROJECT", tr("Project")))

    def work(self, run: Run) -> dict[str, Any]:
        """Make the package in a process of its own and say where it lies."""
        day = run.text("DAY")
        try:
            datetime.date.fromisoformat(day)
        except ValueError:
            raise ConfigError(tr("{} is not a date; write it as 2025-06-30.").format(day)) from None
        request = {
            "wijk": str(run.wijk),
            "plan": run.text("PLAN"),
            "team": run.text("TEAM"),
            "day": day,
            "folder": run.text("FOLDER"),
        }
        made = child.pages("field", request, run.progress)
        for path in made["files"]:
            run.progress.message(path)
        return {"FOLDER": request["folder"], "PROJECT": made["files"][0]}
