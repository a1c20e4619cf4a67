"""Adjacency, random deals and the method ladder."""

import numpy as np
import pytest
from scipy import sparse

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import as_adjacency, permutations_needed, rung, sharing_a_node, within_distance
from arsenaal_gis.hotspots.permutation import deal


def test_all_forms_say_the_same() -> None:
    lists = [[1, 1, 0], [0, 2], [1]]
    dense = np.array([[1, 2, 0], [1, 0, 1], [0, 1, 0]])
    expected = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    for form in (lists, dense, sparse.csr_matrix(dense)):
        assert as_adjacency(form, 3).toarray().tolist() == expected


@pytest.mark.parametrize("wrong", [[[1], [0]], np.zeros((2, 2)), [[3], [], []], [[-1], [], []]])
def test_what_does_not_fit_is_refused(wrong: object) -> None:
    with pytest.raises(MethodError):
        as_adjacency(wrong, 3)


def test_segments_meet_in_junctions() -> None:
    """A T of three segments and a street apart."""
    near = sharing_a_node(np.array([7, 8, 8, 1]), np.array([8, 9, 10, 2]))
    assert near.toarray().tolist() == [[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]


def test_distance_includes_the_band() -> None:
    near = within_distance(np.array([(0.0, 0), (10, 0), (21, 0)]), 10)
    assert near.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(("n", "size"), [(5, 3), (40, 3), (4, 4)])
def test_deals_are_distinct_and_fair(n: int, size: int) -> None:
    dealt = deal(np.random.default_rng(0), n, size, 40_000)
    assert (np.diff(np.sort(dealt, axis=1), axis=1) > 0).all()
    for column in dealt.T:
        assert np.bincount(column, minlength=n) / 40_000 == pytest.approx(np.full(n, 1 / n), abs=0.012)


def test_correction_decides_the_permutations() -> None:
    assert permutations_needed(10, 0.05) == 4000
    assert permutations_needed(3400, 0.05) == 1_360_000
    assert permutations_needed(1, 0.5) == 999


@pytest.mark.parametrize(
    ("n", "name"), [(0, "lijst"), (7, "lijst"), (29, "lijst"), (30, "tempo"), (99, "tempo"), (100, "kaart")]
)
def test_ladder(n: int, name: str) -> None:
    step = rung(n)
    assert step.name == name
    assert step.sentence.startswith(f"Slechts {n}" if n < 30 else str(n))
    assert (step.hotspots, step.density) == (n >= 30, n >= 100)
