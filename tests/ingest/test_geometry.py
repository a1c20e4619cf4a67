"""Repairs with areas that can be checked by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.ingest import geometry


def shapes(*wkt):
    return shapely.from_wkt(list(wkt))


def test_a_bow_tie_keeps_both_halves():
    bow = shapes("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")
    fixed = geometry.repair(bow, "MultiPolygon")
    assert fixed.repaired.tolist() == [True]
    assert fixed.geometry[0].area == 50  # two triangles of 25
    assert fixed.area_change_m2[0] == 50 - abs(bow[0].area)


def test_a_hole_outside_and_a_spike():
    spike = shapes("POLYGON ((0 0, 10 0, 10 10, 10 20, 10 10, 0 10, 0 0))")
    fixed = geometry.repair(spike, "Polygon")
    assert fixed.geometry[0].area == 100 and fixed.area_change_m2[0] == 0


def test_missing_origin_and_wrong_type():
    mixed = shapes("POINT (0 0)", "POLYGON EMPTY", "LINESTRING (1 1, 2 2)", "POLYGON ((0 0, 2 0, 2 2, 0 0))")
    fixed = geometry.repair(np.append(mixed, None), "Polygon")
    assert fixed.missing.tolist() == [True, True, False, False, True]
    assert fixed.wrong_type.tolist() == [False, False, True, False, False]
    assert [shape is None for shape in fixed.geometry] == [True, True, True, False, True]


def test_a_polygon_without_area_is_not_a_polygon():
    fixed = geometry.repair(shapes("POLYGON ((5 5, 10 10, 5 5, 5 5))"), "Polygon")
    assert fixed.wrong_type.tolist() == [True] and fixed.geometry[0] is None


@pytest.mark.parametrize(
    "kind, wkt, expected",
    [
        ("MultiPolygon", "POLYGON ((1 1, 2 1, 2 2, 1 1))", "MULTIPOLYGON (((1 1, 2 1, 2 2, 1 1)))"),
        ("MultiLineString", "LINESTRING (1 1, 2 2)", "MULTILINESTRING ((1 1, 2 2))"),
        ("MultiPoint", "POINT (1 1)", "MULTIPOINT (1 1)"),
        ("Point", "MULTIPOINT (1 1)", "POINT (1 1)"),
        ("LineString", "MULTILINESTRING ((1 1, 2 2))", "LINESTRING (1 1, 2 2)"),
    ],
)
def test_single_and_multi(kind, wkt, expected):
    out = geometry.repair(shapes(wkt), kind).geometry[0]
    assert out.geom_type == kind and out.equals(shapely.from_wkt(expected))


@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=3, max_size=8))
def test_whatever_the_ring_the_result_is_valid_or_refused(ring):
    fixed = geometry.repair(np.array([shapely.Polygon(ring)]), "MultiPolygon")
    if fixed.geometry[0] is None:
        assert fixed.wrong_type[0]
    else:
        assert fixed.geometry[0].is_valid and fixed.geometry[0].area > 0


def test_overlaps_are_found_once():
    parcels = np.array(
        [shapely.box(0, 0, 10, 10), shapely.box(9, 0, 19, 10), shapely.box(19, 0, 29, 10), None]
    )
    found = geometry.overlaps(parcels)
    assert found.values.tolist() == [[0, 1, 10]]
