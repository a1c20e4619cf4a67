"""Getis-Ord Gi*: where high (or low) values lie together."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from ..errors import MethodError
from .neighbours import Neighbours, as_adjacency
from .permutation import neighbour_sum_p


@dataclass(frozen=True)
class GetisOrd:
    """Gi* of every unit; all fields are arrays of shape (n,).

    Attributes:
        statistic: Share of the total of all values that lies in the unit and its neighbours.
        expected: Its expectation when values are spread at random.
        variance: Its variance then.
        z: Standard score; nan where all values are equal.
        p_analytic: Two-sided p of ``z`` under normality; 1 where ``z`` is nan.
        p_permutation: Two-sided conditional permutation p; 1 where values are equal, nan without neighbours.
    """

    statistic: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    z: np.ndarray
    p_analytic: np.ndarray
    p_permutation: np.ndarray


def getis_ord_star(
    values: np.ndarray, neighbours: Neighbours, *, permutations: int = 999, seed: int = 0
) -> GetisOrd:
    """Compute Gi* with binary weights, the unit itself included.

    Args:
        values: (n,) counts or rates, n >= 2.
        neighbours: Binary neighbours of each unit (the unit itself is added), see ``as_adjacency``.
        permutations: Number of conditional permutations.
        seed: Seed of the permutations.

    Returns:
        Statistic, moments, standard score and both two-sided p of every unit.

    Raises:
        MethodError: Fewer than two values, a value that is not finite, or neighbours that do not fit.

    Source:
        Ord & Getis 1995, Geographical Analysis 27(4), 286-306; Getis & Ord 1992, same journal 24(3).
    """
    x = check_values(values)
    n = len(x)
    adjacency = as_adjacency(neighbours, n)
    size = np.diff(adjacency.indptr) + 1.0
    total = x.sum()
    spread = x.var()
    if spread <= 1e-24 * max(1.0, x.max() ** 2):
        spread = 0.0
    sums = adjacency @ x + x
    sum_variance = spread * size * (n - size) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (sums - size * total / n) / np.sqrt(sum_variance)
        statistic, variance = sums / total, sum_variance / total**2
    z[~(sum_variance > 0)] = np.nan
    return GetisOrd(
        statistic=statistic,
        expected=size / n,
        variance=variance,
        z=z,
        p_analytic=np.where(np.isnan(z), 1.0, 2.0 * norm.sf(np.abs(z))),
        p_permutation=neighbour_sum_p(x, adjacency, permutations, seed),
    )


def check_values(values: np.ndarray) -> np.ndarray:
    """Return the values as floats, or say why they cannot be tested.

    Args:
        values: (n,) numbers.

    Returns:
        (n,) float64.

    Raises:
        MethodError: Fewer than two values, or one that is not finite.
    """
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or len(x) < 2:
        raise MethodError(
            "A spatial statistic needs at least two units.", "", "Take a larger area or a list."
        )
    if not np.isfinite(x).all():
        raise MethodError(
            f"{(~np.isfinite(x)).sum()} of {len(x)} values are unknown.", "", "Leave those units out first."
        )
    return x
