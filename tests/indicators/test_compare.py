"""Change of indicators: same units, all units, composition, and what cannot be shown."""

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform
from arsenaal_gis.indicators import Measurement, chart, compare, indicator_change, write
from arsenaal_gis.indicators.cards import cards
from arsenaal_gis.indicators.stage import unit_rows

from . import plans


def share(classes: str, keys: range | None = None, stratum: str = "") -> Measurement:
    """One unit a letter: j = ja, n = nee, ? = onbekend."""
    names = {"j": "ja", "n": "nee", "?": "onbekend"}
    keys = keys or range(len(classes))
    frame = pd.DataFrame({"sleutel": [f"w{k:03}" for k in keys], "klasse": [names[c] for c in classes]})
    if stratum:
        frame["stratum"] = list(stratum)
    return Measurement(plans.card(stratum="bouwjaar_klasse" if stratum else ""), "plan", frame)


def change(before: Measurement, after: Measurement) -> dict:
    return indicator_change(before.card, before, after)


def test_matched_units_use_the_exact_test() -> None:
    """Methods F: 17 against 5 pairs, p = .0169."""
    row = change(share("j" * 17 + "n" * 5 + "j" * 30), share("n" * 17 + "j" * 5 + "j" * 30))
    assert row["zelfde_p"] == pytest.approx(0.016901, abs=1e-6)
    assert (row["zelfde_ja_naar_nee"], row["zelfde_nee_naar_ja"], row["zelfde_n"]) == (17, 5, 52)
    assert row["zelfde_oordeel"] == "verslechterd"


def test_all_units_use_newcombe() -> None:
    """Methods F: 30/120 -> 48/118."""
    row = change(share("j" * 30 + "n" * 90), share("j" * 48 + "n" * 70, range(200, 318)))
    assert (row["verschil"], row["verschil_onder"], row["verschil_boven"]) == (
        pytest.approx(15.678, abs=1e-3), pytest.approx(3.7458, abs=1e-3), pytest.approx(27.0295, abs=1e-3),
    )  # fmt: skip
    assert row["oordeel"] == "verbeterd"
    assert (row["zelfde_n"], row["nieuw_n"], row["verdwenen_n"]) == (0, 118, 120)


def test_unknown_never_counts_as_improved() -> None:
    row = change(share("n" * 40 + "?" * 40), share("n" * 40 + "j" * 40))
    assert row["zelfde_oordeel"] == "ongewijzigd"
    assert row["zelfde_onbekend"] == 40
    assert row["zelfde_n"] == 40


def test_small_change_is_not_demonstrable() -> None:
    row = change(share("j" * 10 + "n" * 40), share("j" * 12 + "n" * 38))
    assert row["oordeel"] == row["zelfde_oordeel"] == "niet_aantoonbaar"
    assert row["in_woorden"].startswith("Niet aantoonbaar: +4,0 procentpunt")


def test_direction_decides_what_is_better() -> None:
    before, after = share("n" * 60), share("j" * 60)
    down = plans.card(direction="lager_beter")
    row = indicator_change(
        down, Measurement(down, "plan", before.units), Measurement(down, "plan", after.units)
    )
    assert row["oordeel"] == "verslechterd"
    none = plans.card(direction="geen")
    row = indicator_change(
        none, Measurement(none, "plan", before.units), Measurement(none, "plan", after.units)
    )
    assert row["oordeel"] == "veranderd"


def test_composition_is_split_off() -> None:
    """Same rates (10 % and 80 %), but more of the second kind: all of the change is mix."""
    before = share("j" + "n" * 9 + "j" * 8 + "n" * 2, stratum="a" * 10 + "b" * 10)
    after = share("j" + "n" * 9 + "j" * 24 + "n" * 6, stratum="a" * 10 + "b" * 30)
    row = change(before, after)
    assert row["door_cijfers"] == pytest.approx(0.0)
    assert row["door_samenstelling"] == pytest.approx(17.5)
    assert row["verschil"] == pytest.approx(17.5)


def test_missing_measurement_is_unknown() -> None:
    one = share("jjnn")
    for before, after, which in ((None, one, "eerste"), (one, None, "tweede"), (share("??"), one, "eerste")):
        row = indicator_change(one.card, before, after)
        assert row["oordeel"] == "onbekend"
        assert which in row["in_woorden"]


