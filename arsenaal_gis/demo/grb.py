"""Deliveries in the form of the GRB, the road register and 3D GRB."""

from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from . import files
from .register import Register
from .relief import Rasters
from .town import Town

INVENTORY = {
    3: "terreinupdate",
    4: "bijhouding binnengebieden",
    6: "globale bijhouding",
    11: "adpupdate",
    13: "aanmaak uniek percelenplan\r\n",
    16: "bijhouding managed service",
}
_DAY = np.timedelta64(1, "D")


def head(
    count: int,
    first: int,
    codes: tuple[int, ...],
    rng: np.random.Generator,
    *,
    kind: dict | None = None,
    shapes: np.ndarray,
) -> dict[str, np.ndarray]:
    """The fields that every GRB entity begins and ends with."""
    oidn = first + np.cumsum(rng.integers(1, 5, count)) if count else np.empty(0, int)
    version = rng.integers(1, 5, count)
    begin = np.datetime64("2005-01-10") + rng.integers(0, 3200, count) * _DAY
    changed = begin + np.where(version > 1, rng.integers(200, 4000, count), 0) * _DAY
    source = np.array(codes)[rng.integers(0, len(codes), count)] if count else np.empty(0, int)
    columns = {
        "OIDN": oidn.astype(np.int32),
        "UIDN": (oidn * 2 + version).astype(np.int32),
        "VERSIE": version.astype(np.int32),
        "BEGINDATUM": begin.astype("datetime64[D]"),
        "VERSDATUM": changed.astype("datetime64[D]"),
    }
    if kind is not None:
        columns["TYPE"] = np.array(kind["type"], np.int32)
        columns["LBLTYPE"] = np.array(kind["label"], dtype=object)
        columns["OPNDATUM"] = (begin - rng.integers(30, 300, count) * _DAY).astype("datetime64[D]")
    columns["BGNINV"] = source.astype(np.int32)
    columns["LBLBGNINV"] = np.array([INVENTORY[int(code)] for code in source], dtype=object)
    columns["LENGTE"] = np.round(shapely.length(shapes), 2)
    return columns


def parcels(folder: Path, town: Town, register: Register, rng: np.random.Generator) -> list[Path]:
    """Adp: administrative parcels."""
    shapes = np.array([orient(lot.polygon, -1.0) for lot in town.lots], dtype=object)
    fields = head(len(shapes), 3905000, (13, 13, 13, 11, 4, 16), rng, shapes=shapes)
    count = len(shapes)
    columns = {name: fields[name] for name in ("OIDN", "UIDN", "VERSIE", "BEGINDATUM", "VERSDATUM")} | {
        "CAPAKEY": np.array(register.capakey, dtype=object),
        "CANU": np.array(register.canu, dtype=object),
        "FISCDATUM": np.full(count, "2025-01-01", "datetime64[D]"),
        "BHRDR": np.full(count, 2, np.int32),
        "LBLBHRDR": np.full(count, "AAPD", dtype=object),
        "NISCODE": np.full(count, town.layout.settings["nis_code"], dtype=object),
        "BGNINV": fields["BGNINV"],
        "LBLBGNINV": fields["LBLBGNINV"],
        "LENGTE": fields["LENGTE"],
        "OPPERVL": np.round(shapely.area(shapes), 2),
    }
    return [files.shapefile(folder / "Adp.shp", columns, shapes)]


