"""The legend: what the map shows of each layer, and no more."""

from collections.abc import Mapping

from qgis.core import (
    QgsCentroidFillSymbolLayer,
    QgsFeatureRequest,
    QgsLayerTreeLayer,
    QgsLayoutExporter,
    QgsLayoutItemLegend,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsProperty,
    QgsRasterBandStats,
    QgsRasterLayer,
    QgsRectangle,
    QgsRenderContext,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

from ..arsenaal_gis.report.themes import heading
from .ink import MM_ON_PAPER
from .words import wrap

_SIGN = 0.9  # a tree or a ring in the legend, of the height of an entry


def fill_legend(
    layout: QgsPrintLayout,
    legend: QgsLayoutItemLegend,
    layers: Mapping[str, QgsMapLayer],
    width: float,
    language: str,
    headings: bool = True,
) -> None:
    """Explain layers, only what the map shows of them.

    Args:
        layout: The page.
        legend: The legend.
        layers: Layers by id, from top to bottom of the legend.
        width: Room for it, millimetres.
        language: ``nl`` or ``en``.
        headings: Whether layers with classes are named over them.
    """
    # QGIS can filter a legend by its map, in seconds a page where this takes hundredths.
    legend.setLegendFilterByMapEnabled(False)
    legend.setTitle("")
    legend.setWrapString("\n")
    root = legend.model().rootGroup()
    root.clear()
    points = legend.style(QgsLegendStyle.Style.Subgroup).font().pointSizeF()
    extent = layout.itemById("kaart").extent()
    for id, layer in layers.items():
        raster = isinstance(layer, QgsRasterLayer)
        entries = classes_present(layer) if raster else _rules_present(layer, extent)
        if not entries:
            continue
        node = root.addLayer(layer)
        said = heading(id, language)
        if isinstance(layer.renderer(), QgsSingleSymbolRenderer):  # one sign says the name itself
            QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
            QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, 0, said)
            _show_as_sign(node, layer, _SIGN * legend.symbolHeight())
        elif not headings:
            QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
        else:
            QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Subgroup)
            node.setCustomProperty("legend/title-label", wrap(said, points, width, True))
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, entries)
        legend.model().refreshLayerLegend(node)
    # A legend knows its size only once it has been painted.
    box = legend.mapRectToScene(legend.rect())
    QgsLayoutExporter(layout).renderRegionToImage(box, QSize(60, 60))
    legend.adjustBoxSize()


def _show_as_sign(node: QgsLayerTreeLayer, layer: QgsVectorLayer, size: float) -> None:
    """A sign as large as a thing on the ground, or as what it rings, gets the size of a sign in the legend."""
    symbol = layer.renderer().symbol()
    sign = symbol[0].subSymbol() if isinstance(symbol[0], QgsCentroidFillSymbolLayer) else symbol
    if isinstance(sign, QgsMarkerSymbol) and (sign.sizeUnit() != MM_ON_PAPER or sign.size() > size):
        shown = sign.clone()
        shown.setDataDefinedSize(QgsProperty())
        shown.setSizeUnit(MM_ON_PAPER)
        shown.setSize(size)
        QgsMapLayerLegendUtils.setLegendNodeCustomSymbol(node, 0, shown)


def _rules_present(layer: QgsVectorLayer, extent: QgsRectangle) -> list[int]:
    """Legend entries of a layer that occur within an extent."""
    renderer, context = layer.renderer().clone(), QgsRenderContext()
    context.setExpressionContext(layer.createExpressionContext())
    keys = [item.ruleKey() for item in renderer.legendSymbolItems()]
    request = QgsFeatureRequest(extent).setFlags(QgsFeatureRequest.Flag.ExactIntersect)
    request.setSubsetOfAttributes(renderer.usedAttributes(context), layer.fields())
    renderer.startRender(context, layer.fields())
    seen: set[str] = set()
    for feature in layer.getFeatures(request):
        context.expressionContext().setFeature(feature)
        seen |= renderer.legendKeysForFeature(feature, context)
        if seen.issuperset(keys):  # the root of the rules counts as a key of its own
            break
    renderer.stopRender(context)
    return [number for number, key in enumerate(keys) if key in seen]


def classes_present(layer: QgsRasterLayer) -> list[int]:
    """Legend entries of a classed raster that occur in it, counted from 1; entry 0 only repeats the name of the band."""
    shader = layer.renderer().shader() if hasattr(layer.renderer(), "shader") else None
    if shader is None:
        return [1]
    items = shader.rasterShaderFunction().colorRampItemList()
    seen = layer.dataProvider().bandStatistics(1, QgsRasterBandStats.Stats.Min | QgsRasterBandStats.Stats.Max)
    below = float("-inf")
    present = []
    for number, item in enumerate(items, 1):
        if item.value >= seen.minimumValue and below < seen.maximumValue:
            present.append(number)
        below = item.value
    return present
