"""Upper bound on the prize that any plan can collect."""

import numpy as np
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from .problem import TOLERANCE, Problem


def upper_bound(problem: Problem) -> float:
    """Bound by what the routes can pay for together (a fractional knapsack).

    Every visited node takes at least its service and half of its two shortest legs; start and end take half
    of the shortest leg that leaves or enters them. A node that no route can reach and return from counts for
    nothing, and appointments count as visited.

    Args:
        problem: The problem.

    Returns:
        A value that no feasible set of routes exceeds.
    """
    n, last = problem.size, problem.size - 1
    if n == 2 or problem.routes == 0:
        return 0.0
    travel = problem.travel
    inner = np.arange(1, last)
    ways = csgraph_from_dense(travel, null_value=np.inf)  # a detour may be shorter than the direct way
    arrival = dijkstra(ways, indices=0)[inner]
    there = arrival + dijkstra(ways.T, indices=last)[inner] + problem.service[:, inner]
    arrival = np.maximum(arrival, problem.opens[:, inner])
    possible = (
        (problem.prizes[:, inner] > 0)
        & (there <= problem.limits[:, None] + TOLERANCE)
        & (arrival <= problem.closes[:, inner] + TOLERANCE)
    )
    prize = np.where(possible, problem.prizes[:, inner], 0.0).max(0)
    service = np.where(possible, problem.service[:, inner], np.inf).min(0)

    useful = np.append(inner[prize > 0], last) if problem.size > 2 else np.array([last])
    legs_in = travel[np.ix_(np.append(0, inner[prize > 0]), inner)].copy()
    legs_out = travel[np.ix_(inner, useful)].copy()
    column = {int(node): i for i, node in enumerate(useful)}
    row = {int(node): i + 1 for i, node in enumerate(inner[prize > 0])}
    for i, node in enumerate(inner):
        if int(node) in row:
            legs_in[row[int(node)], i] = np.inf
            legs_out[i, column[int(node)]] = np.inf
    if problem.symmetric:
        # The two legs of a visit lead to different nodes, start and end being apart.
        legs = np.partition(np.vstack([legs_in, travel[inner, last][None]]), 1, axis=0)
        legs_half = legs[:2].sum(0) / 2
    else:
        legs_half = (legs_in.min(0) + legs_out.min(1)) / 2
    cost = service + legs_half

    worth = prize > 0
    if not worth.any():
        return 0.0
    depots = (travel[0, inner[worth]].min() + travel[inner[worth], last].min()) / 2
    budget = float(np.maximum(problem.limits - depots, 0.0).sum())
    prize, cost = prize[worth], cost[worth]
    order = np.argsort(-prize / np.maximum(cost, 1e-12), kind="stable")
    prize, cost = prize[order], cost[order]
    before = np.concatenate([[0.0], np.cumsum(cost)[:-1]])
    share = np.clip((budget - before) / np.maximum(cost, 1e-12), 0.0, 1.0)
    return float((prize * share).sum())
