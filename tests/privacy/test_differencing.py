import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import ReleaseRefused
from arsenaal_gis.privacy import atoms, cell_key_noise, donut, pseudonym, record_keys, small_group
from arsenaal_gis.privacy.differencing import solvable_runs


def test_two_overlapping_areas_fail_if_the_difference_is_small():
    places = np.arange(40)
    wijk, within = places >= 0, places < 36
    found = small_group(atoms([wijk, within]), 10)
    assert list(atoms([wijk, within]).population[found]) == [4]
    assert small_group(atoms([wijk, places < 30]), 10) is None
    assert small_group(atoms([wijk, wijk]), 10) is None


def test_a_group_is_found_along_a_chain_of_areas():
    # a+b, b+c, c+d and a+d+e are released: a-c, a+d, hence e; no pair of areas is nested.
    name = np.repeat(list("abcde"), [20, 20, 20, 20, 3])
    areas = [np.isin(name, list(s)) for s in ("ab", "bc", "cd", "ade")]
    assert list(atoms(areas).population[small_group(atoms(areas), 10)]) == [3]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_programme_finds_what_enumeration_finds(seed):
    rng = np.random.default_rng(seed)
    cuts = rng.choice([0, 9, 13, 20, 24, 31, 40], (int(rng.integers(2, 6)), 2))
    group = atoms([(np.arange(40) >= min(c)) & (np.arange(40) < max(c)) for c in cuts])
    rank = np.linalg.matrix_rank(group.membership)
    basis = np.linalg.svd(group.membership.T.astype(float), full_matrices=False)[0][:, :rank]
    small = np.flatnonzero(group.membership.any(axis=0) & (group.population < 6))
    singled = False
    for bits in range(1, 2 ** len(small)):
        chosen = small[[bool(bits >> i & 1) for i in range(len(small))]]
        if group.population[chosen].sum() < 6:
            vector = np.zeros(len(group.population))
            vector[chosen] = 1
            singled |= np.abs(vector - basis @ (basis.T @ vector)).max() < 1e-8
    assert (small_group(group, 6) is not None) == singled


def test_uninhabited_places_are_no_group():
    group = atoms([[True, True, True], [True, True, False]], [20, 20, 0])
    assert small_group(group, 10) is None


def test_pseudonyms_need_the_key():
    key = bytes(range(32))
    assert pseudonym("a1", key) == pseudonym("a1", key) != pseudonym("a1", key[::-1])
    # RFC 4231, test case 2, has too short a key for us; the refusal is the point.
    with pytest.raises(ReleaseRefused):
        pseudonym("what do ya want for nothing?", b"Jefe")


def test_cell_key_noise_is_the_same_for_the_same_records():
    keys = record_keys(range(500), bytes(32))
    cell = np.arange(500) % 40
    noise = cell_key_noise(keys, cell, 41)
    assert np.array_equal(noise, cell_key_noise(keys[::-1], cell[::-1], 41))
    assert set(noise) <= {-2, -1, 0, 1, 2} and noise[40] == 0
    many = cell_key_noise(record_keys(range(20_000), bytes(32)), np.arange(20_000) // 4, 5000)
    # Five equally likely values: each within four standard errors of 1000.
    assert np.abs(np.bincount(many + 2) - 1000).max() < 4 * np.sqrt(5000 * 0.2 * 0.8)


def test_donut_is_uniform_by_area_and_holds_k_homes():
    rng = np.random.default_rng(3)
    homes = rng.uniform(-300, 300, (400, 2))
    moved = donut(np.zeros((10_000, 2)), homes, 10, 40.0, rng)
    r = np.hypot(*moved.T)
    distance = np.sort(np.hypot(*homes.T))
    r_max = distance[(distance < 40).sum() + 9]
    assert r.min() >= 40 and r.max() <= r_max + 1e-9
    # Methods E: mean r squared is (r_min^2 + r_max^2) / 2 to within 2 %.
    assert np.mean(r**2) == pytest.approx((40**2 + r_max**2) / 2, rel=0.02)
    with pytest.raises(ReleaseRefused):
        donut([[0.0, 0.0]], homes[:12], 13, 1.0, rng)


def test_a_quarter_is_solved_along_a_chain_of_periods():
    # Spans a b c d; known: abcd = 30, ab = 12, c = 15 -> d = 3.
    windows = [[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 0]]
    assert solvable_runs(windows, [30, 12, 15], 5) == [[0, 1, 2]]
    assert solvable_runs(windows, [35, 12, 15], 5) == []
    assert solvable_runs(windows[:2], [30, 12], 5) == [] == solvable_runs(windows[:1], [30], 5)
    # Windows that slide tell a difference of two quarters, not a quarter.
    assert solvable_runs([[1, 1, 1, 0], [0, 1, 1, 1]], [30, 31], 5) == []
