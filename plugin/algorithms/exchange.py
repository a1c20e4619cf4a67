"""Algorithms that let data out of the wijk, or take results from the street back in."""

from typing import Any

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..texts import mark, tr
from .base import Run
from .command import CommandAlgorithm

TIERS = {
    "P1": mark("P1: the data warehouse of the city"),
    "P2": mark("P2: the steering group"),
    "P3": mark("P3: open data"),
}


class ExportAlgorithm(CommandAlgorithm):
    """Write a GeoPackage for an audience, through disclosure control."""

    ID = "export"
    TITLE = mark("Export for the data warehouse or as open data")
    GROUP = "products"
    TAGS = ("warehouse", "open data", "privacy", "uitvoer", "geopackage")

    def own_parameters(self) -> None:
        """For whom, of which plan, and where to."""
        self.add(
            QgsProcessingParameterEnum(
                "TIER", tr("Audience"), [tr(words) for words in TIERS.values()], defaultValue=0
            ),
            tr("Decides what is left out, counted together or suppressed; the report says what and why."),
        )
        self.add_plan()
        self.add(
            QgsProcessingParameterString("SINCE", tr("Only changes since this plan"), optional=True),
            tr("The moment of an earlier plan; only what is new, changed or gone is written."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("GeoPackage"), tr("GeoPackage (*.gpkg)")),
            tr("A new file; keep it out of the folder of the wijk."),
        )

    def command(self, run: Run) -> list[str]:
        """``arsenaal export``."""
        output = self.parameterAsFileOutput(run.parameters, "OUTPUT", run.context)
        tier = list(TIERS)[run.choice("TIER")]
        arguments = ["export", str(run.wijk), "--tier", tier, "--out", output]
        for name, option in (("PLAN", "--plan"), ("SINCE", "--changes-since")):
            if moment := run.text(name):
                arguments += [option, moment]
        return arguments

    def outputs(self, run: Run) -> dict[str, Any]:
        """The GeoPackage."""
        return {"OUTPUT": self.parameterAsFileOutput(run.parameters, "OUTPUT", run.context)}


class RecordVisitsAlgorithm(CommandAlgorithm):
    """Add results from the street to the visit log."""

    ID = "record_visits"
    TITLE = mark("Record house visits from a file")
    GROUP = "products"
    TAGS = ("field work", "csv", "huisbezoek", "terugkoppeling")

    def own_parameters(self) -> None:
        """The file with results."""
        self.add(
            QgsProcessingParameterFile(
                "RESULTS",
                tr("Results (CSV, XLSX or GeoPackage)"),
                fileFilter=tr("Results (*.csv *.xlsx *.gpkg)"),
            ),
            tr(
                "As the field package or the round sheets bring it back; visits already known are not added twice."
            ),
        )

    def command(self, run: Run) -> list[str]:
        """``arsenaal visits record``."""
        return [
            "visits",
            "record",
            str(run.wijk),
            self.parameterAsFile(run.parameters, "RESULTS", run.context),
        ]
