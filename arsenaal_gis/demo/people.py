"""Statistical sectors and hectare cells: totals of households, inhabitants and ages, never a person."""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from . import files
from .households import Occupation
from .register import Register
from .town import Town

AGES = ("LFT_0_17", "LFT_18_24", "LFT_25_49", "LFT_50_64", "LFT_65_PLUS")
CELL = 100.0
YEAR = 2020


def apportion(total: int, weights: np.ndarray) -> np.ndarray:
    """Divide a whole number in proportion to weights, by largest remainders, so that the parts add up."""
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(int)
    rest = np.argsort(-(exact - parts), kind="stable")[: total - parts.sum()]
    parts[rest] += 1
    return parts


def write(
    folder: Path, town: Town, register: Register, homes: Occupation, rng: np.random.Generator
) -> list[Path]:
    """Write ``sectoren.gpkg`` and ``inwoners.gpkg``."""
    figures = town.layout.settings["cijfers"]
    xy = np.array([(home.x, home.y) for home in register.dwellings])[homes.occupied]
    areas, names, codes = _sectors(town)
    inside = shapely.STRtree(areas).nearest(shapely.points(xy))
    households = np.bincount(inside, minlength=len(areas))
    ages = np.array(
        [
            apportion(amount, np.maximum(households * rng.uniform(0.94, 1.06, len(areas)), 1e-9))
            for amount in figures["leeftijden"]
        ]
    )
    columns = (
        {
            "SECTORCODE": np.array(codes, dtype=object),
            "NAAM": np.array(names, dtype=object),
            "INWONERS": ages.sum(axis=0),
            "HUISHOUDENS": households,
        }
        | dict(zip(AGES, ages, strict=True))
        | {"PEILJAAR": np.full(len(areas), YEAR)}
    )
    sectors = files.geopackage(folder / "sectoren.gpkg", "sectoren", columns, areas)
    corner = np.floor(xy / CELL).astype(int)
    cells, owner = np.unique(corner, axis=0, return_inverse=True)
    count = np.bincount(owner.ravel())
    squares = shapely.box(*(cells.T * CELL), *((cells.T + 1) * CELL))
    columns = {
        "CEL_ID": np.array([f"100mE{x}N{y}" for x, y in cells], dtype=object),
        "INWONERS": apportion(figures["inwoners"], count * rng.uniform(0.85, 1.15, len(count))),
        "HUISHOUDENS": count,
        "PEILJAAR": np.full(len(count), YEAR),
    }
    return [sectors, files.geopackage(folder / "inwoners.gpkg", "inwoners", columns, squares)]


def _sectors(town: Town) -> tuple[np.ndarray, list[str], list[str]]:
    """Cut the outline along the drawn lines; names and codes go from west to east."""
    settings = town.layout.settings
    cuts = [shapely.LineString(town.layout.place(line)) for line in settings["sectoren"]["grenzen"]]
    lines = shapely.union_all(
        [town.layout.outline.boundary, *(shapely.intersection(cut, town.layout.outline) for cut in cuts)],
        grid_size=0.001,
    )
    parts = shapely.get_parts(shapely.polygonize([lines]))
    parts = parts[np.argsort(shapely.get_x(shapely.centroid(parts)))]
    letter = settings["kadaster"]["sectie"]
    codes = [f"{settings['nis_code']}{letter}{21 + index:02d}-" for index in range(len(parts))]
    names = [settings["sectoren"]["namen"][index] for index in range(len(parts))]
    return np.array([orient(part) for part in parts], dtype=object), names, codes
