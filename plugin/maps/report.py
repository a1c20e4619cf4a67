"""The yearly report on paper: its text, charts and tables as A4 pages."""

import re
from html import unescape
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, QMarginsF, QRectF, QUrl
from qgis.PyQt.QtGui import (
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from ..arsenaal_gis.plan import latest_plan
from ..arsenaal_gis.progress import Progress
from ..arsenaal_gis.report import Maker, write_report
from ..arsenaal_gis.wijk import Plan, Wijk
from .job import MapJob
from .sheets import FONT
from .words import width_mm

_DPI, _MARGIN = 300, 18  # a page's edge in millimetres
_CSS_DPI = 96  # what Qt's text engine takes for one inch
_CHART_MM = 172
_FILLINGS = 3  # empty rows at most for one row that is moved
_CELL_MM = 2.6  # what a cell needs beside its text
_TEXT_MM = 80.0  # a sentence asks for no more than this on one line
_UNDER_HEADING = 30  # millimetres that must be left for what it heads
_STYLE = (
    "h1{font-size:18pt} h2{font-size:13pt;color:#123f46} h4{font-size:9pt} p,li{font-size:9pt} td,th{font-size:8pt}"
    "th{text-align:left}"
)


def print_report(job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, progress: Progress) -> list[Path]:
    """Write the report as HTML with its tables, and the same as PDF.

    Returns:
        The PDF, then the files that it was made from.
    """
    folder = job.out / "verslag"
    before = latest_plan(wijk, job.before) if job.before else None
    written = write_report(wijk, plan, folder, before=before, today=job.today, progress=progress)
    progress.check()
    path = folder / "verslag.pdf"
    writer = QPdfWriter(str(path))
    writer.setTitle(f"Verslag {wijk.config.name}")
    writer.setCreator(f"{maker.organisation}, arsenaal_gis")
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter,
        )
    )  # fmt: skip
    _paint(written[0].read_text(encoding="utf-8"), writer, f"{maker.organisation} \u00b7 plan {plan.moment}")
    return [path, *written]


