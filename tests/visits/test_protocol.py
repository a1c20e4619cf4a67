"""Answer chances and the no-answer protocol."""

import datetime as dt

import pandas as pd
import pytest
from scipy.stats import beta

from arsenaal_gis.visits import answer_chance
from arsenaal_gis.visits.protocol import Rules, Visit, months_after, standing

WAVES = {
    "nulmeting": (dt.date(2022, 3, 1), dt.date(2022, 6, 30)),
    "nameting": (dt.date(2025, 3, 1), dt.date(2025, 6, 30)),
}
RULES = Rules(waves=WAVES)


def day(text):
    return dt.date.fromisoformat(text)


def log(*visits):
    return [Visit(day(when), outcome) for when, outcome in visits]


def test_an_empty_log_gives_the_prior_of_two_in_five():
    table = answer_chance(pd.DataFrame({"dagdeel": [], "resultaat": []}))
    assert (table["kans"] == 0.4).all() and (table["pogingen"] == 0).all()
    assert table.loc["wd_17_20", "kans_hoog"] == pytest.approx(beta.ppf(0.975, 2, 3))


def test_three_answers_in_five_tries_give_one_half():
    visits = pd.DataFrame(
        {
            "dagdeel": ["wd_17_20"] * 5 + [None, "morgen"],
            "resultaat": [
                "bezocht",
                "geweigerd",
                "afspraak",
                "niet_thuis",
                "niet_thuis",
                "bezocht",
                "niet_thuis",
            ],
        }
    )
    table = answer_chance(visits)
    assert table.loc["wd_17_20", "kans"] == 0.5
    assert table.loc["wd_09_12", "kans"] == 0.4
    assert table.loc["onbekend", ["pogingen", "antwoorden"]].tolist() == [2, 1]


FOUR_IN_MARCH = [(f"2022-03-{d:02}", "niet_thuis") for d in (1, 6, 11, 16)]
FOUR_IN_JUNE = [(f"2025-06-{d:02}", "niet_thuis") for d in (1, 6, 11, 16)]
REFUSED_THEN_CALLED = [("2025-03-01", "geweigerd"), ("2025-03-20", "niet_thuis")]
CONTACT_BETWEEN = [("2025-03-02", "niet_thuis"), ("2025-03-09", "afspraak"), ("2025-03-20", "niet_thuis")]


@pytest.mark.parametrize(
    ("visits", "on", "options", "status", "attempts", "not_before"),
    [
        ([], "2025-04-01", {}, "nooit", 0, "2025-04-01"),
        ([("2025-03-30", "niet_thuis")], "2025-04-01", {}, "niet_thuis", 1, "2025-04-02"),
        ([("2025-03-30", "geweigerd")], "2025-04-01", {}, "geweigerd", 0, "2026-03-30"),
        ([("2025-03-30", "geweigerd")], "2025-04-01", {"unsafe": True}, "geweigerd", 0, "2025-04-02"),
        ([("2025-03-30", "bezocht")], "2025-04-01", {}, "bezocht", 0, "2027-03-30"),
        ([("2025-03-30", "bezocht")], "2025-04-01", {"phase": "advies_gegeven"}, "bezocht", 0, "2025-06-30"),
        ([("2025-03-30", "bezocht")], "2025-04-01", {"phase": "afgerond"}, "bezocht", 0, "2025-04-30"),
        ([("2025-03-30", "bezocht")], "2025-04-01", {"unsafe": True}, "bezocht", 0, "2025-04-30"),
        ([("2025-03-30", "afspraak")], "2025-04-01", {}, "afspraak", 0, "2025-04-02"),
        # each wave measures anew, also within two years of the last visit
        ([("2024-06-01", "bezocht")], "2025-04-01", {}, "bezocht", 0, "2024-06-04"),
        # a refusal still counts when somebody called again in spite of it
        (REFUSED_THEN_CALLED, "2025-04-01", {}, "niet_thuis", 1, "2026-03-01"),
        # attempts of an earlier wave do not count in this one, but within a year they do outside the waves
        (FOUR_IN_MARCH, "2025-04-01", {}, "niet_thuis", 0, "2022-03-19"),
        (FOUR_IN_JUNE, "2025-07-01", {}, "niet_bereikt", 4, None),
        # a contact begins the count again
        (CONTACT_BETWEEN, "2025-04-01", {}, "niet_thuis", 1, "2025-03-23"),
    ],
)
def test_when_a_dwelling_may_be_visited_again(visits, on, options, status, attempts, not_before):
    found = standing(log(*visits), day(on), RULES, **options)
    assert (found.status, found.attempts) == (status, attempts)
    assert found.not_before == (None if not_before is None else day(not_before))


def test_the_next_attempt_is_due_within_three_weeks_and_at_another_daypart():
    visits = [
        Visit(day("2025-04-01"), "niet_thuis", "wd_09_12"),
        Visit(day("2025-04-08"), "niet_thuis", "wd_17_20"),
    ]
    found = standing(visits, day("2025-04-10"), RULES)
    assert found.not_after == day("2025-04-29") and found.tried == ("wd_09_12", "wd_17_20")


def test_an_appointment_to_come_is_kept_and_one_that_passed_is_a_promise():
    agreed = dt.datetime(2025, 4, 20, 14, 30)
    visits = [Visit(day("2025-04-10"), "afspraak", appointment=agreed)]
    assert standing(visits, day("2025-04-12"), RULES).not_before == day("2025-04-20")
    later = standing(visits, day("2025-04-25"), RULES)
    assert later.appointment is None and later.status == "afspraak" and later.not_before == day("2025-04-13")


def test_later_visits_are_not_known_yet():
    assert standing(log(("2025-04-10", "bezocht")), day("2025-04-09"), RULES).status == "nooit"


def test_waves_and_month_ends():
    assert [RULES.wave(day(d)) for d in ("2022-06-30", "2022-07-01", "2025-03-01")] == [
        "nulmeting",
        "andere",
        "nameting",
    ]
    assert months_after(day("2024-01-31"), 1) == day("2024-02-29")
