"""From cells to places (discs, ribbons along streets, hexagons), and what each is exposed to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.ndimage import map_coordinates

from .blocks import BLOCK_M, Air
from .comfort import Sky, explain
from .surface import Surface
from .weather import Hour


@dataclass(frozen=True)
class Cells:
    """Which cells belong to which place.

    Attributes:
        place: (samples,) number of the place.
        row: (samples,) row of the cell.
        column: (samples,) column of the cell.
        count: Number of places.
    """

    place: npt.NDArray[np.int64]
    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    count: int

    def within(self, mask: npt.NDArray[np.bool_]) -> "Cells":
        """Return only the cells of a mask; cells outside the grid go."""
        inside = (
            (self.row >= 0) & (self.row < mask.shape[0]) & (self.column >= 0) & (self.column < mask.shape[1])
        )
        inside[inside] = mask[self.row[inside], self.column[inside]]
        return Cells(self.place[inside], self.row[inside], self.column[inside], self.count)

    def size(self) -> npt.NDArray[np.int64]:
        """Return the number of cells of each place."""
        return np.bincount(self.place, minlength=self.count)

    def mean(self, values: npt.NDArray) -> npt.NDArray[np.float64]:
        """Return the mean of each place, nan where it has no cell."""
        total = np.bincount(
            self.place, values[self.row, self.column].astype(np.float64), minlength=self.count
        )
        size = self.size()
        return np.divide(total, size, out=np.full(self.count, np.nan), where=size > 0)


def discs(xy: npt.NDArray[np.float64], radius: float, surface: Surface) -> Cells:
    """Return the cells whose centre lies within ``radius`` metres of each point, (n, 2)."""
    reach = int(np.ceil(radius / surface.cell))
    down, right = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    near = np.hypot(down, right) * surface.cell <= radius
    row = np.floor((surface.y_max - xy[:, 1]) / surface.cell).astype(int)[:, None] + down[near]
    column = np.floor((xy[:, 0] - surface.x_min) / surface.cell).astype(int)[:, None] + right[near]
    place = np.repeat(np.arange(len(xy)), near.sum())
    return Cells(place, row.ravel(), column.ravel(), len(xy))


def ribbons(lines: Sequence[shapely.Geometry], half_width: float, surface: Surface) -> Cells:
    """Return the cells up to ``half_width`` metres to both sides of lines; each cell once."""
    place, row, column = [], [], []
    across = np.arange(-half_width, half_width + 1e-9, surface.cell)
    parts, owner = shapely.get_parts(np.asarray(lines, object), return_index=True)
    for line, number in zip(parts, owner, strict=True):
        steps = np.linspace(0.0, line.length, max(int(np.ceil(line.length / surface.cell)), 1) + 1)
        at = shapely.get_coordinates(shapely.line_interpolate_point(line, steps))
        along = np.gradient(at, axis=0)
        normal = np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.hypot(*along.T), 1e-9)[:, None]
        xy = (at[:, None] + across[None, :, None] * normal[:, None]).reshape(-1, 2)
        cells = np.unique(
            np.stack(
                [
                    np.floor((surface.y_max - xy[:, 1]) / surface.cell),
                    np.floor((xy[:, 0] - surface.x_min) / surface.cell),
                ],
                1,
            ),
            axis=0,
        ).astype(int)
        place.append(np.full(len(cells), number))
        row.append(cells[:, 0])
        column.append(cells[:, 1])
    empty = np.zeros(0, int)
    return Cells(*(np.concatenate([empty, *parts]) for parts in (place, row, column)), len(lines))


def hexagons(surface: Surface, width: float) -> tuple[Cells, npt.NDArray[np.int64]]:
    """Return the cells of each hexagon of a fixed honeycomb, and the (n, 2) axial coordinates.

    Args:
        surface: Cells.
        width: Flat to flat, metres; a corner points north.
    """
    rows, columns = surface.shape
    x = surface.x_min + (np.arange(columns) + 0.5) * surface.cell
    y = surface.y_max - (np.arange(rows) + 0.5) * surface.cell
    q, r = axial(*np.meshgrid(x, y), width)
    codes = (q - q.min()) * (np.ptp(r) + 1) + (r - r.min())
    number = np.full(int(codes.max()) + 1, -1)
    present = np.flatnonzero(np.bincount(codes.ravel()))
    number[present] = np.arange(len(present))
    row, column = np.divmod(np.arange(rows * columns), columns)
    q_r = np.stack([present // (np.ptp(r) + 1) + q.min(), present % (np.ptp(r) + 1) + r.min()], 1)
    return Cells(number[codes].ravel(), row, column, len(present)), q_r


def axial(
    x: npt.NDArray, y: npt.NDArray, width: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the axial coordinates of the hexagon that holds each point."""
    side = width / np.sqrt(3.0)
    q, r = (np.sqrt(3.0) / 3.0 * x - y / 3.0) / side, 2.0 / 3.0 * y / side
    s = -q - r
    q0, r0, s0 = np.rint(q), np.rint(r), np.rint(s)
    dq, dr, ds = np.abs(q0 - q), np.abs(r0 - r), np.abs(s0 - s)
    q_worst = (dq > dr) & (dq > ds)
    q0 = np.where(q_worst, -r0 - s0, q0)
    r0 = np.where(~q_worst & (dr > ds), -q0 - s0, r0)
    return q0.astype(np.int64), r0.astype(np.int64)


