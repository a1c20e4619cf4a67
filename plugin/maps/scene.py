"""The layers of a page, styled, in drawing order."""

from collections.abc import Sequence
from pathlib import Path

from qgis.core import (
    QgsCentroidFillSymbolLayer,
    QgsFillSymbol,
    QgsInvertedPolygonRenderer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsPointPatternFillSymbolLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRenderContext,
    QgsSimpleMarkerSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from ..arsenaal_gis.catalogue import data_folder, load
from ..arsenaal_gis.report import Theme
from ..arsenaal_gis.report.cards import THIS_PLACE
from ..arsenaal_gis.report.themes import base_layers, quiet_layers, suppressed_layers
from ..arsenaal_gis.wijk import Plan
from .english import label_in_english
from .grey import pattern, without_colour
from .ink import enlarge, pale_of, recolour
from .words import font

# White over everything outside the wijk: a raster knows no boundary, its page does.
OUTSIDE = "buiten"
_BUILDINGS, _WHITE = "gebouwen", "gebouwen/wit"
_SHAPES = ("circle", "square", "diamond")
_TURNED = {"stijgend": "0", "dalend": "180"}  # which way the triangle of a trend points, degrees
_GLASS = 205  # opacity of hexagons and cells, so that streets are seen through them


class Scene:
    """Layers that pages share, loaded once each.

    Args:
        project: Holds the layers.
        gpkg: Released layers.
        plan: For rasters.
        language: ``nl`` or ``en``.
        grey: For a printer without colour.
        times: How much larger than on A3 everything is drawn.
        close: For pages so near that places need no dot.
    """

    def __init__(
        self, project: QgsProject, gpkg: Path, plan: Plan, language: str, grey: bool, times: float = 1.0, close: bool = False
    ) -> None:  # fmt: skip
        self._project, self._gpkg, self._plan = project, gpkg, plan
        self.grey = grey
        self._language, self._times, self._close = language, times, close
        self._layers: dict[tuple[str, bool], QgsMapLayer | None] = {}

    def layer(self, id: str, quiet: bool = False) -> QgsMapLayer | None:
        """A styled layer, or None where it has no rows to show; a quiet one stands back."""
        quiet = quiet and id in quiet_layers()
        if (id, quiet) not in self._layers:
            self._layers[id, quiet] = self._load(id, quiet)
        return self._layers[id, quiet]

    def of(self, theme: Theme) -> dict[str, QgsMapLayer]:
        """The layers of a theme by id, from bottom to top."""
        ids = [*base_layers(), *theme.layers]
        if theme.raster:
            # Areas of the base would cover the raster that the page is about.
            ids = [theme.raster, *(id for id in ids if id not in quiet_layers()), OUTSIDE]
        return self._stack(ids, quiet=not theme.vivid, white=self.grey and bool(theme.raster))

    def over_base(self, ids: Sequence[str]) -> dict[str, QgsMapLayer]:
        """Layers on the quiet base, by id, from bottom to top."""
        return self._stack([*base_layers(), *ids], quiet=True)

    def locator(self) -> list[QgsMapLayer]:
        """The wijk in outline, without names, from top to bottom."""
        looks = {
            "straten": QgsLineSymbol.createSimple({"line_color": "#9a9a9a", "line_width": "0.2"}),
            "wijkgrens": QgsFillSymbol.createSimple(
                {"color": "#f1efe9", "outline_color": "#222222", "outline_width": "0.4"}
            ),
        }
        shown = []
        for id, look in looks.items():
            layer = self._layers.get((f"locator/{id}", False)) or self._bare(id, look, f"locator/{id}")
            if layer is not None:
                shown.append(layer)
        return shown

    def _stack(self, ids: Sequence[str], quiet: bool, white: bool = False) -> dict[str, QgsMapLayer]:
        """Layers by id from bottom to top; white buildings are told from the greys of a raster."""
        top = [id for id in ("wijkgrens",) if id in ids]
        ordered = [id for id in dict.fromkeys(ids) if id not in top] + top
        found = {}
        for id in ordered:
            if id == OUTSIDE:
                layer = self._outside()
            elif id == THIS_PLACE:
                layer = self._layers.get((id, False)) or self._bare("onthard_keuze", _ring(), id)
            elif id == _BUILDINGS and white:
                layer = self._layers.get((_WHITE, False)) or self._bare(id, _white(), _WHITE)
            else:
                layer = self.layer(id, quiet)
            if layer is not None:
                found[id] = layer
        return found

    def _outside(self) -> QgsVectorLayer | None:
        known = self._layers.get((OUTSIDE, False))
        if known is not None:
            return known
        white = QgsFillSymbol.createSimple({"color": "#ffffff", "outline_style": "no"})
        layer = self._bare("wijkgrens", white, OUTSIDE)
        if layer is not None:
            layer.setRenderer(QgsInvertedPolygonRenderer(layer.renderer().clone()))
        return layer

    def _bare(self, id: str, look: QgsFillSymbol | QgsLineSymbol, name: str) -> QgsVectorLayer | None:
        """A released layer in one look, without names."""
        layer = QgsVectorLayer(f"{self._gpkg.as_posix()}|layername={id}", name, "ogr")
        if not layer.isValid() or layer.featureCount() == 0:
            return None
        layer.setRenderer(QgsSingleSymbolRenderer(look))
        enlarge(layer, self._times)
        self._project.addMapLayer(layer, False)
        self._layers[name, False] = layer
        return layer

    def _load(self, id: str, quiet: bool) -> QgsMapLayer | None:
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
        if style.exists():
            layer.loadNamedStyle(str(style))
        layer.setName(name)
        if isinstance(layer, QgsVectorLayer):
            layer.setScaleBasedVisibility(False)
            self._for_paper(layer, id)
        if self._language == "en":
            label_in_english(layer, id)
        if quiet:
            recolour(layer, pale_of)
        if self.grey:
            without_colour(layer)
            if isinstance(layer, QgsVectorLayer) and not quiet:  # what stands back keeps still
                pattern(layer, id)
        enlarge(layer, self._times)
        self._project.addMapLayer(layer, False)
        return layer

    def _for_paper(self, layer: QgsVectorLayer, id: str) -> None:
        """What a layer needs on paper that it does not on screen."""
        if id == "ronde_stops":  # its style tells the purpose of the visit
            stop = {"size": "3", "color": "#1f707d", "outline_color": "#ffffff"}
            layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(stop)))
            number_places(layer)
        elif id in ("onthard_bouwblok", "onthard_straat"):  # on its page a block or street is an outline
            edge = {"outline_color": "#222222", "outline_width": "0.7"}
            line = {"line_color": "#222222", "line_width": "0.7", "line_style": "dot"}
            polygon = id == "onthard_bouwblok"
            look = (
                QgsFillSymbol.createSimple({"style": "no"} | edge)
                if polygon
                else QgsLineSymbol.createSimple(line)
            )
            layer.setRenderer(QgsSingleSymbolRenderer(look))
        elif id == "voorzieningen":  # on screen they are small, to be clicked
            for symbol in layer.renderer().symbols(QgsRenderContext()):
                symbol.setSize(symbol.size() * 1.9)
        elif id == "onthard_keuze":
            if not self._close:
                _point_out(layer)
            number_places(layer)
        elif id == "hotspots_hex":
            recolour(layer, lambda color: QColor(color.red(), color.green(), color.blue(), _GLASS))
            nothing = layer.renderer().rootRule().children()[0].symbol().symbolLayer(0)
            nothing.setFillColor(QColor(255, 255, 255, 0))  # where nothing was reported the street is seen
        elif id == "hotspots_trend":
            _point_out_trend(layer)
        elif id.startswith("kaart_"):
            recolour(layer, lambda color: QColor(color.red(), color.green(), color.blue(), _GLASS))
        if id in suppressed_layers():
            _call_suppressed(layer)


