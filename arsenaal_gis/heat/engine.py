"""Heat maps of an area of any size: windows with a halo, in two passes, in bounded memory.

First every window looks at sun and sky and adds its cells to blocks of 25 m. When all blocks are known, so
are heat island and wind, and the windows are turned into PET. Windows are independent within a pass: threads
run them, or dask workers (optional).
"""

import mmap
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from ..errors import MethodError
from ..progress import SILENT, Progress
from .blocks import Air, Blocks, air
from .comfort import Sky, halo, hour_fields, look_up, pet_cells
from .surface import Surface
from .weather import HotDay, Hour
from .window import within

LOWEST_SUN = 10.0  # degrees: below it shadows are longer than any map is wide, and the sun does not burn


class Source(Protocol):
    """Where surfaces come from: a :class:`Surface` itself, or files read by window."""

    x_min: float
    y_max: float
    cell: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""

    @property
    def relief(self) -> float:
        """Highest top minus lowest ground, metres."""

    def window(self, rows: slice, columns: slice) -> Surface:
        """Return the surface of a part."""


@dataclass(frozen=True)
class Method:
    """Choices of the method.

    Attributes:
        day: The weather.
        first_hour: First hour UTC of the afternoon.
        last_hour: Hour UTC that ends it.
        exponent: Of the heat-island formula.
        n_azimuths: Directions of the sky view factor.
        n_altitudes: Planes per direction.
        radius: Of the sky view factor, metres.
    """

    day: HotDay
    first_hour: int = 10
    last_hour: int = 16
    exponent: float = 4.0
    n_azimuths: int = 32
    n_altitudes: int = 8
    radius: float = 100.0

    @cached_property
    def afternoon(self) -> list[Hour]:
        """Hours that PET is averaged over."""
        return self.day.hours(self.first_hour, self.last_hour)

    @cached_property
    def daytime(self) -> list[Hour]:
        """Hours with the sun high enough to count shade in."""
        return [hour for hour in self.day.hours(0, 24) if hour.altitude >= LOWEST_SUN]

    @property
    def mean_wind(self) -> float:
        """Afternoon wind at 10 m, m/s."""
        return float(np.mean([hour.wind for hour in self.afternoon]))

    def halo(self, relief: float, cell: float) -> int:
        """Cells around a window that matter to it; ``relief`` in metres."""
        return halo(relief, LOWEST_SUN, cell, self.radius)

    def look_up(self, surface: Surface) -> Sky:
        """Sun and sky of a surface."""
        return look_up(surface, self.afternoon, self.daytime, self.n_azimuths, self.n_altitudes, self.radius)

    def air(self, blocks: Blocks) -> Air:
        """Heat island and wind."""
        return air(blocks, self.day.wind_from, self.mean_wind, self.day.weather_term, self.exponent)


@dataclass
class HeatMaps:
    """Result on the cells of the source.

    Attributes:
        pet: (rows, columns) float32 mean PET of the afternoon, °C, nan on roofs.
        sky: Sun and sky.
        blocks: Sums per block, of the source alone.
        around: The same, with the surroundings.
        air: Heat island and wind per block.
        x_min: West edge, metres.
        y_max: North edge, metres.
        cell: Cell size, metres.
    """

    pet: npt.NDArray[np.float32]
    sky: Sky
    blocks: Blocks
    around: Blocks
    air: Air
    x_min: float
    y_max: float
    cell: float


def heat_maps(
    source: Source,
    method: Method,
    *,
    surroundings: Blocks | None = None,
    window: int = 2048,
    folder: Path | None = None,
    workers: int = 2,
    client: Any = None,
    progress: Progress = SILENT,
) -> HeatMaps:
    """Compute PET, sky view, shade and heat island.

    Args:
        source: Where surfaces come from.
        method: Weather and choices.
        surroundings: Blocks beyond the source, from coarser rasters.
        window: Cells per side of a window.
        folder: Where to keep the results on disk instead of in memory.
        workers: Threads.
        client: A dask.distributed client that runs the windows instead of threads; the source must be
            picklable.
        progress: Where to report.

    Raises:
        MethodError: More than 8 hours of afternoon.
    """
    if len(method.afternoon) > 8:
        raise MethodError("An afternoon of more than 8 hours.", "[hitte]", "Choose at most 8 hours.")
    rows, columns = source.shape
    bounds = (
        source.x_min,
        source.y_max - rows * source.cell,
        source.x_min + columns * source.cell,
        source.y_max,
    )
    blocks = Blocks.empty(bounds)
    keep = _Keeper(source.shape, folder)
    sky = Sky(keep("svf", np.float32), keep("zon", np.uint8), keep("schaduw", np.uint8))
    tiles = list(windows(source.shape, window, method.halo(source.relief, source.cell)))
    run = _runner(client, workers)

    progress.stage("Zon, schaduw en hemelzicht", len(tiles))
    for tile, (part, sums) in run(_first_pass, [(source, method, tile) for tile in tiles], progress):
        at = tile.inner
        sky.svf[at], sky.sunlit[at], sky.shade_hours[at] = part.svf, part.sunlit, part.shade_hours
        _merge(blocks, sums)
        keep.let_go()
    around = blocks if surroundings is None else blocks.filled_from(surroundings)
    over = method.air(around)

    progress.stage("Gevoelstemperatuur", len(tiles))
    pet = keep("pet", np.float32)
    fields = hour_fields(over, method.afternoon)
    jobs = [(source, tile, sky.window(*tile.inner), fields, over) for tile in tiles]
    for tile, values in run(_second_pass, jobs, progress):
        pet[tile.inner] = values
        keep.let_go()
    return HeatMaps(pet, sky, blocks, around, over, source.x_min, source.y_max, source.cell)


