"""Independent check of routes: shares no code with the engines that make them."""

from collections.abc import Sequence

from .problem import TOLERANCE, Problem


def violations(problem: Problem, routes: Sequence[Sequence[int]]) -> list[str]:
    """Walk every route minute by minute and name each rule that it breaks.

    Args:
        problem: What was asked.
        routes: For each route its nodes in order, start and end included.

    Returns:
        Sentences in English, empty if every route can be walked as it stands.
    """
    found: list[str] = []
    if len(routes) != len(problem.limits):
        found.append(f"{len(routes)} routes instead of {len(problem.limits)}")
    visited: dict[int, int] = {}
    for r, nodes in enumerate(routes):
        if len(nodes) < 2 or nodes[0] != 0 or nodes[-1] != len(problem.travel) - 1:
            found.append(f"route {r} does not go from start to end")
            continue
        clock = 0.0
        for previous, node in zip(nodes, nodes[1:], strict=False):
            clock += float(problem.service[r][previous]) if previous != 0 else 0.0
            clock += float(problem.travel[previous][node])
            clock = max(clock, float(problem.opens[r][node]))
            if clock > float(problem.closes[r][node]) + TOLERANCE:
                found.append(f"route {r} is too late at node {node}")
        if not clock <= float(problem.limits[r]) + TOLERANCE:
            found.append(f"route {r} takes {clock:.3f} of {float(problem.limits[r]):.3f}")
        for node in nodes[1:-1]:
            if node in visited:
                found.append(f"node {node} is in routes {visited[node]} and {r}")
            visited[node] = r
            if node in (0, len(problem.travel) - 1):
                found.append(f"route {r} passes the start or end on its way")
            elif problem.prizes[r][node] <= 0 and node not in (problem.fixed[r] if problem.fixed else ()):
                found.append(f"node {node} may not be in route {r}")
        for node in problem.fixed[r] if problem.fixed else ():
            if node not in nodes:
                found.append(f"appointment {node} is missing from route {r}")
    return found
