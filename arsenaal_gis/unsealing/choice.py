"""The chosen set: decisions of people, the selection, and what a fiche says of each place."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import csr_matrix

from ..errors import MethodError
from .branching import MOST_NODES
from .rules import Rules
from .selection import Selection, select_places

# A garland does not hang through the crown of a new tree.
_CROWN_M = 2.5


@dataclass(frozen=True)
class Decisions:
    """Decisions of people on places: ids that are vetoed, fixed and adopted."""

    vetoed: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    adopted: frozenset[str] = frozenset()


def read_decisions(decisions: pd.DataFrame, ids: Collection[str]) -> tuple[Decisions, int]:
    """Sort out ``besluiten`` on unsealing places; a later "ingetrokken" takes the earlier ones back.

    Args:
        decisions: The human layer ``besluiten``.
        ids: Places that exist now.

    Returns:
        The decisions on them, and the number of decisions on places that no longer exist.
    """
    rows = decisions[decisions["laag"].eq("onthard_kandidaten").fillna(False)].sort_values("moment")
    state: dict[str, set[str]] = {}
    for key, kind in zip(rows["sleutel"], rows["besluit"], strict=True):
        state[key] = set() if kind == "ingetrokken" else state.get(key, set()) | {kind}
    known = set(ids)
    gone = sum(bool(kinds) and key not in known for key, kinds in state.items())

    def with_kind(kind: str) -> frozenset[str]:
        return frozenset(key for key, kinds in state.items() if kind in kinds and key in known)

    return Decisions(with_kind("veto"), with_kind("gekozen"), with_kind("adoptie")), gone


def conflicts(places: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    """Pairs of places that exclude each other: a garland through the crown of a new tree."""
    ids = places["kandidaat_id"].to_numpy(object)
    hung = np.flatnonzero(places["type"] == "groenslinger")
    trees = np.flatnonzero(places["type"] == "boomvak")
    shapes = places.geometry.to_numpy()
    a, b = shapely.STRtree(shapes[trees]).query(shapes[hung], predicate="dwithin", distance=_CROWN_M)
    return [(ids[hung[i]], ids[trees[j]]) for i, j in zip(a, b, strict=True)]


def priority_streets(
    places: gpd.GeoDataFrame, dwellings: pd.DataFrame, need: np.ndarray, count: int
) -> list[str]:
    """The streets whose residents together lack the most green, among those that have a place.

    Args:
        places: Places with ``straat`` and ``opportuniteit``.
        dwellings: n dwellings with ``straat``.
        need: (n,) residents times their lack of green.
        count: How many streets.
    """
    feasible = set(places.loc[places["opportuniteit"] > 0, "straat"].dropna())
    total = pd.Series(np.nan_to_num(need), index=dwellings["straat"].to_numpy(object)).groupby(level=0).sum()
    total = total[[street in feasible for street in total.index]]
    total = total[total > 0].sort_index().sort_values(ascending=False, kind="stable")
    return sorted(total.index[:count])


def reached_segments(
    near: np.ndarray, people: np.ndarray, segment: np.ndarray
) -> tuple[list[str], pd.Series]:
    """Which street segments a place reaches: at least half of their residents live within walking distance.

    By segment rather than by home, since the exact selection then takes a second instead of a minute.

    Args:
        near: (places, dwellings) whether the dwelling lies within walking distance.
        people: (dwellings,) residents, NaN where unknown.
        segment: (dwellings,) street segment, None where unknown.

    Returns:
        Per place the ids of the segments, separated by ";" (column ``bereikte_segmenten``), and the residents
        by ``segment_id``; NaN where nobody tells.
    """
    residents = pd.Series(people, dtype=float).groupby(np.asarray(segment, object)).sum(min_count=1)
    known = ~pd.isna(segment)
    lives = csr_matrix(
        (np.nan_to_num(people)[known], (residents.index.get_indexer(segment[known]), np.flatnonzero(known))),
        (len(residents), len(segment)),
    )
    # Sums over the same homes, so that exactly half counts as half.
    demand = np.asarray(lives @ np.ones(len(segment)))
    reached = ((lives @ near.T) >= 0.5 * demand[:, None]) & (demand[:, None] > 0)
    names = residents.index.to_numpy(object)
    return [";".join(names[column]) for column in reached.T], residents


def _reach_table(reached: pd.Series, residents: pd.Series) -> csr_matrix:
    """(segments, places) table of the column ``bereikte_segmenten``."""
    named = [text.split(";") if isinstance(text, str) and text else [] for text in reached]
    place = np.repeat(np.arange(len(named)), [len(names) for names in named])
    row = residents.index.get_indexer([name for names in named for name in names])
    known = row >= 0
    return csr_matrix((np.ones(known.sum()), (row[known], place[known])), (len(residents), len(named)))


def choose(
    places: gpd.GeoDataFrame,
    settings: Mapping[str, Any],
    decisions: Decisions,
    *,
    residents: pd.Series,
    streets: Collection[str] = (),
    previous: Collection[str] | None = None,
    compare: bool = True,
    most_nodes: int = MOST_NODES,
) -> Selection:
    """Select the places for the budget of the settings.

    Args:
        places: Appraised places with ``bereikte_segmenten`` (:func:`reached_segments`).
        settings: Section ``ontharding``.
        decisions: Vetoes and fixed places.
        residents: Residents by ``segment_id``, NaN where unknown.
        streets: Streets that get at least one place.
        previous: The earlier set, to stay close to after a veto.
        compare: Also find the runner-up, what 10 % more budget adds, and what fairness costs.
        most_nodes: Cap on each search.

    Raises:
        MethodError: No budget is stated, or no set can satisfy the request.
    """
    if settings["budget_eur"] is None:
        raise MethodError(
            "Er is geen budget om plekken voor te kiezen.",
            "wijk.toml [ontharding] budget_eur",
            "Vul een bedrag in EUR in.",
        )
    paid = places["type"].isin(settings["keuze_types"]) | places["kandidaat_id"].isin(decisions.fixed)
    possible = paid.to_numpy() & (places["opportuniteit"].to_numpy(float) > 0)
    chosen_from = places[possible].assign(zone=lambda frame: frame["straat"])
    impossible = sorted(decisions.fixed - set(chosen_from["kandidaat_id"]))
    if impossible:
        place = places.set_index("kandidaat_id").loc[impossible[0]]
        raise MethodError(
            f"{place['plek']} ({place['type']}) is gekozen, maar de regels laten de plek niet toe.",
            "besluiten",
            "Trek de keuze in.",
        )
    known = set(chosen_from["kandidaat_id"])
    return select_places(
        chosen_from,
        settings["budget_eur"],
        conflicts=conflicts(chosen_from),
        max_per_street=settings["meest_per_straat"],
        floors=dict.fromkeys(streets, 1) or None,
        vetoed=decisions.vetoed & known,
        fixed=decisions.fixed,
        previous=None if previous is None else set(previous) & known,
        reach=_reach_table(chosen_from["bereikte_segmenten"], residents),
        demand=residents.fillna(0),
        reach_weight=settings["dekking_gewicht"],
        compare=compare,
        most_nodes=most_nodes,
    )


def fiches(
    places: gpd.GeoDataFrame, selection: Selection, decisions: Decisions, rules: Rules
) -> gpd.GeoDataFrame:
    """The chosen places with what a fiche tells, best benefit per euro first."""
    chosen = places[places["kandidaat_id"].isin(selection.chosen)].copy()
    worth = chosen["baat"] / chosen["kost_eur"]
    chosen = chosen.loc[worth.sort_values(ascending=False, kind="stable").index]
    kind = chosen["type"].map(rules.types)
    sources = sorted({f"{rule.source} ({rule.date:%d-%m-%Y})" for rule in rules.rules.values()})
    return chosen.assign(
        volgnummer=np.arange(1, len(chosen) + 1),
        status=np.where(chosen["kandidaat_id"].isin(decisions.fixed), "vast", "gekozen"),
        akkoord=[type.consent for type in kind],
        adopteert=[type.adopter for type in kind],
        geadopteerd=chosen["kandidaat_id"].isin(decisions.adopted),
        regels=f"{rules.id}: " + "; ".join(sources),
    )


def totals(
    chosen: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    selection: Selection,
    settings: Mapping[str, Any],
    streets: Collection[str],
    reached: float,
) -> pd.DataFrame:
    """The one row of ``onthard_keuze_totaal``; ``reached``: residents who can walk to a chosen place."""
    second = selection.runner_up or ((), np.nan)
    name = places.set_index("kandidaat_id")
    label = (name["plek"].astype(object) + " (" + name["type"].astype(object) + ")").to_dict()

    def named(ids: Collection[str]) -> str:
        return "; ".join(sorted(str(label[id]) for id in ids))

    return pd.DataFrame(
        {
            "keuze_id": ["beste"],
            "budget_eur": settings["budget_eur"],
            "kost_eur": selection.cost,
            "plekken": len(chosen),
            "oppervlakte_m2": chosen["oppervlakte_m2"].sum(),
            "tegels": chosen["tegels"].sum(),
            "piek_60mm_l": chosen["piek_60mm_l"].sum(),
            "vermeden_afvoer_m3_jaar": chosen["vermeden_afvoer_m3_jaar"].sum(),
            "bereikte_inwoners": reached,
            "baat": selection.benefit,
            "optimum": selection.optimum,
            "kloof": selection.gap,
            "tweede_keus_baat": second[1],
            "tweede_keus_erbij": named(set(second[0]) - set(selection.chosen)),
            "tweede_keus_eruit": named(set(selection.chosen) - set(second[0])) if second[0] else "",
            "meer_budget_baat": selection.more_budget[1],
            "meer_budget_erbij": named(selection.more_budget[0]),
            "meer_budget_eruit": named(selection.more_budget_dropped),
            "billijkheid_kost": selection.fairness_cost,
            "voorrangsstraten": "; ".join(streets),
            "gewijzigd": selection.changed,
            "opmerking": None,
        }
    )
