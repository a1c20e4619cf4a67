import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.privacy import quadtree
from arsenaal_gis.privacy.quadtree import cell_bounds

points = st.lists(
    st.tuples(st.floats(158_000, 159_999), st.floats(189_000, 190_999)), min_size=1, max_size=300
)


@settings(max_examples=60, deadline=None)
@given(points, st.integers(1, 20))
def test_leaves_hold_k_cover_their_roots_and_do_not_overlap(xy, k):
    x, y = np.array(xy).T
    tree = quadtree(x, y, k)
    side = tree.bounds[:, 2] - tree.bounds[:, 0]
    assert ((tree.weight >= k) | (tree.weight == 0) | (side == 1000)).all()
    roots = {(np.floor(a / 1000), np.floor(b / 1000)) for a, b in xy}
    assert (side**2).sum() == 1e6 * len(roots)
    left, low, right, top = tree.bounds.T
    overlap = (np.minimum.outer(right, right) > np.maximum.outer(left, left)) & (
        np.minimum.outer(top, top) > np.maximum.outer(low, low)
    )
    assert overlap.sum() == len(tree.ids)
    inside = tree.bounds[tree.leaf]
    assert ((inside[:, 0] <= x) & (x < inside[:, 2]) & (inside[:, 1] <= y) & (y < inside[:, 3])).all()
    assert np.array_equal(np.bincount(tree.leaf, minlength=len(tree.ids)), tree.weight)


def test_four_quarters_of_k_are_split_and_three_and_a_bit_are_not():
    x = np.repeat([158_100.0, 158_700.0, 158_100.0, 158_700.0], 10)
    y = np.repeat([189_100.0, 189_100.0, 189_700.0, 189_700.0], 10)
    assert set(quadtree(x, y, 10, smallest=500).ids) == {
        "500mN189000E158000",
        "500mN189000E158500",
        "500mN189500E158000",
        "500mN189500E158500",
    }
    assert quadtree(x[1:], y[1:], 10).ids == ("1000mN189000E158000",)


def test_an_empty_quarter_does_not_keep_the_others_together():
    x, y = np.repeat([158_100.0, 158_700.0], 10), np.full(20, 189_100.0)
    tree = quadtree(x, y, 10, smallest=500)
    assert sorted(tree.weight) == [0, 0, 10, 10]


@settings(max_examples=30, deadline=None)
@given(points)
def test_a_dwelling_elsewhere_changes_no_name(xy):
    x, y = np.array(xy).T
    before = quadtree(x, y, 5)
    after = quadtree(np.append(x, 170_500.0), np.append(y, 189_500.0), 5)
    assert set(after.ids) == set(before.ids) | {"1000mN189000E170000"}


def test_names_tell_the_bounds():
    assert cell_bounds("250mN189500E158250") == (158_250, 189_500, 158_500, 189_750)
    with pytest.raises(MethodError):
        cell_bounds("100_L")


def test_bad_input():
    with pytest.raises(MethodError):
        quadtree([np.nan], [1.0], 5)
    with pytest.raises(MethodError):
        quadtree([1.0], [1.0], 5, [-1.0])
    with pytest.raises(MethodError):
        quadtree([1.0], [1.0], 5, root=1000, smallest=300)
    assert quadtree([], [], 5).ids == ()
