import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from arsenaal_gis.errors import MethodError
from arsenaal_gis.privacy import round_to_base, with_margins

tables = arrays(np.int64, st.tuples(st.integers(1, 7), st.integers(1, 5)), elements=st.integers(0, 60))


@settings(max_examples=80, deadline=None)
@given(tables, st.sampled_from([3, 5, 10]))
def test_every_cell_and_margin_moves_less_than_the_base_and_sums_add_up(inner, base):
    table = with_margins(inner)
    rounded = round_to_base(table, base)
    assert (np.abs(rounded - table) < base).all()
    assert (rounded % base == 0).all()
    assert (rounded[:-1].sum(axis=0) == rounded[-1]).all()
    assert (rounded[:, :-1].sum(axis=1) == rounded[:, -1]).all()
    assert (rounded[table % base == 0] == table[table % base == 0]).all()


def test_a_list_goes_to_the_nearest_where_it_adds_up():
    assert list(round_to_base([1, 1, 9, 4, 15])) == [0, 0, 10, 5, 15]


def test_hidden_cells_leave_no_rounded_trace():
    table = with_margins([[3, 20], [14, 11]])
    hidden = np.zeros(table.shape, bool)
    hidden[0, 0] = True
    rounded = round_to_base(table, hidden=hidden)
    assert np.isnan(rounded[0, 0]) and np.isfinite(rounded).sum() == 8
    assert rounded[1, 0] + rounded[1, 1] == rounded[1, 2]


def test_a_table_that_contradicts_itself_has_no_rounding():
    with pytest.raises(MethodError):
        round_to_base([1, 1, 50])


def test_bad_input():
    assert round_to_base([]).size == 0
    for table, base in (([np.nan, 5], 5), ([5, 5], 0), ([5, np.inf], 5)):
        with pytest.raises(MethodError):
            round_to_base(table, base)
