"""Headings and texts flowing through columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .words import height_mm, wrap

Blocks = Sequence[tuple[str, str]]
_AFTER = 2.0  # below a block, millimetres
_CUT = "\u2026"


@dataclass
class Column:
    """Wrapped headings and texts.

    Attributes:
        blocks: Heading and text of each.
    """

    blocks: list[tuple[str, str]] = field(default_factory=list)

    def lines(self, points: float) -> list[tuple[str, bool, float]]:
        """Texts in order, whether they are a heading, and their heights."""
        return [
            (text, number == 0, height_mm(text, points))
            for block in self.blocks
            for number, text in enumerate(block)
        ]

    def height(self, points: float) -> float:
        """Height of all of it, millimetres."""
        return sum(height for _, _, height in self.lines(points)) + _AFTER * len(self.blocks)


def height_of(columns: Sequence[Column], points: float) -> float:
    """Height of the tallest column."""
    return max((column.height(points) for column in columns), default=0.0)


def columns_of(blocks: Blocks, width: float, points: float, count: int, tallest: float) -> list[Column]:
    """Distribute blocks over at most ``count`` columns in their order, as evenly as their order allows.

    Args:
        blocks: Headings and texts.
        width: Of a column, millimetres.
        points: Font size.
        count: Columns, 1 or 2.
        tallest: Beyond this height a text is cut, and says so.
    """
    wrapped = [(wrap(heading, points, width, True), wrap(text, points, width)) for heading, text in blocks]
    if count == 1:
        columns = [Column(wrapped)]
    else:
        splits = [(Column(wrapped[:n]), Column(wrapped[n:])) for n in range(1, len(wrapped) + 1)]
        columns = list(min(splits, key=lambda pair: height_of(pair, points), default=(Column(),)))
    for column in columns:
        while column.height(points) > tallest and _shorten(column, wrapped[0]):
            pass
    return columns


def _shorten(column: Column, first: tuple[str, str]) -> bool:
    """Take a line off the longest text, off the first one (the figures) last; False when nothing can be taken."""
    longest = max(
        (n for n, block in enumerate(column.blocks) if "\n" in block[1]),
        key=lambda n: (column.blocks[n] is not first, column.blocks[n][1].count("\n")),
        default=None,
    )
    if longest is None:
        return False
    heading, text = column.blocks[longest]
    kept = text.removesuffix(f"\n{_CUT}").split("\n")[:-1]
    column.blocks[longest] = (heading, "\n".join([*kept, _CUT]))
    return True
