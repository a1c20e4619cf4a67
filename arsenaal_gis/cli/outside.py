"""Commands that let something out of the wijk folder, or take it back: export, load, purge, pia."""

import argparse
import os
from pathlib import Path

from .. import export, privacy
from ..errors import ConfigError
from ..wijk import Wijk
from .base import Command, Outcome, iso_date, size, wijk_argument
from .console import Console

KEY_VARIABLE = "ARSENAAL_GEHEIM"


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument(
        "--tier", choices=("P1", "P2", "P3"), default="P1", help="audience (default: P1, the warehouse)"
    )
    parser.add_argument(
        "--out", type=Path, help="file to write; default: uitvoer/<wijk>_<tier>.gpkg in the wijk folder"
    )
    parser.add_argument("--plan", default="", help="moment of the plan; default: the newest")
    parser.add_argument(
        "--changes-since", default="", metavar="PLAN", help="only what is new, changed or gone since then"
    )
    parser.add_argument("--unit", choices=("straatzijde", "cel", "sector"), default="", help="unit of counts")
    parser.add_argument("--role", default="gis", help="role of who asks, for the access log; never a name")


def _export(args: argparse.Namespace, console: Console) -> Outcome:
    report = export.run(
        Wijk.open(args.wijk), args.tier, args.out, plan=args.plan, changes_since=args.changes_since, unit=args.unit,
        role=args.role, secret=os.environ.get(KEY_VARIABLE, "").encode(), progress=console,
    )  # fmt: skip
    lines = [f"{report.path} ({size(report.path)}), tier {report.tier}"]
    lines += [f"  {id:34} {rows:7} rows" for id, rows in report.rows.items()]
    lines += [f"  {path}" for path in report.files if path != report.path]
    lines += [f"! {f.layer}: {f.action}, {f.reason} ({f.rows} rijen)" for f in report.findings]
    summary = {"path": str(report.path), "tier": report.tier, "rows": report.rows}
    return Outcome(lines, summary | {"files": [str(path) for path in report.files]})


EXPORT = Command(
    "export",
    "Write the GeoPackage for the data warehouse, or open data, through disclosure control.",
    "Personal data never leaves this way. What is held back is named with its reason. Equal input gives equal bytes.\n"
    f"The key for pseudonyms is read from the environment variable {KEY_VARIABLE}; keep it outside the wijk folder.",
    _export_arguments,
    _export,
)


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("export", type=Path, help="a GeoPackage that 'arsenaal export' wrote")
    parser.add_argument("--to", required=True, metavar="DSN", help="postgresql://user@host/database")
    parser.add_argument("--schema", default="arsenaal", help="schema to load into (default: arsenaal)")


def _load(args: argparse.Namespace, console: Console) -> Outcome:
    report = export.load(args.export, args.to, args.schema, console)
    tables = sorted({*report.opened, *report.closed})
    lines = [f"{'table':34} {'opened':>8} {'closed':>8}"]
    lines += [f"{id:34} {report.opened.get(id, 0):8} {report.closed.get(id, 0):8}" for id in tables]
    return Outcome(lines, {"opened": report.opened, "closed": report.closed})


LOAD = Command(
    "load",
    "Bring a PostGIS schema up to an export, in one transaction.",
    "Loading twice changes nothing; whatever fails, the warehouse stays as it was.",
    _load_arguments,
    _load,
)


def _purge_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--before", type=iso_date, metavar="DATE", help="erase personal data dated before this day"
    )
    what.add_argument(
        "--dwelling", metavar="ID", help="erase everything personal about this dwelling or address"
    )
    parser.add_argument(
        "--role", default="onbekend", help="role of who asks, for the access log; never a name"
    )


def _purge(args: argparse.Namespace, console: Console) -> Outcome:
    done = privacy.purge(Wijk.open(args.wijk), before=args.before, dwelling=args.dwelling, role=args.role)
    lines = [f"{done.rows} rows removed, {done.emptied} rows emptied, {len(done.files)} files rewritten."]
    lines += [f"! still in {path}: remove it by hand" for path in done.left]
    summary = {"rows": done.rows, "emptied": done.emptied, "files": done.files, "left": done.left}
    return Outcome(lines, summary, 1 if done.left else 0)


PURGE = Command(
    "purge",
    "Erase personal data from the wijk folder, its reserve copies and every plan.",
    "The files are rewritten, so that no byte of the erased values is left. What lies outside the folder must be\n"
    "erased there, or the next import brings it back.",
    _purge_arguments,
    _purge,
)


def _pia_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument("--out", type=Path, help="folder to write to; default: the wijk folder")


def _pia(args: argparse.Namespace, console: Console) -> Outcome:
    if args.out is not None and not args.out.is_dir():
        raise ConfigError("This folder does not exist.", str(args.out), "Make it first.")
    written = privacy.pia(Wijk.open(args.wijk), args.out)
    return Outcome([str(path) for path in written], {"files": [str(path) for path in written]})


PIA = Command(
    "pia",
    "Write the privacy-impact report (HTML and CSV).",
    "Which personal fields exist, where from, purpose, retention, who may see them, and every release.",
    _pia_arguments,
    _pia,
)
