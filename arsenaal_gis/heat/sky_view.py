"""Sky view factor."""

import math
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from .shadow import check_surface, shadow_reach
from .sweep import NOTHING, direction, heights, strips, sweep_strip

LOWEST_SIN2 = 0.002  # 2.6 degrees: below it a plane passes over more ground than any radius holds
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


def sky_view_factor(
    dsm: npt.ArrayLike,
    resolution: float,
    n_azimuths: int = 32,
    n_altitudes: int = 8,
    radius: float = 100.0,
    *,
    ground: npt.ArrayLike | None = None,
    origin: tuple[int, int] = (0, 0),
) -> npt.NDArray[np.float32]:
    """Return the cosine-weighted sky view factor: the mean over azimuths of cos² of the horizon angle.

    That definition is the one which the PET and heat-island regressions were fitted with (Dirksen et al.
    2019; horizon, R). The sky is cut into ``n_altitudes`` steps of equal sin² per azimuth, staggered between
    azimuths, so that the factor is a plain count of lit planes.

    Args:
        dsm: (rows, columns) surface heights in metres; nan is a hole.
        resolution: Cell size, metres.
        n_azimuths: Directions.
        n_altitudes: Planes per direction.
        radius: Surface nearer than this always counts, surface farther than twice this never does; metres.
        ground: (rows, columns) heights from which is looked, where these differ from the surface: the ground
            under crowns.
        origin: Row and column of the array in the grid it was cut from. A window with a halo of
            :func:`halo_cells` gives the cells of the whole.

    Returns:
        (rows, columns) factor from 0 to 1; nan in holes.

    Raises:
        MethodError: The cell size is not positive, the array has not two dimensions, ``ground`` is of another
            shape, or radius or numbers of directions are out of range.
    """
    lit = lit_planes(dsm, resolution, n_azimuths, n_altitudes, radius, ground=ground, origin=origin)
    factor = lit / np.float32(n_azimuths * n_altitudes)
    factor[heights(dsm)[1]] = np.nan
    return factor


def lit_planes(
    dsm: npt.ArrayLike,
    resolution: float,
    n_azimuths: int,
    n_altitudes: int,
    radius: float,
    *,
    ground: npt.ArrayLike | None = None,
    origin: tuple[int, int] = (0, 0),
    chosen: Collection[int] | None = None,
) -> npt.NDArray[np.uint16]:
    """Return from how many planes of the sky each cell is lit; arguments as of :func:`sky_view_factor`.

    Args:
        dsm: (rows, columns) surface heights in metres; nan is a hole.
        resolution: Cell size, metres.
        n_azimuths: Directions.
        n_altitudes: Planes per direction.
        radius: Search radius, metres.
        ground: Heights from which is looked.
        origin: Row and column in the whole grid.
        chosen: Numbers of the azimuths to walk; None for all.
    """
    check_surface(dsm, resolution)
    if not (4 <= n_azimuths <= 360 and 1 <= n_altitudes <= 90):
        raise MethodError(
            f"{n_azimuths} azimuths and {n_altitudes} altitudes were asked.",
            "sky_view_factor",
            "Give 4-360 and 1-90.",
        )
    if not 0 < radius < math.inf:
        raise MethodError(f"A radius of {radius} m.", "sky_view_factor", "Give metres, 100 is enough.")
    if ground is not None and np.shape(ground) != np.shape(dsm):
        raise MethodError(
            f"The ground has {np.shape(ground)} cells, the surface {np.shape(dsm)}.",
            "ground",
            "Put both on one grid.",
        )
    z, holes, relief = heights(dsm)
    radius_rows = math.ceil(radius / resolution)
    eyes = None if ground is None else np.where(holes, NOTHING, np.asarray(ground, np.float32))
    lit = np.zeros(z.shape, np.uint16)
    if not z.size:
        return lit
    for by_column in (False, True):
        numbers = range(n_azimuths) if chosen is None else chosen
        sweeps = [planes_of(number, n_azimuths, n_altitudes, resolution) for number in numbers]
        sweeps = [sweep for sweep in sweeps if sweep[0] == by_column]
        if not sweeps:
            continue
        surface = np.ascontiguousarray(z.T) if by_column else z
        looking = np.ascontiguousarray(eyes.T) if by_column and eyes is not None else eyes
        along = origin[1] if by_column else origin[0]
        total = lit.T if by_column else lit
        for start, stop in strips(surface.shape[0], along, radius_rows):
            count = np.zeros((stop - start, n_altitudes * surface.shape[1]), np.uint8)
            for _, step, sideways, drops in sweeps:
                reach = np.minimum(radius_rows, shadow_reach(relief, drops))
                sweep_strip(surface, (start, stop), step, sideways, drops, reach, along, count, looking)
            total[start:stop] += count.reshape(stop - start, n_altitudes, surface.shape[1]).sum(
                axis=1, dtype=np.uint16
            )
    return lit


def azimuth_of(number: int, n_azimuths: int) -> float:
    """Return the direction of an azimuth by its number, degrees clockwise from north."""
    return 360.0 * (number + 0.5) / n_azimuths


def halo_cells(radius: float, resolution: float) -> int:
    """Return the halo (cells) with which a window's sky view factor equals the whole's."""
    return 2 * math.ceil(radius / resolution) + 1


def planes_of(
    number: int, n_azimuths: int, n_altitudes: int, resolution: float
) -> tuple[bool, int, float, npt.NDArray[np.float64]]:
    """Return whether the walk of an azimuth goes over columns, its step, the sideways move per row, and the
    fall of each of its planes per row, metres, the lowest first.
    """
    by_column, step, sideways, stretch = direction(azimuth_of(number, n_azimuths))
    sin2 = (np.arange(n_altitudes) + (number * _GOLDEN) % 1.0) / n_altitudes
    sin2 = np.maximum(sin2, LOWEST_SIN2)
    return by_column, step, sideways, np.sqrt(sin2 / (1.0 - sin2)) * resolution * stretch
