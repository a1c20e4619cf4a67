"""Assess the units of one map: rate, interval, test and class."""

from dataclasses import dataclass

import numpy as np

from .getis_ord import getis_ord_star
from .ladder import Rung
from .moran import local_moran
from .permutation import permutations_needed
from .rates import empirical_bayes, fdr_q, garwood
from .units import Units


@dataclass(frozen=True)
class Assessment:
    """Result per unit; arrays of shape (n,), nan where it does not apply.

    Attributes:
        low: Fewest facts.
        high: Most facts; differs from ``low`` where counts came as intervals.
        ci_low: Lower end of the exact 95 % interval of the number.
        ci_high: Upper end.
        rate: Facts per 1000 dwellings a year, raw (middle of low and high).
        smooth: The same, empirical-Bayes smoothed.
        z: Gi* standard score.
        p: Two-sided p.
        q: p corrected for the number of units.
        code: 'hotspot', 'koude_plek', 'uitschieter_hoog', 'uitschieter_laag', 'niet_aantoonbaar',
            'te_weinig' or 'geen_woningen'.
    """

    low: np.ndarray
    high: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    rate: np.ndarray
    smooth: np.ndarray
    z: np.ndarray
    p: np.ndarray
    q: np.ndarray
    code: np.ndarray


def assess(
    units: Units,
    low: np.ndarray,
    high: np.ndarray,
    months: int,
    rung: Rung,
    *,
    minimum_units: int,
    alpha: float,
    level: float,
    seed: int,
) -> Assessment:
    """Assess one category of one series in one period.

    The smoothed rate is tested where dwellings are known, else the count per unit. With intervals a unit is
    called hot or cold only if both the fewest and the most facts say so (the larger p counts).

    Args:
        units: The n units.
        low: (n,) fewest facts.
        high: (n,) most facts.
        months: Months of the period that were delivered.
        rung: What the number of facts allows.
        minimum_units: Fewer units than this are listed, not tested.
        alpha: Share of false discoveries.
        level: Confidence level of the interval of the number.
        seed: Seed of the permutations.

    Returns:
        The assessment of every unit.
    """
    n = len(units)
    nan = np.full(n, np.nan)
    year = 12.0 / max(months, 1)
    middle = (low + high) / 2
    known = units.dwellings > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(known, middle / units.dwellings * 1000 * year, np.nan)
    smooth = empirical_bayes(middle, units.dwellings) * 1000 * year if known.any() and rung.hotspots else nan
    z, p, q = nan.copy(), nan.copy(), nan.copy()
    code = np.full(n, "te_weinig", dtype=object)
    tested = np.flatnonzero(known if known.any() else np.ones(n, bool))
    if rung.hotspots and len(tested) >= minimum_units:
        near = units.adjacency[tested][:, tested]
        draws = permutations_needed(len(tested), alpha)
        shots = [
            _test(bound[tested], units.dwellings[tested] if known.any() else None, near, draws, seed)
            for bound in ([low] if (low == high).all() else [low, high])
        ]
        agree = np.ptp([np.sign(s[0]) for s in shots], axis=0) == 0
        z[tested] = np.mean([s[0] for s in shots], axis=0)
        p[tested] = np.where(agree, np.max([s[1] for s in shots], axis=0), 1.0)
        q[tested] = fdr_q(p[tested])
        outlier = np.where(agree, np.max([s[2] for s in shots], axis=0), 1.0)
        code[:] = "geen_woningen"
        code[tested] = _classes(z[tested], q[tested], fdr_q(outlier), shots[0][3], alpha)
    ci_low, ci_high = garwood(low, level)[0], garwood(high, level)[1]
    return Assessment(low, high, ci_low, ci_high, rate, smooth, z, p, q, code)


def _test(
    counts: np.ndarray, dwellings: np.ndarray | None, near: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Z and p of Gi*, p and quadrant of local Moran. Units without neighbours have only the analytic p."""
    values = counts if dwellings is None else empirical_bayes(counts, dwellings)
    hot = getis_ord_star(values, near, permutations=draws, seed=seed)
    local = local_moran(values, near, permutations=draws, seed=seed)
    # Gi* has no permutation p without neighbours, and local Moran has no meaning there.
    p = np.where(np.isnan(hot.p_permutation), hot.p_analytic, hot.p_permutation)
    return np.nan_to_num(hot.z), p, np.nan_to_num(local.p_permutation, nan=1.0), local.quadrant


def _classes(
    z: np.ndarray, q: np.ndarray, q_outlier: np.ndarray, quadrant: np.ndarray, alpha: float
) -> np.ndarray:
    out = np.full(len(z), "niet_aantoonbaar", dtype=object)
    strange = q_outlier <= alpha
    out[strange & (quadrant == "HL")] = "uitschieter_hoog"
    out[strange & (quadrant == "LH")] = "uitschieter_laag"
    sure = q <= alpha
    out[sure & (z > 0)] = "hotspot"
    out[sure & (z < 0)] = "koude_plek"
    return out