def _white() -> QgsFillSymbol:
    return QgsFillSymbol.createSimple(
        {"color": "#ffffff", "outline_color": "#4d4d4d", "outline_width": "0.1"}
    )


def _ring() -> QgsFillSymbol:
    """A ring around the middle of an area."""
    ring = {
        "name": "circle",
        "size": "17",
        "color": "0,0,0,0",
        "outline_color": "#1a1a1a",
        "outline_width": "0.7",
    }
    around = QgsCentroidFillSymbolLayer()
    around.setSubSymbol(QgsMarkerSymbol.createSimple(ring))
    symbol = QgsFillSymbol()
    symbol.changeSymbolLayer(0, around)
    return symbol


def _point_out(layer: QgsVectorLayer) -> None:
    """Places of a few square metres are signs, one shape per class."""
    for rule, shape in zip(layer.renderer().rootRule().children(), _SHAPES, strict=False):
        if rule.symbol() is not None:
            dot = QgsCentroidFillSymbolLayer()
            color = rule.symbol().color().name()
            dot.setSubSymbol(
                QgsMarkerSymbol.createSimple(
                    {
                        "name": shape,
                        "size": "2.8",
                        "color": color,
                        "outline_color": "#ffffff",
                        "outline_width": "0.3",
                    }
                )
            )
            rule.symbol().changeSymbolLayer(0, dot)


