"""Kernel density along the street network: equal split, continuous."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..errors import MethodError


@dataclass(frozen=True)
class Lixels:
    """Street segments cut into short cells.

    Attributes:
        segment: (m,) segment each cell belongs to, in order along the segment.
        position: (m,) distance of the cell's middle from the segment's begin, metres.
        length: (m,) length of the cell, metres.
        first: (n + 1,) number of each segment's first cell; the last entry is m.
    """

    segment: np.ndarray
    position: np.ndarray
    length: np.ndarray
    first: np.ndarray

    def at(self, segment: np.ndarray, position: np.ndarray) -> np.ndarray:
        """Number of the cell at ``position`` metres along ``segment``."""
        cells = np.diff(self.first)[segment]
        step = np.floor(np.asarray(position) / self.length[self.first[segment]]).astype(int)
        return self.first[segment] + np.clip(step, 0, cells - 1)


def lixels(length: np.ndarray, size: float) -> Lixels:
    """Cut segments into cells of about ``size``.

    Args:
        length: (n,) segment lengths, metres, each > 0.
        size: Wanted cell length, metres.

    Returns:
        The cells; every segment has at least one.

    Raises:
        MethodError: A segment has no length.
    """
    length = np.asarray(length, dtype=float)
    if not (length > 0).all():
        raise MethodError("A street segment has no length.", "", "Repair the street layer.")
    cells = np.maximum(1, np.round(length / size)).astype(int)
    first = np.concatenate([[0], np.cumsum(cells)])
    segment = np.repeat(np.arange(len(length)), cells)
    step = (length / cells)[segment]
    return Lixels(segment, (np.arange(first[-1]) - first[segment] + 0.5) * step, step, first)


def network_density(
    start: np.ndarray,
    end: np.ndarray,
    cells: Lixels,
    counts: np.ndarray,
    bandwidth: float,
) -> np.ndarray:
    """Spread events along the streets with a quartic kernel that conserves mass at junctions.

    Each cell sends its events out both ways, a cell a step. Where n segments meet, an arriving amount
    leaves as 2/n of it into each other segment and (2 - n)/n back into its own (a dead end, n = 1, throws
    all back). That is the equal-split continuous kernel; since it is linear, all events walk together and
    the cost is steps x cells, whatever the number of events or of paths. Distances are exact to half a
    cell a segment: take cells of about 1 m.

    Args:
        start: (n,) node number at the begin of each segment.
        end: (n,) node number at its end.
        cells: The segments' cells (m in total).
        counts: (m,) events per cell.
        bandwidth: Reach of the kernel along the streets, metres.

    Returns:
        (m,) events per metre.

    Source:
        Okabe, Satoh & Sugihara 2009, Int. J. Geographical Information Science 23(1), 7-32 (section 3.3).
    """
    counts = np.asarray(counts, dtype=float)
    step = float(cells.length.mean())
    walk = _scatter(np.asarray(start), np.asarray(end), cells)
    amount = np.concatenate([counts, counts])
    density = np.zeros(len(amount))
    for k in range(int(np.ceil(bandwidth / step))):
        u2 = (k * step / bandwidth) ** 2
        density += (0.5 if k == 0 else 1.0) * (1 - u2) ** 2 * amount
        amount = walk @ amount
    m = len(counts)
    density = (density[:m] + density[m:]) / cells.length
    total = (density * cells.length).sum()
    return np.maximum(density, 0.0) * (counts.sum() / total if total > 0 else 0.0)


def _scatter(start: np.ndarray, end: np.ndarray, cells: Lixels) -> sparse.csr_matrix:
    """(2m, 2m): where an amount in a cell, walking forward (0..m-1) or back (m..), is one step later."""
    m, n = len(cells.segment), len(start)
    head, tail = cells.first[:-1], cells.first[1:] - 1
    inner = np.setdiff1d(np.arange(m), tail)  # cells with a next cell in the same segment
    # At a node: what leaves a segment by this end, and what enters by it.
    node = np.unique(np.concatenate([start, end]), return_inverse=True)[1].ravel()
    leaves, enters = np.concatenate([head + m, tail]), np.concatenate([head, tail + m])
    degree = np.bincount(node)
    meet = sparse.csr_matrix((np.ones(2 * n), (np.arange(2 * n), node)))
    pair = sparse.coo_matrix(meet @ meet.T)
    share = (2.0 - degree[node[pair.row]] * (pair.row == pair.col)) / degree[node[pair.row]]
    rows = np.concatenate([inner + 1, inner + m, enters[pair.row]])
    columns = np.concatenate([inner, inner + 1 + m, leaves[pair.col]])
    values = np.concatenate([np.ones(2 * len(inner)), share])
    return sparse.csr_matrix((values, (rows, columns)), shape=(2 * m, 2 * m))
