"""Places that the best sets can do without."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, vstack

from .programme import Programme


def worth_looking_at(programme: Programme, sets: int = 1) -> NDArray[np.bool_]:
    """The places among which some best sets are found; the others are vetoed, too dear or dominated.

    A twin of a place stands alike in every condition but the money, costs no more, brings no less and reaches
    all that the place reaches. Whoever takes a place can take a twin instead, unless the set holds that twin
    already. So a place is left out if no set within the conditions and the budget can hold it together with
    all but ``sets - 1`` of its twins: then there are as many other sets at least as good.

    Args:
        programme: The programme.
        sets: How many best sets are asked for.

    Returns:
        (n,) mask over the places.
    """
    keep = programme.may & (programme.cost <= programme.budget)
    rows = [programme.most, programme.least]
    if programme.near is not None:
        rows.append(programme.near[0].astype(float)[None])
    conditions = vstack([csc_matrix(row) for row in rows], "csc")
    reach = programme.reach.toarray() > 0
    alike: dict[bytes, list[int]] = {}
    for place in np.flatnonzero(keep):
        part = conditions.indices[conditions.indptr[place] : conditions.indptr[place + 1]]
        alike.setdefault(part.tobytes(), []).append(place)
    for group in map(np.array, alike.values()):
        part = conditions.indices[conditions.indptr[group[0]] : conditions.indptr[group[0] + 1]]
        room = programme.most_count[part[part < len(programme.most_count)]].min(initial=np.inf)
        cost, gain, reached = programme.cost[group], programme.gain[group], reach[:, group].astype(float)
        # Row: the place; column: its twin.
        twin = (cost <= cost[:, None]) & (gain >= gain[:, None]) & (reached.T @ (1 - reached) == 0)
        # Of two equals the first is the better one.
        twin &= ~(twin.T & (group >= group[:, None]))
        spare = twin.sum(axis=1) - (sets - 1)
        ordered = np.where(twin, cost, np.inf)
        ordered.sort(axis=1)
        bill = np.cumsum(
            np.hstack([np.zeros((len(group), 1)), np.where(np.isinf(ordered), 0, ordered)]), axis=1
        )
        cheapest = np.take_along_axis(bill, np.maximum(spare, 0)[:, None], axis=1)[:, 0]
        crowded = (spare >= room) | (cheapest + cost > programme.budget * (1 + 1e-9))
        keep[group[(spare > 0) & crowded & ~programme.must[group]]] = False
    return keep
