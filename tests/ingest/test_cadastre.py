"""The codes of the cadastral dump, and dwellings made of it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenaal_gis.ingest import cadastre, dwellings
from arsenaal_gis.keys import stable_id


def column(*cells):
    return pd.Series(list(cells), dtype=object)


def test_construction_years_are_codes_until_1930():
    frame, short, bad = cadastre.construction_years(
        column("1", "2", "3", "4", "5", "1931", "0", "", "62", "7", "2150", "x")
    )
    np.testing.assert_array_equal(
        frame.bouwjaar, [1800, 1862, 1887, 1908, 1924, 1931, np.nan, np.nan, 1962, np.nan, np.nan, np.nan]
    )
    assert (
        frame.bouwjaar_nauwkeurigheid.tolist()
        == ["periode"] * 5 + ["jaar"] + ["onbekend"] * 2 + ["jaar"] + ["onbekend"] * 3
    )
    assert short.tolist() == [False] * 8 + [True] + [False] * 3
    assert bad.tolist() == [False] * 9 + [True] * 3


@pytest.mark.parametrize(
    "delivered, year, repaired, bad",
    [
        ("1985", 1985, False, False),
        ("85", 1985, True, False),
        ("82", 1982, True, False),
        ("03", 2003, True, False),
        ("00", 2000, True, False),
        ("0", np.nan, False, False),
        ("", np.nan, False, False),
        ("1975", np.nan, False, True),
        ("2030", np.nan, False, True),
        ("oud", np.nan, False, True),
    ],
)
def test_change_years_had_two_digits_before_2016(delivered, year, repaired, bad):
    clean = cadastre.change_years(column(delivered), dt.date(2025, 1, 1))
    np.testing.assert_array_equal(clean.values, [year])
    assert (clean.repaired.iloc[0], clean.bad.iloc[0]) == (repaired, bad)


def test_age_classes():
    years = [1899, 1900, 1945, 1946, 1970, 1971, np.nan]
    classes = ["voor_1900", "1900_1945", "1900_1945", "1946_1970", "1946_1970", "vanaf_1971", "onbekend"]
    assert [cadastre.age_class(year) for year in years] == classes
    # The middle of each coded period lies in one class only.
    frame, *_ = cadastre.construction_years(column("1", "2", "3", "4", "5"))
    assert [cadastre.age_class(year) for year in frame.bouwjaar] == ["voor_1900"] * 3 + ["1900_1945"] * 2


def test_units_by_number_or_by_nature():
    nature = column("200", "164", "204", "220", "4", "407")
    assert cadastre.units(None, nature).tolist() == [1, 0, 0, 1, 0, 1]
    assert cadastre.units(column("2", "0", "", "1", "", ""), nature).tolist() == [2, 0, 0, 1, 0, 1]


def address(id, number, box=None, parcel="P", way="ligging", **more):
    return {
        "adres_id": id,
        "straat": "Smisstraat",
        "huisnummer": number,
        "busnummer": box,
        "gebouweenheid_id": None,
        "gebouw_id": f"G{parcel}",
        "capakey": parcel,
        "perceel_koppelwijze": way,
        **more,
    }


def cadastral(parcel="P", number="1", year=1900.0, order=1, units=1, nature="200", **more):
    return {
        "capakey": parcel, "straat": "SMISSTRAAT", "huisnummer": number, "aard": nature, "bouwjaar": year,
        "bouwjaar_nauwkeurigheid": "jaar", "gewijzigd_jaar": np.nan, "bouwvorm": "gesloten", "bouwlagen": 2.0,
        "eenheden": units, "volgnummer": order, **more,
    }  # fmt: skip


def made(addresses, rows):
    return dwellings.dwellings(pd.DataFrame(addresses), pd.DataFrame(rows, index=range(2, 2 + len(rows))))


def test_the_key_of_a_dwelling():
    unit = address("1", "1", gebouweenheid_id="GE1")
    frame, _ = made([unit, address("2", "3", "0001", "Q")], [cadastral()])
    assert frame.woning_id.tolist() == ["GE1", stable_id("woning", "2", "0001", 1)]


def test_two_houses_on_one_parcel_go_by_house_number():
    rows = [cadastral(number="3", year=1950.0), cadastral(number="01", year=1890.0, order=2)]
    frame, how = made([address("1", "1"), address("2", "3")], rows)
    assert frame.bouwjaar.tolist() == [1890, 1950] and how.by_order == 0
    assert frame.bouwjaar_klasse.tolist() == ["voor_1900", "1946_1970"]


def test_more_rows_than_dwellings_keep_only_what_they_agree_on():
    rows = [cadastral(year=1950.0), cadastral(year=1960.0, order=2), cadastral(year=1965.0, order=3)]
    frame, how = made([address("1", "1", "1"), address("2", "1", "2")], rows)
    assert frame.bouwjaar.isna().all() and (frame.bouwjaar_klasse == "1946_1970").all()
    assert (frame.bouwlagen == 2).all() and how.more_units == ["P"]


def test_common_parts_and_garages_give_no_age():
    rows = [
        cadastral(nature="164", units=0, year=np.nan),
        cadastral(nature="204", units=0, year=1990.0, order=2),
    ]
    frame, _ = made([address("1", "1")], rows)
    assert (
        frame.bouwjaar.isna().all()
        and frame.bouwjaar_klasse.tolist() == ["onbekend"]
        and not frame.residentieel[0]
    )


def test_a_shop_is_a_dwelling_without_residential_function():
    frame, _ = made([address("1", "1")], [cadastral(nature="400", units=0)])
    assert frame.residentieel.tolist() == [False] and frame.bouwjaar.tolist() == [1900]


def test_keys_known_are_said_to_be_known():
    frame, _ = made(
        [address("1", "1", way="sleutel"), address("2", "2", parcel="Q")], [cadastral(), cadastral("Z", "2")]
    )
    assert frame.koppelwijze.tolist() == ["sleutel", "adres"]
    frame, how = made([address("2", "2", parcel="Q")], [cadastral("Z", "9")])
    assert frame.koppelwijze.tolist() == ["geen"] and how.unused == [2]


@given(
    st.lists(st.tuples(st.sampled_from("PQR"), st.sampled_from(["1", "3", "5A"])), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from("PQRZ"), st.sampled_from(["1", "3"]), st.integers(0, 3)), max_size=8),
)
def test_no_address_is_lost_and_no_key_stands_twice(places, rows):
    addresses = [address(str(n), number, str(n), parcel) for n, (parcel, number) in enumerate(places)]
    cadastre_rows = [
        cadastral(parcel, number, 1900.0 + n, n, units) for n, (parcel, number, units) in enumerate(rows)
    ]
    if not rows:
        return
    frame, how = made(addresses, cadastre_rows)
    assert frame.woning_id.is_unique and set(frame.index) == set(range(len(addresses)))
    assert set(how.unused) <= set(range(2, 2 + len(rows)))
