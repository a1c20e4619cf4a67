"""What the user drew: a list of changes that can be undone, redone and kept."""

from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..arsenaal_gis.errors import WorkspaceError
from ..texts import mark, tr

LAMBERT72 = "EPSG:31370"
# Measures of the heat model with their words, and how each is drawn: a click, a line with a width, an area.
TREE, UNSEAL, FACADE, CLIMBER = "boom", "ontharden", "geveltuin", "klimplant"
MEASURES = {
    TREE: (mark("Tree"), "point"),
    UNSEAL: (mark("Unsealed area"), "polygon"),
    FACADE: (mark("Facade garden"), "line"),
    CLIMBER: (mark("Garland of climbers over the street"), "line"),
}
_FIELDS = "maatregel:string(20)&field=hoogte_m:double&field=kroon_m:double&field=volgorde:integer"
_SEGMENTS = 8


@dataclass(frozen=True)
class Drawn:
    """One change in Lambert 72.

    Attributes:
        measure: Key of :data:`MEASURES`.
        geometry: Stem of a tree as a point; else the area.
        height_m: Height of a tree.
        crown_m: Crown diameter of a tree.
    """

    measure: str
    geometry: QgsGeometry
    height_m: float
    crown_m: float

    @property
    def area(self) -> QgsGeometry:
        """What it covers, seen from above."""
        return self.geometry.buffer(self.crown_m / 2, _SEGMENTS) if self.measure == TREE else self.geometry

    def request(self) -> dict:
        """As the process of the heat model wants it."""
        return {
            "measure": self.measure,
            "wkt": self.geometry.asWkt(),
            "height_m": self.height_m,
            "crown_m": self.crown_m,
        }


@dataclass
class Changes:
    """Changes in order, and those undone."""

    done: list[Drawn] = field(default_factory=list)
    undone: list[Drawn] = field(default_factory=list)

    def add(self, drawn: Drawn) -> None:
        """Add one; what was undone is forgotten."""
        self.done.append(drawn)
        self.undone.clear()

    def undo(self) -> None:
        """Take the last one back."""
        self.undone.append(self.done.pop())

    def redo(self) -> None:
        """Put the last one taken back in place."""
        self.done.append(self.undone.pop())

    def save(self, path: Path) -> None:
        """Keep the changes as a scenario in a GeoPackage of its own.

        Raises:
            WorkspaceError: It cannot be written.
        """
        layer = QgsVectorLayer(f"MultiPolygon?crs={LAMBERT72}&field={_FIELDS}", path.stem, "memory")
        for number, drawn in enumerate(self.done, 1):
            feature = QgsFeature(layer.fields())
            tree = drawn.measure == TREE
            size = [drawn.height_m, drawn.crown_m] if tree else [None, None]
            feature.setAttributes([drawn.measure, *size, number])
            area = QgsGeometry(drawn.area)
            area.convertToMultiType()
            feature.setGeometry(area)
            layer.dataProvider().addFeature(feature)
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName, options.layerName = "GPKG", "scenario"
        try:
            path.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise WorkspaceError(tr("The scenario could not be kept."), str(error)) from error
        written = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(path), QgsCoordinateTransformContext(), options
        )
        if written[0] != QgsVectorFileWriter.WriterError.NoError:
            raise WorkspaceError(
                tr("The scenario could not be kept."), written[1], tr("Is the folder read-only?")
            )
