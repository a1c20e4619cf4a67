"""Kulldorff's scan against brute force over all circles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from arsenaal_gis.errors import Cancelled, MethodError
from arsenaal_gis.hotspots import kulldorff_scan
from arsenaal_gis.progress import Silent

GRID = np.array([(x, y) for y in range(5) for x in range(5)], dtype=float) * 100


def brute_force(points: np.ndarray, cases: np.ndarray, population: np.ndarray) -> float:
    """Largest likelihood ratio over every centre and every radius that reaches a unit."""
    total, best = cases.sum(), 0.0
    expected = population / population.sum() * total
    for centre in points:
        distance = np.hypot(*(points - centre).T)
        for radius in np.unique(distance):
            inside = distance <= radius + 1e-9
            c, e = cases[inside].sum(), expected[inside].sum()
            if c > e and e <= total / 2 + 1e-9:
                rest = (total - c) * np.log((total - c) / (total - e)) if c < total else 0.0
                best = max(best, c * np.log(c / e) + rest)
    return best


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, 25, elements=st.integers(0, 4)), arrays(np.int64, 25, elements=st.integers(1, 9)))
def test_finds_the_best_circle(cases: np.ndarray, population: np.ndarray) -> None:
    if cases.sum() == 0:
        cases[0] = 1
    result = kulldorff_scan(GRID, cases, population, simulations=1)
    assert result.llr == pytest.approx(brute_force(GRID, cases, population), abs=1e-9)
    if result.centre >= 0:
        assert result.observed == cases[result.members].sum()
        assert result.expected == pytest.approx(
            population[result.members].sum() / population.sum() * cases.sum()
        )


def test_seven_events_in_one_corner() -> None:
    cases = np.zeros(25)
    cases[[0, 1, 5]] = [3, 2, 2]
    result = kulldorff_scan(GRID, cases, np.full(25, 10), seed=1)
    assert set(result.members) == {0, 1, 5}
    assert result.observed == 7
    assert result.p == pytest.approx(0.001)


def test_spread_evenly_is_no_cluster() -> None:
    result = kulldorff_scan(GRID, np.ones(25), np.full(25, 10))
    assert (result.centre, len(result.members), result.p) == (-1, 0, 1.0)


def test_p_is_uniform_without_cluster() -> None:
    rng = np.random.default_rng(4)
    p = [
        kulldorff_scan(GRID, rng.multinomial(12, np.full(25, 0.04)), np.ones(25), simulations=99, seed=i).p
        for i in range(60)
    ]
    assert 0.35 < np.mean(p) < 0.65


def test_bad_input_and_cancel() -> None:
    for cases, population in (
        (np.zeros(25), np.ones(25)),
        (np.ones(25), np.zeros(25)),
        (-np.ones(25), np.ones(25)),
    ):
        with pytest.raises(MethodError):
            kulldorff_scan(GRID, cases, population)
    stop = Silent()
    stop.cancelled = True
    with pytest.raises(Cancelled):
        kulldorff_scan(GRID, np.ones(25), np.ones(25), progress=stop)
