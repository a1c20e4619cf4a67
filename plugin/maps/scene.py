"""The layers of a page, styled, in drawing order."""

from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsCentroidFillSymbolLayer,
    QgsFillSymbol,
    QgsHueSaturationFilter,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRenderContext,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ..arsenaal_gis.catalogue import data_folder, load
from ..arsenaal_gis.report import Theme
from ..arsenaal_gis.report.themes import base_layers, suppressed_layers
from ..arsenaal_gis.wijk import Plan
from .words import font


class Scene:
    """Layers that pages share, loaded once each.

    Args:
        project: Holds the layers.
        gpkg: Released layers.
        plan: For rasters.
        language: ``nl`` or ``en``.
        grey: For a printer without colour.
        close: For pages so near that places need no dot.
    """

    def __init__(
        self, project: QgsProject, gpkg: Path, plan: Plan, language: str, grey: bool, close: bool = False
    ) -> None:
        self._project, self._gpkg, self._plan = project, gpkg, plan
        self._language, self._grey, self._close = language, grey, close
        self._layers: dict[str, QgsMapLayer | None] = {}

    def layer(self, id: str) -> QgsMapLayer | None:
        """A styled layer, or None where it has no rows to show."""
        if id not in self._layers:
            self._layers[id] = self._load(id)
        return self._layers[id]

    def of(self, theme: Theme) -> dict[str, QgsMapLayer]:
        """The layers of a theme by id, from bottom to top."""
        ids = (
            [theme.raster, *base_layers(), *theme.layers] if theme.raster else [*base_layers(), *theme.layers]
        )
        if theme.raster:
            # Areas of the base would cover the raster that the page is about.
            ids = [id for id in ids if id not in ("water_spoor", "groen", "wegdek", "percelen")]
        top = [id for id in ("wijkgrens",) if id in ids]
        ordered = [id for id in dict.fromkeys(ids) if id not in top] + top
        found = {id: self.layer(id) for id in ordered}
        return {id: layer for id, layer in found.items() if layer is not None}

    def over_base(self, ids: Sequence[str]) -> dict[str, QgsMapLayer]:
        """Layers on the base, by id, from bottom to top."""
        ordered = dict.fromkeys([*base_layers(), *ids])
        return {id: layer for id in ordered if (layer := self.layer(id)) is not None}

    def _load(self, id: str) -> QgsMapLayer | None:
        about = load().layer(id)
        name = about.title[self._language]
        if about.geometry == "raster":
            path = self._plan.raster(id)
            layer = QgsRasterLayer(path.as_posix(), name, "gdal") if path else None
        else:
            layer = QgsVectorLayer(f"{self._gpkg.as_posix()}|layername={id}", name, "ogr")
        if (
            layer is None
            or not layer.isValid()
            or (isinstance(layer, QgsVectorLayer) and layer.featureCount() == 0)
        ):
            return None
        style = data_folder("styles") / f"{id}.qml"
        if id == "ronde_stops":  # its style tells the purpose of the visit
            stop = {"size": "3", "color": "#1f707d", "outline_color": "#ffffff"}
            layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(stop)))
        elif style.exists():
            layer.loadNamedStyle(str(style))
        layer.setName(name)
        if isinstance(layer, QgsVectorLayer):
            layer.setScaleBasedVisibility(False)
            if id == "onthard_bouwblok":  # on its page a block is an outline
                outline = {"style": "no", "outline_color": "#222222", "outline_width": "0.6"}
                layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(outline)))
            if id == "onthard_keuze":
                if not self._close:
                    _point_out(layer)
                number_places(layer)
            if id == "ronde_stops":
                number_places(layer)
            if id.startswith("kaart_"):
                _thicken_suppressed(layer)
            if id in suppressed_layers():
                _call_suppressed(layer, self._language)
        if self._grey:
            without_colour(layer)
        self._project.addMapLayer(layer, False)
        return layer


def _point_out(layer: QgsVectorLayer) -> None:
    """Places of a few square metres get a dot."""
    for rule in layer.renderer().rootRule().children():
        if rule.symbol() is not None:
            dot = QgsCentroidFillSymbolLayer()
            dot.setSubSymbol(
                QgsMarkerSymbol.createSimple(
                    {"size": "2.6", "color": rule.symbol().color().name(), "outline_color": "#ffffff"}
                )
            )
            rule.symbol().appendSymbolLayer(dot)


def number_places(layer: QgsVectorLayer) -> None:
    """Print the number of every place or stop."""
    number = QgsPalLayerSettings()
    number.fieldName = "volgnummer"
    number.placement = QgsPalLayerSettings.Placement.AroundPoint
    number.dist = 1.4
    number.centroidWhole = True
    look = QgsTextFormat()
    look.setFont(font(8, True))
    look.setSize(8)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    look.setBuffer(halo)
    number.setFormat(look)
    number.displayAll = True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(number))
    layer.setLabelsEnabled(True)


def _thicken_suppressed(layer: QgsVectorLayer) -> None:
    """A suppressed street side must be seen among the lines of the base."""
    for rule in layer.renderer().rootRule().children():
        if "onderdrukt" in rule.filterExpression() and rule.symbol() is not None:
            rule.symbol().setWidth(0.9)


def _call_suppressed(layer: QgsVectorLayer, language: str) -> None:
    """What the release emptied is dotted and called suppressed, not unknown."""
    for rule in layer.renderer().rootRule().children():
        if rule.label() == "onbekend" and rule.symbol() is not None:
            rule.setLabel({"nl": "onderdrukt (1 tot 4)", "en": "suppressed (1 to 4)"}[language])
            pattern = QgsPointPatternFillSymbolLayer()
            pattern.setDistanceX(1.6)
            pattern.setDistanceY(1.6)
            pattern.setSubSymbol(
                QgsMarkerSymbol.createSimple({"size": "0.5", "color": "#6e6e6e", "outline_style": "no"})
            )
            rule.symbol().changeSymbolLayer(0, pattern)


def without_colour(layer: QgsMapLayer) -> None:
    """Turn a layer's colours into the greys of equal luminance."""
    if isinstance(layer, QgsRasterLayer):
        layer.hueSaturationFilter().setGrayscaleMode(QgsHueSaturationFilter.GrayscaleMode.GrayscaleLuminosity)
        return
    for symbol in layer.renderer().symbols(QgsRenderContext()):
        _grey_symbol(symbol)


def _grey_symbol(symbol: QgsSymbol) -> None:
    for part in symbol.symbolLayers():
        for read, write in (
            ("color", "setColor"),
            ("fillColor", "setFillColor"),
            ("strokeColor", "setStrokeColor"),
        ):
            color = getattr(part, read)()
            if color.isValid():
                getattr(part, write)(grey_of(color))
        if part.subSymbol() is not None:
            _grey_symbol(part.subSymbol())


def grey_of(color: QColor) -> QColor:
    """Grey of equal luminance (Rec. 709 weights), same opacity."""
    level = round(0.2126 * color.red() + 0.7152 * color.green() + 0.0722 * color.blue())
    return QColor(level, level, level, color.alpha())
