"""Two axes for every place: how badly it is needed here, and how easily it can be done."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..priority import (
    Criterion,
    contributions,
    explain,
    known_share,
    pareto_front,
    rank,
    rank_acceptability,
    robustness_class,
    score,
    topsis,
    unit_scale,
)
from .rules import Rules

# Criterion, column of the raw value, label and phrase in Dutch, decimals.
_PRIORITY = (
    ("hitte", "pet_c", "hitte", "PET {} °C", 1),
    ("koelte", "koelte_graad_m2", "koelte", "{} °C·m² koeler", 0),
    ("water", "piek_60mm_l", "water", "{} L bij 60 mm", 0),
    ("inwoners", "inwoners_100m", "bewoners", "{} binnen 100 m", 0),
    ("billijkheid", "groentekort", "billijkheid", "{} van 3-30-300 ontbreekt", 2),
    ("straatbeeld", "meldingen_50m", "straatbeeld", "{} meldingen binnen 50 m", 0),
    ("groenblauw", "groenblauw_m", "groenblauwe as", "op {} m", 0),
)
# What a place brings grows with its size; the other criteria say how much it is needed.
_EFFECT = ("koelte", "water")
_POINTS = 100.0


def priority_criteria(settings: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria of the priority axis with their fixed ranges."""
    return tuple(
        Criterion(name, label, *settings[f"bereik_{name}"], phrase, decimals)
        for name, _, label, phrase, decimals in _PRIORITY
    )


def weights(settings: Mapping[str, Any], names: tuple[str, ...]) -> np.ndarray:
    """Weights by name of criterion."""
    return np.array([settings[f"gewicht_{name}"] for name in names], float)


def raw_priority(places: pd.DataFrame) -> np.ndarray:
    """Raw values of the priority criteria, (n, 7), NaN where unknown."""
    return places[[row[1] for row in _PRIORITY]].to_numpy(float, na_value=np.nan)


def _unit(raw: np.ndarray, criteria: tuple[Criterion, ...]) -> np.ndarray:
    return unit_scale(raw, [c.low for c in criteria], [c.high for c in criteria])


def opportunity(places: pd.DataFrame, settings: Mapping[str, Any], rules: Rules) -> np.ndarray:
    """How easily each place can be done, (n,) 0-1; 0 where the verdict is "niet"."""
    verdict = places["oordeel"].map(rules.verdicts).to_numpy(float)
    owner = places["eigenaar"].map(settings["eigendom_geschikt"]).to_numpy(float, na_value=np.nan)
    price = (places["kost_eur"] / places["oppervlakte_m2"]).to_numpy(float, na_value=np.nan)
    names = ("oordeel", "eigendom", "prijs")
    unit = np.column_stack(
        [
            unit_scale(raw, *settings[f"bereik_{name}"])
            for name, raw in zip(names, (verdict, owner, price), strict=True)
        ]
    )
    return np.where(verdict > 0, score(unit, weights(settings, names)), 0.0)


def appraise(places: pd.DataFrame, settings: Mapping[str, Any], rules: Rules) -> pd.DataFrame:
    """Score and rank the places: what changes while someone moves a weight.

    ``score = priority x opportunity``; the contributions are the shares of the score, so they sum to it.
    ``baat`` (benefit, for the selection) is ``opportunity x need x effect``: need the weighted mean of the
    criteria that say how much the place is needed, effect the weighted sum of what it brings, without an
    upper bound, so that twice the area brings twice the benefit.

    Args:
        places: Columns of ``onthard_kandidaten`` with verdict, owner, cost and benefits.
        settings: Section ``ontharding``.
        rules: Rule set.

    Returns:
        The places with ``prioriteit, opportuniteit, kwadrant, score_0_1, rang, bijdrage_*, gekend_aandeel,
        waarom, baat``.

    Source: the two axes of Departement Omgeving, "Onthardingswinst" (Vandekerckhove et al. 2021); the
    product with exclusions at zero as in the VMM planning tool.
    """
    criteria = priority_criteria(settings)
    names = tuple(c.name for c in criteria)
    weight, raw = weights(settings, names), raw_priority(places)
    unit = _unit(raw, criteria)
    priority, easy = score(unit, weight), opportunity(places, settings, rules)
    parts = contributions(unit, weight) * easy[:, None]
    total = priority * easy
    high, handy = priority >= settings["grens_prioriteit"], easy >= settings["grens_opportuniteit"]
    effect = np.isin(names, _EFFECT)
    need = score(unit[:, ~effect], weight[~effect]) if weight[~effect].any() else np.ones(len(places))
    brings = raw[:, effect] / np.array([c.high for c, e in zip(criteria, effect, strict=True) if e])
    gain = np.nan_to_num(brings) @ weight[effect] / max(weight[effect].sum(), 1e-9)
    return places.assign(
        prioriteit=priority,
        opportuniteit=easy,
        kwadrant=np.select([high & handy, high, handy], ["doen", "hindernis", "meekoppelen"], "later"),
        score_0_1=total,
        rang=rank(total),
        **{f"bijdrage_{name}": parts[:, k] for k, name in enumerate(names)},
        gekend_aandeel=known_share(unit, weight),
        waarom=explain(raw, parts, criteria),
        baat=np.maximum(np.nan_to_num(need * gain * easy), 0) * _POINTS,
    )


def check_ranks(places: pd.DataFrame, settings: Mapping[str, Any], seed: int) -> pd.DataFrame:
    """Add how robust the ranks are: ``kans_beste, robuustheid, rang_topsis, pareto``.

    Args:
        places: Result of :func:`appraise`.
        settings: Section ``ontharding``.
        seed: Seed of the draws.
    """
    criteria = priority_criteria(settings)
    unit = _unit(raw_priority(places), criteria)
    easy = places["opportuniteit"].to_numpy(float)[:, None]
    share = rank_acceptability(
        unit * easy, settings["trekkingen"], seed, ranks=settings["beste"], noise=settings["invoerfout"]
    ).sum(axis=1)
    weight = weights(settings, tuple(c.name for c in criteria))
    closeness = topsis(np.nan_to_num(unit * easy), weight, np.ones(len(weight)))
    heat, water, equity = (places[name].to_numpy(float, na_value=np.nan) for name in (
        "koelte_graad_m2", "vermeden_afvoer_m3_jaar", "groentekort"))  # fmt: skip
    served = equity * places["inwoners_100m"].to_numpy(float, na_value=np.nan)
    goals = np.column_stack([heat, water, served])
    # A goal that is unknown everywhere tells no place from another; the front is that of the others.
    told = ~np.isnan(goals).all(axis=0)
    return places.assign(
        kans_beste=share,
        robuustheid=robustness_class(share),
        rang_topsis=rank(closeness),
        pareto=pareto_front(goals[:, told]) if told.any() else False,
    )
