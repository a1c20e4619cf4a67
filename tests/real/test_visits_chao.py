"""Benchmark instances of Chao et al. (1996); all of them run in bench/bench_visits.py."""

import numpy as np
import pytest

from arsenaal_gis.visits import solve_team_orienteering

# Proved optimal by constraint programming (methods, part D3).
OPTIMA = {"Set_21_234/p2.2.k": 275, "Set_21_234/p2.4.k": 180, "Set_33_234/p3.2.e": 260}


def read_instance(path):
    """Distances, prizes, number of routes and longest route of one instance file."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    head = {line[0]: float(line[1]) for line in lines[:3]}
    x, y, prize = np.array(lines[3:], float).T
    travel = np.hypot(x[:, None] - x, y[:, None] - y)
    return travel, prize, int(head["m"]), head["tmax"]


@pytest.mark.parametrize("name", OPTIMA)
def test_proved_optimum_is_found(shared_data, name):
    instance = read_instance(shared_data / "top_chao" / f"{name}.txt")
    answer = solve_team_orienteering(*instance, iterations=500, engine="ingebouwd")
    assert answer.prize == OPTIMA[name] <= answer.upper_bound
