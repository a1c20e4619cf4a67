"""Figures over the whole wijk: what rests on one to four dwellings or facts leaves at no open tier."""

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform, write_layer
from arsenaal_gis.privacy import Ledger, Rows, release

FIGURES, CHANGES = load().layer("indicatoren"), load().layer("verandering_indicatoren")


def indicator(yes, of, unknown=0, unit="%", level="P2", name="a"):
    return {
        "indicator": name, "golf": "plan", "niveau": level, "teller": yes, "noemer": of, "onbekend": unknown,
        "eenheid": unit, "waarde": 1.0, "onder": 0.0, "boven": 2.0, "in_woorden": "x", "streefwaarde": 80.0,
    }  # fmt: skip


def leaving(rows, layer, tier, folder):
    return release({layer.id: conform(pd.DataFrame(rows), layer)}, tier, Ledger.of(folder))


CASES = [
    (indicator(0.0, 50.0), True),
    (indicator(1.0, 50.0), False),
    (indicator(4.0, 50.0), False),
    (indicator(5.0, 50.0), True),
    (indicator(46.0, 50.0), False),  # the rest of four would show by subtraction
    (indicator(50.0, 50.0), True),
    (indicator(20.0, 50.0, unknown=3), False),
    (indicator(20.0, 50.0, unknown=300), True),
    (indicator(9.0, 4.0, unit="punten (1-5)"), False),  # a mean of four households
    (indicator(20.0, 9.0, unit="punten (1-5)"), True),
    (indicator(3.0, 12.0, unit="feiten"), False),
    (indicator(9.0, 12.0, unit="feiten"), True),  # months are no dwellings
    (indicator(9.0, 3.0, unit="feiten"), True),
    (indicator(None, None), True),
]


@pytest.mark.parametrize("tier", ["P1", "P2"])
def test_small_counts_of_the_wijk_are_held_back(tier, tmp_path):
    out = leaving([{**row, "indicator": str(i)} for i, (row, _) in enumerate(CASES)], FIGURES, tier, tmp_path)
    table = out.layers["indicatoren"][1].set_index("indicator")
    for i, (_, shown) in enumerate(CASES):
        left = table.loc[str(i)]
        assert pd.notna(left["waarde"]) is shown and left["streefwaarde"] == 80.0, i
        if shown:
            assert left["in_woorden"] == "x"
        else:
            assert left[["teller", "noemer", "onbekend", "onder", "boven"]].isna().all(), i
            assert left["in_woorden"] == "onderdrukt: minder dan 5 woningen of feiten"
    assert [f.rows for f in out.findings if f.action == "onderdrukt"] == [
        sum(not shown for _, shown in CASES)
    ]


def test_a_card_above_the_tier_is_left_out(tmp_path):
    rows = [indicator(9.0, 50.0, level="P1", name="a"), indicator(9.0, 50.0, level="P3", name="b")]
    out = leaving(rows, FIGURES, "P2", tmp_path)
    assert list(out.layers["indicatoren"][1]["indicator"]) == ["b"]
    assert ("weggelaten", 1) in {(f.action, f.rows) for f in out.findings}


def test_open_data_hold_no_figures_at_all(tmp_path):
    left = leaving([indicator(9.0, 50.0, level="P3")], FIGURES, "P3", tmp_path).layers["indicatoren"][0]
    assert not {"teller", "noemer", "onbekend", "waarde", "in_woorden"} & set(left.fields)


def test_an_export_reads_the_table_from_its_file_and_holds_back_the_same(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_layer(path, FIGURES, conform(pd.DataFrame([indicator(3.0, 50.0)]), FIGURES))
    out = release({"indicatoren": Rows(path, FIGURES)}, "P2", Ledger.of(tmp_path))
    assert out.layers["indicatoren"][1]["teller"].isna().all()


def change(**values):
    row = {
        "indicator": "a", "eenheid": "%", "oordeel": "verbeterd", "in_woorden": "x", "zelfde_in_woorden": "y",
        "teller_voor": 20.0, "noemer_voor": 50.0, "teller_na": 30.0, "noemer_na": 52.0, "verschil": 17.7,
        "zelfde_n": 48, "zelfde_ja_naar_nee": 6, "zelfde_nee_naar_ja": 16, "zelfde_verschil": 20.8,
        "zelfde_oordeel": "verbeterd", "zelfde_onbekend": 0, "nieuw_n": 0, "verdwenen_n": 0,
    }  # fmt: skip
    return {**row, **values}


def test_a_change_to_or_from_a_small_count_tells_nothing(tmp_path):
    small = ({"teller_voor": 2.0}, {"teller_na": 49.0}, {"onbekend_na": 1.0})
    rows = [change(indicator=str(i), **one) for i, one in enumerate(small)]
    left = leaving(rows, CHANGES, "P2", tmp_path).layers[CHANGES.id][1]
    told = [f.name for f in CHANGES.fields.values() if f.type in ("real", "integer")]
    assert left[told].isna().all(axis=None) and set(left["oordeel"]) == {"onbekend"}
    assert left["in_woorden"].str.startswith("onderdrukt").all()


def test_few_households_that_changed_hide_the_matched_figures_only(tmp_path):
    left = leaving([change(zelfde_ja_naar_nee=2)], CHANGES, "P2", tmp_path).layers[CHANGES.id][1].iloc[0]
    assert left["verschil"] == 17.7 and left["oordeel"] == "verbeterd"
    assert left[["zelfde_n", "zelfde_verschil", "zelfde_ja_naar_nee", "zelfde_nee_naar_ja"]].isna().all()
    assert left["zelfde_oordeel"] == "onbekend" and left["zelfde_in_woorden"].startswith("onderdrukt")
