"""Write a comparison: a GeoPackage with both layers, and a chart of the changes."""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd

from ..catalogue import load
from ..errors import WorkspaceError
from ..gpkg import empty_frame, settle, write_layer
from ..hotspots.words import number
from .compare import Comparison
from .words import BETTER, WORSE

LAYERS = ("verandering", "verandering_indicatoren")
# Blue and orange stay apart for every colour vision and in grey; a hollow dot is not proven.
_COLORS = {BETTER: "#2969a2", WORSE: "#b35806"}
_GREY = "#6e6e6e"
_KEY = (
    "verschil in procentpunt met 95 %-interval; bol = dezelfde eenheden, ruit = alle",
    "blauw = verbeterd, oranje = verslechterd, hol = niet aantoonbaar",
)
_ROW, _LEFT, _WIDTH, _TOP = 34, 300, 900, 88


def write(comparison: Comparison, path: Path) -> None:
    """Write the comparison to a GeoPackage, whole or not at all.

    Args:
        comparison: What changed.
        path: The file; replaced when it exists.

    Raises:
        WorkspaceError: It cannot be written.
    """
    part = path.with_name(f".deel_{path.name}")
    part.unlink(missing_ok=True)
    try:
        for id, rows in zip(LAYERS, (comparison.rows, comparison.indicators), strict=True):
            layer = load().layer(id)
            write_layer(part, layer, rows if len(rows) else empty_frame(layer))
        settle(part)
        os.replace(part, path)
    except OSError as error:
        raise WorkspaceError(
            f"The comparison could not be written: {error.strerror}.", str(path), "Is it open elsewhere?"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def chart(indicators: pd.DataFrame, title: str) -> str:
    """Draw the change of shares in percentage points, with intervals, as SVG.

    Args:
        indicators: Rows of ``verandering_indicatoren``.
        title: Heading, in Dutch.

    Returns:
        The SVG text: a row per share; the same units as a dot, all units as a diamond; hollow = not proven.
    """
    bounds = ["verschil_onder", "verschil_boven", "zelfde_onder", "zelfde_boven", "verschil"]
    rows = indicators.reindex(columns=list(load().layer("verandering_indicatoren").fields))
    rows = rows[rows["eenheid"].eq("%") & rows["verschil"].notna()]
    values = rows[bounds].to_numpy(float, na_value=np.nan)
    reach = 5 * np.ceil(max(np.nanmax(np.abs(values), initial=1.0), 5) / 5)
    height = _TOP + _ROW * len(rows) + 50

    def x(value: float) -> float:
        return _LEFT + (value + reach) / (2 * reach) * (_WIDTH - _LEFT - 30)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="DejaVu Sans, sans-serif" font-size="13" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="17" font-weight="bold">{escape(title)}</text>',
        *(f'<text x="16" y="{46 + 18 * n}" fill="{_GREY}">{line}</text>' for n, line in enumerate(_KEY)),
    ]
    for tick in np.linspace(-reach, reach, 5):
        line = f'x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{_TOP - 8}" y2="{height - 34}"'
        out.append(f'<line {line} stroke="{"#222222" if tick == 0 else "#dddddd"}"/>')
        label = f"{'+' if tick > 0 else ''}{number(tick, 1)}"
        out.append(f'<text x="{x(tick):.1f}" y="{height - 16}" text-anchor="middle">{label}</text>')
    for i, row in enumerate(rows.to_dict("records")):
        y = _TOP + _ROW * i + _ROW / 2
        out.append(f'<text x="16" y="{y + 4:.1f}">{escape(row["titel"])}</text>')
        out += _mark(x, y - 6, row, "zelfde_", "circle") + _mark(x, y + 7, row, "", "diamond")
    return "\n".join([*out, "</svg>"]) + "\n"


def _mark(x: Callable[[float], float], y: float, row: dict, prefix: str, shape: str) -> list[str]:
    names = ("zelfde_verschil", "zelfde_onder", "zelfde_boven")
    if not prefix:
        names = ("verschil", "verschil_onder", "verschil_boven")
    value, low, high = (row.get(name) for name in names)
    if value is None or pd.isna(value):
        return []
    verdict = row.get(f"{prefix}oordeel")
    color = _COLORS.get(verdict, _GREY)
    fill = color if verdict in _COLORS else "#ffffff"
    out = []
    if low is not None and not pd.isna(low):
        ends = f'x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y:.1f}" y2="{y:.1f}"'
        out.append(f'<line {ends} stroke="{color}" stroke-width="2"/>')
    look = f'fill="{fill}" stroke="{color}" stroke-width="1.5"'
    if shape == "circle":
        out.append(f'<circle cx="{x(value):.1f}" cy="{y:.1f}" r="4.5" {look}/>')
    else:
        points = " ".join(
            f"{x(value) + dx:.1f},{y + dy:.1f}" for dx, dy in ((-5, 0), (0, -5), (5, 0), (0, 5))
        )
        out.append(f'<polygon points="{points}" {look}/>')
    return out
