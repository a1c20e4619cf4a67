"""Algorithms on the data of a wijk: practice wijk, check, import."""

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingOutputFile, QgsProcessingParameterFolderDestination

from ..texts import mark, tr
from .base import Run
from .command import CommandAlgorithm


class CheckAlgorithm(CommandAlgorithm):
    """Read every source, write nothing, report."""

    ID = "check"
    TITLE = mark("Check the sources")
    GROUP = "data"
    TAGS = ("validate", "report", "bronnen", "nakijken")

    def command(self, run: Run) -> list[str]:
        """``arsenaal check``."""
        return ["check", str(run.wijk)]


class ImportAlgorithm(CommandAlgorithm):
    """Bring ``wijk.gpkg`` up to date with the sources, all or nothing."""

    ID = "import"
    TITLE = mark("Import the sources")
    GROUP = "data"
    TAGS = ("load", "grb", "inlezen")

    def own_parameters(self) -> None:
        """The GeoPackage."""
        self.addOutput(QgsProcessingOutputFile("GPKG", "wijk.gpkg"))

    def command(self, run: Run) -> list[str]:
        """``arsenaal import``."""
        return ["import", str(run.wijk)]

    def outputs(self, run: Run) -> dict[str, Any]:
        """Where the new content lies: beside, where another program held the wijk."""
        beside = run.wijk.with_name("wijk.nieuw.gpkg")
        return {"GPKG": str(beside if beside.exists() else run.wijk.with_name("wijk.gpkg"))}


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

    def command(self, run: Run) -> list[str]:
        """``arsenaal demo``."""
        return ["demo", run.text("FOLDER")]

    def outputs(self, run: Run) -> dict[str, Any]:
        """Its ``wijk.toml``."""
        return {"WIJK": str(Path(run.text("FOLDER")) / "wijk.toml")}
