import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.unsealing import facade_strip_depth, free_passage, strip_verdict

# Widths (m) and depths that follow from Mechelen's 0.45 m and article 3 of the ordinance of 29 April 1997.
TABLE = [
    (1.25, 0.0),
    (1.30, 0.30),
    (1.40, 0.40),
    (1.50, 0.45),
    (1.95, 0.45),
    (2.00, 0.45),
    (2.05, 0.45),
    (2.40, 0.45),
]


@pytest.mark.parametrize(("width", "depth"), TABLE)
def test_rule_table(width, depth):
    assert facade_strip_depth(width) == depth


def test_an_array_keeps_its_shape_and_its_unknowns():
    depth = facade_strip_depth([[1.3, np.nan], [0.0, 3.0]])
    np.testing.assert_array_equal(depth, [[0.3, np.nan], [0.0, 0.45]])


def test_no_hair_is_lost_to_binary_fractions():
    assert facade_strip_depth(0.1 + 0.2 + 1.0) == 0.30


@given(st.integers(0, 6000))
def test_the_passage_always_stays(width_mm):
    width = width_mm / 1000
    depth = facade_strip_depth(width)
    assert depth == 0 or 0.30 <= depth <= 0.45
    if depth:
        assert width_mm - round(float(depth) * 1000) >= round(float(free_passage(width)) * 1000)


def test_verdicts():
    assert strip_verdict([0.0, 1.09, 1.10, 1.29, 1.30, 1.94, 1.95, 2.40, np.nan]).tolist() == [
        "niet",
        "niet",
        "enkel_klimplant",
        "enkel_klimplant",
        "wettelijk_mogelijk",
        "wettelijk_mogelijk",
        "comfortabel",
        "comfortabel",
        "niet",
    ]


@pytest.mark.parametrize("width", [-0.1, np.inf])
def test_refuses_impossible_widths(width):
    with pytest.raises(MethodError):
        facade_strip_depth(width)
