"""Shadow of buildings and trees."""

import math

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from .sweep import STRIP_ROWS, direction, heights, strips, sweep_strip


def cast_shadow(
    dsm: npt.ArrayLike,
    azimuth: float,
    altitude: float,
    resolution: float,
    *,
    origin: tuple[int, int] = (0, 0),
) -> npt.NDArray[np.bool_]:
    """Return which cells of a surface lie in the shadow of other cells.

    Args:
        dsm: (rows, columns) surface heights in metres, row 0 north; nan is a hole that casts no shadow.
        azimuth: Sun azimuth, degrees clockwise from north.
        altitude: Sun altitude, degrees above the horizon; at or below 0 everything is in shadow.
        resolution: Cell size, metres.
        origin: Row and column of the array in the grid it was cut from: a window then gives the cells of the
            whole.

    Returns:
        (rows, columns) True where in shadow; a hole is never in shadow.

    Raises:
        MethodError: The cell size is not positive or the array has not two dimensions.

    Source: plane sweep, see :mod:`.sweep`; same definition as Ratti & Richens 1999.
    """
    check_surface(dsm, resolution)
    z, holes, relief = heights(dsm)
    if altitude <= 0:
        return ~holes
    by_column, step, sideways, stretch = direction(azimuth)
    if by_column:
        z, origin = np.ascontiguousarray(z.T), origin[::-1]
    drop = math.tan(math.radians(min(altitude, 89.9))) * resolution * stretch
    lit = np.zeros(z.shape, np.uint8)
    for start, stop in strips(z.shape[0], origin[0], STRIP_ROWS):
        sweep_strip(
            z,
            (start, stop),
            step,
            sideways,
            np.array([drop]),
            shadow_reach(relief, drop),
            origin[0],
            lit[start:stop],
            once=True,
        )
    return ((lit.T if by_column else lit) == 0) & ~holes


def shadow_reach(relief: float, drop: float) -> int:
    """Return how many rows a height difference can shade, if the shadow falls ``drop`` metres per row."""
    return math.ceil(relief / drop) + 1


def check_surface(dsm: npt.ArrayLike, resolution: float) -> None:
    """Refuse what is no raster: raises MethodError."""
    if np.ndim(dsm) != 2:
        raise MethodError(f"A surface has two dimensions, not {np.ndim(dsm)}.", "dsm", "Give one band.")
    if not resolution > 0:
        raise MethodError(
            f"The cell size is {resolution} m.", "resolution", "Give a positive size in metres."
        )
