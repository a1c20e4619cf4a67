"""Stage: unsealing places, ranked, explained, and the best set for the budget."""

import geopandas as gpd
import numpy as np
import pandas as pd

from ..catalogue import load
from ..errors import MethodError
from ..gpkg import empty_frame
from ..heat.model import prepare
from ..keys import stable_id
from ..plan import PlanContext, latest_plan
from .appraisal import appraise, check_ranks
from .benefit import (
    add_cost,
    add_people,
    add_surroundings,
    add_water,
    spread_residents,
    walking_distances,
)
from .candidates import Candidates, find_candidates
from .choice import choose, fiches, priority_streets, reached_segments, read_decisions, totals
from .cooling import add_cooling
from .rules import Rules, load_rules
from .site import Site
from .tables import by_block, by_street, rule_table

_LAYERS = (
    "gebouwen", "percelen", "adressen", "wegdek", "weglijnen", "straten", "groen", "bomen", "water_spoor",
    "voorzieningen", "terreinen", "erfgoed", "bouwblokken",
)  # fmt: skip
# Layers whose coordinates a strip of 45 cm stands on, and the coarsest transformation that still tells it.
_MEASURED, _LEAST_ACCURATE_M = ("percelen", "weglijnen", "wegdek", "gebouwen"), 0.05


def run(context: PlanContext) -> None:
    """Put the layers ``onthard_*``."""
    settings = context.settings["ontharding"]
    rules = load_rules(settings["regels"])
    site = read_site(context)
    context.progress.check()
    found = find_candidates(site, rules)
    for text in found.warnings:
        context.warn(text)
    context.put("onthard_afgewezen", _refused(found, rules))
    context.put("onthard_regels", rule_table(rules))
    if found.places.empty:
        context.warn("Geen enkele plek gevonden om te ontharden.")
        return
    context.progress.check()
    dwellings = _dwellings(context)
    people = spread_residents(dwellings, context.layer("inwoners"))
    if len(dwellings) and not np.isfinite(people).any():
        context.warn("Geen inwonersaantallen: bewoners in de buurt van een plek zijn onbekend.")
    exposed, lack = _hardship(context, dwellings)
    near = _near(context, found.places, dwellings, settings["bewoners_straal_m"])
    places = add_water(add_cost(found.places, settings), settings, rules)
    places = add_people(places, near, people, exposed, lack, dwellings)
    places = add_surroundings(
        places, context.layer("groenblauw"), _reports(context), settings["meldingen_straal_m"]
    )
    context.progress.check()
    places = add_cooling(context, places, settings)
    context.progress.check()
    reached, residents = reached_segments(near, people, dwellings["segment_id"].to_numpy(object))
    residents = residents[residents.index.isin(context.inside("straten")["segment_id"])]
    places = places.assign(bereikte_segmenten=reached)
    places = check_ranks(appraise(places, settings, rules), settings, seed=0)
    streets = priority_streets(places, dwellings, people * lack, settings["voorrangsstraten"])
    chosen = _choose(context, places, rules, near, people, residents, streets)
    context.put("onthard_kandidaten", _columns(_worded(places, rules), "onthard_kandidaten"))
    if len(context.layer("straten")):
        segments = context.inside("straten")
        table = by_street(segments, places, chosen, residents, site.sealed)
        context.put("onthard_straat", table.assign(voorrang=segments["straat"].isin(streets).to_numpy()))
    blocks, parcels = context.inside("bouwblokken"), context.result("perceel_feiten")
    if len(blocks) and parcels is not None:
        block = parcels.set_index("capakey")["bouwblok_id"].reindex(dwellings["capakey"].to_numpy(object))
        known = pd.Series(people).groupby(block.to_numpy(object)).sum(min_count=1)
        context.put("onthard_bouwblok", by_block(blocks, places, chosen, known, parcels))


def read_site(context: PlanContext) -> Site:
    """The layers and rasters that the search looks at."""
    bounds = context.wijk.boundary.bounds
    around = (bounds[0] - 20, bounds[1] - 20, bounds[2] + 20, bounds[3] + 20)
    sources = context.layer("bronnen")
    used = sources[sources["laag"].isin(_MEASURED)]
    shade = context.result_raster("schaduwuren")
    return Site(
        layers={id: context.layer(id) for id in _LAYERS},
        boundary=context.wijk.boundary,
        sealed=context.raster("bodembedekking", around),
        roof_height=context.raster("dsm_gebouwen", around) or context.raster("dsm", around),
        ground_height=context.raster("dtm", around),
        pet=context.result_raster("pet_dag"),
        sun_hours=None if shade is None else shade.like(len(prepare(context).method.daytime) - shade.values),
        exact=not (used["nauwkeurigheid_m"] > _LEAST_ACCURATE_M).any(),
        edges=context.parcel_edges,
    )


def _dwellings(context: PlanContext) -> gpd.GeoDataFrame:
    """Dwellings of the wijk with their street segment and parcel."""
    dwellings = context.inside("woningen")
    facts = context.result("woning_feiten")
    segment = pd.Series(dtype=object) if facts is None else facts.set_index("woning_id")["segment_id"]
    return dwellings.assign(segment_id=segment.reindex(dwellings["woning_id"]).to_numpy(object))


