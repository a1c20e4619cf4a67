"""Intervals, smoothing and false discoveries against published numbers."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import poisson

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import benjamini_hochberg, empirical_bayes, fdr_q, garwood

EXPECTED = json.loads(Path(__file__).with_name("expected_esda.json").read_text())
BH_1995 = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
           0.6528, 0.759, 1.0]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (3, 0.6187, 8.7673), (10, 4.7954, 18.3904)],
)
def test_garwood_table(count: int, low: float, high: float) -> None:
    assert garwood(count, 0.95) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 500), st.floats(0.5, 0.999))
def test_garwood_inverts_the_poisson_distribution(count: int, level: float) -> None:
    low, high = garwood(count, level)
    assert poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert poisson.cdf(count, high) == pytest.approx((1 - level) / 2, rel=1e-6)


@pytest.mark.parametrize("count", [-1, np.nan])
def test_garwood_refuses(count: float) -> None:
    with pytest.raises(MethodError):
        garwood(np.array([1, count]), 0.95)


def test_empirical_bayes_toy_and_sids() -> None:
    """Methods C4."""
    toy = empirical_bayes(np.array([0, 1, 2, 10]), np.array([10, 20, 40, 60]))
    np.testing.assert_allclose(toy, [0.09176471, 0.0923913, 0.08679245, 0.12333333], atol=1e-8)
    sids = EXPECTED["sids_counts"]
    smooth = empirical_bayes(np.array(sids["cases"]), np.array(sids["births"]))
    np.testing.assert_allclose(smooth[:5], [0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], atol=5e-8)


def test_population_zero_gives_unknown_not_zero() -> None:
    rate = empirical_bayes(np.array([3, 0, 4, 2]), np.array([0, 10, 10, np.nan]))
    assert np.isnan(rate[[0, 3]]).all()
    assert np.isfinite(rate[[1, 2]]).all()
    with pytest.raises(MethodError):
        empirical_bayes(np.array([1, 2]), np.array([0, 0]))


@given(arrays(np.int64, 8, elements=st.integers(0, 40)), arrays(np.int64, 8, elements=st.integers(1, 300)))
def test_smoothing_lies_between_raw_and_mean(observed: np.ndarray, population: np.ndarray) -> None:
    raw, mean = observed / population, observed.sum() / population.sum()
    smooth = empirical_bayes(observed, population)
    assert (smooth >= np.minimum(raw, mean) - 1e-12).all()
    assert (smooth <= np.maximum(raw, mean) + 1e-12).all()


def test_benjamini_hochberg_1995() -> None:
    rejected = benjamini_hochberg(np.array(BH_1995), 0.05)
    assert rejected.dtype == bool
    assert rejected.sum() == 4
    assert rejected[:4].all()


def test_untested_units_do_not_count() -> None:
    with_gaps = np.array([np.nan, *BH_1995, np.nan])
    np.testing.assert_allclose(fdr_q(with_gaps)[1:-1], fdr_q(np.array(BH_1995)))
    assert benjamini_hochberg(with_gaps, 0.05).sum() == 4
    assert not benjamini_hochberg(np.array([np.nan]), 0.05).any()


@given(arrays(np.float64, 12, elements=st.floats(0, 1)), st.sampled_from([0.01, 0.05, 0.2]))
def test_q_gives_the_same_as_the_step_up_rule(p: np.ndarray, alpha: float) -> None:
    ordered = np.sort(p)
    passing = np.flatnonzero(ordered <= alpha * np.arange(1, 13) / 12)
    count = passing.max() + 1 if passing.size else 0
    assert benjamini_hochberg(p, alpha).sum() == (p <= ordered[count - 1]).sum() if count else True
    if not count:
        assert not benjamini_hochberg(p, alpha * (1 - 1e-9)).any()
