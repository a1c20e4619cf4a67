"""The yardstick of shadows: a ray marched in steps of a quarter cell through the interpolated surface."""

import math

import numpy as np
from scipy.ndimage import distance_transform_edt, map_coordinates

OBLIQUE_SUNS = [(7.0 + 24 * k, 20.0 + 3 * k) for k in range(15)]


def terraces(n):
    """Closed rows of houses of different heights, turned by 23 degrees."""
    y, x = np.mgrid[:n, :n]
    u, v = x * math.cos(0.4) + y * math.sin(0.4), -x * math.sin(0.4) + y * math.cos(0.4)
    house = ((v % 46) > 8) & ((v % 46) < 19) & ((u % 160) > 9)
    return np.where(house, 7.0 + 2.5 * np.abs(np.sin(np.floor(u / 5.5) * 12.9)), 0.0)


def ray(z, azimuth, altitude, cell=1.0, step=0.25):
    """Shadow by marching; beyond the edge nothing stands."""
    row, column = np.mgrid[: z.shape[0], : z.shape[1]].astype(float)
    slope, shadow = math.tan(math.radians(altitude)) * cell, np.zeros(z.shape, bool)
    to_sun = -math.cos(math.radians(azimuth)), math.sin(math.radians(azimuth))
    for distance in np.arange(step, np.ptp(z) / slope + step, step):
        at = [row + to_sun[0] * distance, column + to_sun[1] * distance]
        shadow |= map_coordinates(z, at, order=1, mode="constant", cval=-1e6) > z + distance * slope
    return shadow


def difference(shadow, exact):
    """Share of equal cells, difference of the shaded share, and how far (cells) the differing cell that lies
    farthest from a shadow edge does.
    """
    differ = shadow != exact
    far = np.minimum(to_edge(exact), to_edge(shadow))[differ].max(initial=0.0)
    return 1 - differ.mean(), shadow.mean() - exact.mean(), far


def to_edge(shadow):
    """Distance of each cell to the nearest cell that touches a shadow edge, cells."""
    edge = np.zeros(shadow.shape, bool)
    for axis in (0, 1):
        change = np.diff(shadow, axis=axis)
        edge |= np.pad(change, [(1, 0) if a == axis else (0, 0) for a in (0, 1)])
        edge |= np.pad(change, [(0, 1) if a == axis else (0, 0) for a in (0, 1)])
    return distance_transform_edt(~edge)
