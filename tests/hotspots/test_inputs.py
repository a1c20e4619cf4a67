"""The public functions with whatever an analyst has at hand: lists, names, libpysal's objects, nonsense."""

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import sparse

from arsenaal_gis.errors import MethodError
from arsenaal_gis.hotspots import benjamini_hochberg, garwood, getis_ord_star, moran

ROW = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
FORMS = {
    "indices": [[1], [0, 2], [1, 3], [2]],
    "arrays": [np.array([1]), np.array([0, 2]), np.array([1, 3]), np.array([2])],
    "by number": {0: [1], 1: [0, 2], 2: [1, 3], 3: [2]},
    "by name": {"a": ["b"], "b": ("a", "c"), "c": {"b": 0.5, "d": 0.5}, "d": ["c"]},
    "nested lists": ROW.tolist(),
    "sparse": sparse.coo_matrix(ROW.astype(bool)),
    "libpysal": SimpleNamespace(sparse=sparse.csr_matrix(ROW / ROW.sum(axis=1, keepdims=True)), n=4),
    "with itself": [[0, 1], [0, 1, 2], [1, 2, 3], [2, 3]],
}


@pytest.mark.parametrize("form", FORMS)
def test_neighbours_in_every_form_mean_the_same(form):
    expected = getis_ord_star(np.array([1.0, 2, 4, 9]), ROW, permutations=9)
    found = getis_ord_star([1, 2, 4, 9], FORMS[form], permutations=9)
    np.testing.assert_allclose(found.z, expected.z)
    assert moran([1, 2, 4, 9], FORMS[form], permutations=9).i == pytest.approx(
        moran([1, 2, 4, 9], ROW, permutations=9).i
    )


def test_a_complete_graph_with_itself_is_no_matrix():
    # Indices: both are neighbours. As a matrix the second unit would have none.
    whole = moran([1, 3], [[0, 1], [0, 1]], permutations=9)
    assert whole.i == pytest.approx(moran([1, 3], [[1], [0]], permutations=9).i)


def test_a_neighbour_nobody_knows_is_named():
    with pytest.raises(MethodError, match="'z'"):
        getis_ord_star([1, 2], {"a": ["z"], "b": []})
    with pytest.raises(MethodError, match="outside"):
        getis_ord_star([1, 2], [[2], [0]])


def test_garwood_of_a_number_gives_numbers_and_refuses_percent():
    assert all(type(end) is float for end in garwood(7)) and garwood([7])[0].shape == (1,)
    for level in (0, 1, 95):
        with pytest.raises(MethodError):
            garwood(3, level)


def test_p_values_that_are_none_are_refused():
    assert benjamini_hochberg(0.01, 0.05).tolist() == [True] and benjamini_hochberg([], 0.05).dtype == bool
    for p, alpha in (([1.2], 0.05), ([-0.1], 0.05), ([0.1], 5)):
        with pytest.raises(MethodError):
            benjamini_hochberg(p, alpha)
