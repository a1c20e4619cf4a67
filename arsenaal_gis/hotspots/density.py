"""Kernel density on the plane: binning, then one convolution by Fourier transform."""

import numpy as np
from scipy.signal import fftconvolve

from ..errors import MethodError


def kernel_density(
    points: np.ndarray,
    bounds: tuple[float, float, float, float],
    cell: float,
    bandwidth: float,
    weights: np.ndarray | None = None,
) -> np.ndarray:
    """Spread every event over its surroundings with a quartic kernel.

    Points are shared among the four nearest cell centres, which keeps the total and the centre of mass;
    points up to a bandwidth outside the bounds count too.

    Args:
        points: (n, 2) coordinates, metres.
        bounds: x_min, y_min, x_max, y_max of the raster, whole multiples of ``cell`` apart.
        cell: Cell size, metres.
        bandwidth: Radius of the kernel, metres, at least one cell.
        weights: (n,) events per point; default 1 each.

    Returns:
        (rows, columns) events per hectare, row 0 in the north.

    Raises:
        MethodError: The bandwidth is smaller than a cell.

    Source:
        Silverman 1986, Density Estimation, p. 76 (the quartic, K2), equation 4.5.
    """
    if bandwidth < cell:
        raise MethodError(f"Bandwidth {bandwidth} m is below the cell of {cell} m.", "", "Enlarge it.")
    x_min, y_min, x_max, y_max = bounds
    reach = int(np.ceil(bandwidth / cell))
    columns, rows = round((x_max - x_min) / cell), round((y_max - y_min) / cell)
    margin = reach + 1
    shape = (rows + 2 * margin, columns + 2 * margin)
    xy = np.asarray(points, dtype=float).reshape(-1, 2)
    column = (xy[:, 0] - x_min) / cell - 0.5 + margin
    row = (y_max - xy[:, 1]) / cell - 0.5 + margin
    w = np.ones(len(xy)) if weights is None else np.asarray(weights, dtype=float)
    near = (column >= 0) & (column < shape[1] - 1) & (row >= 0) & (row < shape[0] - 1)
    counts = _share_among_cells(row[near], column[near], w[near], shape)
    offset = np.arange(-reach, reach + 1) * cell
    u2 = (offset[:, None] ** 2 + offset[None, :] ** 2) / bandwidth**2
    kernel = np.where(u2 < 1, (1 - u2) ** 2, 0.0)
    smooth = fftconvolve(counts, kernel / kernel.sum(), mode="same")[margin:-margin, margin:-margin]
    return np.where(smooth > 1e-12 * max(1.0, w.sum()), smooth, 0.0) * (10_000.0 / cell**2)


def _share_among_cells(
    row: np.ndarray, column: np.ndarray, weight: np.ndarray, shape: tuple[int, int]
) -> np.ndarray:
    out = np.zeros(shape)
    r, c = np.floor(row).astype(int), np.floor(column).astype(int)
    fr, fc = row - r, column - c
    for dr, dc, part in (
        (0, 0, (1 - fr) * (1 - fc)),
        (0, 1, (1 - fr) * fc),
        (1, 0, fr * (1 - fc)),
        (1, 1, fr * fc),
    ):
        out += np.bincount((r + dr) * shape[1] + c + dc, weight * part, minlength=out.size).reshape(shape)
    return out
