"""Sun and sky after a small change: from each direction only what lies behind it is looked at again."""

import math

import numpy as np
import numpy.typing as npt

from .comfort import Sky
from .engine import Method, Tile, tile_of
from .shadow import cast_shadow, shadow_reach
from .sky_view import planes_of
from .surface import Surface
from .sweep import NOTHING, heights, line_offsets, strips, sweep_strip
from .window import Window, joined, window_of


def sky_after(
    before: Surface, after: Surface, sky: Sky, touched: Window, tall: float, relief: float, method: Method
) -> tuple[Sky, Window]:
    """Return sun and sky of the changed surface, equal to looking up from every cell.

    Args:
        before: The surface that ``sky`` belongs to.
        after: The changed surface.
        sky: Sun and sky now; it stays as it is.
        touched: Rows and columns of the changed cells.
        tall: Height of the changed things above the lowest ground around, metres.
        relief: Highest top minus lowest ground of the whole, metres.
        method: Weather and choices.

    Returns:
        The new sun and sky, and the window in which they may differ.
    """
    new = Sky(sky.svf.copy(), sky.sunlit.copy(), sky.shade_hours.copy())
    planes = np.float32(method.n_azimuths * method.n_altitudes)
    box, change = _lit_change(before, after, touched, method)
    lit = window_of(change)
    wide = touched
    if lit is not None:
        at = tuple(
            slice(part.start + some.start, part.start + some.stop)
            for part, some in zip(box, lit, strict=True)
        )
        new.svf[at] = (np.rint(sky.svf[at] * planes) + change[lit]) / planes
        wide = joined(wide, at)

    afternoon = {hour.utc: bit for bit, hour in enumerate(method.afternoon)}
    counted = {hour.utc for hour in method.daytime}
    for hour in {hour.utc: hour for hour in (*method.afternoon, *method.daytime)}.values():
        drop = math.tan(math.radians(hour.altitude)) * before.cell
        tile = _behind(touched, hour.azimuth, tall / drop, max(relief, tall) / drop, before)
        old, now = (
            (
                cast_shadow(part.top, hour.azimuth, hour.altitude, part.cell, origin=part.origin)
                | part.under_crown
            )[tile.inside]
            for part in (before.window(*tile.outer), after.window(*tile.outer))
        )
        at = tile.inner
        if hour.utc in counted:
            new.shade_hours[at] += now.astype(np.uint8) - old.astype(np.uint8)  # wraps around and back
        if hour.utc in afternoon:
            bit = np.uint8(1 << afternoon[hour.utc])
            new.sunlit[at] = np.where(now, new.sunlit[at] & ~bit, new.sunlit[at] | bit)
        wide = joined(wide, at)
    return new, wide


def _lit_change(
    before: Surface, after: Surface, touched: Window, method: Method
) -> tuple[Window, npt.NDArray[np.int16]]:
    """Return by how many planes of the sky each cell is lit more, and the window of these cells.

    A change is felt along the lines of sight that pass over it, and no farther than the strip behind its own
    (see :mod:`.sweep`). Sheared so that these lines run straight down, they are a narrow band of columns;
    both surfaces are walked side by side.
    """
    radius_rows = math.ceil(method.radius / before.cell)
    tile = tile_of(touched, before.shape, 2 * radius_rows + 2)
    parts = [surface.window(*tile.outer) for surface in (before, after)]
    tops, reliefs = zip(*((z, relief) for z, _, relief in (heights(part.top) for part in parts)), strict=True)
    eyes = [heights(part.eyes)[0] for part in parts]
    origin = parts[0].origin
    change = np.zeros(parts[0].shape, np.int16)
    for number in range(method.n_azimuths):
        by_column, step, sideways, drops = planes_of(
            number, method.n_azimuths, method.n_altitudes, before.cell
        )
        along, across = tile.inside[::-1] if by_column else tile.inside
        turned = [[z.T if by_column else z for z in pair] for pair in (tops, eyes)]
        n_rows, width = turned[0][0].shape
        row = np.arange(n_rows)
        offset = line_offsets(origin[by_column] + row, step, sideways)
        passing = offset[along]
        lines = np.arange(across.start + passing.min(), across.stop + passing.max())
        column = lines - offset[:, None]
        known = (column >= 0) & (column < width)
        at = row[:, None], np.clip(column, 0, width - 1)
        z, looking = (np.hstack([np.where(known, part[at], NOTHING) for part in pair]) for pair in turned)
        reach = np.minimum(radius_rows, shadow_reach(max(reliefs), drops))
        target = change.T if by_column else change
        ahead, back = (radius_rows, 0) if step > 0 else (0, radius_rows)
        for start, stop in strips(n_rows, origin[by_column], radius_rows):
            if start - ahead >= along.stop or stop + back <= along.start:
                continue
            count = np.zeros((stop - start, drops.size * z.shape[1]), np.uint8)
            sweep_strip(z, (start, stop), step, 0.0, drops, reach, 0, count, looking)
            lit = count.reshape(stop - start, drops.size, 2, lines.size).sum(axis=1, dtype=np.int16)
            part = slice(start, stop)
            inside = known[part]
            target[at[0][part].repeat(lines.size, 1)[inside], column[part][inside]] += (
                lit[:, 1] - lit[:, 0]
            )[inside]
    return tile.outer, change


def _behind(touched: Window, azimuth: float, shade: float, reach: float, surface: Surface) -> Tile:
    """Return the cells up to ``shade`` behind a change, and those up to ``reach`` before them."""
    to_sun = -math.cos(math.radians(azimuth)), math.sin(math.radians(azimuth))
    inner = tuple(
        _stretched(part, -shade * d, n) for part, d, n in zip(touched, to_sun, surface.shape, strict=True)
    )
    outer = tuple(
        _stretched(part, reach * d, n) for part, d, n in zip(inner, to_sun, surface.shape, strict=True)
    )
    inside = tuple(slice(i.start - o.start, i.stop - o.start) for i, o in zip(inner, outer, strict=True))
    return Tile(inner, outer, inside)


def _stretched(part: slice, far: float, n: int) -> slice:
    """Stretch a range by ``far`` to one side, with two cells for rounding on both."""
    low, high = min(far, 0.0), max(far, 0.0)
    return slice(max(part.start + math.floor(low) - 2, 0), min(part.stop + math.ceil(high) + 2, n))
