"""Algorithms on the data of a wijk: practice wijk, check, import."""

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputString,
    QgsProcessingParameterFolderDestination,
)

from ..texts import mark, tr
from . import child
from .base import ArsenaalAlgorithm
from .feedback import FeedbackProgress


class CheckAlgorithm(ArsenaalAlgorithm):
    """Read every source, write nothing, report."""

    ID = "check"
    TITLE = mark("Check the sources")
    GROUP = "data"
    TAGS = ("validate", "report", "bronnen", "nakijken")

    def own_parameters(self) -> None:
        """The report as text."""
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal check``."""
        return {"REPORT": child.command_line(["check", str(wijk)], progress)}


class ImportAlgorithm(ArsenaalAlgorithm):
    """Bring ``wijk.gpkg`` up to date with the sources, all or nothing."""

    ID = "import"
    TITLE = mark("Import the sources")
    GROUP = "data"
    TAGS = ("load", "grb", "inlezen")

    def own_parameters(self) -> None:
        """The GeoPackage and the report."""
        self.addOutput(QgsProcessingOutputFile("GPKG", "wijk.gpkg"))
        self.addOutput(QgsProcessingOutputString("REPORT", tr("Report")))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal import``."""
        report = child.command_line(["import", str(wijk)], progress)
        beside = wijk.with_name("wijk.nieuw.gpkg")
        return {"GPKG": str(beside if beside.exists() else wijk.with_name("wijk.gpkg")), "REPORT": report}


class DemoAlgorithm(ArsenaalAlgorithm):
    """Write the fictitious practice wijk as delivered files."""

    ID = "practice"
    TITLE = mark("Make the practice wijk")
    GROUP = "data"
    TAGS = ("demo", "oefenwijk", "example")

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        """Only a folder: there is no wijk yet."""
        self.addParameter(
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder of the practice wijk"))
        )
        self.addOutput(QgsProcessingOutputFile("WIJK", "wijk.toml"))

    def work(
        self,
        wijk: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: FeedbackProgress,
    ) -> dict[str, Any]:
        """Run ``arsenaal demo``."""
        folder = self.parameterAsString(parameters, "FOLDER", context)
        child.command_line(["demo", folder], progress)
        return {"WIJK": str(Path(folder) / "wijk.toml")}
