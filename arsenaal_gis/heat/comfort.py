"""From sky, shadow, wind and heat island to PET per cell, mean of the afternoon."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .blocks import BLOCK_M, Air, centres_around
from .pet import BOWEN_GREEN, BOWEN_HARD, LOWEST_WIND, pet_shade, pet_sun
from .shadow import cast_shadows
from .sky_view import sky_view_factor
from .surface import Surface
from .weather import Hour
from .wind import at_1m2

OPEN_WIND = float(at_1m2(1.0))
_BITS = np.array([byte.bit_count() for byte in range(256)], np.uint8)  # of each byte


@dataclass(frozen=True)
class Sky:
    """What each cell sees of sun and sky.

    Attributes:
        svf: (rows, columns) float32 sky view factor; under crowns that of the ground below; nan in holes.
        sunlit: (rows, columns) uint8, bit h set where hour h of the afternoon is sunny.
        shade_hours: (rows, columns) uint8 hours of the day in the shade.
    """

    svf: npt.NDArray[np.float32]
    sunlit: npt.NDArray[np.uint8]
    shade_hours: npt.NDArray[np.uint8]

    def window(self, rows: slice, columns: slice) -> "Sky":
        """Return a part (views)."""
        return Sky(self.svf[rows, columns], self.sunlit[rows, columns], self.shade_hours[rows, columns])


def look_up(
    surface: Surface,
    afternoon: Sequence[Hour],
    daytime: Sequence[Hour],
    n_azimuths: int,
    n_altitudes: int,
    radius: float,
) -> Sky:
    """Return what each cell of a surface sees of sun and sky.

    Args:
        surface: Cells; those nearer to the edge than :func:`halo` see too much.
        afternoon: At most 8 hours whose sunshine is kept apart.
        daytime: Hours to count shade over.
        n_azimuths: Directions of the sky view factor.
        n_altitudes: Planes per direction.
        radius: Of the sky view factor, metres.
    """
    top, cell, origin, crown = surface.top, surface.cell, surface.origin, surface.under_crown
    svf = sky_view_factor(
        top,
        cell,
        n_azimuths,
        n_altitudes,
        radius,
        ground=surface.eyes if crown.any() else None,
        origin=origin,
    )
    bits = {hour.utc: np.uint8(bit) for bit, hour in enumerate(afternoon)}
    counted = {hour.utc for hour in daytime}
    sunlit, shade = np.zeros(top.shape, np.uint8), np.zeros(top.shape, np.uint8)
    hours = list({h.utc: h for h in (*afternoon, *daytime)}.values())
    suns = [(hour.azimuth, hour.altitude) for hour in hours]
    for number, shadow in cast_shadows(top, suns, cell, origin=origin):
        utc, shadow = hours[number].utc, np.ascontiguousarray(shadow)
        if utc in counted:
            shade += shadow
        if utc in bits:
            sunlit |= (~shadow).view(np.uint8) << bits[utc]
    sunlit[crown], shade[crown] = 0, len(counted)
    return Sky(svf, sunlit, shade)


def hour_fields(air: Air, afternoon: Sequence[Hour]) -> npt.NDArray[np.float64]:
    """Return PET per hour and block: in the sun, in the shade without sky, and what open sky adds to shade.

    The weather varies smoothly, so these are computed per block and interpolated; ground cover, sky and sun
    are added per cell.

    Args:
        air: Heat island and wind per block.
        afternoon: The hours.

    Returns:
        (hours, 3, rows, columns) °C.
    """
    fields = []
    for hour in afternoon:
        ta = hour.temperature + air.uhi * hour.uhi_share
        u = np.maximum(air.wind * hour.wind, LOWEST_WIND)
        sun = pet_sun(ta, hour.radiation, u, hour.humidity, hour.altitude, 0.0, 0.0)
        shade, open_shade = (pet_shade(ta, u, hour.humidity, svf, hour.diffuse) for svf in (0.0, 1.0))
        fields.append((sun, shade, open_shade - shade))
    return np.array(fields)


def pet_cells(
    surface: Surface, sky: Sky, fields: npt.NDArray[np.float64], air: Air
) -> npt.NDArray[np.float32]:
    """Return the mean PET of the hours, °C, nan on roofs and in holes.

    Args:
        surface: Cells.
        sky: Of the same cells.
        fields: From :func:`hour_fields`.
        air: The blocks that ``fields`` belong to.
    """
    pet = weather_cells(surface, sky, fields, air)
    sunny = _BITS[sky.sunlit & np.uint8((1 << len(fields)) - 1)] / np.float32(len(fields))
    cover = np.where(surface.bowen_green, np.float32(0.546 * BOWEN_GREEN), np.float32(0.546 * BOWEN_HARD))
    cover += np.float32(1.94) * sky.svf
    cover *= sunny
    pet += cover
    pet[surface.roof] = np.nan
    return pet


def weather_cells(
    surface: Surface, sky: Sky, fields: npt.NDArray[np.float64], air: Air
) -> npt.NDArray[np.float32]:
    """Return what the weather gives of the mean PET, °C: without ground cover, and sky in the sun.

    It is linear in ``fields``: the difference of two fields gives the difference of two PETs.

    Args:
        surface: Cells.
        sky: Of the same cells.
        fields: From :func:`hour_fields`.
        air: The blocks that ``fields`` belong to.
    """
    x = surface.x_min + (np.arange(surface.shape[1]) + 0.5) * surface.cell
    y = surface.y_max - (np.arange(surface.shape[0]) + 0.5) * surface.cell
    left, right, east = centres_around((x - air.x_min) / BLOCK_M, fields.shape[-1])
    upper, lower, south = centres_around((air.y_max - y) / BLOCK_M, fields.shape[-2])
    sun, shade, slope = np.moveaxis(fields, 1, 0) / len(fields)
    # a cell is in the shade, and in sunny hours what the sun adds comes on top
    slopes = len(fields) + 2  # where those of the hours begin
    terms = np.stack([shade.sum(0), *(sun - shade), slope.sum(0), *slope]).astype(np.float32)
    felt = np.empty(surface.shape, np.float32)
    begin = np.flatnonzero(np.diff(upper, prepend=-1))
    for start, stop in zip(begin, [*begin[1:], len(y)], strict=True):  # rows between two rows of centres
        first, last = (
            terms[:, row][:, left] * (1 - east) + terms[:, row][:, right] * east
            for row in (upper[start], lower[start])
        )
        last -= first
        share = south[start:stop, None]
        svf, sunlit = sky.svf[start:stop], sky.sunlit[start:stop]
        total = felt[start:stop]
        np.multiply(last[0], share, total)
        total += first[0]
        open_sky, sunny = np.empty_like(total), np.empty_like(total)
        for hour in range(-1, len(fields)):
            np.multiply(last[slopes + hour], share, open_sky)
            open_sky += first[slopes + hour]
            open_sky *= svf
            if hour < 0:  # all hours, as if in the shade
                total += open_sky
                continue
            np.multiply(last[1 + hour], share, sunny)
            sunny += first[1 + hour]
            sunny -= open_sky
            sunny *= (sunlit >> np.uint8(hour)) & np.uint8(1)
            total += sunny
    return felt


def halo(relief: float, lowest_sun: float, cell: float, radius: float) -> int:
    """Return the cells around a window within which something can shade it or take its sky.

    Args:
        relief: Highest top minus lowest ground, metres.
        lowest_sun: Lowest sun altitude that is used, degrees.
        cell: Cell size, metres.
        radius: Of the sky view factor, metres.
    """
    shadow = relief / np.tan(np.radians(lowest_sun)) / cell
    return max(2 * int(np.ceil(radius / cell)), int(np.ceil(shadow))) + 2


def explain(
    lit: npt.ArrayLike,
    svf: npt.ArrayLike,
    green: npt.ArrayLike,
    uhi: npt.ArrayLike,
    wind: npt.ArrayLike,
    afternoon: Sequence[Hour],
) -> dict[str, npt.NDArray[np.float64]]:
    """Return how much each circumstance of a cell, or of the mean of some cells, adds to its PET, °C.

    Each is the difference with the same place without it: in full sun, under an open sky, on paving, without
    heat island, in the wind of open ground. They do not add up to the whole, since the formula is not linear.

    Args:
        lit: (hours, n) share of the cells that the sun reaches, 0 to 1.
        svf: (n,) sky view factor.
        green: (n,) share that is vegetated or water.
        uhi: (n,) largest heat-island effect, °C.
        wind: (n,) wind at 1.2 m over the wind at 10 m.
        afternoon: The hours.

    Returns:
        "pet" and the differences, (n,) each.
    """
    given = {"lit": np.asarray(lit, float), "svf": svf, "green": green, "uhi": uhi, "wind": wind}

    def pet(**without: npt.ArrayLike) -> npt.NDArray[np.float64]:
        lit, svf, green, uhi, wind = (np.asarray(value, float) for value in {**given, **without}.values())
        bowen = BOWEN_HARD + (BOWEN_GREEN - BOWEN_HARD) * green
        total = 0.0
        for hour, sunny in zip(afternoon, lit, strict=True):
            ta, u = hour.temperature + uhi * hour.uhi_share, np.maximum(LOWEST_WIND, wind * hour.wind)
            sun = pet_sun(ta, hour.radiation, u, hour.humidity, hour.altitude, bowen, svf)
            total = total + sunny * sun + (1.0 - sunny) * pet_shade(ta, u, hour.humidity, svf, hour.diffuse)
        return total / len(lit)

    now = pet()
    return {
        "pet": now,
        "schaduw": now - pet(lit=np.ones_like(given["lit"])),
        "hemel": now - pet(svf=1.0),
        "groen": now - pet(green=0.0),
        "hitte_eiland": now - pet(uhi=0.0),
        "wind": now - pet(wind=OPEN_WIND),
    }
