"""Does last year's map predict this year better than last year's plain count?"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from ..errors import MethodError


def predictive_accuracy_index(
    hits: np.ndarray | float, total: float, area: np.ndarray | float, total_area: float
) -> np.ndarray | float:
    """Compute how many times denser events are in the predicted places than everywhere.

    Args:
        hits: Events that fell in the predicted places.
        total: All events.
        area: Street length (or area) of those places.
        total_area: Street length (or area) of the whole, in the same unit.

    Returns:
        (hits / total) / (area / total_area).

    Raises:
        MethodError: No events, or no area.

    Source:
        Chainey, Tompson & Uhlig 2008, Security Journal 21, 4-28.
    """
    if not (total > 0 and total_area > 0 and np.all(np.asarray(area) > 0)):
        raise MethodError("The index needs events and an area.", "", "Take a longer period.")
    return (hits / total) / (area / total_area)


@dataclass(frozen=True)
class Prediction:
    """How one ranking of the units did.

    Attributes:
        hits: Events of the later period in the chosen places.
        total: All events of the later period.
        pai: Predictive accuracy index.
        pai_low: Lower end of its 95 % bootstrap interval.
        pai_high: Upper end.
        pei: Share of the best reachable index.
    """

    hits: float
    total: int
    pai: float
    pai_low: float
    pai_high: float
    pei: float


@dataclass(frozen=True)
class Backtest:
    """Map against plain count.

    Attributes:
        map: The ranking under test.
        count: The ranking by the earlier period's plain count.
        gain_low: Lower end of the 95 % bootstrap interval of the map's extra hits.
        gain_high: Upper end.
        better: True if the whole interval lies above zero and an exact test on the facts that only one of
            both hit agrees (resampling alone believes too much of a handful of facts).
    """

    map: Prediction
    count: Prediction
    gain_low: float
    gain_high: float
    better: bool


def chosen_share(score: np.ndarray, size: np.ndarray, share: float) -> np.ndarray:
    """Choose the units with the highest score up to a fixed share of the total size.

    Units with equal score share the remaining size evenly, so that their order does not matter.

    Args:
        score: (n,) ranking value.
        size: (n,) street length or area, each > 0.
        share: Share of the total size to choose.

    Returns:
        (n,) chosen part of each unit, 0..1.
    """
    budget = share * size.sum()
    level = np.unique(score, return_inverse=True)[1].ravel()
    per_level = np.bincount(level, size)[::-1]
    before = np.concatenate([[0.0], np.cumsum(per_level)[:-1]])
    part = np.clip((budget - before) / per_level, 0.0, 1.0)
    return part[::-1][level]


def backtest(
    score: np.ndarray,
    earlier: np.ndarray,
    later: np.ndarray,
    size: np.ndarray,
    *,
    share: float = 0.10,
    draws: int = 2000,
    seed: int = 0,
) -> Backtest:
    """Compare a ranking made from the earlier period with that period's plain count.

    The plain count is ranked per metre (or m2), since the share that may be chosen is one of size.

    Args:
        score: (n,) ranking under test, made from the earlier period only.
        earlier: (n,) events of the earlier period.
        later: (n,) events of the later period.
        size: (n,) street length (m) or area (m2) of each unit.
        share: Share of the size that may be chosen.
        draws: Bootstrap draws of the later events.
        seed: Seed of the draws.

    Returns:
        Both predictions and whether the ranking beats the count.

    Raises:
        MethodError: No events in the later period, or a unit without size.

    Source:
        methods, C2; Hunt 2016 (PEI).
    """
    later, size = np.asarray(later, dtype=float), np.asarray(size, dtype=float)
    total = int(later.sum())
    if total == 0 or not (size > 0).all():
        raise MethodError(
            "A back-test needs later events and units with a size.", "", "Take a longer period."
        )
    parts = {
        "map": chosen_share(np.asarray(score, float), size, share),
        "count": chosen_share(np.asarray(earlier, float) / size, size, share),
    }
    best = float(later @ chosen_share(later / size, size, share))
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(total, later / total, size=draws).astype(float)
    sums = {name: drawn @ part for name, part in parts.items()}
    made = {}
    for name, part in parts.items():
        hits = float(later @ part)
        low, high = np.quantile(sums[name], [0.025, 0.975])
        pai = [float(predictive_accuracy_index(h, total, share, 1.0)) for h in (hits, low, high)]
        made[name] = Prediction(hits, total, *pai, pei=hits / best)
    low, high = np.quantile(sums["map"] - sums["count"], [0.025, 0.975])
    extra = later * (parts["map"] - parts["count"])
    won, lost = int(extra[extra > 0].sum() + 1e-9), int(np.ceil(-extra[extra < 0].sum() - 1e-9))
    exact = binomtest(won, won + lost).pvalue if won > lost else 1.0
    return Backtest(made["map"], made["count"], float(low), float(high), bool(low > 0 and exact <= 0.05))
