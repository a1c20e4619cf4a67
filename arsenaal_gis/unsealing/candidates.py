"""All places that could be opened or greened, as polygons that exclude each other on the ground."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..errors import MethodError
from ..gpkg import CRS
from ..keys import stable_id
from .facades import facade_runs, facade_strips, passages
from .overhead import flat_roofs, garlands
from .road import grounds, left_overs, tree_pits
from .rules import Rules, load_rules
from .sample import mean_inside
from .shapes import cut_away
from .site import Site
from .whereabouts import locate
from .yards import yard_places

# Types that hang or lie above the ground: they may share the ground plan with another place.
OVERHEAD = ("groenslinger", "groendak")
# Of two places on one spot the one named first keeps it.
_PRECEDENCE = (
    "geveltuin", "klimplant", "boomvak", "speelplein", "schoolplein", "plein", "kruispunt", "berm",
    "voortuin", "koer",
    "binnengebied", *OVERHEAD,
)  # fmt: skip
_SLIVER_M2 = 1e-6


@dataclass(frozen=True)
class Candidates:
    """What :func:`find_candidates` found.

    Attributes:
        places: One row per place; columns of ``onthard_kandidaten`` that describe the place and its verdict,
            ``redencodes`` as tuples.
        refused: Points where nothing is possible, with ``redencodes``, as in ``onthard_afgewezen``.
        passages: Strips of footway that stay free.
        warnings: What the reader has to know, in Dutch.
    """

    places: gpd.GeoDataFrame
    refused: gpd.GeoDataFrame
    passages: np.ndarray
    warnings: tuple[str, ...]


def find_candidates(site: Site, rules: Rules | None = None) -> Candidates:
    """Find the places: facade strips, yards, tree pits, left-over road, grounds, garlands and flat roofs.

    On the ground no place overlaps another, a building, or a passage that must stay free.

    Args:
        site: Layers and rasters of the wijk.
        rules: Rule set (default Mechelen).

    Returns:
        The places, the refusals with their reasons, and warnings on what could not be looked for.

    Raises:
        MethodError: Neither buildings, parcels nor road surface to look at.
    """
    rules = rules or load_rules()
    if not any(len(site.layer(id)) for id in ("gebouwen", "percelen", "wegdek", "terreinen")):
        raise MethodError(
            "There is nothing to look for places on: no buildings, parcels, road surface or grounds.",
            "wijk.toml [bronnen]", "Import at least the buildings and the parcels.",
        )  # fmt: skip
    runs = facade_runs(site, rules)
    free = passages(runs, rules) if site.exact else []
    strips, no_strip = facade_strips(site, rules, runs)
    slung, no_sun = garlands(site, rules, runs)
    drafts = [
        *strips, *tree_pits(site, rules), *grounds(site, rules, free), *left_overs(site, rules, free),
        *yard_places(site, rules), *slung, *flat_roofs(site, rules),
    ]  # fmt: skip
    places, too_cool = _warm_enough(site, rules, _separate(site, _frame(drafts), free))
    refused = _frame([*no_strip, *no_sun, *too_cool])
    places = locate(site, rules, _heritage(site, _within(site, places)))
    return Candidates(
        _named(places), _within(site, refused), np.array(free, dtype=object), _warnings(site, runs)
    )


def _frame(rows: list[dict]) -> gpd.GeoDataFrame:
    columns = [
        "type", "geometry", "sleutel", "eigenaar", "oordeel", "redencodes", "adres_id", "capakey",
        "gebouw_id",
        "straat", "voetpad_breedte_m", "diepte_m", "vrije_doorgang_m", "breedte_bron", "tegels",
        "tegels_gezaagd", "gezaagde_rij", "overspanning_m",
    ]  # fmt: skip
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=CRS)


def _separate(site: Site, places: gpd.GeoDataFrame, free: list[shapely.Polygon]) -> gpd.GeoDataFrame:
    """Cut places on the ground until none overlaps a building, a passage or a place that comes first."""
    order = places["type"].map({type: n for n, type in enumerate(_PRECEDENCE)})
    places = places.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)
    ground = ~places["type"].isin(OVERHEAD).to_numpy()
    strip = places["type"].isin(["geveltuin", "klimplant"]).to_numpy()
    before = places.geometry.area.to_numpy()
    shapes = places.geometry.to_numpy().copy()
    shapes[ground] = cut_away(shapes[ground], site.shapes("gebouwen"))
    # A strip that meets the passage of another facade (an inner corner) is dropped below, not cut.
    shapes[ground] = cut_away(shapes[ground], free)
    index, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for later, first in sorted(zip(index, other, strict=True)):
        if first < later and ground[first] and ground[later]:
            shapes[later] = shapely.difference(shapes[later], shapes[first])
    shapes = np.array([_largest(shape) for shape in shapes], dtype=object)
    area = shapely.area(shapes)
    keep = area > np.where(strip, 0.98 * before, np.where(ground, 0.5 * before, 0.0)) + _SLIVER_M2
    return places.set_geometry(gpd.GeoSeries(shapes, crs=CRS))[keep].reset_index(drop=True)


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area, default=shapely.Polygon())


def _warm_enough(site: Site, rules: Rules, places: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[dict]]:
    """Left-over road counts only where it is hot; where the heat is unknown it stays."""
    road = places["type"].isin(["kruispunt", "berm"]).to_numpy()
    cool = road.copy()
    cool[road] = mean_inside(site.pet, places.geometry[road]) < rules["pet_min_c"]
    refused = [{"geometry": shape.centroid, "redencodes": ("MINDERHEET",)} for shape in places.geometry[cool]]
    return places[~cool].reset_index(drop=True), refused


def _heritage(site: Site, places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Mark places on or against listed heritage."""
    listed = site.shapes("erfgoed")
    if not len(listed) or places.empty:
        return places
    shapes = places.geometry.to_numpy()
    touched = np.isin(
        np.arange(len(places)), shapely.STRtree(listed).query(shapes, predicate="intersects")[0]
    )
    codes = [
        (*row, "ERFGOED") if hit else row for row, hit in zip(places["redencodes"], touched, strict=True)
    ]
    return places.assign(redencodes=codes)


