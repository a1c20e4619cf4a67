"""Plane sweep: which cells of a surface see the sun, for many sun heights in one walk over the rows.

For one direction the rows are walked away from the sun. A running plane holds, for every line of sight, the
height up to which the surface passed so far keeps the sun away; instead of lowering that plane by the sun's
slope at every row, the rows are raised. A cell is lit if its raised height reaches the plane. That is O(1)
per cell and plane, whatever the distance. Several sun heights of one azimuth lie side by side in one long
row, so that a numpy call has enough to do; moving the frame sideways by one cell then moves all of them at
once.

The lines are anchored to the grid that the array was cut from (``origin``), and the walk is done in strips
anchored to that grid, each after a warm-up over the rows that can still matter. A window with a halo as wide
as that reach therefore gives the very cells of the whole.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from ._compile import compiled

Heights = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.uint8]

NOTHING = np.float32(-1e5)  # height of a cell without a value: never in the way
LOWEST, HIGHEST = np.float32(-9000.0), np.float32(1e5)  # beyond them no height, not even in centimetres


# Each row operation is a function of its own: numba vectorises it then, and does not if four of them share a
# body (6 times slower).
@compiled
def _raise_rows(raised: Heights, row: Heights, ramp: Heights) -> None:
    np.add(row, ramp, raised)


@compiled
def _compare(row: Heights, plane: Heights, lit: Flags) -> None:
    np.greater_equal(row, plane, lit)


@compiled
def _follow(plane: Heights, row: Heights) -> None:
    np.maximum(plane, row, plane)


@compiled
def _tally(count: Counts, lit: Flags) -> None:
    np.add(count, lit, count)


@compiled
def _walk(
    z: Heights,
    eyes: Heights,
    start: int,
    first: int,
    step: int,
    warm_up: int,
    offsets: npt.NDArray[np.int64],
    ramps: Heights,
    active: npt.NDArray[np.int64],
    plane: Heights,
    count: Counts,
    other_eyes: bool,
) -> None:
    """Walk ``len(offsets)`` rows of ``z`` from row ``first``, the k-th with its ``active[k]`` first planes.

    After ``warm_up`` rows add 1 to ``count`` (whose first row is ``start``) where the row of ``eyes`` is lit.
    """
    width = z.shape[1]
    row = np.empty(width * ramps.shape[1], np.float32)
    rows = row.reshape((-1, width))
    lit = np.empty(row.size, np.bool_)
    last, walking = offsets[0], 0
    for k in range(offsets.size):
        offset, planes = offsets[k], active[k]
        part = plane[offset : offset + width * planes]
        if offset > last:  # lines that enter at the right edge have seen nothing yet
            part[width - 1 :: width] = NOTHING
        elif offset < last:
            part[::width] = NOTHING
        if planes > walking:
            part[width * walking :] = NOTHING
        last, walking = offset, planes
        i = first + step * k
        some, ramp = slice(0, width * planes), ramps[k, :planes]
        if k >= warm_up:
            _raise_rows(rows[:planes], eyes[i], ramp)
            _compare(row[some], part, lit[some])
            _tally(count[i - start, some], lit[some])
        if k < warm_up or other_eyes:
            _raise_rows(rows[:planes], z[i], ramp)
        _follow(part, row[some])


def direction(azimuth: float) -> tuple[bool, int, float, float]:
    """Return how to walk for a sun azimuth.

    Args:
        azimuth: Degrees clockwise from north.

    Returns:
        Whether the walk goes over columns instead of rows, the step (+1 or -1) away from the sun, the
        sideways move of a line per row walked, and the distance walked per row (cells).
    """
    angle = math.radians(azimuth % 360.0)
    to_sun_row, to_sun_col = -math.cos(angle), math.sin(angle)
    by_column = abs(to_sun_col) > abs(to_sun_row)
    along, across = (to_sun_col, to_sun_row) if by_column else (to_sun_row, to_sun_col)
    return by_column, -1 if along > 0 else 1, across / abs(along), 1.0 / abs(along)


def strips(n_rows: int, origin: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield row ranges ``[start, stop)`` whose borders lie on multiples of ``length`` of the grid that the
    array was cut from.
    """
    start = 0
    while start < n_rows:
        stop = min(n_rows, start + length - (origin + start) % length)
        yield start, stop
        start = stop


def warm_up_rows(n_rows: int, strip: tuple[int, int], step: int, reach: int) -> tuple[int, int]:
    """Return how many rows before a strip are walked first, at most ``reach``, and the first of them."""
    start, stop = strip
    if step > 0:
        warm_up = min(reach, start)
        return warm_up, start - warm_up
    warm_up = min(reach, n_rows - stop)
    return warm_up, stop - 1 + warm_up


def line_offsets(rows: npt.NDArray[np.int64], step: int, sideways: float) -> npt.NDArray[np.int64]:
    """Return by how many columns the lines of sight have moved sideways at rows of the whole grid: the same
    line runs over column c of one row and column c - (difference of the offsets) of another.
    """
    return np.floor(step * rows * sideways + 0.5).astype(np.int64)


def sweep_strip(
    z: npt.NDArray[np.float32],
    strip: tuple[int, int],
    step: int,
    sideways: float,
    drops: npt.NDArray[np.float64],
    reach: npt.NDArray[np.int64],
    origin: int,
    count: npt.NDArray[np.uint8],
    eyes: npt.NDArray[np.float32] | None = None,
) -> None:
    """Add 1 to ``count`` for every plane from which a cell of the strip is lit.

    Args:
        z: (rows, columns) heights without nan, C order.
        strip: Row range to fill.
        step: +1 or -1, the walking direction away from the sun.
        sideways: Cells that a line of sight moves sideways per row walked.
        drops: (planes,) fall of each plane per row walked, metres, the lowest first.
        reach: (planes,) rows before the strip that can still matter to each.
        origin: Row of the whole grid at which ``z`` starts.
        count: (strip rows, planes * columns), changed in place.
        eyes: (rows, columns) heights from which is looked, where these are not the surface itself.
    """
    start, stop = strip
    rows, width = z.shape
    warm_up, first = warm_up_rows(rows, strip, step, int(reach.max()))
    k = np.arange(stop - start + warm_up)
    offsets = line_offsets(origin + first + step * k, step, sideways)
    offsets -= offsets.min()
    ramps = ((k[:, None] - warm_up) * drops).astype(np.float32)[:, :, None]
    active = np.count_nonzero(k[:, None] >= warm_up - reach, axis=1)  # low planes look farthest
    plane = np.full(width * drops.size + int(offsets.max()), NOTHING, np.float32)
    _walk(
        z,
        z if eyes is None else eyes,
        start,
        first,
        step,
        warm_up,
        offsets,
        ramps,
        active,
        plane,
        count,
        eyes is not None,
    )


def heights(dsm: npt.ArrayLike) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], float]:
    """Return the surface as float32 with holes at NOTHING, the mask of holes, and its relief (highest minus
    lowest, metres). A hole is what is nan or masked, and what no height on earth is: a forgotten no-data value.
    """
    with np.errstate(over="ignore"):
        z = np.array(dsm, dtype=np.float32, order="C")
    holes = ~((z > LOWEST) & (z < HIGHEST))
    if np.ma.is_masked(dsm):
        holes |= np.ma.getmaskarray(dsm)
    if holes.all():
        return np.full_like(z, NOTHING), holes, 0.0
    z[holes] = NOTHING
    return z, holes, float(z.max() - z.min(where=~holes, initial=np.inf))
