"""The Pareto front: alternatives that no other beats on everything."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def pareto_front(values: ArrayLike) -> NDArray[np.bool_]:
    """Mark the alternatives that no other alternative dominates (more is better).

    One alternative dominates another if it is nowhere less and somewhere more. Alternatives with an
    unknown value can't be compared: they are never on the front and dominate nothing.

    Args:
        values: (n, m).

    Returns:
        (n,) True on the front. Equal alternatives are on it together.
    """
    value = np.asarray(values, float)
    front = ~np.isnan(value).any(axis=1)
    # A dominating alternative has a higher sum, so going down the sums each survivor is final.
    for index in np.argsort(-np.where(front, value.sum(axis=1), -np.inf), kind="stable"):
        if front[index]:
            no_more = (value <= value[index]).all(axis=1)
            front &= ~(no_more & (value < value[index]).any(axis=1))
    return front
