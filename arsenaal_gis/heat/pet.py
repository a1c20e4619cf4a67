"""Physiologically equivalent temperature (PET) after Koopmans, Heusinkveld & Steeneveld 2020."""

import numpy as np
import numpy.typing as npt

STEFAN_BOLTZMANN = 5.67e-8  # W/m²/K⁴
SOLAR_CONSTANT = 1367.0  # W/m², the value of the paper
BOWEN_GREEN = 0.4
BOWEN_HARD = 3.0
LOWEST_WIND = 0.5  # m/s
CLASSES_C = (18.0, 23.0, 29.0, 35.0, 41.0)  # borders of the stress classes, Matzarakis & Mayer 1996
UNCERTAINTY_C = 3.3


def wet_bulb(ta: npt.ArrayLike, rh: npt.ArrayLike) -> npt.NDArray[np.floating]:
    """Return the wet-bulb temperature, °C.

    Args:
        ta: Air temperature, °C.
        rh: Relative humidity, %.

    Source: Stull 2011 (J. Appl. Meteor. Climatol. 50), eq. 1; at 1013 hPa, 5 to 99 %.
    """
    ta, rh = _floats(ta), _floats(rh)
    return (
        ta * np.arctan(0.151977 * np.sqrt(rh + 8.313659))
        + np.arctan(ta + rh)
        - np.arctan(rh - 1.676331)
        + 0.00391838 * rh**1.5 * np.arctan(0.023101 * rh)
        - 4.686035
    )


def diffuse_radiation(q: npt.ArrayLike, altitude: npt.ArrayLike) -> npt.NDArray[np.floating]:
    """Return the diffuse part of the global radiation, W/m².

    Args:
        q: Global radiation on a level plane, W/m².
        altitude: Sun altitude, degrees; at or below 0 the result is 0.

    Source: Koopmans et al. 2020: all of it below a transmissivity of 0.3, a fifth above 0.7, linear between.
    """
    q, altitude = _floats(q), _floats(altitude)
    sine = np.sin(np.radians(altitude))
    transmissivity = q / (SOLAR_CONSTANT * np.where(sine > 0, sine, 1.0))
    return np.where(sine > 0, q * np.clip(1.6 - 2.0 * transmissivity, 0.2, 1.0), 0.0)


def pet_sun(
    ta: npt.ArrayLike,
    q: npt.ArrayLike,
    u: npt.ArrayLike,
    rh: npt.ArrayLike,
    altitude: npt.ArrayLike,
    bowen: npt.ArrayLike,
    svf: npt.ArrayLike,
) -> npt.NDArray[np.floating]:
    """Return PET in the sun, °C; arguments broadcast.

    Args:
        ta: Air temperature, °C.
        q: Global radiation on a level plane, W/m².
        u: Wind at 1.2 m, m/s, at least 0.5.
        rh: Relative humidity, %.
        altitude: Sun altitude, degrees.
        bowen: Bowen ratio of the ground: 0.4 where vegetated or water, 3.0 elsewhere.
        svf: Sky view factor, 0 to 1.

    Source: Koopmans, Heusinkveld & Steeneveld 2020 (Building and Environment 181:107111).
    """
    ta, q, u, bowen, svf = _floats(ta), _floats(q), _floats(u), _floats(bowen), _floats(svf)
    sine = np.sin(np.radians(_floats(altitude)))
    log_u = np.log(u)
    return (
        -13.26
        + 1.25 * ta
        + 0.011 * q
        - 3.37 * log_u
        + 0.078 * wet_bulb(ta, rh)
        + 0.0055 * q * log_u
        + 5.56 * sine
        - 0.0103 * q * log_u * sine
        + 0.546 * bowen
        + 1.94 * svf
    )


def pet_shade(
    ta: npt.ArrayLike, u: npt.ArrayLike, rh: npt.ArrayLike, svf: npt.ArrayLike, qd: npt.ArrayLike
) -> npt.NDArray[np.floating]:
    """Return PET in the shade, or at night with ``qd`` 0, °C; arguments broadcast.

    Args:
        ta: Air temperature, °C.
        u: Wind at 1.2 m, m/s, at least 0.5.
        rh: Relative humidity, %.
        svf: Sky view factor, 0 to 1.
        qd: Diffuse radiation, W/m².

    Source: Koopmans, Heusinkveld & Steeneveld 2020.
    """
    ta, u, svf, qd = _floats(ta), _floats(u), _floats(svf), _floats(qd)
    walls = STEFAN_BOLTZMANN * (ta + 273.15) ** 4
    return (
        -12.14
        + 1.25 * ta
        - 1.47 * np.log(u)
        + 0.060 * wet_bulb(ta, rh)
        + 0.015 * svf * qd
        + 0.0060 * (1.0 - svf) * walls
    )


def stress_class(pet: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the class of heat stress, 0 (cool) to 5 (extreme), by the borders in ``CLASSES_C``."""
    return np.digitize(_floats(pet), CLASSES_C)


def _floats(value: npt.ArrayLike) -> npt.NDArray[np.floating]:
    """Keep float32 arrays as they are: maps are computed in single precision, single numbers in double."""
    value = np.asarray(value)
    return value if value.dtype == np.float32 else value.astype(np.float64)
