"""Weighted sum over criteria on fixed ranges, and what each criterion brings to it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


def checked(criteria: ArrayLike, weights: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both as float arrays, the weights summing to 1 along their last axis.

    Raises:
        MethodError: Shapes that do not fit, negative weights, all weights zero, criteria outside 0-1.
    """
    matrix = np.asarray(criteria, float)
    weight = np.asarray(weights, float)
    if matrix.ndim != 2 or weight.ndim not in (1, 2) or weight.shape[-1] != matrix.shape[1]:
        raise MethodError(
            f"Criteria of shape {matrix.shape} do not fit weights of shape {weight.shape}.",
            todo="Give one row per alternative, one column and one weight per criterion.",
        )
    if not np.all(weight >= 0) or np.any(weight.sum(axis=-1) <= 0):
        raise MethodError("Weights must be zero or more, and not all zero.", todo="Change the weights.")
    # NaN passes both comparisons: unknown is allowed, out of range is not.
    if np.any(matrix < -1e-9) or np.any(matrix > 1 + 1e-9):
        raise MethodError(
            "Criteria must lie between 0 and 1.", todo="Scale them on their ranges with unit_scale."
        )
    return matrix, weight / weight.sum(axis=-1, keepdims=True)


def score(criteria: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Weighted mean of the known criteria.

    Unknown (NaN) is never zero: the weights of the criteria that are known are raised to sum to 1, and
    :func:`known_share` tells how much of the weight that was.

    Args:
        criteria: (n, m), each 0 (no reason) to 1 (full reason), NaN where unknown.
        weights: (m,), or (draws, m) to score many weightings at once; zero or more, any sum.

    Returns:
        (n,), or (draws, n): 0-1; NaN where no criterion with weight is known.

    Raises:
        MethodError: Shapes that do not fit, negative weights, criteria outside 0-1.
    """
    matrix, weight = checked(criteria, weights)
    known = ~np.isnan(matrix)
    total = weight @ np.where(known, matrix, 0.0).T
    share = weight @ known.T.astype(float)
    return np.divide(total, share, out=np.full_like(total, np.nan), where=share > 0)


def contributions(criteria: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """What each criterion adds to the score: the rows sum to :func:`score`, NaN where unknown.

    Args:
        criteria: (n, m), 0-1, NaN where unknown.
        weights: (m,).

    Returns:
        (n, m).
    """
    matrix, weight = checked(criteria, weights)
    share = ~np.isnan(matrix) @ weight
    return np.divide(
        matrix * weight, share[:, None], out=np.full_like(matrix, np.nan), where=share[:, None] > 0
    )


def known_share(criteria: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Share of the weight that stands on known criteria, (n,), 0-1."""
    matrix, weight = checked(criteria, weights)
    return np.asarray(~np.isnan(matrix) @ weight)


def rank(scores: ArrayLike) -> NDArray[np.int64]:
    """Rank 1 for the highest score; equal scores share the best rank; unknown comes after all known.

    Args:
        scores: (n,).

    Returns:
        (n,) ranks from 1.
    """
    value = np.nan_to_num(np.asarray(scores, float), nan=-np.inf)
    ordered = np.sort(value)
    return len(value) - np.searchsorted(ordered, value, side="right") + 1
