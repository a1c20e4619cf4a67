"""A page for a printer without colour: greys, and patterns where greys alone do not keep classes apart."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from qgis.core import (
    QgsFillSymbol,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPointPatternFillSymbolLayer,
    QgsPrintLayout,
    QgsRasterLayer,
    QgsSimpleFillSymbolLayer,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..arsenaal_gis.catalogue import data_folder, load
from .ink import recolour, recolour_symbol
from .legend import classes_present

_INK = "#1a1a1a"
_EDGE = {"outline_color": "#4d4d4d", "outline_width": "0.1"}
_LIGHTEST, _DARKEST = 215, 45  # buildings and streets on a raster are white
_CODE = re.compile(r"= '(\w+)'")


def grey_of(color: QColor) -> QColor:
    """Grey of equal luminance (Rec. 709 weights), same opacity."""
    level = round(0.2126 * color.red() + 0.7152 * color.green() + 0.0722 * color.blue())
    return QColor(level, level, level, color.alpha())


def without_colour(layer: QgsMapLayer) -> None:
    """Turn a layer's colours into greys of equal luminance, those of a raster into greys that are far apart."""
    if isinstance(layer, QgsRasterLayer):
        _spread(layer)
    else:
        recolour(layer, grey_of)


def _spread(layer: QgsRasterLayer) -> None:
    """Spread greys over the classes that occur: of equal luminance, the few of a hot day would all be dark."""
    renderer = layer.renderer().clone()
    classes = renderer.shader().rasterShaderFunction()
    present = classes_present(layer)
    items = classes.colorRampItemList()
    for number, item in enumerate(items, 1):
        share = sum(number > one for one in present) / max(len(present) - 1, 1)
        level = round(_LIGHTEST + (_DARKEST - _LIGHTEST) * min(share, 1.0))
        item.color = QColor(level, level, level, item.color.alpha())
    classes.setColorRampItemList(items)
    layer.setRenderer(renderer)


def pattern(layer: QgsVectorLayer, id: str) -> None:
    """Give the classes of a layer the patterns that ``styles/palette.toml`` has for them under ``[grey]``.

    Args:
        layer: With its rules.
        id: Name in the catalogue.
    """
    looks = _patterns().get(load().layer(id).style.get("ramp", ""), {})
    for rule in layer.renderer().rootRule().children() if looks else ():
        code = _CODE.search(rule.filterExpression())
        if code is not None and code[1] in looks and isinstance(rule.symbol()[0], QgsSimpleFillSymbolLayer):
            rule.setSymbol(_symbol(looks[code[1]]))


def without_colour_around(layout: QgsPrintLayout) -> None:
    """Turn what stands around the map grey: stamp, mark of practice data, pointer of the locator."""
    for item in layout.items():
        if isinstance(item, QgsLayoutItemLabel):
            item.setFontColor(grey_of(item.fontColor()))
            item.setFrameStrokeColor(grey_of(item.frameStrokeColor()))
        elif isinstance(item, QgsLayoutItemMap):
            for number in range(item.overviews().size()):
                recolour_symbol(item.overviews().overview(number).frameSymbol(), grey_of)


@cache
def _patterns() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    return tomllib.loads((data_folder("styles") / "palette.toml").read_text(encoding="utf-8"))["grey"]


def _symbol(look: Mapping[str, Any]) -> QgsFillSymbol:
    """An area in one tone, or white under lines at some angles or under rows of marks."""
    made = QgsFillSymbol.createSimple({"color": look.get("tone", "#ffffff")} | _EDGE)
    for angle in look.get("lines", ()):
        made.appendSymbolLayer(_lines(angle, look["every"], look["width"]))
    if "marks" in look:
        made.appendSymbolLayer(_marks(look["marks"], look["every"], look["size"], look.get("open", False)))
    return made


def _lines(angle: float, every: float, width: float) -> QgsSymbolLayer:
    made = QgsLinePatternFillSymbolLayer()
    made.setLineAngle(angle)
    made.setDistance(every)
    made.setSubSymbol(QgsLineSymbol.createSimple({"line_color": _INK, "line_width": str(width)}))
    return made


def _marks(shape: str, every: float, size: float, hollow: bool) -> QgsSymbolLayer:
    made = QgsPointPatternFillSymbolLayer()
    made.setDistanceX(every)
    made.setDistanceY(every)
    made.setDisplacementX(every / 2)
    ink = {"color": "#ffffff" if hollow else _INK, "outline_color": _INK, "outline_width": "0.2"}
    made.setSubSymbol(QgsMarkerSymbol.createSimple({"name": shape, "size": str(size)} | ink))
    return made
