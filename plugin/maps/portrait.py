"""The A4 page: map above, texts or a table below; drawn once, kept as ``styles/kaart_A4.qpt``."""

from qgis.core import (
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt

from .sheets import SHEETS, Sheet
from .table import put_table
from .template import INK, MM, QUIET, STAMP, label, legend_fonts, map_frame, north, put, scale_bar
from .words import height_mm, wrap

A4 = Sheet("A4", 210.0, 297.0)
MARGIN, MAP_TOP, MAP_HEIGHT, FOOT = 10.0, 27.0, 112.0, 30.0
_WIDTH = A4.width - 2 * MARGIN
_SIZE = 9.0
# Shares of the width of the columns of a round sheet; the last is written in by hand.
_ROUND_SHARES = (0.05, 0.09, 0.21, 0.09, 0.07, 0.06, 0.07, 0.12, 0.09, 0.15)


def draw_portrait(project: QgsProject) -> QgsPrintLayout:
    """Draw the page."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(A4.width, A4.height, MM))
    map_frame(layout, "kaart", MARGIN, MAP_TOP, _WIDTH, MAP_HEIGHT, 1.0)
    label(layout, "titel", MARGIN, MARGIN, _WIDTH - 38, 8, 14, INK, True)
    label(layout, "ondertitel", MARGIN, MARGIN + 9, _WIDTH - 38, 5, 9.5, QUIET)
    stamp = label(layout, "stempel", A4.width - MARGIN - 34, MARGIN, 34, 7, 11, STAMP, True)
    stamp.setHAlign(Qt.AlignmentFlag.AlignCenter)
    stamp.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    stamp.setFrameEnabled(True)
    stamp.setFrameStrokeColor(STAMP)
    pages = label(layout, "pagina", A4.width - MARGIN - 34, MARGIN + 9, 34, 5, 9, QUIET)
    pages.setHAlign(Qt.AlignmentFlag.AlignRight)
    foot = A4.height - MARGIN - FOOT
    label(layout, "toelichting", MARGIN, foot, _WIDTH * 0.62, FOOT, 8, QUIET)
    label(layout, "colofon", MARGIN + _WIDTH * 0.66, foot, _WIDTH * 0.34, FOOT, 8, QUIET)
    north(layout, A4.width - MARGIN - 12, MAP_TOP + 3, 9, 12)
    bar = scale_bar(layout, MARGIN + 3, MAP_TOP + MAP_HEIGHT - 11, 44, 9, 8, 1.0)
    bar.setBackgroundEnabled(True)
    text = label(layout, "schaal_tekst", MARGIN + 50, MAP_TOP + MAP_HEIGHT - 8, 32, 5, 9, INK, True)
    practice = label(layout, "oefendata", MARGIN + 3, MAP_TOP + 3, 45, 5.5, 10, STAMP, True)
    for item in (text, practice):
        item.setBackgroundEnabled(True)
    label(layout, "tekst", MARGIN, MAP_TOP + MAP_HEIGHT + 4, _WIDTH, foot - MAP_TOP - MAP_HEIGHT - 8, _SIZE)
    return layout


def put_blocks(layout: QgsPrintLayout, blocks: tuple[tuple[str, str], ...]) -> None:
    """Headings and texts below the map, in two columns; text that does not fit gets a smaller font."""
    room = layout.itemById("tekst")
    place, size = room.positionWithUnits(), room.sizeWithUnits()
    room.setVisibility(False)
    width = (size.width() - 6) / 2
    points = _SIZE
    while points > 6 and len(_flow(blocks, width, size.height(), points)) > 2:
        points -= 0.5
    for number, column in enumerate(_flow(blocks, width, size.height(), points)):
        down = 0.0
        for heading, text in column:
            for words, bold in ((heading, True), (text, False)):
                height = height_mm(words, points)
                item = label(
                    layout,
                    "",
                    place.x() + number * (width + 6),
                    place.y() + down,
                    width + 2,
                    height,
                    points,
                    INK,
                    bold,
                )
                item.setText(words)
                down += height
            down += 2


def _flow(
    blocks: tuple[tuple[str, str], ...], width: float, height: float, points: float
) -> list[list[tuple[str, str]]]:
    """Distribute wrapped blocks over columns."""
    columns: list[list[tuple[str, str]]] = [[]]
    down = 0.0
    for heading, text in blocks:
        wrapped = wrap(heading, points, width, True), wrap(text, points, width)
        needed = height_mm(wrapped[0], points) + height_mm(wrapped[1], points)
        if columns[-1] and down + needed > height:
            columns.append([])
            down = 0.0
        columns[-1].append(wrapped)
        down += needed + 2
    return columns


def put_rounds(layout: QgsPrintLayout, rows: tuple[tuple[str, ...], ...]) -> None:
    """The list of a round below the map."""
    room = layout.itemById("tekst")
    room.setVisibility(False)
    put_table(layout, room, rows, _ROUND_SHARES, 8.5 if len(rows) <= 18 else 7.0, 1.0)


def put_legend(layout: QgsPrintLayout, layers: list[QgsMapLayer]) -> None:
    """Explain layers in the right column, only what the map shows of them."""
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    legend.setLinkedMap(layout.itemById("kaart"))
    legend_fonts(legend, SHEETS["A3"])
    layout.addLayoutItem(legend)
    for layer in layers:
        node = legend.model().rootGroup().addLayer(layer)
        QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Subgroup)
    legend.setLegendFilterByMapEnabled(True)
    legend.updateFilterByMap(False)
    legend.setResizeToContents(True)
    put(legend, MARGIN + _WIDTH / 2 + 3, MAP_TOP + MAP_HEIGHT + 4, _WIDTH / 2 - 3, 100)


def fit(layout: QgsPrintLayout, id: str, text: str, least: float) -> None:
    """Put text into a label, smaller where it does not fit."""
    item = layout.itemById(id)
    if not isinstance(item, QgsLayoutItemLabel):
        return
    font, size = item.font(), item.sizeWithUnits()
    wrapped = wrap(text, font.pointSizeF(), size.width(), font.bold())
    while font.pointSizeF() > least and height_mm(wrapped, font.pointSizeF()) > size.height():
        font.setPointSizeF(font.pointSizeF() - 0.5)
        wrapped = wrap(text, font.pointSizeF(), size.width(), font.bold())
    item.setFont(font)
    item.setText(wrapped)
    item.attemptMove(QgsLayoutPoint(item.positionWithUnits()))
