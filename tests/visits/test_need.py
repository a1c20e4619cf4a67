"""Points, tiers and reasons of single dwellings."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from arsenaal_gis.visits import answer_chance, visit_need
from arsenaal_gis.visits.need import FACTORS

from .conftest import empty_tables, visit_rows

ON = dt.date(2024, 2, 1)


def needs(wijk, values, log=None, on=ON, **tables):
    empty, *others = empty_tables(wijk)
    log = empty if log is None else log
    given = []
    for name, table in zip(("renovation", "quality", "survey"), others, strict=True):
        rows = tables.get(name, pd.DataFrame({"woning_id": []})).set_index("woning_id")
        given.append(rows.reindex(columns=table.columns).astype(table.dtypes.to_dict()))
    result = visit_need(
        wijk.layer("woningen"), log, *given, answer_chance(log), on, values, np.random.default_rng(1)
    )
    return result.set_index("woning_id")


def test_an_old_rented_house_that_nobody_knows(wijk, values):
    house = needs(wijk, values).loc["w001"]  # 1900, rented, no file
    assert house[list(FACTORS)].tolist() == pytest.approx([30, 15 * 4 / 6, 15, 10, 10, 0, 5])
    assert house["punten"] == pytest.approx(80) and house["trap"] == "score"
    assert house["redenen"].startswith(
        "nog niet gescreend; gebouwd voor 1946; geen werken gekend sinds 1983; verhuurd"
    )
    assert house["volledigheid_pct"] == pytest.approx(100 * 2 / 6)
    assert "ontbreekt: renovatiestatus, energiescan, EPC-label, technische screening" in house["redenen"]


def test_points_are_the_sum_of_their_contributions_and_rank_follows_tier_then_points(wijk, values):
    need = needs(wijk, values)
    assert np.allclose(need[list(FACTORS)].sum(axis=1), need["punten"])
    assert (need["punten"] <= 100).all() and sorted(need["rang"]) == list(range(1, 61))
    assert (np.diff(need.sort_values("rang")["punten"]) <= 1e-9).all()


def test_a_gas_risk_comes_before_everything_until_the_works_are_done(wijk, values):
    rows = pd.DataFrame(
        {
            "woning_id": ["w014", "w013"],
            "screening_gas_co": [3, 3],
            "renovatiestatus": ["geen", "afgerond"],
            "screening_datum": pd.to_datetime(["2023-01-01"] * 2),
        }
    )
    need = needs(wijk, values, renovation=rows)
    assert need.loc["w014", ["trap", "rang", "bezoektype"]].tolist() == ["veiligheid", 1, "veiligheid"]
    assert need.loc["w014", "redenen"].startswith("risico op CO")
    assert need.loc["w013", "trap"] == "score"


def test_a_promise_comes_before_points_and_a_vacant_house_is_left_out(wijk, values):
    quality = pd.DataFrame({"woning_id": ["w002"], "leegstand": ["ja"]})
    need = needs(wijk, values, visit_rows(("w014", "2024-01-20", "afspraak")), quality=quality)
    assert need.loc["w014", ["trap", "rang"]].tolist() == ["beloofd", 1]
    assert need.loc["w002", "status"] == "leegstaand" and pd.isna(need.loc["w002", "niet_voor"])


def test_the_follow_up_wave_seeks_the_dwellings_of_the_baseline(wijk, values):
    log = visit_rows(("w014", "2022-04-01", "bezocht"), ("w013", "2022-04-01", "niet_thuis"))
    log["golf"] = "nulmeting"
    need = needs(wijk, values, log, on=dt.date(2025, 4, 1))
    assert need.loc["w014", ["trap", "bezoektype", "golf"]].tolist() == ["hermeting", "hermeting", "nameting"]
    assert "bezocht in de nulmeting" in need.loc["w014", "redenen"] and need.loc["w013", "trap"] == "score"
    assert need.loc["w014", "planwaarde"] > need.loc[need["trap"] == "score", "planwaarde"].max()


def test_a_report_counts_for_a_year(wijk, values):
    survey = pd.DataFrame(
        {
            "woning_id": ["w000", "w001"],
            "nood_woonkwaliteit": ["ja", "ja"],
            "datum": pd.to_datetime(["2023-03-01", "2022-12-01"]),
        }
    )
    need = needs(wijk, values, survey=survey)
    assert need.loc[["w000", "w001"], "punten_melding"].tolist() == [15, 0]


def test_five_percent_is_drawn_by_lot_and_says_so(wijk, values):
    need = needs(wijk, {**values, "verkenning_aandeel": 0.5})
    drawn = need[need["verkenning"]]
    assert 15 < len(drawn) < 45 and drawn["redenen"].str.startswith("verkenning: door het lot").all()
    assert (drawn["planwaarde"] >= np.quantile(need["punten"], 0.95) - 1e-9).all()


def test_no_personal_trait_enters_the_points(wijk, values):
    assert set(FACTORS) == {c for c in needs(wijk, values).columns if c.startswith("punten_")}
