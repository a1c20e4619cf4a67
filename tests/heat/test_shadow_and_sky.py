import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import cast_shadow, cast_shadows, sky_view_factor
from arsenaal_gis.heat.sky_view import halo_cells

from .rays import OBLIQUE_SUNS, difference, ray, terraces, to_edge
from .town import surface

AZIMUTHS = st.floats(0, 360)


def wall_of_10_m(n=61):
    dsm = np.zeros((n, n))
    dsm[n // 2, n // 2] = 10.0
    return dsm, n // 2


@pytest.mark.parametrize("azimuth, way", [(180, (-1, 0)), (0, (1, 0)), (90, (0, -1)), (270, (0, 1))])
def test_a_pole_of_10_m_casts_10_m_at_45_degrees_away_from_the_sun(azimuth, way):
    dsm, middle = wall_of_10_m()
    shadow = cast_shadow(dsm, azimuth, 45.001, 1.0)
    cells = np.argwhere(shadow)
    # the sun is a hair above 45 degrees: the tenth cell just sees it
    assert {tuple(cell) for cell in cells} == {
        (middle + k * way[0], middle + k * way[1]) for k in range(1, 10)
    }


def test_cell_size_counts_in_metres():
    dsm, middle = wall_of_10_m()
    assert cast_shadow(dsm, 180, 45.001, 2.0).sum() == 4  # 2, 4, 6, 8 m
    assert cast_shadow(dsm, 180, 45.001, 0.5).sum() == 19


def test_2_m_cells_show_the_same_shadow_as_1_m():
    fine = surface(160, 160).top
    coarse = fine[::2, ::2]
    for azimuth, altitude in ((160, 50), (230, 40)):
        one = cast_shadow(np.repeat(np.repeat(coarse, 2, 0), 2, 1), azimuth, altitude, 1.0)
        two = cast_shadow(coarse, azimuth, altitude, 2.0)
        assert abs(one.mean() - two.mean()) < 0.05  # the far edge of a cell of 2 m lies half a metre off
        assert (one[::2, ::2] == two).mean() > 0.9


@given(AZIMUTHS, st.floats(1, 89))
@settings(max_examples=25, deadline=None)
def test_flat_ground_has_no_shadow(azimuth, altitude):
    assert not cast_shadow(np.full((30, 40), 7.3), azimuth, altitude, 1.0).any()


def test_flat_ground_sees_the_whole_sky():
    assert (sky_view_factor(np.full((50, 60), 12.5), 1.0) == 1.0).all()


def test_no_sun_no_light():
    assert cast_shadow(np.zeros((5, 5)), 100, 0.0, 1.0).all()
    assert cast_shadow(np.zeros((5, 5)), 100, -5.0, 1.0).all()


def test_a_long_wall_takes_half_the_sky_below_its_angle():
    # Foot of an endless wall of height h at distance d: 1 - (1/2) h / sqrt(h² + d²) is the cosine-weighted
    # factor of a level cell.
    dsm = np.zeros((41, 901))
    dsm[20] = 10.0
    svf = sky_view_factor(dsm, 1.0, 64, 16, 400.0)
    for distance in (3, 8, 15):
        exact = 0.5 + 0.5 * distance / math.hypot(10.0, distance)
        assert svf[20 + distance, 450] == pytest.approx(exact, abs=0.02)


@given(st.floats(2, 30), st.floats(1.5, 3.0), st.integers(0, 3))
@settings(max_examples=15, deadline=None)
def test_a_deeper_courtyard_sees_less_sky(depth, factor, seed):
    yard = np.ones((60, 60))
    size = 10 + 4 * seed
    yard[30 - size // 2 : 30 + size // 2, 30 - size // 2 : 30 + size // 2] = 0
    shallow, deep = (sky_view_factor(yard * d, 1.0, 16, 8)[yard == 0] for d in (depth, depth * factor))
    assert (deep <= shallow).all() and deep.mean() < shallow.mean()


def test_looking_from_the_ground_under_a_crown_sees_less_than_from_its_top():
    town = surface()
    below, above = (
        sky_view_factor(town.top, 1.0, 16, 6, ground=eyes)[town.under_crown].mean()
        for eyes in (town.eyes, None)
    )
    assert below < 0.3 < 0.8 < above


@pytest.mark.parametrize("azimuth, altitude", [(137.0, 35.0), (291.0, 24.0), (90.0, 50.0), (12.0, 61.0)])
def test_windows_give_the_cells_of_the_whole(azimuth, altitude):
    top = surface(320, 300).top
    whole_shadow, whole_sky = cast_shadow(top, azimuth, altitude, 1.0), sky_view_factor(top, 1.0, 16, 6, 30.0)
    margin = max(halo_cells(30.0, 1.0), math.ceil(20 / math.tan(math.radians(altitude))) + 2)
    rows, columns = slice(110, 190), slice(130, 200)
    outer = slice(110 - margin, 190 + margin), slice(130 - margin, 200 + margin)
    inner = slice(margin, margin + 80), slice(margin, margin + 70)
    origin = (outer[0].start, outer[1].start)
    shadow = cast_shadow(top[outer], azimuth, altitude, 1.0, origin=origin)
    assert (shadow[inner] == whole_shadow[rows, columns]).all()
    sky = sky_view_factor(top[outer], 1.0, 16, 6, 30.0, origin=origin)
    assert np.abs(sky[inner] - whole_sky[rows, columns]).max() <= 0.01
    assert (sky[inner] == whole_sky[rows, columns]).all()


@given(st.integers(0, 3), AZIMUTHS, st.floats(15, 70))
@settings(max_examples=15, deadline=None)
def test_turning_town_and_sun_by_90_degrees_changes_edge_cells_only(turns, azimuth, altitude):
    top = surface(120, 120, seed=3).top
    shadow = cast_shadow(top, azimuth, altitude, 1.0)
    turned = np.rot90(cast_shadow(np.rot90(top, -turns), azimuth + 90 * turns, altitude, 1.0), turns)
    differ = shadow != turned
    assert differ.mean() < 0.05
    assert (np.minimum(to_edge(shadow), to_edge(turned))[differ] <= 1.5).all()


@pytest.mark.parametrize("cell", [1.0, 2.0])
def test_oblique_suns_against_a_fine_ray(cell):
    top = terraces(200)
    for azimuth, altitude in OBLIQUE_SUNS:
        exact = ray(top, azimuth, altitude, cell)
        equal, share, apart = difference(cast_shadow(top, azimuth, altitude, cell), exact)
        assert equal >= 0.985 and abs(share) <= 0.005 and apart <= 1.5


def test_many_suns_at_once_are_the_suns_one_by_one():
    top = surface(90, 110).top
    top[40:44, 30:36] = np.nan
    suns = [(200.0, 40.0), (20.0, -3.0), *OBLIQUE_SUNS]
    shadows = dict(cast_shadows(top, suns, 1.0, origin=(-37, 5)))
    assert sorted(shadows) == list(range(len(suns)))
    for number, sun in enumerate(suns):
        assert (shadows[number] == cast_shadow(top, *sun, 1.0, origin=(-37, 5))).all()


def test_a_wall_beside_a_cell_along_the_sun_does_not_shade_it():
    dsm = np.zeros((80, 20))
    dsm[:, 10:14] = 9.0
    for azimuth in (0.9, 179.1, 180.9, 359.1):  # lines drift a cell sideways in 64 rows
        beside = cast_shadow(dsm, azimuth, 40, 1.0)[5:-5, [9, 14]]
        assert not beside[:, 0 if azimuth > 180 else 1].any()


def test_the_first_metre_is_looked_at_along_the_surface():
    """By hand: the look from (1, 0) to the north-east meets the corner (1, 1), 4 m high, a fifth in."""
    dsm = np.zeros((2, 2))
    dsm[1, 1] = 4.0
    # a fifth of the way over, four fifths of the way up, and a fifth of the diagonal away
    steepest = math.degrees(math.atan(4.0 * 0.2 * 0.8 / (0.2 * math.sqrt(2.0))))
    assert cast_shadow(dsm, 45, steepest - 0.1, 1.0)[1, 0]
    assert not cast_shadow(dsm, 45, steepest + 0.1, 1.0)[1, 0]


def test_holes_cast_no_shadow_and_have_no_sky():
    top = surface(100, 100).top
    top[40:50, 40:60] = np.nan
    shadow, sky = cast_shadow(top, 200, 40, 1.0), sky_view_factor(top, 1.0, 16, 6)
    assert not shadow[np.isnan(top)].any()
    assert (np.isnan(sky) == np.isnan(top)).all()
    assert not cast_shadow(np.full((9, 9), np.nan), 10, 40, 1.0).any()


def test_a_hole_hides_the_house_that_stood_in_it():
    dsm = np.zeros((40, 40))
    dsm[20, 20] = 8.0
    with_hole = dsm.copy()
    with_hole[20, 20] = np.nan
    assert cast_shadow(dsm, 180, 30, 1.0).any() and not cast_shadow(with_hole, 180, 30, 1.0).any()


@pytest.mark.parametrize("nothing", [np.nan, np.inf, -9999.0, -3.4e38])
def test_a_forgotten_no_data_value_is_a_hole(nothing):
    dsm = np.zeros((12, 12))
    dsm[4, 6] = 5.0
    without = np.where(dsm == 5.0, nothing, dsm)
    assert not cast_shadow(without, 130, 30, 1.0).any()
    assert np.isnan(sky_view_factor(without, 1.0)).sum() == 1
    masked = np.ma.masked_array(dsm, dsm == 5.0)
    assert not cast_shadow(masked, 130, 30, 1.0).any() and np.isnan(sky_view_factor(masked, 1.0)[4, 6])


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (0, 5), (3, 2), (257, 2)])
def test_rasters_of_any_size(shape):
    dsm = np.arange(np.prod(shape), dtype=np.int16).reshape(shape) % 7
    for azimuth in (0, 45, 90, 133, 180, 270, 360, -45, 450):
        assert cast_shadow(dsm, azimuth, 20, 1.0).shape == shape
        assert (cast_shadow(dsm, azimuth, 20, 1.0) == cast_shadow(dsm, azimuth % 360, 20, 1.0)).all()
    assert sky_view_factor(dsm, 1.0).shape == shape


@pytest.mark.parametrize(
    "call",
    [
        lambda: cast_shadow(np.zeros(4), 180, 45, 1.0),
        lambda: cast_shadow(np.zeros((4, 4)), 180, 45, 0.0),
        lambda: sky_view_factor(np.zeros((4, 4)), -1.0),
        lambda: cast_shadow(np.zeros((4, 4)), 180, 45, np.inf),
        lambda: cast_shadow(np.zeros((4, 4)), np.nan, 45, 1.0),
        lambda: cast_shadow(np.zeros((4, 4)), 180, np.nan, 1.0),
        lambda: sky_view_factor(np.zeros((4, 4)), 1.0, n_azimuths=2),
        lambda: sky_view_factor(np.zeros((4, 4)), 1.0, radius=0),
        lambda: sky_view_factor(np.zeros((4, 4)), 1.0, radius=-5),
        lambda: sky_view_factor(np.zeros((4, 4)), 1.0, radius=np.nan),
        lambda: sky_view_factor(np.zeros((4, 4)), 1.0, ground=np.zeros((3, 4))),
    ],
)
def test_what_is_no_raster_is_refused(call):
    with pytest.raises(MethodError):
        call()
