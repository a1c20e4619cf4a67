"""TOPSIS, the cross-check of the weighted sum."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


def topsis(matrix: ArrayLike, weights: ArrayLike, types: ArrayLike) -> NDArray[np.float64]:
    """Closeness to the ideal and distance from the anti-ideal, after min-max normalisation.

    Min-max ranges come from the alternatives themselves, so adding one can reverse ranks: a check on the
    ranking, not the ranking.

    Args:
        matrix: (n, m) raw values.
        weights: (m,) zero or more.
        types: (m,) +1 where more is better, -1 where less is better.

    Returns:
        (n,) closeness, 0 (anti-ideal) to 1 (ideal). A criterion on which all alternatives are equal
        counts for nothing; 0.5 where all are equal on all.

    Raises:
        MethodError: Shapes that do not fit, unknown values, types other than -1 and +1.

    Source: Opricovic & Tzeng 2004, European Journal of Operational Research 156: 445-455, with the
    linear (min-max) in place of the vector normalisation.
    """
    value = np.asarray(matrix, float)
    weight = np.asarray(weights, float)
    sign = np.asarray(types, float)
    if value.ndim != 2 or weight.shape != value.shape[1:] or sign.shape != weight.shape:
        raise MethodError("TOPSIS needs an (n, m) matrix with m weights and m types.")
    if np.isnan(value).any() or not np.all(np.abs(sign) == 1):
        raise MethodError("TOPSIS needs known values, and types -1 or +1.")
    if not len(value):
        return np.zeros(0)
    low, high = value.min(axis=0), value.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    unit = np.where(sign > 0, value - low, high - value) / span
    active = (high > low) * weight / weight.sum()
    to_ideal = np.linalg.norm(active * (1 - unit), axis=1)
    to_anti = np.linalg.norm(active * unit, axis=1)
    total = to_ideal + to_anti
    return np.divide(to_anti, total, out=np.full(len(value), 0.5), where=total > 0)
