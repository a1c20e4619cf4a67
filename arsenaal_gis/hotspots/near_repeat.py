"""Knox test: do events follow each other close in space and soon in time?"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree
from scipy.stats import poisson

from ..errors import MethodError


@dataclass(frozen=True)
class Knox:
    """Result of the Knox test.

    Attributes:
        statistic: Pairs that are close in space and in time.
        expected: Such pairs if place and time were independent.
        p_poisson: P(X >= statistic), X Poisson with mean ``expected``.
        ratio: statistic / expected; nan where nothing is expected.
    """

    statistic: int
    expected: float
    p_poisson: float
    ratio: float


def knox(points: np.ndarray, times: np.ndarray, delta: float, tau: float) -> Knox:
    """Count pairs of events at most ``delta`` apart in space and ``tau`` in time.

    Args:
        points: (n, 2) coordinates, metres.
        times: (n,) moments, in the unit of ``tau`` (days).
        delta: Largest distance of a near pair.
        tau: Largest time between a soon pair.

    Returns:
        Observed and expected number of pairs and the Poisson p.

    Raises:
        MethodError: Fewer than two events, or lengths that differ.

    Source:
        Knox 1964, Applied Statistics 13(1), 25-29.
    """
    xy, t = np.asarray(points, dtype=float), np.asarray(times, dtype=float)
    if len(xy) != len(t) or len(xy) < 2:
        raise MethodError(f"{len(xy)} points and {len(t)} times: a pair needs two of each.", "", "")
    near = cKDTree(xy).query_pairs(delta, output_type="ndarray")
    both = int((np.abs(t[near[:, 0]] - t[near[:, 1]]) <= tau).sum())
    ordered = np.sort(t)
    soon = int((np.searchsorted(ordered, ordered + tau, side="right") - np.arange(len(t)) - 1).sum())
    expected = len(near) * soon / (len(t) * (len(t) - 1) / 2)
    return Knox(
        statistic=both,
        expected=expected,
        p_poisson=float(poisson.sf(both - 1, expected)) if expected > 0 else 1.0,
        ratio=both / expected if expected > 0 else float("nan"),
    )
