"""Clusters of events (DBSCAN) with distances along the streets or as the crow flies, and their hulls."""

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from ..errors import MethodError

NOISE = -1


def dbscan(near: sparse.csr_matrix, minimum: int) -> np.ndarray:
    """Group events that have enough events near them.

    Args:
        near: (n, n) symmetric adjacency of events at most eps apart (diagonal ignored).
        minimum: Events within eps, the event itself included, that make it a core.

    Returns:
        (n,) cluster number 0, 1, ... by lowest member; -1 = noise. A border event joins the cluster of its
        lowest-numbered core.

    Source:
        Ester, Kriegel, Sander & Xu 1996, KDD-96, 226-231.
    """
    n = near.shape[0]
    near = sparse.csr_matrix((near != 0) + sparse.identity(n, dtype=bool, format="csr"), dtype=float)
    near.sort_indices()
    core = np.diff(near.indptr) >= minimum
    label = np.full(n, NOISE)
    if not core.any():
        return label
    _, component = csgraph.connected_components(near[core][:, core], directed=False)
    label[core] = component
    pairs = near.tocoo()
    border = (~core[pairs.row]) & core[pairs.col]
    rows, columns = pairs.row[border], pairs.col[border]
    event, position = np.unique(rows, return_index=True)  # rows are sorted, so this is the lowest core
    label[event] = label[columns[position]]
    found, first = np.unique(label, return_index=True)
    order = np.argsort(first[found != NOISE])
    rank = np.empty(len(order), int)
    rank[order] = np.arange(len(order))
    return np.where(label == NOISE, NOISE, rank[np.maximum(label, 0)])


def near_on_plane(points: np.ndarray, eps: float) -> sparse.csr_matrix:
    """Join events at most ``eps`` apart as the crow flies; (n, 2) metres in, (n, n) adjacency out."""
    pairs = cKDTree(points).query_pairs(eps, output_type="ndarray")
    n = len(points)
    half = sparse.coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return sparse.csr_matrix(half + half.T)


def near_on_network(
    start: np.ndarray,
    end: np.ndarray,
    length: np.ndarray,
    segment: np.ndarray,
    position: np.ndarray,
    eps: float,
) -> sparse.csr_matrix:
    """Join events at most ``eps`` apart along the streets.

    Args:
        start: (s,) node number at the begin of each segment.
        end: (s,) node number at its end.
        length: (s,) segment lengths, metres.
        segment: (n,) segment of each event.
        position: (n,) distance of each event from its segment's begin, metres.
        eps: Largest distance, metres.

    Returns:
        (n, n) symmetric adjacency.

    Raises:
        MethodError: A position lies outside its segment.
    """
    position = np.asarray(position, dtype=float)
    if (position < -1e-6).any() or (position > length[segment] + 1e-6).any():
        raise MethodError(
            "An event lies beyond the end of its street segment.", "", "Snap events to streets first."
        )
    n = len(segment)
    _, node = np.unique(np.concatenate([start, end]), return_inverse=True)
    node = node.ravel()
    begin, finish = node[: len(start)], node[len(start) :]
    nodes = int(node.max()) + 1
    # Graph: junctions, then the distinct places of events, chained along each segment.
    place, of_event = np.unique(
        np.column_stack([segment, np.round(position, 3)]), axis=0, return_inverse=True
    )
    of_event = of_event.ravel()
    on = place[:, 0].astype(int)
    first = np.flatnonzero(np.r_[True, on[1:] != on[:-1]])
    last = np.r_[first[1:] - 1, len(on) - 1]
    middle = np.setdiff1d(np.arange(len(on)), last)
    empty = np.setdiff1d(np.arange(len(length)), on)
    a = np.concatenate([begin[empty], begin[on[first]], nodes + middle, nodes + last])
    b = np.concatenate([finish[empty], nodes + first, nodes + middle + 1, finish[on[last]]])
    d = np.concatenate(
        [
            length[empty],
            place[first, 1],
            place[middle + 1, 1] - place[middle, 1],
            length[on[last]] - place[last, 1],
        ]
    )
    graph = _shortest_edges(a, b, d, nodes + len(on))
    reach = csgraph.dijkstra(graph, directed=False, indices=nodes + np.arange(len(on)), limit=eps)
    close = sparse.csr_matrix(reach[:, nodes:] <= eps)
    spread = sparse.csr_matrix((np.ones(n), (np.arange(n), of_event)), shape=(n, len(on)))
    return sparse.csr_matrix(spread @ close @ spread.T)


def _shortest_edges(a: np.ndarray, b: np.ndarray, d: np.ndarray, size: int) -> sparse.csr_matrix:
    """Undirected graph that keeps the shortest of parallel edges; lengths stay above zero to exist at all."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((d, high, low))
    low, high, d = low[order], high[order], np.maximum(d[order], 1e-9)
    keep = np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])] & (low != high)
    return sparse.csr_matrix((d[keep], (low[keep], high[keep])), shape=(size, size))
