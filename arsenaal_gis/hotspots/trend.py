"""Trend of a unit's counts: Mann-Kendall, and the classes of emerging hot spots."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from ..errors import MethodError

MINIMUM_STEPS = 10
_MOST = 0.9  # share of the steps from which a unit counts as (almost) always hot


@dataclass(frozen=True)
class MannKendall:
    """Result of the Mann-Kendall test.

    Attributes:
        s: Rising minus falling pairs.
        variance: Variance of ``s`` without trend, ties accounted for.
        z: Standard score with continuity correction.
        p: Two-sided p.
        slope: Sen's slope: median change per step.
    """

    s: int
    variance: float
    z: float
    p: float
    slope: float


def mann_kendall(series: np.ndarray) -> MannKendall:
    """Test a series for a monotonic trend.

    Args:
        series: (n,) values at equal steps; nan = month missing, its place in time is kept.

    Returns:
        Statistic, variance, z, two-sided p and Sen's slope.

    Raises:
        MethodError: Fewer than three known values.

    Source:
        Mann 1945, Econometrica 13; Kendall 1975, Rank Correlation Methods; Sen 1968, JASA 63.
    """
    x = np.asarray(series, dtype=float)
    step = np.flatnonzero(np.isfinite(x))
    x = x[step]
    n = len(x)
    if n < 3:
        raise MethodError(f"{n} known values are too few for a trend.", "", "Take a longer period.")
    first, second = np.triu_indices(n, 1)
    change = x[second] - x[first]
    s = int(np.sign(change).sum())
    _, tie = np.unique(x, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (tie * (tie - 1) * (2 * tie + 5)).sum()) / 18.0
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    slope = float(np.median(change / (step[second] - step[first])))
    return MannKendall(s=s, variance=float(variance), z=float(z), p=float(2 * norm.sf(abs(z))), slope=slope)


def emerging_class(state: np.ndarray, trend_z: float, critical_z: float = 1.96) -> str:
    """Classify how a unit came to be hot or cold.

    Args:
        state: (t,) 1 = significantly hot, -1 = significantly cold, 0 = neither, per time step.
        trend_z: Mann-Kendall z of the unit's Gi* over the steps.
        critical_z: From this absolute z on there is a trend.

    Returns:
        One of 17 classes: 'geen patroon', or new, consecutive, intensifying, persistent, diminishing,
        sporadic, oscillating, historical for hot ('... hotspot') and cold ('... koude plek'), in Dutch;
        'te weinig perioden' with fewer than 10 steps.

    Source:
        Classes of the emerging hot spot analysis as documented by xarray-spatial (methods, C1).
    """
    state = np.asarray(state)
    if len(state) < MINIMUM_STEPS:
        return "te weinig perioden"
    for sign, noun in ((1, "hotspot"), (-1, "koude plek")):
        name = _pattern(state == sign, state == -sign, sign * trend_z, critical_z)
        if name:
            return f"{name} {noun}"
    return "geen patroon"


def _pattern(hot: np.ndarray, cold: np.ndarray, rising_z: float, critical_z: float) -> str:
    share = hot.mean()
    if not hot[-1]:
        return "historische" if share >= _MOST else ""
    if share >= _MOST:
        return (
            "toenemende"
            if rising_z >= critical_z
            else "afnemende"
            if rising_z <= -critical_z
            else "aanhoudende"
        )
    run = len(hot) if hot.all() else int(np.argmin(hot[::-1]))
    if run == hot.sum():
        return "nieuwe" if run == 1 else "aaneengesloten"
    return "wisselende" if cold.any() else "sporadische"
