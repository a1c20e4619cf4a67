"""Where a parcel meets the street, and what of its open space lies in front of the house."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

# A boundary piece faces the public domain if no parcel lies this far outside it: wider than the slivers
# between neighbouring parcels in the delivered files, narrower than any alley.
_LOOK_M = 0.20


@dataclass(frozen=True)
class Edges:
    """Pieces of parcel boundary that face the public domain.

    Attributes:
        parcel: (n,) row of the parcel.
        begin, end: (n, 2) ends of the piece, metres.
        outward: (n, 2) unit vector away from the parcel.
    """

    parcel: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    outward: np.ndarray

    @property
    def middle(self) -> np.ndarray:
        """(n, 2) middle of each piece."""
        return (self.begin + self.end) / 2

    @property
    def length(self) -> np.ndarray:
        """(n,) length of each piece, metres."""
        return np.hypot(*(self.end - self.begin).T)

    def lines(self, parcels: int) -> np.ndarray:
        """For each parcel its pieces as one MultiLineString; None where it has none."""
        pieces = (
            shapely.linestrings(np.stack([self.begin, self.end], axis=1))
            if len(self.parcel)
            else np.array([])
        )
        result = np.full(parcels, None, dtype=object)
        for row in np.unique(self.parcel):
            result[row] = shapely.multilinestrings(pieces[self.parcel == row])
        return result


def street_edges(parcels: Sequence[shapely.Geometry], every_m: float = 0.5) -> Edges:
    """Find the boundary pieces with no neighbouring parcel: the public domain has no parcels in the GRB.

    Args:
        parcels: n polygons.
        every_m: Largest length of a piece, metres.
    """
    shapes = np.asarray(parcels, dtype=object)
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(
        shapely.normalize(parts), return_index=True
    )  # normalised: exterior rings clockwise
    coords, ring = shapely.get_coordinates(shapely.segmentize(rings, every_m), return_index=True)
    same = ring[1:] == ring[:-1]
    begin, end, owner = coords[:-1][same], coords[1:][same], owner[part[ring[:-1][same]]]
    along = end - begin
    length = np.hypot(*along.T)
    keep = length > 1e-9
    begin, end, owner, along = begin[keep], end[keep], owner[keep], along[keep] / length[keep, None]
    outward = np.stack([-along[:, 1], along[:, 0]], axis=1)
    probes = shapely.points((begin + end) / 2 + outward * _LOOK_M)
    taken = np.unique(shapely.STRtree(shapes).query(probes, predicate="intersects")[0])
    free = np.ones(len(probes), bool)
    free[taken] = False
    return Edges(owner[free], begin[free], end[free], outward[free])


def split_yards(
    open_space: Sequence[shapely.Geometry],
    street_lines: Sequence[shapely.Geometry | None],
    buildings: Sequence[shapely.Geometry | None],
    least_depth_m: float = 0.5,
) -> tuple[np.ndarray, np.ndarray]:
    """Divide the unbuilt part of each parcel at the building line.

    The front yard is what lies nearer to the street than the nearest point of the main building.

    Args:
        open_space: n unbuilt parts of parcels.
        street_lines: n street-facing boundaries, None where a parcel has none.
        buildings: n main buildings, None where a parcel has none.
        least_depth_m: A building this near to the street stands on the street: no front yard.

    Returns:
        Two arrays of n geometries, front and back yard; None in both where there is no building or no street to tell.
    """
    space = np.asarray(open_space, dtype=object)
    street, house = np.asarray(street_lines, dtype=object), np.asarray(buildings, dtype=object)
    known = ~(shapely.is_missing(street) | shapely.is_missing(house))
    front, back = np.full(len(space), None, dtype=object), np.full(len(space), None, dtype=object)
    depth = shapely.distance(street[known], house[known])
    zone = shapely.buffer(street[known], np.where(depth >= least_depth_m, depth, 0.0), cap_style="flat")
    front[known] = shapely.intersection(space[known], zone)
    back[known] = shapely.difference(space[known], zone)
    return front, back
