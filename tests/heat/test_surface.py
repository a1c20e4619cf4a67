import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat.surface import surface_from_rasters
from arsenaal_gis.raster import Grid


def grids(shape=(20, 30)):
    ground = np.full(shape, 8.0, np.float32)
    top = ground.copy()
    top[5:10, 5:12] += 7
    top[15, 3:9] += 1.2  # a garden wall
    crown = np.zeros(shape, np.float32)
    crown[12:15, 20:24] = 6
    green = np.zeros(shape, np.float32)
    green[12:18, 18:26] = 2
    return [Grid(values, 158_000.0, 189_000.0, 1.0) for values in (ground, top, crown, green)]


def test_buildings_walls_crowns_and_green_are_told_apart():
    town = surface_from_rasters(*grids())
    assert town.roof.sum() == 35 and not town.roof[15].any()
    assert town.top[15, 4] == pytest.approx(9.2) and town.top[13, 21] == 14 and town.eyes[13, 21] == 8
    assert town.green.sum() == 48 and town.under_crown.sum() == 12
    assert town.sealed[0, 0] and not town.sealed[13, 21]


def test_windows_keep_their_place_in_the_grid():
    town = surface_from_rasters(*grids())
    part = town.window(slice(4, 12), slice(3, 20))
    assert (part.x_min, part.y_max, part.shape) == (158_003.0, 188_996.0, (8, 17))
    assert part.origin == (town.origin[0] + 4, town.origin[1] + 3)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda g: (g[1], g[0], g[2]), "below the ground"),
        (lambda g: (g[0], g[1].like(g[1].values[:, :-1]), g[2]), "grid differs"),
        (lambda g: (g[0], Grid(g[1].values, 158_000.5, 189_000.0, 1.0), g[2]), "grid differs"),
        (lambda g: (g[0].like(g[0].values * np.nan), g[1], g[2]), "no value at all"),
        (lambda g: (g[0], g[1].like(g[1].values * np.nan), g[2]), "100% of the cells"),
        (lambda g: (g[0].like(g[0].values * 100), g[1].like(g[1].values * 100), g[2]), "centimetres"),
        (lambda g: (g[0], g[1], g[2].like(g[2].values * 100)), "crown"),
    ],
)
def test_rasters_that_make_no_sense_are_refused(change, words):
    with pytest.raises(MethodError, match=words):
        surface_from_rasters(*change(grids()))
