"""A table in the place of the map."""

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

from .words import font, wrap

_PADDING = 1.4  # millimetres on A3


def put_table(
    layout: QgsPrintLayout, place: QgsLayoutItem, rows: Sequence[tuple[str, ...]], shares: tuple[float, ...], points: float,
    k: float,
) -> None:  # fmt: skip
    """Put head and rows where an item is.

    Args:
        layout: The page.
        place: Item whose place the table takes.
        rows: Head and rows.
        shares: Shares of the width, by column.
        points: Font size.
        k: Enlargement against A3.
    """
    table = QgsLayoutItemManualTable.create(layout)
    layout.addMultiFrame(table)
    widths = [place.sizeWithUnits().width() * share for share in shares]
    table.setTableContents(
        [
            [_cell(wrap(text, points, width - 3 * _PADDING * k, row == 0), points, row == 0)
             for text, width in zip(cells, widths, strict=True)]
            for row, cells in enumerate(rows)
        ]
    )  # fmt: skip
    table.setColumnWidths([width - 2 * _PADDING * k for width in widths])  # QGIS adds the padding
    table.setCellMargin(_PADDING * k)
    table.setShowGrid(True)
    table.setVerticalGrid(False)
    table.setGridStrokeWidth(0.15 * k)
    table.setGridColor(QColor("#bbbbbb"))
    table.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
    frame = QgsLayoutFrame(layout, table)
    frame.setId("tabel")
    frame.setFrameEnabled(True)
    frame.setFrameStrokeWidth(QgsLayoutMeasurement(0.3 * k, place.sizeWithUnits().units()))
    frame.attemptMove(place.positionWithUnits())
    frame.attemptResize(place.sizeWithUnits())
    table.addFrame(frame)
    table.recalculateTableSize()


def _cell(text: str, points: float, bold: bool) -> QgsTableCell:
    look = QgsTextFormat()
    look.setFont(font(points, bold))
    look.setSize(points)
    look.setColor(QColor("#222222"))
    cell = QgsTableCell(text)
    cell.setTextFormat(look)
    return cell
