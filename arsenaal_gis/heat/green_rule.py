"""The 3-30-300 rule: trees in view, canopy around, green within a walk (Konijnendijk 2023)."""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter

from .surface import Surface

EYE_M = 1.6
TREE_FROM_M = 3.0
SIGHT_STEP_M = 0.5
_BLIND_M = 1.5  # the facade's own cells do not block the view from it


def visible_trees(
    eyes: npt.NDArray[np.float64], trees: npt.NDArray[np.float64], surface: Surface, distance: float
) -> npt.NDArray[np.int64]:
    """Return how many trees of 3 m and more are in view from each eye.

    A tree is in view if no building or wall rises above the line from 1.6 m above the ground to three
    quarters of its height.

    Args:
        eyes: (n, 2) places of the facade, Lambert 72.
        trees: (m, 3) x, y and height, metres.
        surface: Buildings and ground; crowns do not block.
        distance: How far a tree counts, metres.
    """
    trees = trees[trees[:, 2] >= TREE_FROM_M]
    count = np.zeros(len(eyes), np.int64)
    if not len(trees) or not len(eyes):
        return count
    stand = _outside(eyes, surface)
    wall_top = surface.ground + surface.built
    for number, eye in enumerate(stand):
        away = np.hypot(trees[:, 0] - eye[0], trees[:, 1] - eye[1])
        near = np.flatnonzero((away <= distance) & (away > 0))
        if not len(near):
            continue
        steps = np.arange(_BLIND_M, distance, SIGHT_STEP_M)
        share = np.minimum(steps[None, :] / away[near][:, None], 1.0)
        x = eye[0] + share * (trees[near, 0] - eye[0])[:, None]
        y = eye[1] + share * (trees[near, 1] - eye[1])[:, None]
        z0 = _height(surface.ground, eye[None, :1], eye[None, 1:], surface)[0, 0] + EYE_M
        z1 = _height(surface.ground, trees[near, :1], trees[near, 1:2], surface)[:, 0] + 0.75 * trees[near, 2]
        line = z0 + share * (z1 - z0)[:, None]
        walls = _height(wall_top, x, y, surface)
        blocked = (walls > line) & (share < 1.0)
        count[number] = int((~blocked.any(axis=1)).sum())
    return count


def local_tops(surface: Surface, radius: float = 3.0) -> npt.NDArray[np.float64]:
    """Return (m, 3) x, y, height of the tops of crowns: trees, where there is no inventory."""
    size = 2 * int(np.ceil(radius / surface.cell)) + 1
    top = (
        (surface.crown >= TREE_FROM_M)
        & (surface.crown == maximum_filter(surface.crown, size))
        & ~surface.roof
    )
    row, column = np.nonzero(top)
    x, y = surface.x_min + (column + 0.5) * surface.cell, surface.y_max - (row + 0.5) * surface.cell
    return np.stack([x, y, surface.crown[row, column]], 1).astype(float)


def _outside(eyes: npt.NDArray[np.float64], surface: Surface) -> npt.NDArray[np.float64]:
    """Move eyes that stand on a roof cell to the nearest cell beside it, within 4 m."""
    reach = int(np.ceil(4.0 / surface.cell))
    down, right = (part.ravel() for part in np.mgrid[-reach : reach + 1, -reach : reach + 1])
    order = np.argsort(np.hypot(down, right), kind="stable")
    down, right = down[order], right[order]
    row = np.floor((surface.y_max - eyes[:, 1]) / surface.cell).astype(int)[:, None] + down
    column = np.floor((eyes[:, 0] - surface.x_min) / surface.cell).astype(int)[:, None] + right
    rows, columns = surface.shape
    free = ~surface.roof[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
    first = free.argmax(axis=1)
    at = np.arange(len(eyes))
    moved = np.stack(
        [
            surface.x_min + (column[at, first] + 0.5) * surface.cell,
            surface.y_max - (row[at, first] + 0.5) * surface.cell,
        ],
        1,
    )
    return np.where((free[at, first] & (first > 0))[:, None], moved, eyes)


def _height(values: npt.NDArray, x: npt.NDArray, y: npt.NDArray, surface: Surface) -> npt.NDArray[np.float64]:
    """Return values at points; outside the grid and in holes far below."""
    row = np.floor((surface.y_max - y) / surface.cell).astype(int)
    column = np.floor((x - surface.x_min) / surface.cell).astype(int)
    inside = (row >= 0) & (row < values.shape[0]) & (column >= 0) & (column < values.shape[1])
    height = values[np.clip(row, 0, values.shape[0] - 1), np.clip(column, 0, values.shape[1] - 1)]
    return np.where(inside & np.isfinite(height), height, -1e3)
