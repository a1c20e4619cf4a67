"""Moran's I, global and local, against published values and esda's numbers."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from arsenaal_gis.hotspots import local_moran, moran

EXPECTED = json.loads(Path(__file__).with_name("expected_esda.json").read_text())
SETS = ("sids2", "stl", "columbus")


@pytest.mark.parametrize(("name", "value"), [("sids2", 0.247725193), ("stl", 0.243655826)])
def test_published_values(name: str, value: float) -> None:
    """Methods C4."""
    case = EXPECTED[name]
    assert moran(np.array(case["values"]), case["neighbours"]).i == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_global_agrees_with_esda(name: str) -> None:
    case = EXPECTED[name]
    result = moran(np.array(case["values"]), case["neighbours"])
    for field, value in case["moran"].items():
        assert getattr(result, field) == pytest.approx(value, abs=1e-9), field
    assert result.p_permutation == pytest.approx(result.p_random, abs=0.05)
    binary = moran(np.array(case["values"]), case["neighbours"], row_standardised=False, permutations=0)
    assert binary.i == pytest.approx(case["moran_binary"]["i"], abs=1e-9)
    assert binary.variance_random == pytest.approx(case["moran_binary"]["variance_random"], abs=1e-9)
    assert np.isnan(binary.p_permutation)


def test_lattice_moments() -> None:
    """Methods C4: 3 x 3 lattice, rook neighbours, values 0..8, binary weights."""
    cell = np.array([(i // 3, i % 3) for i in range(9)])
    near = (np.abs(cell[:, None] - cell).sum(axis=2) == 1).astype(int)
    result = moran(np.arange(9.0), near, row_standardised=False)
    assert result.variance_random == pytest.approx(0.0596875, abs=1e-12)
    assert result.variance_normal == pytest.approx(0.053125, abs=1e-12)


@pytest.mark.parametrize("name", SETS)
def test_local_agrees_with_esda(name: str) -> None:
    case = EXPECTED[name]
    values = np.array(case["values"])
    n = len(values)
    result = local_moran(values, case["neighbours"], permutations=20_000, seed=5)
    np.testing.assert_allclose(result.i, case["local"]["i"], rtol=0, atol=1e-9)
    # esda scales the statistic by n - 1 and its moments by n (Sokal's m2); ours all by n - 1.
    np.testing.assert_allclose(result.expected, np.array(case["local"]["expected"]) * (n - 1) / n, atol=1e-9)
    np.testing.assert_allclose(
        result.variance, np.array(case["local"]["variance"]) * ((n - 1) / n) ** 2, atol=1e-9
    )
    p = np.array(case["local"]["p"])
    assert (np.abs(result.p_permutation - p) < 4 * np.sqrt(p * 2 / 20_000) + 2e-4).all()
    codes = np.array(["", "HH", "LH", "LL", "HL"])[case["local"]["q"]]
    assert (result.quadrant == codes).all()


def test_moments_are_those_of_the_permutations() -> None:
    """Mean and spread of the statistic over every way to deal the other values of one unit."""
    y = np.array([3.0, 1, 4, 1, 5, 9])
    near = [[1, 2], [0, 2], [0, 1, 3], [2, 4], [3, 5], [4]]
    drawn = []
    for order in permutations(np.delete(y, 2)):
        dealt = np.insert(np.array(order), 2, y[2])
        drawn.append(local_moran(dealt, near, permutations=1).i[2])
    result = local_moran(y, near)
    assert result.expected[2] == pytest.approx(np.mean(drawn))
    assert result.variance[2] == pytest.approx(np.var(drawn))


def test_equal_values_are_no_pattern() -> None:
    ring = [[(i - 1) % 8, (i + 1) % 8] for i in range(8)]
    assert np.isnan(moran(np.full(8, 0.3), ring).i)
    result = local_moran(np.full(8, 0.3), ring)
    assert np.isnan(result.z).all()
    assert (result.p_analytic == 1).all()


def test_outlier_is_high_among_low() -> None:
    y = np.zeros(30)
    y[10] = 10
    result = local_moran(y, [[(i - 1) % 30, (i + 1) % 30] for i in range(30)])
    assert result.quadrant[10] == "HL"
    assert result.i[10] < 0
