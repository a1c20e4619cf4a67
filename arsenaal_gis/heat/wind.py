"""Wind at 1.2 m over rough ground, after Macdonald 2000 and Bottema as used in the Dutch standard stress
test.
"""

import numpy as np
import numpy.typing as npt

# For frontal densities up to each bound: z0/H, d/H, zw/H, A/H and B of the profile between H and zw.
_DENSITY_BOUNDS = (0.08, 0.135, 0.18, 0.265)
_SHAPE = np.array(
    [
        (0.048, 0.066, 2.0, -0.35, 0.56),
        (0.071, 0.26, 2.5, -0.35, 0.50),
        (0.084, 0.32, 2.7, -0.34, 0.48),
        (0.08, 0.42, 1.5, -0.56, 0.66),
        (0.077, 0.57, 1.2, -0.85, 0.92),
    ]
)
OPEN_DENSITY = 0.015  # of open ground, added to that of obstacles
DENSEST = 0.33
LOWEST_ROUGHNESS_M = 4.0
FEWEST_OBSTACLES_M2 = 25.0  # less frontal area than this in the box is open ground
TREE_DRAG = 0.27 / 0.16  # of trees against buildings
_ROUGH_OPEN, _BLENDING, _KARMAN = 0.03, 60.0, 0.4


def wind_ratio(frontal_density: npt.ArrayLike, height: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the wind at 1.2 m over the wind at 10 m of an open station, before the floor of 0.5 m/s.

    Args:
        frontal_density: Frontal area of obstacles over ground area, 0.015 to 0.33.
        height: Mean obstacle height, metres, at least 4.

    Source: Macdonald 2000 (Boundary-Layer Meteorol. 97); constants of Koopmans et al. 2020 (pet_plugin).
    """
    density, height = np.broadcast_arrays(np.asarray(frontal_density, float), np.asarray(height, float))
    z0, d, zw, a, b = np.moveaxis(_SHAPE[np.digitize(density, _DENSITY_BOUNDS)], -1, 0)
    z0, d, zw, a = z0 * height, d * height, zw * height, a * height
    # over an open station (z0 0.03 m, 10 m) the wind at 60 m is this much stronger; 1/0.63501 refers the
    # profile to the 10 m wind
    at_60 = 1.0 / 0.63501 / (np.log(10.0 / _ROUGH_OPEN) / np.log(_BLENDING / _ROUGH_OPEN))
    ustar = at_60 * _KARMAN / np.log((_BLENDING - d) / z0)
    at_zw = ustar / _KARMAN * np.log((zw - d) / z0)
    at_top = at_zw - ustar / b * np.log((a + b * zw) / (a + b * height))
    return at_1m2(np.minimum(at_top * np.exp(9.6 * density * (1.2 / height - 1.0)), 1.0))


def at_1m2(ratio: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the step from the profile's ratio to the ratio at 1.2 m; 1 (open ground) becomes 0.635."""
    return (np.asarray(ratio, float) - 0.125) * 0.5829 + 0.125


def block_wind_ratio(
    walls: npt.NDArray[np.float64],
    crowns: npt.NDArray[np.float64],
    building_area: npt.NDArray[np.float64],
    building_volume: npt.NDArray[np.float64],
    tree_area: npt.NDArray[np.float64],
    tree_volume: npt.NDArray[np.float64],
    box_area: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return the wind ratio from what stands in each roughness box.

    Args:
        walls: Sum of height steps of buildings along the wind, up and down, times the cell width, m².
        crowns: The same of trees, m².
        building_area: m².
        building_volume: Sum of building height times area, m³.
        tree_area: m².
        tree_volume: m³.
        box_area: Ground area for which there are heights, m².

    Source: Koopmans et al. 2020, constants as in pet_plugin.
    """
    front = 0.16 * walls * 0.5 + 45.45 * np.sqrt(0.27 * crowns * 0.5)
    with np.errstate(divide="ignore", invalid="ignore"):
        tree_height = 7.721 * np.sqrt(np.where(tree_area > 0, tree_volume / tree_area, 0.0))
        area = building_area + TREE_DRAG * tree_area
        height = np.where(area > 0, (building_volume + TREE_DRAG * tree_area * tree_height) / area, 0.0)
        density = np.minimum(np.where(box_area > 0, front / box_area, 0.0) + OPEN_DENSITY, DENSEST)
    ratio = wind_ratio(density, np.maximum(height, LOWEST_ROUGHNESS_M))
    return np.where((front <= FEWEST_OBSTACLES_M2) | (area <= 0), at_1m2(1.0), ratio)
