"""Make a plan outside QGIS: started by algorithms/child.py with a request as JSON; knows nothing of QGIS."""

import dataclasses
import datetime
import json
import sys

from lines import Lines, result, say

from arsenaal_gis.errors import ArsenaalError
from arsenaal_gis.plan import make_plan, utc_moment
from arsenaal_gis.settings import Settings
from arsenaal_gis.wijk import Wijk


def with_settings(wijk: Wijk, overrides: dict[str, dict]) -> Wijk:
    """The wijk with some settings changed for one run.

    Raises:
        ConfigError: A value is out of range.
    """
    merged = {section: {**wijk.settings[section], **overrides.get(section, {})} for section in wijk.settings}
    stated = {s: {k: v for k, v in values.items() if v is not None} for s, values in merged.items()}
    return dataclasses.replace(wijk, config=dataclasses.replace(wijk.config, settings=Settings.load(stated)))


def main(request: dict) -> int:
    """Make the plan; say where it lies."""
    given = request["peildatum"]
    try:
        wijk = with_settings(Wijk.open(request["wijk"]), request["settings"])
        report = make_plan(
            wijk,
            utc_moment(),
            peildatum=datetime.date.fromisoformat(given) if given else None,
            only=request["only"],
            progress=Lines(),
        )
    except ArsenaalError as error:
        say(str(error))
        return 1
    for name, seconds in report.seconds.items():
        say(f"{name}: {seconds:.1f} s")
    result({"plan": str(report.plan.gpkg), "warnings": "\n".join(report.warnings)})
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
