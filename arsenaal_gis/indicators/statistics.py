"""Intervals and exact tests for shares, counts and means, and their change between two moments."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta, binomtest, norm

from ..errors import MethodError

_Z95 = norm.ppf(0.975)


@dataclass(frozen=True)
class Estimate:
    """A value with its interval.

    Attributes:
        value: The estimate.
        low: Lower end of the interval.
        high: Upper end.
    """

    value: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0

    @property
    def p(self) -> float:
        """Two-sided p of zero, taking the 95 % interval for one of a normal distribution."""
        width = self.high - self.low
        return (
            float(self.value == 0)
            if width == 0
            else float(2 * norm.sf(abs(self.value) / (width / (2 * _Z95))))
        )


def wilson(k: int, n: int, level: float = 0.95) -> Estimate:
    """Estimate a share.

    Args:
        k: Successes, 0 <= k <= n.
        n: Trials, at least one.
        level: Confidence level.

    Returns:
        The share with Wilson's score interval.

    Raises:
        MethodError: No trials, or more successes than trials.

    Source:
        Wilson 1927, J. Am. Stat. Assoc. 22(158), 209-212.
    """
    if not 0 <= k <= n or n == 0:
        raise MethodError(f"{k} of {n} is not a share.", "", "Count again.")
    z = norm.ppf((1 + level) / 2)
    p = k / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Estimate(p, 0.0 if k == 0 else float(centre - half), 1.0 if k == n else float(centre + half))


def newcombe(k0: int, n0: int, k1: int, n1: int, level: float = 0.95) -> Estimate:
    """Estimate the change of a share between two independent samples.

    Args:
        k0: Successes before.
        n0: Trials before.
        k1: Successes after.
        n1: Trials after.
        level: Confidence level.

    Returns:
        Share after minus share before, with Newcombe's hybrid score interval.

    Raises:
        MethodError: A sample is empty.

    Source:
        Newcombe 1998, Statistics in Medicine 17, 873-890 (method 10).
    """
    a, b = wilson(k0, n0, level), wilson(k1, n1, level)
    change = b.value - a.value
    low = change - np.hypot(b.value - b.low, a.high - a.value)
    high = change + np.hypot(b.high - b.value, a.value - a.low)
    return Estimate(change, float(low), float(high))


def share_p(k0: int, n0: int, k1: int, n1: int) -> float:
    """Test whether two independent samples have the same share.

    Args:
        k0: Successes before.
        n0: Trials before.
        k1: Successes after.
        n1: Trials after.

    Returns:
        Two-sided p of the score test (pooled variance); 1 where all or none succeeded.

    Source:
        Pearson 1900, Philosophical Magazine 50, for the 2 x 2 table.
    """
    pooled = (k0 + k1) / (n0 + n1)
    variance = pooled * (1 - pooled) * (1 / n0 + 1 / n1)
    return 1.0 if variance == 0 else float(2 * norm.sf(abs(k1 / n1 - k0 / n0) / np.sqrt(variance)))


def mcnemar_exact(b: int, c: int) -> float:
    """Test whether as many pairs changed one way as the other.

    Args:
        b: Pairs that changed from yes to no.
        c: Pairs that changed from no to yes.

    Returns:
        Two-sided exact p; 1 if no pair changed.

    Source:
        McNemar 1947, Psychometrika 12(2); exact: binomial with one half.
    """
    return 1.0 if b + c == 0 else float(binomtest(b, b + c).pvalue)


def matched_change(both: int, lost: int, won: int, neither: int, level: float = 0.95) -> Estimate:
    """Estimate the change of a share among the same units.

    Args:
        both: Units that are yes at both moments.
        lost: Units that changed from yes to no.
        won: Units that changed from no to yes.
        neither: Units that are no at both moments.
        level: Confidence level.

    Returns:
        Share after minus share before, with Newcombe's score interval for paired shares.

    Raises:
        MethodError: There are no units.

    Source:
        Newcombe 1998, Statistics in Medicine 17, 2635-2650 (method 10).
    """
    n = both + lost + won + neither
    before, after = wilson(both + lost, n, level), wilson(both + won, n, level)
    change = (won - lost) / n
    product = float(both + lost) * (won + neither) * (both + won) * (lost + neither)
    agreement = float(both * neither - lost * won)
    if agreement > 0:
        agreement = max(agreement - n / 2, 0.0)
    phi = agreement / np.sqrt(product) if product > 0 else 0.0

    def reach(one: float, other: float) -> float:
        return float(np.sqrt(max(one**2 - 2 * phi * one * other + other**2, 0.0)))

    low = change - reach(after.value - after.low, before.high - before.value)
    high = change + reach(after.high - after.value, before.value - before.low)
    return Estimate(change, low, high)


def conditional_binomial(n0: int, n1: int, exposure0: float = 1.0, exposure1: float = 1.0) -> float:
    """Test whether two counts come from the same rate.

    Args:
        n0: Events before.
        n1: Events after.
        exposure0: Months, dwellings or their product before.
        exposure1: The same after.

    Returns:
        Two-sided exact p given the total; 1 without events.

    Raises:
        MethodError: An exposure is not above zero.

    Source:
        Przyborowski & Wilenski 1940, Biometrika 31(3/4), 313-323.
    """
    if min(exposure0, exposure1) <= 0:
        raise MethodError("A rate needs months and dwellings.", "", "Give the exposure of both periods.")
    return 1.0 if n0 + n1 == 0 else float(binomtest(n1, n0 + n1, exposure1 / (exposure0 + exposure1)).pvalue)


def rate_ratio(
    n0: int, n1: int, exposure0: float = 1.0, exposure1: float = 1.0, level: float = 0.95
) -> Estimate:
    """Estimate how many times the rate before the rate after is.

    Args:
        n0: Events before.
        n1: Events after.
        exposure0: Months, dwellings or their product before.
        exposure1: The same after.
        level: Confidence level.

    Returns:
        The ratio with its exact interval; inf where nothing happened before, nan where
        nothing happened at all.

    Raises:
        MethodError: An exposure is not above zero.

    Source:
        Clopper-Pearson bounds of n1 given n0 + n1 (Przyborowski & Wilenski 1940), turned into ratios.
    """
    conditional_binomial(n0, n1, exposure0, exposure1)
    if n0 + n1 == 0:
        return Estimate(float("nan"), 0.0, float("inf"))
    low, high = (
        float("inf") if share == 1 else share / (1 - share) * exposure0 / exposure1
        for share in _clopper_pearson(n1, n0 + n1, level)
    )
    return Estimate(float("inf") if n0 == 0 else n1 / n0 * exposure0 / exposure1, low, high)


def bootstrap_mean(values: np.ndarray, *, level: float = 0.95, draws: int = 2000, seed: int = 0) -> Estimate:
    """Estimate a mean; of paired differences this is the paired bootstrap.

    Args:
        values: (n,) numbers, n >= 1.
        level: Confidence level.
        draws: Number of resamples.
        seed: Seed of the resamples.

    Returns:
        The mean with its percentile interval.

    Raises:
        MethodError: No values.

    Source:
        Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.
    """
    x = np.asarray(values, dtype=float)
    if len(x) == 0:
        raise MethodError("There is nothing to average.", "", "Leave the indicator out.")
    means = _resampled_means(x, draws, np.random.default_rng(seed))
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(x.mean()), float(low), float(high))


def bootstrap_change(
    before: np.ndarray, after: np.ndarray, *, level: float = 0.95, draws: int = 2000, seed: int = 0
) -> Estimate:
    """Estimate the change of a mean between two independent samples.

    Args:
        before: (n,) numbers.
        after: (m,) numbers.
        level: Confidence level.
        draws: Number of resamples.
        seed: Seed of the resamples.

    Returns:
        Mean after minus mean before, with its percentile interval.

    Raises:
        MethodError: A sample is empty.
    """
    a, b = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if min(len(a), len(b)) == 0:
        raise MethodError("There is nothing to compare.", "", "Leave the indicator out.")
    rng = np.random.default_rng(seed)
    change = _resampled_means(b, draws, rng) - _resampled_means(a, draws, rng)
    low, high = np.quantile(change, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(b.mean() - a.mean()), float(low), float(high))


def kitagawa(k0: np.ndarray, n0: np.ndarray, k1: np.ndarray, n1: np.ndarray) -> tuple[float, float]:
    """Split the change of a share into a change of rates and a change of mix.

    Args:
        k0: (s,) successes per stratum before.
        n0: (s,) units per stratum before.
        k1: (s,) successes after.
        n1: (s,) units after.

    Returns:
        Rate effect and mix effect; they add up to the change of the share. A stratum that is empty at one
        moment takes the rate of the other, so that all its change is mix.

    Raises:
        MethodError: No units at one of the moments.

    Source:
        Kitagawa 1955, J. Am. Stat. Assoc. 50(272), 1168-1194.
    """
    k0, n0, k1, n1 = (np.asarray(v, dtype=float) for v in (k0, n0, k1, n1))
    if n0.sum() == 0 or n1.sum() == 0:
        raise MethodError("There are no units at one of the moments.", "", "Leave the split out.")
    with np.errstate(invalid="ignore"):
        r0, r1 = k0 / n0, k1 / n1
    r0, r1 = np.where(n0 > 0, r0, r1), np.where(n1 > 0, r1, r0)
    r0, r1 = np.nan_to_num(r0), np.nan_to_num(r1)
    w0, w1 = n0 / n0.sum(), n1 / n1.sum()
    return float(((w0 + w1) / 2) @ (r1 - r0)), float(((r0 + r1) / 2) @ (w1 - w0))


def _clopper_pearson(k: int, n: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(beta.ppf(tail, k, n - k + 1))
    high = 1.0 if k == n else float(beta.ppf(1 - tail, k + 1, n - k))
    return low, high


def _resampled_means(x: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    rows = max(1, 2_000_000 // len(x))
    parts = [min(rows, draws - start) for start in range(0, draws, rows)]
    return np.concatenate([x[rng.integers(0, len(x), (part, len(x)))].mean(axis=1) for part in parts])
