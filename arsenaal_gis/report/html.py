"""Accessible HTML: headings in order, a caption on every table, a text and a table behind every chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

_STYLE = """
body{font:1rem/1.5 "DejaVu Sans",Verdana,sans-serif;color:#222;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-bottom:2px solid #1f707d}
table{border-collapse:collapse;margin:1rem 0;width:100%;font-size:.9rem}caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border-bottom:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top}td.n{text-align:right;white-space:nowrap}
figure{margin:1rem 0}svg{max-width:100%;height:auto}a{color:#1b4f72}.oefen{border:2px solid #8a1c1c;color:#8a1c1c;padding:.5rem;font-weight:bold}
@media print{body{max-width:none;font-size:10pt}h2{break-after:avoid}tr,figure{break-inside:avoid}}
""".strip()
_BAR, _BAND, _INK = "#1f707d", "#222222", "#222222"
_LEFT, _WIDTH, _ROW, _TOP = 290, 900, 26, 34


@dataclass(frozen=True)
class Table:
    """Rows with a caption.

    Attributes:
        caption: What it holds.
        rows: All columns, as the CSV file has them.
        narrow: Columns that the page shows; empty for all.
    """

    caption: str
    rows: pd.DataFrame
    narrow: tuple[str, ...] = ()

    def html(self) -> str:
        """The table on the page, without columns that are empty."""
        shown = self.rows[list(self.narrow)] if self.narrow else self.rows
        filled = [name for name in shown if any(map(_word, shown[name]))]
        return table(self.caption, shown[filled] if len(shown) else shown)


@dataclass(frozen=True)
class Section:
    """One part of the report.

    Attributes:
        id: Anchor, and name of the CSV files.
        title: Heading.
        text: Paragraphs.
        charts: SVG texts, each with a sentence that says what is seen.
        tables: Tables, each also a CSV file.
    """

    id: str
    title: str
    text: tuple[str, ...] = ()
    charts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()


def document(title: str, subtitle: str, practice: str, sections: Sequence[Section]) -> str:
    """The whole page.

    Args:
        title: Heading of the report.
        subtitle: When, by whom, from which plan.
        practice: Warning that the data are fictitious, or empty.
        sections: Its parts, in order.
    """
    links = "".join(f'<li><a href="#{part.id}">{escape(part.title)}</a></li>' for part in sections)
    parts = [
        f'<!DOCTYPE html>\n<html lang="nl">\n<head><meta charset="utf-8"><title>{escape(title)}</title>',
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>',
        f"<header><h1>{escape(title)}</h1><p>{escape(subtitle)}</p>",
        f'<p class="oefen">{escape(practice)}</p>' if practice else "",
        f'</header>\n<nav aria-label="Inhoud"><ul>{links}</ul></nav>\n<main>',
        *(_section(part) for part in sections),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _section(part: Section) -> str:
    out = [f'<section id="{part.id}"><h2>{escape(part.title)}</h2>']
    out += [f"<p>{escape(text)}</p>" for text in part.text]
    out += [f"<figure>{svg}<figcaption>{escape(words)}</figcaption></figure>" for svg, words in part.charts]
    out += [one.html() for one in part.tables]
    return "\n".join([*out, "</section>"])


def table(caption: str, rows: pd.DataFrame) -> str:
    """A table with its caption and the scope of every head; numbers as Dutch readers write them."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in rows.columns)
    body = []
    for row in rows.itertuples(index=False, name=None):
        cells = [f'<th scope="row">{escape(_word(row[0]))}</th>']
        for value in row[1:]:
            number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
            cells.append(f"<td{' class=n' if number else ''}>{escape(_word(value))}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<table><caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(body)
        + "\n</tbody></table>"
    )


def _word(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, (float, np.floating)):
        text = f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"
        return text.removesuffix(".0").translate(str.maketrans(",.", ".,"))
    return str(value)


def bars(
    names: Sequence[str], values: np.ndarray, low: np.ndarray, high: np.ndarray, title: str, unit: str
) -> str:
    """Horizontal bars with intervals, as SVG with a title for who cannot see it.

    Args:
        names: One per bar.
        values: Length of each bar, in ``unit``, not negative.
        low: Lower ends of the intervals, or nan for none.
        high: Upper ends.
        title: What is drawn.
        unit: Unit of the axis.
    """
    top = max(float(np.nanmax([*values, *high], initial=0.0)), 1e-9)
    if unit == "%":
        top = max(10.0 * np.ceil(top / 10), 10.0)
    height = _TOP + _ROW * len(names) + 28

    def x(value: float) -> float:
        return _LEFT + value / top * (_WIDTH - _LEFT - 70)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img" '
        f'font-family="DejaVu Sans, sans-serif" font-size="13"><title>{escape(title)}</title>',
        f'<text x="0" y="18" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for i, (name, value, least, most) in enumerate(zip(names, values, low, high, strict=True)):
        y = _TOP + i * _ROW
        out.append(
            f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end" fill="{_INK}">{escape(name)}</text>'
        )
        out.append(
            f'<rect x="{_LEFT}" y="{y + 3}" width="{x(value) - _LEFT:.1f}" height="{_ROW - 9}" fill="{_BAR}"/>'
        )
        if not np.isnan(least):
            ends = f'x1="{x(least):.1f}" x2="{x(most):.1f}" y1="{y + 11.5}" y2="{y + 11.5}"'
            out.append(
                f'<line {ends} stroke="#ffffff" stroke-width="5"/><line {ends} stroke="{_BAND}" stroke-width="2"/>'
            )
        end = x(value if np.isnan(most) else max(value, most))
        out.append(
            f'<text x="{end + 6:.1f}" y="{y + 15}">{escape(_word(float(value)))} {escape(unit)}</text>'
        )
    return "\n".join([*out, "</svg>"])
