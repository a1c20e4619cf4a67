"""Another budget, decision or weight on the places of a finished plan, without planning again."""

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd

from ..errors import MethodError
from ..wijk import Plan
from .appraisal import appraise
from .choice import Decisions, choose
from .rules import load_rules
from .selection import Selection

_NOTHING_DECIDED = Decisions()
_WHILE_SLIDING = 15


def reselect(
    plan: Plan,
    budget: float,
    decisions: Decisions = _NOTHING_DECIDED,
    *,
    changes: Mapping[str, Any] | None = None,
    previous: Collection[str] | None = None,
    compare: bool = False,
    most_nodes: int = _WHILE_SLIDING,
) -> Selection:
    """Choose again among the places of a plan, under the conditions the plan was made with.

    The plan is read once and kept, so that the next call takes as long as the selection itself.

    Args:
        plan: A finished plan with its unsealing stage.
        budget: Money to spend (EUR).
        decisions: Vetoed and fixed places (:func:`read_decisions`); those the plan does not know are left out.
        changes: Settings of section ``ontharding`` that differ from the plan's: weights, the most per street and
            what a reached resident counts. Under other weights the places are appraised again.
        previous: The set on screen; after a veto the new one stays as close to it as 0.1 % allows.
        compare: Also find the runner-up, what 10 % more budget adds, and what fairness costs.
        most_nodes: Cap on each search. The default answers in a fraction of a second, to within some tenths of
            a percent (``gap``); ``branching.MOST_NODES`` is what a plan takes for the proof.

    Returns:
        The selection, as good as the plan's own for its budget and decisions.

    Raises:
        MethodError: The plan holds no places or was made before they could be chosen again; the request
            cannot be met.
    """
    places, residents, streets, settings = _request(plan)
    settings = {**settings, **(changes or {}), "budget_eur": budget}
    if any(name.startswith("gewicht_") for name in changes or {}):
        places = appraise(places, settings, load_rules(settings["regels"]))
    known = frozenset(places["kandidaat_id"])
    return choose(
        places,
        settings,
        Decisions(decisions.vetoed & known, decisions.fixed & known, decisions.adopted),
        residents=residents,
        streets=streets,
        previous=previous,
        compare=compare,
        most_nodes=most_nodes,
    )


@lru_cache(maxsize=1)
def _request(plan: Plan) -> tuple[gpd.GeoDataFrame, pd.Series, list[str], Mapping[str, Any]]:
    """Places, residents by segment, streets with priority and settings of a plan; a plan never changes."""
    places, segments = plan.layer("onthard_kandidaten"), plan.layer("onthard_straat")
    if places.empty or places["bereikte_segmenten"].isna().all():
        raise MethodError(
            "Dit plan heeft geen plekken om uit te kiezen.",
            str(plan.folder),
            "Maak een nieuw plan.",
        )
    residents = segments.set_index("segment_id")["inwoners"].astype(float)
    streets = sorted(segments.loc[segments["voorrang"].fillna(False).astype(bool), "straat"].unique())
    settings = json.loads(plan.layer("run")["parameters"].iloc[0])["ontharding"]
    return places, residents, streets, settings
