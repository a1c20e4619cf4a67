"""Predictive accuracy: published ratios, hand-made cases, and who wins."""

import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import backtest, predictive_accuracy_index
from arsenaal_gis.hotspots.backtest import chosen_share


@pytest.mark.parametrize(
    ("n", "total", "a", "area", "pai"), [(25, 100, 50, 100, 0.5), (20, 100, 10, 100, 2.0)]
)
def test_published_ratios(n: float, total: float, a: float, area: float, pai: float) -> None:
    assert predictive_accuracy_index(n, total, a, area) == pytest.approx(pai)


def test_index_needs_events_and_area() -> None:
    for arguments in ((0, 0, 1, 2), (1, 2, 0, 2), (1, 2, 1, 0)):
        with pytest.raises(MethodError):
            predictive_accuracy_index(*arguments)


def test_choice_fills_the_budget_and_splits_ties() -> None:
    part = chosen_share(np.array([5.0, 1, 1, 0]), np.array([10.0, 20, 20, 50]), 0.2)
    assert part.tolist() == pytest.approx([1.0, 0.25, 0.25, 0.0])


def test_a_map_that_knows_better_wins() -> None:
    earlier, later = np.full(50, 2.0), np.zeros(50)
    later[:5] = 40
    result = backtest(later + 0.1, earlier, later, np.full(50, 100.0))
    assert result.better
    assert (result.map.hits, result.map.total, result.map.pai, result.map.pei) == (
        200,
        200,
        pytest.approx(10),
        1.0,
    )
    assert result.count.hits == pytest.approx(20)
    assert result.gain_low > 0


def test_the_same_ranking_does_not_win() -> None:
    earlier = np.arange(40.0)
    result = backtest(earlier, earlier, earlier[::-1].copy(), np.full(40, 50.0))
    assert not result.better
    assert result.gain_low == result.gain_high == 0


def test_interval_holds_the_index() -> None:
    rng = np.random.default_rng(2)
    earlier, later = rng.poisson(2, 100), rng.poisson(2, 100)
    result = backtest(earlier + rng.random(100), earlier, later, np.full(100, 80.0))
    assert result.map.pai_low <= result.map.pai <= result.map.pai_high
    assert result.map.pei <= 1


def test_nothing_to_predict_is_refused() -> None:
    with pytest.raises(MethodError):
        backtest(np.ones(3), np.ones(3), np.zeros(3), np.ones(3))
    with pytest.raises(MethodError):
        backtest(np.ones(3), np.ones(3), np.ones(3), np.array([1.0, 0, 1]))
