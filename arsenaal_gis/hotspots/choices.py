"""Settings of the hotspot analysis, by their field terms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choices:
    """Settings of the analysis, declared in ``layers/instellingen/hotspots.toml``.

    Attributes:
        minimum_rates: Facts from which units are tested.
        minimum_density: Facts from which a density and patterns in time are shown.
        minimum_units: Fewer units are listed, not tested.
        alpha: Share of false discoveries allowed.
        level: Confidence level of the intervals of numbers.
        snap_m: Farthest a point may lie from its street, metres.
        near_m: Knox: distance of a near pair, metres.
        near_days: Knox: days between a soon pair.
        share: Share of the street length or area that a map may point at in the back-test.
        draws: Bootstrap draws of the back-test.
        seed: Seed of all random numbers.
    """

    minimum_rates: int
    minimum_density: int
    minimum_units: int
    alpha: float
    level: float
    snap_m: float
    near_m: float
    near_days: float
    share: float
    draws: int
    seed: int
