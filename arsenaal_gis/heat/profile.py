"""A street cut across: heights along a line, and where on it the sun reaches."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from ..raster import Bounds, read
from .engine import LOWEST_SUN
from .hours import in_shade
from .sky_view import halo_cells, lit_planes
from .surface import Surface, surface_from_rasters

STEPS_PER_CELL = 4
# Shadows at LOWEST_SUN of what stands higher above the ground than this fall outside the window, metres.
_TALLEST_M = 40.0
MARGIN_M = math.ceil(_TALLEST_M / math.tan(math.radians(LOWEST_SUN)))
_HIGH_GREEN = 3
# The sky as the heat maps look at it by default.
N_AZIMUTHS, N_ALTITUDES, RADIUS_M = 32, 8, 100.0


@dataclass(frozen=True)
class Section:
    """Cells that a line crosses, in steps of a quarter cell, and what stands around them.

    Attributes:
        surface: The window around the line; what stands beside the line shades it too.
        distance: (n,) middle of each step, metres from the line's start.
        row: (n,) row of the cell under each step.
        column: (n,) its column.
        step: Length of a step, metres.
    """

    surface: Surface
    distance: npt.NDArray[np.float64]
    row: npt.NDArray[np.int_]
    column: npt.NDArray[np.int_]
    step: float

    def along(self, values: npt.NDArray) -> npt.NDArray:
        """Return values of the window's cells at each step, (n,)."""
        return values[self.row, self.column]

    @property
    def outdoors(self) -> npt.NDArray[np.bool_]:
        """Steps where one can walk, (n,): no roof, no hole."""
        return ~self.along(self.surface.roof) & np.isfinite(self.along(self.surface.ground))

    def shaded(self, azimuth: float, altitude: float) -> npt.NDArray[np.bool_]:
        """Return which steps are in the shade, (n,), as the heat maps reckon it: in a shadow or under a crown.

        Args:
            azimuth: Sun azimuth, degrees clockwise from north.
            altitude: Sun altitude, degrees.
        """
        return self.along(in_shade(self.surface, azimuth, altitude))

    def sky_view(self) -> npt.NDArray[np.float32]:
        """Return the sky view factor at each step, at the ground under crowns, (n,)."""
        return self.lit_planes(range(N_AZIMUTHS)) / np.float32(N_AZIMUTHS * N_ALTITUDES)

    def lit_planes(self, chosen: Collection[int]) -> npt.NDArray[np.uint16]:
        """Return from how many planes of some azimuths each step is lit, (n,): a share of the work of
        :meth:`sky_view`.

        Args:
            chosen: Numbers of the azimuths.
        """
        margin = halo_cells(RADIUS_M, self.surface.cell)
        rows = slice(max(self.row.min() - margin, 0), self.row.max() + margin + 1)
        columns = slice(max(self.column.min() - margin, 0), self.column.max() + margin + 1)
        near = self.surface.window(rows, columns)
        sky = N_AZIMUTHS, N_ALTITUDES, RADIUS_M
        lit = lit_planes(near.top, near.cell, *sky, ground=near.eyes, origin=near.origin, chosen=chosen)
        return lit[self.row - rows.start, self.column - columns.start]

    def shade_m(
        self, shaded: npt.NDArray[np.bool_], between: tuple[float, float] = (-np.inf, np.inf)
    ) -> float:
        """Return the metres of shade outdoors.

        Args:
            shaded: From :meth:`shaded`.
            between: Only from this to that distance, metres; between the facades of a street.
        """
        street = (self.distance > between[0]) & (self.distance < between[1])
        return float((shaded & self.outdoors & street).sum() * self.step)


def cut(surface: Surface, start: tuple[float, float], end: tuple[float, float]) -> Section:
    """Cut a surface along a straight line.

    Args:
        surface: With enough around the line for shadows to come from; see :func:`window_bounds`.
        start: x and y, metres.
        end: x and y, metres.

    Raises:
        MethodError: The line has no length, or leaves the surface.
    """
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    n = math.floor(length / surface.cell * STEPS_PER_CELL + 1e-9)
    if n < 1:
        raise MethodError("The line is shorter than a quarter of a cell.", "profile", "Draw a longer line.")
    step = length / n
    distance = (np.arange(n) + 0.5) * step
    grid = surface.grid(surface.ground)
    row, column = grid.rows_columns(x0 + (x1 - x0) * distance / length, y0 + (y1 - y0) * distance / length)
    rows, columns = surface.shape
    if row.min() < 0 or column.min() < 0 or row.max() >= rows or column.max() >= columns:
        raise MethodError("The line leaves the height rasters.", "dtm", "Draw it inside the wijk.")
    return Section(surface, distance, row, column, step)


def window_bounds(start: tuple[float, float], end: tuple[float, float]) -> Bounds:
    """Return the bounds of what may shade a line while the sun is higher than LOWEST_SUN."""
    (x0, y0), (x1, y1) = start, end
    return min(x0, x1) - MARGIN_M, min(y0, y1) - MARGIN_M, max(x0, x1) + MARGIN_M, max(y0, y1) + MARGIN_M


def read_window(rasters: Mapping[str, Path | str], bounds: Bounds) -> Surface:
    """Read a part of a wijk's height rasters.

    Args:
        rasters: Files of ``dtm`` and ``dsm_gebouwen`` or ``dsm``; ``cdsm`` and ``groenkaart`` where there are.
        bounds: West, south, east and north, metres.

    Raises:
        MethodError: There are no heights of ground and buildings.
        SourceError: A file cannot be read.
    """
    if "dtm" not in rasters or not {"dsm_gebouwen", "dsm"} & set(rasters):
        raise MethodError(
            "This wijk has no height rasters of ground and buildings.",
            "dtm, dsm_gebouwen",
            "Import the Digitaal Hoogtemodel Vlaanderen.",
        )
    # green only tells where crowns are; where these are measured it need not be read
    wanted = {"dtm", "cdsm", "dsm_gebouwen"} | ({"groenkaart"} if "cdsm" not in rasters else set())
    wanted |= {"dsm", "groenkaart"} if "dsm_gebouwen" not in rasters else set()
    found = {id: read(path, bounds) for id, path in rasters.items() if id in wanted}
    dtm, green = found["dtm"], found.get("groenkaart")
    crown = found.get("cdsm") or dtm.like(np.zeros(dtm.shape, np.float32))
    if "dsm_gebouwen" in found:
        top = found["dsm_gebouwen"]
    else:  # one surface for all: what is high and green is a crown
        high = green.values == _HIGH_GREEN if green is not None else np.zeros(dtm.shape, bool)
        top = dtm.like(np.where(high, dtm.values, found["dsm"].values))
        if "cdsm" not in found:
            crown = dtm.like(np.where(high, found["dsm"].values - dtm.values, 0.0).astype(np.float32))
    return surface_from_rasters(dtm, top, crown, green, check=False)
