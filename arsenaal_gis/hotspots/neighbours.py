"""Who is whose neighbour: binary adjacency of street segments, cells and points."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ..errors import MethodError

Neighbours = (
    sparse.spmatrix | np.ndarray | Sequence[Sequence[int]] | Mapping[Hashable, Iterable[Hashable]] | Any
)
"""A matrix, indices per unit, names per name, or a libpysal ``W`` or ``Graph``."""


def as_adjacency(neighbours: Neighbours, n: int) -> sparse.csr_matrix:
    """Bring neighbours into one form: a binary matrix without the diagonal.

    Args:
        neighbours: (n, n) sparse or dense matrix (non-zero = neighbour); or per unit the indices of its
            neighbours; or the names of its neighbours by name, units in the order of the keys; or an object with
            such a matrix as its ``sparse`` (libpysal's ``W`` and ``Graph``). Only who is a neighbour counts, not
            how heavily; a unit is never its own neighbour.
        n: Number of units.

    Returns:
        (n, n) CSR matrix of ones, diagonal empty, indices sorted.

    Raises:
        MethodError: The shape does not fit ``n``, or an index or name is not one of a unit.
    """
    if not isinstance(neighbours, (np.ndarray, Mapping)) and not sparse.issparse(neighbours):
        neighbours = getattr(neighbours, "sparse", neighbours)
    if isinstance(neighbours, Mapping):
        neighbours = _numbered(neighbours)
    if sparse.issparse(neighbours) or (isinstance(neighbours, np.ndarray) and neighbours.ndim == 2):
        matrix = sparse.coo_matrix(neighbours)
    elif _is_table(neighbours, n):
        matrix = sparse.coo_matrix(np.asarray(neighbours, dtype=float))
    else:
        sizes = [len(row) for row in neighbours]
        columns = (
            np.concatenate([np.asarray(row, dtype=int) for row in neighbours])
            if sum(sizes)
            else np.zeros(0, int)
        )
        if columns.size and (columns.min() < 0 or columns.max() >= n):
            raise MethodError(
                "A neighbour index lies outside the units.", f"0..{n - 1}", "Number units from zero."
            )
        rows = np.repeat(np.arange(len(sizes)), sizes)
        matrix = sparse.coo_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(sizes), n))
    if matrix.shape != (n, n):
        raise MethodError(
            f"Neighbours of {matrix.shape[0]} units for {n} values.", "", "Give one row for each value."
        )
    keep = (matrix.row != matrix.col) & (matrix.data != 0)
    out = sparse.csr_matrix((np.ones(keep.sum()), (matrix.row[keep], matrix.col[keep])), shape=(n, n))
    out.data[:] = 1.0  # a pair that was given twice is still one neighbour
    out.sort_indices()
    return out


def _numbered(neighbours: Mapping[Hashable, Iterable[Hashable]]) -> list[list[int]]:
    """Indices in the place of names."""
    number = {name: i for i, name in enumerate(neighbours)}
    try:
        return [[number[name] for name in row] for row in neighbours.values()]
    except KeyError as error:
        raise MethodError(
            f"The neighbour {error} is not among the units.",
            "",
            "Give every unit a key, also without neighbours.",
        ) from error


def _is_table(rows: Sequence[Sequence[float]], n: int) -> bool:
    """Whether nested lists are a matrix: as indices, rows of n numbers would name every unit, itself included."""
    return n > 1 and len(rows) == n and all(len(row) == n and sorted(row) != list(range(n)) for row in rows)


def within_distance(points: np.ndarray, distance: float) -> sparse.csr_matrix:
    """Join points that lie at most ``distance`` apart.

    Args:
        points: (n, 2) coordinates in metres.
        distance: Largest distance of two neighbours, metres.

    Returns:
        (n, n) binary adjacency without the diagonal.
    """
    pairs = cKDTree(points).query_pairs(distance, output_type="ndarray")
    return _symmetric(pairs, len(points))


def sharing_a_node(start: np.ndarray, end: np.ndarray) -> sparse.csr_matrix:
    """Join street segments that meet in a junction.

    Args:
        start: (n,) node number at the begin of each segment.
        end: (n,) node number at its end.

    Returns:
        (n, n) binary adjacency without the diagonal.
    """
    n = len(start)
    _, node = np.unique(np.concatenate([start, end]), return_inverse=True)
    node = node.ravel()
    incidence = sparse.csr_matrix((np.ones(2 * n), (np.tile(np.arange(n), 2), node)))
    return as_adjacency(incidence @ incidence.T, n)


def _symmetric(pairs: np.ndarray, n: int) -> sparse.csr_matrix:
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return as_adjacency(sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(n, n)), n)
