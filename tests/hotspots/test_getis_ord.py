"""Gi* against published values, esda's numbers and brute force."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import getis_ord_star, within_distance

EXPECTED = json.loads(Path(__file__).with_name("expected_esda.json").read_text())
SETS = ("sids2", "stl", "columbus")


def test_six_points_of_esdas_documentation() -> None:
    """Methods C4: points, values and band of esda's own example."""
    points = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], dtype=float)
    result = getis_ord_star(np.array([2, 3, 3.2, 5, 8, 7]), within_distance(points, 15))
    expected = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(result.z, expected, atol=1e-8)


@pytest.mark.parametrize("name", SETS)
def test_agrees_with_esda(name: str) -> None:
    case = EXPECTED[name]
    result = getis_ord_star(np.array(case["values"]), case["neighbours"], permutations=20_000, seed=3)
    for field in ("statistic", "expected", "variance", "z"):
        np.testing.assert_allclose(getattr(result, field), case["gi_star"][field], rtol=0, atol=1e-9)
    p = np.array(case["gi_star"]["p"])
    tolerance = 4 * np.sqrt(p * 1.0 / 20_000 * 2) + 2e-4  # twice a one-sided share, both sides sampled
    assert (np.abs(result.p_permutation - p) < tolerance).all()


def test_conditional_p_equals_full_enumeration() -> None:
    """Five units: the exact conditional distribution can be written out."""
    y = np.array([1.0, 4.0, 2.0, 8.0, 5.0])
    neighbours = [[1, 2], [0], [0, 3, 4], [2], [2]]
    result = getis_ord_star(y, neighbours, permutations=200_000, seed=1)
    for i, near in enumerate(neighbours):
        others = np.delete(y, i)
        sums = np.array([sum(order[: len(near)]) for order in permutations(others)])
        observed = y[near].sum()
        exact = min(1.0, 2 * min((sums >= observed).mean(), (sums <= observed).mean()))
        assert result.p_permutation[i] == pytest.approx(exact, abs=0.006)


def test_equal_values_have_no_hotspot() -> None:
    result = getis_ord_star(np.full(6, 0.1), [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]])
    assert np.isnan(result.z).all()
    assert (result.p_analytic == 1).all()
    assert (result.p_permutation == 1).all()


def test_island_has_no_permutation_p_but_a_score() -> None:
    result = getis_ord_star(np.array([9.0, 1, 2, 3, 2]), [[], [2], [1, 3], [2, 4], [3]])
    assert np.isnan(result.p_permutation[0])
    assert result.z[0] > 1


def test_same_seed_same_p() -> None:
    y = np.arange(12.0) % 5
    ring = [[(i - 1) % 12, (i + 1) % 12] for i in range(12)]
    first, again = (getis_ord_star(y, ring, seed=7).p_permutation for _ in range(2))
    assert (first == again).all()
    assert (getis_ord_star(y, ring, seed=8).p_permutation != first).any()


@pytest.mark.parametrize(
    ("values", "neighbours"),
    [([1.0], [[]]), ([1.0, np.nan], [[1], [0]]), ([1.0, 2.0], [[2], [0]]), ([1.0, 2.0, 3.0], [[1], [0]])],
)
def test_bad_input_is_explained(values: list, neighbours: list) -> None:
    with pytest.raises(MethodError):
        getis_ord_star(np.array(values), neighbours)


@settings(max_examples=25, deadline=None)
@given(arrays(np.int64, 10, elements=st.integers(0, 9)), st.integers(1, 50), st.integers(-20, 20))
def test_score_ignores_unit_and_offset(counts: np.ndarray, factor: int, offset: int) -> None:
    ring = [[(i - 1) % 10, (i + 1) % 10] for i in range(10)]
    plain = getis_ord_star(counts, ring, permutations=99)
    other = getis_ord_star(counts * float(factor) + offset, ring, permutations=99)
    np.testing.assert_allclose(plain.z, other.z, atol=1e-8)
    assert (plain.p_permutation == other.p_permutation).all()
