"""The widths of a street that a pencil gives."""

import numpy as np
import pytest
from shapely import LineString, box

from arsenaal_gis.facts.crossing import measure_crossing

LINE = LineString([(0, 50), (30, 50)])
# House 0-9, footway 9-10.5, parking 10.5-12.5, carriageway 12.5-18, footway 18-20, front yard 20-23, house from 23.
STREET = {
    "parcels": [box(0, 0, 9, 100), box(20, 0, 30, 100)],
    "buildings": [box(2, 0, 9, 100), box(23, 0, 30, 100)],
    "surface": {"rijbaan": [box(10.5, 0, 12.5, 100), box(12.5, 0, 18, 100)]},
}


def test_facades_carriageway_and_footways():
    found = measure_crossing(LINE, 15.0, **STREET)
    assert found.facades == pytest.approx((9, 23))
    assert found.carriageway == pytest.approx((10.5, 18))
    assert found.footways == pytest.approx((1.5, 2.0))
    assert found.sources == ("wegbaan", "wegbaan")
    assert np.ravel(found.footway_ends) == pytest.approx([9, 10.5, 20, 18])


def test_the_kerb_tells_better_than_the_carriageway():
    kerbs = [LineString([(10.3, 0), (10.3, 100)]), LineString([(18.2, 0), (18.2, 100)])]
    found = measure_crossing(LINE, 15.0, **STREET, kerbs=kerbs)
    assert found.footways == pytest.approx((1.3, 1.8))
    assert found.sources == ("boordsteen", "boordsteen")


def test_a_facade_over_the_parcel_line_narrows_the_footway():
    buildings = [box(2, 0, 9.2, 100), box(23, 0, 30, 100)]
    found = measure_crossing(LINE, 15.0, **{**STREET, "buildings": buildings})
    assert found.footways == pytest.approx((1.3, 2.0))
    assert found.footway_ends[0] == pytest.approx((9.2, 10.5))


def test_where_nothing_is_known_nothing_is_said():
    found = measure_crossing(LINE, 15.0)
    assert np.isnan([*found.facades, *found.carriageway, *found.footways]).all()
    assert found.sources == ("geen", "geen")
    inside = measure_crossing(LINE, 5.0, **STREET)  # a place in a house is no street
    assert np.isnan(inside.facades).all()
    assert np.isnan(inside.carriageway).all()
