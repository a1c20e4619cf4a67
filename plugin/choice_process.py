"""The places of one plan at hand outside QGIS, to choose a set for one budget after another.

Started by dock/budget.py, or by algorithms/child.py with a single request as its second argument. Requests and
answers are one JSON object a line: ``{"ready": []}`` once, then for each request (``number``, ``decisions``: rows
of ``besluiten``, ``changes``: settings that differ) ``{"number", "chosen", "totals"}`` or
``{"number", "error": [what, where, todo]}``. Ends when its input ends.
"""

import json
import sys
from pathlib import Path

import pandas as pd

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ArsenaalError
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.plan import latest_plan
from arsenaal_gis.unsealing import Choice, Chooser
from arsenaal_gis.wijk import Wijk


def answer(choice: Choice) -> dict:
    """What a choice says, without its shapes."""
    row = choice.totals.iloc[0]
    totals = {name: None if pd.isna(value) else value for name, value in row.to_dict().items()}
    return {"chosen": list(choice.places["kandidaat_id"]), "totals": totals}


def say(message: dict) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(message, default=float) + "\n")
    sys.stdout.flush()


def main(wijk: str, moment: str) -> int:
    """Get everything at hand once, then answer until nobody asks any more."""
    about = load().layer("besluiten")
    try:
        opened = Wijk.open(wijk)
        chooser = Chooser.of_plan(opened, latest_plan(opened, moment))
    except ArsenaalError as error:
        say({"error": [error.what, error.where, error.todo]})
        return 1
    say({"ready": []})
    for line in sys.stdin:
        request = json.loads(line)
        decisions = pd.DataFrame(request["decisions"]) if request["decisions"] else empty_frame(about)
        try:
            reply = answer(chooser.choose(decisions, request["changes"]))
        except ArsenaalError as error:
            reply = {"error": [error.what, error.where, error.todo]}
        say({"number": request["number"], **reply})
    return 0


def once(wijk: str, request: dict) -> int:
    """Choose once with the decisions in ``wijk.gpkg`` and write the set, for the algorithm."""
    try:
        opened = Wijk.open(wijk)
        plan = latest_plan(opened, request["plan"])
        choice = Chooser.of_plan(opened, plan).choose(opened.layer("besluiten"), request["changes"])
        about = load().layer("onthard_keuze")
        wanted = [name for name in choice.places.columns if name in about.fields or name == "geometry"]
        write_layer(Path(request["path"]), about, choice.places[wanted])
    except ArsenaalError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(f"@result {json.dumps(answer(choice), default=float)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(once(sys.argv[1], json.loads(sys.argv[2])) if sys.argv[2][:1] == "{" else main(*sys.argv[1:]))
