"""The provider ``arsenaal`` in the Processing toolbox."""

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..texts import FOLDER
from .analyses import HeatAlgorithm, HotspotsAlgorithm, UnsealingAlgorithm, VisitsAlgorithm
from .compare import CompareAlgorithm
from .data import CheckAlgorithm, DemoAlgorithm, ImportAlgorithm
from .exchange import ExportAlgorithm, RecordVisitsAlgorithm
from .field import FieldPackageAlgorithm
from .maps import MapsAlgorithm
from .plan import PlanAlgorithm
from .select_places import SelectPlacesAlgorithm
from .shade import ShadeHoursAlgorithm
from .what_if import WhatIfAlgorithm

ALGORITHMS = (
    DemoAlgorithm,
    CheckAlgorithm,
    ImportAlgorithm,
    PlanAlgorithm,
    HeatAlgorithm,
    HotspotsAlgorithm,
    UnsealingAlgorithm,
    SelectPlacesAlgorithm,
    VisitsAlgorithm,
    WhatIfAlgorithm,
    ShadeHoursAlgorithm,
    CompareAlgorithm,
    MapsAlgorithm,
    ExportAlgorithm,
    FieldPackageAlgorithm,
    RecordVisitsAlgorithm,
)


class ArsenaalProvider(QgsProcessingProvider):
    """Every step of the work as an algorithm."""

    def id(self) -> str:
        """The stable id."""
        return "arsenaal"

    def name(self) -> str:
        """The name in the toolbox."""
        return "Arsenaal"

    def icon(self) -> QIcon:
        """The plugin's icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Path of the icon."""
        return str(FOLDER / "icons" / "arsenaal.svg")

    def loadAlgorithms(self) -> None:
        """Add a fresh instance of each."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
