"""Branch and bound: the best sets of places, each proven by the linear relaxation."""

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .dominance import worth_looking_at
from .improving import Builder
from .programme import Programme
from .relaxation import Relaxation, Relaxed

# So many parts take some ten seconds; then the gap says what is not proven.
MOST_NODES = 1000
# A variable this close to a whole number is one.
_WHOLE = 1e-6
# Bounds of the relaxation are good to this share of the benefit.
_EXACT = 1e-9


@dataclass(frozen=True)
class Solution:
    """A set of places: mask over the candidates, its benefit, the proven relative gap."""

    chosen: NDArray[np.bool_]
    benefit: float
    gap: float


@dataclass(order=True)
class _Node:
    """A part of the sets, bounded by its relaxation; the highest bound comes first."""

    order: tuple[float, int]
    lower: NDArray[np.float64] = field(compare=False)
    upper: NDArray[np.float64] = field(compare=False)
    barred: tuple[NDArray[np.bool_], ...] = field(compare=False)
    relaxed: Relaxed = field(compare=False)


def best_sets(
    programme: Programme,
    sets: int = 1,
    *,
    least: float = -np.inf,
    first: bool = False,
    most_nodes: int = MOST_NODES,
) -> list[Solution]:
    """The best sets of a programme, best first.

    The relaxation bounds what any set within a node can bring; nodes that cannot beat the sets at hand are left,
    the others divided where a variable is not whole. Nothing hangs on the clock, so the answer is the same on
    any machine.

    Args:
        programme: The programme.
        sets: How many sets.
        least: Only sets with at least this benefit.
        first: Any such set will do: stop at the first.
        most_nodes: Nodes to divide before giving up on the proof; the gap then says what is left. Without
            ``least`` it does not end a search that has found nothing: that nothing is possible is said only
            when it is proven.

    Returns:
        At most ``sets`` different sets; none where nothing satisfies the conditions.
    """
    places = np.flatnonzero(worth_looking_at(programme, sets))
    relaxation, builder = Relaxation(programme, places), Builder(programme, places)
    hair = _EXACT * max(relaxation.scale, 1e-12)
    found: dict[bytes, tuple[float, NDArray[np.bool_]]] = {}

    def bar() -> float:
        return min(value for value, _ in found.values()) if len(found) == sets else least - 2 * hair

    def keep(part: NDArray[np.bool_]) -> None:
        value = builder.benefit(part)
        if part.tobytes() in found or value <= bar() or not builder.holds(part):
            return
        found[part.tobytes()] = value, part
        if len(found) > sets:
            del found[min(found, key=lambda key: found[key][0])]

    nodes: list[_Node] = []
    born = 0

    def add(lower: NDArray, upper: NDArray, barred: tuple[NDArray[np.bool_], ...]) -> None:
        nonlocal born
        relaxed = relaxation.solve(lower, upper, barred)
        if relaxed is not None and relaxed.bound > bar() + hair:
            born += 1
            heapq.heappush(nodes, _Node((-relaxed.bound, born), lower, upper, barred, relaxed))

    add(relaxation.lower, relaxation.upper, ())
    divided = 0
    while nodes and -nodes[0].order[0] > bar() + hair:
        if (found and first) or ((found or least > -np.inf) and divided >= most_nodes):
            break
        node = heapq.heappop(nodes)
        divided += 1
        for part in builder.sets(node.relaxed.values[: len(places)], better_than=bar()):
            keep(part)
        values = node.relaxed.values
        part = np.abs(values - np.round(values)) * relaxation.whole
        lower, upper = _held(node, relaxation, bar() - hair)
        if part.max(initial=0) <= _WHOLE:
            taken = values[: len(places)] > 0.5
            keep(taken)
            if node.relaxed.bound > bar() + hair:
                add(lower, upper, (*node.barred, taken))
            continue
        at = int(np.argmax(np.where(part > _WHOLE, part * relaxation.money, -1.0)))
        below, above = upper.copy(), lower.copy()
        below[at], above[at] = np.floor(values[at]), np.ceil(values[at])
        add(lower, below, node.barred)
        add(above, upper, node.barred)
    left = -nodes[0].order[0] if nodes else -np.inf
    solutions = []
    for value, part in sorted(found.values(), key=lambda pair: -pair[0]):
        chosen = np.zeros(len(programme.cost), bool)
        chosen[places] = part
        gap = max(0.0, left - value - 2 * hair) / max(abs(value), 1e-12)
        solutions.append(Solution(chosen, programme.benefit(chosen), gap))
    return solutions


def _held(node: _Node, relaxation: Relaxation, bar: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of a node, closed where moving a place off its bound costs more than there is to win."""
    count = len(relaxation.places)
    lower, upper, at = node.lower.copy(), node.upper.copy(), np.round(node.relaxed.values)
    shut = np.flatnonzero(node.relaxed.reduced[:count] > (node.relaxed.bound - bar) * (1 + 1e-7))
    lower[shut] = upper[shut] = at[shut]
    return lower, upper
