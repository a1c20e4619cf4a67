"""From a wijk's inputs to a surface: the ladder from L3 (heights measured) to L0 (guessed)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from ..errors import ConfigError, MethodError
from ..plan.context import PlanContext
from ..raster import Bounds, Grid
from ..scanline import burn
from .blocks import Blocks
from .engine import Method
from .sky_view import sky_view_factor
from .surface import Surface, surface_from_rasters
from .weather import hot_day

CELL_M = 1.0
MARGIN_M = 200.0
MOSTLY = 0.8  # share of buildings whose height must be known for a level
LEVELS_NL = {
    "L3": "gemeten hoogten van gebouwen en bomen",
    "L2": "gebouwen met gekende hoogte, boomkronen met hoogte",
    "L1": "gebouwhoogte uit bouwlagen, bomen met geschatte hoogte",
    "L0": "overal dezelfde gebouwhoogte; enkel per blok van 25 m en per straat te lezen",
}
LEVEL_ERROR_C = {"L3": 0.0, "L2": 1.2, "L1": 1.5, "L0": 2.3}  # against L3, one site (methods A4)
_SURROUNDINGS_AZIMUTHS = 16


@dataclass(frozen=True)
class HeatInputs:
    """What the heat stage computes with.

    Attributes:
        surface: Fine cells.
        trees: Whether anything tells of trees; if not, the map is refused.
        surroundings: Blocks beyond them, or None.
        method: Weather and choices.
    """

    surface: Surface
    trees: bool
    surroundings: Blocks | None
    method: Method


def read_inputs(context: PlanContext) -> HeatInputs:
    """Read and check what the heat stage needs, and tell what is missing.

    Raises:
        MethodError: Rasters that make no sense; see :func:`.surface.surface_from_rasters`.
        SourceError: A weather file that cannot be used.
    """
    method = read_method(context)
    surface = read_surface(context)
    trees = bool((surface.crown > 0).any())
    if not trees:
        context.warn(
            "Geen bomen en geen boomhoogten ingelezen: zonder bomen is een hittekaart op 1 m "
            "misleidend (fout 4 °C, samenhang 0,48) "
            "en wordt ze niet gemaakt. De koelindex uit de bodembedekking blijft wel geldig. Lees de "
            "boominventaris of het "
            "boomhoogteraster in."
        )
    return HeatInputs(surface, trees, _surroundings(context, method) if trees else None, method)


def read_surface(context: PlanContext) -> Surface:
    """Return what sun and wind meet, from the best heights there are.

    Raises:
        MethodError: Rasters that make no sense, or neither rasters nor buildings.
    """
    return _measured(context) or _from_vectors(context)


def read_method(context: PlanContext) -> Method:
    """Return weather and choices from the settings."""
    settings = context.settings["hitte"]
    if not 0 < settings["laatste_uur_utc"] - settings["eerste_uur_utc"] <= 8:
        raise ConfigError(
            "De namiddag duurt geen 1 tot 8 uur.",
            "[hitte] eerste_uur_utc, laatste_uur_utc",
            "Kies bijvoorbeeld 10 en 16.",
        )
    lon, lat = _lon_lat(context.wijk.boundary.centroid)
    return Method(
        hot_day(settings, context.wijk.folder, lon, lat),
        settings["eerste_uur_utc"],
        settings["laatste_uur_utc"],
        settings["uhi_exponent"],
        settings["hemel_richtingen"],
        settings["hemel_hoogten"],
        settings["hemel_straal_m"],
    )


def _lon_lat(point: shapely.Point) -> tuple[float, float]:
    return Transformer.from_crs(31370, 4326, always_xy=True).transform(point.x, point.y)


def _measured(context: PlanContext) -> Surface | None:
    """Return the surface from height rasters, or None where they are not there."""
    dtm, top, crown = (context.raster(id) for id in ("dtm", "dsm_gebouwen", "cdsm"))
    if dtm is None or (top is None and (whole := context.raster("dsm")) is None):
        return None
    green = context.raster("groenkaart")
    footprints = _mask(context.layer("gebouwen").geometry, dtm)
    if top is None:  # one surface for all: footprints are buildings, high green is crowns
        height = whole.values - dtm.values
        top = dtm.like(np.where(footprints, whole.values, dtm.values))
        if crown is None and green is not None:
            crown = dtm.like(np.where((green.values == 3) & ~footprints, height, 0.0).astype(np.float32))
    if crown is None:
        crown = dtm.like(_crowns(context, dtm))
    water = context.layer("water_spoor")
    wet = _mask(water.geometry[water.soort == "water"], dtm) if len(water) else None
    surface = surface_from_rasters(dtm, top, crown, green, context.raster("bodembedekking"), wet)
    _report_cover(context, surface)
    return surface


def _report_cover(context: PlanContext, surface: Surface) -> None:
    """Say how much of the wijk plus 200 m has no height."""
    wanted = context.wijk.boundary.buffer(MARGIN_M)
    rows, columns = surface.shape
    have = shapely.box(
        surface.x_min,
        surface.y_max - rows * surface.cell,
        surface.x_min + columns * surface.cell,
        surface.y_max,
    )
    if not have.intersects(context.wijk.boundary):
        raise MethodError(
            "De hoogterasters liggen naast de wijk.",
            "dtm",
            "Staan ze in Lambert 72 (EPSG:31370), in meter en niet in graden?",
        )
    outside = 1.0 - have.intersection(wanted).area / wanted.area
    holes = float((~np.isfinite(surface.ground)).mean())
    if outside > 0.01:
        context.warn(
            f"{outside:.0%} van de wijk met 200 m rand heeft geen hoogteraster: schaduw en "
            f"hemelfactor zijn daar onvolledig."
        )
    if holes > 0.01:
        context.warn(f"{holes:.0%} van de cellen van het hoogteraster is leeg.")


def _from_vectors(context: PlanContext) -> Surface:
    """Return the surface from footprints and trees, on flat ground where its height is unknown."""
    settings = context.settings["hitte"]
    west, south, east, north = context.wijk.boundary.bounds
    bounds: Bounds = (
        np.floor(west - MARGIN_M),
        np.floor(south - MARGIN_M),
        np.ceil(east + MARGIN_M),
        np.ceil(north + MARGIN_M),
    )
    dtm = context.raster("dtm", bounds)
    if dtm is None:
        shape = round((bounds[3] - bounds[1]) / CELL_M), round((bounds[2] - bounds[0]) / CELL_M)
        dtm = Grid(np.zeros(shape, np.float32), bounds[0], bounds[3], CELL_M)
    buildings = context.layer("gebouwen")
    if buildings.empty:
        raise MethodError(
            "Geen gebouwen en geen hoogterasters.",
            "gebouwen, dtm",
            "Lees minstens de GRB-gebouwen en bomen in.",
        )
    height, level = building_heights(buildings, settings["verdieping_m"], settings["gebouwhoogte_m"])
    crown_raster = context.raster("cdsm", bounds)
    crown = crown_raster.values if crown_raster is not None else _crowns(context, dtm)
    if (
        level == "L2"
        and crown_raster is None
        and not context.layer("bomen").hoogte_m.notna().mean() >= MOSTLY
    ):
        level = "L1"
    walls = np.zeros(dtm.shape, np.float32)
    burn(walls, list(buildings.geometry), height, dtm.x_min, dtm.y_max, dtm.cell)
    sealed = context.raster("bodembedekking", bounds)
    return surface_from_rasters(
        dtm,
        dtm.like(dtm.values + walls),
        dtm.like(crown),
        context.raster("groenkaart", bounds) or _green(context, dtm, sealed),
        sealed,
        level=level,
    )


def building_heights(buildings: pd.DataFrame, floor_m: float, guess_m: float) -> tuple[np.ndarray, str]:
    """Return the best height known of each building, and the level that this makes.

    Args:
        buildings: With ``hoogte_m`` and ``bouwlagen``, missing where unknown.
        floor_m: Height of a floor, metres.
        guess_m: Height where nothing is known, metres.

    Returns:
        (n,) heights in metres, and "L2", "L1" or "L0".
    """
    measured = pd.to_numeric(buildings["hoogte_m"]).to_numpy(float, na_value=np.nan)
    floors = pd.to_numeric(buildings["bouwlagen"]).to_numpy(float, na_value=np.nan) * floor_m
    floors[floors <= 0] = np.nan
    best = np.where(np.isfinite(measured), measured, floors)
    level = "L0"
    if np.isfinite(measured).mean() >= MOSTLY:
        level = "L2"
    elif np.isfinite(best).mean() >= MOSTLY:
        level = "L1"
    return np.where(np.isfinite(best), best, guess_m), level


def _crowns(context: PlanContext, grid: Grid) -> np.ndarray:
    """Return crown heights from the tree inventory and woods, metres, on a grid."""
    settings = context.settings["hitte"]
    crown = np.zeros(grid.shape, np.float32)
    woods = context.layer("groen")
    woods = woods[woods.soort == "bos"] if len(woods) else woods
    place = grid.x_min, grid.y_max, grid.cell
    burn(crown, list(woods.geometry), np.full(len(woods), settings["boomhoogte_m"]), *place)
    trees = context.layer("bomen")
    if len(trees):
        height = trees.hoogte_m.fillna(settings["boomhoogte_m"]).to_numpy(float)
        width = trees.kroon_diameter_m.fillna(settings["kroondiameter_m"]).to_numpy(float)
        low_first = np.argsort(height, kind="stable")
        burn(
            crown,
            list(shapely.buffer(trees.geometry.to_numpy(), width / 2)[low_first]),
            height[low_first],
            *place,
        )
    return crown


def _green(context: PlanContext, grid: Grid, sealed: Grid | None) -> Grid | None:
    """Return the green areas as codes of the Groenkaart; None where unsealed ground tells more."""
    areas = context.layer("groen")
    if areas.empty and sealed is not None:
        return None
    return grid.like(np.where(_mask(areas.geometry, grid), 2.0, 0.0).astype(np.float32))


def _mask(geometry: pd.Series, grid: Grid) -> np.ndarray:
    """Return the cells whose centre lies in one of the polygons."""
    inside = np.zeros(grid.shape, np.uint8)
    burn(inside, list(geometry), np.ones(len(geometry), np.uint8), grid.x_min, grid.y_max, grid.cell)
    return inside.astype(bool)


def _surroundings(context: PlanContext, method: Method) -> Blocks | None:
    """Return blocks of the coarse rasters around the wijk."""
    names = ("dtm", "dsm_gebouwen", "cdsm", "groenkaart", "bodembedekking")
    dtm, top, crown, green, sealed = (context.raster(f"omgeving_{name}") for name in names)
    if dtm is None or top is None or crown is None:
        context.warn(
            "Geen grove rasters van de omgeving: het hitte-eiland wordt enkel uit het fijne raster "
            "berekend en is aan de rand onzeker."
        )
        return None
    coarse = surface_from_rasters(dtm, top, crown, green, sealed)
    sky = sky_view_factor(
        coarse.top, coarse.cell, _SURROUNDINGS_AZIMUTHS, method.n_altitudes, method.radius, ground=coarse.eyes
    )
    rows, columns = coarse.shape
    blocks = Blocks.empty(
        (coarse.x_min, coarse.y_max - rows * coarse.cell, coarse.x_min + columns * coarse.cell, coarse.y_max)
    )
    blocks.add(coarse, sky, (slice(0, rows), slice(0, columns)))
    return blocks
