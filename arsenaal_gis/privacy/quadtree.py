"""Square cells that are split only as far as every inhabited part stays large enough."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError


@dataclass(frozen=True)
class Quadtree:
    """Leaves of a quadtree, sorted by id; they cover the root cells without overlap.

    Attributes:
        ids: Name of each leaf, e.g. ``250mN189500E158500`` (side, lower-left corner).
        bounds: (n, 4) x_min, y_min, x_max, y_max in metres.
        weight: Sum of the weights in each leaf; 0 or at least k, except in an undivided root.
        leaf: Index of the leaf of each input point.
    """

    ids: tuple[str, ...]
    bounds: NDArray[np.float64]
    weight: NDArray[np.float64]
    leaf: NDArray[np.int64]


def quadtree(
    x: ArrayLike,
    y: ArrayLike,
    k: float,
    weights: ArrayLike | None = None,
    *,
    root: float = 1000.0,
    smallest: float = 125.0,
) -> Quadtree:
    """Divide the plane into squares in which at least ``k`` dwellings lie.

    A cell is split in four only where each quarter holds no dwelling or at least ``k``. The roots lie on
    multiples of ``root`` from the origin of the coordinate system, never on the data, so that the cells of
    successive releases are the same or nested and cannot be intersected.

    Args:
        x: (n,) eastings in metres (EPSG:31370).
        y: (n,) northings in metres.
        k: Smallest sum of weights in an inhabited leaf.
        weights: (n,) dwellings per point; 1 each by default.
        root: Side of the undivided cells in metres.
        smallest: Side below which nothing is split; ``root`` divided by a power of two.

    Returns:
        The leaves of all roots that hold a point.

    Raises:
        MethodError: Coordinates that are not finite, negative weights, or sides that do not nest.

    Source:
        Lagonigro, Oller and Martori (2017), AQuadtree; the sizes are those of Statbel's variable-cell grid.
    """
    east, north = np.asarray(x, float), np.asarray(y, float)
    weight = np.ones(east.shape) if weights is None else np.asarray(weights, float)
    depth = int(round(np.log2(root / smallest)))
    if depth < 0 or not np.isclose(smallest * 2**depth, root):
        raise MethodError(f"A cell of {root:g} m cannot be halved down to {smallest:g} m.", "quadtree")
    if not (np.isfinite(east).all() and np.isfinite(north).all()) or (weight < 0).any():
        raise MethodError("Quadtree points need finite coordinates and weights of at least 0.", "quadtree")
    fine = np.column_stack([np.floor(east / smallest), np.floor(north / smallest)]).astype(np.int64)
    roots = np.unique(fine >> depth, axis=0) if len(fine) else np.empty((0, 2), np.int64)

    leaves: list[tuple[int, int, int]] = []
    pending = [
        (depth, int(i), int(j), np.flatnonzero((fine >> depth == (i, j)).all(axis=1))) for i, j in roots
    ]
    leaf_points: list[NDArray[np.int64]] = []
    while pending:
        level, i, j, inside = pending.pop()
        if level > 0:
            quarter = (fine[inside] >> (level - 1)) & 1
            parts = [inside[(quarter == (a, b)).all(axis=1)] for a in (0, 1) for b in (0, 1)]
            if all(len(p) == 0 or weight[p].sum() >= k for p in parts) and len(inside):
                corners = [(2 * i + a, 2 * j + b) for a in (0, 1) for b in (0, 1)]
                pending += [(level - 1, *corner, p) for corner, p in zip(corners, parts, strict=True)]
                continue
        leaves.append((level, i, j))
        leaf_points.append(inside)

    side = np.array([smallest * 2**level for level, _, _ in leaves])
    low = np.array([(i, j) for _, i, j in leaves], float).reshape(-1, 2) * side[:, None]
    names = [f"{s:g}mN{b:.0f}E{a:.0f}" for s, (a, b) in zip(side, low, strict=True)]
    order = np.argsort(names)
    leaf = np.empty(len(fine), np.int64)
    for position, index in enumerate(order):
        leaf[leaf_points[index]] = position
    return Quadtree(
        tuple(names[i] for i in order),
        np.column_stack([low, low + side[:, None]])[order].reshape(-1, 4),
        np.array([weight[leaf_points[i]].sum() for i in order]),
        leaf,
    )


def cell_bounds(name: str) -> tuple[float, float, float, float]:
    """Bounds of a leaf from its name.

    Raises:
        MethodError: The name is not that of a quadtree cell.
    """
    try:
        side, rest = name.split("mN")
        south, west = rest.split("E")
        return float(west), float(south), float(west) + float(side), float(south) + float(side)
    except ValueError:
        raise MethodError("This is not the name of a quadtree cell.", name) from None
