"""The places of one plan at hand outside QGIS, to choose a set for one budget after another.

Started by dock/budget.py, or by algorithms/child.py with a single request as its second argument. Requests and
answers are one JSON object a line: ``{"ready": []}`` once, then for each request (``number``, ``decisions``: rows
of ``besluiten``, ``changes``: settings that differ, ``budget_eur`` among them, ``compare``: also look for the
runner-up) ``{"number", "chosen", "totals"}`` or ``{"number", "error": [what, where, todo]}``. Ends when its input
ends.
"""

import json
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ArsenaalError, MethodError
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.plan import latest_plan
from arsenaal_gis.unsealing import Decisions, Selection, load_rules, read_decisions, reselect
from arsenaal_gis.unsealing.choice import fiches
from arsenaal_gis.wijk import Plan, Wijk

CHOICE = load().layer("onthard_keuze")


def choose(
    plan: Plan, places: gpd.GeoDataFrame, changes: dict, decisions: pd.DataFrame, compare: bool
) -> tuple[Selection, Decisions]:
    """The best set under other settings, with the decisions it follows."""
    if changes.get("budget_eur") is None:
        raise MethodError("There is no budget to choose places for.", "BUDGET", "State it in EUR.")
    known, _ = read_decisions(decisions, places["kandidaat_id"])
    other = {name: value for name, value in changes.items() if name != "budget_eur"}
    return reselect(plan, changes["budget_eur"], known, changes=other, compare=compare), known


def totals(selection: Selection, places: gpd.GeoDataFrame, budget: float) -> dict[str, object]:
    """The set in figures, under the names of ``onthard_keuze_totaal``; None where not looked for."""
    rows = places.set_index("kandidaat_id")
    chosen, own = rows.loc[list(selection.chosen)], set(selection.chosen)
    kinds = CHOICE.fields["type"].codes

    def named(ids: set[str]) -> str:
        found = rows.loc[sorted(ids)]
        return "; ".join(sorted(f"{row.plek} ({kinds[row.type]['nl']})" for row in found.itertuples()))

    found: dict[str, object] = {
        "budget_eur": budget,
        "kost_eur": selection.cost,
        "plekken": len(chosen),
        "oppervlakte_m2": chosen["oppervlakte_m2"].sum(),
        "tegels": chosen["tegels"].sum(),
        "piek_60mm_l": chosen["piek_60mm_l"].sum(),
        "vermeden_afvoer_m3_jaar": chosen["vermeden_afvoer_m3_jaar"].sum(),
        "bereikte_inwoners": selection.covered,
        "baat": selection.benefit,
        "kloof": selection.gap,
    }
    if selection.runner_up is not None:
        ids, benefit = set(selection.runner_up[0]), selection.runner_up[1]
        found |= {"tweede_keus_baat": benefit, "tweede_keus_erbij": named(ids - own)}
        found |= {"tweede_keus_eruit": named(own - ids)}
    if selection.more_budget is not None:
        found |= {"meer_budget_baat": selection.more_budget[1]}
        found |= {"meer_budget_erbij": named(set(selection.more_budget[0]))}
        found |= {"meer_budget_eruit": named(set(selection.more_budget_dropped))}
    return {name: None if pd.isna(value) else value for name, value in found.items()}


def say(message: dict) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(message, default=float) + "\n")
    sys.stdout.flush()


def main(wijk: str, moment: str) -> int:
    """Get the places at hand once, then answer until nobody asks any more."""
    try:
        plan = latest_plan(Wijk.open(wijk), moment)
        places = plan.layer("onthard_kandidaten")
    except ArsenaalError as error:
        say({"error": [error.what, error.where, error.todo]})
        return 1
    say({"ready": []})
    for line in sys.stdin:
        request = json.loads(line)
        decided = request["decisions"]
        rows = pd.DataFrame(decided) if decided else empty_frame(load().layer("besluiten"))
        try:
            found, _ = choose(plan, places, request["changes"], rows, request["compare"])
            budget = request["changes"]["budget_eur"]
            reply = {"chosen": list(found.chosen), "totals": totals(found, places, budget)}
        except ArsenaalError as error:
            reply = {"error": [error.what, error.where, error.todo]}
        say({"number": request["number"], **reply})
    return 0


def once(wijk: str, request: dict) -> int:
    """Choose once with the decisions in ``wijk.gpkg`` and write the set, for the algorithm."""
    try:
        opened = Wijk.open(wijk)
        plan = latest_plan(opened, request["plan"])
        places = plan.layer("onthard_kandidaten")
        settings = json.loads(plan.layer("run")["parameters"].iloc[0])["ontharding"]
        changes = {"budget_eur": settings["budget_eur"], **request["changes"]}
        found, decisions = choose(plan, places, changes, opened.layer("besluiten"), compare=True)
        rows = fiches(places, found, decisions, load_rules(settings["regels"]))
        wanted = [name for name in rows.columns if name in CHOICE.fields or name == rows.geometry.name]
        write_layer(Path(request["path"]), CHOICE, rows[wanted])
    except ArsenaalError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    reply = {"chosen": list(found.chosen), "totals": totals(found, places, changes["budget_eur"])}
    sys.stdout.write(f"@result {json.dumps(reply, default=float)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(once(sys.argv[1], json.loads(sys.argv[2])) if sys.argv[2][:1] == "{" else main(*sys.argv[1:]))
