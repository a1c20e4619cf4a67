"""What each place does to the heat: PET by day, heat island by night, asked of the heat stage's scenarios."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ..heat.candidates import estimate
from ..heat.changes import Change
from ..heat.exposure import at_points
from ..heat.model import HeatModel, prepare
from ..heat.pet import BOWEN_GREEN, BOWEN_HARD
from ..plan.context import PlanContext
from .benefit import TREE_TYPES
from .sample import mean_inside
from .shapes import pieces, slices

_PET_PER_BOWEN = 0.546  # Koopmans et al. 2020, PET in the sun


def add_cooling(
    context: PlanContext, places: gpd.GeoDataFrame, settings: Mapping[str, Any]
) -> gpd.GeoDataFrame:
    """Add ``pet_c, d_pet_c, koelte_graad_m2, d_uhi_c, koelte_bron, bomen_nieuw``.

    Places with new trees, and garlands, are scenarios of the heat model one by one. Where only the ground is
    opened, the model's answer is read off its own cells: PET falls by 1.42 °C (methods B4) in the hours that
    the sun shines on a cell that is not green yet, and nowhere else.

    Args:
        context: The plan, after its heat stage.
        places: Places with type and area.
        settings: Section ``ontharding``.
    """
    pet = context.result_raster("pet_dag")
    trees = [
        _trees(type, shape, settings) for type, shape in zip(places["type"], places.geometry, strict=True)
    ]
    count = len(places)
    places = places.assign(
        pet_c=mean_inside(pet, places.geometry),
        bomen_nieuw=[len(points) for points in trees],
        d_pet_c=np.nan,
        koelte_graad_m2=np.nan,
        d_uhi_c=np.nan,
        koelte_bron="onbekend",
    )
    model = prepare(context) if context.result("hitte_woning") is not None else None
    if model is None or model.maps is None:
        return places
    hung = (places["type"] == "groenslinger").to_numpy()
    cast = hung | (places["bomen_nieuw"] > 0).to_numpy()
    roof = (places["type"] == "groendak").to_numpy()
    effect, source = (
        np.zeros((count, 3)),
        np.where(roof, "geen", np.where(cast, "scenario", "bodem")).astype(object),
    )
    effect[~(roof | cast)] = _opened(model, places[~(roof | cast)])
    shady = np.flatnonzero(cast)
    changes = [_changes(places["type"].iloc[k], places.geometry.iloc[k], trees[k], settings) for k in shady]
    effect[shady] = estimate(model, changes).to_numpy(float) if len(shady) else 0.0
    source[np.isnan(effect[:, 1])] = "onbekend"
    return places.assign(
        d_pet_c=effect[:, 0], koelte_graad_m2=-effect[:, 1], d_uhi_c=effect[:, 2], koelte_bron=source
    )


def _trees(type: str, shape: shapely.Polygon, settings: Mapping[str, Any]) -> list[shapely.Point]:
    """Where new trees stand: one in a pit, spread over larger ground."""
    if type not in TREE_TYPES:
        return []
    count = 1 if type == "boomvak" else int(shape.area // settings["boom_m2"])
    parts, _ = pieces(slices(shape, count), 1.0) if count else ([], [])
    return [shapely.point_on_surface(part) for part in parts]


def _changes(
    type: str, shape: shapely.Polygon, trees: list[shapely.Point], settings: Mapping[str, Any]
) -> list[Change]:
    if type == "groenslinger":
        return [Change("klimplant", shape)]
    height, crown = settings["boom_hoogte_m"], settings["boom_kroon_m"]
    return [Change("ontharden", shape), *(Change("boom", tree, height, crown) for tree in trees)]


def _opened(model: HeatModel, places: gpd.GeoDataFrame) -> np.ndarray:
    """Change of PET on opened ground, summed over its area, and of the heat island, (n, 3)."""
    surface, hours = model.surface, len(model.method.afternoon)
    sunny = np.zeros(surface.shape, np.float32)
    for hour in range(hours):
        sunny += (model.maps.sky.sunlit >> hour) & 1
    fall = -_PET_PER_BOWEN * (BOWEN_HARD - BOWEN_GREEN) / hours * np.where(surface.bowen_green, 0, sunny)
    fall[surface.roof] = np.nan
    grid = surface.grid(fall)
    change = mean_inside(grid, places.geometry)
    area = places["oppervlakte_m2"].to_numpy(float)
    xy = shapely.get_coordinates(shapely.point_on_surface(places.geometry.to_numpy()))
    island = -area * at_points(model.uhi_per_m2, model.maps.air, xy)
    return np.column_stack([change, change * area, island])
