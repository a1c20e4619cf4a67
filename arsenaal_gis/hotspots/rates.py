"""Rates of rare events: exact intervals, smoothing, and control of false discoveries."""

import numpy as np
from scipy.stats import chi2

from ..errors import MethodError


def garwood(
    count: np.ndarray | float, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray] | tuple[float, float]:
    """Compute the exact interval of a Poisson mean.

    Args:
        count: Events counted, any shape, each >= 0.
        level: Confidence level, between 0 and 1.

    Returns:
        Lower and upper bound, each of the shape of ``count``; numbers for a number.

    Raises:
        MethodError: A negative or unknown count, or a level that is not between 0 and 1.

    Source:
        Garwood 1936, Biometrika 28(3/4), 437-442.
    """
    k = np.asarray(count, dtype=float)
    if not (k >= 0).all():
        raise MethodError("A count is negative or unknown.", "", "Correct the source, or leave the row out.")
    if not 0 < level < 1:
        raise MethodError(f"A level of {level:g} is none.", "", "Give it between 0 and 1, such as 0.95.")
    tail = (1 - level) / 2
    low = np.where(k > 0, chi2.ppf(tail, 2 * np.where(k > 0, k, 1.0)) / 2, 0.0)
    high = chi2.ppf(1 - tail, 2 * k + 2) / 2
    return (float(low), float(high)) if k.ndim == 0 else (low, high)


def empirical_bayes(observed: np.ndarray, population: np.ndarray) -> np.ndarray:
    """Shrink raw rates towards the overall rate, the more so the smaller the population.

    Args:
        observed: (n,) events.
        population: (n,) dwellings or inhabitants at risk; 0 or unknown gives an unknown rate.

    Returns:
        (n,) smoothed rates in events per unit of population; nan where there is no population.

    Raises:
        MethodError: Negative events or population, or no population at all.

    Source:
        Marshall 1991, Applied Statistics 40(2), 283-294.
    """
    o, n = np.asarray(observed, dtype=float), np.asarray(population, dtype=float)
    if (o < 0).any() or (n < 0).any():
        raise MethodError("A count or a population is negative.", "", "Correct the source.")
    known = (n > 0) & np.isfinite(o)
    if not known.any():
        raise MethodError("No unit has a population.", "", "Give dwellings or inhabitants per unit.")
    total = n[known].sum()
    mean = o[known].sum() / total
    raw = np.divide(o, n, out=np.full(len(o), np.nan), where=known)
    spread = (n[known] * (raw[known] - mean) ** 2).sum() / total
    between = max(0.0, spread - mean / n[known].mean())
    if between == 0:
        return np.where(known, mean, np.nan)
    weight = between / (between + mean / np.where(known, n, np.nan))
    return weight * raw + (1 - weight) * mean


def benjamini_hochberg(p: np.ndarray, alpha: float = 0.05) -> np.ndarray:
    """Say which tests stand when at most a share ``alpha`` of those may be false.

    Args:
        p: (n,) p-values; nan = not tested.
        alpha: Share of false discoveries allowed.

    Returns:
        (n,) booleans, True = rejected (a discovery).

    Raises:
        MethodError: A p-value or ``alpha`` outside 0 to 1.

    Source:
        Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57(1), 289-300.
    """
    if not 0 <= alpha <= 1:
        raise MethodError(f"A share of {alpha:g} is none.", "", "Give it between 0 and 1, such as 0.05.")
    return fdr_q(p) <= alpha * (1 + 1e-12)


def fdr_q(p: np.ndarray) -> np.ndarray:
    """Compute q: the smallest ``alpha`` at which Benjamini-Hochberg rejects each test.

    Args:
        p: (n,) p-values; nan = not tested.

    Returns:
        (n,) q-values; nan where not tested.

    Raises:
        MethodError: A p-value outside 0 to 1.
    """
    p = np.atleast_1d(np.asarray(p, dtype=float))
    if ((p < 0) | (p > 1)).any():
        raise MethodError("A p-value lies outside 0 to 1.", "", "Correct the test it comes from.")
    q = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q
