"""What a scenario of the heat model does besides heat: rain that stays, and who lives where it cools."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ..heat.changes import Change
from ..heat.model import HeatModel
from ..heat.scenario import Scenario
from ..heat.surface import Surface
from ..scanline import burn
from ..settings import Settings
from ..wijk import Wijk
from .benefit import spread_residents
from .water import runoff_depth

# Measures that open the ground, and the one that closes it.
OPENS, CLOSES = ("ontharden", "geveltuin"), ("verharden",)
STORM_MM = 60


def scenario_effects(
    wijk: Wijk, model: HeatModel, changes: Sequence[Change], scenario: Scenario
) -> dict[str, float]:
    """Return water and residents of a scenario.

    Args:
        wijk: For its settings and residents.
        model: Heat of the wijk.
        changes: What was drawn.
        scenario: What the heat model said of it.

    Returns:
        ``piek_60mm_l`` litres of a shower of 60 mm that no longer run off, ``bewoners`` residents of the
        dwellings concerned, ``blootgesteld_voor`` and ``blootgesteld_na`` those among them above the
        threshold of heat; nan where residents are unknown.
    """
    people = pd.Series(_residents(wijk, model), index=model.homes)
    return {
        "piek_60mm_l": peak_litres(model.surface, changes, wijk.settings),
        **residents_in_heat(scenario.homes, people, model.threshold_c),
    }


def peak_litres(surface: Surface, changes: Sequence[Change], settings: Settings) -> float:
    """Return the litres of a shower of 60 mm that no longer run off; negative where ground is closed.

    Args:
        surface: What is sealed today; only opening sealed ground, not roofs, keeps rain.
        changes: What was drawn; trees and climbers leave the ground as it is.
        settings: Curve numbers, section ``ontharding``.
    """
    numbers = settings["ontharding"]
    depth = runoff_depth(STORM_MM, numbers["cn_verhard"]) - runoff_depth(STORM_MM, numbers["cn_groen"])
    paved = surface.sealed & ~surface.roof
    open_ground = ~surface.sealed & ~surface.roof & ~surface.water
    opened = _area(surface, [c for c in changes if c.measure in OPENS], paved)
    closed = _area(surface, [c for c in changes if c.measure in CLOSES], open_ground)
    return float((opened - closed) * depth)


def residents_in_heat(homes: pd.DataFrame, people: pd.Series, threshold_c: float) -> dict[str, float]:
    """Return the residents of dwellings that a scenario concerns, and those in strong heat before and after.

    Args:
        homes: ``woning_id``, ``pet_voor_c``, ``pet_na_c`` of a :class:`Scenario`.
        people: Residents by ``woning_id``, nan unknown.
        threshold_c: PET from which it is too hot, °C.
    """
    if not people.notna().any():
        return dict.fromkeys(("bewoners", "blootgesteld_voor", "blootgesteld_na"), np.nan)
    here = people.reindex(homes["woning_id"]).fillna(0).to_numpy(float)
    before, after = (homes[f"pet_{when}_c"].to_numpy(float) >= threshold_c for when in ("voor", "na"))
    return {
        "bewoners": float(here.sum()),
        "blootgesteld_voor": float(here[before].sum()),
        "blootgesteld_na": float(here[after].sum()),
    }


def _area(surface: Surface, changes: Sequence[Change], counts: npt.NDArray[np.bool_]) -> float:
    """Square metres of the drawn areas, together, that lie on cells that count."""
    shape = shapely.union_all([change.area for change in changes])
    if shape.is_empty:
        return 0.0
    inside = np.zeros(surface.shape, np.uint8)
    burn(inside, [shape], [1], surface.x_min, surface.y_max, surface.cell)
    cells = inside.astype(bool)
    if not cells.any():  # narrower than a cell: the cell its middle lies in tells
        row, column = surface.grid(surface.ground).rows_columns(*shapely.point_on_surface(shape).coords[0])
        return shape.area * float(counts[row, column])
    return shape.area * float(counts[cells].mean())


def _residents(wijk: Wijk, model: HeatModel) -> npt.NDArray[np.float64]:
    homes = gpd.GeoDataFrame(geometry=shapely.points(model.homes_xy))
    return spread_residents(homes, wijk.layer("inwoners"))
