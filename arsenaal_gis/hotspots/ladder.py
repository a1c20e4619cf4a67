"""How much may be shown with n events: the method ladder."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rung:
    """What n events allow, and the sentence that says so.

    Attributes:
        name: 'lijst', 'tempo' or 'kaart'.
        hotspots: Smoothed rates and Gi* per unit may be shown.
        density: A density raster may be shown.
        sentence: Why, in Dutch, for the map and the report.
    """

    name: str
    hotspots: bool
    density: bool
    sentence: str


def rung(n: int, minimum_rates: int = 30, minimum_density: int = 100) -> Rung:
    """Choose the methods that n events can bear.

    Args:
        n: Events of one category of one source in one period.
        minimum_rates: From this n on: smoothed rates and Gi*.
        minimum_density: From this n on: also a density map.

    Returns:
        The rung of the ladder (methods, C1).
    """
    if n < minimum_rates:
        return Rung(
            "lijst",
            False,
            False,
            f"Slechts {n} {'feit' if n == 1 else 'feiten'}: te weinig voor een warmtekaart "
            f"(nodig: {minimum_rates}). Getoond worden de aantallen met hun betrouwbaarheidsinterval.",
        )
    if n < minimum_density:
        return Rung(
            "tempo",
            True,
            False,
            f"{n} feiten: genoeg voor afgevlakte cijfers en een toets per eenheid, "
            f"te weinig voor een dichtheidskaart (nodig: {minimum_density}).",
        )
    return Rung(
        "kaart", True, True, f"{n} feiten: genoeg voor afgevlakte cijfers, een toets en een dichtheidskaart."
    )
