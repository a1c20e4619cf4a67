"""Which cells of a table may not be shown by themselves: primary sensitivity."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


def dominance(contributions: ArrayLike, n: int = 1, k: float = 75.0) -> bool:
    """Whether the ``n`` largest contributors make up more than ``k`` percent of a total.

    Args:
        contributions: Non-negative contributions to one cell.
        n: Number of contributors that may work together.
        k: Largest share in percent that they may have.

    Returns:
        True if the cell may not be shown.

    Raises:
        MethodError: A negative or missing contribution.

    Source:
        Hundepool et al. (2012), Statistical Disclosure Control, section 4.2.2.
    """
    ordered = _ordered(contributions)
    return bool(ordered[:n].sum() * 100.0 > k * ordered.sum())


def p_percent(contributions: ArrayLike, p: float = 10.0) -> bool:
    """Whether the second contributor can estimate the largest to within ``p`` percent.

    The second subtracts its own value from the total; what the others hold is its error.

    Args:
        contributions: Non-negative contributions to one cell.
        p: Smallest permitted error in percent of the largest contribution.

    Returns:
        True if the cell may not be shown.

    Raises:
        MethodError: A negative or missing contribution.

    Source:
        Hundepool et al. (2012), Statistical Disclosure Control, section 4.2.2.
    """
    ordered = _ordered(contributions)
    return bool(ordered.size and ordered[0] > 0 and ordered[2:].sum() * 100.0 < p * ordered[0])


def all_equal(counts: ArrayLike) -> NDArray[np.bool_]:
    """Rows of a units x classes table in which every contributor is in one class.

    Whoever knows that a household lives in such a unit knows its class (attribute disclosure).

    Args:
        counts: (units, classes) non-negative counts.

    Returns:
        (units,) True where exactly one class is filled.
    """
    return np.asarray((np.asarray(counts, float) > 0).sum(axis=1) == 1)


def _ordered(contributions: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(contributions, float).ravel()
    if not (values >= 0).all():
        raise MethodError("Contributions to a total must be known and at least 0.", "dominance")
    return np.sort(values)[::-1]