def buildings(
    folder: Path, town: Town, rasters: Rasters, skipped: int, rng: np.random.Generator
) -> list[Path]:
    """Gbg: buildings at ground level; and the same with heights, as in 3D GRB.

    Args:
        folder: Where to write.
        town: The wijk.
        rasters: Grids in which the buildings of the wijk are numbered from ``skipped`` on.
        skipped: Number of buildings of the surroundings.
        rng: Source of chance.
    """
    houses = town.scene.buildings
    shapes = np.array([orient(house.outline, -1.0) for house in houses], dtype=object)
    kinds = np.array([house.kind for house in houses])
    labels = np.where(kinds == 1, "hoofdgebouw", "bijgebouw").astype(object)
    columns = head(
        len(houses), 2410000, (4, 4, 6, 3), rng, kind={"type": kinds, "label": labels}, shapes=shapes
    )
    columns["OPPERVL"] = np.round(shapely.area(shapes), 2)
    heights = _heights(rasters, len(houses), skipped)
    flat = np.array([max(roof.eaves for _, roof in house.parts) for house in houses])

    def comma(values: np.ndarray) -> np.ndarray:
        return np.array([f"{value:.2f}".replace(".", ",") for value in values], dtype=object)

    ground, above = (
        heights["dtm_mean"],
        np.where(np.isnan(heights["p99"]), flat, heights["p99"] - heights["dtm_mean"]),
    )
    ground = np.where(np.isnan(ground), np.nanmean(ground), ground)
    top = np.where(np.isnan(heights["max"]), ground + flat, heights["max"])
    solid = {
        "ENTITEIT": np.full(len(houses), "Gbg", dtype=object),
        "GRB_OIDN": columns["OIDN"],
        "GRB_UIDN": columns["UIDN"],
        "TYPE": columns["TYPE"],
        "LBLTYPE": labels,
        "H_DTM_MIN": comma(np.where(np.isnan(heights["dtm_min"]), ground, heights["dtm_min"])),
        "H_DTM_GEM": comma(ground),
        "H_DSM_MAX": comma(top),
        "H_DSM_P99": comma(ground + above),
        "HN_MAX": comma(top - ground),
        "HN_P99": comma(above),
        "OPPERVL": comma(columns["OPPERVL"]),
        "H_KWAL": np.where(np.isnan(heights["max"]), "2", "1").astype(object),
    }
    return [
        files.shapefile(folder / "Gbg.shp", columns, shapes),
        files.shapefile(folder / "GRBGEBL1D2.shp", solid, shapes),
    ]


def _heights(rasters: Rasters, count: int, skipped: int) -> dict[str, np.ndarray]:
    """Statistics of the cells of each building; nan where it covers no cell centre."""
    row, column = np.nonzero(rasters.building >= skipped)
    owner = rasters.building[row, column] - skipped
    roof, ground = rasters.dsm_buildings[row, column].astype(float), rasters.dtm[row, column].astype(float)
    order = np.lexsort([roof, owner])
    owner, roof, ground = owner[order], roof[order], ground[order]
    cells = np.bincount(owner, minlength=count)
    last = np.cumsum(cells) - 1
    seen = cells > 0
    result = {name: np.full(count, np.nan) for name in ("max", "p99", "dtm_mean", "dtm_min")}
    result["max"][seen] = roof[last[seen]]
    result["p99"][seen] = roof[(last - np.floor(0.01 * cells).astype(int))[seen]]
    result["dtm_mean"][seen] = np.bincount(owner, ground, minlength=count)[seen] / cells[seen]
    np.minimum.at(lowest := np.full(count, np.inf), owner, ground)
    result["dtm_min"][seen] = lowest[seen]
    return result


def water_and_rail(folder: Path, town: Town, rng: np.random.Generator) -> list[Path]:
    """Wtz: water; Sbn: railway tracks (1) and embankments (2)."""
    result = []
    ponds = [lot.extra["water"] for lot in town.lots if "water" in lot.extra]
    ponds += [
        part
        for water in town.layout.waters
        for part in shapely.get_parts(shapely.intersection(water, town.layout.outline, grid_size=0.001))
    ]
    if ponds:
        shapes = np.array([orient(pond, -1.0) for pond in ponds], dtype=object)
        columns = head(len(shapes), 31200, (4,), rng, shapes=shapes) | {
            "OPPERVL": np.round(shapely.area(shapes), 2)
        }
        result.append(files.shapefile(folder / "Wtz.shp", columns, shapes))
    near, areas = town.layout.outline.buffer(200), []
    for rail in town.layout.railways:
        track = shapely.intersection(rail["lijn"].buffer(5.5, cap_style="flat"), near, grid_size=0.001)
        body = shapely.intersection(
            rail["lijn"].buffer(rail["breedte"] / 2, cap_style="flat"), near, grid_size=0.001
        )
        slopes = shapely.difference(body, track, grid_size=0.001)
        areas += [(part, 1, rail["naam"]) for part in shapely.get_parts(track)]
        areas += [(part, 2, rail["naam"]) for part in shapely.get_parts(slopes) if part.area > 5]
    if areas:
        shapes = np.array([orient(area, -1.0) for area, _, _ in areas], dtype=object)
        kinds = [kind for _, kind, _ in areas]
        text = ["spoorbaan" if kind == 1 else "spoorberm" for kind in kinds]
        columns = head(len(shapes), 41200, (4,), rng, kind={"type": kinds, "label": text}, shapes=shapes)
        columns |= {
            "OPPERVL": np.round(shapely.area(shapes), 2),
            "NAAM": np.array([name for _, _, name in areas], dtype=object),
        }
        result.append(files.shapefile(folder / "Sbn.shp", columns, shapes))
    return result
