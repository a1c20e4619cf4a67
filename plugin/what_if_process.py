"""The heat of one wijk at hand outside QGIS: one JSON request a line, one JSON answer a line.

Started by tools/link.py, or by algorithms/child.py with a single request as its second argument.
Answers are one JSON object a line: ``{"ready": warnings}`` once, then for each request ``{"number", "path",
"summary", "notes"}`` or ``{"number", "error": [what, where, todo]}``. Ends when its input ends.
"""

import json
import sys

import shapely

from arsenaal_gis import raster
from arsenaal_gis.errors import ArsenaalError
from arsenaal_gis.heat import Change, HeatModel, prepare, what_if
from arsenaal_gis.unsealing.effects import scenario_effects
from arsenaal_gis.wijk import Wijk


def answer(wijk: Wijk, model: HeatModel, request: dict) -> dict:
    """What the changes of a request do; the difference goes into its file."""
    changes = [
        Change(c["measure"], shapely.from_wkt(c["wkt"]), c["height_m"], c["crown_m"])
        for c in request["changes"]
    ]
    scenario = what_if(model, changes)
    raster.write(request["path"], scenario.grid, unit="°C", description="verschil in PET")
    summary = scenario.summary | scenario_effects(wijk, model, changes, scenario)
    return {"path": request["path"], "summary": summary, "notes": scenario.notes}


def say(message: dict) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(wijk: str) -> int:
    """Compute the wijk once, then answer until nobody asks any more."""
    try:
        place = Wijk.open(wijk)
        model = prepare(place)
    except ArsenaalError as error:
        say({"error": [error.what, error.where, error.todo]})
        return 1
    say({"ready": list(model.warnings)})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = answer(place, model, request)
        except ArsenaalError as error:
            reply = {"error": [error.what, error.where, error.todo]}
        say({"number": request["number"], **reply})
    return 0


def once(wijk: str, request: dict) -> int:
    """Answer one request, for the algorithm; see algorithms/child.py."""
    try:
        place = Wijk.open(wijk)
        reply = answer(place, prepare(place), request)
    except ArsenaalError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    sys.stdout.write(f"@result {json.dumps(reply)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(once(sys.argv[1], json.loads(sys.argv[2])) if len(sys.argv) > 2 else main(sys.argv[1]))
