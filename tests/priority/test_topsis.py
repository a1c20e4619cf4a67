import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.priority import topsis


def test_opricovic_and_tzeng_2004():
    # European Journal of Operational Research 156: 445-455, mountain climbing example, min-max normalisation.
    assert topsis([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], [-1, 1]) == pytest.approx(
        [0.5, 0.617, 0.5], abs=5e-4
    )


def test_best_on_all_is_one_and_worst_on_all_is_zero():
    assert topsis([[9, 1], [5, 3], [1, 7]], [1, 2], [1, -1])[[0, 2]] == pytest.approx([1, 0])


def test_weights_need_not_sum_to_one():
    matrix = np.random.default_rng(1).random((6, 3))
    assert topsis(matrix, [1, 2, 3], [1, 1, -1]) == pytest.approx(topsis(matrix, [10, 20, 30], [1, 1, -1]))


def test_a_criterion_without_spread_counts_for_nothing():
    with_constant = topsis([[1, 5, 3], [2, 5, 1]], [1, 1, 1], [1, 1, 1])
    assert with_constant == pytest.approx(topsis([[1, 3], [2, 1]], [1, 1], [1, 1]))
    assert topsis([[4.0], [4.0]], [1], [1]) == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("matrix", "weights", "types"),
    [([[1, 2]], [1], [1]), ([[1, np.nan]], [1, 1], [1, 1]), ([[1, 2]], [1, 1], [1, 0])],
)
def test_refuses(matrix, weights, types):
    with pytest.raises(MethodError):
        topsis(matrix, weights, types)


def test_nothing_to_compare():
    assert topsis(np.zeros((0, 2)), [0.5, 0.5], [-1, 1]).shape == (0,)
