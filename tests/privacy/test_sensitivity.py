import numpy as np
import pytest

from arsenaal_gis.errors import MethodError
from arsenaal_gis.privacy import all_equal, dominance, p_percent


@pytest.mark.parametrize(
    ("values", "sensitive"), [([80, 10, 5], True), ([70, 20, 10], False), ([75, 25], False)]
)
def test_dominance_1_75(values, sensitive):
    # Methods E: [80, 10, 5] is (1, 75)-sensitive, [70, 20, 10] is not; the limit itself is allowed.
    assert dominance(values, 1, 75) is sensitive


@pytest.mark.parametrize(
    ("values", "sensitive"), [([90, 7, 3], True), ([60, 30, 10], False), ([100], True), ([], False)]
)
def test_p_percent_10(values, sensitive):
    # Methods E: the second contributor of [90, 7, 3] knows 90 to within 3.
    assert p_percent(values, 10) is sensitive


def test_negative_contributions_are_refused():
    with pytest.raises(MethodError):
        dominance([5, -1])
    with pytest.raises(MethodError):
        p_percent([5, np.nan])


def test_all_equal_finds_units_where_everybody_is_in_one_class():
    assert list(all_equal([[12, 0, 0], [11, 1, 0], [0, 0, 0]])) == [True, False, False]
