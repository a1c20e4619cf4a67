"""Geometry of street sides: corners of junctions and lines parallel to a street's centre line."""

import numpy as np

# A corner lies at most this many half widths from its junction; sharper corners are cut off.
CORNER_REACH = 2.5


def left_normal(direction: np.ndarray) -> np.ndarray:
    """Turn unit vectors (..., 2) a quarter to the left."""
    return np.stack([-direction[..., 1], direction[..., 0]], axis=-1)


def without_repeats(coords: np.ndarray) -> np.ndarray:
    """Drop vertices (n, 2) that repeat the one before them."""
    keep = np.ones(len(coords), bool)
    keep[1:] = np.hypot(*np.diff(coords, axis=0).T) > 1e-6
    return coords[keep]


def corner(
    junction: np.ndarray, u: np.ndarray, v: np.ndarray, h_u: float, h_v: float, room: float = np.inf
) -> np.ndarray:
    """Where the pavement left of street end ``u`` meets the pavement right of the next end ``v``.

    Args:
        junction: (2,) point where the ends meet.
        u: (2,) unit vector from the junction along the first street.
        v: (2,) unit vector along the next street counterclockwise.
        h_u: Half width of the first street on this side (m).
        h_v: Half width of the second street on this side (m).
        room: Largest distance that the corner may lie along either street (m).

    Returns:
        (2,) point: the crossing of the two parallels, held within ``CORNER_REACH`` half widths.
    """
    along_left, along_right = left_normal(u) * h_u, -left_normal(v) * h_v
    middle = (along_left + along_right) / 2
    cross = u[0] * v[1] - u[1] * v[0]
    if abs(cross) < 1e-3:  # straight on, or a street that doubles back on itself
        return junction + middle
    gap = along_right - along_left
    s = (gap[0] * v[1] - gap[1] * v[0]) / cross
    t = (gap[0] * u[1] - gap[1] * u[0]) / cross
    offset = along_left + s * u
    reach = min(CORNER_REACH * max(h_u, h_v), np.hypot(*offset))
    if max(s, t) > room:
        reach *= room / max(s, t)
    return junction + offset * (reach / max(np.hypot(*offset), 1e-9))


def side_line(
    coords: np.ndarray, half_width: float, left: bool, begin: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Line beside a centre line, from corner to corner.

    Args:
        coords: (n, 2) centre line without repeated vertices, n >= 2.
        half_width: Distance from the centre line (m).
        left: Left of the drawn direction, or right.
        begin: (2,) corner where the line starts.
        end: (2,) corner where it stops.

    Returns:
        (k, 2) vertices. Inner vertices are mitred (at most twice the half width); where the parallel of a
        bend tighter than the half width would run backwards, its vertices are left out.
    """
    steps = np.diff(coords, axis=0)
    directions = steps / np.hypot(*steps.T)[:, None]
    normals = left_normal(directions) * (1.0 if left else -1.0)
    before, after = normals[:-1], normals[1:]
    mitre = (before + after) / np.maximum(1 + (before * after).sum(1), 0.5)[:, None]
    inner = coords[1:-1] + half_width * mitre
    line = [begin]
    for vertex, towards, onwards in zip(inner, directions[:-1], directions[1:], strict=True):
        if (vertex - line[-1]) @ towards > 0 and (end - vertex) @ onwards > -np.hypot(*(end - vertex)) * 0.99:
            line.append(vertex)
    while len(line) > 1 and (end - line[-1]) @ directions[-1] <= 0:
        line.pop()
    return np.array([*line, end])
