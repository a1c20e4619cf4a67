"""Distances on the walking network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra

from .locate import Positions, locate_on_sides
from .paths import Links, trace

# Rows of a distance matrix worked on at a time, to bound memory.
BATCH = 512


@dataclass(frozen=True)
class WalkingNetwork:
    """Street sides, the stops on them and the crossings between them. Made by ``walking_network``.

    Attributes:
        sides: Frame of street sides: ``straatzijde_id``, ``segment_id``, ``kant``, ``straat``, geometry.
        node_xy: (n, 2) corners of junctions and ends of crossings.
        stop_side: (s,) side on which a node lies; a corner is a stop of each side that ends there.
        stop_along_m: (s,) distance of that stop from the beginning of the side (m).
        stop_node: (s,) the node.
        crossing: (c, 2) nodes at both ends of each crossing.
        crossing_s: (c,) waiting time of each crossing (s).
        speed_mps: Walking speed (m/s).
    """

    sides: gpd.GeoDataFrame
    node_xy: np.ndarray
    stop_side: np.ndarray
    stop_along_m: np.ndarray
    stop_node: np.ndarray
    crossing: np.ndarray
    crossing_s: np.ndarray
    speed_mps: float

    @classmethod
    def assemble(
        cls,
        sides: gpd.GeoDataFrame,
        corners: np.ndarray,
        side_nodes: np.ndarray,
        crossings: list[tuple[int, int, float]],
        wait: np.ndarray,
        spacing: np.ndarray,
        speed_mps: float,
    ) -> "WalkingNetwork":
        """Add the crossings inside segments to the corners and their crossings."""
        lines = sides.geometry.to_numpy()
        length = shapely.length(lines)
        count = len(lines)
        stop_side = np.repeat(np.arange(count), 2)
        stop_along = np.stack([np.zeros(count), length], 1).ravel()
        gaps = np.ceil(np.minimum(length[0::2], length[1::2]) / spacing)
        share = [(k, i / g) for k, g in enumerate(gaps) for i in range(1, int(g))]
        piece = np.array([k for k, _ in share], int)
        fraction = np.array([f for _, f in share])
        middle_side = np.stack([2 * piece, 2 * piece + 1], 1).ravel()
        middle_along = (np.repeat(fraction, 2)) * length[middle_side]
        middle_xy = shapely.get_coordinates(shapely.line_interpolate_point(lines[middle_side], middle_along))
        middle_node = len(corners) + np.arange(len(middle_side))
        ends = np.array([(a, b) for a, b, _ in crossings], int).reshape(-1, 2)
        return cls(
            sides,
            np.concatenate([corners, middle_xy]),
            np.concatenate([stop_side, middle_side]),
            np.concatenate([stop_along, middle_along]),
            np.concatenate([side_nodes.ravel(), middle_node]),
            np.concatenate([ends, middle_node.reshape(-1, 2)]),
            np.concatenate([np.array([s for _, _, s in crossings]), wait[piece]]),
            speed_mps,
        )

    def locate(
        self,
        points: Sequence[shapely.Point],
        streets: Sequence[str | None] | None = None,
        detour_m: float = 30.0,
    ) -> Positions:
        """Tie points to the network; see :func:`~arsenaal_gis.network.locate.locate_on_sides`."""
        return locate_on_sides(points, self.sides.geometry.to_numpy(), self.sides.straat, streets, detour_m)

    def distances(
        self, origins: Positions, destinations: Positions | None = None, limit_m: float = np.inf
    ) -> np.ndarray:
        """Shortest walking distances.

        Args:
            origins: n positions.
            destinations: m positions; the origins themselves if None.
            limit_m: Look no farther than this (m): much quicker when only the neighbourhood matters.

        Returns:
            (n, m) metres, from door to door; ``inf`` where no way leads within the limit.
        """
        return self._matrix(origins, destinations, timed=False, limit=limit_m)

    def travel_times(self, origins: Positions, destinations: Positions | None = None) -> np.ndarray:
        """Shortest walking times, with the waiting at crossings: (n, m) seconds; see ``distances``."""
        return self._matrix(origins, destinations, timed=True)

    def nearest(self, origins: Positions, targets: Positions) -> tuple[np.ndarray, np.ndarray]:
        """Nearest of many targets on foot.

        Args:
            origins: n positions.
            targets: m positions, m >= 0.

        Returns:
            (n,) metres (``inf`` where none can be reached) and (n,) index of the target (-1 for none).
        """
        if not len(targets) or not len(origins):
            return np.full(len(origins), np.inf), np.full(len(origins), -1)
        links, (own, other) = self._with_points(origins, targets)
        distance, _, source = dijkstra(
            links.matrix(links.length_m),
            directed=False,
            indices=other,
            min_only=True,
            return_predecessors=True,
        )
        first = {int(node): i for i, node in reversed(list(enumerate(other)))}
        return distance[own], np.array([first.get(int(node), -1) for node in source[own]])

    def people_within(
        self, places: Positions, doors: Positions, people: Sequence[float] | np.ndarray, distance_m: float
    ) -> np.ndarray:
        """Number of people who live within a walking distance of each place.

        Args:
            places: n positions.
            doors: m positions.
            people: (m,) people behind each door.
            distance_m: Walking distance (m), the bound included.

        Returns:
            (n,) people.
        """
        weight = np.asarray(people, float)
        links, (own, other) = self._with_points(places, doors)
        graph = links.matrix(links.length_m)
        total = np.zeros(len(places))
        for start in range(0, len(places), BATCH):
            part = slice(start, start + BATCH)
            reached = dijkstra(graph, directed=False, indices=own[part], limit=distance_m + 1e-6)
            total[part] = np.isfinite(reached[:, other]) @ weight
        return total

    def route(self, positions: Positions, order: Sequence[int]) -> shapely.LineString:
        """Line along the pavements past positions in a given order, quickest way between each two.

        The line stays on the pavement in front of each position: the last metres to a door in a yard are
        known as a distance only, and drawn straight they would cross walls.

        Args:
            positions: Positions.
            order: Indices into ``positions``, at least two.

        Returns:
            The line. Where no way leads between two stops it jumps straight.
        """
        stops = positions.take(np.asarray(order, int))
        lines = self.sides.geometry.to_numpy()
        feet = shapely.get_coordinates(shapely.line_interpolate_point(lines[stops.side], stops.along_m))
        links, (nodes,) = self._with_points(replace(stops, access_m=np.zeros(len(stops)), xy=feet))
        return trace(links, nodes, self._weight(links), lines)

    def _weight(self, links: Links) -> np.ndarray:
        return links.length_m / self.speed_mps + links.wait_s

    def _matrix(
        self, origins: Positions, destinations: Positions | None, timed: bool, limit: float = np.inf
    ) -> np.ndarray:
        if destinations is None:
            links, (own,) = self._with_points(origins)
            other = own
        else:
            links, (own, other) = self._with_points(origins, destinations)
        graph = links.matrix(self._weight(links) if timed else links.length_m)
        distinct, row = np.unique(own, return_inverse=True)
        result = np.empty((len(distinct), len(other)))
        for start in range(0, len(distinct), BATCH):
            part = slice(start, start + BATCH)
            result[part] = dijkstra(graph, directed=False, indices=distinct[part], limit=limit)[:, other]
        matrix = result[row]
        # Ways back are summed in another order: equal to the last bit, so that solvers may rely on it.
        return np.minimum(matrix, matrix.T) if destinations is None else matrix

    def _with_points(self, *groups: Positions) -> tuple[Links, list[np.ndarray]]:
        """Graph with the points of the groups as leaves of the street sides, and the node of each point.

        Points at one spot share a node, so that flats behind one door are no distance apart.
        """
        side = np.concatenate([group.side for group in groups])
        along = np.concatenate([group.along_m for group in groups])
        access = np.concatenate([group.access_m for group in groups])
        xy = np.concatenate([group.xy for group in groups])
        key = np.column_stack([side, np.round(along, 3), np.round(xy, 3)])
        _, first, spot = np.unique(key, axis=0, return_index=True, return_inverse=True)
        spot = spot.ravel()
        corners, leaves = len(self.node_xy), len(first)
        foot = corners + np.arange(leaves)
        leaf = foot + leaves
        lines = self.sides.geometry.to_numpy()
        foot_xy = shapely.get_coordinates(shapely.line_interpolate_point(lines[side[first]], along[first]))

        stop_side = np.concatenate([self.stop_side, side[first]])
        stop_along = np.concatenate([self.stop_along_m, along[first]])
        stop_node = np.concatenate([self.stop_node, foot])
        order = np.lexsort((stop_along, stop_side))
        a, b = order[:-1], order[1:]
        same = stop_side[a] == stop_side[b]
        a, b = a[same], b[same]
        crossing_m = np.hypot(*(self.node_xy[self.crossing[:, 0]] - self.node_xy[self.crossing[:, 1]]).T)
        none = np.full(len(self.crossing) + leaves, -1)
        links = Links(
            start=np.concatenate([stop_node[a], self.crossing[:, 0], foot]),
            end=np.concatenate([stop_node[b], self.crossing[:, 1], leaf]),
            length_m=np.concatenate([stop_along[b] - stop_along[a], crossing_m, access[first]]),
            wait_s=np.concatenate([np.zeros(len(a)), self.crossing_s, np.zeros(leaves)]),
            side=np.concatenate([stop_side[a], none]),
            along=np.concatenate([np.column_stack([stop_along[a], stop_along[b]]), np.zeros((len(none), 2))]),
            xy=np.concatenate([self.node_xy, foot_xy, xy[first]]),
        )
        return links, np.split(leaf[spot], np.cumsum([len(group) for group in groups])[:-1])
