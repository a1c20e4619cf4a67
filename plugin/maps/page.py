"""Filling the template for one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemMapOverview,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsRasterBandStats,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize

from ..arsenaal_gis.report import PageText
from .sheets import COLUMN, MARGIN, TITLE, Sheet, nominal_scale
from .table import put_table
from .template import MM
from .words import height_mm, wrap

_TABLE_SHARES = (0.24, 0.4, 0.36)
_AIR = 1.04  # so much more than the wijk itself is shown


@dataclass(frozen=True)
class Page:
    """What one page shows.

    Attributes:
        text: Its words.
        layers: Layers from bottom to top.
        legend: Ids of the layers that the legend explains.
        extent: What must be seen, in Lambert 72.
        whole: Extent of the wijk, for the locator.
        figures: Key figures, one per line; empty for none.
        table: Head and rows that take the place of the map; empty for a map.
        number, count: Page x of y.
        status: ``ONTWERP`` or ``DEFINITIEF``.
        practice: Text that marks practice data, or empty.
        language: ``nl`` or ``en``.
    """

    text: PageText
    layers: Mapping[str, QgsMapLayer]
    legend: tuple[str, ...]
    extent: QgsRectangle
    whole: QgsRectangle
    figures: str
    table: Sequence[tuple[str, ...]]
    number: int
    count: int
    status: str
    practice: str
    language: str


def fill(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> int:
    """Put a page's content into the template.

    Returns:
        The nominal scale, 1:n.
    """
    words = {"nl": ("Schaal 1:{}", "Blad {} van {}"), "en": ("Scale 1:{}", "Page {} of {}")}[page.language]
    scale = frame_map(layout, page.layers, page.extent)
    say(layout, "titel", page.text.title)
    say(layout, "ondertitel", page.text.subtitle)
    say(layout, "stempel", page.status)
    say(layout, "pagina", words[1].format(page.number, page.count))
    separator = {"nl": ".", "en": ","}[page.language]
    say(layout, "schaal_tekst", words[0].format(f"{scale:,}".replace(",", separator)))
    say(layout, "oefendata", page.practice)
    if not page.practice and layout.itemById("oefendata") is not None:
        layout.itemById("oefendata").setVisibility(False)
    _shrink_title(layout, sheet, page)
    fit_bar(layout, scale, sheet.scale)
    _locator(layout, page)
    _legend(layout, sheet, page)
    _column(layout, sheet, page)
    if page.table:
        for id in ("kaart", "schaalbalk", "schaal_tekst", "noordpijl", "legenda"):
            if layout.itemById(id) is not None:
                layout.itemById(id).setVisibility(False)
        points = sheet.points(9.5 if len(page.table) <= 28 else 7.5)
        put_table(layout, layout.itemById("kaart"), page.table, _TABLE_SHARES, points, sheet.scale)
    return scale


def frame_map(layout: QgsPrintLayout, layers: Mapping[str, QgsMapLayer], shown: QgsRectangle) -> int:
    """Set extent, scale and layers of the map; gives the nominal scale, 1:n."""
    frame: QgsLayoutItemMap = layout.itemById("kaart")
    size = frame.sizeWithUnits()
    extent = QgsRectangle(shown)
    scale = nominal_scale(extent.width() * _AIR, extent.height() * _AIR, size.width(), size.height())
    half_width, half_height = size.width() * scale / 2000, size.height() * scale / 2000
    centre = extent.center()
    frame.setLayers(list(reversed(list(layers.values()))))
    frame.setKeepLayerSet(True)
    frame.setExtent(
        QgsRectangle(
            centre.x() - half_width,
            centre.y() - half_height,
            centre.x() + half_width,
            centre.y() + half_height,
        )
    )
    return scale


def say(layout: QgsPrintLayout, id: str, text: str) -> None:
    """Set the text of a label, if the template still has it."""
    item = layout.itemById(id)
    if isinstance(item, QgsLayoutItemLabel):
        item.setText(text)


def _shrink_title(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> None:
    """A long title gets a smaller font in place of a second line."""
    item = layout.itemById("titel")
    font, width = item.font(), item.sizeWithUnits().width()
    while font.pointSizeF() > sheet.points(10) and "\n" in wrap(
        page.text.title, font.pointSizeF(), width, True
    ):
        font.setPointSizeF(font.pointSizeF() - sheet.points(0.5))
    item.setFont(font)


def fit_bar(layout: QgsPrintLayout, scale: int, k: float) -> None:
    """Two segments of a round length that fit beside the locator."""
    bar = layout.itemById("schaalbalk")
    if bar is None:
        return
    room = 17 * k * scale / 1000  # metres that one segment may be
    length = max((n for n in (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000) if n <= room), default=5)
    bar.setUnitLabel("m")
    bar.setMapUnitsPerScaleBarUnit(1)
    bar.setUnitsPerSegment(length)
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.update()


def _locator(layout: QgsPrintLayout, page: Page) -> None:
    """Where this page lies in the wijk."""
    inset: QgsLayoutItemMap = layout.itemById("locator")
    if inset is None:
        return
    shown = [page.layers[id] for id in ("wijkgrens", "straten", "water_spoor") if id in page.layers]
    inset.setLayers(shown)
    inset.setKeepLayerSet(True)
    around = QgsRectangle(page.whole)
    around.scale(1.15)
    inset.zoomToExtent(around)
    if page.extent.contains(page.whole):
        return  # the page shows the whole wijk: there is nothing to point at
    overview = QgsLayoutItemMapOverview("kaart", inset)
    overview.setLinkedMap(layout.itemById("kaart"))
    inset.overviews().addOverview(overview)


def _legend(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> None:
    """Explain the layers of the page, only those and only what is visible of them."""
    legend: QgsLayoutItemLegend = layout.itemById("legenda")
    legend.setTitle("")
    legend.setWrapString("\n")
    root = legend.model().rootGroup()
    root.clear()
    width = COLUMN * sheet.scale
    for id in page.legend:
        if id not in page.layers:
            continue
        layer = page.layers[id]
        node = root.addLayer(layer)
        QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Subgroup)
        node.setCustomProperty("legend/title-label", wrap(layer.name(), sheet.points(10), width, True))
        if isinstance(layer, QgsRasterLayer):
            QgsMapLayerLegendUtils.setLegendNodeOrder(node, _classes_present(layer))
            legend.model().refreshLayerLegend(node)
    legend.setLinkedMap(layout.itemById("kaart"))
    legend.setLegendFilterByMapEnabled(True)
    legend.updateFilterByMap(False)
    # A legend that is filtered by its map knows its size only once it has been painted.
    box = legend.mapRectToScene(legend.rect())
    QgsLayoutExporter(layout).renderRegionToImage(box, QSize(60, 60))
    legend.adjustBoxSize()


def _classes_present(layer: QgsRasterLayer) -> list[int]:
    """Legend entries of a classed raster that occur in it; the first entry only repeats the name of the band."""
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


def _column(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> None:
    """Stack figures under the legend, and note, sources and colophon over the locator."""
    k = sheet.scale
    width, left = COLUMN * k, sheet.width - (MARGIN + COLUMN) * k
    bottom = sheet.height - (MARGIN + 39) * k
    for id, text in (
        ("colofon", page.text.colophon),
        ("bronnen", page.text.sources),
        ("toelichting", page.text.note),
    ):
        item = layout.itemById(id)
        if item is None:
            continue
        points = item.font().pointSizeF()
        wrapped = wrap(text, points, width)
        height = height_mm(wrapped, points)
        bottom -= height
        item.setText(wrapped)
        item.attemptMove(QgsLayoutPoint(left, bottom, MM))
        item.attemptResize(QgsLayoutSize(width, height, MM))
        bottom -= 2.5 * k
    figures, legend = layout.itemById("cijfers"), layout.itemById("legenda")
    if figures is not None:
        points = figures.font().pointSizeF()
        wrapped = wrap(page.figures, points, width) if page.figures else ""
        under = (MARGIN + TITLE) * k + legend.sizeWithUnits().height() + 4 * k
        figures.setText(wrapped)
        figures.attemptMove(QgsLayoutPoint(left, under, MM))
        figures.attemptResize(QgsLayoutSize(width, height_mm(wrapped, points) if wrapped else 1.0, MM))
