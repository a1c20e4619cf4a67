import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from arsenaal_gis.errors import MethodError
from arsenaal_gis.priority import Criterion, contributions, explain, pareto_front, unit_scale

HEAT = Criterion("hitte", "hitte", 35, 45, "PET {} °C", 1)
NEAR = Criterion("groenblauw", "groenblauwe as", 300, 0, "op {} m")


def test_scale_runs_either_way_and_stops_at_its_ends():
    assert unit_scale([30, 40, 50, np.nan], 35, 45) == pytest.approx([0, 0.5, 1, np.nan], nan_ok=True)
    assert unit_scale([300, 150, 0, 999], 300, 0) == pytest.approx([0, 0.5, 1, 0])


def test_scale_needs_a_width():
    with pytest.raises(MethodError):
        unit_scale([1], 2, 2)


def test_reasons_name_the_largest_contribution_first_and_what_is_unknown():
    raw = [[38.24, 60.0], [np.nan, 1234.0]]
    unit = np.column_stack([unit_scale([r[0] for r in raw], 35, 45), unit_scale([r[1] for r in raw], 300, 0)])
    reasons = explain(raw, contributions(unit, [1, 1]), [HEAT, NEAR])
    assert reasons == ["groenblauwe as: op 60 m; hitte: PET 38,2 °C", "hitte: onbekend"]


def test_words_use_dutch_numbers():
    assert Criterion("w", "water", 0, 1, "{} L").words(4300) == "water: 4.300 L"


def test_front_of_a_staircase():
    assert pareto_front([[1, 3], [2, 2], [3, 1], [1, 2], [2, 2], [np.nan, 9]]).tolist() == [
        True,
        True,
        True,
        False,
        True,
        False,
    ]


@given(arrays(float, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(0, 4).map(float)))
def test_front_is_what_nothing_dominates(values):
    dominated = [any((other >= row).all() and (other > row).any() for other in values) for row in values]
    assert pareto_front(values).tolist() == [not d for d in dominated]
