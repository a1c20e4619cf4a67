"""Algorithms that let data out of the wijk, or take results from the street back in."""

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress

TIERS = {
    "P1": mark("P1: the data warehouse of the city"),
    "P2": mark("P2: the steering group"),
    "P3": mark("P3: open data"),
}


class ExportAlgorithm(ArsenaalAlgorithm):
    """Write a GeoPackage for an audience, through disclosure control."""

    ID = "export"
    TITLE = mark("Export for the data warehouse or as open data")
    GROUP = "products"
    TAGS = ("warehouse", "open data", "privacy", "uitvoer", "geopackage")

    def own_parameters(self) -> None:
        """For whom, of which plan, and where to."""
        self.addParameter(
            QgsProcessingParameterEnum(
                "TIER", tr("Audience"), [tr(words) for words in TIERS.values()], defaultValue=0
            )
        )
        self.addParameter(QgsProcessingParameterString("PLAN", tr("Plan (empty: the newest)"), optional=True))
        since = QgsProcessingParameterString("SINCE", tr("Only changes since this plan"), optional=True)
        since.setHelp(tr("The moment of an earlier plan; only what is new, changed or gone is written."))
        self.addParameter(since)
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("GeoPackage"), tr("GeoPackage (*.gpkg)"))
        )
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal export``."""
        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        tier = list(TIERS)[self.parameterAsEnum(parameters, "TIER", context)]
        arguments = ["export", str(wijk), "--tier", tier, "--out", output]
        for name, option in (("PLAN", "--plan"), ("SINCE", "--changes-since")):
            if moment := self.parameterAsString(parameters, name, context):
                arguments += [option, moment]
        return {"OUTPUT": output, "REPORT": child.command_line(arguments, progress)}


class RecordVisitsAlgorithm(ArsenaalAlgorithm):
    """Add results from the street to the visit log."""

    ID = "record_visits"
    TITLE = mark("Record house visits from a file")
    GROUP = "products"
    TAGS = ("field work", "csv", "huisbezoek", "terugkoppeling")

    def own_parameters(self) -> None:
        """The file with results."""
        self.addParameter(
            QgsProcessingParameterFile(
                "RESULTS",
                tr("Results (CSV, XLSX or GeoPackage)"),
                fileFilter=tr("Results (*.csv *.xlsx *.gpkg)"),
            )
        )
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal visits record``."""
        results = self.parameterAsFile(parameters, "RESULTS", context)
        return {"REPORT": child.command_line(["visits", "record", str(wijk), results], progress)}
