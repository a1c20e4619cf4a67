"""Requests that no set of places can satisfy, refused in words (Dutch, as the plan prints them) beforehand."""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..errors import MethodError

_DECISIONS, _BUDGET = "besluiten", "wijk.toml [ontharding] budget_eur"


def check_columns(candidates: pd.DataFrame, columns: Collection[str]) -> None:
    """Refuse a table that lacks what the request needs.

    Raises:
        MethodError: A column is missing.
    """
    missing = [name for name in columns if name not in candidates]
    if missing:
        raise MethodError(f"De plekken missen de kolom {', '.join(missing)}.", "onthard_kandidaten")


def check_request(
    candidates: pd.DataFrame,
    budget: float,
    vetoed: Collection[str],
    fixed: Collection[str],
    conflicts: Sequence[tuple[str, str]],
) -> None:
    """Refuse unknown figures, decisions that contradict each other, and a budget that buys nothing.

    Raises:
        MethodError: What is wrong and what to do about it.
    """
    ids = pd.Index(candidates["kandidaat_id"].astype(str))
    cost, gain = (candidates[name].to_numpy(float, na_value=np.nan) for name in ("kost_eur", "baat"))
    name = _names(candidates)
    if not len(ids):
        raise MethodError(
            "Er zijn geen plekken om uit te kiezen.", "onthard_kandidaten", "Zoek eerst plekken."
        )
    if ids.has_duplicates:
        raise MethodError(f"Plek {name(ids[ids.duplicated()][0])} staat er twee keer in.", "kandidaat_id")
    if budget is None or not budget >= 0:
        raise MethodError("Het budget is geen bedrag van 0 of meer.", _BUDGET, "Vul een bedrag in EUR in.")
    if not ((cost >= 0) & (gain >= 0)).all():
        wrong = ids[~((cost >= 0) & (gain >= 0))][0]
        raise MethodError(
            f"De kost of baat van {name(wrong)} is onbekend of kleiner dan 0.",
            "kost_eur, baat",
            "Vul een prijs in voor dit type, of laat het type weg uit de keuze.",
        )
    for kind, group in (("een veto", vetoed), ("gekozen", fixed)):
        unknown = sorted(set(group) - set(ids))
        if unknown:
            raise MethodError(
                f"Plek {unknown[0]} ({kind}) is niet bij de plekken waaruit gekozen wordt.",
                _DECISIONS,
                "Trek het besluit in.",
            )
    both = sorted(set(vetoed) & set(fixed))
    if both:
        raise MethodError(
            f"Over {name(both[0])} staat zowel een veto als een keuze.", _DECISIONS, "Trek een van beide in."
        )
    for a, b in conflicts:
        if a in fixed and b in fixed:
            raise MethodError(
                f"De gekozen plekken {name(a)} en {name(b)} sluiten elkaar uit.", _DECISIONS, "Behoud er een."
            )
    committed = float(cost[ids.isin(fixed)].sum())
    if committed > budget:
        raise MethodError(
            f"De vast gekozen plekken kosten samen {_eur(committed)}, meer dan het budget van {_eur(budget)}.",
            _DECISIONS,
            "Verhoog het budget of trek een keuze in.",
        )
    cheapest = float(cost[~ids.isin(vetoed)].min(initial=np.inf))
    if np.isinf(cheapest):
        raise MethodError("Over elke plek staat een veto.", _DECISIONS, "Trek een veto in.")
    if budget < cheapest:
        raise MethodError(
            f"Het budget van {_eur(budget)} is kleiner dan de goedkoopste plek, {_eur(cheapest)}.",
            _BUDGET,
            "Verhoog het budget.",
        )


def check_limit(members: csr_matrix, fixed: NDArray, limit: int, streets: Sequence[str]) -> None:
    """Refuse more fixed places in one street than it may have; ``members``: (streets, n)."""
    crowded = np.flatnonzero(members @ fixed > limit)
    if len(crowded):
        raise MethodError(
            f"In {streets[crowded[0]]} liggen meer dan {limit} vast gekozen plekken.",
            _DECISIONS,
            "Verhoog het aantal per straat of trek een keuze in.",
        )


def check_floors(
    members: csr_matrix, allowed: NDArray, cost: NDArray, floors: Mapping[str, int], budget: float
) -> None:
    """Refuse floors that their zones or the budget cannot meet; ``members``: (zones, n)."""
    least = 0.0
    for row, (zone, floor) in enumerate(floors.items()):
        prices = np.sort(cost[members[row].indices][allowed[members[row].indices] > 0])
        if len(prices) < floor:
            raise MethodError(
                f"{zone} moet minstens {floor} plekken krijgen en heeft er {len(prices)}.",
                "wijk.toml [ontharding] voorrangsstraten",
                "Verlaag het aantal of trek een veto in.",
            )
        least += float(prices[: int(floor)].sum())
    if least > budget:
        raise MethodError(
            f"De plekken voor de straten met voorrang kosten alleen al {_eur(least)}, meer dan het budget van "
            f"{_eur(budget)}.",
            "wijk.toml [ontharding] voorrangsstraten",
            "Verhoog het budget of geef minder straten voorrang.",
        )


def _eur(amount: float) -> str:
    return f"EUR {amount:,.0f}".replace(",", ".")


def _names(candidates: pd.DataFrame) -> Callable[[str], str]:
    """What people call a place, by its id: where and what; the id itself where the table does not say."""
    if not {"plek", "type"} <= set(candidates.columns):
        return str
    known = dict(
        zip(candidates["kandidaat_id"], candidates["plek"] + " (" + candidates["type"] + ")", strict=True)
    )
    return lambda id: str(known.get(id, id))
