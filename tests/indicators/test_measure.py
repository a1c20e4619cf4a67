"""Numerator, denominator and unknown of hand-made rows."""

import pandas as pd
import pytest

from arsenaal_gis.indicators import measure
from arsenaal_gis.indicators.stage import figure_row
from arsenaal_gis.indicators.words import figure_sentence

from . import plans


def rows(values: list, keys: list | None = None, **more) -> pd.DataFrame:
    keys = keys or [f"w{i:03}" for i in range(len(values))]
    dates = pd.Timestamp(2024, 1, 1) + pd.to_timedelta(range(len(values)), unit="D")
    return pd.DataFrame({"woning_id": keys, "energiescan": values, "datum": dates, **more})


def only(card, frame, universe=None):
    (one,) = measure(card, {"renovatie": frame, "woning_feiten": universe}.get)
    return one


def test_unknown_is_its_own_class() -> None:
    one = only(plans.card(), rows(["ja", "nee", "onbekend", None, "ja"]))
    assert (one.numerator, one.denominator, one.unknown) == (2, 3, 2)


def test_units_without_a_row_count_as_the_card_says() -> None:
    universe = plans.dwellings(10)
    unknown = only(plans.card(universe="woning_feiten"), rows(["ja", "nee"]), universe)
    assert (unknown.numerator, unknown.denominator, unknown.unknown) == (1, 2, 8)
    no = only(plans.card(universe="woning_feiten", absent="nee"), rows(["ja", "nee"]), universe)
    assert (no.numerator, no.denominator, no.unknown) == (1, 10, 0)


def test_rows_outside_the_universe_do_not_count() -> None:
    one = only(
        plans.card(universe="woning_feiten"), rows(["ja", "ja"], ["w000", "elders"]), plans.dwellings(2)
    )
    assert (one.numerator, one.denominator, one.unknown) == (1, 1, 1)


def test_newest_known_row_counts_or_any_yes() -> None:
    frame = rows(["ja", "nee", "onbekend", "nee", "ja"], ["w000", "w000", "w000", "w001", "w001"])
    newest = only(plans.card(), frame)
    assert newest.units.set_index("sleutel")["klasse"].to_dict() == {"w000": "nee", "w001": "ja"}
    ever = only(plans.card(ever=True), frame)
    assert ever.units.set_index("sleutel")["klasse"].to_dict() == {"w000": "ja", "w001": "ja"}


def test_filled_counts_what_is_known() -> None:
    one = only(plans.card(yes=(), filled=True), rows(["ja", None, "nee", "onbekend"]))
    assert (one.numerator, one.denominator) == (2, 4)


def test_numbers_from_a_limit_on() -> None:
    frame = rows(["ja"] * 4).assign(energiescan=pd.array([1, 3, None, 2], dtype="Int64"))
    one = only(plans.card(yes=(), at_least=2), frame)
    assert (one.numerator, one.denominator, one.unknown) == (2, 3, 1)


def test_waves_are_measured_apart() -> None:
    frame = rows(["ja", "nee", "ja", "ja"], golf=["nulmeting", "nulmeting", "nameting", "andere"])
    found = measure(plans.card(by_wave=True), {"renovatie": frame}.get)
    assert [(one.wave, one.numerator, one.denominator) for one in found] == [
        ("nulmeting", 1, 2),
        ("nameting", 1, 1),
    ]


def test_area_share_is_sum_over_sum() -> None:
    card = plans.card(
        kind="verhouding",
        layer="perceel_feiten",
        value="verhard_m2",
        denominator="oppervlakte_m2",
        key="capakey",
    )
    frame = plans.parcels(3, verhard_m2=[10.0, 30.0, None], oppervlakte_m2=[100.0, 60.0, 500.0])
    (one,) = measure(card, {"perceel_feiten": frame}.get)
    assert one.estimate().value == pytest.approx(25.0)
    assert one.unknown == 1


def test_count_in_intervals_widens_the_interval() -> None:
    card = plans.card(kind="telling", layer="hotspots_reeksen", value="aantal_min", key="")
    span = {
        "van": pd.Timestamp(2024, 7, 1),
        "tot": pd.Timestamp(2025, 6, 30),
        "periode": "laatste",
        "maanden": 12,
    }
    exact, loose = (
        measure(
            card, {"hotspots_reeksen": pd.DataFrame([span | {"aantal_min": 10, "aantal_max": most}])}.get
        )[0]
        for most in (10, 14)
    )
    assert exact.estimate().low == loose.estimate().low == pytest.approx(4.7954, abs=1e-4)
    assert exact.estimate().high == pytest.approx(18.3904, abs=1e-4)
    assert loose.estimate().high > exact.estimate().high
    assert figure_sentence(loose).startswith("10 tot 14 feiten in 12 maanden")


def test_absent_layer_gives_no_measurement() -> None:
    assert measure(plans.card(), {}.get) == []
    assert measure(plans.card(), {"renovatie": rows([])}.get) == []


def test_small_numbers_are_told_without_percentage() -> None:
    assert (
        figure_sentence(only(plans.card(), rows(["ja"] * 3 + ["nee"] * 4)))
        == "3 van 7; te weinig voor een percentage."
    )
    many = figure_sentence(only(plans.card(), rows(["ja"] * 30 + ["nee"] * 90 + [None])))
    assert many == "25,0 % (30 van 120; 95 %-interval 18,1 tot 33,4). 1 onbekend."


def test_nothing_known_is_unknown_not_zero() -> None:
    one = only(plans.card(), rows([None, "onbekend"]))
    assert one.estimate() is None
    row = figure_row(one)
    assert pd.isna(row["waarde"])
    assert row["in_woorden"] == "Onbekend. 2 onbekend."
