"""Rasters of the scene: ground, roofs, canopy, land cover."""

from dataclasses import dataclass

import numpy as np
import shapely

from .. import scanline
from .scene import GREEN, Scene


@dataclass(frozen=True)
class Rasters:
    """Grids of one extent and cell size; row 0 north."""

    x_min: float
    y_max: float
    cell: float
    dtm: np.ndarray
    dsm: np.ndarray
    dsm_buildings: np.ndarray
    canopy: np.ndarray
    green: np.ndarray  # 0 none, 2 low, 3 high
    sealed: np.ndarray  # 1 sealed
    building: np.ndarray  # index of the building, -1 none


def draw(scene: Scene, terrain: dict, bounds: tuple, cell: float, rng: np.random.Generator) -> Rasters:
    """Draw a scene at a given cell size.

    Args:
        scene: What stands and grows.
        terrain: ``origin`` (x, y), ``height`` m and ``slope`` (per m along x and y), ``roads``: geometry on
            which embankments are cut through.
        bounds: x_min, y_min, x_max, y_max on whole cells.
        cell: Cell size, m.
        rng: Source of chance for the unevenness of the ground and the crowns.
    """
    x_min, y_min, x_max, y_max = bounds
    rows, columns = round((y_max - y_min) / cell), round((x_max - x_min) / cell)
    grid = (x_min, y_max, cell)
    dtm = _ground(scene, terrain, rows, columns, grid, rng)
    cover = np.zeros((rows, columns), np.uint8)
    scanline.burn(
        cover, [area for area, _ in scene.ground], np.array([kind for _, kind in scene.ground]), *grid
    )
    height, building = _roofs(scene, rows, columns, grid)
    for line, tall in scene.walls:
        length = np.hypot(*(line[1] - line[0]))
        points = line[0] + np.linspace(0, 1, int(length / cell * 2) + 2)[:, None] * (line[1] - line[0])
        row, column = _cells(points, grid)
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        height[row[inside], column[inside]] = np.maximum(height[row[inside], column[inside]], tall)
    canopy = _canopy(scene, rows, columns, grid, rng)
    canopy[building >= 0] = 0.0
    canopy[canopy < 2.5] = 0.0
    low = np.isin(cover, GREEN) & (building < 0)
    green = np.where(canopy >= 3.0, 3, np.where(low | (canopy > 0), 2, 0)).astype(np.uint8)
    sealed = ((cover == 1) | (building >= 0)).astype(np.uint8)
    height, canopy = height.astype(np.float32), canopy.astype(np.float32)
    return Rasters(
        *grid, dtm, dtm + np.maximum(height, canopy), dtm + height, canopy, green, sealed, building
    )


def _cells(xy: np.ndarray, grid: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    x_min, y_max, cell = grid
    return np.floor((y_max - xy[:, 1]) / cell).astype(int), np.floor((xy[:, 0] - x_min) / cell).astype(int)


def _ground(
    scene: Scene, terrain: dict, rows: int, columns: int, grid: tuple, rng: np.random.Generator
) -> np.ndarray:
    """Sloping, slightly uneven ground with railway embankments on it."""
    x_min, y_max, cell = grid
    x = x_min + (np.arange(columns) + 0.5) * cell
    y = y_max - (np.arange(rows) + 0.5) * cell
    slope_x, slope_y = terrain["slope"]
    dtm = (
        terrain["height"]
        + slope_x * (x - terrain["origin"][0])[None, :]
        + slope_y * (y - terrain["origin"][1])[:, None]
    )
    dtm = dtm + 0.25 * np.sin(x / 190.0 + 1.0)[None, :] * np.cos(y / 230.0)[:, None]
    dtm += rng.normal(0, 0.03, dtm.shape)
    for line, width, tall in scene.banks:
        body = np.full((rows, columns), -1, np.int32)
        scanline.burn(body, [line.buffer(width / 2, cap_style="flat")], np.zeros(1, int), *grid)
        row, column = np.nonzero(body == 0)
        if not len(row):
            continue
        away = shapely.distance(shapely.points(x[column], y[row]), line)
        rise = np.clip((width / 2 - away) / (width / 2 - 6.5), 0, 1) * tall
        dtm[row, column] = np.maximum(dtm[row, column], dtm[row, column] + rise)
    roads = terrain.get("roads", [])
    if roads:
        flat = np.full((rows, columns), -1, np.int32)
        scanline.burn(flat, roads, np.zeros(len(roads), int), *grid)
        row, column = np.nonzero(flat == 0)
        dtm[row, column] = (
            terrain["height"]
            + slope_x * (x[column] - terrain["origin"][0])
            + slope_y * (y[row] - terrain["origin"][1])
        )
    return dtm.astype(np.float32)


def _roofs(scene: Scene, rows: int, columns: int, grid: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Height of roofs above ground, and which building stands on each cell."""
    x_min, y_max, cell = grid
    parts = [(part, roof, index) for index, house in enumerate(scene.buildings) for part, roof in house.parts]
    label = np.full((rows, columns), -1, np.int32)
    scanline.burn(label, [part for part, _, _ in parts], np.arange(len(parts)), *grid)
    height, building = np.zeros((rows, columns)), np.full((rows, columns), -1, np.int32)
    if not parts:
        return height, building
    row, column = np.nonzero(label >= 0)
    part = label[row, column]
    frame = np.array([roof.frame for _, roof, _ in parts])[part]
    eaves, rise, lean = np.array([(roof.eaves, roof.rise, roof.lean) for _, roof, _ in parts])[part].T
    x, y = x_min + (column + 0.5) * cell, y_max - (row + 0.5) * cell
    share = np.clip(((x - frame[:, 0]) * frame[:, 2] + (y - frame[:, 1]) * frame[:, 3]) / frame[:, 4], 0, 1)
    height[row, column] = eaves + rise * np.where(lean > 0, 1 - share, 1 - np.abs(2 * share - 1))
    building[row, column] = np.array([index for _, _, index in parts])[part]
    return height, building


def _canopy(scene: Scene, rows: int, columns: int, grid: tuple, rng: np.random.Generator) -> np.ndarray:
    """Crowns as rounded domes, the highest where they touch; ragged by up to a tenth of the height."""
    x_min, y_max, cell = grid
    canopy = np.zeros(rows * columns)
    if not scene.trees:
        return canopy.reshape(rows, columns)
    x, y, tall, crown = np.array([tree[:4] for tree in scene.trees]).T
    around = np.ceil(crown / 2 / cell).astype(int)
    for radius in np.unique(around):
        chosen = around == radius
        step = np.arange(-radius, radius + 1)
        row = np.floor((y_max - y[chosen]) / cell).astype(int)[:, None, None] + step[None, :, None]
        column = np.floor((x[chosen] - x_min) / cell).astype(int)[:, None, None] + step[None, None, :]
        away = np.hypot(
            x_min + (column + 0.5) * cell - x[chosen][:, None, None],
            y_max - (row + 0.5) * cell - y[chosen][:, None, None],
        )
        share = away / (np.maximum(crown[chosen], cell) / 2)[:, None, None]
        dome = (
            tall[chosen][:, None, None]
            * (1 - 0.45 * np.minimum(share, 1) ** 2)
            * rng.uniform(0.9, 1.0, share.shape)
        )
        row, column, share = np.broadcast_arrays(row, column, share)
        kept = (share <= 1) & (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        np.maximum.at(canopy, row[kept] * columns + column[kept], dome[kept])
    return canopy.reshape(rows, columns)
