import numpy as np
import pytest

from arsenaal_gis.heat.blocks import BLOCK_M, Blocks, air, box_sums, to_cells

from .town import surface

TERM = (0.25, 15.0, 2.0)


def blocks_of(town, svf=0.6):
    rows, columns = town.shape
    blocks = Blocks.empty(
        (town.x_min, town.y_max - rows * town.cell, town.x_min + columns * town.cell, town.y_max)
    )
    blocks.add(town, np.full(town.shape, svf, np.float32), (slice(0, rows), slice(0, columns)))
    return blocks


def test_sums_are_those_of_the_cells():
    town = surface()
    blocks = blocks_of(town)
    assert blocks["area"].sum() == town.shape[0] * town.shape[1]
    assert blocks["green"].sum() == town.green.sum()
    assert blocks["building_volume"].sum() == pytest.approx(town.built.sum(dtype=float), rel=1e-6)
    assert blocks["tree_area"].sum() == town.under_crown.sum()
    first = town.window(slice(0, 25), slice(0, 25))
    assert blocks["green"][0, 0] == first.green.sum()


def test_a_single_house_has_the_walls_it_has():
    town = surface()
    town.built[:], town.crown[:] = 0, 0
    town.roof[:] = False
    town.built[40:50, 60:80], town.roof[40:50, 60:80] = 6.0, True
    blocks = blocks_of(town)
    assert blocks["wall_ns"].sum() == pytest.approx(2 * 20 * 6)  # both long walls, 20 m each
    assert blocks["wall_ew"].sum() == pytest.approx(2 * 10 * 6)


def test_cells_of_2_m_give_the_same_areas():
    town = surface(cell=2.0)
    assert blocks_of(town)["area"].sum() == 4 * town.green.size


def test_the_box_lies_against_the_wind():
    field = np.zeros((41, 41))
    field[20, 20] = 1.0
    east, _ = box_sums(field, 90.0, 100.0, 25.0, 50.0)  # wind from the east: it looks east
    seen = np.argwhere(east > 0.5)
    assert (seen[:, 1].min(), seen[:, 1].max()) == (20 - 4, 20 + 2)
    assert (seen[:, 0].min(), seen[:, 0].max()) == (19, 21)
    south, count = box_sums(field, 180.0, 100.0, 25.0, 50.0)
    assert np.argwhere(south > 0.5)[:, 0].min() == 16 and count == 3 * 7


def test_the_heat_island_follows_its_formula_in_a_uniform_town():
    town = surface(400, 400)
    over = air(blocks_of(town, 0.6), 90.0, 3.0, TERM, 4.0)
    fveg = town.green.mean()
    assert over.fveg.mean() == pytest.approx(fveg, abs=0.03)
    assert over.svf == pytest.approx(np.full(over.svf.shape, 0.6), abs=1e-4)
    strength = (0.25 * 15**3 / 2) ** 0.25
    assert over.uhi == pytest.approx((2 - 0.6 - over.fveg) * strength, abs=1e-3)
    assert 0.8 < over.clipped.mean() < 1.0  # 400 m of town in a box of 1100 by 500 m


@pytest.mark.parametrize("share, svf", [(0.25, 0.4), (0.15, 0.7), (0.05, 1.0)])
def test_little_open_ground_means_a_blend_to_open_sky(share, svf):
    sums = np.zeros((12, 20, 20))
    sums[0] = BLOCK_M**2
    sums[2], sums[3] = share * BLOCK_M**2, 0.4 * share * BLOCK_M**2
    over = air(Blocks(sums, 0.0, 500.0), 0.0, 3.0, TERM, 4.0)
    assert over.svf[10, 10] == pytest.approx(svf, abs=1e-6)


def test_coarse_surroundings_fill_what_the_fine_blocks_lack():
    fine = Blocks(np.full((12, 2, 2), BLOCK_M**2), 50.0, 100.0)
    fine.sums[:, 0, 0] = 0
    coarse = Blocks(np.full((12, 6, 6), 7.0), 0.0, 150.0)
    coarse.sums[0] = BLOCK_M**2
    both = fine.filled_from(coarse)
    assert both["green"][2, 3] == BLOCK_M**2 and both["green"][2, 2] == 7.0 and both["green"][5, 5] == 7.0


def test_interpolation_meets_the_centres_and_stays_level_outside():
    field = np.arange(12.0).reshape(3, 4)
    x, y = np.array([12.5, 37.5, 25.0, -40.0]), np.array([62.5, 12.5])
    cells = to_cells(field, 0.0, 75.0, x, y)
    assert cells[0] == pytest.approx([0, 1, 0.5, 0]) and cells[1] == pytest.approx([8, 9, 8.5, 8])
