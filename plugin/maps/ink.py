"""What a sheet or a page does to the look of a layer: paler colours, larger signs."""

from collections.abc import Callable

from qgis.core import (
    QgsFillSymbolLayer,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbolLayer,
    QgsMapLayer,
    QgsMarkerSymbolLayer,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsRenderContext,
    QgsSimpleLineSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

_PALE = 0.6  # share of white in a colour that stands back
MM_ON_PAPER = QgsUnitTypes.RenderUnit.RenderMillimeters


def pale_of(color: QColor) -> QColor:
    """The colour mixed with white."""
    parts = [round(part + (255 - part) * _PALE) for part in (color.red(), color.green(), color.blue())]
    return QColor(*parts, color.alpha())


def recolour(layer: QgsVectorLayer, change: Callable[[QColor], QColor]) -> None:
    """Change every colour of a layer's symbols."""
    for symbol in layer.renderer().symbols(QgsRenderContext()):
        recolour_symbol(symbol, change)


def recolour_symbol(symbol: QgsSymbol, change: Callable[[QColor], QColor]) -> None:
    """Change every colour of a symbol."""
    _each_part(symbol, lambda part: _recolour(part, change))


def enlarge(layer: QgsMapLayer, times: float) -> None:
    """Draw a layer's lines, signs and names so many times larger: a larger sheet is read from farther away."""
    if times == 1 or not isinstance(layer, QgsVectorLayer):
        return
    for symbol in layer.renderer().symbols(QgsRenderContext()):
        _each_part(symbol, lambda part: _enlarge(part, times))
    labeling = layer.labeling()
    if isinstance(labeling, QgsVectorLayerSimpleLabeling):
        settings = QgsPalLayerSettings(labeling.settings())
        look = settings.format()
        look.setSize(look.size() * times)
        halo = look.buffer()
        halo.setSize(halo.size() * times)
        look.setBuffer(halo)
        settings.setFormat(look)
        settings.dist *= times
        settings.repeatDistance *= times
        layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))


def _each_part(symbol: QgsSymbol, do: Callable[[QgsSymbolLayer], None]) -> None:
    for part in symbol.symbolLayers():
        do(part)
        if part.subSymbol() is not None:
            _each_part(part.subSymbol(), do)


def _recolour(part: QgsSymbolLayer, change: Callable[[QColor], QColor]) -> None:
    names = ("color", "Color"), ("fillColor", "FillColor"), ("strokeColor", "StrokeColor")
    # Read first: for some parts two of them are the same colour.
    found = [(write, getattr(part, read)()) for read, write in names]
    for write, color in found:
        if color.isValid():
            getattr(part, f"set{write}")(change(color))


def _enlarge(part: QgsSymbolLayer, times: float) -> None:
    if isinstance(part, QgsMarkerSymbolLayer) and part.sizeUnit() == MM_ON_PAPER:
        part.setSize(part.size() * times)
    if isinstance(part, QgsLineSymbolLayer) and part.widthUnit() == MM_ON_PAPER:
        part.setWidth(part.width() * times)
    if isinstance(part, QgsSimpleLineSymbolLayer) and part.useCustomDashPattern():
        part.setCustomDashVector([dash * times for dash in part.customDashVector()])
    if isinstance(part, QgsLinePatternFillSymbolLayer):
        part.setDistance(part.distance() * times)
    if isinstance(part, QgsPointPatternFillSymbolLayer):
        part.setDistanceX(part.distanceX() * times)
        part.setDistanceY(part.distanceY() * times)
    if isinstance(part, (QgsMarkerSymbolLayer, QgsFillSymbolLayer)) and hasattr(part, "setStrokeWidth"):
        part.setStrokeWidth(part.strokeWidth() * times)
