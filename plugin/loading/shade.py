"""Shade hour by hour on screen: a layer for each hour, with its hour as temporal range."""

from datetime import datetime
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDateTimeRange,
    QgsLayerTreeGroup,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QDateTime, Qt, QTimeZone
from qgis.PyQt.QtGui import QColor

from ..texts import tr

HOUR = "arsenaal/hour"
SHADE, SUN = QColor(29, 42, 77, 150), QColor(0, 0, 0, 0)
ZONE = QTimeZone(b"Europe/Brussels")
LAMBERT72 = "EPSG:31370"


def clock(moment: datetime) -> QDateTime:
    """A UTC moment as the clock in Belgium shows it; QGIS' temporal controller knows no time zones."""
    utc = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()), Qt.TimeSpec.UTC)
    local = utc.toTimeZone(ZONE)
    return QDateTime(local.date(), local.time(), Qt.TimeSpec.UTC)


def show(project: QgsProject, group: QgsLayerTreeGroup, hours: list[tuple[str, str]]) -> QgsDateTimeRange:
    """Hang the hours under the wijk's group, in place of earlier ones.

    Args:
        project: The project.
        group: The wijk's group in the layer tree.
        hours: ISO moment (UTC) at which each hour begins, and its raster.

    Returns:
        From the first hour to the end of the last.
    """
    hide(project)
    branch = group.insertGroup(0, tr("Shade hour by hour"))
    branch.setCustomProperty(HOUR, True)
    ranges = []
    for moment, path in hours:
        begin = clock(datetime.fromisoformat(moment))
        span = QgsDateTimeRange(begin, begin.addSecs(3600), True, False)
        name = f"{begin.toString('HH:mm')}\u2013{span.end().toString('HH:mm')}"
        layer = QgsRasterLayer(Path(path).as_posix(), name, "gdal")
        layer.setCrs(QgsCoordinateReferenceSystem(LAMBERT72))
        layer.setCustomProperty(HOUR, True)
        layer.setRenderer(_renderer(layer))
        temporal = layer.temporalProperties()  # a fixed range is what a new layer has
        temporal.setFixedTemporalRange(span)
        temporal.setIsActive(True)
        project.addMapLayer(layer, False)
        branch.addLayer(layer).setExpanded(False)
        ranges.append(span)
    branch.setExpanded(False)
    whole = QgsDateTimeRange(ranges[0].begin(), ranges[-1].end(), True, False)
    settings = project.timeSettings()
    settings.setTemporalRange(whole)
    settings.setTimeStep(1)
    settings.setTimeStepUnit(QgsUnitTypes.TemporalUnit.TemporalHours)
    return whole


def hide(project: QgsProject) -> None:
    """Take the hours away."""
    project.removeMapLayers([id for id, layer in project.mapLayers().items() if layer.customProperty(HOUR)])
    for group in project.layerTreeRoot().findGroups(True):
        if group.customProperty(HOUR):
            group.parent().removeChildNode(group)


def _renderer(layer: QgsRasterLayer) -> QgsPalettedRasterRenderer:
    classes = [
        QgsPalettedRasterRenderer.Class(0, SUN, tr("sun")),
        QgsPalettedRasterRenderer.Class(1, SHADE, tr("shade")),
    ]
    return QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes)
