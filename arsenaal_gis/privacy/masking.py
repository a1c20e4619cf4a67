"""Moving demonstration points so that nobody can tell whose they are."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from ..errors import ReleaseRefused


def donut(
    points: ArrayLike, homes: ArrayLike, k: int, r_min: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Move each point into a ring around it in which at least ``k`` homes lie.

    The outer radius is chosen per point, the distance uniformly by area, never below ``r_min``. For a few
    points that are shown once, to explain a map; repeated publication of the same points would average out.

    Args:
        points: (n, 2) points in metres.
        homes: (m, 2) addresses in metres.
        k: Homes that the ring must hold.
        r_min: Inner radius in metres.
        rng: Source of randomness.

    Returns:
        (n, 2) moved points.

    Raises:
        ReleaseRefused: There are fewer than ``k`` homes beyond ``r_min`` of a point.

    Source:
        Hampton et al. (2010), Mapping health data: improved privacy protection with donut method geomasking,
        American Journal of Epidemiology 172(9).
    """
    place, home = np.asarray(points, float), np.asarray(homes, float)
    tree = cKDTree(home)
    near = np.array([len(found) for found in tree.query_ball_point(place, np.nextafter(r_min, 0))], int)
    if (near + k > len(home)).any():
        raise ReleaseRefused(
            f"Buiten {r_min:g} m liggen minder dan {k} woningen.", "privacy", "Toon geen punten."
        )
    r_max = np.array([tree.query(p, [n + k])[0][0] for p, n in zip(place, near, strict=True)])
    distance = np.sqrt(rng.uniform(r_min**2, r_max**2))
    angle = rng.uniform(0, 2 * np.pi, len(place))
    return place + distance[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
