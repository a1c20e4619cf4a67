"""What may change in a wijk, and the surface after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from ..errors import MethodError
from ..scanline import burn
from .engine import tile_of
from .surface import CROWN_FROM_M, LAYERS, Surface
from .window import Window, window_of

MEASURES = {
    "ontharden": "verharding wordt gras of lage beplanting",
    "geveltuin": "strook langs de gevel met lage beplanting",
    "boom": "boom met gegeven hoogte en kroon",
    "klimplant": "klimplant of groenslinger over de straat",
    "lichte_verharding": "lichtere verharding",
    "boom_weg": "bomen verdwijnen",
    "verharden": "groen wordt verharding",
}
GARLAND_M = 4.5  # clear passage below a garland across the street


@dataclass(frozen=True)
class Change:
    """One change of the wijk.

    Attributes:
        measure: One of ``MEASURES``.
        geometry: Polygon, or for a tree its stem as a point (EPSG:31370).
        height_m: Height of a tree.
        crown_m: Crown diameter of a tree given as a point.
    """

    measure: str
    geometry: shapely.Geometry
    height_m: float = 8.0
    crown_m: float = 5.0

    @property
    def area(self) -> shapely.Geometry:
        """What it covers, seen from above."""
        if self.geometry.geom_type in ("Point", "MultiPoint"):
            return shapely.buffer(self.geometry, self.crown_m / 2)
        return self.geometry


def apply(surface: Surface, changes: Sequence[Change]) -> tuple[Surface, Window | None, float]:
    """Return the changed surface, which cells changed, and how high the changed things stand.

    Args:
        surface: What is there now; it stays as it is.
        changes: What changes.

    Returns:
        The surface, the smallest window around all changed cells (None for none), and the greatest height
        above the lowest ground around of what changed height; 0 where no height changed.
    """
    new = {
        name: getattr(surface, name).copy()
        for name in LAYERS
        if name not in ("ground", "water", "built", "roof")
    }
    anywhere = np.zeros(surface.shape, bool)
    for change in changes:
        if change.measure not in MEASURES:
            raise MethodError(
                f"Onbekende maatregel '{change.measure}'.", "wat als", f"Kies uit: {', '.join(MEASURES)}."
            )
        here = np.zeros(surface.shape, bool)
        burn(here, [change.area], [True], surface.x_min, surface.y_max, surface.cell)
        here &= np.isfinite(surface.ground)
        anywhere |= here
        free = here & ~surface.roof & ~surface.water
        if change.measure in ("ontharden", "geveltuin"):
            new["green"][free], new["sealed"][free] = True, False
        elif change.measure == "verharden":
            new["green"][free & (new["crown"] == 0)], new["sealed"][free] = False, True
        elif change.measure in ("boom", "klimplant"):
            height = GARLAND_M if change.measure == "klimplant" else change.height_m
            if height < CROWN_FROM_M:
                raise MethodError(
                    f"Een boom van {height} m geeft geen schaduw.", "wat als", f"Minstens {CROWN_FROM_M} m."
                )
            new["crown"][here] = np.maximum(new["crown"][here], np.float32(height))
            new["green"][here & ~surface.roof] = True
        elif change.measure == "boom_weg":
            bare = free & (new["crown"] > 0)
            new["crown"][here] = 0
            new["green"][bare] = ~new["sealed"][bare]
    changed = replace(surface, **new)
    touched = window_of(anywhere)
    return changed, touched, 0.0 if touched is None else _standing(surface, changed, touched)


def _standing(surface: Surface, changed: Surface, touched: Window) -> float:
    old, new = surface.window(*touched), changed.window(*touched)
    moved = old.crown != new.crown
    if not moved.any():
        return 0.0
    around = surface.window(*tile_of(touched, surface.shape, round(200 / surface.cell)).outer)
    return float(np.nanmax(np.maximum(old.top, new.top)[moved]) - np.nanmin(around.ground))
