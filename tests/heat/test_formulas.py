"""Published numbers of the PET, heat-island, wind and wet-bulb formulas (values: see the methods' sources in
the docstrings).
"""

import numpy as np
import pytest

from arsenaal_gis.heat import (
    diffuse_radiation,
    diurnal_factors,
    pet_shade,
    pet_sun,
    stress_class,
    uhi_max,
    wbgt,
    wet_bulb,
    wind_ratio,
)
from arsenaal_gis.heat.wind import block_wind_ratio


@pytest.mark.parametrize("ta, rh, tw", [(20, 50, 13.6993), (35, 30, 22.1440)])
def test_wet_bulb(ta, rh, tw):
    assert wet_bulb(ta, rh) == pytest.approx(tw, abs=1e-3)


@pytest.mark.parametrize(
    "u, bowen, svf, sun, shade",
    [(1.0, 3.0, 0.7, 46.4999, 33.0296), (1.0, 0.4, 0.7, 45.0803, 33.0296), (0.5, 3.0, 0.5, 50.1784, 34.1363)],
)
def test_pet(u, bowen, svf, sun, shade):
    assert pet_sun(33, 850, u, 30, 55, bowen, svf) == pytest.approx(sun, abs=1e-3)
    assert pet_shade(33, u, 30, svf, 170.0) == pytest.approx(shade, abs=1e-3)


def test_pet_at_night():
    assert pet_shade(22, 0.5, 70, 0.5, 0) == pytest.approx(18.7584, abs=1e-3)


def test_pet_of_arrays_stays_in_single_precision_and_equals_single_numbers():
    svf = np.array([[0.7, 0.5]], np.float32)
    assert pet_sun(np.float32(33), 850.0, 1.0, 30.0, 55.0, 3.0, svf)[0, 0] == pytest.approx(46.4999, abs=1e-3)


@pytest.mark.parametrize(
    "q, altitude, qd",
    [
        (850, 55, 170.0),  # clear: a fifth
        (200, 60, 200.0),  # overcast: all
        (1367 * 0.5 * 0.5, 30, 0.6 * 1367 * 0.25),  # transmissivity 0.5: 1.6 - 2 x 0.5
        (10, -1, 0.0),
    ],
)
def test_diffuse_radiation(q, altitude, qd):
    assert diffuse_radiation(q, altitude) == pytest.approx(qd, rel=1e-6)


@pytest.mark.parametrize(
    "svf, fveg, s, dtr, u, uhi", [(0.6, 0.2, 0.25, 15, 2, 5.4385), (1, 1, 0.24, 14, 3, 0.0)]
)
def test_heat_island(svf, fveg, s, dtr, u, uhi):
    assert uhi_max(svf, fveg, s, dtr, u) == pytest.approx(uhi, abs=1e-3)


def test_heat_island_with_knmi_exponent_is_stronger():
    assert uhi_max(0.6, 0.2, 0.25, 15, 2, 3.6) > uhi_max(0.6, 0.2, 0.25, 15, 2)


@pytest.mark.parametrize(
    "density, height, ratio", [(0.05, 6, 0.4768), (0.1, 8, 0.2839), (0.2, 9, 0.1418), (0.3, 10, 0.0866)]
)
def test_wind_ratio(density, height, ratio):
    assert wind_ratio(density, height) == pytest.approx(ratio, abs=1e-3)
    assert wind_ratio(np.full(3, density), height) == pytest.approx([ratio] * 3, abs=1e-3)


def test_wind_over_open_ground_is_the_profile_alone():
    nothing = np.zeros(1)
    ratio = block_wind_ratio(nothing, nothing, nothing, nothing, nothing, nothing, np.array([40_000.0]))
    assert ratio == pytest.approx((1 - 0.125) * 0.5829 + 0.125)


def test_a_row_of_houses_takes_the_wind():
    # 150 m of house fronts of 8 m, up and down, in a box of 275 x 150 m: 0.16 x 2400 x 0.5 / 41250 + 0.015
    walls, area = np.array([150 * 8 * 2.0 * 11]), np.array([10_000.0])
    ratio = block_wind_ratio(
        walls, np.zeros(1), area, area * 8, np.zeros(1), np.zeros(1), np.array([41_250.0])
    )
    density = 0.16 * 150 * 8 * 2 * 11 * 0.5 / 41_250 + 0.015
    assert ratio == pytest.approx(wind_ratio(density, 8.0))


@pytest.mark.parametrize("ta, rh, expected", [(30, 50, 29.2594), (25, 50, 24.3211)])
def test_wbgt(ta, rh, expected):
    assert wbgt(ta, rh) == pytest.approx(expected, abs=1e-3)


def test_daily_course_takes_the_nearest_class():
    july = diurnal_factors(3.5, 20.0)
    assert july[0] == 1.0 and july[7] == -0.02 and july[23] == 0.984
    assert diurnal_factors(6.1, 16.8)[3] == 0.525


def test_stress_classes_have_the_published_borders():
    assert stress_class([17.9, 18, 23, 28.9, 29, 35, 41]).tolist() == [0, 1, 2, 2, 3, 4, 5]
