"""Buildings as blocks of their height, for QGIS' 3D view: what lies on the map is draped under them."""

from qgis.core import QgsVectorLayer

from ..arsenaal_gis.settings import Settings
from ..compat import extruded

# A wall of plain light grey: the colours belong to the heat on the ground.
WALL = "#e6e2da"


def height(settings: Settings) -> str:
    """Expression for a building's height: measured, from its floors, or the guess of the heat maps."""
    floor, guess = settings["hitte"]["verdieping_m"], settings["hitte"]["gebouwhoogte_m"]
    return f'coalesce("hoogte_m", nullif("bouwlagen", 0) * {floor}, {guess})'


def extrude(buildings: QgsVectorLayer, settings: Settings) -> None:
    """Give a layer of buildings its 3D look."""
    buildings.setRenderer3D(extruded(height(settings), WALL))
