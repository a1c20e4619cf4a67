"""Polylines as arrays: smoothing, offsets, points and normals along them."""

import numpy as np


def chaikin(points: np.ndarray, rounds: int = 3) -> np.ndarray:
    """Round the corners of an open polyline (Chaikin 1974), keeping its ends; shape (n, 2)."""
    for _ in range(rounds):
        first, second = points[:-1], points[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1).reshape(-1, 2)
        points = np.vstack([points[:1], cut[1:-1], points[-1:]])
    return points


def chainage(points: np.ndarray) -> np.ndarray:
    """Distance along a polyline at each vertex, in metres; shape (n,)."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])


def normals(points: np.ndarray) -> np.ndarray:
    """Left-hand normals at the vertices, longer at bends so that an offset stays parallel; shape (n, 2)."""
    step = np.diff(points, axis=0)
    left = np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(*step.T)[:, None]
    before, after = np.vstack([left[:1], left]), np.vstack([left, left[-1:]])
    middle = before + after
    return 2 * middle / np.maximum((middle**2).sum(axis=1), 1.0)[:, None]


def densify(points: np.ndarray, step: float) -> np.ndarray:
    """Add vertices so that none lie further apart than ``step`` metres; the old ones stay."""
    along = chainage(points)
    extra = np.linspace(0, along[-1], max(2, int(np.ceil(along[-1] / step)) + 1))
    at = np.unique(np.round(np.concatenate([along, extra]), 3).clip(0, along[-1]))
    at = at[np.concatenate([[True], np.diff(at) > 0.05])]
    return np.column_stack([np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])])


def at(points: np.ndarray, where: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points and left-hand unit normals at distances along a polyline.

    Args:
        points: Vertices, shape (n, 2).
        where: Distances in metres, shape (m,); beyond the ends the line is carried on straight.

    Returns:
        Points (m, 2) and unit normals (m, 2), the normals turning smoothly between the vertices.
    """
    along = chainage(points)
    before, beyond = np.minimum(where, 0.0), np.maximum(where - along[-1], 0.0)
    first = (points[1] - points[0]) / along[1]
    last = (points[-1] - points[-2]) / (along[-1] - along[-2])
    place = np.column_stack([np.interp(where, along, points[:, 0]), np.interp(where, along, points[:, 1])])
    place = place + before[:, None] * first + beyond[:, None] * last
    turn = normals(points)
    left = np.column_stack([np.interp(where, along, turn[:, 0]), np.interp(where, along, turn[:, 1])])
    return place, left / np.hypot(*left.T)[:, None]
