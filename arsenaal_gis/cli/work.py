"""Commands that compute: plan and run."""

import argparse
from pathlib import Path

from .. import ingest
from ..plan import PlanReport, make_plan, utc_moment
from ..plan.stages import STAGES
from ..wijk import Wijk, import_delivery
from .base import Command, Outcome, iso_date, size, wijk_argument
from .console import Console
from .data import import_lines, unusable


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument(
        "--peildatum", type=iso_date, help="reference date; default: the newest date in the sources"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        action="extend",
        default=[],
        metavar="STAGE",
        help=f"only: {', '.join(s.name for s in STAGES)}",
    )
    parser.add_argument("--out", type=Path, help="folder for plans; default: plannen/ in the wijk folder")


def _plan(args: argparse.Namespace, console: Console) -> Outcome:
    report = make_plan(
        Wijk.open(args.wijk),
        utc_moment(),
        peildatum=args.peildatum,
        only=args.only,
        out=args.out,
        progress=console,
    )
    return Outcome(plan_lines(report), plan_summary(report))


def plan_lines(report: PlanReport) -> list[str]:
    """What a plan holds, for a person."""
    lines = [
        f"Plan {report.plan.moment}, peildatum {report.peildatum:%d-%m-%Y}: {report.plan.folder} ({size(report.plan.folder)})"
    ]
    lines += [f"  {path.name:34} {size(path):>9}" for path in sorted(report.plan.folder.iterdir())]
    lines += [f"  {id:34} {rows:6} rows" for id, rows in report.rows.items()]
    lines += ["Stages: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.seconds.items())]
    return lines + [f"! {text}" for text in report.warnings]


def plan_summary(report: PlanReport) -> dict[str, object]:
    """The same for a machine."""
    return {
        "plan": str(report.plan.folder),
        "moment": report.plan.moment,
        "peildatum": report.peildatum.isoformat(),
        "rows": report.rows,
        "seconds": {name: round(seconds, 3) for name, seconds in report.seconds.items()},
        "warnings": report.warnings,
    }


PLAN = Command(
    "plan",
    "Compute everything from wijk.gpkg into a new folder plannen/<UTC moment>/.",
    "A plan is never changed afterwards. The same inputs and peildatum give the same results.",
    _plan_arguments,
    _plan,
)


def _run(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    delivery = ingest.read(wijk, console)
    if stop := unusable(delivery):
        return stop
    imported = import_delivery(wijk, delivery, utc_moment(), console)
    report = make_plan(
        wijk, utc_moment(), peildatum=args.peildatum, only=args.only, out=args.out, progress=console
    )
    lines = [
        *delivery.report.text().splitlines(),
        "",
        *import_lines(imported),
        f"{imported.path} ({size(imported.path)})",
        "",
    ]
    summary = {"report": delivery.report.data(), "import": imported.changes, **plan_summary(report)}
    return Outcome(lines + plan_lines(report), summary)


RUN = Command(
    "run",
    "Do the main job: check, import, plan.",
    "Reads the sources named in wijk.toml, updates wijk.gpkg and computes a new plan.",
    _plan_arguments,
    _run,
)
