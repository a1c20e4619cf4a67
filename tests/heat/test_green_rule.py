import numpy as np

from arsenaal_gis.heat.green_rule import local_tops, visible_trees
from arsenaal_gis.scanline import burn

from .town import surface


def square():
    """An empty square of 60 m."""
    town = surface(60, 60)
    for layer in (town.built, town.crown, town.roof):
        layer[:] = 0
    town.ground[:] = 8
    return town


def at(town, row, column):
    return [town.x_min + column + 0.5, town.y_max - row - 0.5]


def test_two_of_three_trees_are_seen_behind_a_wall():
    town = square()
    eye = np.array([at(town, 30, 10)])
    trees = np.array([[*at(town, 30, 30), 8.0], [*at(town, 15, 20), 8.0], [*at(town, 45, 20), 8.0]])
    assert visible_trees(eye, trees, town, 30.0).tolist() == [3]
    town.built[25:36, 20] = 9.0  # a wall before the first
    assert visible_trees(eye, trees, town, 30.0).tolist() == [2]


def test_a_garden_wall_does_not_hide_a_crown():
    town = square()
    town.built[25:36, 20] = 2.0
    trees = np.array([[*at(town, 30, 30), 8.0]])
    assert visible_trees(np.array([at(town, 30, 10)]), trees, town, 30.0).tolist() == [1]


def test_low_and_far_trees_do_not_count():
    town = square()
    trees = np.array([[*at(town, 30, 20), 2.5], [*at(town, 30, 45), 9.0]])
    assert visible_trees(np.array([at(town, 30, 10)]), trees, town, 30.0).tolist() == [0]
    assert visible_trees(np.array([at(town, 30, 10)]), np.empty((0, 3)), town, 30.0).tolist() == [0]


def test_an_address_inside_its_house_looks_out():
    town = square()
    town.built[20:40, 4:12], town.roof[20:40, 4:12] = 8.0, True
    trees = np.array([[*at(town, 30, 25), 7.0]])
    # 2 m inside the front
    assert visible_trees(np.array([at(town, 30, 10)]), trees, town, 30.0).tolist() == [1]
    behind = np.array([[*at(town, 30, 1), 7.0]])
    assert visible_trees(np.array([at(town, 30, 10)]), behind, town, 30.0).tolist() == [0]


def test_tops_of_crowns_stand_in_for_an_inventory():
    town = square()
    town.crown[10:13, 10:13] = 5.0
    town.crown[11, 11] = 6.0
    town.crown[40, 40] = 2.0
    assert local_tops(town).tolist() == [[*at(town, 11, 11), 6.0]]


def test_burning_takes_cell_centres_and_the_last_polygon():
    import shapely

    grid = np.zeros((6, 8))
    burn(grid, [shapely.box(1, 1, 4, 4), shapely.box(3, 2, 20, 3), None], [1, 2, 3], 0.0, 6.0, 1.0)
    assert grid.sum() == 3 * 3 - 1 + 2 * 5 and grid[3, 3] == 2 and grid[2, 1] == 1
