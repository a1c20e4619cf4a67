"""The page as a template: drawn once per sheet, kept as ``styles/kaart_<sheet>.qpt``, editable by staff."""

from pathlib import Path

from qgis.core import (
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRectangle,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from ..arsenaal_gis.catalogue import data_folder
from ..arsenaal_gis.errors import ConfigError
from .sheets import COLUMN, LOCATOR, MARGIN, TITLE, Sheet
from .words import font

MM = QgsUnitTypes.LayoutUnit.LayoutMillimeters
INK, QUIET, STAMP = QColor("#222222"), QColor("#555555"), QColor("#8a1c1c")
OWN_FOLDER = "sjablonen"
LOGO = 34.0  # millimetres on A3
_OWN = "arsenaal/eigen_sjabloon"


def template_name(sheet: Sheet) -> str:
    """File name of a sheet's template."""
    return f"kaart_{sheet.id}.qpt"


def from_template(
    project: QgsProject,
    sheet: Sheet,
    wijk_folder: Path,
    needed: tuple[str, ...] = ("kaart", "titel", "legenda"),
) -> QgsPrintLayout:
    """A layout for one page; a template in the wijk's own ``sjablonen/`` goes before ours and keeps its arrangement.

    Raises:
        ConfigError: The template cannot be read, or lacks an item that the page needs.
    """
    own = wijk_folder / OWN_FOLDER / template_name(sheet)
    path = own if own.exists() else data_folder("styles") / template_name(sheet)
    document = QDomDocument()
    layout = QgsPrintLayout(project)
    if (
        not document.setContent(path.read_text(encoding="utf-8"))[0]
        or not layout.loadFromTemplate(document, QgsReadWriteContext())[1]
    ):
        raise ConfigError(
            "The template of the page cannot be read.", str(path), "Export it again from QGIS, or remove it."
        )
    missing = [id for id in needed if layout.itemById(id) is None]
    if missing:
        raise ConfigError(
            f"The template lacks the item '{missing[0]}'.", str(path), "Give the item that id again in QGIS."
        )
    layout.setCustomProperty(_OWN, own.exists())
    arrow = layout.itemById("noordpijl")
    if isinstance(arrow, QgsLayoutItemPicture) and not Path(arrow.picturePath()).exists():
        arrow.setPicturePath(str(data_folder("styles") / "noordpijl.svg"))
    return layout


def arranged_by_staff(layout: QgsPrintLayout) -> bool:
    """Whether the page comes from a template that staff changed: its items are filled and stay where they are."""
    return bool(layout.customProperty(_OWN))


def draw(project: QgsProject, sheet: Sheet) -> QgsPrintLayout:
    """Draw the page of a sheet: the map dominant, everything else in one column beside it."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(sheet.width, sheet.height, MM))
    k = sheet.scale
    left, top = MARGIN * k, (MARGIN + TITLE) * k
    frame_width = sheet.width - (2 * MARGIN + COLUMN + 4) * k
    frame_height = sheet.height - top - MARGIN * k
    column, bottom = left + frame_width + 4 * k, sheet.height - MARGIN * k
    title_width = sheet.width - (2 * MARGIN + 44 + LOGO + 4) * k

    map_frame(layout, "kaart", left, top, frame_width, frame_height, k)
    label(layout, "titel", left, MARGIN * k, title_width, 9.5 * k, sheet.points(19), bold=True)
    label(layout, "ondertitel", left, (MARGIN + 9.6) * k, title_width, 6 * k, sheet.points(10.5), QUIET)
    logo(layout, sheet.width - (MARGIN + 44 + LOGO) * k, (MARGIN - 0.5) * k, LOGO * k, 15 * k)
    stamp(layout, sheet.width - (MARGIN + 40) * k, MARGIN * k, 40 * k, 7.5 * k, sheet.points(12), k)
    pages = label(
        layout,
        "pagina",
        sheet.width - (MARGIN + 40) * k,
        (MARGIN + 9.6) * k,
        40 * k,
        6 * k,
        sheet.points(9),
        QUIET,
    )
    pages.setHAlign(Qt.AlignmentFlag.AlignRight)

    legend = QgsLayoutItemLegend(layout)
    legend.setId("legenda")
    legend.setAutoUpdateModel(False)
    legend.setLinkedMap(layout.itemById("kaart"))
    legend.setResizeToContents(True)
    legend_fonts(legend, sheet)
    layout.addLayoutItem(legend)
    put(legend, column, top, COLUMN * k, 60 * k)

    foot = bottom - LOCATOR * k
    map_frame(layout, "locator", column, foot, LOCATOR * k, LOCATOR * k, k)
    beside = column + (LOCATOR + 5) * k
    north(layout, beside, foot, 9 * k, 13 * k)
    label(layout, "schaal_tekst", beside + 11 * k, foot + 4 * k, 32 * k, 6 * k, sheet.points(10), bold=True)
    scale_bar(layout, beside, bottom - 14 * k, 43 * k, 10 * k, sheet.points(8), k)
    for id, size, bold in (
        ("cijfers_kop", 10, True), ("cijfers", 9, False), ("lijst", 8, False), ("toelichting", 9, False),
        ("bronnen", 8, False), ("colofon", 8, False),
    ):  # fmt: skip
        color = QUIET if id in ("bronnen", "colofon") else INK
        label(layout, id, column, top, COLUMN * k, 10 * k, sheet.points(size), color, bold)
    label(layout, "oefendata", left + 3 * k, bottom - 9 * k, 70 * k, 6 * k, sheet.points(10), STAMP, True)
    return layout


def stamp(
    layout: QgsPrintLayout, x: float, y: float, width: float, height: float, points: float, k: float
) -> None:
    """The box that says ONTWERP or DEFINITIEF."""
    item = label(layout, "stempel", x, y, width, height, points, STAMP, True)
    item.setHAlign(Qt.AlignmentFlag.AlignCenter)
    item.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(STAMP)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.4 * k, MM))


def logo(layout: QgsPrintLayout, x: float, y: float, width: float, height: float) -> None:
    """Room for the organisation's logo; invisible until there is one."""
    item = QgsLayoutItemPicture(layout)
    item.setId("logo")
    item.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
    item.setPictureAnchor(QgsLayoutItem.ReferencePoint.UpperRight)
    item.setVisibility(False)
    layout.addLayoutItem(item)
    put(item, x, y, width, height)


def save(layout: QgsPrintLayout, path: Path) -> None:
    """Write a layout as a template."""
    layout.saveAsTemplate(str(path), QgsReadWriteContext())


def put(item: QgsLayoutItem, x: float, y: float, width: float, height: float) -> None:
    """Place an item, in millimetres."""
    item.attemptMove(QgsLayoutPoint(x, y, MM))
    item.attemptResize(QgsLayoutSize(width, height, MM))


def map_frame(
    layout: QgsPrintLayout, id: str, x: float, y: float, width: float, height: float, k: float
) -> None:
    """A map with a frame."""
    item = QgsLayoutItemMap(layout)
    item.setId(id)
    item.setFrameEnabled(True)
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.3 * k, MM))
    item.setFrameStrokeColor(INK)
    item.setBackgroundColor(QColor("#ffffff"))
    layout.addLayoutItem(item)
    put(item, x, y, width, height)
    item.setExtent(
        QgsRectangle(0, 0, width, height)
    )  # any extent of this shape: an empty one is stored as nan


