"""Plots of the progress as plain SVG: per street and per week."""

from html import escape

import pandas as pd

# One hue, dark for visited; grey tones tell the rest apart in print too.
PARTS = {
    "bezocht": ("#1f707d", "bezocht"),
    "anders": ("#98cdc8", "bereikt, niet bezocht"),
    "dicht": ("#d9d9d9", "niet bereikt"),
}
ROW, LEFT, WIDTH, TOP = 22, 170, 420, 58
FONT = 'font-family="DejaVu Sans, sans-serif"'


def progress_chart(progress: pd.DataFrame, wave: str, kind: str) -> str:
    """Bars of one wave, by street or by week.

    A street's bar is the share of its dwellings that was visited, reached otherwise, or not reached; a week's
    bar is the number of attempts that week, parted likewise.

    Args:
        progress: Rows of ``bezoek_voortgang``.
        wave: ``nulmeting``, ``nameting`` or ``andere``.
        kind: ``straat`` or ``week``.

    Returns:
        An SVG document with Dutch words; a sentence in it where there is nothing to show.
    """
    rows = (
        progress[progress["golf"].eq(wave) & progress["soort"].eq(kind)].sort_values("naam")
        if len(progress)
        else progress
    )
    if rows.empty:
        return _svg(f"Nog geen bezoeken in de {wave}.", [], TOP)
    visited = rows["bezocht"].to_numpy(float)
    reached = rows["bereikt"].to_numpy(float) - visited
    if kind == "straat":
        total = rows["woningen"].to_numpy(float)
        scale, title = total, f"Huisbezoeken per straat, {wave}: deel van de woningen"
    else:
        total = rows["pogingen"].to_numpy(float)
        scale, title = total.max(), f"Huisbezoeken per week, {wave}: pogingen"
    parts = pd.DataFrame({"bezocht": visited, "anders": reached, "dicht": total - visited - reached})
    shares = parts.div(scale, axis=0)
    names = rows["naam"].to_numpy(object)
    order = (
        shares["bezocht"].to_numpy().argsort(kind="stable")[::-1] if kind == "straat" else range(len(rows))
    )
    bars: list[str] = []
    for line, i in enumerate(order):
        y = TOP + line * ROW
        bars.append(f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(str(names[i]))}</text>')
        x = float(LEFT)
        for part, (color, _) in PARTS.items():
            width = WIDTH * float(shares[part].iat[i])
            bars.append(
                f'<rect x="{x:.1f}" y="{y + 2}" width="{width:.1f}" height="{ROW - 6}" fill="{color}"/>'
            )
            x += width
        count = f"{int(visited[i])} / {int(total[i])}"
        bars.append(f'<text x="{LEFT + WIDTH + 8}" y="{y + 14}">{count}</text>')
    return _svg(title, bars, TOP + len(rows) * ROW + 10)


def _svg(title: str, bars: list[str], height: int) -> str:
    """Document with title and legend."""
    legend, x = [], LEFT
    for color, word in PARTS.values():
        legend.append(f'<rect x="{x}" y="30" width="12" height="12" fill="{color}"/>')
        legend.append(f'<text x="{x + 17}" y="40">{word}</text>')
        x += 40 + 8 * len(word)
    width = LEFT + WIDTH + 100
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" {FONT} font-size="12" fill="#222">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="8" y="18" font-size="14" font-weight="bold">{escape(title)}</text>'
        f"{''.join(legend if bars else [])}{''.join(bars)}</svg>"
    )
