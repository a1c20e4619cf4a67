"""Algorithms on the data of a wijk: practice wijk, check, import."""

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingOutputFile, QgsProcessingParameterFolderDestination

from ..texts import mark, tr
from .command import CommandAlgorithm


class CheckAlgorithm(CommandAlgorithm):
    """Read every source, write nothing, report."""

    ID = "check"
    TITLE = mark("Check the sources")
    GROUP = "data"
    TAGS = ("validate", "report", "bronnen", "nakijken")

    def command(self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """``arsenaal check``."""
        return ["check", str(wijk)]


class ImportAlgorithm(CommandAlgorithm):
    """Bring ``wijk.gpkg`` up to date with the sources, all or nothing."""

    ID = "import"
    TITLE = mark("Import the sources")
    GROUP = "data"
    TAGS = ("load", "grb", "inlezen")

    def own_parameters(self) -> None:
        """The GeoPackage."""
        self.addOutput(QgsProcessingOutputFile("GPKG", "wijk.gpkg"))

    def command(self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """``arsenaal import``."""
        return ["import", str(wijk)]

    def outputs(
        self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        """Where the new content lies: beside, where another program held the wijk."""
        beside = wijk.with_name("wijk.nieuw.gpkg")
        return {"GPKG": str(beside if beside.exists() else wijk.with_name("wijk.gpkg"))}


class DemoAlgorithm(CommandAlgorithm):
    """Write the fictitious practice wijk as delivered files."""

    ID = "practice"
    TITLE = mark("Make the practice wijk")
    GROUP = "data"
    TAGS = ("demo", "oefenwijk", "example")
    OF_A_WIJK = False

    def own_parameters(self) -> None:
        """Only a folder: there is no wijk yet."""
        self.add(
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder of the practice wijk")),
            tr("A new or empty folder; the delivered files and a wijk.toml come in it."),
        )
        self.addOutput(QgsProcessingOutputFile("WIJK", "wijk.toml"))

    def command(self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        """``arsenaal demo``."""
        return ["demo", self.parameterAsString(parameters, "FOLDER", context)]

    def outputs(
        self, wijk: Path, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, Any]:
        """Its ``wijk.toml``."""
        return {"WIJK": str(Path(self.parameterAsString(parameters, "FOLDER", context)) / "wijk.toml")}
