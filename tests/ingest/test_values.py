"""Cell values as the registers and the city write them."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.ingest import values


def series(*cells):
    return pd.Series(list(cells), index=range(2, 2 + len(cells)), dtype=object)


def test_text_strips_crlf_blanks_and_words_for_none():
    cells = series(
        "aanmaak uniek percelenplan\r\n", " a  b ", "nvt", "n.v.t.", "", None, 12025, 12025.0, np.nan, "-9"
    )
    expected = ["aanmaak uniek percelenplan", "a b", None, None, None, None, "12025", "12025", None, "-9"]
    assert values.text(cells).tolist() == expected
    assert values.text(cells, codes=True).tolist()[-1] is None


def test_number_reads_decimal_comma_and_flags_the_odd_point():
    clean = values.number(series("158506,63", "158388.50", "1.234", "1.234,5", "abc", "", "1 000,5"))
    np.testing.assert_array_equal(clean.values, [158506.63, 158388.5, np.nan, 1234.5, np.nan, np.nan, 1000.5])
    assert clean.repaired.tolist() == [False, True, False, False, False, False, False]
    assert clean.bad.tolist() == [False, False, True, False, True, False, False]


def test_point_is_decimal_where_no_comma_occurs():
    clean = values.number(series("1.234", "2.5"))
    assert clean.values.tolist() == [1.234, 2.5] and not clean.repaired.any()


def test_whole_numbers_know_the_registers_none_and_refuse_fractions():
    clean = values.number(series("-8", "-9", "7", "3,5"), integer=True)
    np.testing.assert_array_equal(clean.values, [np.nan, np.nan, 7, np.nan])
    assert clean.bad.tolist() == [False, False, False, True]
    typed = values.number(pd.Series([-9, 4, 2.5]), integer=True)
    np.testing.assert_array_equal(typed.values, [np.nan, 4, np.nan])
    assert typed.bad.tolist() == [False, False, True]


@given(st.floats(-1e6, 1e6), st.booleans())
def test_a_number_written_with_comma_or_point_comes_back(value, comma):
    written = f"{value:.5f}"
    clean = values.number(series(written.replace(".", ",") if comma else written))
    assert clean.values.iloc[0] == float(written)


def test_dates_in_all_delivered_forms():
    cells = series(
        "01/05/2019", "2022-10-01", "31/02/2023", "1-6-2021", "20140220T143532", "05/2020", "01/02/21", "",
        pd.Timestamp("2020-01-02"), dt.date(2020, 1, 3), "20250101",
    )  # fmt: skip
    clean = values.date(cells)
    day = dt.date
    assert clean.values.tolist() == [
        day(2019, 5, 1),
        day(2022, 10, 1),
        None,
        day(2021, 6, 1),
        day(2014, 2, 20),
        day(2020, 5, 1),
        None,
        None,
        day(2020, 1, 2),
        day(2020, 1, 3),
        day(2025, 1, 1),
    ]
    assert clean.bad.tolist() == [False, False, True, False, False, False, True, False, False, False, False]


def test_a_date_in_another_order_than_its_column_is_told():
    clean = values.date(series("01/05/2019", "02/05/2019", "2022-10-01"))
    assert clean.repaired.tolist() == [False, False, True]


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%m-%Y"]),
)
def test_any_written_date_comes_back(day, form):
    clean = values.date(series(day.strftime(form)))
    assert clean.values.iloc[0] == day and not clean.bad.iloc[0]


def test_moment_keeps_the_clock():
    clean = values.moment(series("03/04/2022 17:30", "2022-04-03T08:05:09", "03/04/2022", "31/02/2022 10:00"))
    assert clean.values.tolist()[:3] == [
        pd.Timestamp("2022-04-03 17:30"), pd.Timestamp("2022-04-03 08:05:09"), pd.Timestamp("2022-04-03"),
    ]  # fmt: skip
    assert clean.bad.tolist() == [False, False, False, True]


def test_boolean():
    clean = values.boolean(series("ja", "Nee", 1, "0", "misschien", ""))
    assert clean.values.tolist() == [True, False, True, False, None, None]
    assert clean.bad.tolist() == [False, False, False, False, True, False]


def test_hidden_counts_are_intervals_not_numbers():
    low, high, exact = values.interval(series("3", "<5", "2-4", "", "-1", "veel"))
    np.testing.assert_array_equal(low, [3, 1, 2, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(high, [3, 4, 4, np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(exact.values, [3, np.nan, np.nan, np.nan, np.nan, np.nan])
    assert exact.repaired.tolist() == [False, True, True, False, False, False]
    assert exact.bad.tolist() == [False, False, False, False, True, True]


def test_codes_are_translated_never_guessed():
    known = {"sluikstort": "sluikstort", "1": "hoofdgebouw"}
    clean = values.code(series("sluikstort", "Sluikstort ", "sluikstorten", 1, None, "-9"), known)
    assert clean.values.tolist() == ["sluikstort", "sluikstort", None, "hoofdgebouw", None, None]
    assert clean.repaired.tolist() == [False, True, False, False, False, False]
    assert clean.bad.tolist() == [False, False, True, False, False, False]
