"""How much a ranking hangs on its weights and on errors in its inputs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from ..errors import MethodError
from .scoring import score

_VALUES_AT_ONCE = 1_000_000  # bounds memory: some arrays of 4 to 8 MB


def rank_acceptability(
    criteria: ArrayLike,
    n: int = 2000,
    seed: int = 0,
    *,
    ranks: int | None = None,
    noise: ArrayLike = 0.0,
) -> NDArray[np.float64]:
    """Share of the draws in which each alternative takes each rank.

    Weights are drawn uniformly over all weightings (Dirichlet with every parameter 1); inputs may be
    shaken by a symmetric triangular error. Ties are broken at random, so equal alternatives share a rank.

    Args:
        criteria: (k, m), 0-1, NaN where unknown (see :func:`score`).
        n: Number of draws.
        seed: Seed of the random numbers; the same seed gives the same result.
        ranks: Only the first ``ranks`` ranks (default all k); their row sum is P(rank <= ranks).
        noise: Half-width of the input error on the 0-1 scale: a number, or one per criterion (m,).

    Returns:
        (k, ranks) shares; column 0 is the first rank.

    Raises:
        MethodError: ``n`` below 1, or criteria that cannot be scored.

    Source: Lahdelma, Hokkanen & Salminen 1998 (SMAA), European Journal of Operational Research 106: 137-143.
    """
    matrix = np.asarray(criteria, float)
    if n < 1:
        raise MethodError("Rank acceptability needs at least one draw.")
    if matrix.ndim != 2:
        raise MethodError("Criteria must be a table: one row per alternative, one column per criterion.")
    count, criteria_count = matrix.shape
    top = count if ranks is None else min(ranks, count)
    width = np.broadcast_to(np.asarray(noise, float), (criteria_count,))
    rng = np.random.default_rng(seed)
    score(matrix, np.ones(criteria_count))  # refuses criteria that cannot be scored
    known = (~np.isnan(matrix)).astype(np.float32)
    filled, error = np.nan_to_num(matrix).astype(np.float32), width.astype(np.float32) * known
    taken = np.zeros((count, top))
    if not count:
        return taken
    at_once = max(_VALUES_AT_ONCE // max(matrix.size, 1), 1)
    for start in range(0, n, at_once):
        draws = min(at_once, n - start)
        weights = rng.dirichlet(np.ones(criteria_count), draws)
        if width.any():
            # The known share of the weight does not change with the error.
            share = weights @ known.T
            total = np.einsum("dkm,dm->dk", _shaken(filled, error, draws, rng), weights.astype(np.float32))
            scores = np.divide(total, share, out=np.full(total.shape, np.nan), where=share > 0)
        else:
            scores = score(matrix, weights)
        # Unknown comes last; a hair of chance breaks ties evenly, draw by draw.
        scores = 1e-9 * rng.random(scores.shape) - np.nan_to_num(scores, nan=-1.0)
        best = np.argpartition(scores, min(top, count - 1), axis=1)[:, :top]
        order = np.argsort(np.take_along_axis(scores, best, axis=1), axis=1)
        best = np.take_along_axis(best, order, axis=1)
        for place in range(top):
            taken[:, place] += np.bincount(best[:, place], minlength=count)
    return taken / n


def _shaken(
    matrix: NDArray[np.float32], width: NDArray[np.float32], draws: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """(draws, k, m) with a symmetric triangular error (the sum of two uniform ones), within 0-1."""
    # Sixteen random bits are plenty for an error, and four times as fast as a double.
    bits = np.frombuffer(rng.bytes(4 * draws * matrix.size), "<u2").reshape(2, draws, *matrix.shape)
    error = np.add(*bits, dtype=np.float32)
    error *= width / np.float32(65535)
    error -= width
    error += matrix
    return np.clip(error, 0, 1, out=error)


def robustness_class(top_share: ArrayLike) -> NDArray[np.str_]:
    """Name P(among the best) in the words staff read.

    Args:
        top_share: (n,) share of the draws in which the alternative is among the best.

    Returns:
        (n,) "robuust" (0.8 and more), "hangt af van de gewichten" (0.2-0.8), "niet bij de beste".
    """
    share = np.asarray(top_share, float)
    return np.select(
        [share >= 0.8, share >= 0.2], ["robuust", "hangt af van de gewichten"], "niet bij de beste"
    )


def weight_sensitivity(criteria: ArrayLike, weights: ArrayLike, change: float = 0.5) -> NDArray[np.float64]:
    """Spearman correlation of the ranking with the one after raising or lowering a single weight.

    Args:
        criteria: (k, m), 0-1, NaN where unknown.
        weights: (m,).
        change: Relative change of the weight, up and down.

    Returns:
        (m,) the lower of the two correlations for each criterion; 1 = the ranking does not move.
    """
    weight = np.asarray(weights, float)
    base = rankdata(np.nan_to_num(score(criteria, weight), nan=-1))
    lowest = np.ones(len(weight))
    for index in range(len(weight)):
        for factor in (1 - change, 1 + change):
            changed = weight.copy()
            changed[index] *= factor
            if changed.sum() == 0:
                continue
            other = rankdata(np.nan_to_num(score(criteria, changed), nan=-1))
            if base.std() > 0 and other.std() > 0:
                lowest[index] = min(lowest[index], np.corrcoef(base, other)[0, 1])
    return lowest
