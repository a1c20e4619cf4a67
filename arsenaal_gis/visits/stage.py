"""Stage: whom to visit first, and next week's rounds."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..facts.dwellings import latest
from ..plan.context import PlanContext
from .answers import answer_chance
from .check import broken_rules
from .coverage import progress_table
from .need import visit_need
from .rounds import RoundPlan, plan_rounds
from .shifts import Shift, shifts


def run(context: PlanContext) -> None:
    """Put ``bezoek_prioriteit``, ``bezoek_kansen``, ``bezoek_voortgang`` and the rounds of the coming week.

    Raises:
        MethodError: The rounds break a rule: a bug, told rather than printed.
    """
    values = context.settings["bezoeken"]
    dwellings = context.inside("woningen")
    if dwellings.empty:
        context.warn("Geen woningen ingelezen: geen huisbezoeken gepland.")
        return
    unplaced = int(context.layer("woningen").geometry.isna().sum())
    if unplaced:
        context.warn(f"{unplaced} woningen zonder ligging staan niet in de planning van de huisbezoeken.")
    today = pd.Timestamp(context.peildatum)
    log = context.layer("bezoeken")
    log = log[log["datum"] <= today]
    chances = answer_chance(log)
    context.put("bezoek_kansen", chances.reset_index())
    week = shifts(values, context.peildatum)
    on = week[0].day if week else context.peildatum
    newest = [latest(context.layer(id), today) for id in ("renovatie", "woonkwaliteit", "bevraging")]
    random = context.random("bezoeken")
    need = visit_need(dwellings, log, *newest, chances, on, values, random)
    context.put("bezoek_prioriteit", gpd.GeoDataFrame(need, geometry=dwellings.geometry.array))
    context.progress.check()
    _put_progress(context, need, dwellings, log)
    start = _wijkhuis(context)
    if start is None or context.layer("straten").empty or not week:
        context.warn("Geen wijkhuis, straten of diensten: geen rondes gepland.")
        return
    plan = plan_rounds(
        need,
        dwellings.geometry.to_numpy(),
        start,
        context.network,
        week,
        visit_min=values["bezoek_min"],
        missed_min=values["gemist_min"],
        together=tuple(values["samen_voor"]),
        fairness=values["minste_straatdekking"],
        street_size=values["straat_telt_vanaf"],
        iterations=values["iteraties"],
        time_limit=values["tijdslimiet_s"],
        seed=values["zaad"],
        engine=values["motor"],
        progress=context.progress,
    )
    broken_rules(plan, need, week, tuple(values["samen_voor"]), raise_first=True)
    _put_rounds(context, plan, week, dwellings)


def _put_progress(
    context: PlanContext, need: pd.DataFrame, dwellings: gpd.GeoDataFrame, log: pd.DataFrame
) -> None:
    sectors = context.layer("sectoren")
    names = np.full(len(dwellings), None, dtype=object)
    if len(sectors):
        row, sector = shapely.STRtree(sectors.geometry.to_numpy()).query(
            dwellings.geometry.to_numpy(), predicate="intersects"
        )
        label = "naam" if "naam" in sectors else sectors.columns[0]
        names[row] = sectors[label].astype(str).to_numpy(object)[sector]
    limit = context.settings["bezoeken"]["max_pogingen"]
    context.put("bezoek_voortgang", progress_table(log, need, names, context.peildatum, limit))


def _wijkhuis(context: PlanContext) -> shapely.Point | None:
    """Where rounds begin: the community centre."""
    places = context.layer("voorzieningen")
    houses = places[places["soort"].eq("wijkhuis")]
    return None if houses.empty else houses.geometry.iloc[0]


def _put_rounds(
    context: PlanContext, plan: RoundPlan, week: list[Shift], dwellings: gpd.GeoDataFrame
) -> None:
    doors = dwellings.set_index("woning_id").geometry
    if len(plan.rounds):
        context.put("rondes", gpd.GeoDataFrame(plan.rounds, geometry=plan.lines))
        context.put(
            "ronde_stops", gpd.GeoDataFrame(plan.stops, geometry=doors.reindex(plan.stops["woning_id"]).array)
        )
    context.put("ronde_straten", plan.streets)
    summary = dict(plan.summary)
    for name in ("niet_bereikbaar", "afspraken_niet_gepland"):
        summary[name] = len(plan.summary[name])
    summary["herhaalbaar"] = "herhaalbaar" if plan.summary["herhaalbaar"] else "niet_herhaalbaar"
    context.put("ronde_plan", pd.DataFrame([{"begin": week[0].day, "einde": week[-1].day, **summary}]))
    _warn(context, plan.summary)


def _warn(context: PlanContext, summary: dict[str, object]) -> None:
    if not summary["herhaalbaar"]:
        context.warn(
            "Rondes: door de klok gestopt, dus niet herhaalbaar. Verhoog tijdslimiet_s of verlaag iteraties."
        )
    if summary["niet_bereikbaar"]:
        context.warn(f"Rondes: naar {len(summary['niet_bereikbaar'])} woningen leidt geen weg te voet.")
    if summary["afspraken_niet_gepland"]:
        context.warn(
            f"Rondes: {len(summary['afspraken_niet_gepland'])} afspraken kan geen ploeg houden; verplaats ze."
        )
