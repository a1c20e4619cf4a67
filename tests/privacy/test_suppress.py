import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from arsenaal_gis.errors import MethodError
from arsenaal_gis.privacy import Knowledge, exposed, margin_membership, suppress, with_margins
from arsenaal_gis.privacy.suppress import Unprotected

tables = arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(2, 4)), elements=st.integers(0, 40))


def derivable(result, shape, cell):
    """Interval of a cell from what is published, by an independent programme."""
    matrix = margin_membership(shape).toarray()
    flags = result.flags.ravel()
    low = np.where(flags == "", result.values.ravel(), np.where(flags == "<", 1, 0))
    high = np.where(flags == "", result.values.ravel(), np.where(flags == "<", 4, 1e6))
    ends = []
    for sign in (1, -1):
        answer = linprog(
            sign * matrix[cell],
            A_ub=np.vstack([matrix, -matrix]),
            b_ub=np.concatenate([high, -low]),
            method="highs",
        )
        ends.append(matrix[cell] @ answer.x)
    return ends


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_cell_can_be_narrowed_and_nothing_shown_is_wrong(inner):
    table = with_margins(inner)
    result = suppress(table, 5, 10)
    shown = result.flags == ""
    assert (result.values[shown] == table[shown]).all()
    assert not ((table[shown] > 0) & (table[shown] < 5)).any()
    for cell in np.flatnonzero(~shown.ravel()):
        low, high = derivable(result, inner.shape, cell)
        if result.flags.ravel()[cell] == "<":
            assert low <= 1 + 1e-6 and high >= 4 - 1e-6
        else:
            assert high - low >= 10 - 1e-6


def test_a_single_small_cell_takes_a_partner_in_its_row_and_column():
    table = with_margins([[3, 40, 50], [60, 70, 80], [90, 100, 110]])
    result = suppress(table, 5, 10)
    hidden = result.flags != ""
    assert result.flags[0, 0] in ("<", "x")
    assert hidden[0].sum() >= 2 and hidden[:, 0].sum() >= 2
    assert (suppress(with_margins([[10, 40], [60, 70]]), 5, 10).flags == "").all()


def test_zero_is_shown_and_parts_of_a_small_total_are_not_called_small():
    # 1 + 1 = 2: three cells flagged 1-4 would tell that each part is at most 3.
    result = suppress(with_margins([1, 1]), 5, 10)
    assert set(result.flags) == {"x"}
    assert (suppress(with_margins([0, 0, 25]), 5, 10).flags == "").all()


def test_what_is_given_is_neither_hidden_nor_moved():
    table = with_margins([[3, 30], [25, 40]])
    given_ = np.zeros(table.shape, bool)
    given_[:, -1] = True
    result = suppress(table, 5, 10, given=given_)
    assert (result.flags[:, -1] == "").all() and (result.flags[:2, :2] != "").all()


def test_earlier_publications_count():
    first = suppress(with_margins([[3, 30, 40], [50, 60, 70]]), 5, 10)
    everything = np.ones(9)
    exact = Knowledge(margin_membership((2, 3))[:9], everything, everything, everything)
    table = with_margins([[3, 30, 40], [50, 60, 70]])
    told = Knowledge(margin_membership((2, 3)), table.ravel(), table.ravel(), np.zeros(12))
    with pytest.raises(Unprotected):
        suppress(table, 5, 10, prior=told)
    assert len(exposed(first.knowledge)) == 0
    with pytest.raises(MethodError):
        exposed(exact + told)


def test_exposed_names_the_cells_that_can_be_solved():
    table = with_margins([3, 30, 40])
    low = np.array([1.0, 30, 40, 73])
    high = np.array([4.0, 30, 40, 73])
    weak = exposed(Knowledge(margin_membership((3,)), low, high, np.array([3.0, 0, 0, 0])))
    assert list(weak) == [0] and table[0] == 3


def test_cells_hidden_whatever_their_size_do_not_tell_that_they_are_not_small():
    # 6 + 1 + 1 + 6 = 14: if the sixes were known to be at least 5, no cell could be off by more than 4.
    value, matrix = [6.0, 1.0, 1.0, 6.0], margin_membership((4,))
    hide, total = np.ones(4, bool), np.array([14.0])
    told = Knowledge(matrix[4:], total, total, np.zeros(1))
    with pytest.raises(Unprotected):
        suppress(value, 5, 5, hide=hide, membership=matrix[:4], prior=told)
    result = suppress(value, 5, 5, hide=hide, membership=matrix[:4], prior=told, alike=hide)
    assert set(result.flags) == {"x"}


def test_a_cell_that_no_other_can_protect_is_named_at_once():
    # Ten people live in the first unit: a nine can be hidden there, but everybody knows that it lies in 5 .. 10.
    table = with_margins([[9, 1], [30, 40], [25, 50]])
    public = np.zeros(table.shape, bool)
    public[:, -1] = True
    with pytest.raises(Unprotected) as caught:
        suppress(table, 5, 10, given=public)
    assert set(caught.value.cells) <= {0, 1}


def test_bad_input():
    for table in ([], [np.nan, 3], [-3, 30, 27], [3, 30, 40, 100], [[1, 2], [3, 4]]):
        with pytest.raises(MethodError):
            suppress(table)
