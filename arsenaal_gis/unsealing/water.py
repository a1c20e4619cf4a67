"""Rain that no longer runs off: per shower by curve number, per year as a range."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


def runoff_depth(precipitation_mm: ArrayLike, curve_number: ArrayLike) -> NDArray[np.float64]:
    """Runoff of one shower by the curve-number method.

    ``S = 25400 / CN - 254``; ``Q = (P - 0.2 S)^2 / (P + 0.8 S)``, and 0 while P <= 0.2 S.

    Args:
        precipitation_mm: Depth of the shower (mm), zero or more; NaN where unknown.
        curve_number: Curve number, above 0 to 100 (100 = all runs off); NaN where unknown.

    Returns:
        Runoff (mm), broadcast shape of the two.

    Raises:
        MethodError: Negative rain, or a curve number outside (0, 100].

    Source: USDA Natural Resources Conservation Service, National Engineering Handbook part 630, chapter 10.
    """
    rain = np.asarray(precipitation_mm, float)
    number = np.asarray(curve_number, float)
    if np.any(rain < 0):
        raise MethodError("A shower cannot have a negative depth.")
    if np.any(number <= 0) or np.any(number > 100):
        raise MethodError("A curve number lies above 0 and up to 100.")
    storage = 25400 / number - 254
    excess = np.maximum(rain - 0.2 * storage, 0)
    # Where nothing runs off the quotient may be 0 / 0; an unknown shower or ground stays unknown.
    return np.where(excess == 0, 0.0, excess**2 / np.where(excess == 0, 1.0, rain + 0.8 * storage))


@dataclass(frozen=True)
class YearBalance:
    """What happens to a year's rain on a sealed and on an opened square metre.

    Attributes:
        rain_mm: Rain in a year (mm).
        runoff_sealed: Share that runs off before.
        runoff_open: Share that runs off after.
        infiltration: Lowest and highest share of the avoided runoff that reaches the groundwater;
            the rest evaporates.
    """

    rain_mm: float
    runoff_sealed: float
    runoff_open: float
    infiltration: tuple[float, float]

    def avoided_m3(self, area_m2: ArrayLike) -> NDArray[np.float64]:
        """Runoff avoided in a year (m³) on the given areas (m²)."""
        depth_m = (self.runoff_sealed - self.runoff_open) * self.rain_mm / 1000
        return np.asarray(area_m2, float) * depth_m

    def infiltrated_m3(self, area_m2: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lowest and highest part (m³ a year) of the avoided runoff that infiltrates."""
        avoided = self.avoided_m3(area_m2)
        return avoided * self.infiltration[0], avoided * self.infiltration[1]
