"""Requests that no set of places can satisfy, refused in words before anything is solved."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..errors import MethodError


def check_request(
    ids: pd.Index,
    cost: NDArray,
    gain: NDArray,
    budget: float,
    vetoed: Collection[str],
    fixed: Collection[str],
    conflicts: Sequence[tuple[str, str]],
) -> None:
    """Refuse unknown figures, decisions that contradict each other, and a budget that buys nothing.

    Raises:
        MethodError: What is wrong and what to do about it.
    """
    if len(ids) == 0:
        raise MethodError("There are no candidates to choose from.", todo="Find candidates first.")
    if ids.has_duplicates:
        raise MethodError(f"Candidate {ids[ids.duplicated()][0]} stands twice.", "kandidaat_id")
    if not ((cost >= 0) & (gain >= 0)).all():
        wrong = ids[~((cost >= 0) & (gain >= 0))][0]
        raise MethodError(
            f"The cost or benefit of place {wrong} is unknown or below zero.",
            "kost_eur, baat",
            "Costs and benefits must be known and zero or more.",
        )
    for name, group in (("vetoed", vetoed), ("fixed", fixed)):
        unknown = sorted(set(group) - set(ids))
        if unknown:
            raise MethodError(
                f"The {name} place {unknown[0]} is not among the candidates.", "besluiten", "Withdraw it."
            )
    both = sorted(set(vetoed) & set(fixed))
    if both:
        raise MethodError(
            f"Place {both[0]} is both vetoed and chosen.", "besluiten", "Withdraw one of the two decisions."
        )
    for a, b in conflicts:
        if a in fixed and b in fixed:
            raise MethodError(
                f"The fixed places {a} and {b} exclude each other.", "besluiten", "Keep one of them."
            )
    committed = float(cost[ids.isin(fixed)].sum())
    if committed > budget:
        raise MethodError(
            f"The fixed places cost EUR {committed:,.0f}, more than the budget of EUR {budget:,.0f}.",
            "besluiten",
            "Raise the budget or withdraw a place.",
        )
    cheapest = float(cost[~ids.isin(vetoed)].min(initial=np.inf))
    if np.isinf(cheapest):
        raise MethodError("Every candidate is vetoed.", "besluiten", "Withdraw a veto.")
    if budget < cheapest:
        raise MethodError(
            f"The budget of EUR {budget:,.0f} is below the cheapest place, EUR {cheapest:,.0f}.",
            "wijk.toml [ontharding] budget_eur",
            "Raise the budget.",
        )


def check_limit(members: csr_matrix, fixed: NDArray, limit: int, streets: Sequence[str]) -> None:
    """Refuse more fixed places in one street than it may have; ``members``: (streets, n)."""
    crowded = np.flatnonzero(members @ fixed > limit)
    if len(crowded):
        raise MethodError(
            f"More than {limit} fixed places lie in {streets[crowded[0]]}.",
            "besluiten",
            "Raise the most per street or withdraw a place.",
        )


def check_floors(
    members: csr_matrix, allowed: NDArray, cost: NDArray, needed: NDArray, zones: Sequence[str], budget: float
) -> None:
    """Refuse floors that their zones or the budget cannot meet; ``members``: (zones, n)."""
    least = 0.0
    for row, (zone, floor) in enumerate(zip(zones, needed, strict=True)):
        prices = np.sort(cost[members[row].indices][allowed[members[row].indices] > 0])
        if len(prices) < floor:
            raise MethodError(
                f"Zone {zone} asks for {floor:.0f} places and has {len(prices)}.",
                "wijk.toml [ontharding]",
                "Lower its floor.",
            )
        least += float(prices[: int(floor)].sum())
    if least > budget:
        raise MethodError(
            f"The floors alone cost at least EUR {least:,.0f}, more than the budget of EUR {budget:,.0f}.",
            "wijk.toml [ontharding]",
            "Raise the budget or lower a floor.",
        )
