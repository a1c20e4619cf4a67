"""Shadow of buildings and trees, as a ray through the interpolated surface would meet it.

The rows are walked away from the sun. A running plane holds, per line of sight, the height up to which what
was passed keeps the sun away; instead of lowering the plane by the sun's slope at every row, the rows are
raised. Three things make it agree with a ray that is marched in small steps:

- Lines of sight run between the columns, so each row is read where they cross it, by linear interpolation.
  Oblique lines pass much between two rows: the surface is read half-way too.
- A cell is not exactly on its line. The eye is put on the line where the surface is higher there, or a wall
  beside the cell would shade it along its whole length.
- The first row, in which most differences arise, is not left to the lines: between a cell and the next row
  the bilinear surface along the ray is a parabola, and the steepest look at it lies at one of its ends.
"""

import math

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from ._compile import compiled
from .sweep import NOTHING, direction, heights, strips, warm_up_rows

OBLIQUE = 0.5  # cells sideways per row; see above
NEAREST = 0.25  # cells from the eye at which the surface is first looked at
STRIP_ROWS = 256

Heights = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


def cast_shadow(
    dsm: npt.ArrayLike,
    azimuth: float,
    altitude: float,
    resolution: float,
    *,
    origin: tuple[int, int] = (0, 0),
) -> Flags:
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
        MethodError: The cell size is not positive, the array has not two dimensions, or the sun's place is no
            number.

    Source: same definition as Ratti & Richens 1999, read between the cells.
    """
    check_surface(dsm, resolution)
    if not (math.isfinite(azimuth) and math.isfinite(altitude)):
        raise MethodError(
            f"The sun stands at azimuth {azimuth}, altitude {altitude}.", "cast_shadow", "Give degrees."
        )
    z, holes, relief = heights(dsm)
    if altitude <= 0 or not z.size:
        return ~holes
    by_column, step, sideways, stretch = direction(azimuth)
    if by_column:
        z, origin = np.ascontiguousarray(z.T), origin[::-1]
    drop = math.tan(math.radians(min(altitude, 89.9))) * resolution * stretch
    lit = np.empty(z.shape, np.bool_)
    for start, stop in strips(z.shape[0], origin[0], STRIP_ROWS):
        warm_up, first = warm_up_rows(z.shape[0], (start, stop), step, int(shadow_reach(relief, drop)))
        n = stop - start + warm_up
        rows = z[first : first + n] if step > 0 else z[first - n + 1 : first + 1][::-1]
        seen = lit[start:stop] if step > 0 else lit[start:stop][::-1]
        seen[:] = _far(rows, warm_up, step * (origin[0] + first), sideways, drop)
        before = max(warm_up - 1, 0)  # at the raster's edge the first row has none before it
        seen[before + 1 - warm_up :] &= ~_near(rows[before:], sideways, drop, NEAREST / stretch)
    return ~(lit.T if by_column else lit) & ~holes


def _far(rows: Heights, warm_up: int, begin: int, sideways: float, drop: float) -> Flags:
    """Return which cells of the rows after ``warm_up`` are lit over the heads of all rows before.

    Args:
        rows: (rows, columns) heights, away from the sun.
        warm_up: Rows that only cast shadow.
        begin: Number of the first row in the whole grid, in the walking direction.
        sideways: Cells that a line moves sideways per row.
        drop: Fall of the shadow per row, metres.
    """
    down = 2 if abs(sideways) > OBLIQUE else 1
    k = np.arange((len(rows) - 1) * down + 1) / down
    place = np.round((begin + k) * sideways, 6)  # along an axis the sine is not quite 0
    lanes = np.floor(place)
    lean = (place - lanes).astype(np.float32)
    raised = _with_halfway_rows(rows) if down == 2 else rows.copy()
    raised += ((k - warm_up) * drop).astype(np.float32)[:, None]
    lines = np.empty((len(raised), raised.shape[1] + 1), np.float32)  # line i lies at column i - lean
    lines[:, 0], lines[:, -1] = raised[:, 0], raised[:, -1]
    between = lines[:, 1:-1]
    np.subtract(raised[:, :-1], raised[:, 1:], between)
    between *= lean[:, None]
    between += raised[:, 1:]
    lit = np.empty((len(rows) - warm_up, rows.shape[1]), np.bool_)
    lanes = (lanes - lanes.min()).astype(np.int64)
    plane = np.full(lines.shape[1] + int(lanes.max()), NOTHING, np.float32)
    _walk(raised, lines, lanes, (lean > 0.5).astype(np.int64), plane, lit, warm_up * down, down)
    return lit


# Each row operation is a function of its own, or numba does not vectorise it.
@compiled
def _highest(first: Heights, second: Heights, out: Heights) -> None:
    np.maximum(first, second, out)


@compiled
def _compare(eyes: Heights, plane: Heights, lit: Flags) -> None:
    np.greater_equal(eyes, plane, lit)


@compiled
def _walk(
    raised: Heights,
    lines: Heights,
    lanes: npt.NDArray[np.int64],
    nearest: npt.NDArray[np.int64],
    plane: Heights,
    lit: Flags,
    warm_up: int,
    down: int,
) -> None:
    """Set ``lit`` for every ``down``-th row after ``warm_up``; line ``nearest`` + i runs nearest to cell i."""
    width = raised.shape[1]
    eyes = np.empty(width, np.float32)
    for k in range(lanes.size):
        line, lane = lines[k], lanes[k]
        part = plane[lane : lane + width + 1]
        if k >= warm_up and k % down == 0:
            own = nearest[k]
            _highest(raised[k], line[own : own + width], eyes)
            _compare(eyes, part[own : own + width], lit[(k - warm_up) // down])
        _highest(part, line, part)


def _with_halfway_rows(rows: Heights) -> Heights:
    fine = np.empty((2 * len(rows) - 1, rows.shape[1]), np.float32)
    fine[::2] = rows
    np.add(rows[:-1], rows[1:], fine[1::2])
    fine[1::2] *= np.float32(0.5)
    return fine


def _near(rows: Heights, sideways: float, drop: float, nearest: float) -> Flags:
    """Return which cells of all rows but the first are shaded on the way to the row before.

    The slope of the look from a cell changes linearly along the bilinear surface, so it is greatest at the
    first or the last point.

    Args:
        rows: (rows, columns) heights, away from the sun.
        sideways: Cells that a line moves sideways per row.
        drop: Fall of the shadow per row, metres.
        nearest: First point looked at, rows away.
    """
    beside = np.zeros_like(rows)  # rise to the neighbour on the sun's side
    if sideways > 0:
        np.subtract(rows[:, 1:], rows[:, :-1], beside[:, :-1])
    else:
        np.subtract(rows[:, :-1], rows[:, 1:], beside[:, 1:])
    steepest = np.maximum(beside[1:] - beside[:-1], np.float32(0.0))
    steepest *= np.float32(1.0 - nearest)
    steepest += beside[:-1]
    steepest *= np.float32(abs(sideways))
    steepest += rows[:-1]
    steepest -= rows[1:]
    return steepest > np.float32(drop)


def shadow_reach(relief: float, drop: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return how many rows a height difference can shade, if the shadow falls ``drop`` metres per row."""
    return np.ceil(relief / np.asarray(drop)).astype(np.int64) + 1


def check_surface(dsm: npt.ArrayLike, resolution: float) -> None:
    """Refuse what is no raster: raises MethodError."""
    if np.ndim(dsm) != 2:
        raise MethodError(f"A surface has two dimensions, not {np.ndim(dsm)}.", "dsm", "Give one band.")
    if not 0 < resolution < math.inf:
        raise MethodError(
            f"The cell size is {resolution} m.", "resolution", "Give a positive size in metres."
        )
