"""Commands around the street and the steering group: visits, compare."""

import argparse
from pathlib import Path

from .. import indicators, visits
from ..errors import ConfigError
from ..plan import latest_plan
from ..wijk import Wijk
from .base import Command, Outcome, iso_date, wijk_argument
from .console import Console


def _visits_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    record = actions.add_parser("record", help="add results from the street to the visit log")
    wijk_argument(record)
    record.add_argument("results", type=Path, help="CSV, XLSX, or the GeoPackage of a field package")
    record.add_argument("--peildatum", type=iso_date, help="last day that a visit can have")
    sheets = actions.add_parser(
        "sheets", help="write the rounds of a plan as CSV, XLSX and GPX, without social data"
    )
    wijk_argument(sheets)
    sheets.add_argument(
        "--out", type=Path, help="folder to write to; default: rondes/<plan> in the wijk folder"
    )
    sheets.add_argument("--team", default="", help="only this team")
    sheets.add_argument("--day", type=iso_date, help="only this day")
    sheets.add_argument("--plan", default="", help="moment of the plan; default: the newest")


def _visits(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    if args.action == "record":
        done = visits.record(wijk, args.results, args.peildatum)
        summary = {"added": done.added, "known": done.known, "refused": done.refused}
        return Outcome(done.lines(), summary, 1 if done.refused and not done.added + done.known else 0)
    plan = latest_plan(wijk, args.plan)
    rounds, stops = plan.layer("rondes"), plan.layer("ronde_stops")
    if args.team:
        rounds = rounds[rounds["team"].astype("string").eq(args.team)]
    if args.day:
        rounds = rounds[rounds["datum"].dt.date.eq(args.day)]
    if rounds.empty:
        raise ConfigError("There are no such rounds in this plan.", str(plan.gpkg), "See the layer 'rondes'.")
    written = visits.write_sheets(args.out or wijk.folder / "rondes" / plan.moment, rounds, stops)
    return Outcome([str(path) for path in written], {"files": [str(path) for path in written]})


VISITS = Command(
    "visits",
    "Record results from the street, or write today's rounds.",
    "'visits record' checks each row, adds what fits in one transaction and says of the rest which row and why.\n"
    "The same file read twice changes nothing.",
    _visits_arguments,
    _visits,
)


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument("before", help="moment of the earlier plan")
    parser.add_argument("after", nargs="?", default="", help="moment of the later plan; default: the newest")
    parser.add_argument(
        "--out", type=Path, help="folder to write to; default: vergelijking/ in the wijk folder"
    )


def _compare(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    before, after = latest_plan(wijk, args.before), latest_plan(wijk, args.after)
    comparison = indicators.compare(before, after)
    folder = args.out or wijk.folder / "vergelijking"
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{before.moment}_{after.moment}"
    gpkg, chart = folder / f"verandering_{stem}.gpkg", folder / f"verandering_{stem}.svg"
    indicators.write(comparison, gpkg)
    lines = [str(gpkg)]
    if len(comparison.indicators):
        chart.write_text(
            indicators.chart(comparison.indicators, f"Verandering in {wijk.config.name}"), encoding="utf-8"
        )
        lines.append(str(chart))
        lines += [f"{row.titel}: {row.in_woorden}" for row in comparison.indicators.itertuples()]
    lines.append(f"{len(comparison.rows)} changed rows.")
    return Outcome(
        lines, {"path": str(gpkg), "indicators": len(comparison.indicators), "rows": len(comparison.rows)}
    )


COMPARE = Command(
    "compare",
    "Compare two plans: what changed, and how sure that is.",
    "Shares with intervals, the same dwellings and all dwellings, unknown as its own class; 'niet aantoonbaar' where a\n"
    "difference cannot be shown.",
    _compare_arguments,
    _compare,
)
