"""Built, sealed and green area of each parcel."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..plan.context import PlanContext
from ..raster import Grid
from .yards import split_yards
from .zonal import class_areas

_SEALED, _LOW, _HIGH = 1.0, 2.0, 3.0


def parcel_facts(context: PlanContext) -> gpd.GeoDataFrame:
    """Facts of the parcels in the wijk; cover from rasters where there are, else from vectors, the source noted."""
    parcels = context.inside("percelen")
    if parcels.empty:
        context.warn("Geen percelen ingelezen: geen feiten per perceel.")
        return parcels
    shapes = parcels.geometry.to_numpy()
    buildings = context.layer("gebouwen")
    built, _ = overlay(shapes, buildings.geometry.to_numpy())
    space = shapely.difference(shapes, built)
    area, built_m2, open_m2 = shapely.area(shapes), shapely.area(built), shapely.area(space)
    cover = _cover(context, shapes, space)
    main = buildings[buildings["type"].isin(["hoofdgebouw", "afgezoomd"])]
    house, found = overlay(shapes, main.geometry.to_numpy())
    house[~found] = None
    everyone = context.layer("percelen")["capakey"]
    lines = context.parcel_edges.lines(len(everyone))
    lines = pd.Series(lines, index=everyone).reindex(parcels["capakey"]).to_numpy()
    lines = np.array([line if isinstance(line, shapely.Geometry) else None for line in lines], dtype=object)
    front, back = split_yards(space, lines, house)
    known = ~shapely.is_missing(front)
    dwellings = context.layer("woningen")["capakey"].value_counts()
    sealed_open = cover["onbebouwd_verhard_m2"]
    return gpd.GeoDataFrame(
        {
            "capakey": parcels["capakey"],
            "bouwblok_id": parcels["bouwblok_id"],
            "oppervlakte_m2": area,
            "bebouwd_m2": built_m2,
            "onbebouwd_m2": open_m2,
            "verhard_m2": sealed_open + built_m2,
            **cover,
            "bebouwd_pct": 100 * built_m2 / area,
            "verhard_pct": np.clip(100 * (sealed_open + built_m2) / area, 0, 100),
            "groen_pct": np.clip(100 * (cover["laag_groen_m2"] + cover["hoog_groen_m2"]) / area, 0, 100),
            "voortuin_m2": np.where(known, shapely.area(front), np.nan),
            "achtertuin_m2": np.where(known, shapely.area(back), np.nan),
            "woningen": dwellings.reindex(parcels["capakey"]).fillna(0).to_numpy(),
        },
        geometry=shapes,
        crs=parcels.crs,
    )


def overlay(shapes: np.ndarray, things: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The part of each shape that the things cover, and whether they cover any."""
    covered = np.full(len(shapes), shapely.Polygon(), dtype=object)
    shape, thing = shapely.STRtree(things).query(shapes, predicate="intersects")
    pieces = shapely.intersection(shapes[shape], things[thing])
    solid = shapely.area(pieces) > 0.01
    shape, pieces = shape[solid], pieces[solid]
    order = np.argsort(shape, kind="stable")
    rows, first = np.unique(shape[order], return_index=True)
    for row, group in zip(rows, np.split(pieces[order], first)[1:], strict=True):
        covered[row] = shapely.union_all(group) if len(group) > 1 else group[0]
    found = np.zeros(len(shapes), bool)
    found[rows] = True
    return covered, found


def _cover(context: PlanContext, shapes: np.ndarray, space: np.ndarray) -> dict[str, np.ndarray]:
    """Sealed and green areas, what stays unknown, and the source."""
    bounds = tuple(shapely.total_bounds(shapes))
    green, sealing = context.raster("groenkaart", bounds), context.raster("bodembedekking", bounds)
    if green is not None and sealing is not None:
        return _from_rasters(green, sealing, shapes, space)
    return _from_vectors(context, shapes, space)


def _from_rasters(green: Grid, sealing: Grid, shapes: np.ndarray, space: np.ndarray) -> dict[str, np.ndarray]:
    low, high = class_areas(shapes, green, [_LOW, _HIGH]).T
    sealed, unsealed = class_areas(space, sealing, [_SEALED, 0.0]).T
    unknown = np.maximum(shapely.area(space) - sealed - unsealed, 0)
    unknown[unknown < 0.05 * np.maximum(shapely.area(space), 1)] = 0  # what the scan lines cannot see
    source = np.where((sealed + unsealed > 0) | (shapely.area(space) < 1), "raster", "onbekend")
    return {
        "onbebouwd_verhard_m2": sealed,
        "laag_groen_m2": low,
        "hoog_groen_m2": high,
        "onbekend_m2": unknown,
        "bedekking_bron": source,
    }


def _from_vectors(context: PlanContext, shapes: np.ndarray, space: np.ndarray) -> dict[str, np.ndarray]:
    """Green polygons and crowns; open space without them counts as sealed, an upper bound."""
    green, trees = context.layer("groen"), context.layer("bomen")
    zeros = np.zeros(len(shapes))
    if green.empty:
        context.warn("Geen groenkaart, bodemafdekking of groenvlakken: verharding per perceel is onbekend.")
        nothing = np.full(len(shapes), np.nan)
        return {
            "onbebouwd_verhard_m2": nothing,
            "laag_groen_m2": nothing,
            "hoog_groen_m2": nothing,
            "onbekend_m2": shapely.area(space),
            "bedekking_bron": np.full(len(shapes), "onbekend"),
        }
    context.warn(
        "Bedekking per perceel komt uit vectoren: open ruimte zonder groenvlak geldt als verhard (bovengrens)."
    )
    wood = green["soort"].eq("bos").to_numpy(dtype=bool, na_value=False)
    crowns = shapely.buffer(
        trees.geometry.to_numpy(), trees["kroon_diameter_m"].fillna(0).to_numpy(float) / 2
    )
    high, _ = overlay(shapes, np.concatenate([green.geometry.to_numpy()[wood], crowns]))
    planted, _ = overlay(space, green.geometry.to_numpy())
    low = shapely.difference(planted, high)
    return {
        "onbebouwd_verhard_m2": shapely.area(space) - shapely.area(planted),
        "laag_groen_m2": shapely.area(low),
        "hoog_groen_m2": shapely.area(high),
        "onbekend_m2": zeros,
        "bedekking_bron": np.full(len(shapes), "vector"),
    }