def _point_out_trend(layer: QgsVectorLayer) -> None:
    """What demonstrably rises or falls is a triangle up or down, and what is unknown stays hatched; the rest is not drawn."""
    root = layer.renderer().rootRule()
    for rule in root.children():
        if rule.label() in _TURNED:
            rule.symbol().changeSymbolLayer(0, _triangle(rule.symbol().color(), _TURNED[rule.label()]))
        elif rule.label() != "onbekend":
            root.removeChild(rule)


def _triangle(color: QColor, angle: str) -> QgsCentroidFillSymbolLayer:
    """A sign in the middle of an area that is seen on light and dark."""
    sign = {"name": "triangle", "angle": angle}
    halo = sign | {"size": "4.6", "color": "#ffffff", "outline_color": "#ffffff", "outline_width": "0.4"}
    ink = sign | {"size": "3.5", "color": color.name(), "outline_color": "#1a1a1a", "outline_width": "0.3"}
    marker = QgsMarkerSymbol.createSimple(halo)
    marker[0].setLocked(True)  # white whatever colour the sign gets
    marker.appendSymbolLayer(QgsSimpleMarkerSymbolLayer.create(ink))
    middle = QgsCentroidFillSymbolLayer()
    middle.setPointOnSurface(True)  # of a bent street too
    middle.setPointOnAllParts(False)
    middle.setSubSymbol(marker)
    return middle


def number_places(layer: QgsVectorLayer) -> None:
    """Print the number of every place or stop."""
    number = QgsPalLayerSettings()
    number.fieldName = "volgnummer"
    number.placement = QgsPalLayerSettings.Placement.AroundPoint
    number.dist = 1.4
    number.centroidWhole = True
    look = QgsTextFormat()
    look.setFont(font(9, True))
    look.setSize(9)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.8)
    look.setBuffer(halo)
    number.setFormat(look)
    number.displayAll = True
    number.priority = 10
    layer.setLabeling(QgsVectorLayerSimpleLabeling(number))
    layer.setLabelsEnabled(True)


def _call_suppressed(layer: QgsVectorLayer) -> None:
    """What the release emptied is dotted and called suppressed, not unknown."""
    for rule in layer.renderer().rootRule().children():
        if rule.label() == "onbekend" and rule.symbol() is not None:
            rule.setLabel("onderdrukt")
            pattern = QgsPointPatternFillSymbolLayer()
            pattern.setDistanceX(1.6)
            pattern.setDistanceY(1.6)
            pattern.setSubSymbol(
                QgsMarkerSymbol.createSimple({"size": "0.5", "color": "#6e6e6e", "outline_style": "no"})
            )
            rule.symbol().changeSymbolLayer(0, pattern)
