"""The built-in practice wijk: a fictitious but plausible quarter, written as authorities deliver it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from .. import raster
from ..errors import Cancelled, WorkspaceError
from ..progress import SILENT, Progress
from . import (
    cadastre,
    files,
    grb,
    households,
    layout,
    nuisance,
    people,
    places,
    recipe,
    register,
    relief,
    roads,
    surroundings,
    town,
)
from .layout import names
from .scene import Scene

__all__ = ["names", "write"]

MARGIN, FINE = 200.0, 1.0  # heights and land cover at 1 m in the wijk and this far around it
AROUND, COARSE = 1000.0, 5.0  # and coarser up to here
_UNITS = {"dtm": "m", "dsm": "m", "dsm_gebouwen": "m", "cdsm": "m", "groenkaart": "", "bak": ""}


def write(
    folder: Path | str, wijk: str = "arsenaal", seed: int = 2800, progress: Progress = SILENT
) -> list[Path]:
    """Write a practice wijk: ``wijk.toml`` and, in ``bron/``, the files that it names.

    Args:
        folder: Where to write; made if it does not exist. Files of the same names are replaced.
        wijk: Name of the drawing, one of :func:`names`.
        seed: The same seed gives the same bytes.
        progress: Told of the stages; may stop the work.

    Returns:
        The files written, ``wijk.toml`` first.

    Raises:
        ConfigError: There is no such practice wijk.
        WorkspaceError: The folder cannot be written.
    """
    drawn = layout.load(wijk)
    progress.stage("oefenwijk tekenen en schrijven", 13)
    built = town.build(drawn, seed, progress)
    numbers = register.number(built, np.random.default_rng([seed, 2]))
    around = surroundings.build(drawn, np.random.default_rng([seed, 3]))
    progress.advance(2)
    progress.check()
    fine = _draw(built, around, MARGIN, FINE, seed)
    coarse = _draw(built, around, AROUND, COARSE, seed)
    progress.advance(2)
    progress.check()
    source = Path(folder) / "bron"
    try:
        source.mkdir(parents=True, exist_ok=True)
        for old in [path for path in source.iterdir() if path.suffix == ".gpkg"]:
            old.unlink()
        written = _deliver(source, built, around, numbers, fine, coarse, seed, progress)
        config = recipe.write(Path(folder), drawn, {path.name for path in written})
        for assumption in drawn.settings["aannames"]:
            progress.message(assumption)
        return [config, recipe.readme(Path(folder), drawn, seed), *written]
    except OSError as error:
        raise WorkspaceError(
            f"The practice wijk cannot be written: {error}.", str(folder), "Choose another folder."
        ) from error


def _draw(built: town.Town, around: Scene, margin: float, cell: float, seed: int) -> relief.Rasters:
    """Rasters of the wijk in its surroundings; its buildings are numbered after those around it."""
    inner = built.scene
    scene = Scene(
        around.buildings + inner.buildings,
        around.ground + inner.ground,
        around.trees + inner.trees,
        inner.walls,
        [],
        inner.banks,
    )
    settings = built.layout.settings
    height, *slope = settings["maaiveld_m"]
    terrain = {
        "origin": settings["oorsprong"],
        "height": height,
        "slope": slope,
        "roads": [built.streets.public, *surroundings.extended(built.layout)],
    }
    x_min, y_min, x_max, y_max = built.layout.outline.bounds
    step = max(cell, COARSE)
    bounds = (
        np.floor((x_min - margin) / step) * step,
        np.floor((y_min - margin) / step) * step,
        np.ceil((x_max + margin) / step) * step,
        np.ceil((y_max + margin) / step) * step,
    )
    return relief.draw(scene, terrain, bounds, cell, np.random.default_rng([seed, 4]))


def _deliver(
    source: Path,
    built: town.Town,
    around: Scene,
    numbers: register.Register,
    fine: relief.Rasters,
    coarse: relief.Rasters,
    seed: int,
    progress: Progress,
) -> list[Path]:
    """Write ``bron/``; the rasters in a second thread, since GDAL works outside Python's lock."""
    rng = np.random.default_rng([seed, 5])
    homes = households.occupation(built, numbers, rng)
    tasks: list[Callable[[], list[Path]]] = [
        lambda: places.write(source, built, numbers, rng),
        lambda: grb.parcels(source, built, numbers, rng),
        lambda: grb.buildings(source, built, fine, len(around.buildings), rng),
        lambda: cadastre.write(source, built, numbers, rng),
        lambda: roads.write(source, built, rng),
        lambda: grb.water_and_rail(source, built, rng),
        lambda: people.write(source, built, numbers, homes, rng),
        lambda: nuisance.write(source, built, numbers, rng),
        lambda: households.write(source, built, numbers, homes, rng),
    ]
    written: list[Path] = []
    with ThreadPoolExecutor(1) as pool:
        rasters = [
            pool.submit(_raster, source, prefix, name, grids)
            for prefix, grids in (("", fine), ("omgeving_", coarse))
            for name in _UNITS
        ]
        try:
            for task in tasks:
                progress.check()
                written += task()
                progress.advance()
            for job in rasters:
                progress.check()
                written.append(job.result())
        except Cancelled:
            pool.shutdown(cancel_futures=True)
            raise
    return written


def _raster(source: Path, prefix: str, name: str, grids: relief.Rasters) -> Path:
    values = {
        "dtm": grids.dtm,
        "dsm": grids.dsm,
        "dsm_gebouwen": grids.dsm_buildings,
        "cdsm": grids.canopy,
        "groenkaart": grids.green,
        "bak": grids.sealed,
    }[name]
    values = np.round(values.astype(np.float32), 2)
    path = source / f"{prefix}{name}.tif"
    raster.write(
        path,
        raster.Grid(values, grids.x_min, grids.y_max, grids.cell),
        unit=_UNITS[name],
        description=files.MARK,
    )
    return path
