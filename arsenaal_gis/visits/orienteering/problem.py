"""The team orienteering problem: which doors, by which team, in which order."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...errors import MethodError

# Slack when comparing times and lengths, far below a metre or a second.
TOLERANCE = 1e-6


@dataclass(frozen=True)
class Problem:
    """Team orienteering with shifts, service times, appointments and street quotas.

    Node 0 is the start and node n-1 the end of every route (the same place or two). Times and distances are
    in one unit, e.g. seconds.

    Attributes:
        travel: (n, n) travel times; ``inf`` where no way leads.
        prizes: (r, n) prize of visiting a node in each of the r routes; zero or less: not there.
        limits: (r,) time available to each route.
        service: (r, n) time spent at a node.
        opens: (r, n) earliest start of service, after the start of the route.
        closes: (r, n) latest start of service.
        fixed: For each route the nodes that it must visit (appointments), which it can do in the order in
            which they open. Only these have windows.
        group: (n,) street of each node, -1 for none.
        minimum: (g,) number of visits that each street should have at least.
    """

    travel: np.ndarray
    prizes: np.ndarray
    limits: np.ndarray
    service: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    fixed: tuple[tuple[int, ...], ...] = ()
    group: np.ndarray = field(default_factory=lambda: np.array(-1))
    minimum: np.ndarray = field(default_factory=lambda: np.zeros(0, int))

    @classmethod
    def plain(cls, travel: np.ndarray, prizes: np.ndarray, n_routes: int, max_length: float) -> "Problem":
        """The problem of Chao et al. (1996): equal routes, no service time, no windows.

        Raises:
            MethodError: If the arrays do not fit each other or hold negative distances or missing values.
        """
        travel, prizes = np.asarray(travel, float), np.asarray(prizes, float)
        n = len(prizes)
        if travel.shape != (n, n) or n < 2:
            raise MethodError(
                f"The distances {travel.shape} do not fit {n} prizes.",
                "solve_team_orienteering",
                "Give (n, n).",
            )
        if np.isnan(travel).any() or (travel < 0).any() or not np.isfinite(prizes).all():
            raise MethodError(
                "Distances must be zero or more and prizes finite.",
                "solve_team_orienteering",
                "Check the input.",
            )
        shape = (n_routes, n)
        return cls(
            travel,
            np.broadcast_to(prizes, shape),
            np.full(n_routes, float(max_length)),
            np.zeros(shape),
            np.zeros(shape),
            np.full(shape, np.inf),
            ((),) * n_routes,
        )

    @property
    def size(self) -> int:
        """Number of nodes, start and end included."""
        return len(self.travel)

    @property
    def routes(self) -> int:
        """Number of routes."""
        return len(self.limits)

    @cached_property
    def symmetric(self) -> bool:
        """Whether every way takes as long back as forth."""
        return bool(np.array_equal(self.travel, self.travel.T))

    @cached_property
    def stray_windows(self) -> bool:
        """Whether a node has a window without being an appointment of that route."""
        loose = (self.opens > 0) | np.isfinite(self.closes)
        for r, nodes in enumerate(self.fixed):
            loose[r, list(nodes)] = False
        return bool((loose & (self.prizes > 0)).any())

    @cached_property
    def interchangeable(self) -> bool:
        """Whether the routes are alike, without appointments or quotas."""
        rows = (self.prizes, self.service, self.opens, self.closes)
        return (
            not any(self.fixed)
            and not len(self.minimum)
            and bool((self.limits == self.limits[:1]).all())
            and all(bool((row == row[:1]).all()) for row in rows)
        )


@dataclass(frozen=True)
class Solution:
    """Routes and how they were found.

    Attributes:
        routes: For each route its nodes in order, start and end included.
        prize: Sum of the prizes.
        upper_bound: No plan can be worth more than this.
        engine: ``ingebouwd`` or ``pyvrp <version>``.
        iterations: Iterations done.
        capped: Stopped by the clock: another run may end elsewhere (``niet herhaalbaar``).
    """

    routes: tuple[tuple[int, ...], ...]
    prize: float
    upper_bound: float
    engine: str
    iterations: int
    capped: bool


def schedule(problem: Problem, route: int, nodes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Earliest and latest start of service at each stop of a route.

    Returns:
        (k,) earliest and (k,) latest times; the route can be walked when earliest <= latest everywhere.
    """
    hops = problem.travel[nodes[:-1], nodes[1:]] + problem.service[route, nodes[:-1]]
    opens, closes = (
        problem.opens[route, nodes],
        np.minimum(problem.closes[route, nodes], problem.limits[route]),
    )
    if not opens.any() and np.isinf(problem.closes[route, nodes]).all():  # no window: plain sums
        early = np.concatenate([[0.0], np.cumsum(hops)])
        return early, early + (problem.limits[route] - early[-1])
    early, late = np.zeros(len(nodes)), closes.copy()
    early[0] = opens[0]
    for i, hop in enumerate(hops):
        early[i + 1] = max(early[i] + hop, opens[i + 1])
    for i in range(len(hops) - 1, -1, -1):
        late[i] = min(late[i], late[i + 1] - hops[i])
    return early, late


def value(problem: Problem, routes: list[np.ndarray] | tuple[tuple[int, ...], ...]) -> float:
    """Sum of the prizes of all visited nodes."""
    return float(sum(problem.prizes[r, list(nodes[1:-1])].sum() for r, nodes in enumerate(routes)))
