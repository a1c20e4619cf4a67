"""What a tree, an unsealed yard or a garland would do, without computing the whole wijk again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ..errors import MethodError
from ..scanline import burn
from ..wijk import Wijk
from .blocks import BLOCK_M, Air, Blocks
from .comfort import Sky, hour_fields, pet_cells
from .engine import LOWEST_SUN, Method, Tile, block_sums, tile_of
from .exposure import at_points, discs
from .model import HeatModel, prepare
from .shadow import cast_shadow
from .sky_change import sky_after
from .surface import CROWN_FROM_M, LAYERS, Surface

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
_FELT_C = 0.01  # a smaller change at a dwelling is not listed
_WORTH_SAYING_C = 0.1  # a change through the wind from which it is explained
_NOTHING_C = 2e-5  # a smaller change of the air is not carried to the cells


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


@dataclass(frozen=True)
class Scenario:
    """What changes do. Arrays cover the window; outside it nothing changes by more than 0.0001 °C.

    Attributes:
        before: (rows, columns) PET, °C; nan on roofs.
        after: The same with the changes.
        by_shade: What sun, sky and ground cover alone change, °C: close to the change, and cells off it.
        by_wind: What the wind alone changes, °C. Wind is known per block of 25 m, as a mean over up to 200 m
            upwind, so this part is faint, wide, and belongs to the block rather than to its cells. What
            remains of the difference is the heat island's.
        rows: Rows of the window in the model's surface.
        columns: Columns of the window.
        x_min: West edge of the window, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
        air: Heat island and wind per block after the changes.
        sky: Sun and sky of the window after the changes.
        uhi_change: (blocks) change of the night's heat island, °C.
        homes: Per dwelling whose surroundings change: woning_id, pet_voor_c, pet_na_c, verschil_c,
            overmaat_voor_c, overmaat_na_c.
        notes: What has to be said with it, in Dutch.
    """

    before: npt.NDArray[np.float32]
    after: npt.NDArray[np.float32]
    by_shade: npt.NDArray[np.float32]
    by_wind: npt.NDArray[np.float32]
    rows: slice
    columns: slice
    x_min: float
    y_max: float
    cell: float
    air: Air
    sky: Sky
    uhi_change: npt.NDArray[np.float64]
    homes: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def difference(self) -> npt.NDArray[np.float32]:
        """(rows, columns) change of PET, °C."""
        return self.after - self.before

    @property
    def summary(self) -> dict[str, float]:
        """Degrees x m², in all and by shade and wind apart; m² cooled or warmed by 1 °C and more, strongest
        changes, dwellings, heat island.
        """
        change, wind = np.nan_to_num(self.difference), np.nan_to_num(self.by_wind)
        m2 = self.cell**2
        return {
            "graad_m2": float(change.sum() * m2),
            "graad_m2_schaduw": float(np.nansum(self.by_shade) * m2),
            "graad_m2_wind": float(wind.sum() * m2),
            "koeler_m2": float((change <= -1.0).sum() * m2),
            "warmer_m2": float((change >= 1.0).sum() * m2),
            "grootste_koeling_c": float(change.min(initial=0.0)),
            "grootste_opwarming_c": float(change.max(initial=0.0)),
            "grootste_opwarming_wind_c": float(wind.max(initial=0.0)),
            "woningen": float(len(self.homes)),
            "uhi_c": float(self.uhi_change.flat[np.abs(self.uhi_change).argmax()]),
        }


def what_if(wijk: Wijk | HeatModel, changes: Sequence[Change]) -> Scenario:
    """Return what changes do to PET, the heat island and the exposed dwellings.

    Args:
        wijk: The wijk, or its computed heat (:func:`.model.prepare`).
        changes: What changes, later ones over earlier.

    Returns:
        Before, after and difference; equal to computing everything again within 0.0001 °C.

    Raises:
        MethodError: An unknown measure, a change outside the rasters, or a wijk without heat map.
    """
    model = wijk if isinstance(wijk, HeatModel) else prepare(wijk)
    if model.maps is None:
        raise MethodError(
            "Deze wijk heeft geen hittekaart, omdat bomen ontbreken.", "wat als", "Lees bomen in."
        )
    surface, maps, method = model.surface, model.maps, model.method
    changed, touched, tall = apply(surface, changes)
    if touched is None:
        raise MethodError(
            "De verandering raakt geen enkele cel.", "wat als", "Teken ze binnen de wijk, groter dan een cel."
        )
    sky, near = maps.sky, touched
    if tall > 0:  # heights changed: sun and sky change around them
        sky, near = sky_after(surface, changed, maps.sky, touched, tall, model.relief, method)
    near = _whole_blocks(near, surface)
    tile = tile_of(near, surface.shape, 1)
    blocks = _replaced(maps.blocks, changed, sky, tile)
    around = blocks if model.surroundings is None else blocks.filled_from(model.surroundings)
    air = method.air(around)
    fields = hour_fields(air, method.afternoon)
    rows, columns = _window(near, np.abs(fields - model.fields), maps.air, surface)
    part = changed.window(rows, columns), sky.window(rows, columns)
    before, after = maps.pet[rows, columns], pet_cells(*part, fields, air)
    same_air = pet_cells(*part, model.fields, maps.air)
    only_wind = pet_cells(*part, hour_fields(replace(air, uhi=maps.air.uhi), method.afternoon), air)
    scenario = Scenario(
        before,
        after,
        same_air - before,
        only_wind - same_air,
        rows,
        columns,
        surface.x_min + columns.start * surface.cell,
        surface.y_max - rows.start * surface.cell,
        surface.cell,
        air,
        part[1],
        air.uhi - maps.air.uhi,
        pd.DataFrame(),
        (),
    )
    scenario = replace(scenario, notes=_notes(changes, scenario))
    return replace(scenario, homes=_homes(model, scenario))


def _notes(changes: Sequence[Change], scenario: Scenario) -> tuple[str, ...]:
    """Return what has to be said with a scenario, in Dutch."""
    notes = []
    if any(change.measure == "lichte_verharding" for change in changes):
        notes.append("Licht gekleurde verharding verandert de PET van deze methode niet; zie de koelindex.")
    wind = np.nan_to_num(scenario.by_wind)
    for words, felt in (("Minder wind maakt", wind), ("Meer wind maakt", -wind)):
        if felt.max(initial=0.0) >= _WORTH_SAYING_C:
            notes.append(
                f"{words} {(felt >= _WORTH_SAYING_C).sum() * scenario.cell**2:.0f} m² tot "
                f"{felt.max():.1f} °C {'warmer' if felt is wind else 'koeler'}. ".replace(".", ",", 1)
                + "De wind geldt per blok van 25 m en hangt af van alles tot 200 m bovenwinds: lees dit deel "
                "als een gemiddelde van de omgeving, niet van een plek. De methode kent vijf klassen van "
                "ruwheid; een enkele boom kan blokken in de volgende brengen, en dat geeft een sprong."
            )
    return tuple(notes)


def apply(surface: Surface, changes: Sequence[Change]) -> tuple[Surface, tuple[slice, slice] | None, float]:
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
    if not anywhere.any():
        return changed, None, 0.0
    rows, columns = np.flatnonzero(anywhere.any(axis=1)), np.flatnonzero(anywhere.any(axis=0))
    touched = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
    return changed, touched, _standing(surface, changed, touched)


def _standing(surface: Surface, changed: Surface, touched: tuple[slice, slice]) -> float:
    old, new = surface.window(*touched), changed.window(*touched)
    moved = old.crown != new.crown
    if not moved.any():
        return 0.0
    around = surface.window(*_grown(touched, round(200 / surface.cell), surface))
    return float(np.nanmax(np.maximum(old.top, new.top)[moved]) - np.nanmin(around.ground))


def _grown(window: tuple[slice, slice], cells: int, surface: Surface) -> tuple[slice, slice]:
    return tile_of(window, surface.shape, cells).outer


def _whole_blocks(window: tuple[slice, slice], surface: Surface) -> tuple[slice, slice]:
    """Widen a window to the cells of all blocks that it touches."""
    rows, columns = window
    y = surface.y_max - (np.arange(surface.shape[0]) + 0.5) * surface.cell
    x = surface.x_min + (np.arange(surface.shape[1]) + 0.5) * surface.cell
    wide = []
    for part, number in ((rows, np.floor(-y / BLOCK_M)), (columns, np.floor(x / BLOCK_M))):
        inside = np.flatnonzero((number >= number[part.start]) & (number <= number[part.stop - 1]))
        wide.append(slice(int(inside[0]), int(inside[-1]) + 1))
    return wide[0], wide[1]


def _replaced(blocks: Blocks, changed: Surface, sky: Sky, tile: Tile) -> Blocks:
    """Return the blocks with those of a window counted anew."""
    part = block_sums(changed.window(*tile.outer), sky.window(*tile.outer), tile)
    row, column = blocks.place_of(part)
    rows, columns = part.sums.shape[1:]
    sums = blocks.sums.copy()
    sums[:, row : row + rows, column : column + columns] = part.sums
    return Blocks(sums, blocks.x_min, blocks.y_max)


def _window(
    near: tuple[slice, slice], change: npt.NDArray[np.float64], air: Air, surface: Surface
) -> tuple[slice, slice]:
    """Return the window of cells whose sky, cover or air changes."""
    felt = change.max(axis=(0, 1)) > _NOTHING_C
    if not felt.any():
        return near
    # values are interpolated between the centres of blocks, so a block matters to one and a half beyond its
    # middle
    rows, columns = np.flatnonzero(felt.any(axis=1)), np.flatnonzero(felt.any(axis=0))
    north, south = air.y_max - (rows[0] - 0.5) * BLOCK_M, air.y_max - (rows[-1] + 1.5) * BLOCK_M
    west, east = air.x_min + (columns[0] - 0.5) * BLOCK_M, air.x_min + (columns[-1] + 1.5) * BLOCK_M
    top, bottom = (int((surface.y_max - y) / surface.cell) for y in (north, south))
    left, right = (int((x - surface.x_min) / surface.cell) for x in (west, east))
    return (
        slice(max(min(near[0].start, top), 0), min(max(near[0].stop, bottom + 1), surface.shape[0])),
        slice(max(min(near[1].start, left), 0), min(max(near[1].stop, right + 1), surface.shape[1])),
    )


def _homes(model: HeatModel, scenario: Scenario) -> pd.DataFrame:
    """Return the dwellings whose surroundings change by 0.01 °C and more."""
    surface, maps = model.surface, model.maps
    felt = np.abs(np.nan_to_num(scenario.difference)) > _FELT_C / 10
    if not felt.any():
        felt[:1, :1] = True
    rows, columns = (np.flatnonzero(felt.any(axis=axis)) for axis in (1, 0))
    west = scenario.x_min + columns[0] * surface.cell - model.radius_m
    east = scenario.x_min + (columns[-1] + 1) * surface.cell + model.radius_m
    north = scenario.y_max - rows[0] * surface.cell + model.radius_m
    south = scenario.y_max - (rows[-1] + 1) * surface.cell - model.radius_m
    x, y = model.homes_xy.T
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    outdoor = np.isfinite(maps.pet) & ~surface.water
    cells = discs(model.homes_xy[near], model.radius_m, surface).within(outdoor)
    after = maps.pet.copy()
    after[scenario.rows, scenario.columns] = scenario.after
    frame = pd.DataFrame({"woning_id": model.homes[near]})
    for name, pet in (("voor", maps.pet), ("na", after)):
        frame[f"pet_{name}_c"] = cells.mean(pet)
        frame[f"overmaat_{name}_c"] = cells.mean(np.maximum(pet - np.float32(model.threshold_c), 0))
    frame["verschil_c"] = frame.pet_na_c - frame.pet_voor_c
    return frame[frame.verschil_c.abs() >= _FELT_C].reset_index(drop=True)


def estimate(model: HeatModel, candidates: Sequence[Sequence[Change]]) -> pd.DataFrame:
    """Return what each of many candidates does, each by itself, by sun, shade and ground cover alone.

    Fast (milliseconds each) and meant for ranking thousands: wind and sky view stay as they are, which
    :func:`what_if` does follow. The heat island changes with the vegetated share of the box upwind.

    Args:
        model: Computed heat of the wijk.
        candidates: For each candidate its changes.

    Returns:
        One row per candidate: ``d_pet_c`` mean change of PET on its own outdoor cells, ``koelte_graad_m2``
        sum of change times m² over all outdoor cells (negative cools), ``d_uhi_c`` change of the heat island
        where it lies.

    Raises:
        MethodError: The wijk has no heat map, or a measure is unknown.
    """
    if model.maps is None:
        raise MethodError(
            "Deze wijk heeft geen hittekaart, omdat bomen ontbreken.", "wat als", "Lees bomen in."
        )
    return pd.DataFrame(
        [_estimate(model, changes) for changes in candidates],
        columns=["d_pet_c", "koelte_graad_m2", "d_uhi_c"],
    )


def _estimate(model: HeatModel, changes: Sequence[Change]) -> tuple[float, float, float]:
    surface, maps, method = model.surface, model.maps, model.method
    window = _around(surface, changes)
    if window is None:
        return np.nan, np.nan, np.nan
    changed, touched, tall = apply(surface.window(*window), changes)
    if touched is None:
        return np.nan, np.nan, np.nan
    old, sky = surface.window(*window), maps.sky.window(*window)
    if tall > 0:
        sky = _shaded(changed, sky, method)
    after = pet_cells(changed, sky, model.fields, maps.air)
    difference = np.nan_to_num(after - maps.pet[window])
    difference[old.water] = 0.0
    own = np.zeros(old.shape, bool)
    burn(own, [change.area for change in changes], [True] * len(changes), old.x_min, old.y_max, old.cell)
    own &= np.isfinite(maps.pet[window]) & ~old.water
    m2 = surface.cell**2
    greener = (changed.green.sum() - old.green.sum()) * m2
    middle = shapely.union_all([change.area for change in changes]).centroid
    d_uhi = -greener * at_points(model.uhi_per_m2, maps.air, np.array([[middle.x, middle.y]]))[0]
    return float(difference[own].mean()) if own.any() else np.nan, float(difference.sum() * m2), float(d_uhi)


def _around(surface: Surface, changes: Sequence[Change]) -> tuple[slice, slice] | None:
    """Return the window that the shadows of the changes can reach, or None outside the rasters."""
    west, south, east, north = shapely.union_all([change.area for change in changes]).bounds
    tall = max((change.height_m for change in changes if change.measure == "boom"), default=GARLAND_M)
    reach = (
        tall / np.tan(np.radians(LOWEST_SUN))
        if any(c.measure in ("boom", "klimplant") for c in changes)
        else 1.0
    )
    rows, columns = surface.shape
    top, bottom = (int((surface.y_max - y) / surface.cell) for y in (north + reach, south - reach))
    left, right = (int((x - surface.x_min) / surface.cell) for x in (west - reach, east + reach))
    top, left, bottom, right = max(top, 0), max(left, 0), min(bottom + 1, rows), min(right + 1, columns)
    return (slice(top, bottom), slice(left, right)) if top < bottom and left < right else None


def _shaded(changed: Surface, sky: Sky, method: Method) -> Sky:
    """Return the sky with the shadows that the crowns of a window add; nothing becomes sunnier."""
    sunlit = sky.sunlit.copy()
    for bit, hour in enumerate(method.afternoon):
        shadow = cast_shadow(changed.top, hour.azimuth, hour.altitude, changed.cell, origin=changed.origin)
        sunlit &= ~((shadow | changed.under_crown).astype(np.uint8) << bit)
    return replace(sky, sunlit=sunlit)
