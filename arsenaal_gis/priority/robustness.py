"""How much a ranking hangs on its weights and on errors in its inputs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from ..errors import MethodError
from .scoring import score

_DRAWS_AT_ONCE = 250  # bounds memory: 250 draws x 5000 alternatives = 10 MB


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
    known = (~np.isnan(matrix)).astype(float)
    filled = np.where(np.isnan(matrix), 0.0, matrix)
    taken = np.zeros((count, top))
    for start in range(0, n, _DRAWS_AT_ONCE):
        draws = min(_DRAWS_AT_ONCE, n - start)
        weights = rng.dirichlet(np.ones(criteria_count), draws)
        if width.any():
            # The known share of the weight does not change with the error: once for all draws.
            share = weights @ known.T
            total = np.vstack([(_shaken(filled, width, rng) * known) @ row for row in weights])
            scores = np.divide(total, share, out=np.full_like(total, np.nan), where=share > 0)
        else:
            scores = score(matrix, weights)
        # Unknown comes last; a hair of chance breaks ties evenly, draw by draw.
        scores = np.nan_to_num(scores, nan=-1.0) + 1e-9 * rng.random(scores.shape)
        best = np.argsort(-scores, axis=1)[:, :top]
        for place in range(top):
            taken[:, place] += np.bincount(best[:, place], minlength=count)
    return taken / n


def _shaken(
    matrix: NDArray[np.float64], width: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Add a symmetric triangular error (the sum of two uniform ones) and stay within 0-1."""
    error = rng.random(matrix.shape) + rng.random(matrix.shape) - 1
    return np.clip(matrix + width * error, 0, 1)


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
