"""Footway widths, dwellings, trees, green and incidents of streets."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..plan.context import PlanContext
from .footways import measure_footways
from .zonal import class_areas

# GRB is surveyed to about 0.2 m (1 sigma per point); a carriageway edge is no kerb and is worth less.
_ACCURACY_M = {"voetpad": 0.2, "boordsteen": 0.2, "wegbaan": 0.5, "geen": np.nan}
# Beyond this accuracy of a coordinate transformation a strip of 45 cm cannot be told.
_LEAST_ACCURATE_M = 0.05
_BESIDE_M = 10.0
# A parcel line farther than this from a street's side does not front on it.
_FRONT_M = 15.0


def side_facts(context: PlanContext) -> gpd.GeoDataFrame:
    """Footway widths and dwellings of both sides of every segment in the wijk."""
    network = context.network
    segments = context.inside("straten")["segment_id"]
    sides = network.sides[network.sides["segment_id"].isin(segments)]
    sides = sides.dissolve(
        "straatzijde_id", as_index=False
    )  # a segment that others meet midway stands in pieces
    widths = _widths(context)
    dwellings = context.result("woning_feiten")
    count = dwellings["straatzijde_id"].value_counts() if dwellings is not None else pd.Series(dtype=int)
    sides["woningen"] = count.reindex(sides["straatzijde_id"]).fillna(0).to_numpy()
    sides["lengte_m"] = sides.geometry.length
    sides = sides.merge(widths, on="straatzijde_id", how="left")
    sides["metingen"] = sides["metingen"].fillna(0)
    sides["breedte_bron"] = sides["breedte_bron"].fillna("geen")
    sides["breedte_nauwkeurigheid_m"] = sides["breedte_bron"].map(_ACCURACY_M)
    return sides


def _widths(context: PlanContext) -> pd.DataFrame:
    """10th percentile and median width by street side."""
    columns = ["straatzijde_id", "metingen", "voetpad_p10_m", "voetpad_mediaan_m", "breedte_bron"]
    parcels, surface, lines = context.layer("percelen"), context.layer("wegdek"), context.layer("weglijnen")
    sources = context.layer("bronnen")
    used = sources[sources["laag"].isin(["percelen", "wegdek", "weglijnen"])]
    if (used["nauwkeurigheid_m"] > _LEAST_ACCURATE_M).any():
        context.warn(
            "Voetpadbreedtes zijn niet berekend: percelen of weglijnen zijn omgerekend met een nauwkeurigheid van meer dan 5 cm."
        )
        return pd.DataFrame(columns=columns)
    if parcels.empty or (surface.empty and lines.empty):
        context.warn("Geen percelen of geen weglijnen en wegdek: voetpadbreedtes zijn onbekend.")
        return pd.DataFrame(columns=columns)
    edges = context.parcel_edges
    road = surface["functie"].isin(["rijbaan", "kruispunt", "weg_gemengd", "parkeren", "fietspad"])
    footways = measure_footways(
        edges,
        footways=surface.geometry[surface["functie"].eq("voetpad").fillna(False)].to_numpy(),
        kerbs=lines.geometry[lines["soort"].eq("boordsteen").fillna(False)].to_numpy(),
        carriageways=surface.geometry[road.fillna(False)].to_numpy(),
        buildings=context.layer("gebouwen").geometry.to_numpy(),
    )
    known = np.flatnonzero(~np.isnan(footways.width_m))
    places = context.network.locate(shapely.points(edges.middle[known]))
    samples = pd.DataFrame(
        {
            "straatzijde_id": context.network.sides["straatzijde_id"].to_numpy()[places.side],
            "breedte": footways.width_m[known],
            "bron": footways.source[known],
        }
    )[places.access_m <= _FRONT_M]
    by_side = samples.groupby("straatzijde_id")
    # Of two sources as frequent the first by name.
    sources = samples.groupby(["straatzijde_id", "bron"]).size().sort_values(ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "metingen": by_side.size(),
            "voetpad_p10_m": by_side["breedte"].quantile(0.1).round(3),
            "voetpad_mediaan_m": by_side["breedte"].median().round(3),
            "breedte_bron": sources.reset_index()
            .drop_duplicates("straatzijde_id")
            .set_index("straatzijde_id")["bron"],
        }
    ).reset_index()[columns]


def segment_facts(context: PlanContext, sides: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Facts of every segment in the wijk."""
    segments = context.inside("straten")
    facts = segments[["segment_id", "straat", "geom"]].copy()
    facts["lengte_m"] = segments.geometry.length
    facts["woningen"] = (
        sides.groupby("segment_id")["woningen"].sum().reindex(facts["segment_id"]).fillna(0).to_numpy()
    )
    for side, name in (("L", "links"), ("R", "rechts")):
        widths = sides[sides["kant"].eq(side)].drop_duplicates("segment_id").set_index("segment_id")
        for column in ("voetpad_p10_m", "voetpad_mediaan_m"):
            facts[f"{column}_{name}"] = widths[column].reindex(facts["segment_id"]).to_numpy()
    beside = segments.geometry.buffer(_BESIDE_M, cap_style="flat").to_numpy()
    facts["bomen"] = _count(beside, context.layer("bomen").geometry.to_numpy())
    facts["groen_pct"] = _green_share(context, beside)
    incidents = context.layer("incidenten")
    year = context.peildatum.year - 1
    recent = incidents[incidents["datum"].dt.year.eq(year)]
    facts["incidenten_jaar"] = _nearest_count(segments, recent) if len(incidents) else None
    return facts


