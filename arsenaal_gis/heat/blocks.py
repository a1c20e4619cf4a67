"""Sums per block of 25 m and over the boxes upwind: what the heat island and the wind depend on."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

from .surface import Surface
from .uhi import uhi_max
from .wind import block_wind_ratio

BLOCK_M = 25.0
FIELDS = (
    "area",
    "green",
    "open",
    "sky",
    "wall_ns",
    "wall_ew",
    "crown_ns",
    "crown_ew",
    "building_area",
    "building_volume",
    "tree_area",
    "tree_volume",
)
AIR_BOX_M = (1000.0, 250.0, 100.0)  # upwind, to each side, downwind: heat island (Dutch standard stress test)
AIR_BOX_CALM_M = 350.0
WIND_BOX_M = (200.0, 75.0, 75.0)
WIND_BOX_CALM_M = 175.0
CALM_M_S = 1.5
ENOUGH_SKY, TOO_LITTLE_SKY = 0.20, 0.10


@dataclass(frozen=True)
class Blocks:
    """Sums per block.

    Attributes:
        sums: (12, rows, columns) in the order of ``FIELDS``: areas in m², volumes in m³, walls and crowns in
            m² of steps.
        x_min: West edge, a multiple of 25 m.
        y_max: North edge, a multiple of 25 m.
    """

    sums: npt.NDArray[np.float64]
    x_min: float
    y_max: float

    @classmethod
    def empty(cls, bounds: tuple[float, float, float, float]) -> "Blocks":
        """Return blocks without values that cover ``bounds`` (west, south, east, north)."""
        west, south, east, north = bounds
        x_min, y_max = math.floor(west / BLOCK_M) * BLOCK_M, math.ceil(north / BLOCK_M) * BLOCK_M
        shape = math.ceil((y_max - south) / BLOCK_M), math.ceil((east - x_min) / BLOCK_M)
        return cls(np.zeros((len(FIELDS), *shape)), x_min, y_max)

    def add(self, surface: Surface, svf: npt.NDArray[np.float32], inner: tuple[slice, slice]) -> None:
        """Add a window's cells, in place; blocks may be filled by several windows.

        Args:
            surface: The window, one cell wider than ``inner`` to the north and west where the raster goes on.
            svf: Sky view factor of the cells of ``surface``.
            inner: Rows and columns to count.
        """
        x = surface.x_min + (np.arange(surface.shape[1])[inner[1]] + 0.5) * surface.cell
        y = surface.y_max - (np.arange(surface.shape[0])[inner[0]] + 0.5) * surface.cell
        column = np.floor((x - self.x_min) / BLOCK_M).astype(int)
        row = np.floor((self.y_max - y) / BLOCK_M).astype(int)
        first_column = np.flatnonzero(np.diff(column, prepend=-1))
        first_row = np.flatnonzero(np.diff(row, prepend=-1))
        at = np.ix_(row[first_row], column[first_column])
        for field, values in zip(self.sums, _cell_values(surface, svf), strict=True):
            by_column = np.add.reduceat(values[inner], first_column, axis=1, dtype=np.float64)
            field[at] += np.add.reduceat(by_column, first_row, axis=0)

    def __getitem__(self, field: str) -> npt.NDArray[np.float64]:
        """Return the sums of one field."""
        return self.sums[FIELDS.index(field)]

    def place_of(self, part: "Blocks") -> tuple[int, int]:
        """Return the row and column at which the blocks of ``part`` begin."""
        return round((self.y_max - part.y_max) / BLOCK_M), round((part.x_min - self.x_min) / BLOCK_M)

    def filled_from(self, coarse: "Blocks") -> "Blocks":
        """Return ``coarse`` with these blocks laid over it wherever these cover at least half a block.

        Args:
            coarse: Blocks of the surroundings; must reach as far as these on all sides.
        """
        row, column = coarse.place_of(self)
        rows, columns = self.sums.shape[1:]
        sums = coarse.sums.copy()
        part = sums[:, row : row + rows, column : column + columns]
        part[:] = np.where(self["area"] >= 0.5 * BLOCK_M**2, self.sums, part)
        return Blocks(sums, coarse.x_min, coarse.y_max)


def _cell_values(surface: Surface, svf: npt.NDArray[np.float32]) -> Iterator[npt.NDArray]:
    """Yield the cell values of each of ``FIELDS``, in order."""
    cell = surface.cell
    area = np.float32(cell**2)
    known = np.isfinite(surface.ground)
    open_ground = known & ~surface.roof & ~surface.under_crown
    roofs = np.where(surface.roof, surface.built, np.float32(0))
    crowns = np.where(surface.under_crown, surface.crown, np.float32(0))
    yield known * area
    yield (surface.green & known) * area
    yield open_ground * area
    yield np.where(open_ground, svf, np.float32(0)) * area
    for heights in (roofs, crowns):
        yield np.abs(np.diff(heights, axis=0, prepend=heights[:1])) * np.float32(cell)
        yield np.abs(np.diff(heights, axis=1, prepend=heights[:, :1])) * np.float32(cell)
    yield surface.roof * area
    yield roofs * area
    yield surface.under_crown * area
    yield crowns * area


def box_sums(
    sums: npt.NDArray[np.float64], wind_from: float, upwind: float, side: float, downwind: float
) -> tuple[npt.NDArray[np.float64], int]:
    """Return the sums over a box around each block, turned into the wind, and the blocks in a box.

    Args:
        sums: (..., rows, columns) sums per block.
        wind_from: Direction the wind comes from, degrees clockwise from north.
        upwind: Reach of the box against the wind, metres.
        side: Reach to either side, metres.
        downwind: Reach with the wind, metres.
    """
    radius = math.ceil(math.hypot(max(upwind, downwind), side) / BLOCK_M)
    south, east = np.mgrid[-radius : radius + 1, -radius : radius + 1] * BLOCK_M
    angle = math.radians(wind_from)
    along = east * math.sin(angle) - south * math.cos(angle)
    across = east * math.cos(angle) + south * math.sin(angle)
    small = 1e-6
    box = (along >= -downwind - small) & (along <= upwind + small) & (np.abs(across) <= side + small)
    kernel = box[::-1, ::-1].astype(float)  # convolution mirrors it back
    flat = sums.reshape(-1, *sums.shape[-2:])
    total = np.stack([fftconvolve(field, kernel, mode="full") for field in flat])
    total = total[:, radius : radius + sums.shape[-2], radius : radius + sums.shape[-1]]
    return np.maximum(total, 0.0).reshape(sums.shape), int(box.sum())


@dataclass(frozen=True)
class Air:
    """Heat island and wind per block.

    Attributes:
        uhi: (rows, columns) largest heat-island effect of the night, °C.
        wind: Wind at 1.2 m over the station's at 10 m.
        svf: Mean sky view factor of the box.
        fveg: Vegetated share of the box.
        area: Ground in the box for which there are data, m².
        clipped: Share of the box for which there are no data.
        x_min: West edge, metres.
        y_max: North edge, metres.
    """

    uhi: npt.NDArray[np.float64]
    wind: npt.NDArray[np.float64]
    svf: npt.NDArray[np.float64]
    fveg: npt.NDArray[np.float64]
    area: npt.NDArray[np.float64]
    clipped: npt.NDArray[np.float64]
    x_min: float
    y_max: float


def air(
    blocks: Blocks,
    wind_from: float,
    mean_wind: float,
    weather_term: tuple[float, float, float],
    exponent: float,
) -> Air:
    """Return heat island and wind of each block, from the boxes around it.

    Args:
        blocks: Sums per block, up to 1 km beyond the places of interest.
        wind_from: Direction the wind comes from, degrees clockwise from north.
        mean_wind: Wind at 10 m in the afternoon, m/s; below 1.5 the boxes have no direction.
        weather_term: S (K m/s), daily temperature range (°C) and mean wind (m/s).
        exponent: Of the heat-island formula.

    Source: boxes and the rule for little sky: Koopmans et al. 2020 and the Dutch standard stress test.
    """
    calm = mean_wind < CALM_M_S
    boxes = [(AIR_BOX_CALM_M,) * 3, (WIND_BOX_CALM_M,) * 3] if calm else [AIR_BOX_M, WIND_BOX_M]
    (area, green, open_ground, sky), n_blocks = box_sums(blocks.sums[:4], wind_from, *boxes[0])
    known = area > 1.0
    share = np.divide(open_ground, area, out=np.zeros_like(area), where=known)
    svf = np.clip(np.divide(sky, open_ground, out=np.ones_like(area), where=open_ground > 1.0), 0.0, 1.0)
    trust = np.clip((share - TOO_LITTLE_SKY) / (ENOUGH_SKY - TOO_LITTLE_SKY), 0.0, 1.0)
    svf = trust * svf + (1.0 - trust)
    fveg = np.clip(np.divide(green, area, out=np.zeros_like(area), where=known), 0.0, 1.0)
    around, _ = box_sums(blocks.sums, wind_from, *boxes[1])
    field = dict(zip(FIELDS, around, strict=True))
    north, east = abs(math.cos(math.radians(wind_from))), abs(math.sin(math.radians(wind_from)))
    nothing = 1.0  # m²: less than this is what the Fourier transform leaves of zero
    wind = block_wind_ratio(
        field["wall_ns"] * north + field["wall_ew"] * east,
        field["crown_ns"] * north + field["crown_ew"] * east,
        *(np.where(field[name] > nothing, field[name], 0.0) for name in FIELDS[8:]),
        field["area"],
    )
    uhi = np.maximum(uhi_max(svf, fveg, *weather_term, exponent), 0.0)
    clipped = 1.0 - np.minimum(area / (n_blocks * BLOCK_M**2), 1.0)
    return Air(uhi, wind, svf, fveg, area, clipped, blocks.x_min, blocks.y_max)


def to_cells(
    field: npt.NDArray[np.float64],
    x_min: float,
    y_max: float,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
) -> npt.NDArray[np.float32]:
    """Interpolate a field of blocks bilinearly between their centres.

    Args:
        field: (rows, columns) values of blocks.
        x_min: West edge of the blocks, metres.
        y_max: North edge, metres.
        x: (columns,) of the cells.
        y: (rows,) of the cells.

    Returns:
        (rows, columns) of cells; beyond the outer centres the nearest value.
    """
    field = field.astype(np.float32)
    left, right, east = centres_around((x - x_min) / BLOCK_M, field.shape[1])
    upper, lower, south = centres_around((y_max - y) / BLOCK_M, field.shape[0])
    columns = field[:, left] * (1 - east) + field[:, right] * east
    return columns[upper] * (1 - south)[:, None] + columns[lower] * south[:, None]


def centres_around(
    position: npt.NDArray[np.float64], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the two of ``n`` blocks between whose centres each position lies, and how far from the first to
    the second, 0 to 1.

    Args:
        position: Distance from the edge of the first block, blocks.
        n: Number of blocks.
    """
    position = np.clip(position - 0.5, 0.0, n - 1.0)
    low = np.minimum(position.astype(int), max(n - 2, 0))
    return low, np.minimum(low + 1, n - 1), (position - low).astype(np.float32)
