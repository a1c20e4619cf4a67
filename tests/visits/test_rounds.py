"""Rounds of a small wijk: every rule, fairness, and what cannot be planned."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely

from arsenaal_gis.errors import ConfigError, MethodError
from arsenaal_gis.network import walking_network
from arsenaal_gis.visits import broken_rules, plan_rounds, shifts
from arsenaal_gis.visits.fairness import gini

from .conftest import PER_STREET, X, Y, dwelling_frame, street_frame

HOUSE = shapely.Point(X + 75, Y - 6)


def plan(need, network, week, **options):
    options = {"iterations": 25, "engine": "ingebouwd", "together": ("veiligheid",)} | options
    doors = dwelling_frame().geometry.to_numpy()
    made = plan_rounds(need, doors, HOUSE, network, week, **options)
    assert broken_rules(made, need, week, options["together"]) == []
    return made


def test_rounds_start_and_end_at_the_wijkhuis_and_keep_to_the_streets(need, network, week):
    made = plan(need, network, week)
    assert len(made.rounds) == len(week) == len(made.lines) and made.summary["herhaalbaar"]
    pavements = shapely.union_all(network.sides.geometry.to_numpy())
    for line in made.lines:
        assert line.is_ring or line.coords[0] == pytest.approx(line.coords[-1])
        # on a pavement, or between two of them where the street is crossed
        assert line.distance(HOUSE) < 3 and line.hausdorff_distance(pavements) < 300
        assert shapely.within(line, pavements.buffer(8.01))
    assert made.summary["waarde"] <= made.summary["bovengrens"]
    assert (
        made.stops.groupby("ronde_id").volgnummer.apply(lambda n: list(n) == list(range(1, len(n) + 1))).all()
    )


def test_the_same_seed_gives_the_same_rounds(need, network, week):
    first, second = plan(need, network, week), plan(need, network, week)
    pd.testing.assert_frame_equal(first.stops, second.stops)
    assert first.summary == second.summary


def test_an_appointment_is_kept_to_the_minute_and_one_nobody_can_keep_is_told(need, network, week):
    need = need.copy()
    at = dt.datetime(2024, 2, 1, 14, 30)
    need.loc[[3, 40], "afspraak_op"] = [at, dt.datetime(2024, 2, 1, 20, 30)]
    need.loc[[3, 40], "niet_voor"] = pd.Timestamp(at.date())
    made = plan(need, network, week)
    kept = made.stops.set_index("woning_id").loc["w003"]
    assert at <= kept["aankomst"] <= at + dt.timedelta(minutes=15) and kept["afspraak_op"] == at
    assert made.summary["afspraken_niet_gepland"] == ["w040"] and "w040" not in set(made.stops["woning_id"])


def test_two_appointments_at_one_moment_go_to_two_teams_and_a_third_is_told(need, network, week):
    need = need.copy()
    at = dt.datetime(2024, 2, 1, 14, 0)
    need.loc[[0, 30, 50], "afspraak_op"] = at
    made = plan(need, network, week)
    planned = made.stops[made.stops["afspraak_op"].notna()]
    assert len(planned) == 2 and planned["ronde_id"].nunique() == 2
    assert len(made.summary["afspraken_niet_gepland"]) == 1


def test_kinds_of_visit_go_to_teams_with_the_role_and_enough_people(need, network, week):
    need = need.copy()
    need["bezoektype"] = np.where(np.arange(60) % 2, "veiligheid", "energiescan")
    made = plan(need, network, week)
    team = made.stops.merge(made.rounds[["ronde_id", "team"]]).groupby("bezoektype")["team"].unique()
    assert list(team["veiligheid"]) == ["team A"] and list(team["energiescan"]) == ["team B"]
    alone = [replace(shift, people=1) for shift in week]
    assert "veiligheid" not in set(plan(need, network, alone).stops["bezoektype"])


def test_rest_periods_and_tried_dayparts_are_kept(need, network, week):
    need = need.copy()
    need.loc[:29, "niet_voor"] = pd.Timestamp("2024-02-02")
    need.loc[30:, "dagdelen_geprobeerd"] = "wd_17_20"
    made = plan(need, network, week)
    day = made.stops.merge(made.rounds[["ronde_id", "datum"]]).set_index("woning_id")["datum"].dt.day
    assert (day[day.index < "w030"] == 2).all() and (day[day.index >= "w030"] == 1).all()


def test_no_street_falls_below_the_share_of_the_mean_and_the_price_is_told(need, network, week):
    need = need.copy()
    need["planwaarde"] = np.where(need["straat"] == "Eenheidstraat", 5.0, 60.0)
    free, fair = plan(need, network, week, fairness=0.0), plan(need, network, week, fairness=0.8)
    lowest = [p.streets["dekking"].min() / p.streets["dekking"].mean() for p in (free, fair)]
    assert lowest[0] < 0.8 <= lowest[1]
    assert fair.summary["laagste_dekking_t_o_v_gemiddelde"] == pytest.approx(lowest[1])
    assert fair.summary["prijs_billijkheid"] > 0
    assert fair.summary["waarde"] < fair.summary["waarde_zonder_billijkheid"]
    assert set(fair.streets["bezoekbaar"]) == {PER_STREET}


def test_fairness_does_not_hang_on_how_long_one_searches(need, network, week):
    need = need.copy()
    need["planwaarde"] = np.where(need["straat"] == "Eenheidstraat", 5.0, 60.0)
    streets = plan(need, network, week, iterations=1).streets
    assert streets["dekking"].min() >= 0.8 * streets["dekking"].mean()


def test_small_streets_do_not_count(need, network, week):
    made = plan(need, network, week, street_size=PER_STREET + 1)
    assert not made.streets["telt_mee"].any() and made.summary["prijs_billijkheid"] == 0


def test_dwellings_without_a_way_are_told(need, week):
    loose = pd.concat(
        [
            street_frame().iloc[:3],
            street_frame().iloc[3:].set_geometry([shapely.LineString([(X - 90, Y + 99), (X - 90, Y + 9)])]),
        ]
    )
    made = plan(need, walking_network(loose), week, iterations=5)
    assert made.summary["niet_bereikbaar"] and not set(made.summary["niet_bereikbaar"]) & set(
        made.stops["woning_id"]
    )


def test_dwellings_without_a_street_are_planned_as_a_street_of_their_own(need, network, week):
    need = need.copy()
    need["straat"] = need["straat"].astype("string").where(need["straat"] != "Bermstraat")
    made = plan(need, network, week, iterations=5)
    assert "onbekend" in set(made.streets["straat"])
    assert made.stops["woning_id"].is_unique


def test_nobody_to_visit_gives_no_rounds(need, network, week):
    need = need.assign(niet_voor=pd.Timestamp("2030-01-01"))
    made = plan(need, network, week)
    assert made.rounds.empty and made.stops.empty and made.summary["waarde"] == 0


def test_a_clock_that_stops_it_is_told(need, network, week):
    assert not plan(need, network, week, iterations=10**9, time_limit=0.2).summary["herhaalbaar"]


def test_no_shift_is_refused(need, network):
    with pytest.raises(MethodError):
        plan_rounds(need, dwelling_frame().geometry.to_numpy(), HOUSE, network, [])


def test_the_check_sees_what_is_wrong(need, network, week):
    made = plan(need, network, week)
    stops = made.stops.copy()
    stops["aankomst"] = stops["aankomst"] - pd.Timedelta(hours=4)
    wrong = replace(made, stops=stops)
    assert any("outside the shift" in rule for rule in broken_rules(wrong, need, week, ()))
    rested = need.assign(niet_voor=pd.Timestamp("2024-03-01"))
    assert any("rest period" in rule for rule in broken_rules(made, rested, week, ()))
    tried = need.assign(dagdelen_geprobeerd="wd_13_17,wd_17_20")
    assert any("tried before" in rule for rule in broken_rules(made, tried, week, ()))
    legal = need.assign(bezoektype="juridisch")
    assert any("juridisch without wijkjurist" in rule for rule in broken_rules(made, legal, week, ()))
    short = [replace(shift, minutes=20.0) for shift in week]
    with pytest.raises(MethodError, match="takes"):
        broken_rules(made, need, short, (), raise_first=True)


def test_shifts_of_a_week_begin_on_the_next_working_day(values):
    made = shifts({**values, "dagdelen": ["wd_13_17", "za_10_13", "wd_09_12"]}, dt.date(2024, 2, 1))
    assert [shift.day.isoformat() for shift in made[::4]] == ["2024-02-02", "2024-02-03", "2024-02-05"]
    assert [shift.minutes for shift in made[::4]] == [195, 165, 165]
    with pytest.raises(ConfigError):
        shifts({**values, "dagdelen": ["nacht"]}, dt.date(2024, 2, 1))
    with pytest.raises(ConfigError):
        shifts({**values, "teams": [{}]}, dt.date(2024, 2, 1))


def test_gini_of_equal_shares_is_zero_and_of_one_for_all_is_largest():
    assert gini([0.5, 0.5]) == 0 == gini([]) == gini([0, 0])
    assert gini([0, 0, 0, 1]) == pytest.approx(0.75)