def _count(shapes: np.ndarray, points: np.ndarray) -> np.ndarray:
    shape, _ = shapely.STRtree(points).query(shapes, predicate="intersects")
    return np.bincount(shape, minlength=len(shapes))


def _green_share(context: PlanContext, shapes: np.ndarray) -> np.ndarray:
    """Share of green in percent: from the green map where there is one, else from green polygons; nan if neither."""
    green = context.raster("groenkaart", tuple(shapely.total_bounds(shapes)))
    area = shapely.area(shapes)
    if green is not None:
        known = class_areas(shapes, green, [0.0, 1.0, 2.0, 3.0])
        covered = known.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(
                covered > 0.5 * area, np.clip(100 * known[:, 2:].sum(axis=1) / covered, 0, 100), np.nan
            )
    polygons = context.layer("groen").geometry.to_numpy()
    if not len(polygons):
        return np.full(len(shapes), np.nan)
    shape, polygon = shapely.STRtree(polygons).query(shapes, predicate="intersects")
    pieces = shapely.area(shapely.intersection(shapes[shape], polygons[polygon]))
    return np.clip(100 * np.bincount(shape, pieces, len(shapes)) / area, 0, 100)


def _nearest_count(
    segments: gpd.GeoDataFrame, incidents: gpd.GeoDataFrame, reach_m: float = 30.0
) -> np.ndarray:
    """Incidents by nearest segment, at most ``reach_m`` away."""
    tree = shapely.STRtree(segments.geometry.to_numpy())
    _, segment = tree.query_nearest(incidents.geometry.to_numpy(), max_distance=reach_m, all_matches=False)
    return np.bincount(segment, minlength=len(segments))


def incidents_by_street(context: PlanContext) -> pd.DataFrame:
    """Incidents by street, source, category and year: points count as one, counted intervals as their bounds."""
    key = ["straat", "bron", "categorie", "jaar"]
    points, counts = context.layer("incidenten"), context.layer("incident_tellingen")
    single = points[points["straat"].notna()].assign(jaar=points["datum"].dt.year, aantal_min=1, aantal_max=1)
    several = counts.assign(jaar=counts["maand"].dt.year)
    rows = pd.concat(
        [frame[[*key, "aantal_min", "aantal_max"]] for frame in (single, several)], ignore_index=True
    )
    return pd.DataFrame(rows).groupby(key, as_index=False)[["aantal_min", "aantal_max"]].sum()
