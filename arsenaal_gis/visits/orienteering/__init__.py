"""Team orienteering: choose whom to visit and in which order, within the time of each route."""

from collections.abc import Sequence

import numpy as np

from ...errors import MethodError
from ...progress import SILENT, Progress
from . import pyvrp_engine
from .bound import upper_bound
from .problem import Problem, Solution, schedule, value
from .search import Search
from .verify import violations

__all__ = ["Problem", "Solution", "schedule", "solve", "solve_team_orienteering", "upper_bound", "violations"]

# Above this many places the built-in engine collects more than PyVRP in the same time (bench_visits).
PYVRP_PLACES = 300
ENGINES = ("auto", "ingebouwd", "pyvrp")


def solve_team_orienteering(
    distances: np.ndarray,
    prizes: Sequence[float] | np.ndarray,
    n_routes: int,
    max_length: float,
    *,
    iterations: int | None = 2000,
    time_limit: float | None = None,
    seed: int = 0,
    engine: str = "auto",
) -> Solution:
    """Collect the most prize in ``n_routes`` routes of at most ``max_length`` from node 0 to the last node.

    The team orienteering problem of Chao, Golden & Wasil (1996), European Journal of Operational Research 88.

    Args:
        distances: (n, n) shortest distances, not the same both ways in a one-way street, ``inf`` where no way leads.
            No way over another node is shorter.
        prizes: (n,) prizes; nodes with none are not visited, those of start and end do not count.
        n_routes: Number of routes.
        max_length: Longest route, in the unit of the distances.
        iterations: Iterations of the engine; with a seed these make the result repeatable.
        time_limit: Seconds after which the search stops; a result stopped so is marked ``capped``.
        seed: Seed of the random choices.
        engine: ``ingebouwd``, ``pyvrp``, or ``auto``: PyVRP where it is installed and the better one.

    Returns:
        The routes, their prize, an upper bound and the engine.

    Raises:
        MethodError: If the input does not fit, or the engine is not there.
    """
    return solve(Problem.plain(distances, prizes, n_routes, max_length), iterations, time_limit, seed, engine)


def solve(
    problem: Problem,
    iterations: int | None,
    time_limit: float | None = None,
    seed: int = 0,
    engine: str = "auto",
    warm: list[np.ndarray] | None = None,
    progress: Progress = SILENT,
) -> Solution:
    """Solve a team orienteering problem with windows, skills and quotas; see ``solve_team_orienteering``.

    Args:
        problem: The problem.
        iterations: Iterations, or None to go on until the time limit.
        time_limit: Cap in seconds, or None.
        seed: Seed.
        engine: Engine.
        warm: Feasible routes to start from (built-in engine).
        progress: Asked regularly whether to stop.

    Returns:
        The solution, verified.

    Raises:
        MethodError: If neither limit is given, the engine is not there or cannot state the problem, or an
            engine returns routes that break a rule.
    """
    if engine not in ENGINES:
        raise MethodError(f"There is no engine {engine!r}.", "engine", f"Choose one of {', '.join(ENGINES)}.")
    if iterations is None and time_limit is None:
        raise MethodError("A search needs an end.", "iterations, time_limit", "Give at least one of them.")
    if problem.stray_windows:
        raise MethodError(
            "A window belongs to an appointment of one route.", "rounds", "Name it in 'fixed' of that route."
        )
    there, fits = pyvrp_engine.available(), pyvrp_engine.expressible(problem)
    if engine == "pyvrp" and not (there and fits):
        reason = "cannot state this problem" if there else "is not installed"
        raise MethodError(f"PyVRP {reason}.", "engine", "Choose engine 'ingebouwd' or 'auto'.")
    if engine == "pyvrp" or (engine == "auto" and there and fits and problem.size <= PYVRP_PLACES):
        routes, done, capped = pyvrp_engine.solve(problem, iterations, time_limit, seed)
        label = pyvrp_engine.name()
    else:
        routes, done, capped = Search(problem, seed).run(iterations, time_limit, progress.check, warm)
        label = "ingebouwd"
    plain = tuple(tuple(int(node) for node in nodes) for nodes in routes)
    broken = violations(problem, plain)
    if broken:
        raise MethodError(f"The engine {label} broke a rule: {broken[0]}.", "rounds", "Report this as a bug.")
    return Solution(plain, value(problem, plain), upper_bound(problem), label, done, capped)
