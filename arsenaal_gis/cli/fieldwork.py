"""The package that a team takes along on a tablet; made by QGIS."""

import argparse
from pathlib import Path

from ..plan import latest_plan
from ..visits.field import package_name
from ..wijk import Wijk
from .base import Command, Outcome, iso_date, wijk_argument
from .console import Console
from .printing import run_algorithm


def _arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument("--team", required=True, help="name of the team, as in the plan")
    parser.add_argument("--day", required=True, type=iso_date, help="day of its rounds, e.g. 2025-06-30")
    parser.add_argument(
        "--out", type=Path, help="folder to write to; default: veld/<package> in the wijk folder"
    )
    parser.add_argument("--plan", default="", help="moment of the plan; default: the newest")


def _field(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    plan = latest_plan(wijk, args.plan)
    name = package_name(args.team, args.day)
    folder = args.out or wijk.folder / "veld" / name
    parameters: dict[str, object] = {
        "WIJK": wijk.folder / "wijk.toml", "TEAM": args.team, "DAY": args.day.isoformat(), "PLAN": plan.moment,
        "FOLDER": folder.absolute(),
    }  # fmt: skip
    run_algorithm("field_package", parameters, console)
    files = [str(folder / f"{name}.{suffix}") for suffix in ("qgz", "gpkg")]
    lines = [*files, "Tier P0: for this team on this day only. Erase it from the device after the round."]
    return Outcome(lines, {"files": files, "tier": "P0"})


FIELD = Command(
    "field",
    "Make the QField package of one team for one day (needs QGIS).",
    "A project and a GeoPackage with only that team's stops of that day, at tier P0, logged as a release. A package\n"
    "that is there already is never overwritten. What comes back is read by 'visits record'. Exit code 3: QGIS is absent.",
    _arguments,
    _field,
)
