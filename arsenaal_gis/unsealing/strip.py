"""How deep a planted strip along a facade may be, and what that makes of the place."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..errors import MethodError
from .rules import Rules, load_rules


def _millimetres(metres: ArrayLike) -> NDArray[np.int64]:
    return np.rint(np.asarray(metres, float) * 1000).astype(np.int64)


def facade_strip_depth(footway_width: ArrayLike, rules: Rules | None = None) -> NDArray[np.float64]:
    """Depth of the planted strip that a footway admits.

    Computed in whole millimetres, so that a width of 1.30 m is 1.30 m and not a hair less.

    Args:
        footway_width: Free width (m) from the facade to the kerb, any shape; NaN where unknown.
        rules: Rule set (default Mechelen).

    Returns:
        Depth (m), the same shape: 0 where no strip fits, NaN where the width is unknown.

    Raises:
        MethodError: A negative or infinite width.

    Source: regulation of Mechelen on tile gardens (at most 0.45 m) and the Flemish building ordinance on
    pedestrian traffic of 29 April 1997, article 3 (free passage), as in ``layers/regels/mechelen.toml``.
    """
    rules = rules or load_rules()
    width_m = np.asarray(footway_width, float)
    if np.any(width_m < 0) or np.any(np.isinf(width_m)):
        raise MethodError("A footway width is a length of zero or more.", todo="Check the kerb lines.")
    unknown = np.isnan(width_m)
    width = _millimetres(np.where(unknown, 0, width_m))
    mm = {
        name: int(_millimetres(rules[name]))
        for name in (
            "strook_max_m",
            "strook_min_m",
            "doorgang_wettelijk_m",
            "doorgang_breed_m",
            "voetpad_breed_m",
            "voetpad_midden_m",
            "obstakel_midden_m",
        )
    }
    narrow = width - mm["doorgang_wettelijk_m"]
    depth = np.select(
        [width > mm["voetpad_breed_m"], width >= mm["voetpad_midden_m"]],
        [width - mm["doorgang_breed_m"], np.minimum(narrow, mm["obstakel_midden_m"])],
        narrow,
    )
    depth = np.minimum(depth, mm["strook_max_m"])
    depth = np.where(depth < mm["strook_min_m"], 0, depth)
    return np.where(unknown, np.nan, depth / 1000)


def free_passage(footway_width: ArrayLike, rules: Rules | None = None) -> NDArray[np.float64]:
    """Width (m) that must stay free on a footway of that width; never more than the footway itself."""
    rules = rules or load_rules()
    width = np.asarray(footway_width, float)
    needed = np.where(
        _millimetres(np.nan_to_num(width)) > _millimetres(rules["voetpad_breed_m"]),
        rules["doorgang_breed_m"],
        rules["doorgang_wettelijk_m"],
    )
    return np.minimum(needed, width)


def strip_verdict(footway_width: ArrayLike, rules: Rules | None = None) -> NDArray[np.str_]:
    """Verdict on planting along a facade.

    Args:
        footway_width: Free width (m), (n,); NaN where unknown.
        rules: Rule set (default Mechelen).

    Returns:
        (n,) ``comfortabel`` (1.50 m stays free), ``wettelijk_mogelijk``, ``enkel_klimplant`` (room for a
        climber led along the facade, not for a strip) or ``niet``; ``niet`` too where the width is unknown.
    """
    rules = rules or load_rules()
    width = np.atleast_1d(np.asarray(footway_width, float))
    depth = facade_strip_depth(width, rules)
    left = _millimetres(np.nan_to_num(width)) - _millimetres(np.nan_to_num(depth))
    climber = _millimetres(rules["doorgang_wettelijk_m"]) + _millimetres(rules["klimplant_diepte_m"])
    strip = np.nan_to_num(depth) > 0
    return np.select(
        [strip & (left >= _millimetres(rules["doorgang_breed_m"])), strip, left >= climber],
        ["comfortabel", "wettelijk_mogelijk", "enkel_klimplant"],
        "niet",
    )
