"""Built-in engine: large neighbourhood search in whole-array steps.

Each iteration takes some stops out of the routes and refills them greedily, weighing prize against detour
with random exponents and noise; routes are shortened by 2-opt and stops exchanged for better ones. A worse
plan is accepted with a chance that falls to zero (simulated annealing). Where routes are interchangeable the
best routes met are recombined exactly (set packing). After Hammami, Rekik & Coelho (2020), A hybrid adaptive
large neighborhood search heuristic for the team orienteering problem, Computers & Operations Research 123.

The work per step is on (stops in one route) x (all nodes): for each route the cheapest insertion of every
node is kept and only the changed routes are looked at again, so plain numpy is quick enough for 1300 doors.
"""

import time
from collections.abc import Callable

import numpy as np

from .packing import RoutePool
from .problem import TOLERANCE, Problem, schedule, value

# Annealing starts at this many times the mean prize; with recombination it is repeated this many times.
START_TEMPERATURE = 0.25
CYCLES = 6
# Stops of a street below its minimum come before all others: exp(RAISE) times their prize.
RAISE = 12.0
# A route shorter by its own budget is worth this share of the smallest prize: a tie-break only.
TIE = 0.01


class State:
    """Routes under construction, with the cheapest insertion of every node in every route."""

    def __init__(self, problem: Problem, bonus: float) -> None:
        self.problem = problem
        self.bonus = bonus
        self.routes = [np.array([0, problem.size - 1]) for _ in range(problem.routes)]
        self.free = np.ones(problem.size, bool)
        self.free[[0, -1]] = False
        self.log_cost = np.full((problem.routes, problem.size), np.inf)
        self.barred = problem.prizes <= 0
        self.length = np.zeros(problem.routes)
        self.count = np.zeros(len(problem.minimum), int)
        self.changed: set[int] = set()
        for r in range(problem.routes):
            self.refresh(r)

    def copy(self) -> "State":
        """Independent copy; routes are replaced, never changed in place."""
        twin = object.__new__(State)
        twin.problem, twin.bonus = self.problem, self.bonus
        twin.routes = list(self.routes)
        twin.free, twin.log_cost, twin.barred = self.free.copy(), self.log_cost.copy(), self.barred
        twin.length, twin.count = self.length.copy(), self.count.copy()
        twin.changed = set(self.changed)
        return twin

    def detours(self, r: int, of: slice | int) -> tuple[np.ndarray, np.ndarray]:
        """Extra travel (k - 1, n) or (k - 1,) of nodes at each place of route r, and room (k - 1,) there."""
        problem, nodes = self.problem, self.routes[r]
        early, late = schedule(problem, r, nodes)
        self.length[r] = early[-1]
        legs = problem.travel[nodes[:-1], nodes[1:]]
        room = late[1:] - early[:-1] - problem.service[r, nodes[:-1]] - legs
        there = problem.travel[nodes] if isinstance(of, slice) else problem.travel[nodes, of]
        back = there
        if not problem.symmetric:
            back = problem.travel.T[nodes] if isinstance(of, slice) else problem.travel[of, nodes]
        detour = there[:-1] + back[1:]
        detour -= legs[:, None] if isinstance(of, slice) else legs
        return detour, room

    def refresh(self, r: int) -> None:
        """Find again the cheapest insertion of every node in route r."""
        problem = self.problem
        detour, room = self.detours(r, slice(None))
        if np.ptp(room) > TOLERANCE:  # windows: room differs along the route
            detour[detour + problem.service[r] > room[:, None] + TOLERANCE] = np.inf
        cost = detour.min(0)
        cost += problem.service[r]
        # A detour of nothing at all (or less, one way) still counts as a thousandth of the route.
        log_cost = np.log(np.maximum(cost, 0.0) + 1e-3 * problem.limits[r])
        log_cost[(cost > room.max() + TOLERANCE) | self.barred[r]] = np.inf
        self.log_cost[r] = log_cost

    def put(self, r: int, node: int) -> None:
        """Insert a node at its cheapest place."""
        detour, room = self.detours(r, node)
        detour[detour + self.problem.service[r, node] > room + TOLERANCE] = np.inf
        at = int(detour.argmin()) + 1
        self.replace(r, np.concatenate([self.routes[r][:at], [node], self.routes[r][at:]]))

    def replace(self, r: int, nodes: np.ndarray) -> None:
        """Give route r other nodes."""
        self.free[self.routes[r]] = True
        self.free[nodes] = False
        self.free[[0, -1]] = False
        if len(self.count):
            for sign, stops in ((-1, self.routes[r]), (1, nodes)):
                groups = self.problem.group[stops[1:-1]]
                np.add.at(self.count, groups[groups >= 0], sign)
        self.routes[r] = nodes
        self.changed.add(r)
        self.refresh(r)

    def wanted(self) -> np.ndarray:
        """(n,) nodes in streets that have fewer visits than their minimum."""
        return np.append(self.count < self.problem.minimum, False)[self.problem.group]

    def reaches_minimum(self, node: int) -> bool:
        """Whether the street of a node just visited now has exactly its minimum."""
        if not len(self.count):
            return False
        street = self.problem.group[node]
        return bool(street >= 0 and self.count[street] == self.problem.minimum[street])

    def score(self) -> float:
        """Prize, less the bonus for each visit that a street falls short, and a little for length."""
        short = np.maximum(self.problem.minimum - self.count, 0).sum() if len(self.count) else 0
        return value(self.problem, self.routes) - self.bonus * float(short)


