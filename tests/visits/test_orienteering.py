"""Team orienteering: small problems against enumeration, every rule against the verifier."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import Cancelled, MethodError
from arsenaal_gis.progress import Silent
from arsenaal_gis.visits.orienteering import (
    Problem,
    pyvrp_engine,
    schedule,
    solve,
    solve_team_orienteering,
    upper_bound,
    violations,
)


def euclid(xy):
    xy = np.asarray(xy, float)
    return np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))


LINE = euclid([(0, 0), (1, 0), (2, 0), (10, 0), (0, 0)])


def optimum(travel, prizes, n_routes, limit):
    """Best prize by trying every set of nodes of every route."""
    inner = range(1, len(prizes) - 1)
    worth = {frozenset(): 0.0}
    for size in range(1, len(prizes) - 1):
        for nodes in combinations(inner, size):
            legs = (
                travel[0, way[0]]
                + sum(travel[a, b] for a, b in zip(way, way[1:], strict=False))
                + travel[way[-1], -1]
                for way in permutations(nodes)
            )
            if min(legs) <= limit + 1e-9:
                worth[frozenset(nodes)] = float(sum(prizes[i] for i in nodes))
    best = worth
    for _ in range(n_routes - 1):
        merged = {}
        for a, x in best.items():
            for b, y in worth.items():
                if not a & b:
                    merged[a | b] = max(merged.get(a | b, 0.0), x + y)
        best = merged
    return max(best.values())


def test_a_street_walked_to_its_end_and_back():
    answer = solve_team_orienteering(LINE, [0, 5, 7, 100, 0], 1, 4.0, iterations=20, engine="ingebouwd")
    assert answer.prize == 12 and set(answer.routes[0]) == {0, 1, 2, 4}
    assert not answer.capped and answer.engine == "ingebouwd"


def test_nothing_within_reach_gives_empty_routes():
    answer = solve_team_orienteering(LINE, [0, 5, 7, 100, 0], 2, 1.0, iterations=5, engine="ingebouwd")
    assert answer.routes == ((0, 4), (0, 4)) and answer.prize == 0 == answer.upper_bound


def test_no_doors_at_all():
    assert solve_team_orienteering(np.zeros((2, 2)), [0, 0], 1, 5.0, iterations=3).prize == 0


def test_a_door_that_no_way_leads_to_is_left_out():
    travel = LINE.copy()
    travel[1, :], travel[:, 1] = np.inf, np.inf
    answer = solve_team_orienteering(travel, [0, 500, 7, 1, 0], 1, 4.0, iterations=20, engine="ingebouwd")
    assert answer.prize == 7


coordinates = st.tuples(st.integers(0, 20), st.integers(0, 20))
small = st.lists(coordinates, min_size=3, max_size=7)


@settings(max_examples=40, deadline=None)
@given(small, st.lists(st.integers(1, 30), min_size=7, max_size=7), st.integers(1, 3), st.integers(5, 60))
def test_small_problems_are_solved_to_the_optimum_and_bounded(places, prizes, n_routes, limit):
    travel = euclid([*places, places[0]])
    prizes = np.array([0, *prizes[: len(places) - 1], 0], float)
    best = optimum(travel, prizes, n_routes, limit)
    answer = solve_team_orienteering(travel, prizes, n_routes, limit, iterations=60, engine="ingebouwd")
    assert answer.prize == pytest.approx(best)
    assert answer.upper_bound >= best - 1e-6


@settings(max_examples=25, deadline=None)
@given(small, st.integers(0, 2**31), st.integers(5, 40))
def test_one_way_streets_are_obeyed(places, seed, limit):
    random = np.random.default_rng(seed)
    travel = euclid([*places, places[0]]) * random.uniform(1, 2, (len(places) + 1,) * 2)
    for over in range(len(travel)):  # who walks takes the shortest way, also over another door
        travel = np.minimum(travel, travel[:, over, None] + travel[over])
    prizes = np.array([0, *random.integers(1, 9, len(places) - 1), 0], float)
    answer = solve_team_orienteering(travel, prizes, 2, limit, iterations=60, engine="ingebouwd")
    assert answer.prize == pytest.approx(optimum(travel, prizes, 2, limit))
    assert answer.upper_bound >= answer.prize - 1e-6


def random_problem(seed=1, n=40, routes=3, limit=60.0):
    random = np.random.default_rng(seed)
    prizes = random.integers(1, 50, n).astype(float)
    prizes[[0, -1]] = 0
    xy = random.uniform(0, 30, (n, 2))
    xy[-1] = xy[0]
    problem = Problem.plain(euclid(xy), prizes, routes, limit)
    service = np.broadcast_to(np.where(prizes > 0, 2.0, 0.0), (routes, n))
    return replace(problem, service=service)


def test_the_same_seed_gives_the_same_rounds_and_the_clock_is_told():
    problem = random_problem()
    first, second = (solve(problem, 40, seed=7, engine="ingebouwd") for _ in range(2))
    assert first == second and first.iterations == 40
    capped = solve(problem, 10**9, time_limit=0.05, seed=7, engine="ingebouwd")
    assert capped.capped and not violations(problem, capped.routes)


def test_appointments_are_kept_within_their_window():
    problem = random_problem()
    opens, closes = problem.opens.copy(), problem.closes.copy()
    opens[1, 5], closes[1, 5] = 30.0, 35.0
    opens[0, 9], closes[0, 9] = 5.0, 40.0
    problem = replace(problem, opens=opens, closes=closes, fixed=((9,), (5,), ()))
    answer = solve(problem, 60, engine="ingebouwd")
    assert not violations(problem, answer.routes)
    early, late = schedule(problem, 1, np.array(answer.routes[1]))
    at = answer.routes[1].index(5)
    assert 30 <= early[at] <= late[at] <= 35
    assert 9 in answer.routes[0] and answer.prize <= answer.upper_bound


def test_a_team_visits_only_where_it_may():
    problem = random_problem()
    prizes = problem.prizes.copy()
    prizes[0, 1:20], prizes[1:, 20:-1] = 0, 0
    problem = replace(problem, prizes=prizes)
    answer = solve(problem, 40, engine="ingebouwd")
    assert all(node >= 20 for node in answer.routes[0][1:-1])
    assert all(node < 20 for route in answer.routes[1:] for node in route[1:-1])


def test_a_street_with_a_minimum_gets_it_although_it_pays_less():
    problem = random_problem()
    poor = problem.prizes.copy()
    poor[:, 1:9] = 0.1
    group = np.where(np.arange(40) < 9, 0, 1)
    group[[0, -1]] = -1
    free = replace(problem, prizes=poor)
    fair = replace(free, group=group, minimum=np.array([5, 0]))
    visits = [
        sum(1 <= node < 9 for route in solve(p, 60, engine="ingebouwd").routes for node in route)
        for p in (free, fair)
    ]
    assert visits[1] >= 5 > visits[0]


@pytest.mark.parametrize(
    ("routes", "rule"),
    [
        ([(0, 4)], "1 routes instead of 2"),
        ([(1, 4), (0, 4)], "start to end"),
        ([(0, 1, 4), (0, 1, 4)], "in routes 0 and 1"),
        ([(0, 2, 2, 4), (0, 4)], "in routes 0 and 0"),
        ([(0, 3, 4), (0, 4)], "takes 20.000 of 4.000"),
        ([(0, 4, 1, 4), (0, 4)], "passes the start or end"),
    ],
)
def test_the_verifier_names_each_broken_rule(routes, rule):
    problem = Problem.plain(LINE, [0, 5, 7, 100, 0], 2, 4.0)
    assert any(rule in sentence for sentence in violations(problem, routes))


def test_the_verifier_sees_late_appointments_missing_ones_and_forbidden_doors():
    problem = Problem.plain(LINE, [0, 5, 7, 0, 0], 1, 40.0)
    closes = problem.closes.copy()
    closes[0, 2] = 1.0
    problem = replace(problem, closes=closes, fixed=((1,),))
    assert violations(problem, [(0, 2, 4)]) == [
        "route 0 is too late at node 2",
        "appointment 1 is missing from route 0",
    ]
    assert violations(problem, [(0, 1, 3, 4)]) == ["node 3 may not be in route 0"]


def test_waiting_for_an_appointment_counts_as_time():
    problem = Problem.plain(LINE, [0, 5, 7, 0, 0], 1, 10.0)
    opens = problem.opens.copy()
    opens[0, 1] = 9.5
    assert violations(replace(problem, opens=opens), [(0, 1, 4)]) == ["route 0 takes 10.500 of 10.000"]


def test_the_user_can_stop_it():
    stop = Silent()
    stop.cancelled = True
    with pytest.raises(Cancelled):
        solve(random_problem(), 10, progress=stop, engine="ingebouwd")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"engine": "ortools"}, "no engine"),
        ({"iterations": None}, "needs an end"),
        ({"distances": LINE[:3]}, "do not fit"),
        ({"distances": LINE - 1}, "zero or more"),
        ({"prizes": [0, np.nan, 1, 1, 0]}, "finite"),
    ],
)
def test_input_that_does_not_fit_is_refused(change, words):
    asked = {"distances": LINE, "prizes": [0, 5, 7, 9, 0], "n_routes": 1, "max_length": 4.0} | change
    with pytest.raises(MethodError, match=words):
        solve_team_orienteering(**asked)


def test_pyvrp_that_is_absent_or_cannot_state_the_problem_is_refused(monkeypatch):
    monkeypatch.setattr(pyvrp_engine, "available", lambda: False)
    with pytest.raises(MethodError, match="not installed"):
        solve(random_problem(), 5, engine="pyvrp")
    assert solve(random_problem(), 5, engine="auto").engine == "ingebouwd"
    monkeypatch.setattr(pyvrp_engine, "available", lambda: True)
    fair = replace(random_problem(), group=np.zeros(40, int), minimum=np.array([1]))
    with pytest.raises(MethodError, match="cannot state"):
        solve(fair, 5, engine="pyvrp")


@pytest.mark.skipif(not pyvrp_engine.available(), reason="PyVRP is optional")
def test_both_engines_find_the_same_value():
    problem = random_problem()
    ours, theirs = solve(problem, 300, engine="ingebouwd"), solve(problem, 300, engine="pyvrp")
    assert theirs.engine.startswith("pyvrp 0.") and not theirs.capped
    assert theirs.prize == pytest.approx(ours.prize, rel=0.02)
    assert max(ours.prize, theirs.prize) <= upper_bound(problem)
