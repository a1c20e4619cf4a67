"""PyVRP as engine, where it is installed: https://pyvrp.org (MIT), written for version 0.14."""

import importlib.metadata
import importlib.util

import numpy as np

from .problem import Problem

# PyVRP counts in whole numbers: times in 1/SCALE units, and prizes far above any saving in time.
SCALE = 1000
PRIZE_SCALE = 100


def available() -> bool:
    """Whether PyVRP can be imported."""
    return importlib.util.find_spec("pyvrp") is not None


def name() -> str:
    """Engine name with its version, for the result."""
    return f"pyvrp {importlib.metadata.version('pyvrp')}"


def expressible(problem: Problem) -> bool:
    """Whether PyVRP can state the problem: prizes that do not differ by route, and no street quotas."""
    return problem.interchangeable and not problem.opens.any() and bool(np.isinf(problem.closes).all())


def solve(
    problem: Problem, iterations: int | None, time_limit: float | None, seed: int
) -> tuple[list[np.ndarray], int, bool]:
    """Routes found by PyVRP; see ``solve_problem``.

    Returns:
        The routes, iterations done and whether the clock stopped it.
    """
    from pyvrp import Model
    from pyvrp.stop import MaxIterations, MaxRuntime, MultipleCriteria

    last = problem.size - 1
    reachable = np.isfinite(problem.travel)
    # Travel rounds up, so that a route that fits in whole numbers fits in real ones.
    whole = np.ceil(np.where(reachable, problem.travel, 0.0) * SCALE - 1e-6).astype(int)
    service = np.ceil(problem.service[0] * SCALE - 1e-6).astype(int)
    limit = int(np.floor(problem.limits[0] * SCALE + 1e-6))
    far = 4 * limit + 1
    model = Model()
    places = [model.add_location(0, 0, name=str(i)) for i in range(problem.size)]
    start, end = model.add_depot(places[0]), model.add_depot(places[last])
    # One unit of prize outweighs any route length.
    weight = PRIZE_SCALE * (problem.routes * limit + 1) / max(float(problem.prizes[0].max()), 1e-12)
    nodes = [i for i in range(1, last) if problem.prizes[0, i] > 0]
    for i in nodes:
        model.add_client(
            places[i],
            service_duration=int(service[i]),
            prize=int(round(problem.prizes[0, i] * weight)),
            required=False,
        )
    model.add_vehicle_type(
        problem.routes, start_depot=start, end_depot=end, shift_duration=limit, unit_distance_cost=1
    )
    for i in [0, *nodes, last]:
        for j in [0, *nodes, last]:
            if i != j:
                length = int(whole[i, j]) if reachable[i, j] else far
                model.add_edge(places[i], places[j], length, length)
    stops = [] if iterations is None else [MaxIterations(iterations)]
    stops += [] if time_limit is None else [MaxRuntime(time_limit)]
    result = model.solve(MultipleCriteria(stops), seed=seed, display=False)
    routes = [
        np.array([0, *(nodes[activity.idx] for activity in route if activity.is_client()), last])
        for route in (result.best.routes() if result.best.is_feasible() else [])
    ]
    routes += [np.array([0, last])] * (problem.routes - len(routes))
    return routes, result.num_iterations, iterations is None or result.num_iterations < iterations