def counted(n: int, year: int, most: int | None = None) -> Measurement:
    card = plans.card(
        kind="telling", layer="hotspots_reeksen", value="aantal_min", key="", direction="lager_beter"
    )
    span = pd.Timestamp(year - 1, 7, 1), pd.Timestamp(year, 6, 30)
    numbers = {"waarde": float(n), "waarde_boven": float(most or n), "noemer": 12.0}
    frame = pd.DataFrame([{"sleutel": "laatste", "klasse": "ja", "van": span[0], "tot": span[1], **numbers}])
    return Measurement(card, "plan", frame)


@pytest.mark.parametrize(
    ("before", "after", "p", "verdict"),
    [(12, 5, 0.143463, "niet_aantoonbaar"), (40, 22, 0.030016, "verbeterd"), (7, 7, 1.0, "ongewijzigd")],
)
def test_counts_use_the_conditional_binomial(before: int, after: int, p: float, verdict: str) -> None:
    """Methods F."""
    row = change(counted(before, 2024), counted(after, 2025))
    assert row["p"] == pytest.approx(p, abs=1e-6)
    assert row["oordeel"] == verdict


def test_counts_in_intervals_must_differ_either_way() -> None:
    assert change(counted(40, 2024), counted(22, 2025, most=24))["oordeel"] == "niet_aantoonbaar"
    assert change(counted(60, 2024), counted(22, 2025, most=24))["oordeel"] == "verbeterd"


def test_overlapping_months_are_not_compared() -> None:
    late = counted(5, 2025)
    late.units["van"] = pd.Timestamp(2024, 1, 1)
    row = change(counted(40, 2024), late)
    assert row["oordeel"] == "onbekend"
    assert "dezelfde maanden" in row["in_woorden"]


def test_areas_below_the_measuring_error_are_not_measurable() -> None:
    card = plans.card(
        kind="verhouding",
        layer="perceel_feiten",
        value="verhard_m2",
        denominator="oppervlakte_m2",
        key="capakey",
        direction="lager_beter",
        tolerance=1.0,
    )

    def area(sealed: float) -> Measurement:
        return Measurement(
            card, "plan", pd.DataFrame({"sleutel": ["a"], "klasse": "ja", "waarde": sealed, "noemer": 1000.0})
        )

    assert change(area(300), area(295))["oordeel"] == "niet_meetbaar"
    assert change(area(300), area(280))["oordeel"] == "verbeterd"
    assert change(area(300), area(300))["oordeel"] == "ongewijzigd"


def test_means_of_the_same_units_are_paired() -> None:
    card = plans.card(kind="gemiddelde", unit="punten")

    def scores(values: list) -> Measurement:
        keys = [f"w{i}" for i in range(len(values))]
        return Measurement(
            card, "plan", pd.DataFrame({"sleutel": keys, "klasse": "ja", "waarde": values, "noemer": 1.0})
        )

    before = [1.0, 5.0] * 40
    row = change(scores(before), scores([v + (0.2 if i % 4 else 0) for i, v in enumerate(before)]))
    assert row["zelfde_verschil"] == pytest.approx(0.15)
    assert row["zelfde_oordeel"] == "verbeterd"
    assert row["oordeel"] == "niet_aantoonbaar"  # unpaired, the spread between dwellings hides it


@pytest.fixture
def two_plans(tmp_path):
    """Thirty dwellings; ten renovations become known, eight of them completed at last."""
    before = ["geen"] * 20 + ["onbekend"] * 10
    after = ["afgerond"] * 8 + ["geen"] * 22
    first = plans.plan(
        tmp_path, "20240101T000000Z", woning_feiten=plans.dwellings(30, renovatiestatus=before)
    )
    second = plans.plan(
        tmp_path, "20250101T000000Z", woning_feiten=plans.dwellings(30, renovatiestatus=after)
    )
    return first, second


def test_plans_without_recorded_indicators_are_measured_anew(two_plans) -> None:
    row = compare(*two_plans).indicators.set_index("indicator").loc["renovatie_afgerond"]
    assert (row["zelfde_n"], row["zelfde_nee_naar_ja"], row["zelfde_onbekend"]) == (20, 8, 10)
    assert row["zelfde_oordeel"] == "verbeterd"


