"""Exact recombination of routes met during the search."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from .problem import Problem

# Routes kept, and routes offered to the exact selection.
KEPT, OFFERED = 20_000, 1500


class RoutePool:
    """Routes of a problem with interchangeable routes, the best order of each set of nodes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.use = problem.interchangeable and problem.routes > 1 and problem.size <= 300
        self.routes: dict[bytes, tuple[float, np.ndarray]] = {}

    def add(self, routes: list[np.ndarray], score: float) -> None:
        """Remember the routes of a plan worth ``score``."""
        if not self.use:
            return
        for nodes in routes:
            key = np.sort(nodes).tobytes()
            known = self.routes.get(key)
            if known is None or known[0] < score:
                self.routes[key] = (score, nodes)
        if len(self.routes) > 2 * KEPT:
            ranked = sorted(self.routes.items(), key=lambda item: -item[1][0])
            self.routes = dict(ranked[:KEPT])

    def best(self) -> list[np.ndarray] | None:
        """Disjoint routes of the pool with the highest sum of prizes; None if there is no pool."""
        if not self.use or not self.routes:
            return None
        ranked = sorted(self.routes.values(), key=lambda item: -item[0])[:OFFERED]
        routes = [nodes for _, nodes in ranked if len(nodes) > 2]
        if not routes:
            return None
        prize = np.array([self.problem.prizes[0, nodes[1:-1]].sum() for nodes in routes])
        column = np.repeat(np.arange(len(routes)), [len(nodes) - 2 for nodes in routes])
        row = np.concatenate([nodes[1:-1] for nodes in routes])
        cover = csr_matrix((np.ones(len(row)), (row, column)), shape=(self.problem.size, len(routes)))
        answer = milp(
            -prize,
            integrality=np.ones(len(routes)),
            bounds=Bounds(0, 1),
            constraints=[
                LinearConstraint(cover, -np.inf, 1),
                LinearConstraint(np.ones((1, len(routes))), -np.inf, self.problem.routes),
            ],
            options={"node_limit": 200},
        )
        if answer.x is None:
            return None
        chosen = [routes[i] for i in np.flatnonzero(answer.x > 0.5)]
        empty = np.array([0, self.problem.size - 1])
        return [*chosen, *[empty] * (self.problem.routes - len(chosen))]
