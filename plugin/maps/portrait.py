"""The upright page: map above, texts or a list below; drawn once, kept as ``styles/kaart_<sheet>.qpt``."""

from dataclasses import dataclass

from qgis.core import (
    QgsLayoutItemLegend,
    QgsLayoutItemPage,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
)
from qgis.PyQt.QtCore import Qt

from .flow import Blocks, columns_of, height_of
from .items import move
from .sheets import PORTRAIT, SHEETS, Sheet
from .table import put_frame, put_table, row_heights
from .template import (
    INK,
    MM,
    QUIET,
    STAMP,
    arranged_by_staff,
    label,
    legend_fonts,
    logo,
    map_frame,
    north,
    put,
    scale_bar,
    stamp,
)
from .words import width_mm

A4, A5 = PORTRAIT["A4"], PORTRAIT["A5"]
_STRIP = 12.0  # height of the line with scale and north under the map
_GAP = 3.0
_LEGEND_SHARE = 0.62


@dataclass(frozen=True)
class Form:
    """Measures of an upright page, millimetres and points.

    Attributes:
        margin: Free edge.
        head: Height of title and subtitle.
        foot: Height of notes, sources and colophon.
        title, text, small: Font sizes.
        stamp, logo, locator: Widths; 0 where there is none.
        least_map: The map is never lower than this.
    """

    margin: float
    head: float
    foot: float
    title: float
    text: float
    small: float
    stamp: float
    logo: float
    locator: float
    least_map: float


FORMS = {
    "A4": Form(10, 18, 34, 14, 9, 8, 34, 28, 30, 85),
    "A5": Form(7, 15, 30, 12, 8.5, 7, 28, 0, 0, 60),
}
LEAST = 7.0  # points; what is held in the hand is still read
# Font size, air and least height of the rows of a list, the preferred ones first; a row is written in by hand.
_LIST_LOOKS = {
    "A4": ((9.0, 2.4, 7.0), (9.0, 1.5, 6.0), (8.5, 1.0, 5.0), (LEAST, 0.6, 0.0)),
    "A5": (
        (8.5, 2.0, 6.0),
        (8.5, 1.5, 5.0),
        (8.0, 1.0, 5.0),
        (7.5, 0.8, 5.0),
        (LEAST, 0.5, 5.0),
        (LEAST, 0.5, 0.0),
    ),
}
_TO_WRITE = 22.0  # least width for that, millimetres


def draw_portrait(project: QgsProject, sheet: Sheet) -> QgsPrintLayout:
    """Draw the page."""
    form = FORMS[sheet.id]
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(sheet.width, sheet.height, MM))
    left, right, top = form.margin, sheet.width - form.margin, form.margin
    width, foot = right - left, sheet.height - form.margin - form.foot
    map_frame(layout, "kaart", left, top + form.head, width, 120, 1.0)
    taken = form.stamp + (form.logo + 3 if form.logo else 0) + 3
    label(layout, "titel", left, top, width - taken, form.head - 7, form.title, INK, True)
    label(layout, "ondertitel", left, top + form.head - 6.5, width - form.stamp - 3, 5, form.text, QUIET)
    if form.logo:
        logo(layout, right - form.stamp - 3 - form.logo, top, form.logo, form.head - 7)
    stamp(layout, right - form.stamp, top, form.stamp, 7, form.title - 3, 1.0)
    pages = label(
        layout, "pagina", right - form.stamp, top + form.head - 6.5, form.stamp, 5, form.text, QUIET
    )
    pages.setHAlign(Qt.AlignmentFlag.AlignRight)
    scale_bar(layout, left, 0, 50, 9, 8, 1.0)
    label(layout, "schaal_tekst", left + 54, 0, 40, 5, 9, INK, True)
    north(layout, right - 8, 0, 7, 9.5)
    label(layout, "oefendata", left + 2, top + form.head + 2, 45, 5.5, 9, STAMP, True)
    label(layout, "tekst", left, 160, width, foot - 160 - _GAP, form.text)
    room = width - (form.locator + 3 if form.locator else 0)
    label(layout, "toelichting", left, foot, room * 0.66, form.foot, form.small, QUIET)
    label(layout, "colofon", left + room * 0.68, foot, room * 0.32, form.foot, form.small, QUIET)
    if form.locator:
        map_frame(layout, "locator", right - form.locator, foot, form.locator, form.locator, 1.0)
    arrange(layout, sheet, 80)
    return layout


def arrange(layout: QgsPrintLayout, sheet: Sheet, content: float) -> None:
    """Give texts the height they need and the map all the rest."""
    form = FORMS[sheet.id]
    top, foot = form.margin + form.head, sheet.height - form.margin - form.foot
    width, right = sheet.width - 2 * form.margin, sheet.width - form.margin
    content = min(content, foot - top - form.least_map - _STRIP - _GAP)
    under = foot - _GAP - content  # where the texts begin
    move(layout, "kaart", form.margin, top, width, under - _STRIP - top)
    line = under - _STRIP + 1
    move(layout, "schaalbalk", form.margin, line, 50, 9)
    move(layout, "schaal_tekst", form.margin + 56, line + 2.4, 40, 5)
    move(layout, "noordpijl", right - 7, line, 6.5, 9)
    move(layout, "tekst", form.margin, under, width, content)


