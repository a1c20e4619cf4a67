import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import cooling_capacity, heat_mitigation
from arsenaal_gis.heat.cooling import air_temperature, exponential_mean


def test_capacity_is_a_weighted_mean():
    assert cooling_capacity(1.0, 0.2, 0.5) == pytest.approx(0.6 + 0.04 + 0.1)
    assert cooling_capacity(1.0, 0.2, 0.5, (3, 1, 1)) == pytest.approx(0.6 + 0.04 + 0.1)


def test_a_small_park_helps_itself_only_and_a_large_one_its_neighbours():
    cc = np.full((61, 61), 0.1)
    park = np.zeros(cc.shape, bool)
    park[28:33, 28:33] = True
    cc[park] = 0.9
    small, _ = heat_mitigation(cc, park, 10.0, 100.0)
    assert (small == cc).all()  # 0.25 ha
    park[20:41, 20:41], cc[20:41, 20:41] = True, 0.9
    large, lent = heat_mitigation(cc, park, 10.0, 150.0)  # 4.4 ha
    assert large[19, 30] > 0.1 and large[19, 30] == pytest.approx(lent[19, 30])
    assert large[0, 0] == 0.1


def test_edges_and_holes_count_for_nothing():
    values, valid = np.full((20, 30), 0.4), np.ones((20, 30), bool)
    valid[5:9, 4:8] = False
    assert exponential_mean(np.where(valid, values, 9.9), valid, 5.0, 20.0) == pytest.approx(
        np.full(values.shape, 0.4)
    )


def test_air_is_warmer_where_nothing_cools():
    hm = np.full((30, 30), 0.5)
    assert air_temperature(hm, 20.0, 4.0, 10.0, 50.0) == pytest.approx(np.full(hm.shape, 22.0))


@pytest.mark.parametrize("green, cell, distance", [(np.ones((3, 4)), 10, 100), (np.ones((4, 4)), 0, 100)])
def test_grids_and_sizes_that_do_not_fit_are_refused(green, cell, distance):
    with pytest.raises(MethodError):
        heat_mitigation(np.ones((4, 4)), green, cell, distance)
