"""Where a parcel meets the street, and what of its open space lies in front of the house."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

# A boundary piece faces the public domain if no parcel lies this far outside it: wider than the slivers
# between neighbouring parcels in the delivered files, narrower than any alley.
_LOOK_M = 0.20
# Unit vectors this near to each other are of one straight line.
_STRAIGHT = 1e-6


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
        """For each parcel its pieces, joined where they run straight on, as one MultiLineString; None for none."""
        result = np.full(parcels, None, dtype=object)
        if not len(self.parcel):
            return result
        on = np.zeros(len(self.parcel), bool)
        on[1:] = (
            (self.parcel[1:] == self.parcel[:-1])
            & (self.begin[1:] == self.end[:-1]).all(axis=1)
            & (np.abs(self.outward[1:] - self.outward[:-1]).max(axis=1) < _STRAIGHT)
        )
        first = np.flatnonzero(~on)
        last = np.r_[first[1:], len(on)] - 1
        runs = shapely.linestrings(np.stack([self.begin[first], self.end[last]], axis=1))
        shapely.multilinestrings(runs, indices=self.parcel[first], out=result)
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
    # A polygon that asks for its points is prepared once; a point that asks for its polygons never is.
    free = np.ones(len(probes), bool)
    free[shapely.STRtree(probes).query(shapes, predicate="intersects")[1]] = False
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
    front[known], back[known] = shapely.Polygon(), space[known]
    deep = np.flatnonzero(known)[depth >= least_depth_m]
    zone = shapely.buffer(street[deep], depth[depth >= least_depth_m], cap_style="flat")
    front[deep] = shapely.intersection(space[deep], zone)
    back[deep] = shapely.difference(space[deep], zone)
    return front, back
