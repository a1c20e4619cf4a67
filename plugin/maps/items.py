"""Filling the items that all pages share: map, scale, locator, logo."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLayoutItemMapOverview,
    QgsLayoutItemPicture,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPrintLayout,
    QgsRectangle,
    QgsSimpleFillSymbolLayer,
)
from qgis.PyQt.QtGui import QColor

from .sheets import BARS, nominal_scale
from .template import MM, arranged_by_staff
from .words import height_mm, width_mm, wrap

_AIR = 1.04  # so much more than the wijk itself is shown
_POINTER = QColor(178, 24, 43)


def frame_map(layout: QgsPrintLayout, layers: Mapping[str, QgsMapLayer], shown: QgsRectangle) -> int:
    """Set extent, scale and layers of the map; gives the nominal scale, 1:n."""
    frame: QgsLayoutItemMap = layout.itemById("kaart")
    size = frame.sizeWithUnits()
    scale = nominal_scale(shown.width() * _AIR, shown.height() * _AIR, size.width(), size.height())
    half_width, half_height = size.width() * scale / 2000, size.height() * scale / 2000
    x, y = shown.center().x(), shown.center().y()
    frame.setLayers(list(reversed(list(layers.values()))))
    frame.setKeepLayerSet(True)
    frame.setExtent(QgsRectangle(x - half_width, y - half_height, x + half_width, y + half_height))
    return scale


def say(layout: QgsPrintLayout, id: str, text: str) -> None:
    """Set the text of a label, if the template still has it; without text it is not drawn."""
    item = layout.itemById(id)
    if isinstance(item, QgsLayoutItemLabel):
        item.setText(text)
        if not text:
            item.setVisibility(False)


def fit(layout: QgsPrintLayout, id: str, text: str, least: float) -> None:
    """Put text into a label, in smaller letters where it does not fit, down to ``least`` points."""
    item = layout.itemById(id)
    if not isinstance(item, QgsLayoutItemLabel):
        return
    font, size = item.font(), item.sizeWithUnits()

    def wrapped() -> str:
        return wrap(text, font.pointSizeF(), size.width(), font.bold())

    while font.pointSizeF() > least and height_mm(wrapped(), font.pointSizeF()) > size.height() + 0.3:
        font.setPointSizeF(max(least, font.pointSizeF() - 0.5))
    item.setFont(font)
    item.setText(wrapped())


def move(layout: QgsPrintLayout, id: str, x: float, y: float, width: float, height: float) -> None:
    """Place an item, unless staff arranged the page themselves."""
    item = layout.itemById(id)
    if item is not None and not arranged_by_staff(layout):
        item.attemptMove(QgsLayoutPoint(x, y, MM))
        item.attemptResize(QgsLayoutSize(width, height, MM))


def put_practice(layout: QgsPrintLayout, text: str) -> None:
    """Mark practice data on the map, in a box that is as wide as its words."""
    say(layout, "oefendata", text)
    item = layout.itemById("oefendata")
    if item is not None and text and not arranged_by_staff(layout):
        points = item.font().pointSizeF()
        air = points * 0.1
        item.setBackgroundEnabled(True)
        item.setMarginX(air)
        item.attemptResize(
            QgsLayoutSize(width_mm(text, points, True) + 2 * air + 1, height_mm(text, points) + air, MM)
        )


def put_logo(layout: QgsPrintLayout, path: Path | None) -> None:
    """Show the organisation's logo; without one nothing is drawn and the title takes its room."""
    item, title = layout.itemById("logo"), layout.itemById("titel")
    if path is None and item is not None and not arranged_by_staff(layout):
        width = item.positionWithUnits().x() + item.sizeWithUnits().width() - title.positionWithUnits().x()
        title.attemptResize(QgsLayoutSize(width, title.sizeWithUnits().height(), MM))
    if isinstance(item, QgsLayoutItemPicture):
        item.setVisibility(path is not None)
        if path is not None:
            item.setPicturePath(str(path))


def fit_bar(layout: QgsPrintLayout, scale: int, segment_mm: float) -> None:
    """Two segments of a round length, each at most so many millimetres long."""
    bar = layout.itemById("schaalbalk")
    if bar is None:
        return
    room = segment_mm * scale / 1000
    bar.setUnitLabel("m")
    bar.setMapUnitsPerScaleBarUnit(1)
    bar.setUnitsPerSegment(max((length for length in BARS if length <= room), default=BARS[0]))
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.update()


def put_locator(
    layout: QgsPrintLayout, layers: Sequence[QgsMapLayer], whole: QgsRectangle, k: float = 1.0
) -> None:
    """Where this page lies in the wijk; a page of the whole wijk is not pointed at."""
    inset: QgsLayoutItemMap = layout.itemById("locator")
    if inset is None:
        return
    inset.setLayers(list(layers))
    inset.setKeepLayerSet(True)
    around = QgsRectangle(whole)
    around.scale(1.12)
    inset.zoomToExtent(around)
    if layout.itemById("kaart").extent().contains(whole):
        return
    overview = QgsLayoutItemMapOverview("kaart", inset)
    overview.setLinkedMap(layout.itemById("kaart"))
    frame = QgsSimpleFillSymbolLayer(QColor(178, 24, 43, 40))
    frame.setStrokeColor(_POINTER)
    frame.setStrokeWidth(0.5 * k)
    symbol = overview.frameSymbol().clone()
    symbol.changeSymbolLayer(0, frame)
    overview.setFrameSymbol(symbol)
    inset.overviews().addOverview(overview)
