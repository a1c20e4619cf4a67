"""What the sun and the wind meet: ground, buildings, crowns and green on one grid; and checks that the
rasters make sense.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from ..raster import Grid

# a building raster this far above the ground is a roof; lower things are walls and sheds to walk around
ROOF_FROM_M = 2.0
FLAT_BELOW_M = 0.3  # noise of laser heights and kerbs: ground
CROWN_FROM_M = 2.5
GREEN_CODES = (1, 2, 3)  # Groenkaart: farmland, low green, high green


@dataclass(frozen=True)
class Surface:
    """Rasters of one grid, row 0 north.

    Attributes:
        ground: (rows, columns) float32 ground height, metres; nan is a hole.
        built: float32 height of buildings and walls above the ground, metres, 0 where none.
        crown: float32 height of crowns above the ground, metres, 0 where none.
        roof: bool, nobody walks here.
        green: bool, vegetated (crowns included).
        water: bool.
        sealed: bool, paved ground or roof.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
        level: Input level "L3" (rasters of heights) down to "L0" (guessed heights).
    """

    ground: npt.NDArray[np.float32]
    built: npt.NDArray[np.float32]
    crown: npt.NDArray[np.float32]
    roof: npt.NDArray[np.bool_]
    green: npt.NDArray[np.bool_]
    water: npt.NDArray[np.bool_]
    sealed: npt.NDArray[np.bool_]
    x_min: float
    y_max: float
    cell: float
    level: str

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.ground.shape

    @property
    def origin(self) -> tuple[int, int]:
        """Row and column of the first cell in the grid that spans the whole CRS: what lines of sight are
        anchored to.
        """
        return round(-self.y_max / self.cell), round(self.x_min / self.cell)

    @property
    def relief(self) -> float:
        """Highest top minus lowest ground, metres."""
        return float(np.nanmax(self.top) - np.nanmin(self.ground)) if np.isfinite(self.ground).any() else 0.0

    @property
    def top(self) -> npt.NDArray[np.float32]:
        """Height of what casts shadow: crowns are solid, as in Koopmans et al. 2020."""
        return self.ground + np.maximum(self.built, self.crown)

    @property
    def under_crown(self) -> npt.NDArray[np.bool_]:
        """Ground below a crown: always in the shade."""
        return (self.crown > 0) & ~self.roof

    @property
    def eyes(self) -> npt.NDArray[np.float32]:
        """Heights from which the sky is looked at: the ground under crowns, else the surface itself."""
        return np.where(self.under_crown, self.ground, self.ground + np.maximum(self.built, self.crown))

    @property
    def bowen_green(self) -> npt.NDArray[np.bool_]:
        """Cells with the low Bowen ratio by day: vegetation and water."""
        return self.green | self.water

    def window(self, rows: slice, columns: slice) -> "Surface":
        """Return a part (views)."""
        part = {name: getattr(self, name)[rows, columns] for name in LAYERS}
        return replace(
            self,
            **part,
            x_min=self.x_min + columns.start * self.cell,
            y_max=self.y_max - rows.start * self.cell,
        )

    def grid(self, values: npt.NDArray[np.float32]) -> Grid:
        """Return values on these cells as a raster."""
        return Grid(values, self.x_min, self.y_max, self.cell)


LAYERS = ("ground", "built", "crown", "roof", "green", "water", "sealed")


def surface_from_rasters(
    dtm: Grid,
    buildings_top: Grid,
    crown: Grid,
    greenness: Grid | None = None,
    sealing: Grid | None = None,
    water: npt.NDArray[np.bool_] | None = None,
    level: str = "L3",
    check: bool = True,
) -> Surface:
    """Put height and cover rasters together.

    Args:
        dtm: Ground height, metres.
        buildings_top: Height of ground and buildings, without trees, metres.
        crown: Height of crowns above the ground, metres; nan where none.
        greenness: Codes of the Groenkaart; None: only crowns and what is not sealed are green.
        sealing: 1 sealed, 0 not; None: all that is neither green nor water is sealed.
        water: Mask of water.
        level: Input level to record.
        check: Refuse heights that make no sense; a window of a larger raster may be empty and is not checked.

    Returns:
        The surface on the grid of ``dtm``.

    Raises:
        MethodError: The grids differ, hold no values, are in centimetres or stand below the ground.
    """
    for name, grid in (
        ("dsm_gebouwen", buildings_top),
        ("cdsm", crown),
        ("groenkaart", greenness),
        ("bodembedekking", sealing),
    ):
        if grid is not None:
            _same_grid(dtm, grid, name)
    ground = dtm.values.astype(np.float32)
    built = (buildings_top.values - ground).astype(np.float32)
    crowns = np.nan_to_num(crown.values.astype(np.float32))
    if check:
        _plausible(ground, built, crowns)
    built = np.where(built >= FLAT_BELOW_M, built, np.float32(0))  # nan becomes 0
    crowns[crowns < CROWN_FROM_M] = 0
    roof = built >= ROOF_FROM_M
    water = np.zeros(roof.shape, bool) if water is None else water & ~roof
    green = crowns > 0
    if greenness is not None:
        green |= np.isin(greenness.values, GREEN_CODES)
    elif sealing is not None:
        green |= sealing.values == 0
    green &= ~roof & ~water
    sealed = (sealing.values == 1) if sealing is not None else ~green & ~water
    return Surface(
        ground,
        built,
        crowns,
        roof,
        green | (crowns > 0) & ~roof,
        water,
        sealed | roof,
        dtm.x_min,
        dtm.y_max,
        dtm.cell,
        level,
    )


def _same_grid(first: Grid, other: Grid, name: str) -> None:
    apart = max(
        abs(first.x_min - other.x_min),
        abs(first.y_max - other.y_max),
        abs(first.cell - other.cell) * max(first.shape),
    )
    if first.shape != other.shape or apart > 0.01 * first.cell:
        raise MethodError(
            f"The grid differs from that of the ground: {other.shape} cells of {other.cell} m from "
            f"({other.x_min}, {other.y_max}), "
            f"against {first.shape} of {first.cell} m from ({first.x_min}, {first.y_max}).",
            name,
            "Import the rasters again, on one grid.",
        )


def _plausible(ground: npt.NDArray, built: npt.NDArray, crown: npt.NDArray) -> None:
    known = np.isfinite(ground)
    if not known.any():
        raise MethodError(
            "The ground raster holds no value at all.",
            "dtm",
            "Is its no-data value right, and does it cover the wijk?",
        )
    missing = 1 - np.isfinite(built).sum() / known.sum()
    if missing > 0.5:
        raise MethodError(
            f"{missing:.0%} of the cells lack a surface height.",
            "dsm_gebouwen",
            "Deliver a raster that covers the wijk.",
        )
    if np.nanmax(ground) - np.nanmin(ground) > 1000 or np.nanquantile(built, 0.99) > 300:
        raise MethodError(
            "Heights differ by more than buildings do.",
            "dtm, dsm",
            "Are they in centimetres? Deliver metres.",
        )
    below = np.nanmean(built < -1.0)
    if below > 0.02:
        raise MethodError(
            f"{below:.1%} of the surface lies more than 1 m below the ground.",
            "dsm, dtm",
            "Were the two files swapped, or do they refer to different levels?",
        )
    if crown.max(initial=0.0) > 80:
        raise MethodError(
            f"A crown of {crown.max():.0f} m.",
            "cdsm",
            "Crowns are metres above the ground, not above sea level or in centimetres.",
        )
