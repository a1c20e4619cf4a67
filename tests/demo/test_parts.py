"""The parts the practice wijk is built with, on hand-checkable geometry."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis import scanline
from arsenaal_gis.demo import cadastre, chains, lots, people, relief
from arsenaal_gis.demo.scene import SEALED, Building, Roof, Scene
from arsenaal_gis.demo.streets import Segment, Streets, strip

CORNERS = st.lists(st.tuples(st.floats(-3, 23), st.floats(-3, 23)), min_size=3, max_size=8)


def test_burn_takes_cells_by_their_centre_and_the_last_polygon_wins():
    target = np.zeros((4, 5), int)
    scanline.burn(target, [shapely.box(0, 0, 3, 2), shapely.box(2, 1, 9, 9)], np.array([1, 2]), 0.0, 4.0, 1.0)
    assert target.tolist() == [[0, 0, 2, 2, 2], [0, 0, 2, 2, 2], [1, 1, 2, 2, 2], [1, 1, 1, 0, 0]]


def test_burn_leaves_holes_open():
    target = np.zeros((5, 5), int)
    ring = shapely.box(0, 0, 5, 5).difference(shapely.box(1, 1, 4, 4))
    scanline.burn(target, [ring], np.array([1]), 0.0, 5.0, 1.0)
    assert target.sum() == 16 and target[1:4, 1:4].sum() == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-3, 23), st.floats(-3, 23)), min_size=3, max_size=8),
    st.sampled_from([0.5, 1.0, 2.0]),
)
def test_burn_equals_point_in_polygon(points, cell):
    shape = shapely.convex_hull(shapely.MultiPoint(points))
    if shape.geom_type != "Polygon" or shape.area < 1e-3:
        return
    count = int(20 / cell)
    target = np.zeros((count, count), int)
    scanline.burn(target, [shape], np.array([1]), 0.0, 20.0, cell)
    x = (np.arange(count) + 0.5) * cell
    inside = shapely.contains_xy(shape, *np.meshgrid(x, 20 - x))
    near = shapely.distance(shapely.points(*np.meshgrid(x, 20 - x)), shape.boundary) < 1e-6
    assert ((target == 1) == inside)[~near].all()


def test_offsets_of_a_bend_stay_parallel():
    points = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    assert (points + 2 * chains.normals(points)).tolist() == [[0, 2], [8, 2], [8, 10]]
    assert strip(points, 1.0, 1.0).area == pytest.approx(40.0)


def test_points_along_a_line_go_on_straight_beyond_its_ends():
    place, left = chains.at(np.array([[0.0, 0.0], [10.0, 0.0]]), np.array([-2.0, 5.0, 13.0]))
    assert place.tolist() == [[-2, 0], [5, 0], [13, 0]] and left.tolist() == [[0, 1]] * 3


def _one_street_each_side(block, ranks):
    """A street of 8 m along every side of a block."""
    ring = np.array(shapely.geometry.polygon.orient(block).exterior.coords)
    segments = []
    for first, last, rank in zip(ring[:-1], ring[1:], ranks, strict=False):
        out = np.array([(last - first)[1], -(last - first)[0]]) / np.hypot(*(last - first))
        line = shapely.LineString([first + 4 * out, last + 4 * out])
        segments.append(
            Segment(line, {"naam": f"straat {rank}", "breedte": 8.0, "rang": rank}, (0, 1), 1.5, 1.5)
        )
    return Streets(shapely.Polygon(), shapely.Polygon(), segments, np.empty((0, 2)), [], [])


# GEOS leaves the processor's "invalid" flag set where shapes touch; its answers are right.
@pytest.mark.filterwarnings("ignore:invalid value encountered")
@settings(max_examples=25, deadline=None)
@given(
    st.floats(70, 190),
    st.floats(45, 130),
    st.lists(st.floats(-9, 9), min_size=8, max_size=8),
    st.integers(0, 999),
    st.sampled_from(["rij", "naoorlogs"]),
)
def test_lots_cover_a_block_exactly(long, short, lean, seed, kind):
    corners = np.array([[0, 0], [long, 0], [long, short], [0, short]]) + np.reshape(lean, (4, 2))
    block = shapely.set_precision(shapely.Polygon(corners), 0.001)
    network = _one_street_each_side(block, (1, 4, 2, 6))
    parcels = lots.divide(block, {"soort": kind}, 0, network, np.random.default_rng(seed))
    shapes = np.array([lot.polygon for lot in parcels])
    assert shapely.is_valid(shapes).all() and (shapely.get_type_id(shapes) == 3).all()
    assert shapely.area(shapes).sum() == pytest.approx(block.area, abs=0.25)
    assert shapely.union_all(shapes).area == pytest.approx(block.area, abs=0.25)
    fronts = [lot for lot in parcels if lot.street]
    assert len(fronts) > 10 and {lot.street for lot in fronts} >= {"straat 1", "straat 2"}
    for lot in fronts:
        assert lot.polygon.boundary.distance(shapely.Point(lot.front.mean(axis=0))) < 0.35


def test_gable_roof_is_highest_at_the_ridge():
    house = shapely.box(2, 2, 8, 12)
    scene = Scene(
        [Building(house, 1, [(house, Roof(6.0, 3.0, (2.0, 2.0, 0.0, 1.0, 10.0)))])], [(house, SEALED)]
    )
    terrain = {"origin": (0, 0), "height": 5.0, "slope": (0.0, 0.0), "roads": [shapely.box(0, 0, 10, 14)]}
    drawn = relief.draw(scene, terrain, (0, 0, 10, 14), 1.0, np.random.default_rng(1))
    above = (drawn.dsm_buildings - drawn.dtm)[::-1, 5]  # from the south
    assert above.tolist() == pytest.approx(
        [0, 0, 6.3, 6.9, 7.5, 8.1, 8.7, 8.7, 8.1, 7.5, 6.9, 6.3, 0, 0], abs=1e-5
    )
    assert (drawn.dtm == 5.0).all() and drawn.sealed.sum() == 60


def test_crowns_are_domes_and_stop_at_roofs():
    house = shapely.box(0, 0, 5, 10)
    scene = Scene([Building(house, 1, [(house, Roof(4.0))])], [], [(6.5, 5.5, 10.0, 6.0, "tuin")])
    drawn = relief.draw(
        scene,
        {"origin": (0, 0), "height": 0.0, "slope": (0, 0)},
        (0, 0, 12, 10),
        1.0,
        np.random.default_rng(1),
    )
    assert 9.0 <= drawn.canopy.max() <= 10.0 and drawn.canopy[4, 6] == drawn.canopy.max()
    assert (drawn.canopy[:, :5] == 0).all() and drawn.canopy[4, 10] == 0
    assert set(np.unique(drawn.green)) == {0, 3}


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 50), min_size=1, max_size=40))
def test_apportioned_parts_add_up_and_stay_near_their_share(total, weights):
    weights = np.array(weights)
    parts = people.apportion(total, weights)
    assert parts.sum() == total and (np.abs(parts - total * weights / weights.sum()) < 1.0 + 1e-9).all()


def test_years_up_to_1930_are_codes_of_a_period():
    years = (1849, 1850, 1875, 1899, 1900, 1918, 1919, 1930, 1931, 2004)
    assert [cadastre.period(year) for year in years] == [1, 2, 3, 3, 4, 4, 5, 5, 1931, 2004]
