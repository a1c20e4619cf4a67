"""Urban cooling index of InVEST, a second view from land cover alone; and the wet-bulb globe temperature."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

from ..errors import MethodError

WEIGHTS = (0.6, 0.2, 0.2)


def cooling_capacity(
    shade: npt.ArrayLike,
    albedo: npt.ArrayLike,
    eti: npt.ArrayLike,
    weights: tuple[float, float, float] = WEIGHTS,
) -> npt.NDArray[np.float64]:
    """Return the cooling capacity, 0 to 1.

    Args:
        shade: Share of the cell shaded by trees of 2 m and more.
        albedo: Reflected share of solar radiation.
        eti: Evapotranspiration index, Kc ET0 / ET0max.
        weights: Of shade, albedo and evapotranspiration; scaled to sum 1.

    Source: InVEST Urban Cooling, user's guide; Zardo et al. 2017.
    """
    parts = np.asarray(shade, float), np.asarray(albedo, float), np.asarray(eti, float)
    return sum(w * part for w, part in zip(weights, parts, strict=True)) / sum(weights)


def heat_mitigation(
    cc: npt.ArrayLike, green: npt.ArrayLike, cell: float, d_cool: float, large_green_m2: float = 20_000.0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the heat mitigation index and the cooling that green areas lend their surroundings.

    Args:
        cc: (rows, columns) cooling capacity; nan is outside.
        green: (rows, columns) True on green areas.
        cell: Cell size, metres.
        d_cool: Cooling distance of green areas, metres.
        large_green_m2: Green area within ``d_cool`` from which a park cools its surroundings.

    Returns:
        Heat mitigation, and the exponentially weighted mean capacity of green cells; both (rows, columns).

    Raises:
        MethodError: Grids of two shapes, or a cell size or distance that is not positive.

    Source: InVEST Urban Cooling; kernels are divided by the part that lies on valid cells, so edges count for
    nothing.
    """
    cc, valid = np.asarray(cc, float), np.isfinite(np.asarray(cc, float))
    if np.shape(green) != cc.shape or not (cell > 0 and d_cool > 0):
        raise MethodError(
            f"{np.shape(green)} green cells on {cc.shape} of {cell} m, cooling over {d_cool} m.",
            "heat_mitigation",
            "Put both on one grid, with a cell size and distance in metres.",
        )
    green = np.asarray(green, bool) & valid
    park = exponential_mean(np.where(green, cc, 0.0), valid, cell, d_cool)
    disc = _kernel(cell, d_cool, d_cool, lambda distance: np.ones_like(distance))
    green_m2 = _weighted_mean(green.astype(float), valid, disc) * disc.sum() * cell**2
    own = (cc >= park) | (green_m2 < large_green_m2)
    return np.where(valid, np.where(own, cc, park), np.nan), np.where(valid, park, np.nan)


def exponential_mean(
    values: npt.NDArray[np.float64], valid: npt.NDArray[np.bool_], cell: float, distance: float
) -> npt.NDArray[np.float64]:
    """Return the mean of valid cells with weights exp(-d/distance), cut off at five times ``distance``."""
    return _weighted_mean(
        values, valid, _kernel(cell, distance, 5.0 * distance, lambda d: np.exp(-d / distance))
    )


def air_temperature(
    hm: npt.NDArray[np.float64], t_ref: float, uhi_max_c: float, cell: float, mixing_radius: float
) -> npt.NDArray[np.float64]:
    """Return the air temperature, °C: the rural one plus the unmitigated heat island, mixed over a radius."""
    unmixed = t_ref + (1.0 - hm) * uhi_max_c
    valid = np.isfinite(unmixed)
    return np.where(
        valid, exponential_mean(np.where(valid, unmixed, 0.0), valid, cell, mixing_radius), np.nan
    )


def wbgt(ta: npt.ArrayLike, rh: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the simplified wet-bulb globe temperature, °C.

    Args:
        ta: Air temperature, °C.
        rh: Relative humidity, %.

    Source: American College of Sports Medicine 1984, as in InVEST: 0.567 T + 0.393 e + 3.94.
    """
    ta, rh = np.asarray(ta, float), np.asarray(rh, float)
    vapour_pressure = rh / 100.0 * 6.105 * np.exp(17.27 * ta / (237.7 + ta))
    return 0.567 * ta + 0.393 * vapour_pressure + 3.94


def _kernel(
    cell: float, distance: float, cut: float, weight: Callable[[npt.NDArray], npt.NDArray]
) -> npt.NDArray[np.float64]:
    radius = int(np.rint(cut / cell))
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1] * cell
    d = np.hypot(y, x)
    return np.where(d <= cut, weight(d), 0.0)


def _weighted_mean(
    values: npt.NDArray[np.float64], valid: npt.NDArray[np.bool_], kernel: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    total = fftconvolve(np.where(valid, values, 0.0), kernel, mode="same")
    weight = fftconvolve(valid.astype(float), kernel, mode="same")
    return total / np.maximum(weight, 1e-12)
