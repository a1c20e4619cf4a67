"""Published numbers and properties of the statistics of change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.indicators.statistics import (
    bootstrap_change,
    bootstrap_mean,
    conditional_binomial,
    kitagawa,
    matched_change,
    mcnemar_exact,
    newcombe,
    rate_ratio,
    wilson,
)


def test_wilson() -> None:
    """Methods F."""
    estimate = wilson(30, 120)
    assert (estimate.low, estimate.high) == (
        pytest.approx(0.181098, abs=1e-6),
        pytest.approx(0.334411, abs=1e-6),
    )


def test_newcombe() -> None:
    """Methods F: 30/120 -> 48/118: +15.68 points (3.75; 27.03)."""
    change = newcombe(30, 120, 48, 118)
    assert change.value == pytest.approx(0.15678, abs=1e-5)
    assert (change.low, change.high) == (pytest.approx(0.037458, abs=1e-6), pytest.approx(0.270295, abs=1e-6))
    assert change.excludes_zero


def test_mcnemar() -> None:
    """Methods F."""
    assert mcnemar_exact(17, 5) == pytest.approx(0.016901, abs=1e-6)
    assert mcnemar_exact(0, 0) == 1.0


@pytest.mark.parametrize(("before", "after", "p"), [(12, 5, 0.143463), (40, 22, 0.030016)])
def test_conditional_binomial(before: int, after: int, p: float) -> None:
    """Methods F."""
    assert conditional_binomial(before, after) == pytest.approx(p, abs=1e-6)


def test_exposure_matters() -> None:
    assert conditional_binomial(10, 20, 1, 2) == 1.0
    assert rate_ratio(10, 20, 1, 2).value == pytest.approx(1.0)


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.8, 0.9, 0.95]))
def test_wilson_holds_the_share_and_mirrors(k: int, extra: int, level: float) -> None:
    n = k + extra
    one, other = wilson(k, n, level), wilson(n - k, n, level)
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert (one.low, one.high) == (pytest.approx(1 - other.high), pytest.approx(1 - other.low))


@given(*[st.integers(0, 30)] * 4)
def test_matched_change_holds_and_mirrors(both: int, lost: int, won: int, neither: int) -> None:
    if both + lost + won + neither == 0:
        return
    one, other = matched_change(both, lost, won, neither), matched_change(both, won, lost, neither)
    assert -1 <= one.low <= one.value <= one.high <= 1
    assert (one.low, one.high) == (pytest.approx(-other.high), pytest.approx(-other.low))


def test_matched_change_covers_the_truth() -> None:
    rng = np.random.default_rng(5)
    cells = np.array([0.35, 0.10, 0.20, 0.35])  # true change 0.10
    drawn = rng.multinomial(80, cells, size=400)
    inside = [
        matched_change(*map(int, row)).low <= 0.10 <= matched_change(*map(int, row)).high for row in drawn
    ]
    assert 0.92 <= np.mean(inside) <= 0.985


def test_pairs_that_agree_make_the_interval_narrower() -> None:
    matched = matched_change(50, 5, 15, 50)
    separate = newcombe(55, 120, 65, 120)
    assert matched.value == pytest.approx(separate.value)
    assert matched.high - matched.low < separate.high - separate.low


@given(st.integers(0, 60), st.integers(0, 60))
def test_rate_ratio_agrees_with_its_test(before: int, after: int) -> None:
    if before + after == 0:
        assert np.isnan(rate_ratio(0, 0).value)
        return
    ratio = rate_ratio(before, after)
    assert ratio.low <= ratio.value <= ratio.high
    p = conditional_binomial(before, after)
    if abs(p - 0.05) > 0.01:
        assert (ratio.low > 1 or ratio.high < 1) == (p < 0.05)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
        min_size=1,
        max_size=6,
    )
)
def test_kitagawa_adds_up(rows: list) -> None:
    k0, extra0, k1, extra1 = np.array(rows).T
    n0, n1 = k0 + extra0, k1 + extra1
    if n0.sum() == 0 or n1.sum() == 0:
        with pytest.raises(MethodError):
            kitagawa(k0, n0, k1, n1)
        return
    rate, mix = kitagawa(k0, n0, k1, n1)
    assert rate + mix == pytest.approx(k1.sum() / n1.sum() - k0.sum() / n0.sum())


def test_kitagawa_tells_rate_from_mix() -> None:
    assert kitagawa([1, 8], [10, 10], [3, 24], [30, 30]) == (pytest.approx(0), pytest.approx(0))
    rate, mix = kitagawa([1, 8], [10, 10], [1, 24], [10, 30])  # same rates, more of the second kind
    assert (rate, mix) == (pytest.approx(0), pytest.approx(0.175))


def test_bootstrap() -> None:
    rng = np.random.default_rng(0)
    before, after = rng.normal(3, 1, 200), rng.normal(3.5, 1, 200)
    change = bootstrap_change(before, after, seed=1)
    assert change.low < change.value < change.high
    assert change.excludes_zero
    half = (change.high - change.low) / 2
    assert half == pytest.approx(1.96 * np.sqrt(before.var() / 200 + after.var() / 200), rel=0.1)
    paired = bootstrap_mean(after - before, seed=1)
    assert paired.value == pytest.approx(change.value)
    assert bootstrap_mean(np.array([4.0])) == bootstrap_mean(np.array([4.0, 4.0]))


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(3, 2),
        lambda: wilson(0, 0),
        lambda: newcombe(1, 2, 0, 0),
        lambda: conditional_binomial(1, 2, 0, 1),
        lambda: rate_ratio(1, 2, 1, 0),
        lambda: matched_change(0, 0, 0, 0),
        lambda: bootstrap_mean(np.zeros(0)),
        lambda: bootstrap_change(np.zeros(0), np.ones(2)),
    ],
)
def test_impossible_input_is_refused(call) -> None:
    with pytest.raises(MethodError):
        call()
