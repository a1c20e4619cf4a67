"""Sun and sky after a small change: from each direction only the cells behind it are looked at again."""

import math

import numpy as np

from .comfort import Sky
from .engine import Method, Tile
from .shadow import cast_shadow
from .sky_view import LOWEST_SIN2, azimuth_of, lit_planes
from .surface import Surface

Window = tuple[slice, slice]


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
    wide = touched
    planes = np.float32(method.n_azimuths * method.n_altitudes)
    farthest = 2.0 * math.sqrt(2.0) * math.ceil(method.radius / before.cell)  # along a diagonal
    behind = min(tall / math.sqrt(LOWEST_SIN2 / (1.0 - LOWEST_SIN2)) / before.cell, farthest)
    lit: dict[int, tuple[Tile, np.ndarray]] = {}
    for number in range(method.n_azimuths):
        tile = _behind(touched, azimuth_of(number, method.n_azimuths), behind, farthest, before)
        counts = [
            lit_planes(
                part.top,
                part.cell,
                method.n_azimuths,
                method.n_altitudes,
                method.radius,
                ground=part.eyes,
                origin=part.origin,
                chosen=[number],
                wanted=tile.inside,
            )[tile.inside].astype(np.float32)
            for part in (before.window(*tile.outer), after.window(*tile.outer))
        ]
        lit[number] = tile, counts[1] - counts[0]
        wide = _around(wide, tile.inner)
    total = np.rint(sky.svf[wide] * planes)
    for tile, change in lit.values():
        total[_within(tile.inner, wide)] += change
    new.svf[wide] = total / planes

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
        wide = _around(wide, at)
    return new, wide


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


def _around(first: Window, second: Window) -> Window:
    return tuple(
        slice(min(a.start, b.start), max(a.stop, b.stop)) for a, b in zip(first, second, strict=True)
    )


def _within(inner: Window, outer: Window) -> Window:
    return tuple(slice(i.start - o.start, i.stop - o.start) for i, o in zip(inner, outer, strict=True))