def _paint(html: str, writer: QPdfWriter, foot: str) -> None:
    """Flow the page over sheets, with its number below each."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(QFont(FONT, 9))
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_for_text(html, document))
    width, height = float(writer.width()), float(writer.height()) - 14 / 25.4 * _DPI
    document.setPageSize(QRectF(0, 0, width, height).size())
    _keep_headings(document, height)
    _keep_rows(document, height)
    painter = QPainter(writer)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * height)
        document.drawContents(painter, QRectF(0, number * height, width, height))
        painter.restore()
        painter.setFont(QFont(FONT, 8))
        painter.setPen(QColor("#555555"))
        painter.drawText(0, writer.height(), f"{foot} \u00b7 {number + 1} / {document.pageCount()}")
    painter.end()


def _keep_headings(document: QTextDocument, height: float) -> None:
    """Begin a new sheet where a heading would stand alone at the foot of one."""
    block = document.begin()
    while block.isValid():
        foot = document.documentLayout().blockBoundingRect(block).bottom() % height
        if block.blockFormat().headingLevel() and height - foot < _UNDER_HEADING / 25.4 * _DPI:
            broken = QTextBlockFormat()
            broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).mergeBlockFormat(broken)
            _lay_out_again(document)
        block = block.next()


def _keep_rows(document: QTextDocument, height: float) -> None:
    """Move a row that would lie on two sheets to the second one: empty rows fill what is left of the first."""
    for table in (frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)):
        row = 1
        while row < table.rows():
            for _ in range(_FILLINGS):
                top, bottom, line = _extent(document, table, row)
                foot = (top // height + 1) * height
                if foot >= bottom or bottom - top >= height / 2:
                    break
                table.insertRows(row, 1)
                _fill_up_to(document, table, row, foot, foot - top - 0.6 * line, line)
                row += 1
            row += 1


def _fill_up_to(
    document: QTextDocument, table: QTextTable, row: int, foot: float, air: float, line: float
) -> None:
    """Make an empty row so high that the next one does not fit above the foot; it must itself end above it."""
    while True:
        for column in range(table.columns()):
            empty = table.cellAt(row, column)
            look = empty.format().toTableCellFormat()
            look.setTopPadding(max(air, 0.0))
            look.setFontPointSize(1)
            empty.setFormat(look)
        _lay_out_again(document)
        if air <= 0 or _extent(document, table, row)[1] <= foot:
            return
        air -= 0.3 * line


def _extent(document: QTextDocument, table: QTextTable, row: int) -> tuple[float, float, float]:
    """Where the lines of a row begin and end, and how high the first one is."""
    tops, bottoms, line = [], [], 0.0
    for column in range(table.columns()):
        cell = table.cellAt(row, column)
        for at, ends in ((cell.firstCursorPosition(), tops), (cell.lastCursorPosition(), bottoms)):
            words, above = at.block().layout(), document.documentLayout().blockBoundingRect(at.block()).top()
            one = words.lineAt(0 if ends is tops else words.lineCount() - 1)
            ends.append(above + one.y() + (0.0 if ends is tops else one.height()))
            line = max(line, one.height())
    return min(tops), max(bottoms), line


def _lay_out_again(document: QTextDocument) -> None:
    """All of it: after a change Qt forgets the lines of texts further on, which are then not drawn at all."""
    document.markContentsDirty(0, document.characterCount())


def _for_text(html: str, document: QTextDocument) -> str:
    """The page as Qt's text engine takes it: charts as pictures, no menu, tables as wide as the page."""
    from qgis.PyQt.QtSvg import QSvgRenderer  # only in the main thread, see compat.extruded

    html = re.sub(r"<nav.*?</nav>|<style>.*?</style>|</?figure>", "", html, flags=re.DOTALL)
    charts = re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL)
    wide = _CHART_MM / 25.4 * _DPI
    shown = round(_CHART_MM / 25.4 * _CSS_DPI)
    for number, svg in enumerate(charts):
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        size = renderer.viewBoxF().size()
        image = QImage(round(wide), round(wide * size.height() / size.width()), QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"grafiek{number}"), image)
        html = html.replace(svg, f'<p><img src="grafiek{number}" width="{shown}"></p>')
    html = re.sub(
        r"<table><caption>(.*?)</caption>",
        r'<h4>\1</h4><table width="100%" cellpadding="3" cellspacing="0" border="0">',
        html,
    )
    html = re.sub(r"<table .*?</table>", _with_widths, html, flags=re.DOTALL)
    return html.replace("<figcaption>", "<p>").replace("</figcaption>", "</p>")


def _with_widths(found: re.Match[str]) -> str:
    """A table whose columns are as wide as their longest word; what is left goes to those with sentences.

    Qt would make all about as wide, and break words.
    """
    table = found[0]
    rows = [
        [unescape(text) for text in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, flags=re.DOTALL)
    ]
    least, wanted = [], []
    for column in zip(*rows, strict=True):
        bold = [number == 0 for number in range(len(column))] if least else [True] * len(column)
        pairs = list(zip(column, bold, strict=True))
        least.append(
            max(width_mm(word, 8, b) for text, b in pairs for word in text.split() or [""]) + _CELL_MM
        )
        wanted.append(min(max(width_mm(text, 8, b) for text, b in pairs), _TEXT_MM))
    more = [max(want - have, 0.1) for want, have in zip(wanted, least, strict=True)]
    left = max(_CHART_MM - sum(least), 0.0)
    wide = [have + left * part / sum(more) for have, part in zip(least, more, strict=True)]
    for share in (f"{100 * one / sum(wide):.1f}%" for one in wide):
        table = table.replace('<th scope="col">', f'<th scope="col" width="{share}">', 1)
    return table