def _within(site: Site, frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if site.boundary is None or frame.empty:
        return frame
    inside = shapely.intersects(site.boundary, shapely.point_on_surface(frame.geometry.to_numpy()))
    return frame[inside].reset_index(drop=True)


def _named(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add ids: type and business key, numbered from west to east where a key has several places."""
    x, y = places.geometry.centroid.x, places.geometry.centroid.y
    order = places.assign(x=x.round(1), y=y.round(1)).sort_values(["x", "y"], kind="stable")
    number = order.groupby(["type", "sleutel"]).cumcount().reindex(places.index)
    ids = [
        stable_id("onthard_kandidaten", type, *key, n)
        for type, key, n in zip(places["type"], places["sleutel"], number, strict=True)
    ]
    return places.assign(kandidaat_id=ids).drop(columns="sleutel")


def _warnings(site: Site, runs: list) -> tuple[str, ...]:
    texts = []
    if not len(site.shapes("weglijnen", "soort", "boordsteen")) and not len(
        site.shapes("wegdek", "functie", "voetpad")
    ):
        texts.append("Geen boordsteenlijnen en geen voetpaden: breedtes komen van de wegbaan of ontbreken.")
    if not site.exact:
        texts.append("Een bron is te grof omgerekend (meer dan 5 cm): er zijn geen gevelstroken berekend.")
    if len(site.layer("gebouwen")) and site.layer("adressen").empty:
        texts.append("Geen adressen: gevelstroken en groenslingers zijn niet gezocht.")
    if site.layer("straten").empty:
        texts.append("Geen straten: groenslingers en overmaat van kruispunten zijn niet gezocht.")
    if runs and all(np.isnan(run.width).all() for run in runs):
        texts.append("Nergens is een voetpadbreedte gekend: er zijn geen gevelstroken.")
    if len(site.layer("percelen")) and site.layer("gebouwen").empty:
        texts.append("Geen gebouwen: elk afgedekt deel van een perceel telt als open ruimte.")
    if site.sealed is None:
        texts.append(
            "Geen bodemafdekking: wat geen groen is, telt als verhard en moet ter plaatse bekeken worden."
        )
    if site.roof_height is None:
        texts.append("Geen hoogtemodel: platte daken zijn niet gezocht.")
    if not len(site.shapes("wegdek", "functie", "parkeren")):
        texts.append("Geen parkeerstroken in het wegdek: boomvakken zijn niet gezocht.")
    return tuple(texts)
