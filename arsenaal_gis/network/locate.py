"""Where points stand on the walking network."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from ..errors import MethodError


@dataclass(frozen=True)
class Positions:
    """Points tied to a street side.

    Attributes:
        side: (n,) row in ``network.sides``.
        along_m: (n,) distance from the beginning of that side's line (m).
        access_m: (n,) straight distance from the point to the line (m).
        xy: (n, 2) the points themselves.
    """

    side: np.ndarray
    along_m: np.ndarray
    access_m: np.ndarray
    xy: np.ndarray

    def __len__(self) -> int:
        return len(self.side)

    def take(self, index: Sequence[int] | np.ndarray) -> "Positions":
        """Positions of some of the points, by number or mask."""
        return Positions(self.side[index], self.along_m[index], self.access_m[index], self.xy[index])


def locate_on_sides(
    points: Sequence[shapely.Point],
    lines: np.ndarray,
    side_streets: Sequence[str | None],
    streets: Sequence[str | None] | None = None,
    detour_m: float = 30.0,
) -> Positions:
    """Tie points to the nearest street side, a door to its own street where that is near.

    Args:
        points: n points.
        lines: Lines of the street sides.
        side_streets: Street name of each side.
        streets: Street name of each point's address; None to take the nearest side whatever its name.
        detour_m: A side of the point's own street is preferred up to this much farther than the nearest (m).

    Returns:
        The positions.

    Raises:
        MethodError: A point is missing or empty.
    """
    geometry = np.asarray(points, dtype=object)
    if (shapely.is_missing(geometry) | shapely.is_empty(geometry)).any():
        raise MethodError("A point has no place.", "walking network", "Leave out rows without geometry.")
    if not len(geometry):
        return Positions(np.zeros(0, int), np.zeros(0), np.zeros(0), np.zeros((0, 2)))
    nearest = shapely.STRtree(lines).query_nearest(geometry, all_matches=False)[1]
    if streets is not None:
        distance = shapely.distance(geometry, lines[nearest])
        names = np.array([_folded(name) for name in side_streets], dtype=object)
        wanted = np.array([_folded(name) for name in streets], dtype=object)
        for name in set(wanted) - {None}:
            own, mine = np.flatnonzero(names == name), np.flatnonzero(wanted == name)
            if not len(own):
                continue
            best = own[shapely.STRtree(lines[own]).query_nearest(geometry[mine], all_matches=False)[1]]
            near = shapely.distance(geometry[mine], lines[best]) <= distance[mine] + detour_m
            nearest[mine[near]] = best[near]
    return Positions(
        nearest,
        shapely.line_locate_point(lines[nearest], geometry),
        shapely.distance(geometry, lines[nearest]),
        shapely.get_coordinates(geometry),
    )


def boundary_points(
    polygons: Sequence[shapely.Geometry], every_m: float = 10.0
) -> tuple[np.ndarray, np.ndarray]:
    """Points along the edges of areas, through which they can be entered.

    Args:
        polygons: Areas (or lines); empty ones give no points.
        every_m: Largest distance between points (m).

    Returns:
        The points, and for each the index of its area.
    """
    dense = shapely.segmentize(np.asarray(polygons, dtype=object), every_m)
    xy, owner = shapely.get_coordinates(dense, return_index=True)
    return shapely.points(xy), owner


def _folded(name: str | None) -> str | None:
    """Street name without case and surrounding blanks; None stays None."""
    return None if pd.isna(name) else str(name).strip().casefold()
