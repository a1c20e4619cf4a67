"""Links of the walking graph and the geometry of ways along them."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring


@dataclass(frozen=True)
class Links:
    """Undirected links between nodes.

    Attributes:
        start: (k,) node at one end.
        end: (k,) node at the other.
        length_m: (k,) length (m).
        wait_s: (k,) waiting time (s).
        side: (k,) street side along which the link runs, -1 for a crossing or the way to a door.
        along: (k, 2) positions of both ends on that side (m).
        xy: (n, 2) the nodes.
    """

    start: np.ndarray
    end: np.ndarray
    length_m: np.ndarray
    wait_s: np.ndarray
    side: np.ndarray
    along: np.ndarray
    xy: np.ndarray

    def best(self, weight: np.ndarray) -> np.ndarray:
        """Number of the lightest link between each pair of nodes; loops left out."""
        low, high = np.minimum(self.start, self.end), np.maximum(self.start, self.end)
        order = np.lexsort((weight, high, low))
        pair = np.stack([low[order], high[order]])
        first = np.ones(len(order), bool)
        first[1:] = (np.diff(pair, axis=1) != 0).any(0)
        return order[first & (pair[0] != pair[1])]

    def matrix(self, weight: np.ndarray) -> csr_matrix:
        """Symmetric sparse graph of the lightest links.

        Weights of zero become 1e-9: a sparse graph would take them for no link at all.
        """
        best = self.best(weight)
        ends = (
            np.concatenate([self.start[best], self.end[best]]),
            np.concatenate([self.end[best], self.start[best]]),
        )
        values = np.tile(np.maximum(weight[best], 1e-9), 2)
        return csr_matrix((values, ends), shape=(len(self.xy),) * 2)


def trace(links: Links, nodes: np.ndarray, weight: np.ndarray, lines: np.ndarray) -> shapely.LineString:
    """Lightest way through nodes in order, as a line.

    Args:
        links: The graph.
        nodes: (n,) nodes to pass, n >= 2.
        weight: (k,) weight of each link.
        lines: Lines of the street sides.

    Returns:
        One line; two nodes without a way between them are joined straight.
    """
    _, before = dijkstra(links.matrix(weight), directed=False, indices=nodes[:-1], return_predecessors=True)
    lightest = links.best(weight)
    number = {
        (int(a), int(b)): int(k)
        for k, a, b in zip(lightest, links.start[lightest], links.end[lightest], strict=True)
    }
    coords = [links.xy[nodes[0]][None]]
    for row, (origin, target) in zip(before, zip(nodes[:-1], nodes[1:], strict=True), strict=True):
        way = [int(target)]
        while way[-1] != origin and row[way[-1]] >= 0:
            way.append(int(row[way[-1]]))
        way = way[::-1] if way[-1] == origin else [int(origin), int(target)]
        for a, b in zip(way[:-1], way[1:], strict=True):
            coords.append(_link_coords(links, number, lines, a, b))
    line = np.concatenate(coords)
    moved = np.ones(len(line), bool)
    moved[1:] = np.hypot(*np.diff(line, axis=0).T) > 1e-6
    line = line[moved]
    return shapely.LineString(line if len(line) > 1 else np.repeat(line, 2, axis=0))


def _link_coords(
    links: Links, number: dict[tuple[int, int], int], lines: np.ndarray, a: int, b: int
) -> np.ndarray:
    """Vertices from node a to node b."""
    forward = number.get((a, b))
    k = number.get((b, a), -1) if forward is None else forward
    if k < 0 or links.side[k] < 0:
        return links.xy[[a, b]]
    begin, end = links.along[k]
    part = shapely.get_coordinates(substring(lines[links.side[k]], begin, end))
    return part if forward is not None else part[::-1]
