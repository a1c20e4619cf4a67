import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from arsenaal_gis.errors import MethodError
from arsenaal_gis.priority import contributions, known_share, rank, score

ROWS = st.integers(1, 8)


def tables(rows=ROWS, columns=4):
    cell = st.one_of(st.floats(0, 1), st.just(np.nan))
    return rows.flatmap(lambda n: arrays(float, (n, columns), elements=cell))


def test_score_is_the_weighted_mean_whatever_the_weights_sum_to():
    assert score([[0.2, 0.8]], [1, 3]) == pytest.approx([0.65])
    assert score([[0.2, 0.8]], [10, 30]) == pytest.approx([0.65])


def test_unknown_is_left_out_not_counted_as_zero():
    assert score([[np.nan, 0.8], [0.0, 0.8]], [1, 1]) == pytest.approx([0.8, 0.4])
    assert known_share([[np.nan, 0.8], [0.0, 0.8]], [1, 3]) == pytest.approx([0.75, 1.0])


def test_nothing_known_is_unknown():
    assert np.isnan(score([[np.nan, 0.5]], [1, 0]))[0]


def test_many_weightings_at_once_equal_one_by_one():
    table = [[0.1, 0.9], [0.4, np.nan]]
    weights = np.array([[1, 2], [3, 1]])
    assert score(table, weights) == pytest.approx(np.array([score(table, row) for row in weights]))


@given(tables())
def test_contributions_sum_to_the_score(table):
    weights = [1, 2, 0, 5]
    total = np.nansum(contributions(table, weights), axis=1)
    expected = score(table, weights)
    assert total[~np.isnan(expected)] == pytest.approx(expected[~np.isnan(expected)])


@given(tables())
def test_a_row_scores_the_same_whatever_stands_beside_it(table):
    weights = [1, 2, 3, 5]
    alone = np.concatenate([score(row[None], weights) for row in table])
    np.testing.assert_allclose(alone, score(table, weights))


def test_rank_shares_the_best_place_and_puts_unknown_last():
    assert rank([0.5, np.nan, 0.9, 0.5]).tolist() == [2, 4, 1, 2]


@pytest.mark.parametrize(
    ("table", "weights"),
    [
        ([[0.1, 0.2]], [1]),
        ([[0.1, 0.2]], [-1, 2]),
        ([[0.1, 0.2]], [0, 0]),
        ([[0.1, 1.2]], [1, 1]),
        ([0.1], [1]),
    ],
)
def test_refuses_what_has_no_meaning(table, weights):
    with pytest.raises(MethodError):
        score(table, weights)
