"""Random sequences of recorded results: what must hold whatever the street brings."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsenaal_gis.settings import Settings
from arsenaal_gis.visits.answers import CONTACT, DAYPARTS
from arsenaal_gis.visits.protocol import WAVES, Rules, months_after, standing, visits_by_dwelling
from arsenaal_gis.visits.record import check_results

RULES = Rules.from_settings(Settings.load({})["bezoeken"])
HOMES = pd.DataFrame({"woning_id": ["w1", "w2"], "adres_id": ["a1", "a2"]})
LOG = ["bezoek_id", "woning_id", "datum", "dagdeel", "golf", "functie", "resultaat", "afspraak_op"]

step = st.tuples(
    st.integers(0, 40),
    st.sampled_from(["w1", "w2"]),
    st.sampled_from(DAYPARTS),
    st.sampled_from([*CONTACT, "niet_thuis", "niet_thuis", "niet_thuis"]),
)
begin = st.sampled_from([dt.date(2022, 2, 20), dt.date(2023, 5, 1), dt.date(2025, 2, 20)])


def rows_of(visits):
    frame = pd.DataFrame(visits, columns=["datum", "woning_id", "dagdeel", "resultaat"], dtype=object)
    frame["datum"] = [f"{day:%d/%m/%Y}" for day in frame["datum"]]
    return frame.set_axis(range(2, len(frame) + 2))


def empty_log():
    log = pd.DataFrame({name: pd.Series(dtype=object) for name in LOG})
    return log.astype({"datum": "datetime64[ms]", "afspraak_op": "datetime64[ms]"})


def added(log, fresh):
    if not fresh:
        return log
    new = pd.DataFrame(fresh)[LOG]
    new["datum"], new["afspraak_op"] = pd.to_datetime(new["datum"]), pd.to_datetime(new["afspraak_op"])
    return pd.concat([log, new.astype(log.dtypes.to_dict())], ignore_index=True)


def obedient(start, steps):
    """Walk through the steps as a team that follows the plan: only visits that are allowed are made."""
    log, day, made = empty_log(), start, []
    for wait, home, part, outcome in steps:
        day += dt.timedelta(days=wait)
        now = standing(visits_by_dwelling(log).get(home, []), day, RULES)
        if now.not_before is None or now.not_before > day:
            continue
        fresh, done = check_results(rows_of([(day, home, part, outcome)]), log, HOMES, day, RULES, "x.csv")
        if not done.refused:
            made.append((home, day, outcome))
        log = added(log, fresh)
    return log, made


def check_obedient(start, steps):
    log, made = obedient(start, steps)
    assert len(log) == len(made)  # no visit lost, none invented
    for home in ("w1", "w2"):
        mine = [(day, outcome) for who, day, outcome in made if who == home]
        misses: list[dt.date] = []
        for (before, earlier), (day, _) in zip(mine, mine[1:], strict=False):
            assert (day - before).days >= RULES.gap_days
            if earlier == "geweigerd":
                assert day >= months_after(before, RULES.refusal_months)
            if earlier == "bezocht" and RULES.wave(before) == RULES.wave(day) != "andere":
                assert day >= months_after(before, RULES.revisit_months)
        for day, outcome in mine:
            misses = [] if outcome in CONTACT else [*misses, day]
            wave = RULES.wave(day)
            first = RULES.waves[wave][0] if wave in WAVES else months_after(day, -12)
            assert sum(miss >= first for miss in misses) <= RULES.max_attempts


def check_any(start, steps):
    """Whatever is recorded: once is enough, and the protocol never asks for a fifth attempt."""
    days, day = [], start
    for wait, home, part, outcome in steps:
        day += dt.timedelta(days=wait)
        days.append((day, home, part, outcome))
    rows = rows_of(days)
    fresh, once = check_results(rows, empty_log(), HOMES, day, RULES, "x.csv")
    log = added(empty_log(), fresh)
    assert once.added + len(once.refused) == len(rows) and once.known == 0
    again, twice = check_results(rows, log, HOMES, day, RULES, "x.csv")
    assert not again and twice.known >= once.added and twice.known + len(twice.refused) == len(rows)
    assert log["bezoek_id"].is_unique and len(log) == once.added
    for visits in visits_by_dwelling(log).values():
        now = standing(visits, day, RULES)
        refusals = [v.day for v in visits if v.outcome == "geweigerd"]
        if now.attempts >= RULES.max_attempts:
            assert now.not_before is None and now.status == "niet_bereikt"
        elif refusals and not now.appointment:
            assert now.not_before >= months_after(max(refusals), RULES.refusal_months)
        assert now.not_before is None or now.not_before >= max(v.day for v in visits)


sequences = st.lists(step, max_size=25)
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

test_a_team_that_follows_the_plan_keeps_every_rule = few(given(begin, sequences)(check_obedient))
test_any_results_are_recorded_once_and_never_ask_too_much = few(given(begin, sequences)(check_any))
test_many_obedient_sequences = pytest.mark.soak(many(given(begin, sequences)(check_obedient)))
test_many_sequences_of_any_kind = pytest.mark.soak(many(given(begin, sequences)(check_any)))
