"""Moran's I: whether like values lie together, over the whole area and at each unit."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.stats import norm

from .getis_ord import check_values
from .neighbours import Neighbours, as_adjacency
from .permutation import neighbour_sum_p

QUADRANTS = ("HH", "LH", "LL", "HL")


@dataclass(frozen=True)
class Moran:
    """Global Moran's I.

    Attributes:
        i: The statistic; nan where all values are equal.
        expected: -1 / (n - 1).
        variance_normal: Variance if values are drawn from a normal distribution.
        variance_random: Variance if the given values are dealt at random.
        z_normal: Standard score with ``variance_normal``.
        z_random: Standard score with ``variance_random``.
        p_normal: Two-sided p of ``z_normal``.
        p_random: Two-sided p of ``z_random``.
        p_permutation: Two-sided permutation p.
    """

    i: float
    expected: float
    variance_normal: float
    variance_random: float
    z_normal: float
    z_random: float
    p_normal: float
    p_random: float
    p_permutation: float


@dataclass(frozen=True)
class LocalMoran:
    """Local Moran's I of every unit; all fields are arrays of shape (n,).

    Attributes:
        i: The statistic; nan where all values are equal.
        expected: Its expectation with the unit's own value kept.
        variance: Its variance then.
        z: Standard score; nan without neighbours.
        p_analytic: Two-sided p of ``z``; 1 where ``z`` is nan.
        p_permutation: Two-sided conditional permutation p; nan without neighbours.
        quadrant: 'HH', 'LH', 'LL' or 'HL': own value, then neighbours', above or below the mean.
    """

    i: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    z: np.ndarray
    p_analytic: np.ndarray
    p_permutation: np.ndarray
    quadrant: np.ndarray


def moran(
    values: np.ndarray,
    neighbours: Neighbours,
    *,
    row_standardised: bool = True,
    permutations: int = 999,
    seed: int = 0,
) -> Moran:
    """Compute global Moran's I.

    Args:
        values: (n,) counts or rates, n >= 4.
        neighbours: Neighbours of each unit, see ``as_adjacency``.
        row_standardised: Give every unit's neighbours weights that add up to 1; else every pair counts 1.
        permutations: Number of permutations; 0 leaves ``p_permutation`` nan.
        seed: Seed of the permutations.

    Returns:
        Statistic, moments under both assumptions, standard scores and two-sided p.

    Raises:
        MethodError: Fewer than two values, a value that is not finite, or neighbours that do not fit.

    Source:
        Cliff & Ord 1981, Spatial Processes, pp. 42-46.
    """
    x = check_values(values)
    n = len(x)
    adjacency = as_adjacency(neighbours, n)
    weights = _row_standardise(adjacency) if row_standardised else adjacency
    z = x - x.mean()
    m2 = _square_sum(z, x)
    s0 = weights.sum()
    both = weights + weights.T
    s1 = both.multiply(both).sum() / 2
    s2 = ((np.asarray(weights.sum(axis=1)).ravel() + np.asarray(weights.sum(axis=0)).ravel()) ** 2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        i = np.float64(n) / s0 * (z @ (weights @ z)) / m2
        kurtosis = (z**4).sum() / n / (m2 / n) ** 2
        expected = -1.0 / (n - 1)
        normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
        a = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
        b = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
        random = (a - b) / np.float64((n - 1) * (n - 2) * (n - 3) * s0**2) - expected**2
        z_normal, z_random = (i - expected) / np.sqrt(normal), (i - expected) / np.sqrt(random)
    return Moran(
        i=float(i),
        expected=expected,
        variance_normal=float(normal),
        variance_random=float(random),
        z_normal=float(z_normal),
        z_random=float(z_random),
        p_normal=float(2 * norm.sf(abs(z_normal))),
        p_random=float(2 * norm.sf(abs(z_random))),
        p_permutation=_global_p(z, weights, permutations, seed),
    )


def local_moran(
    values: np.ndarray, neighbours: Neighbours, *, permutations: int = 999, seed: int = 0
) -> LocalMoran:
    """Compute local Moran's I with row-standardised weights.

    Args:
        values: (n,) counts or rates, n >= 3.
        neighbours: Neighbours of each unit, see ``as_adjacency``.
        permutations: Number of conditional permutations.
        seed: Seed of the permutations.

    Returns:
        Statistic, conditional moments, standard score, both two-sided p and quadrant of every unit.

    Raises:
        MethodError: Fewer than two values, a value that is not finite, or neighbours that do not fit.

    Source:
        Anselin 1995, Geographical Analysis 27(2), 93-115; conditional moments: Sokal, Oden & Thomson 1998,
        Geographical Analysis 30(4), 331-354, equations A5-A6.
    """
    x = check_values(values)
    n = len(x)
    adjacency = as_adjacency(neighbours, n)
    weights = _row_standardise(adjacency)
    z = x - x.mean()
    m2 = _square_sum(z, x)
    degree = np.diff(adjacency.indptr).astype(float)
    lag = weights @ z
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = (n - 1) * z / m2
        i = scale * lag
        others_mean = -z / (n - 1)
        others_variance = (m2 - z**2) / (n - 1) - others_mean**2
        # mean of a simple random sample of `degree` out of the n - 1 other values
        sample_variance = others_variance / degree * (n - 1 - degree) / (n - 2)
        expected, variance = scale * others_mean, scale**2 * sample_variance
        score = (i - expected) / np.sqrt(variance)
    score[(degree == 0) | ~(variance > 0)] = np.nan
    quadrant = np.array(QUADRANTS)[np.where(z > 0, np.where(lag > 0, 0, 3), np.where(lag > 0, 1, 2))]
    return LocalMoran(
        i=i,
        expected=expected,
        variance=variance,
        z=score,
        p_analytic=np.where(np.isnan(score), 1.0, 2 * norm.sf(np.abs(score))),
        p_permutation=neighbour_sum_p(x, adjacency, permutations, seed),
        quadrant=quadrant,
    )


def _row_standardise(adjacency: sparse.csr_matrix) -> sparse.csr_matrix:
    degree = np.diff(adjacency.indptr)
    return sparse.csr_matrix(
        (adjacency.data / np.repeat(np.maximum(degree, 1), degree), adjacency.indices, adjacency.indptr),
        shape=adjacency.shape,
    )


def _square_sum(z: np.ndarray, x: np.ndarray) -> np.float64:
    """Sum of squares, exactly zero where all values are equal."""
    return np.float64(0.0) if np.ptp(x) == 0 else z @ z


def _global_p(z: np.ndarray, weights: sparse.csr_matrix, permutations: int, seed: int) -> float:
    if permutations == 0 or not z.any():
        return float("nan")
    rng = np.random.default_rng(seed)
    dealt = rng.permuted(np.tile(z, (permutations, 1)), axis=1).T
    reference = np.einsum("ij,ij->j", dealt, weights @ dealt)
    observed = z @ (weights @ z)
    slack = 1e-12 * abs(z @ z)
    smaller = min((reference >= observed - slack).sum(), (reference <= observed + slack).sum())
    return float(min(1.0, 2.0 * (smaller + 1.0) / (permutations + 1.0)))
