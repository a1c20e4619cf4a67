import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.unsealing import YearBalance, runoff_depth

# Depth (mm), curve number, runoff (mm): worked from the NRCS formula, to 5e-4.
CASES = [(20, 98, 14.892), (20, 61, 0.0), (30, 85, 6.719), (40, 74, 4.405), (60, 61, 3.988)]


@pytest.mark.parametrize(("rain", "number", "runoff"), CASES)
def test_curve_number_cases(rain, number, runoff):
    assert runoff_depth(rain, number) == pytest.approx(runoff, abs=5e-4)


def test_a_square_metre_opened_on_soil_b_saves_50_litres_at_60_mm():
    assert runoff_depth(60, 98) - runoff_depth(60, 61) == pytest.approx(50.2, abs=0.05)


def test_broadcasts():
    assert runoff_depth([[20], [40]], [98, 61]).shape == (2, 2)


@given(st.floats(0, 500), st.floats(1, 100))
def test_runoff_is_between_nothing_and_all(rain, number):
    assert 0 <= runoff_depth(rain, number) <= rain * (1 + 1e-12)


@pytest.mark.parametrize(("rain", "number"), [(-1, 80), (10, 0), (10, 101)])
def test_refuses(rain, number):
    with pytest.raises(MethodError):
        runoff_depth(rain, number)


def test_year_balance_is_a_range():
    year = YearBalance(rain_mm=800, runoff_sealed=0.9, runoff_open=0.2, infiltration=(0.15, 0.35))
    assert year.avoided_m3([1.0, 10.0]) == pytest.approx([0.56, 5.6])
    low, high = year.infiltrated_m3(np.array([10.0]))
    assert low == pytest.approx([0.84])
    assert high == pytest.approx([1.96])


def test_an_unknown_shower_or_ground_stays_unknown():
    assert np.isnan(runoff_depth([np.nan, 60], [98, np.nan])).all()
    assert runoff_depth(0, [98, 100]).tolist() == [0, 0]