def test_recorded_indicators_are_read_back(tmp_path) -> None:
    card = next(card for card in cards() if card.id == "energiescan")
    made = []
    for moment, classes in (("20240101T000000Z", "n" * 30), ("20250101T000000Z", "j" * 12 + "n" * 18)):
        units = unit_rows(Measurement(card, "plan", share(classes).units))
        made.append(plans.plan(tmp_path, moment, indicator_eenheden=units))
    row = compare(*made).indicators.set_index("indicator").loc["energiescan"]
    assert (row["zelfde_nee_naar_ja"], row["zelfde_oordeel"]) == (12, "verbeterd")


def test_waves_compare_baseline_with_follow_up(tmp_path) -> None:
    card = next(card for card in cards() if card.id == "hulp_gemist")
    units = pd.concat(
        [unit_rows(Measurement(card, "nulmeting", share("j" * 25 + "n" * 15).units)),
         unit_rows(Measurement(card, "nameting", share("n" * 20 + "j" * 5 + "n" * 15).units))]
    )  # fmt: skip
    one = plans.plan(tmp_path, "20250101T000000Z", indicator_eenheden=units)
    row = compare(one, one).indicators.set_index("indicator").loc["hulp_gemist"]
    assert (row["zelfde_ja_naar_nee"], row["zelfde_oordeel"]) == (20, "verbeterd")


def test_many_indicators_are_corrected_for(tmp_path) -> None:
    """One weak change among many equal indicators is called exploratory."""
    shares = [card for card in cards() if card.kind == "aandeel" and not card.by_wave]
    made = []
    for moment, weak in (
        ("20240101T000000Z", "j" * 20 + "n" * 30),
        ("20250101T000000Z", "j" * 31 + "n" * 19),
    ):
        frames = [
            unit_rows(Measurement(card, "plan", share(weak if i == 0 else "j" * 25 + "n" * 25).units))
            for i, card in enumerate(shares)
        ]
        made.append(plans.plan(tmp_path, moment, indicator_eenheden=pd.concat(frames)))
    rows = compare(*made).indicators.set_index("indicator")
    row = rows.loc[shares[0].id]
    assert row["p"] < 0.05 < row["q"]
    assert "Verkennend" in row["in_woorden"]


def test_result_fits_the_catalogue_and_is_written(two_plans, tmp_path) -> None:
    result = compare(*two_plans)
    conform(result.indicators, load().layer("verandering_indicatoren"))
    path = tmp_path / "vergelijking é.gpkg"
    write(result, path)
    write(result, path)
    assert not list(tmp_path.glob(".*"))
    import pyogrio

    assert sorted(name for name, _ in pyogrio.list_layers(path)) == ["verandering", "verandering_indicatoren"]
    assert len(pyogrio.read_dataframe(path, layer="verandering")) == len(result.rows)


def test_chart_shows_every_share_and_escapes(two_plans) -> None:
    from xml.etree import ElementTree

    rows = compare(*two_plans).indicators
    rows.loc[0, "titel"] = "A & B <c>"
    root = ElementTree.fromstring(chart(rows, "Verandering"))
    text = " ".join(element.text or "" for element in root.iter())
    assert "A & B <c>" in text
    assert len(root.findall(".//{*}circle")) == rows["zelfde_verschil"].notna().sum()
    assert ElementTree.fromstring(chart(rows.iloc[:0], "Niets")) is not None


def test_plans_that_share_no_indicator_are_unknown_and_still_drawn(tmp_path) -> None:
    dwellings = plans.dwellings(5, renovatiestatus=["geen"] * 5)
    first = plans.plan(tmp_path, "20240101T000000Z", woning_feiten=dwellings)
    second = plans.plan(tmp_path, "20250101T000000Z", perceel_feiten=plans.parcels(3))
    result = compare(first, second)
    assert set(result.indicators["oordeel"]) == {"onbekend"}
    write(result, tmp_path / "leeg.gpkg")
    assert chart(result.indicators, "Niets").startswith("<svg")