class Search:
    """One run of the engine on one problem."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.random = np.random.default_rng(seed)
        positive = problem.prizes[problem.prizes > 0]
        self.small = float(positive.min()) if len(positive) else 1.0
        self.typical = float(positive.mean()) if len(positive) else 1.0
        self.bonus = 100.0 * float(positive.max()) if len(positive) else 1.0
        with np.errstate(divide="ignore"):
            self.log_prize = np.log(np.maximum(problem.prizes, 0.0))
            self.log_raised = self.log_prize + RAISE
        self.fixed = [set(nodes) for nodes in problem.fixed] or [set() for _ in range(problem.routes)]
        finite = np.where(np.isfinite(problem.travel), problem.travel, np.nan)
        self.near = np.argsort(np.nan_to_num(finite, nan=1e18), axis=1, kind="stable")
        self.pool = RoutePool(problem)

    def objective(self, state: State) -> float:
        """Score with shorter routes preferred among equals."""
        share = float(state.length.sum() / max(self.problem.limits.sum(), TOLERANCE))
        return state.score() - TIE * self.small * share

    def start(self, warm: list[np.ndarray] | None) -> State:
        """Appointments first, then greedily filled; or given routes."""
        state = State(self.problem, self.bonus)
        for r, nodes in enumerate(warm or []):
            state.replace(r, np.asarray(nodes))
        if warm is None:
            for r, nodes in enumerate(self.fixed):
                if nodes:
                    order = sorted(nodes, key=lambda i: (self.problem.opens[r, i], i))
                    state.replace(r, np.array([0, *order, self.problem.size - 1]))
        self.fill(state)
        return state

    def fill(self, state: State) -> None:
        """Insert nodes until none fits, then shorten and exchange in the changed routes and try again."""
        power = self.random.uniform(0.3, 1.6)
        noise = np.log(self.random.uniform(0.75, 1.25, self.problem.size))
        self.insert(state, power, noise)
        for _ in range(4):
            changed, state.changed = sorted(state.changed), set()
            for r in changed:
                self.two_opt(state, r)
            for r in changed:
                self.exchange(state, r)
            if not state.changed:
                break
            self.insert(state, power, noise)
        state.changed = set()

    def insert(self, state: State, power: float, noise: np.ndarray) -> None:
        """Greedy insertion by prize / detour**power, compared as logarithms."""

        def worth() -> np.ndarray:
            gain = np.where(state.wanted(), self.log_raised, self.log_prize) + noise
            gain[:, ~state.free] = -np.inf
            return gain

        gain = worth()
        weight = gain - power * state.log_cost
        while True:
            r, node = divmod(int(weight.argmax()), self.problem.size)
            if weight[r, node] == -np.inf:
                return
            state.put(r, node)
            if state.reaches_minimum(node):
                gain = worth()
                weight = gain - power * state.log_cost
            else:
                gain[:, node] = weight[:, node] = -np.inf
                weight[r] = gain[r] - power * state.log_cost[r]

    def two_opt(self, state: State, r: int) -> bool:
        """Turn stretches of a route around while that shortens it."""
        if not self.problem.symmetric or len(state.routes[r]) < 5:
            return False
        nodes, improved = state.routes[r], False
        windowed = bool(self.fixed[r])
        while True:
            legs = self.problem.travel[np.ix_(nodes, nodes)]
            ahead = np.diagonal(legs, 1)
            gain = ahead[:, None] + ahead[None, :] - legs[:-1, :-1] - legs[1:, 1:]
            gain[np.tril_indices(len(ahead))] = 0.0
            i, j = divmod(int(gain.argmax()), len(ahead))
            if gain[i, j] <= TOLERANCE:
                break
            turned = np.concatenate([nodes[: i + 1], nodes[i + 1 : j + 1][::-1], nodes[j + 1 :]])
            if windowed:
                early, late = schedule(self.problem, r, turned)
                if (early > late + TOLERANCE).any():
                    break
            nodes, improved = turned, True
        if improved:
            state.replace(r, nodes)
        return improved

    def exchange(self, state: State, r: int) -> bool:
        """Put a free node of a higher prize in the place of a stop."""
        problem, nodes = self.problem, state.routes[r]
        if len(nodes) < 3:
            return False
        stops = nodes[1:-1]
        worth = problem.prizes[r]
        new = np.flatnonzero(state.free & (worth > max(worth[stops].min(), 0.0)))
        if not len(new):
            return False
        there = problem.travel[nodes[:, None], new]
        back = there if problem.symmetric else problem.travel[new[:, None], nodes].T
        legs = problem.travel[nodes[:-1], nodes[1:]]
        detour = there[:-2] + back[2:] - (legs[:-1] + legs[1:])[:, None]
        detour += problem.service[r, new] - problem.service[r, stops][:, None]
        gain = worth[new] - worth[stops][:, None]
        early, late = schedule(problem, r, nodes)
        fits = detour <= late[-1] - early[-1] + TOLERANCE
        if self.fixed[r]:
            fits[[node in self.fixed[r] for node in stops.tolist()]] = False
        if len(state.count):  # a street at its minimum only exchanges within itself
            street = problem.group[stops]
            bound = np.append(state.count <= problem.minimum, False)[street]
            fits &= ~bound[:, None] | (problem.group[new] == street[:, None])
        gain = np.where(fits, gain, 0.0)
        i, best = divmod(int(gain.argmax()), len(new))
        if gain[i, best] <= TOLERANCE:
            return False
        changed = nodes.copy()
        changed[i + 1] = new[best]
        if self.fixed[r]:
            early, late = schedule(problem, r, changed)
            if (early > late + TOLERANCE).any():
                return False
        state.replace(r, changed)
        return True

    def ruin(self, state: State) -> None:
        """Take out stops: a stretch of some routes, the surroundings of a node, or scattered ones."""
        random, problem = self.random, self.problem
        used = np.flatnonzero(~state.free[1:-1]) + 1
        if not len(used):
            return
        kind = random.random()
        if kind < 0.45:
            gone = set()
            for r in random.permutation(problem.routes)[: random.integers(1, min(problem.routes, 4) + 1)]:
                stops = state.routes[r][1:-1]
                if len(stops):
                    size = int(random.integers(1, max(2, min(len(stops), 15) // 2 + 2)))
                    at = int(random.integers(0, max(1, len(stops) - size + 1)))
                    gone.update(stops[at : at + size].tolist())
        elif kind < 0.8:
            size = int(random.integers(2, max(3, min(len(used) // 2, 25)) + 1))
            seed = int(random.integers(1, problem.size - 1))
            ranked = self.near[seed]
            gone = set(ranked[~state.free[ranked]][: size + 2].tolist())
        else:
            size = int(random.integers(1, max(2, min(len(used) // 3, 12)) + 1))
            gone = set(random.choice(used, min(size, len(used)), replace=False).tolist())
        gone -= {0, problem.size - 1}
        for r, nodes in enumerate(state.routes):
            keep = np.array([i not in gone or i in self.fixed[r] for i in nodes.tolist()])
            if not keep.all():
                state.replace(r, nodes[keep])

    def run(
        self,
        iterations: int | None,
        time_limit: float | None,
        check: Callable[[], None],
        warm: list[np.ndarray] | None = None,
    ) -> tuple[list[np.ndarray], int, bool]:
        """Search; see ``solve``.

        Returns:
            The best routes, the iterations done, and whether the clock stopped it.
        """
        began = time.monotonic()
        current = self.start(warm)
        best = current.copy()
        now = top = self.objective(current)
        done, capped, cycle = 0, False, 0
        cycles = CYCLES if self.pool.use else 1
        while True:
            share = (
                done / iterations if iterations else (time.monotonic() - began) / max(time_limit or 0.0, 1e-9)
            )
            if time_limit is not None and time.monotonic() - began >= time_limit:
                capped = iterations is None or done < iterations
                break
            if share >= 1:
                break
            if int(share * cycles) > cycle:
                cycle = int(share * cycles)
                packed = self.pool.best()
                if packed is not None:
                    better = self.start(packed)
                    if self.objective(better) > top + TOLERANCE:
                        best, top = better, self.objective(better)
                current, now = best.copy(), top
            if done % 50 == 0:
                check()
            trial = current.copy()
            self.ruin(trial)
            self.fill(trial)
            score = self.objective(trial)
            self.pool.add(trial.routes, score)
            heat = START_TEMPERATURE * (1 - (share * cycles) % 1) ** 2 * self.typical
            if score >= now or self.random.random() < np.exp((score - now) / max(heat, 1e-12)):
                current, now = trial, score
                if score > top + 1e-9:
                    best, top = trial.copy(), score
            done += 1
        packed = self.pool.best()
        if packed is not None:
            better = self.start(packed)
            if self.objective(better) > top:
                best = better
        return best.routes, done, capped
