"""Urban heat island after Theeuwes et al. 2017, and its daily course."""

import csv
from importlib.resources import files

import numpy as np
import numpy.typing as npt

AIR_DENSITY = 1.2  # kg/m³
HEAT_CAPACITY = 1006.0  # J/kg/K


def uhi_max(
    svf: npt.ArrayLike, fveg: npt.ArrayLike, s: float, dtr: float, u: float, exponent: float = 4
) -> npt.NDArray[np.float64]:
    """Return the largest heat-island effect of the night after a day, °C.

    Args:
        svf: Sky view factor of the surroundings, 0 to 1.
        fveg: Vegetated share of the surroundings, 0 to 1.
        s: Mean global radiation of the day over density and heat capacity of air, K m/s.
        dtr: Daily temperature range at a rural station, °C.
        u: Mean wind at 10 m, m/s.
        exponent: Root of the weather term; 4 in the paper, 3.6 in KNMI's refit.

    Source: Theeuwes et al. 2017 (Int. J. Climatol. 37): (2 - SVF - fveg) (S DTR³ / U)^(1/4).
    """
    return (2.0 - np.asarray(svf, float) - np.asarray(fveg, float)) * (
        s * np.asarray(dtr, float) ** 3 / np.asarray(u, float)
    ) ** (1.0 / exponent)


def radiation_term(mean_radiation: float) -> float:
    """Return S, K m/s, from the mean global radiation of the day, W/m²."""
    return mean_radiation / (AIR_DENSITY * HEAT_CAPACITY)


def diurnal_factors(sunrise: float, sunset: float) -> npt.NDArray[np.float64]:
    """Return the share of the largest heat-island effect at each hour 0 to 23 UTC, of the nearest
    sunrise/sunset class.

    Args:
        sunrise: Hour UTC.
        sunset: Hour UTC.

    Source: table of the Dutch standard stress test (pet_plugin, CC0), shipped as ``data/uhi_dagverloop.csv``.
    """
    with (files(__package__) / "data" / "uhi_dagverloop.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    classes = [tuple(float(hour) for hour in name.split("/")) for name in rows[0][1:]]
    rise, fall = (
        round(2 * sunrise) / 2,
        round(2 * sunset) / 2,
    )  # as the table's users round; a tie goes to the longer day
    nearest = min(
        reversed(range(len(classes))), key=lambda c: abs(classes[c][0] - rise) + abs(classes[c][1] - fall)
    )
    return np.array([float(row[1 + nearest]) for row in rows[1:]])
