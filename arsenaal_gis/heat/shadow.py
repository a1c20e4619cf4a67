"""Shadow of buildings and trees, as a ray through the interpolated surface would meet it.

The rows are walked away from the sun. A running plane holds, per line of sight, the height up to which what
was passed keeps the sun away; instead of lowering the plane by the sun's slope at every row, the rows are
raised. Four things make it agree with a ray that is marched in small steps:

- Lines of sight run between the columns, so each row is read where they cross it, by linear interpolation.
- Oblique lines pass much between two rows: the surface is read half-way too. Lines that hardly drift would lie
  beside a cell along its whole shadow: they run twice as dense, and a cell looks along the nearest.
- A cell is not exactly on its line. The eye is put on the line where the surface is higher there, or a wall
  beside the cell would shade it along its whole length.
- The first row, in which most differences arise, is not left to the lines: between a cell and the next row
  the bilinear surface along the ray is a parabola, and the steepest look at it lies at one of its ends.

Suns of one quarter of the sky share what depends on the surface alone. The work is done in strips of a few rows, which stay
in the processor's cache.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from ._compile import compiled
from .sweep import NOTHING, direction, heights, strips

OBLIQUE = 0.65  # cells sideways per row from which the surface is read half-way
SLOW = 0.0625  # and below which lines run twice as dense
NEAREST = 0.2  # part of the way to the next row at which the surface is first looked at
STRIP_ROWS = 32

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
    return next(cast_shadows(dsm, [(azimuth, altitude)], resolution, origin=origin))[1]


def cast_shadows(
    dsm: npt.ArrayLike,
    suns: Sequence[tuple[float, float]],
    resolution: float,
    *,
    origin: tuple[int, int] = (0, 0),
) -> Iterator[tuple[int, Flags]]:
    """Yield for each of many suns its number and its shadow, in the order in which they are ready.

    Args:
        dsm: (rows, columns) surface heights; see :func:`cast_shadow`, also for the rest.
        suns: Azimuth and altitude of each, degrees.
        resolution: Cell size, metres.
        origin: Row and column of the array in the grid it was cut from.

    Raises:
        MethodError: As :func:`cast_shadow`, when the first is asked for.
    """
    check_surface(dsm, resolution)
    z, holes, _ = heights(dsm)
    quarters: dict[tuple[bool, int], list[tuple[int, float, float]]] = {}
    for number, (azimuth, altitude) in enumerate(suns):
        if not (math.isfinite(azimuth) and math.isfinite(altitude)):
            raise MethodError(
                f"The sun stands at azimuth {azimuth}, altitude {altitude}.", "cast_shadow", "Give degrees."
            )
        if altitude <= 0 or not z.size:
            yield number, ~holes
            continue
        by_column, step, sideways, stretch = direction(azimuth)
        drop = math.tan(math.radians(min(altitude, 89.9))) * resolution * stretch
        quarters.setdefault((by_column, step), []).append((number, sideways, drop))
    holed = holes.any()
    turned = np.ascontiguousarray(z.T) if any(by_column for by_column, _ in quarters) else z
    for (by_column, step), some in quarters.items():
        rows = (turned if by_column else z)[::step]
        begin = origin[by_column] if step > 0 else 1 - origin[by_column] - len(rows)
        shadows = _walk_quarter(rows, begin, [sun[1:] for sun in some])
        for (number, _, _), shadow in zip(some, shadows, strict=True):
            shadow = shadow[::step].T if by_column else shadow[::step]
            if holed:
                shadow &= ~holes
            yield number, shadow


def _walk_quarter(rows: Heights, begin: int, suns: Sequence[tuple[float, float]]) -> list[Flags]:
    """Return the shadow of each sun of one quarter of the sky.

    Args:
        rows: (rows, columns) heights, away from the sun.
        begin: Number of the first row in the whole grid, in the walking direction.
        suns: Of each the cells that its lines move sideways per row, and the fall of its shadow per row, metres.
    """
    n, width = rows.shape
    oblique = any(abs(sideways) > OBLIQUE for sideways, _ in suns)
    strip = _Strip(width, oblique)
    number = begin + np.arange(n)
    lines = [
        [_Lines(number, sideways, phase, width) for phase in ((0.0, 0.5) if abs(sideways) < SLOW else (0.0,))]
        for sideways, _ in suns
    ]
    ramps = [(np.arange(STRIP_ROWS)[:, None] * drop).astype(np.float32) for _, drop in suns]
    shadows = [np.empty(rows.shape, np.bool_) for _ in suns]
    for start, stop in strips(n, begin, STRIP_ROWS):
        first = (begin + start) % STRIP_ROWS  # heights are raised from the strip's border in the whole grid
        strip.load(rows, start, stop)
        for (_, drop), sets, ramp, shadow in zip(suns, lines, ramps, shadows, strict=True):
            part = slice(start, stop)
            strip.rise(ramp[first : first + stop - start])
            for some in sets:
                strip.follow(some, part, drop, shadow[part])
                some.plane -= np.float32(STRIP_ROWS * drop)
            strip.look_nearby(some.sideways, drop, shadow[part])
    return shadows


class _Lines:
    """A set of lines of sight, one per column, a row after the other.

    Attributes:
        sideways: Cells that they move sideways per row.
        lane: (rows,) where in ``plane`` the line begins that runs nearest to column 0.
        lean: (rows, 1) how far the lines run to the left of their cells, -0.5 to 0.5.
        lean_half: (rows, 1) the same half a row on.
        nearest: (rows,) where these lines are the nearest to the cells; None for everywhere.
        plane: Height up to which the sun is kept away, per line.
    """

    def __init__(self, number: npt.NDArray[np.int64], sideways: float, phase: float, width: int) -> None:
        place = np.round(number * sideways + phase, 6)  # along an axis the sine is not quite 0
        lane = np.floor(place + 0.5)
        lean = place - lane
        self.sideways = sideways
        self.lane = (lane - lane.min()).astype(np.int64)
        self.lean = lean.astype(np.float32)[:, None]
        self.lean_half = (lean + sideways / 2).astype(np.float32)[:, None]
        self.nearest = None
        if abs(sideways) < SLOW:
            self.nearest = np.abs(lean) < 0.25 if phase else np.abs(lean) <= 0.25
        self.plane = np.full(width + int(self.lane.max()), NOTHING, np.float32)


class _Strip:
    """The rows of a strip, and what of them all suns of one quarter of the sky need."""

    def __init__(self, width: int, oblique: bool) -> None:
        """Make room for strips of ``width`` cells, to be read half-way too or not."""
        self.oblique = oblique
        strip, more = (STRIP_ROWS, width), (STRIP_ROWS + 2, width)
        self._z, self._falls, self._half, self._half_falls, *others = _scratch(
            more, (2, *more), strip, (2, *strip), *[strip] * 7
        )
        self._slopes = others[:2]
        self._back, self._raised, self._eyes, self._line, self._half_line = others[2:]
        self._flags = np.empty(strip, np.bool_)
        self._falls[:] = self._half_falls[:] = 0.0  # beyond the edge the surface goes on level

    def load(self, rows: Heights, start: int, stop: int) -> None:
        """Take rows, with the one before and the one after them, and look at their slopes."""
        n = self.n = stop - start
        z = self._z[: n + 2]
        low, high = max(start - 1, 0), min(stop + 1, len(rows))
        z[0] = z[-1] = NOTHING
        z[low - start + 1 : high - start + 1] = rows[low:high]
        self.z = z[1:-1]
        left, right = self._falls[:, : n + 2]  # from the neighbour to the cell
        np.subtract(z[:, :-1], z[:, 1:], left[:, 1:])
        np.negative(left[:, 1:], right[:, :-1])
        if self.oblique:
            half_left, half_right = self._half_falls[:, :n]
            half = self._half[:n]
            np.add(z[1:-1], z[2:], half)
            half *= np.float32(0.5)
            np.add(left[1:-1], left[2:], half_left)
            half_left *= np.float32(0.5)
            np.negative(half_left[:, 1:], half_right[:, :-1])
        # steepest way from the left or right neighbour up to the row before: at one of a parabola's ends
        for beside, slope in zip((left, right), self._slopes, strict=True):
            slope = slope[:n]
            np.subtract(beside[1:-1], beside[:-2], slope)
            np.maximum(slope, np.float32(0.0), out=slope)
            slope *= np.float32(1.0 - NEAREST)
            slope += beside[:-2]
        np.subtract(z[:-2], z[1:-1], self._back[:n])

    def rise(self, ramp: Heights) -> None:
        """Raise the rows by (rows, 1) metres, as the sun's rays do."""
        self.ramp = ramp
        np.add(self.z, ramp, self._raised[: self.n])

    def follow(self, lines: _Lines, part: slice, drop: float, shadow: Flags) -> None:
        """Set ``shadow`` where a set of lines is nearest and does not see the sun; move its plane on."""
        n, own = self.n, lines.nearest
        raised, eyes, line = self._raised[:n], self._eyes[:n], self._line[:n]
        self._between(self._falls, 1, lines.lean[part], line)
        line += raised
        np.maximum(line, raised, out=eyes)
        if abs(lines.sideways) > OBLIQUE:
            half = self._half_line[:n]
            self._between(self._half_falls, 0, lines.lean_half[part], half)
            half += self._half[:n]
            half += self.ramp + np.float32(drop / 2)
            np.maximum(line, half, out=line)
        flags = shadow if own is None else self._flags[:n]
        _walk(eyes, line, lines.lane[part], lines.plane, flags)
        if own is not None:
            shadow[own[part]] = flags[own[part]]

    def look_nearby(self, sideways: float, drop: float, shadow: Flags) -> None:
        """Add to ``shadow`` the cells that are shaded on the way to the row before."""
        steepest, flags = self._eyes[: self.n], self._flags[: self.n]
        np.multiply(self._slopes[sideways > 0][: self.n], np.float32(abs(sideways)), steepest)
        steepest += self._back[: self.n]
        np.greater(steepest, np.float32(drop), flags)
        shadow |= flags

    def _between(self, falls: Heights, first: int, lean: Heights, out: Heights) -> None:
        """Set ``out`` to what the surface is higher ``lean`` cells to the left of the cells."""
        rows = np.where(lean[:, 0] < 0, falls.shape[1], 0) + np.arange(first, first + self.n)
        np.take(falls.reshape(-1, falls.shape[-1]), rows, 0, out, "clip")
        out *= np.abs(lean)


def _scratch(*shapes: tuple[int, ...]) -> list[Heights]:
    """Return arrays that begin at different places of a memory page: else the processor takes what is written
    to one for what is read from another, and needs three times as long.
    """
    arrays = []
    for number, shape in enumerate(shapes):
        size = math.prod(shape)
        begin = 208 * number % 1024
        arrays.append(np.empty(size + begin, np.float32)[begin:].reshape(shape))
    return arrays


@compiled
def _walk(eyes: Heights, lines: Heights, lanes: npt.NDArray[np.int64], plane: Heights, shadow: Flags) -> None:
    """Set ``shadow`` row by row where the eyes are below the plane, and let the plane follow the lines."""
    width = eyes.shape[1]
    for eye, line, lane, row in zip(eyes, lines, lanes, shadow):  # noqa: B905 (numba has no strict)
        part = plane[lane : lane + width]
        np.less(eye, part, row)
        np.maximum(part, line, part)


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
