"""A table on the page."""

from collections.abc import Sequence

from qgis.core import (
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemManualTable,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsPrintLayout,
    QgsTableCell,
    QgsTextFormat,
)
from qgis.PyQt.QtGui import QColor

from .words import font, height_mm, wrap

_GRID = 0.15  # width of a line between rows, millimetres
_SLACK = 0.5  # millimetres by which a cell may differ from what was measured


def row_heights(
    rows: Sequence[tuple[str, ...]],
    widths: Sequence[float],
    points: float,
    padding: float,
    least: float = 0.0,
) -> list[float]:
    """Height of every row of a table, millimetres.

    Args:
        rows: Head and rows.
        widths: Of the columns, millimetres.
        points: Font size.
        padding: Above and below the text of a cell, millimetres.
        least: No row is lower, millimetres.
    """
    return [
        _GRID + max(least, *(height_mm(wrap(text, points, width - 2 * padding - _SLACK, row == 0), points) + 2 * padding
                     for text, width in zip(cells, widths, strict=True)))
        for row, cells in enumerate(rows)
    ]  # fmt: skip


def put_table(
    layout: QgsPrintLayout, place: QgsLayoutItem, rows: Sequence[tuple[str, ...]], shares: Sequence[float],
    points: Sequence[float], padding: Sequence[float], least: float = 0.0,
) -> QgsLayoutItemManualTable:  # fmt: skip
    """Put head and rows where an item is, as large and airy as there is room for.

    Args:
        layout: The page.
        place: Item whose place the table takes.
        rows: Head and rows.
        shares: Shares of the width, by column.
        points: Font sizes, the preferred one first.
        padding: Air in the cells that goes with each, millimetres.
        least: No row is lower, millimetres.

    Returns:
        The table, in one frame; with the last font size where nothing fits.
    """
    size = place.sizeWithUnits()
    widths = [size.width() * share for share in shares]
    fits = (
        (one, air)
        for one, air in zip(points, padding, strict=True)
        if sum(row_heights(rows, widths, one, air, least)) <= size.height()
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
    table.setRowHeights([height - 2 * air - _GRID for height in row_heights(rows, widths, taken, air, least)])
    table.setCellMargin(air)
    table.setShowGrid(True)
    table.setVerticalGrid(False)
    table.setGridStrokeWidth(_GRID)
    table.setGridColor(QColor("#bbbbbb"))
    table.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
    put_frame(layout, table, place.positionWithUnits(), size)
    table.recalculateTableSize()
    return table


def put_frame(
    layout: QgsPrintLayout, table: QgsLayoutItemManualTable, at: QgsLayoutPoint, size: QgsLayoutSize
) -> None:
    """Give a table a frame; rows that do not fit in one go on in the next."""
    frame = QgsLayoutFrame(layout, table)
    frame.setId("tabel")
    frame.setFrameStrokeWidth(QgsLayoutMeasurement(0.3, size.units()))
    frame.attemptMove(at)
    frame.attemptResize(size)
    table.addFrame(frame)


def _cell(text: str, points: float, bold: bool) -> QgsTableCell:
    look = QgsTextFormat()
    look.setFont(font(points, bold))
    look.setSize(points)
    look.setColor(QColor("#222222"))
    cell = QgsTableCell(text)
    cell.setTextFormat(look)
    return cell