def hexagon_polygons(q_r: npt.NDArray[np.int64], width: float) -> npt.NDArray[np.object_]:
    """Return the polygons of hexagons by their axial coordinates."""
    side = width / np.sqrt(3.0)
    x = width * (q_r[:, 0] + q_r[:, 1] / 2.0)
    y = 1.5 * side * q_r[:, 1]
    angle = np.radians(90.0 - 60.0 * np.arange(7))
    ring = side * np.stack([np.cos(angle), np.sin(angle)], 1)
    return shapely.polygons(np.stack([x, y], 1)[:, None] + ring[None])


def exposure(
    cells: Cells,
    xy: npt.NDArray[np.float64],
    pet: npt.NDArray[np.float32],
    sky: Sky,
    surface: Surface,
    air: Air,
    afternoon: Sequence[Hour],
    daytime: int,
    threshold: float,
) -> pd.DataFrame:
    """Return what each place is exposed to, over its outdoor cells (no roof, no water).

    Args:
        cells: Cells of the places.
        xy: (n, 2) a point of each place, for the heat island.
        pet: (rows, columns) °C, nan on roofs.
        sky: Of the same cells.
        surface: Of the same cells.
        air: Heat island and wind per block.
        afternoon: Hours of ``pet``.
        daytime: Number of hours that shade was counted over.
        threshold: Of excess, °C.

    Returns:
        n rows: cells, pet_c, excess_c, above_share, shade_share, svf, green_share, crown_share, uhi_c, wind,
        and per circumstance what it adds to PET (``bijdrage_*_c``).
    """
    outdoor = cells.within(np.isfinite(pet) & ~surface.water)
    every = cells.within(np.isfinite(surface.ground))
    uhi, wind = at_points(air.uhi, air, xy), at_points(air.wind, air, xy)
    frame = pd.DataFrame(
        {
            "cells": outdoor.size(),
            "pet_c": outdoor.mean(pet),
            "excess_c": outdoor.mean(np.maximum(pet - np.float32(threshold), 0)),
            "above_share": outdoor.mean(pet > threshold),
            "shade_share": outdoor.mean(sky.shade_hours) / daytime,
            "svf": outdoor.mean(sky.svf),
            "green_share": outdoor.mean(surface.bowen_green),
            "crown_share": every.mean(surface.crown >= 3.0),
            "uhi_c": uhi,
            "wind": wind,
        }
    )
    lit = np.array([outdoor.mean((sky.sunlit >> bit) & 1) for bit in range(len(afternoon))])
    parts = explain(lit, frame.svf, frame.green_share, uhi, wind, afternoon)
    for name in ("schaduw", "hemel", "groen", "hitte_eiland", "wind"):
        frame[f"bijdrage_{name}_c"] = parts[name]
    return frame


def at_points(
    field: npt.NDArray[np.float64], air: Air, xy: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Interpolate a field of blocks at points, (n, 2)."""
    at = [(air.y_max - xy[:, 1]) / BLOCK_M - 0.5, (xy[:, 0] - air.x_min) / BLOCK_M - 0.5]
    return map_coordinates(field, at, order=1, mode="nearest")


def index_with_people(
    excess: npt.NDArray[np.float64], traits: pd.DataFrame, weights: dict[str, float]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the priority E x S' of each place, and S'.

    S' = 1 + sum of weight x (rank share - 0.5); no heat means no priority, whoever lives there. An unknown
    trait counts as the middle.

    Args:
        excess: (n,) PET excess E, °C.
        traits: (n rows) trait per column, high is vulnerable.
        weights: Weight by trait; scaled to sum 1; empty for none.

    Source: methods A6; product of scores as in the PLAN tool of VMM.
    """
    total = sum(weights.values())
    vulnerability = np.ones(len(excess))
    for name, weight in weights.items():
        share = traits[name].rank(pct=True).fillna(0.5).to_numpy()
        vulnerability += weight / total * (share - 0.5)
    return excess * vulnerability, vulnerability


def top_chance(
    score: npt.NDArray[np.float64],
    above_share: npt.NDArray[np.float64],
    vulnerability: npt.NDArray[np.float64],
    error_c: float,
    rng: np.random.Generator,
    draws: int = 400,
    share: float = 0.2,
) -> npt.NDArray[np.float64]:
    """Return the chance that a place is among the first ``share``, if each place's PET is wrong by chance.

    Args:
        score: (n,) E x S'.
        above_share: (n,) share of the cells above the threshold: how much an error in PET moves E.
        vulnerability: (n,) S'.
        error_c: Standard error of PET, °C, independent between places (which is the worst case for a
            ranking).
        rng: Random numbers.
        draws: How many.
        share: First share of the ranking.
    """
    known = np.flatnonzero(np.isfinite(score))
    chance = np.full(len(score), np.nan)
    best = max(int(round(share * len(known))), 1)
    hits = np.zeros(len(known))
    for _ in range(draws):
        shaken = score[known] + rng.normal(0.0, error_c, len(known)) * (above_share * vulnerability)[known]
        hits[np.argpartition(-shaken, best - 1)[:best]] += 1
    chance[known] = hits / draws
    return chance
