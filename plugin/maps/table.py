"""A table on the page."""

from collections.abc import Sequence

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemManualTable,
    QgsLayoutMeasurement,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsTableCell,
    QgsTextFormat,
)
from qgis.PyQt.QtGui import QColor

from .words import font, height_mm, wrap

_SLACK = 0.5  # millimetres by which a cell may differ from what was measured


def table_height(
    rows: Sequence[tuple[str, ...]], widths: Sequence[float], points: float, padding: float
) -> float:
    """Height of a table, millimetres.

    Args:
        rows: Head and rows.
        widths: Of the columns, millimetres.
        points: Font size.
        padding: Above and below the text of a cell, millimetres.
    """
    return sum(
        max(height_mm(wrap(text, points, width - 2 * padding - _SLACK, row == 0), points) for text, width in zip(cells, widths, strict=True))
        + 2 * padding
        for row, cells in enumerate(rows)
    )  # fmt: skip


def put_table(
    layout: QgsPrintLayout, place: QgsLayoutItem, rows: Sequence[tuple[str, ...]], shares: Sequence[float],
    points: Sequence[float], padding: Sequence[float],
) -> float:  # fmt: skip
    """Put head and rows where an item is, as large and airy as there is room for.

    Args:
        layout: The page.
        place: Item whose place the table takes.
        rows: Head and rows.
        shares: Shares of the width, by column.
        points: Font sizes, the preferred one first.
        padding: Air in the cells that goes with each, millimetres.

    Returns:
        The font size taken; the last where nothing fits.
    """
    size = place.sizeWithUnits()
    widths = [size.width() * share for share in shares]
    fits = (
        (one, air)
        for one, air in zip(points, padding, strict=True)
        if table_height(rows, widths, one, air) <= size.height()
    )
    taken, air = next(fits, (points[-1], padding[-1]))
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    table.setTableContents(
        [
            [_cell(wrap(text, taken, width - 2 * air - _SLACK, row == 0), taken, row == 0)
             for text, width in zip(cells, widths, strict=True)]
            for row, cells in enumerate(rows)
        ]
    )  # fmt: skip
    table.setColumnWidths([width - 2 * air for width in widths])  # QGIS adds the padding on either side
    table.setCellMargin(air)
    table.setShowGrid(True)
    table.setVerticalGrid(False)
    table.setGridStrokeWidth(0.15)
    table.setGridColor(QColor("#bbbbbb"))
    table.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
    frame = QgsLayoutFrame(layout, table)
    frame.setId("tabel")
    frame.setFrameStrokeWidth(QgsLayoutMeasurement(0.3, size.units()))
    frame.attemptMove(place.positionWithUnits())
    frame.attemptResize(size)
    table.addFrame(frame)
    table.recalculateTableSize()
    return taken


def _cell(text: str, points: float, bold: bool) -> QgsTableCell:
    look = QgsTextFormat()
    look.setFont(font(points, bold))
    look.setSize(points)
    look.setColor(QColor("#222222"))
    cell = QgsTableCell(text)
    cell.setTextFormat(look)
    return cell