@dataclass(frozen=True)
class Tile:
    """A window: the cells it answers for, the cells it reads, and where the first lie in the second."""

    inner: tuple[slice, slice]
    outer: tuple[slice, slice]
    inside: tuple[slice, slice]


def windows(shape: tuple[int, int], size: int, margin: int) -> Iterator[Tile]:
    """Cut a grid into windows.

    Args:
        shape: Rows and columns.
        size: Cells per side.
        margin: Halo, cells; cut off at the grid's edge.
    """
    for top in range(0, shape[0], size):
        for left in range(0, shape[1], size):
            yield tile_of(
                (slice(top, min(top + size, shape[0])), slice(left, min(left + size, shape[1]))),
                shape,
                margin,
            )


def tile_of(inner: tuple[slice, slice], shape: tuple[int, int], margin: int) -> Tile:
    """Return the window that answers for ``inner``."""
    outer = tuple(
        slice(max(s.start - margin, 0), min(s.stop + margin, n)) for s, n in zip(inner, shape, strict=True)
    )
    return Tile(inner, outer, within(inner, outer))


def _first_pass(source: Source, method: Method, tile: Tile) -> tuple[Sky, Blocks]:
    surface = source.window(*tile.outer)
    sky = method.look_up(surface)
    return sky.window(*tile.inside), block_sums(surface, sky, tile)


def block_sums(surface: Surface, sky: Sky, tile: Tile) -> Blocks:
    """Return the sums of the inner cells of a window, on just the blocks they touch."""
    rows, columns = tile.inside
    north, west = surface.y_max - rows.start * surface.cell, surface.x_min + columns.start * surface.cell
    blocks = Blocks.empty(
        (west, surface.y_max - rows.stop * surface.cell, surface.x_min + columns.stop * surface.cell, north)
    )
    blocks.add(surface, sky.svf, tile.inside)
    return blocks


def _second_pass(
    source: Source, tile: Tile, sky: Sky, fields: npt.NDArray[np.float64], over: Air
) -> npt.NDArray[np.float32]:
    return pet_cells(source.window(*tile.inner), sky, fields, over)


def _merge(blocks: Blocks, part: Blocks) -> None:
    row, column = blocks.place_of(part)
    rows, columns = part.sums.shape[1:]
    blocks.sums[:, row : row + rows, column : column + columns] += part.sums


class _Keeper:
    """Makes the result arrays: in memory, or as files that the system pages in and out."""

    def __init__(self, shape: tuple[int, int], folder: Path | None) -> None:
        self.shape, self.folder = shape, folder
        self._files: list[np.memmap] = []

    def __call__(self, name: str, dtype: npt.DTypeLike) -> np.ndarray:
        if self.folder is None:
            return np.zeros(self.shape, dtype)
        self._files.append(np.memmap(self.folder / f"{name}.dat", dtype, "w+", shape=self.shape))
        return self._files[-1]

    def let_go(self) -> None:
        """Give back the memory of what is on file; it is read again when it is asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            for array in self._files:
                array.base.madvise(mmap.MADV_DONTNEED)


def _runner(
    client: Any, workers: int
) -> Callable[[Callable, Iterable[tuple], Progress], Iterator[tuple[Tile, Any]]]:
    """Return what runs a function over jobs and yields (tile, result) in order."""

    def tile_in(job: tuple) -> Tile:
        return next(part for part in job if isinstance(part, Tile))

    def in_threads(
        function: Callable, jobs: Iterable[tuple], progress: Progress
    ) -> Iterator[tuple[Tile, Any]]:
        jobs = list(jobs)
        with ThreadPoolExecutor(workers) as pool:
            for start in range(0, len(jobs), workers):  # a few at a time, so that results do not pile up
                progress.check()
                some = jobs[start : start + workers]
                for job, result in zip(some, pool.map(lambda job: function(*job), some), strict=True):
                    yield tile_in(job), result
                    progress.advance()

    def on_dask(function: Callable, jobs: Iterable[tuple], progress: Progress) -> Iterator[tuple[Tile, Any]]:
        jobs = list(jobs)
        for job, future in zip(
            jobs, [client.submit(function, *job, pure=False) for job in jobs], strict=True
        ):
            progress.check()
            yield tile_in(job), future.result()
            progress.advance()

    return in_threads if client is None else on_dask
