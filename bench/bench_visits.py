"""Team orienteering: Chao's instances, and a week of rounds in the practice wijk beside PyVRP.

PyVRP is measured with this interpreter where it can be imported, else with that of ARSENAAL_BENCH_PYVRP (an
environment with pyvrp==0.14.1 and this library's dependencies), always in a process of its own. Seconds per
run and seeds: ARSENAAL_BENCH_SECONDS (10) and ARSENAAL_BENCH_SEEDS (5). ARSENAAL_BENCH_WIJK names an imported
practice wijk; without it one is made.
"""

import datetime as dt
import os
import pickle
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from arsenaal_gis import demo, ingest
from arsenaal_gis.plan import PlanContext, utc_moment
from arsenaal_gis.visits import stage
from arsenaal_gis.visits.orienteering import Problem, Solution, pyvrp_engine, solve
from arsenaal_gis.wijk import Wijk, import_delivery

ROOT = Path(__file__).resolve().parents[1]
CHAO = ROOT.parent / "shared/data/top_chao"
# Proved optima (p2.*, p3.2.e) and best known values, methods part D3.
BEST = {
    "p2.2.a": 90, "p2.2.k": 275, "p2.3.k": 200, "p2.4.k": 180, "p3.2.e": 260,
    "p1.2.r": 280, "p1.4.r": 210, "p3.3.t": 760, "p5.2.z": 1680, "p5.4.z": 1620,
}  # fmt: skip
SECONDS = float(os.environ.get("ARSENAAL_BENCH_SECONDS", "10"))
SEEDS = int(os.environ.get("ARSENAAL_BENCH_SEEDS", "5"))
BEFORE_THE_BASELINE = dt.date(2022, 2, 28)


def read_instance(path: Path) -> Problem:
    """One instance of Chao et al. (1996)."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    head = {line[0]: float(line[1]) for line in lines[:3]}
    x, y, prize = np.array(lines[3:], float).T
    return Problem.plain(np.hypot(x[:, None] - x, y[:, None] - y), prize, int(head["m"]), head["tmax"])


def by_pyvrp(problem: Problem, seconds: float, seed: int) -> Solution | None:
    """Solve in a process of its own; None where PyVRP is nowhere."""
    python = sys.executable if pyvrp_engine.available() else os.environ.get("ARSENAAL_BENCH_PYVRP")
    if not python:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.pickle"
        path.write_bytes(pickle.dumps((problem, seconds, seed)))
        subprocess.run(
            [python, "-m", "bench.bench_visits", str(path)], cwd=ROOT, check=True, capture_output=True
        )
        return pickle.loads(path.read_bytes())


def chao() -> list[dict[str, object]]:
    """Mean gap per engine over the instances with a known value."""
    rows, gaps = [], {"ingebouwd": [], "pyvrp": []}
    for name, best in BEST.items():
        found = next(CHAO.glob(f"*/{name}.txt"), None)
        if found is None:
            continue
        problem, row = read_instance(found), {"instance": name, "best": best}
        for engine, values in gaps.items():
            prizes = []
            for seed in range(SEEDS):
                if engine == "pyvrp":
                    answer = by_pyvrp(problem, SECONDS, seed)
                else:
                    answer = solve(problem, None, SECONDS, seed, engine)
                if answer is not None:
                    prizes.append(answer.prize)
            if prizes:
                values.append(100 * (1 - np.mean(prizes) / best))
                row[engine] = f"{np.mean(prizes):.1f} (worst {min(prizes):.0f})"
        rows.append(row)
    summary = {f"mean gap {engine}": f"{np.mean(v):.2f} %" for engine, v in gaps.items() if v}
    return [*rows, {"seconds": SECONDS, "seeds": SEEDS, **summary}] if rows else []


def practice_wijk(folder: Path) -> Wijk:
    """The practice wijk, imported."""
    if "ARSENAAL_BENCH_WIJK" in os.environ:
        return Wijk.open(os.environ["ARSENAAL_BENCH_WIJK"])
    demo.write(folder)
    wijk = Wijk.open(folder)
    import_delivery(wijk, ingest.read(wijk), utc_moment())
    return wijk


def week() -> list[dict[str, object]]:
    """The week before the baseline: 1296 dwellings, four teams, five days."""
    with tempfile.TemporaryDirectory() as folder:
        context = PlanContext(practice_wijk(Path(folder) / "wijk"), BEFORE_THE_BASELINE, Path(folder))
        captured = []
        real = stage.plan_rounds
        stage.plan_rounds = lambda *args, **options: (
            captured.append((args, options)) or real(*args, **options)
        )
        try:
            begin = time.perf_counter()
            stage.run(context)
            seconds = time.perf_counter() - begin
        finally:
            stage.plan_rounds = real
        plan = context.result("ronde_plan").iloc[0]
        (need, doors, start, network, _), _ = captured[0]
        begin = time.perf_counter()
        places = network.locate([start, *doors, start], [None, *need["straat"], None])
        travel = network.travel_times(places)
        matrix = time.perf_counter() - begin
    told = ("woningen_bezoekbaar", "woningen_gepland", "waarde", "bovengrens", "prijs_billijkheid_pct")
    rows = [
        {"week plan": f"{seconds:.1f} s", **{name: f"{plan[name]:.1f}" for name in told}},
        {
            "distance matrix": f"{matrix:.2f} s",
            "lowest street / mean": f"{plan['laagste_dekking_t_o_v_gemiddelde']:.3f}",
            "repeatable": plan["herhaalbaar"],
        },
    ]
    return rows + side_by_side(need, travel)


def side_by_side(need: object, travel: np.ndarray) -> list[dict[str, object]]:
    """Both engines on the same doors, with twenty equal shifts as PyVRP can state them."""
    prize = np.concatenate([[0.0], need["planwaarde"].to_numpy(float) * need["kans_wd_13_17"], [0.0]])
    service = np.where(prize > 0, 60 * (0.4 * 35 + 0.6 * 3), 0.0)
    shape = (20, len(prize))
    problem = Problem(
        travel,
        np.broadcast_to(prize, shape),
        np.full(20, 180 * 60.0),
        np.broadcast_to(service, shape),
        np.zeros(shape),
        np.full(shape, np.inf),
        ((),) * 20,
    )
    ours = solve(problem, None, 2 * SECONDS, 0, "ingebouwd")
    theirs = by_pyvrp(problem, 2 * SECONDS, 0)
    row = {"doors": len(prize) - 2, "seconds": 2 * SECONDS, "built-in": round(ours.prize, 1)}
    return [
        row | ({"pyvrp": round(theirs.prize, 1)} if theirs else {}) | {"bound": round(ours.upper_bound, 1)}
    ]


def run() -> list[dict[str, object]]:
    """All rows."""
    return week() + chao()


if __name__ == "__main__":
    file = Path(sys.argv[1])
    asked, limit, number = pickle.loads(file.read_bytes())
    file.write_bytes(pickle.dumps(solve(asked, None, limit, number, "pyvrp")))
