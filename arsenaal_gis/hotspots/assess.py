"""Assess the units of one map: rate, interval, test and class."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.stats import binom

from .getis_ord import getis_ord_star
from .ladder import Rung
from .moran import local_moran
from .permutation import permutations_needed
from .rates import empirical_bayes, fdr_q, garwood
from .units import Units

CODES = {"HH": "hotspot", "LL": "koude_plek", "HL": "uitschieter_hoog", "LH": "uitschieter_laag"}


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
        p: Two-sided analytic p.
        p_neighbours: Two-sided conditional permutation p.
        q: p corrected for the number of units.
        expected: Facts expected if every dwelling ran the same risk (every m or m2 where none is known).
        q_own: Corrected exact p of the unit's own number against that expectation.
        code: 'hotspot', 'koude_plek', 'uitschieter_hoog', 'uitschieter_laag', 'verhoogd', 'verlaagd',
            'niet_aantoonbaar', 'te_weinig' or 'geen_woningen'.
    """

    low: np.ndarray
    high: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    rate: np.ndarray
    smooth: np.ndarray
    z: np.ndarray
    p: np.ndarray
    p_neighbours: np.ndarray
    q: np.ndarray
    expected: np.ndarray
    q_own: np.ndarray
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

    The smoothed rate is tested where dwellings are known, else the count per unit. A hot spot is a unit above
    the mean that with its neighbours is higher than chance explains: analytic p of Gi*, corrected over the
    units. The conditional permutation p leaves the unit's own value out; it finds outliers, but misses hot
    spots as small as a neighbourhood (on made-up maps of 112 segments with six at sixfold risk and 300 facts
    it finds 32 % of them, the analytic p 91 %, both with at most 4 % of the maps without hot spot marked).
    Neither sees a single spot among average neighbours, so the unit's own number is tested too, exactly,
    against equal risk for every dwelling.
    With intervals a unit is called anything only if both the fewest and the most facts say so.

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
    z, p, q, p_neighbours, expected, q_own = (nan.copy() for _ in range(6))
    code = np.full(n, "te_weinig", dtype=object)
    tested = np.flatnonzero(known if known.any() else np.ones(n, bool))
    if rung.hotspots and len(tested) >= minimum_units:
        near = units.adjacency[tested][:, tested]
        shots = [
            _test(bound[tested], units.dwellings[tested] if known.any() else None, near, alpha, seed)
            for bound in ([low] if (low == high).all() else [low, high])
        ]
        first, last = shots[0], shots[-1]
        weight = (units.dwellings if known.any() else units.size)[tested]
        expected[tested] = middle[tested].sum() * weight / weight.sum()
        q_own[tested] = fdr_q(np.maximum(_own_p(low[tested], weight), _own_p(high[tested], weight)))
        agree = (first.quadrant == last.quadrant) & (np.sign(first.z) == np.sign(last.z))
        z[tested] = (first.z + last.z) / 2
        p[tested] = np.where(agree, np.maximum(first.p, last.p), 1.0)
        p_neighbours[tested] = np.where(agree, np.maximum(first.p_neighbours, last.p_neighbours), 1.0)
        q[tested] = fdr_q(p[tested])
        outlier = np.isin(first.quadrant, ("HL", "LH")) & (fdr_q(p_neighbours[tested]) <= alpha)
        code[:] = "geen_woningen"
        own = np.where(middle[tested] > expected[tested], "verhoogd", "verlaagd")
        plain = np.where(q_own[tested] <= alpha, own, "niet_aantoonbaar")
        code[tested] = np.where(
            (q[tested] <= alpha) | outlier, [CODES[name] for name in first.quadrant], plain
        )
    ci_low, ci_high = garwood(low, level)[0], garwood(high, level)[1]
    return Assessment(low, high, ci_low, ci_high, rate, smooth, z, p, p_neighbours, q, expected, q_own, code)


def _own_p(counts: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Two-sided exact binomial p (twice the smaller tail) of each count, given their total."""
    total, share = counts.sum(), weight / weight.sum()
    tail = np.minimum(binom.cdf(counts, total, share), binom.sf(counts - 1, total, share))
    return np.minimum(1.0, 2 * tail)


@dataclass(frozen=True)
class _Test:
    z: np.ndarray
    p: np.ndarray
    p_neighbours: np.ndarray
    quadrant: np.ndarray


def _test(
    counts: np.ndarray, dwellings: np.ndarray | None, near: sparse.csr_matrix, alpha: float, seed: int
) -> _Test:
    """Gi* with both p and the quadrant of local Moran; units without neighbours are not tested.

    With the own value kept, Gi* and local Moran ask the same of a permutation (is the sum over the neighbours
    exceptional?), so their conditional p is one.
    """
    values = counts if dwellings is None else empirical_bayes(counts, dwellings)
    hot = getis_ord_star(values, near, permutations=permutations_needed(len(values), alpha), seed=seed)
    p = np.where(np.diff(near.indptr) == 0, np.nan, hot.p_analytic)
    return _Test(
        np.nan_to_num(hot.z), p, hot.p_permutation, local_moran(values, near, permutations=0).quadrant
    )
