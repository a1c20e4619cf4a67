"""The package that a team takes along in QField."""

import datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..arsenaal_gis.errors import ConfigError
from ..arsenaal_gis.plan import latest_plan
from ..arsenaal_gis.wijk import Wijk
from ..field import make_package
from ..texts import mark, tr
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress


class FieldPackageAlgorithm(ArsenaalAlgorithm):
    """A project and a GeoPackage with one team's stops of one day."""

    ID = "field_package"
    TITLE = mark("Package for QField")
    GROUP = "products"
    TAGS = ("qfield", "field work", "veldwerk", "huisbezoeken", "tablet")

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Projects belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def own_parameters(self) -> None:
        """Whose day, of which plan, and where to."""
        self.addParameter(QgsProcessingParameterString("TEAM", tr("Team")))
        self.addParameter(QgsProcessingParameterString("DAY", tr("Day (2025-06-30)")))
        self.addParameter(QgsProcessingParameterString("PLAN", tr("Plan (empty: the newest)"), optional=True))
        self.addParameter(QgsProcessingParameterFolderDestination("FOLDER", tr("Folder for the package")))
        self.addOutput(QgsProcessingOutputFile("PROJECT", tr("Project")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Make the package and say where it lies."""
        day = self.parameterAsString(parameters, "DAY", context).strip()
        try:
            date = datetime.date.fromisoformat(day)
        except ValueError:
            raise ConfigError(tr("{} is not a date; write it as 2025-06-30.").format(day)) from None
        opened = Wijk.open(wijk)
        plan = latest_plan(opened, self.parameterAsString(parameters, "PLAN", context).strip())
        team = self.parameterAsString(parameters, "TEAM", context).strip()
        folder = Path(self.parameterAsString(parameters, "FOLDER", context))
        files = make_package(opened, plan, team, date, folder)
        for path in files:
            progress.message(str(path))
        return {"FOLDER": str(folder), "PROJECT": str(files[0])}
