"""The computed heat of a wijk, kept so that scenarios and other stages need not compute it again."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from ..plan.context import PlanContext
from ..wijk import Wijk
from .blocks import BLOCK_M, Blocks
from .comfort import hour_fields
from .engine import HeatMaps, Method, heat_maps
from .inputs import HeatInputs, read_inputs
from .surface import Surface


@dataclass(frozen=True)
class HeatModel:
    """Inputs and maps of one wijk.

    Attributes:
        inputs: Surface, surroundings and method.
        maps: The maps, or None where there are no trees and the map is refused.
        homes: (n,) ids of the dwellings.
        homes_xy: (n, 2) where they are.
        radius_m: Surroundings of a dwelling, metres.
        threshold_c: PET above which it is too hot, °C.
        warnings: What the reader has to know, in Dutch.
    """

    inputs: HeatInputs
    maps: HeatMaps | None
    homes: npt.NDArray[np.object_]
    homes_xy: npt.NDArray[np.float64]
    radius_m: float
    threshold_c: float
    warnings: tuple[str, ...]

    @cached_property
    def relief(self) -> float:
        """Highest top minus lowest ground, metres."""
        return self.surface.relief

    @cached_property
    def fields(self) -> npt.NDArray[np.float64]:
        """PET per hour and block; see :func:`.comfort.hour_fields`."""
        return hour_fields(self.maps.air, self.method.afternoon)

    @cached_property
    def uhi_per_m2(self) -> npt.NDArray[np.float64]:
        """(blocks) how much a square metre of green in the box upwind lowers the heat island, °C."""
        s, dtr, u = self.method.day.weather_term
        strength = (s * dtr**3 / u) ** (1.0 / self.method.exponent)
        return strength / np.maximum(self.maps.air.area, BLOCK_M**2)

    @property
    def surface(self) -> Surface:
        """The fine cells."""
        return self.inputs.surface

    @property
    def method(self) -> Method:
        """Weather and choices."""
        return self.inputs.method

    @property
    def surroundings(self) -> Blocks | None:
        """Blocks beyond the fine cells."""
        return self.inputs.surroundings


_last: tuple[tuple, HeatModel] | None = None  # one wijk is at hand at a time; its maps take some 100 MB


def prepare(wijk: Wijk | PlanContext) -> HeatModel:
    """Return the heat of a wijk: computed the first time, at hand as long as its inputs stay.

    Args:
        wijk: The wijk, or the context of a plan in the making.

    Raises:
        ArsenaalError: Inputs that are missing or make no sense.
    """
    global _last
    context = wijk
    if isinstance(wijk, Wijk):
        context = PlanContext(wijk, datetime.date.min, Path())
    stamp = tuple((context.wijk.folder / name).stat().st_mtime_ns for name in ("wijk.toml", "wijk.gpkg"))
    key = (context.wijk.folder, stamp, repr(sorted(context.settings["hitte"].items())))
    if _last is None or _last[0] != key:
        before = len(context.warnings)
        inputs = read_inputs(context)
        maps = None
        if inputs.trees:
            maps = heat_maps(
                inputs.surface, inputs.method, surroundings=inputs.surroundings, progress=context.progress
            )
        homes, settings = context.inside("woningen"), context.settings["hitte"]
        _last = (
            key,
            HeatModel(
                inputs,
                maps,
                homes.woning_id.to_numpy(object),
                shapely.get_coordinates(homes.geometry.to_numpy()),
                settings["omgeving_woning_m"],
                settings["drempel_pet_c"],
                tuple(context.warnings[before:]),
            ),
        )
    for text in _last[1].warnings:
        context.warn(text)
    return _last[1]
