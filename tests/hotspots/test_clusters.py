"""DBSCAN against a direct reading of its definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import dbscan, near_on_network, near_on_plane


def by_definition(points: np.ndarray, eps: float, minimum: int) -> tuple[set, set]:
    """Sets of core events that belong together, and the noise."""
    distance = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    near = distance <= eps
    core = near.sum(axis=1) >= minimum
    groups, seen = set(), set()
    for i in np.flatnonzero(core):
        if i in seen:
            continue
        group, queue = {i}, [i]
        while queue:
            for j in np.flatnonzero(near[queue.pop()] & core):
                if j not in group:
                    group.add(j)
                    queue.append(j)
        seen |= group
        groups.add(frozenset(int(g) for g in group))
    noise = {i for i in range(len(points)) if not core[i] and not (near[i] & core).any()}
    return groups, noise


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=40), st.integers(1, 6)
)
def test_equals_the_definition(points: list, minimum: int) -> None:
    xy = np.array(points, dtype=float)
    label = dbscan(near_on_plane(xy, 1.5), minimum)
    groups, noise = by_definition(xy, 1.5, minimum)
    assert {i for i, value in enumerate(label) if value == -1} == noise
    cores = set().union(*groups) if groups else set()
    found = {frozenset(i for i in cores if label[i] == value) for value in set(label[list(cores)])}
    assert found == groups


def test_across_the_yard_is_near_on_the_plane_only() -> None:
    """Two parallel streets 20 m apart, joined 100 m further on."""
    start, end, length = np.array([0, 1, 1]), np.array([1, 2, 3]), np.array([20.0, 100.0, 100.0])
    near = near_on_network(
        start, end, length, np.array([1, 1, 2, 2]), np.array([95.0, 60.0, 95.0, 5.0]), 50.0
    )
    assert (near.toarray() > 0).astype(int).tolist() == [
        [1, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
    ]
    round_the_corner = near_on_network(start, end, length, np.array([0, 1]), np.array([10.0, 30.0]), 50.0)
    assert round_the_corner.toarray().all()


def test_events_in_one_place_are_near() -> None:
    near = near_on_network(np.array([0]), np.array([1]), np.array([10.0]), np.zeros(3, int), np.zeros(3), 5.0)
    assert dbscan(near, 3).tolist() == [0, 0, 0]
    assert dbscan(near, 4).tolist() == [-1, -1, -1]


def test_position_beyond_the_street_is_refused() -> None:
    with pytest.raises(MethodError):
        near_on_network(np.array([0]), np.array([1]), np.array([10.0]), np.array([0]), np.array([11.0]), 5.0)