def put_blocks(layout: QgsPrintLayout, sheet: Sheet, blocks: Blocks, beside_legend: bool) -> None:
    """Headings and texts below the map, in two columns, or in one beside a legend; the map takes what they leave.

    Text that does not fit gets smaller letters, and is cut where even those do not help.
    """
    form = FORMS[sheet.id]
    room = layout.itemById("tekst")
    size = room.sizeWithUnits()
    count = 1 if beside_legend else 2
    width = size.width() * (1 - _LEGEND_SHARE) - 4 if beside_legend else (size.width() - 6) / 2
    tallest = size.height() if beside_legend else _tallest(layout, sheet)
    points = form.text
    while (
        points > form.small and height_of(columns_of(blocks, width, points, count, tallest), points) > tallest
    ):
        points -= 0.5
    columns = columns_of(blocks, width, points, count, tallest)
    if not beside_legend:
        arrange(layout, sheet, height_of(columns, points))
    room.setVisibility(False)
    place = room.positionWithUnits()
    for number, column in enumerate(columns):
        down = 0.0
        for words, bold, height in column.lines(points):
            x = place.x() + number * (width + 6)
            item = label(layout, "blok", x, place.y() + down, width + 1.5, height, points, INK, bold)
            item.setText(words)
            down += height + (0.0 if bold else 2.0)


def _tallest(layout: QgsPrintLayout, sheet: Sheet) -> float:
    """The most room that texts may take from the map."""
    form = FORMS[sheet.id]
    if arranged_by_staff(layout):
        return layout.itemById("tekst").sizeWithUnits().height()
    return sheet.height - 2 * form.margin - form.head - form.foot - form.least_map - _STRIP - _GAP


def put_list(layout: QgsPrintLayout, sheet: Sheet, rows: tuple[tuple[str, ...], ...], title: str) -> None:
    """The list of a round below the map, and what does not fit on pages after it.

    Each column is as wide as its words; the last, to be filled in by hand, takes the rest.

    Args:
        layout: The page.
        sheet: Its sheet.
        rows: Head and rows.
        title: Stands over the pages after the first.
    """
    room = layout.itemById("tekst")
    total, tallest = room.sizeWithUnits().width(), _tallest(layout, sheet)
    for points, air, least in _LIST_LOOKS[sheet.id]:
        wide = [
            max(width_mm(text, points, number == 0) for number, text in enumerate(column)) * 1.05
            + 2 * air
            + 1
            for column in zip(*rows, strict=True)
        ]
        height = sum(row_heights(rows, wide, points, air, least)) + 1
        if height <= tallest and sum(wide[:-1]) + max(wide[-1], _TO_WRITE) <= total:
            break
    wide[-1] = max(wide[-1], total - sum(wide[:-1]))
    shares = [width / sum(wide) for width in wide]
    arrange(layout, sheet, min(height, tallest))
    room.setVisibility(False)
    table = put_table(layout, room, rows, shares, (points,), (air,), least)
    left, form = table.totalSize().height() - room.sizeWithUnits().height(), FORMS[sheet.id]
    page = sheet.height - 2 * form.margin - form.head
    while left > 0:
        paper = QgsLayoutItemPage(layout)
        paper.setPageSize(QgsLayoutSize(sheet.width, sheet.height, MM))
        layout.pageCollection().addPage(paper)
        top = paper.positionWithUnits().y() + form.margin
        over = label(layout, "vervolg", form.margin, top, total, form.head - 7, form.title, INK, True)
        over.setText(title)
        put_frame(
            layout, table, QgsLayoutPoint(form.margin, top + form.head, MM), QgsLayoutSize(total, page, MM)
        )
        left -= page


def text_height(layout: QgsPrintLayout, sheet: Sheet, blocks: Blocks) -> float:
    """Height of texts beside a legend with the preferred letters, millimetres."""
    points = FORMS[sheet.id].text
    width = layout.itemById("tekst").sizeWithUnits().width() * (1 - _LEGEND_SHARE) - 4
    return height_of(columns_of(blocks, width, points, 1, float("inf")), points)


def legend_item(layout: QgsPrintLayout) -> tuple[QgsLayoutItemLegend, float]:
    """A legend for the right part below the map, and the width of its columns."""
    legend = _legend(layout)
    legend.setColumnCount(2)
    put_beside(layout, legend)
    return legend, layout.itemById("tekst").sizeWithUnits().width() * _LEGEND_SHARE / 2 - 6


def put_beside(layout: QgsPrintLayout, legend: QgsLayoutItemLegend) -> None:
    """Place a legend in the right part below the map."""
    room = layout.itemById("tekst")
    place, width = room.positionWithUnits(), room.sizeWithUnits().width()
    legend.attemptMove(QgsLayoutPoint(place.x() + width * (1 - _LEGEND_SHARE), place.y() - 1.5, MM))


def key_item(layout: QgsPrintLayout) -> QgsLayoutItemLegend:
    """A legend of a few signs in the line under the map, between scale and north."""
    beside, arrow = (
        layout.itemById("schaal_tekst").positionWithUnits(),
        layout.itemById("noordpijl").positionWithUnits(),
    )
    legend = _legend(layout)
    legend.setColumnCount(3)
    legend.setColumnSpace(6)
    put(legend, beside.x() + 34, beside.y() - 2.6, arrow.x() - beside.x() - 36, 8)
    return legend


def _legend(layout: QgsPrintLayout) -> QgsLayoutItemLegend:
    legend = QgsLayoutItemLegend(layout)
    legend.setId("legenda")
    legend.setAutoUpdateModel(False)
    legend_fonts(legend, SHEETS["A3"])
    layout.addLayoutItem(legend)
    legend.setResizeToContents(True)
    legend.setEqualColumnWidth(False)
    return legend
