"""Stage: heat maps, and who is exposed to them."""

import numpy as np
import shapely

from ..plan.context import PlanContext
from ..raster import Grid
from .blocks import BLOCK_M
from .cooling import cooling_capacity, heat_mitigation
from .engine import HeatMaps
from .inputs import LEVELS_NL, HeatInputs
from .model import prepare
from .pet import UNCERTAINTY_C
from .places import Places
from .surface import Surface
from .weather import MODEL_DAY

EDGE_M = 50.0  # the rasters reach this far outside the wijk
_COOLING_CELL_M = 5.0
# Albedo, crop coefficient and shade of each cover, later ones over earlier: literature ranges, methods A5.
_BARE = (0.25, 0.2, 0.0)
_COVERS = (
    ("sealed", (0.18, 0.05, 0.0)),
    ("green", (0.22, 0.9, 0.0)),
    ("water", (0.06, 1.0, 0.0)),
    ("under_crown", (0.18, 1.1, 1.0)),
    ("roof", (0.18, 0.0, 0.0)),
)


def run(context: PlanContext) -> None:
    """Put the rasters of heat and the layers ``hitte_woning``, ``hitte_straat`` and ``hitte_hex``."""
    model = prepare(context)
    inputs, maps = model.inputs, model.maps
    if maps is None:
        distance = context.settings["hitte"]["koelafstand_m"]
        context.put_raster("koelcapaciteit", cooling_index(inputs.surface, distance))
        return
    _put_rasters(context, inputs, maps)
    context.progress.stage("Blootstelling per woning, straat en zeshoek", 3)
    places = Places(context, inputs, maps)
    homes = places.homes()
    context.progress.advance()
    context.put("hitte_woning", homes)
    context.put("hitte_straat", places.streets(homes))
    context.progress.advance()
    context.put("hitte_hex", places.hexes())
    context.progress.advance()


def _put_rasters(context: PlanContext, inputs: HeatInputs, maps: HeatMaps) -> None:
    surface = inputs.surface
    west, south, east, north = context.wijk.boundary.buffer(EDGE_M).bounds
    rows = slice(
        max(int((surface.y_max - north) / surface.cell), 0),
        int(np.ceil((surface.y_max - south) / surface.cell)),
    )
    columns = slice(
        max(int((west - surface.x_min) / surface.cell), 0),
        int(np.ceil((east - surface.x_min) / surface.cell)),
    )
    part = surface.window(rows, columns)
    clipped = _clipped(context, maps)
    about = {
        "niveau": f"{surface.level}: {LEVELS_NL[surface.level]}",
        "weer": f"{inputs.method.day.source} {inputs.method.day.day.isoformat()}",
        "onzekerheid": f"PET ±{UNCERTAINTY_C:.1f} °C (veldtoets; methode A3)",
        "methode": "PET: Koopmans e.a. 2020; hitte-eiland: Theeuwes e.a. 2017; "
        "hemelfactor: cos² van de horizonhoek, "
        f"{inputs.method.n_azimuths} richtingen, {inputs.method.radius:.0f} m; kronen ondoorzichtig",
        "weggevallen_omgeving": f"{clipped:.0%} van de omgeving bovenwinds (1 km) heeft geen gegevens",
    }
    if clipped > 0.05:
        context.warn(
            f"Van de omgeving tot 1 km bovenwinds ontbreekt {clipped:.0%}: het hitte-eiland rust op de rest. "
            "Lees grove rasters van de omgeving in."
        )
    if inputs.method.day.source == MODEL_DAY:
        context.warn(
            "De hitte is berekend voor een modeldag, geen meting. Een stationsbestand kan die "
            "vervangen ([hitte] weerbestand)."
        )
    pet = maps.pet[rows, columns]
    if surface.level == "L0":
        context.warn(
            "De hoogten zijn geschat (niveau L0): de hittekaart is enkel per blok van 25 m en per "
            "straat te lezen."
        )
        context.put_raster("pet_dag", _coarser(part.grid(pet), max(round(BLOCK_M / part.cell), 1)), about)
    else:
        context.put_raster("pet_dag", part.grid(pet), about)
    context.put_raster("svf", part.grid(maps.sky.svf[rows, columns]), about)
    context.put_raster(
        "schaduwuren", part.grid(maps.sky.shade_hours[rows, columns].astype(np.float32)), about
    )
    at = [
        slice(
            max(int((maps.air.y_max - north) / BLOCK_M), 0), int(np.ceil((maps.air.y_max - south) / BLOCK_M))
        ),
        slice(
            max(int((west - maps.air.x_min) / BLOCK_M), 0), int(np.ceil((east - maps.air.x_min) / BLOCK_M))
        ),
    ]
    night = maps.air.uhi[at[0], at[1]].astype(np.float32)
    context.put_raster(
        "uhi_nacht",
        Grid(night, maps.air.x_min + at[1].start * BLOCK_M, maps.air.y_max - at[0].start * BLOCK_M, BLOCK_M),
        about,
    )
    context.put_raster(
        "koelcapaciteit", cooling_index(part, context.settings["hitte"]["koelafstand_m"]), about
    )


def _clipped(context: PlanContext, maps: HeatMaps) -> float:
    """Share of the averaging boxes of the wijk's blocks for which there are no data."""
    rows, columns = maps.air.clipped.shape
    x = maps.air.x_min + (np.arange(columns) + 0.5) * BLOCK_M
    y = maps.air.y_max - (np.arange(rows) + 0.5) * BLOCK_M
    inside = shapely.contains_xy(context.wijk.boundary, *np.meshgrid(x, y))
    return float(maps.air.clipped[inside].mean()) if inside.any() else float(maps.air.clipped.mean())


def cooling_index(surface: Surface, distance: float) -> Grid:
    """Return InVEST's heat mitigation index per 5 m, from land cover alone.

    Args:
        surface: Cover.
        distance: Cooling distance of green, metres.
    """
    albedo, crop, shade = (np.full(surface.shape, value, np.float32) for value in _BARE)
    for cover, values in _COVERS:
        mask = getattr(surface, cover)
        albedo[mask], crop[mask], shade[mask] = values
    capacity = cooling_capacity(
        shade, albedo, crop
    )  # the reference evapotranspiration is the same everywhere
    capacity[~np.isfinite(surface.ground)] = np.nan
    size = max(round(_COOLING_CELL_M / surface.cell), 1)
    coarse = _coarser(surface.grid(capacity), size)
    green = _coarser(surface.grid(surface.green.astype(float)), size).values >= 0.5
    return coarse.like(heat_mitigation(coarse.values, green, coarse.cell, distance)[0].astype(np.float32))


def _coarser(grid: Grid, size: int) -> Grid:
    """Return means over ``size`` by ``size`` cells, of those with a value; a rest at the south and east edge
    is left out.
    """
    rows, columns = (n // size for n in grid.shape)
    cells = grid.values[: rows * size, : columns * size].reshape(rows, size, columns, size)
    known = np.isfinite(cells)
    count = known.sum(axis=(1, 3))
    mean = np.divide(
        np.where(known, cells, 0).sum(axis=(1, 3)), count, out=np.full(count.shape, np.nan), where=count > 0
    )
    return Grid(mean.astype(np.float32), grid.x_min, grid.y_max, size * grid.cell)
