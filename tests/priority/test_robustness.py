import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.priority import rank_acceptability, robustness_class, weight_sensitivity


def test_smaa_exact_case():
    # Two criteria, weight of the first uniform on 0-1: the first rank falls to 3/7, 1/7 and 3/7.
    # 20 000 draws: the standard error is 0.0035.
    share = rank_acceptability([(0.9, 0.2), (0.6, 0.6), (0.2, 0.9)], n=20_000, seed=1)
    assert share[:, 0] == pytest.approx([3 / 7, 1 / 7, 3 / 7], abs=0.014)


def test_every_draw_hands_out_every_rank_once():
    share = rank_acceptability(np.random.default_rng(2).random((7, 3)), n=300)
    assert share.sum(axis=0) == pytest.approx(np.ones(7))
    assert share.sum(axis=1) == pytest.approx(np.ones(7))


def test_dominating_alternative_is_always_first_and_dominated_last():
    share = rank_acceptability([[0.5, 0.5], [0.9, 0.8], [0.1, 0.2]], n=200)
    assert share[1, 0] == 1
    assert share[2, 2] == 1


def test_equal_alternatives_share_the_ranks():
    share = rank_acceptability([[0.5, 0.5]] * 4, n=4000)
    assert share == pytest.approx(np.full((4, 4), 0.25), abs=0.04)


def test_first_ranks_only_are_the_same_first_ranks():
    table = np.random.default_rng(3).random((9, 4))
    assert (rank_acceptability(table, 100, ranks=3) == rank_acceptability(table, 100)[:, :3]).all()


def test_same_seed_same_result_and_noise_blurs():
    table = [[0.50, 0.50], [0.52, 0.52]]
    calm = rank_acceptability(table, 500, seed=4)
    assert (calm == rank_acceptability(table, 500, seed=4)).all()
    assert calm[1, 0] == 1
    assert 0.5 < rank_acceptability(table, 500, seed=4, noise=0.1)[1, 0] < 0.9


def test_unknown_everything_ranks_last():
    assert rank_acceptability([[np.nan, np.nan], [0.0, 0.1]], 50)[0, 1] == 1


def test_classes():
    assert robustness_class([0.8, 0.79, 0.2, 0.1]).tolist() == [
        "robuust",
        "hangt af van de gewichten",
        "hangt af van de gewichten",
        "niet bij de beste",
    ]


def test_sensitivity_names_the_weight_the_order_hangs_on():
    table = [[0.9, 0.2, 0.5], [0.5, 0.55, 0.5], [0.2, 0.9, 0.5]]
    moved = weight_sensitivity(table, [1, 1, 1])
    assert moved[2] == pytest.approx(1)
    assert moved[0] < 1
    assert moved[1] < 1


def test_refuses():
    with pytest.raises(MethodError):
        rank_acceptability([[0.1]], n=0)
    with pytest.raises(MethodError):
        rank_acceptability([0.1, 0.2])
