"""What lies along a line across a street, read from the layers on screen."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import shapely
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..arsenaal_gis.facts.crossing import Crossing, measure_crossing
from ..loading import LAYER_ID

HEIGHTS = ("dtm", "dsm", "dsm_gebouwen", "cdsm", "groenkaart")
# How far from a click a street may lie, and how far to look for its facades, metres.
NEAR_M, REACH_M = 40.0, 40.0
# How much of the houses is shown behind the facades, metres.
BEHIND_M = 8.0
CARRIAGEWAY = ("rijbaan", "kruispunt", "weg_gemengd", "parkeren", "fietspad")


@dataclass(frozen=True)
class Street:
    """A line across a street with what it crosses.

    Attributes:
        start, end: x and y, Lambert 72.
        centre: Where it crosses the axis, metres from the start.
        name: Of the street, or "".
        crossing: Widths.
        surface: (from, to, function) of road surface, metres from the start.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    centre: float
    name: str
    crossing: Crossing
    surface: list[tuple[float, float, str]]

    @property
    def length(self) -> float:
        """Metres."""
        return math.dist(self.start, self.end)


def layer(id: str) -> QgsVectorLayer | QgsRasterLayer | None:
    """The layer of the wijk on screen with this id, if it is still there."""
    layers = QgsProject.instance().mapLayers().values()
    return next((x for x in layers if x.customProperty(LAYER_ID) == id and x.isValid()), None)


def height_rasters() -> dict[str, Path]:
    """Files of the height rasters on screen, by id."""
    found = {id: layer(id) for id in HEIGHTS}
    return {id: Path(x.source()) for id, x in found.items() if x is not None}


def street_at(drawn: QgsGeometry) -> Street | None:
    """Cut the street at a click, square to its axis; or along the line that was drawn.

    Args:
        drawn: A point or a line, Lambert 72.

    Returns:
        The cut; None where a click has no street near it.
    """
    axis, name = _nearest_axis(drawn)
    if drawn.type() == QgsWkbTypes.GeometryType.LineGeometry:
        start, end = drawn.asPolyline()[0], drawn.asPolyline()[-1]
        crossed = axis.intersection(drawn) if axis is not None else QgsGeometry()
        middle = crossed if not crossed.isEmpty() else drawn.centroid()
        centre = start.distance(middle.centroid().asPoint())
        return _measured(start, end, centre, name)
    if axis is None:
        return None
    point = axis.nearestPoint(drawn).asPoint()
    angle = axis.interpolateAngle(axis.lineLocatePoint(QgsGeometry.fromPointXY(point))) + math.pi / 2
    along = (math.sin(angle), math.cos(angle))

    def at(distance: float) -> QgsPointXY:
        return QgsPointXY(point.x() + along[0] * distance, point.y() + along[1] * distance)

    wide = _measured(at(-REACH_M), at(REACH_M), REACH_M, name)
    left, right = (f - REACH_M for f in wide.crossing.facades)
    left = -REACH_M / 2 if math.isnan(left) else left - BEHIND_M
    right = REACH_M / 2 if math.isnan(right) else right + BEHIND_M
    return _measured(at(left), at(right), -left, name)


def _nearest_axis(drawn: QgsGeometry) -> tuple[QgsGeometry | None, str]:
    near = [(f.geometry().distance(drawn), f.id(), f) for f in _features("straten", drawn, NEAR_M)]
    near = [found for found in near if found[0] <= NEAR_M]
    if not near:
        return None, ""
    street = min(near)[2]
    axis = street.geometry()
    axis.convertToSingleType()
    return axis, str(street["straat"] or "")


def _measured(start: QgsPointXY, end: QgsPointXY, centre: float, name: str) -> Street:
    line = QgsGeometry.fromPolylineXY([start, end])
    ends = (start.x(), start.y()), (end.x(), end.y())
    surface = [(f, str(f["functie"] or "")) for f in _features("wegdek", line, 1.0)]
    crossing = measure_crossing(
        shapely.LineString(ends),
        centre,
        parcels=_shapes(_features("percelen", line, 1.0)),
        buildings=_shapes(_features("gebouwen", line, 1.0)),
        surface={
            "rijbaan": _shapes(f for f, what in surface if what in CARRIAGEWAY),
            "voetpad": _shapes(f for f, what in surface if what == "voetpad"),
        },
        kerbs=_shapes(f for f in _features("weglijnen", line, 1.0) if f["soort"] == "boordsteen"),
    )
    stretches = []
    for feature, what in surface:
        for part in feature.geometry().intersection(line).asGeometryCollection():
            if part.length() > 0:
                at = sorted(start.distance(QgsPointXY(vertex)) for vertex in part.vertices())
                stretches.append((at[0], at[-1], what))
    return Street(*ends, centre, name, crossing, sorted(stretches))


def _features(id: str, near: QgsGeometry, margin: float) -> Iterator[QgsFeature]:
    found = layer(id)
    if found is None:
        return iter(())
    return found.getFeatures(QgsFeatureRequest(near.boundingBox().buffered(margin)))


def _shapes(features: Iterator[QgsFeature]) -> list[shapely.Geometry]:
    return [shapely.from_wkb(bytes(f.geometry().asWkb())) for f in features]
