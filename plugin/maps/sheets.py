"""Paper: sizes, and how large everything on them is."""

from dataclasses import dataclass

# Every measure of a landscape page is given for A3; larger sheets are the same page enlarged.
A3_WIDTH = 420.0
MARGIN = 7.0
COLUMN = 84.0
TITLE = 17.0
LOCATOR = 36.0
FONT = "DejaVu Sans"


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        id: Name on the command line and in file names.
        width, height: Millimetres.
    """

    id: str
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Enlargement against A3; a sheet read from farther away is enlarged as a whole."""
        return self.width / A3_WIDTH

    def points(self, size: float) -> float:
        """A font size given for A3."""
        return size * self.scale


SHEETS = {
    sheet.id: sheet
    for sheet in (
        Sheet("A3", 420.0, 297.0),
        Sheet("A1", 841.0, 594.0),
        Sheet("A0", 1189.0, 841.0),
        Sheet("rol914", 1292.0, 914.0),
    )
}
# Upright pages for cards, atlas and rounds: held in the hand, so never smaller letters, only less on them.
PORTRAIT = {sheet.id: sheet for sheet in (Sheet("A4", 210.0, 297.0), Sheet("A5", 148.0, 210.0))}
SHEET_IDS = (*SHEETS, *PORTRAIT)
# Round scales in the order in which they are tried.
SCALES = (
    250, 500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7500, 10000, 12500, 15000, 20000, 25000, 50000,
)  # fmt: skip
BARS = (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)


def nominal_scale(
    extent_width_m: float, extent_height_m: float, frame_width_mm: float, frame_height_mm: float
) -> int:
    """The largest round scale at which an extent fits a frame.

    Args:
        extent_width_m: Width on the ground, metres.
        extent_height_m: Height on the ground, metres.
        frame_width_mm: Width on paper, millimetres.
        frame_height_mm: Height on paper, millimetres.
    """
    least = 1000 * max(extent_width_m / frame_width_mm, extent_height_m / frame_height_mm)
    return next((scale for scale in SCALES if scale >= least), int(-(-least // 10000) * 10000))
