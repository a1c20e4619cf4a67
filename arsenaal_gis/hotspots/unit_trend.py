"""Trend of every unit by quarter, and how hot spots come and go."""

from dataclasses import dataclass

import numpy as np

from .getis_ord import getis_ord_star
from .ladder import Rung
from .rates import fdr_q
from .trend import MINIMUM_STEPS, emerging_class, mann_kendall
from .units import Units

STEP_MONTHS = 3


@dataclass(frozen=True)
class UnitTrend:
    """Result per unit; arrays of shape (n,).

    Attributes:
        steps: Known quarters.
        slope: Facts more per year (Sen), nan where not computed.
        p: Two-sided Mann-Kendall p.
        q: p corrected for the number of units that have facts.
        code: 'stijgend', 'dalend', 'niet_aantoonbaar' or 'te_weinig'.
        pattern: Class of the emerging hot spot analysis, in Dutch, or ''.
    """

    steps: int
    slope: np.ndarray
    p: np.ndarray
    q: np.ndarray
    code: np.ndarray
    pattern: np.ndarray


def quarters(cube: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """Sum months to quarters that end with the last month.

    Args:
        cube: (n, months) facts.
        missing: (months,) True where nothing was delivered.

    Returns:
        (n, quarters); nan where a month is missing. Months before the first whole quarter are left out.
    """
    months = cube.shape[1] - cube.shape[1] % STEP_MONTHS
    known = np.where(missing, np.nan, cube)[:, cube.shape[1] - months :]
    return known.reshape(len(cube), -1, STEP_MONTHS).sum(axis=2)


def unit_trend(
    units: Units,
    low: np.ndarray,
    high: np.ndarray,
    missing: np.ndarray,
    rung: Rung,
    *,
    minimum_units: int,
    alpha: float,
) -> UnitTrend:
    """Test every unit's quarters for a trend.

    With intervals both bounds must rise (or fall), and the larger p counts. Quarters of the same season are a
    year apart, so a seasonal swing does not make a trend, but does hide a small one.

    Args:
        units: The n units.
        low: (n, months) fewest facts.
        high: (n, months) most facts.
        missing: (months,) months not delivered.
        rung: What the number of facts in the whole series allows.
        minimum_units: Fewer units are not classed as hot or cold.
        alpha: Share of false discoveries.

    Returns:
        Slope, p, q, class and pattern of every unit.
    """
    bounds = [quarters(cube, missing) for cube in ([low] if (low == high).all() else [low, high])]
    steps = int(np.isfinite(bounds[0][0]).sum()) if len(units) else 0
    n = len(units)
    slope, p = np.full(n, np.nan), np.full(n, np.nan)
    code = np.full(n, "te_weinig", dtype=object)
    pattern = np.full(n, "", dtype=object)
    if not rung.hotspots or steps < 3:
        return UnitTrend(steps, slope, p, p.copy(), code, pattern)
    rising = np.zeros(n)
    for i in np.flatnonzero(high.sum(axis=1) > 0):
        tests = [mann_kendall(series[i]) for series in bounds]
        agree = len({np.sign(t.s) for t in tests}) == 1
        slope[i] = np.mean([t.slope for t in tests]) * 12 / STEP_MONTHS
        p[i] = max(t.p for t in tests) if agree else 1.0
        rising[i] = np.sign(tests[0].s)
    q = fdr_q(p)
    code[:] = "niet_aantoonbaar"
    code[(q <= alpha) & (rising > 0)] = "stijgend"
    code[(q <= alpha) & (rising < 0)] = "dalend"
    if rung.density and n >= minimum_units:
        pattern[:] = _patterns(units, bounds, alpha)
    return UnitTrend(steps, slope, p, q, code, pattern)


def _patterns(units: Units, bounds: list[np.ndarray], alpha: float) -> list[str]:
    known = np.flatnonzero(np.isfinite(bounds[0][0]))
    if len(known) < MINIMUM_STEPS:
        return ["te weinig perioden"] * len(units)
    middle = np.mean(bounds, axis=0)
    hot = [getis_ord_star(middle[:, step], units.adjacency, permutations=0) for step in known]
    z = np.nan_to_num(np.column_stack([h.z for h in hot]))
    q = np.column_stack([fdr_q(h.p_analytic) for h in hot])
    state = np.where(q <= alpha, np.sign(z), 0).astype(int)
    return [emerging_class(s, mann_kendall(row).z) for s, row in zip(state, z, strict=True)]
