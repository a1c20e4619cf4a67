"""What a tree, an unsealed yard or a garland would do, without computing the whole wijk again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..errors import MethodError
from ..raster import Grid
from ..wijk import Wijk
from .blocks import BLOCK_M, Air, Blocks
from .changes import Change, apply
from .comfort import Sky, hour_fields, pet_cells, weather_cells
from .engine import Tile, block_sums, tile_of
from .exposure import discs
from .model import HeatModel, prepare
from .sky_change import sky_after
from .surface import Surface
from .window import Window, joined, window_of, within

_FELT_C = 0.01  # a smaller change at a dwelling is not listed
_WORTH_SAYING_C = 0.1  # a change through the wind from which it is explained
_FIRST_CELL = slice(0, 1), slice(0, 1)  # where nothing is felt
_NOTHING_C = 2e-5  # a smaller change of the air is not carried to the cells


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
    def grid(self) -> Grid:
        """The change of PET as a raster, cut to where it is 0.01 °C and more."""
        rows, columns = window_of(np.abs(self.difference) >= _FELT_C) or _FIRST_CELL
        x_min = self.x_min + columns.start * self.cell
        return Grid(self.difference[rows, columns], x_min, self.y_max - rows.start * self.cell, self.cell)

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
    before = maps.pet[rows, columns]
    same_air = before.copy()
    same_air[within(near, (rows, columns))] = pet_cells(
        changed.window(*near), sky.window(*near), model.fields, maps.air
    )
    new_wind = hour_fields(replace(air, uhi=maps.air.uhi), method.afternoon)
    by_wind = weather_cells(*part, new_wind - model.fields, air)
    by_wind[part[0].roof] = np.nan
    scenario = Scenario(
        before,
        same_air + by_wind + weather_cells(*part, fields - new_wind, air),
        same_air - before,
        by_wind,
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


def _whole_blocks(window: Window, surface: Surface) -> Window:
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


def _window(near: Window, change: npt.NDArray[np.float64], air: Air, surface: Surface) -> Window:
    """Return the window of cells whose sky, cover or air changes."""
    felt = window_of(change.max(axis=(0, 1)) > _NOTHING_C)
    if felt is None:
        return near
    # values are interpolated between the centres of blocks, so a block matters to one and a half beyond its
    # middle
    rows, columns = felt
    north, south = air.y_max - (rows.start - 0.5) * BLOCK_M, air.y_max - (rows.stop + 0.5) * BLOCK_M
    west, east = air.x_min + (columns.start - 0.5) * BLOCK_M, air.x_min + (columns.stop + 0.5) * BLOCK_M
    top, bottom = (int((surface.y_max - y) / surface.cell) for y in (north, south))
    left, right = (int((x - surface.x_min) / surface.cell) for x in (west, east))
    return tuple(
        slice(max(part.start, 0), min(part.stop, cells))
        for part, cells in zip(
            joined(near, (slice(top, bottom + 1), slice(left, right + 1))), surface.shape, strict=True
        )
    )


def _homes(model: HeatModel, scenario: Scenario) -> pd.DataFrame:
    """Return the dwellings whose surroundings change by 0.01 °C and more."""
    surface, maps = model.surface, model.maps
    rows, columns = window_of(np.abs(scenario.difference) > _FELT_C / 10) or _FIRST_CELL
    west = scenario.x_min + columns.start * surface.cell - model.radius_m
    east = scenario.x_min + columns.stop * surface.cell + model.radius_m
    north = scenario.y_max - rows.start * surface.cell + model.radius_m
    south = scenario.y_max - rows.stop * surface.cell - model.radius_m
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
