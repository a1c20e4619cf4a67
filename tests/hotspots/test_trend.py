"""Mann-Kendall and the emerging classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import emerging_class, mann_kendall


def test_published_case() -> None:
    """Methods C4."""
    result = mann_kendall(np.array([1, 3, 2, 5, 4, 7, 8]))
    assert (result.s, result.variance, result.z) == (
        17,
        pytest.approx(44.3333, abs=1e-4),
        pytest.approx(2.4030, abs=1e-4),
    )
    assert result.p == pytest.approx(0.01626, abs=1e-5)


def test_ties_reduce_the_variance() -> None:
    """Two groups of two and one of two: n(n-1)(2n+5) less t(t-1)(2t+5) for each, over 18."""
    result = mann_kendall(np.array([10, 22, 21, 30, 22, 30, 40, 40]))
    assert result.s == 21
    assert result.variance == pytest.approx((8 * 7 * 21 - 3 * 2 * 1 * 9) / 18)


def test_missing_month_keeps_its_place() -> None:
    whole, gap = mann_kendall(np.arange(12.0)), np.arange(12.0)
    gap[5] = np.nan
    assert mann_kendall(gap).slope == whole.slope == 1.0
    assert mann_kendall(gap).s == 55


def test_flat_and_short_series() -> None:
    flat = mann_kendall(np.full(10, 3))
    assert (flat.z, flat.p) == (0.0, 1.0)
    with pytest.raises(MethodError):
        mann_kendall(np.array([1, np.nan, 2]))


@given(st.lists(st.integers(0, 20), min_size=3, max_size=30))
def test_reversal_turns_the_sign(values: list[int]) -> None:
    forward, back = mann_kendall(np.array(values)), mann_kendall(np.array(values[::-1]))
    assert (forward.s, forward.p) == (-back.s, back.p)


@pytest.mark.parametrize(
    ("state", "z", "name"),
    [
        ("0000000001", 0, "nieuwe hotspot"),
        ("0000000011", 0, "aaneengesloten hotspot"),
        ("1111111111", 2.5, "toenemende hotspot"),
        ("0111111111", 0, "aanhoudende hotspot"),
        ("1111111111", -2.5, "afnemende hotspot"),
        ("0010100011", 0, "sporadische hotspot"),
        ("0010c00011", 0, "wisselende hotspot"),
        ("1111111110", 0, "historische hotspot"),
        ("0000000000", 3, "geen patroon"),
        ("0011100000", 0, "geen patroon"),
        ("000000000c", 0, "nieuwe koude plek"),
        ("cccccccccc", -2.5, "toenemende koude plek"),
        ("cccccccccc", 2.5, "afnemende koude plek"),
        ("0c0c00000c", 0, "sporadische koude plek"),
        ("ccccccccc0", 0, "historische koude plek"),
        ("000000001", 0, "te weinig perioden"),
    ],
)
def test_classes(state: str, z: float, name: str) -> None:
    code = {"0": 0, "1": 1, "c": -1}
    assert emerging_class(np.array([code[s] for s in state]), z) == name