def _near(
    context: PlanContext, places: gpd.GeoDataFrame, dwellings: gpd.GeoDataFrame, reach_m: float
) -> np.ndarray:
    """(places, dwellings) within walking distance; nobody where there is no network."""
    if dwellings.empty or context.layer("straten").empty:
        return np.zeros((len(places), len(dwellings)))
    distance, door = walking_distances(context.network, places, dwellings, reach_m)
    return (distance <= reach_m)[:, door].astype(float)


def _hardship(context: PlanContext, dwellings: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Per dwelling whether it lies in strong heat, and the share that it lacks of 3-30-300; NaN unknown."""
    heat, unknown = context.result("hitte_woning"), np.full(len(dwellings), np.nan)
    if heat is None or heat.empty:
        return unknown, unknown
    rows = heat.set_index("woning_id").reindex(dwellings["woning_id"])
    pet, trees, crown, green = (
        rows[name].to_numpy(float, na_value=np.nan)
        for name in ("pet_c", "bomen_in_zicht", "kroon_buurt_pct", "groen_m")
    )
    targets = context.settings["hitte"]
    lack = [
        1 - np.minimum(trees / targets["bomen_in_zicht"], 1),
        1 - np.minimum(crown / targets["kroon_pct"], 1),
        np.clip(green / targets["groen_afstand_m"] - 1, 0, 1),
    ]
    return np.where(np.isnan(pet), np.nan, pet >= targets["drempel_pet_c"]), np.mean(lack, axis=0)


def _reports(context: PlanContext) -> gpd.GeoDataFrame:
    """Reports of the twelve months before the peildatum."""
    reports = context.layer("incidenten")
    end = pd.Timestamp(context.peildatum)
    recent = (reports["datum"] > end - pd.DateOffset(years=1)) & (reports["datum"] <= end)
    return reports[recent.fillna(False)]


def _choose(
    context: PlanContext,
    places: gpd.GeoDataFrame,
    rules: Rules,
    near: np.ndarray,
    people: np.ndarray,
    residents: pd.Series,
    streets: list[str],
) -> pd.Index:
    """Put the selection; a request that cannot be met is told and leaves the ranking without a choice."""
    settings = context.settings["ontharding"]
    decisions, gone = read_decisions(context.layer("besluiten"), places["kandidaat_id"])
    if gone:
        context.warn(f"{gone} besluiten gaan over plekken die niet meer bestaan; zie besluiten.")
    before = _earlier(context)
    previous = before if before & decisions.vetoed else None
    try:
        selection = choose(
            places, settings, decisions, residents=residents, streets=streets, previous=previous
        )
    except MethodError as error:
        context.warn(f"Geen keuze van plekken: {error}")
        remark = pd.DataFrame(
            {"keuze_id": ["beste"], "budget_eur": settings["budget_eur"], "opmerking": str(error)}
        )
        context.put("onthard_keuze_totaal", remark)
        return pd.Index([])
    chosen = fiches(_worded(places, rules), selection, decisions, rules)
    context.put("onthard_keuze", _columns(chosen, "onthard_keuze"))
    by_chosen = near[places["kandidaat_id"].isin(selection.chosen).to_numpy()]
    reached = (
        float(np.nan_to_num(people)[by_chosen.any(axis=0)].sum()) if np.isfinite(people).any() else np.nan
    )
    context.put("onthard_keuze_totaal", totals(chosen, places, selection, settings, streets, reached))
    return pd.Index(selection.chosen)


def _earlier(context: PlanContext) -> set[str]:
    return (
        set(latest_plan(context.wijk).layer("onthard_keuze")["kandidaat_id"])
        if context.wijk.plans()
        else set()
    )


def _worded(places: gpd.GeoDataFrame, rules: Rules) -> gpd.GeoDataFrame:
    """Reason codes as text, and their sentences in Dutch."""
    codes = places["redencodes"]
    accuracy = {name: rules[f"nauwkeurigheid_{name}_m"] for name in ("voetpad", "boordsteen", "wegbaan")}
    return places.assign(
        redencodes=[" ".join(row) for row in codes],
        redenen=[rules.sentences(row, on_site=False) for row in codes],
        ter_plaatse=[rules.sentences(row, on_site=True) for row in codes],
        regels=rules.id,
        breedte_nauwkeurigheid_m=places["breedte_bron"].map(accuracy),
    )


def _refused(found: Candidates, rules: Rules) -> gpd.GeoDataFrame:
    rows = found.refused
    ids = [
        stable_id("onthard_afgewezen", adres or f"{point.x:.0f} {point.y:.0f}", *codes)
        for adres, point, codes in zip(rows["adres_id"], rows.geometry, rows["redencodes"], strict=True)
    ]
    codes = rows["redencodes"]
    frame = rows.assign(
        afgewezen_id=ids,
        redencodes=[" ".join(row) for row in codes],
        redenen=["; ".join(rules.reasons[code] for code in row) for row in codes],
    ).drop_duplicates("afgewezen_id")
    return _columns(frame, "onthard_afgewezen")


def _columns(frame: gpd.GeoDataFrame, id: str) -> gpd.GeoDataFrame:
    """Only the columns that the catalogue describes."""
    wanted = [name for name in empty_frame(load().layer(id)).columns if name in frame.columns]
    return frame[list(dict.fromkeys([*(n for n in wanted if n != "geom"), frame.geometry.name]))]