def label(
    layout: QgsPrintLayout, id: str, x: float, y: float, width: float, height: float, points: float,
    color: QColor = INK, bold: bool = False,
) -> QgsLayoutItemLabel:  # fmt: skip
    """A line or block of text."""
    item = QgsLayoutItemLabel(layout)
    item.setId(id)
    item.setFont(font(points, bold))
    item.setFontColor(color)
    item.setHAlign(
        Qt.AlignmentFlag.AlignLeft
    )  # QGIS' own is justified, which QGIS 3.40 stretches to single letters
    item.setMarginX(0)
    item.setMarginY(0)
    layout.addLayoutItem(item)
    put(item, x, y, width, height)
    return item


def scale_bar(
    layout: QgsPrintLayout, x: float, y: float, width: float, height: float, points: float, k: float
) -> QgsLayoutItemScaleBar:
    """A scale bar of the map; its lengths are set when the page is filled."""
    bar = QgsLayoutItemScaleBar(layout)
    bar.setId("schaalbalk")
    bar.setStyle("Line Ticks Up")
    bar.setLinkedMap(layout.itemById("kaart"))
    format = QgsTextFormat()
    format.setFont(font(points))
    format.setSize(points)
    bar.setTextFormat(format)
    bar.setHeight(1.6 * k)
    bar.setLineWidth(0.3 * k)
    layout.addLayoutItem(bar)
    put(bar, x, y, width, height)
    return bar


def legend_fonts(legend: QgsLayoutItemLegend, sheet: Sheet) -> None:
    """Fonts and symbol sizes of a legend."""
    k = sheet.scale
    for style, size, bold in (
        (QgsLegendStyle.Style.Title, 11, True),
        (QgsLegendStyle.Style.Group, 10, True),
        (QgsLegendStyle.Style.Subgroup, 10, True),
        (QgsLegendStyle.Style.SymbolLabel, 9, False),
    ):
        legend.rstyle(style).setFont(font(sheet.points(size), bold))
    legend.rstyle(QgsLegendStyle.Style.Subgroup).setMargin(QgsLegendStyle.Side.Top, 3.2 * k)
    legend.rstyle(QgsLegendStyle.Style.Subgroup).setMargin(QgsLegendStyle.Side.Bottom, 0.4 * k)
    legend.rstyle(QgsLegendStyle.Style.Symbol).setMargin(QgsLegendStyle.Side.Top, 1.2 * k)
    legend.rstyle(QgsLegendStyle.Style.SymbolLabel).setMargin(QgsLegendStyle.Side.Left, 2 * k)
    legend.setSymbolWidth(7 * k)
    legend.setSymbolHeight(3.8 * k)
    legend.setMinimumSymbolSize(0)
    legend.setMaximumSymbolSize(4.5 * k)
    legend.setLineSpacing(0.8 * k)
    legend.setBoxSpace(0)


def north(layout: QgsPrintLayout, x: float, y: float, width: float, height: float) -> None:
    """The arrow to grid north."""
    arrow = QgsLayoutItemPicture(layout)
    arrow.setId("noordpijl")
    arrow.setPicturePath(str(data_folder("styles") / "noordpijl.svg"))
    arrow.setLinkedMap(layout.itemById("kaart"))
    arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.GridNorth)
    layout.addLayoutItem(arrow)
    put(arrow, x, y, width, height)
