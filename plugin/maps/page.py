"""Filling a landscape page: the map, and everything else in one column beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsMapLayer, QgsPrintLayout, QgsRectangle

from ..arsenaal_gis.report import PageText
from .items import (
    fit,
    fit_bar,
    frame_map,
    move,
    put_locator,
    put_logo,
    put_practice,
    say,
)
from .legend import fill_legend
from .sheets import COLUMN, LOCATOR, MARGIN, TITLE, Sheet
from .table import put_table
from .template import arranged_by_staff
from .words import height_mm, wrap

_GAP = 3.5  # between the parts of the column, millimetres on A3
_SMALLEST = 8.0  # points on A3
_TABLE_SHARES = (0.21, 0.29, 0.25, 0.25)
WORDS = {
    "nl": {"scale": "Schaal 1:{}", "page": "Blad {} van {}", "figures": "Cijfers", "more": "en nog {}: zie de fiches",
           "practice": "fictieve oefendata"},
    "en": {"scale": "Scale 1:{}", "page": "Page {} of {}", "figures": "Figures", "more": "and {} more: see the cards",
           "practice": "fictitious practice data"},
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What one page shows.

    Attributes:
        text: Its words.
        layers: Layers from bottom to top.
        legend: Ids of the layers that the legend explains.
        extent: What must be seen, in Lambert 72.
        whole: Extent of the wijk, for the locator.
        locator: Layers of the locator, from top to bottom.
        figures: Key figures, one per line; empty for none.
        listed: What the numbers on the map stand for, one per line; empty for none.
        table: Head and rows that take the place of the map; empty for a map.
        number, count: Page x of y.
        status: ``ONTWERP`` or ``DEFINITIEF``.
        practice: Text that marks practice data, or empty.
        language: ``nl`` or ``en``.
        logo: Picture of the organisation, or None.
    """

    text: PageText
    layers: Mapping[str, QgsMapLayer]
    legend: tuple[str, ...]
    extent: QgsRectangle
    whole: QgsRectangle
    locator: Sequence[QgsMapLayer]
    figures: str
    listed: str
    table: Sequence[tuple[str, ...]]
    number: int
    count: int
    status: str
    practice: str
    language: str
    logo: Path | None = None


def fill(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> int:
    """Put a page's content into the template.

    Returns:
        The nominal scale, 1:n.
    """
    words, k = WORDS[page.language], sheet.scale
    scale = frame_map(layout, page.layers, page.extent)
    put_logo(layout, page.logo)
    fit(layout, "titel", page.text.title, sheet.points(10))
    fit(layout, "ondertitel", page.text.subtitle, sheet.points(_SMALLEST))
    say(layout, "stempel", stamped(page.status, page.language))
    say(layout, "pagina", words["page"].format(page.number, page.count))
    fit(layout, "schaal_tekst", words["scale"].format(dotted(scale, page.language)), sheet.points(_SMALLEST))
    put_practice(layout, page.practice)
    fit_bar(layout, scale, 17 * k)
    put_locator(layout, page.locator, page.whole, k)
    shown = {id: page.layers[id] for id in page.legend if id in page.layers}
    fill_legend(layout, layout.itemById("legenda"), {} if page.table else shown, COLUMN * k, page.language)
    _column(layout, sheet, page)
    if page.table:
        for id in ("kaart", "schaalbalk", "schaal_tekst", "noordpijl", "legenda", "locator"):
            if layout.itemById(id) is not None:
                layout.itemById(id).setVisibility(False)
        sizes = [sheet.points(size) for size in (11, 10, 9, 8, 7)]
        put_table(
            layout,
            layout.itemById("kaart"),
            page.table,
            _TABLE_SHARES,
            sizes,
            [air * k for air in (2.4, 2, 1.4, 1, 0.7)],
        )
    return scale


def stamped(status: str, language: str) -> str:
    """What the stamp says."""
    return status if language == "nl" else {"ONTWERP": "DRAFT", "DEFINITIEF": "FINAL"}[status]


def dotted(number: int, language: str) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}".replace(",", {"nl": ".", "en": ","}[language])


def _column(layout: QgsPrintLayout, sheet: Sheet, page: Page) -> None:
    """Stack figures and list under the legend; note, sources and colophon over the locator."""
    k = sheet.scale
    width, left = COLUMN * k, sheet.width - (MARGIN + COLUMN) * k
    if arranged_by_staff(layout):
        for id, text in (
            ("cijfers", page.figures), ("lijst", page.listed), ("toelichting", page.text.note), ("bronnen", page.text.sources),
            ("colofon", page.text.colophon),
        ):  # fmt: skip
            fit(layout, id, text, sheet.points(6))
        say(layout, "cijfers_kop", WORDS[page.language]["figures"] if page.figures else "")
        return
    down = (MARGIN + TITLE) * k
    if page.table:  # nothing stands above or below them
        for id, text in (
            ("toelichting", page.text.note), ("bronnen", page.text.sources), ("colofon", page.text.colophon),
            ("cijfers_kop", ""), ("cijfers", ""), ("lijst", ""),
        ):  # fmt: skip
            down = _lay(layout, id, text, left, down, width) + (_GAP * k if text else 0)
        return
    bottom = sheet.height - (MARGIN + LOCATOR + 4) * k
    for id, text in (
        ("colofon", page.text.colophon), ("bronnen", page.text.sources), ("toelichting", page.text.note)
    ):  # fmt: skip
        bottom = _lay(layout, id, text, left, bottom, width, up=True) - (_GAP * k if text else 0)
    legend = layout.itemById("legenda")
    if legend is not None:
        down += legend.sizeWithUnits().height() + _GAP * k
    down = _lay(
        layout, "cijfers_kop", WORDS[page.language]["figures"] if page.figures else "", left, down, width
    )
    down = _lay(layout, "cijfers", page.figures, left, down, width) + (_GAP * k if page.figures else 0)
    _lay(layout, "lijst", _as_much_as_fits(layout, page, width, bottom - down), left, down, width)


def _as_much_as_fits(layout: QgsPrintLayout, page: Page, width: float, height: float) -> str:
    """The list, or as many of its lines as there is room for and how many there are more."""
    item = layout.itemById("lijst")
    if item is None or not page.listed:
        return ""
    points, lines = item.font().pointSizeF(), page.listed.split("\n")
    for kept in range(len(lines), 0, -1):
        rest = [WORDS[page.language]["more"].format(len(lines) - kept)] if kept < len(lines) else []
        text = "\n".join([*lines[:kept], *rest])
        if height_mm(wrap(text, points, width), points) <= height:
            return text
    return ""


def _lay(
    layout: QgsPrintLayout, id: str, text: str, x: float, y: float, width: float, up: bool = False
) -> float:
    """Put wrapped text at a height, growing down or up; gives where the next one begins."""
    item = layout.itemById(id)
    if item is None:
        return y
    if not text:
        say(layout, id, "")
        return y
    points = item.font().pointSizeF()
    wrapped = wrap(text, points, width, item.font().bold())
    height = height_mm(wrapped, points)
    item.setText(wrapped)
    move(layout, id, x, y - height if up else y, width, height)
    return y - height if up else y + height
