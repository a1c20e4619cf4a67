"""Base facts on geometry that can be checked by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.facts import class_areas, measure_footways, split_yards, street_edges
from arsenaal_gis.raster import Grid

# Three plots of 10 x 20 m in a row; the street lies south of y = 0.
PLOTS = [shapely.box(10 * i, 0, 10 * i + 10, 20) for i in range(3)]


def test_whole_cells_give_whole_areas():
    grid = Grid(np.array([[1, 1, 2], [2, 2, np.nan]], np.float32), 0, 2, 1)
    areas = class_areas(
        [shapely.box(0, 0, 3, 2), shapely.box(0, 1, 2, 2), shapely.box(2, 0, 3, 1)], grid, [1, 2]
    )
    assert areas.tolist() == [[2, 3], [2, 0], [0, 0]]


def test_cells_on_the_edge_count_by_their_share():
    grid = Grid(np.ones((4, 4), np.float32), 0, 4, 1)
    polygon = shapely.Polygon([(0.5, 0.5), (3.5, 0.5), (3.5, 3.5)])  # 4.5 m²
    assert class_areas([polygon], grid, [1])[0, 0] == pytest.approx(4.5, abs=0.02)


def test_holes_parts_overlaps_and_empty_shapes():
    grid = Grid(np.ones((10, 10), np.float32), 0, 10, 1)
    ring = shapely.box(0, 0, 8, 8).difference(shapely.box(2, 2, 4, 4))
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 7, 6)])
    areas = class_areas([ring, two, None, shapely.Polygon(), shapely.box(20, 20, 30, 30)], grid, [1])
    assert areas[:, 0].tolist() == [60, 3, 0, 0, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 19), st.floats(1, 19)), min_size=3, max_size=12), st.integers(0, 99))
def test_classes_add_up_to_the_polygon(points, seed):
    polygon = shapely.MultiPoint(points).convex_hull
    if polygon.geom_type != "Polygon":
        return
    values = np.random.default_rng(seed).integers(0, 3, (20, 20)).astype(np.float32)
    areas = class_areas([polygon], Grid(values, 0, 20, 1), [0, 1, 2])
    assert (areas >= 0).all()
    if areas.sum():  # a sliver may fall between two scan lines
        assert areas.sum() == pytest.approx(polygon.area)


def test_only_the_outside_of_a_row_of_plots_faces_the_public_domain():
    edges = street_edges(PLOTS)
    length = np.bincount(edges.parcel, edges.length)
    assert length == pytest.approx([40, 20, 40])  # ends also have their free long side
    south = edges.middle[:, 1] == 0
    assert np.allclose(edges.outward[south], [0, -1])
    lines = edges.lines(3)
    assert lines[1].length == pytest.approx(20)


def test_a_sliver_between_plots_is_no_street():
    edges = street_edges([shapely.box(0, 0, 10, 20), shapely.box(10.01, 0, 20, 20)])
    assert not (
        (np.abs(edges.middle[:, 0] - 10) < 0.5) & (edges.middle[:, 1] > 1) & (edges.middle[:, 1] < 19)
    ).any()


def south(**sources):
    """Widths measured on the south side of the plots."""
    edges = street_edges(PLOTS)
    found = measure_footways(edges, **sources)
    side = edges.middle[:, 1] == 0
    return found.width_m[side], set(found.source[side])


KERB = shapely.LineString([(-50, -1.5), (80, -1.5)])
ROAD = shapely.box(-50, -7, 80, -2)


def test_the_kerb_line_gives_the_width():
    width, source = south(kerbs=[KERB], carriageways=[ROAD])
    assert width == pytest.approx(1.5) and source == {"boordsteen"}


def test_a_footway_polygon_is_better_than_the_kerb():
    width, source = south(footways=[shapely.box(-50, -1.2, 80, 0)], kerbs=[KERB], carriageways=[ROAD])
    assert width == pytest.approx(1.2) and source == {"voetpad"}


def test_two_footway_polygons_in_a_row_are_one_footway_but_not_across_the_road():
    near, strip = shapely.box(-50, -0.8, 80, 0), shapely.box(-50, -1.3, 80, -0.8)
    across = shapely.box(-50, -8, 80, -7)
    assert south(footways=[near, strip, across])[0] == pytest.approx(1.3)


def test_without_a_kerb_the_carriageway_is_the_edge():
    width, source = south(carriageways=[ROAD])
    assert width == pytest.approx(2.0) and source == {"wegbaan"}


def test_a_carriageway_up_to_the_facade_is_unknown_not_zero():
    width, source = south(carriageways=[shapely.box(-50, -7, 80, 0)])
    assert np.isnan(width).all() and source == {"geen"}


def test_the_kerb_across_the_street_is_not_this_footway():
    width, source = south(kerbs=[shapely.LineString([(-50, -7), (80, -7)])], carriageways=[ROAD])
    assert width == pytest.approx(2.0) and source == {"wegbaan"}


def test_a_facade_over_the_parcel_line_narrows_the_footway():
    house = shapely.box(-5, -0.3, 35, 9)
    assert south(kerbs=[KERB], buildings=[house])[0] == pytest.approx(1.2)


def test_nothing_known_is_unknown():
    width, source = south()
    assert np.isnan(width).all() and source == {"geen"}


def test_yards_split_at_the_building_line():
    street = [shapely.LineString([(0, 0), (10, 0)])] * 3
    houses = [shapely.box(0, 4, 10, 12), shapely.box(0, 0, 10, 12), None]
    space = [PLOTS[0].difference(house) if house else PLOTS[0] for house in houses]
    front, back = split_yards(space, street, houses)
    assert [shape.area for shape in front[:2]] == pytest.approx([40, 0]) and front[2] is None
    assert [shape.area for shape in back[:2]] == pytest.approx([80, 80]) and back[2] is None
