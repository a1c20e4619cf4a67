"""Commands for paper: maps, which starts ``qgis_process`` with the plugin's algorithm, and report, which needs no QGIS."""

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import ArsenaalError, WorkspaceError
from ..plan import latest_plan
from ..report import write_report
from ..report.themes import themes
from ..wijk import Wijk
from .base import Command, Outcome, wijk_argument
from .console import Console

QGIS_ABSENT = 3
_SHEETS = ("A3", "A1", "A0", "rol914", "A4", "A5")
_PRODUCTS = ("kaarten", "fiches", "rondes", "bouwblokken", "straten", "verslag")
_STATES = ("ONTWERP", "DEFINITIEF")
_LANGUAGES = ("nl", "en")


class QgisAbsentError(ArsenaalError):
    """QGIS is needed for this and is not here."""

    exit_code = QGIS_ABSENT


def qgis_process() -> str:
    """The program that runs QGIS' algorithms without a window.

    On Debian the wrapper of that name is broken, so the binary behind it goes first.

    Raises:
        QgisAbsentError: With the command that installs QGIS.
    """
    for name in ("qgis_process.bin", "qgis_process", "qgis_process-qgis", "qgis_process-qgis-ltr"):
        if found := shutil.which(name):
            return found
    raise QgisAbsentError(
        "This needs QGIS, which is not installed here.",
        "qgis_process",
        "Install it: sudo apt-get install qgis python3-qgis (Debian, Ubuntu), or from qgis.org.",
    )


def plugin_folder() -> Path:
    """The folder that holds the plugin ``arsenaal`` as its zip does.

    Raises:
        QgisAbsentError: Neither a checkout nor an unpacked zip is near.
    """
    package = Path(__file__).resolve().parents[1]
    if (package.parent / "metadata.txt").exists() and package.parent.name == "arsenaal":
        return package.parent.parent
    built = package.parent / "build" / "arsenaal"
    if (built / "metadata.txt").is_file():
        made = (built / "metadata.txt").stat().st_mtime
        folders = (package, *(package.parent / name for name in ("plugin", "layers", "styles")))
        if any(
            path.stat().st_mtime > made
            for folder in folders
            for path in folder.rglob("*.*")
            if path.is_file() and path.suffix != ".pyc"
        ):
            raise QgisAbsentError(
                "The plugin in build/ is older than this checkout.", str(built), "Run 'make zip' first."
            )
        return built.parent
    raise QgisAbsentError(
        "The QGIS plugin is not here.",
        str(package.parent),
        "Install the plugin's zip in QGIS, or run 'make zip' in a checkout.",
    )


def run_algorithm(id: str, parameters: dict[str, object], console: Console) -> dict[str, Any]:
    """Run one of the plugin's algorithms in a process and a profile of its own.

    Args:
        id: Name of the algorithm, e.g. ``maps``.
        parameters: Its parameters; several choices as one text with commas (QGIS 3.22 reads no JSON).
        console: Gets what it says, with ``-v``.

    Returns:
        Its outputs by name.

    Raises:
        QgisAbsentError: QGIS or the plugin is not here.
        WorkspaceError: It failed; carries its last words.
    """
    program, plugins = qgis_process(), plugin_folder()
    with tempfile.TemporaryDirectory() as profile:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen", "QGIS_PLUGINPATH": str(plugins), "QGIS_CUSTOM_CONFIG_PATH": profile,
        }  # fmt: skip
        if (
            sys.base_prefix == "/usr"
        ):  # a virtual environment on the Python that QGIS itself runs: its libraries fit
            environment["PYTHONPATH"] = os.pathsep.join(
                path for path in sys.path if path.endswith("site-packages")
            )
        subprocess.run(
            [program, "plugins", "enable", "arsenaal"], env=environment, capture_output=True, check=False
        )
        console.stage(f"QGIS: arsenaal:{id}")
        done = subprocess.run(
            [program, "--json", "run", f"arsenaal:{id}", "--", *(f"{name}={value}" for name, value in parameters.items())],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        words = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise WorkspaceError(
            "QGIS could not do it: " + " ".join(words[-4:]), f"arsenaal:{id}", "Try again with -v."
        )
    return json.loads(done.stdout)["results"]


def _maps_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument(
        "--out", type=Path, help="folder for the pages; default: kaarten/<plan> in the wijk folder"
    )
    parser.add_argument("--themes", nargs="+", default=[], choices=[t.id for t in themes()], metavar="THEME",
                        help=f"only these: {', '.join(t.id for t in themes())}")  # fmt: skip
    parser.add_argument("--products", nargs="+", default=["kaarten"], choices=_PRODUCTS,
                        help="map series, card per chosen place (P1), sheet per round (P0), page per block or street (P2), yearly report; "
                        "default: kaarten")  # fmt: skip
    parser.add_argument(
        "--sheets",
        nargs="+",
        default=["A3"],
        choices=_SHEETS,
        help="A3 and larger for the series, A4 or A5 for rounds; default: A3, A4",
    )
    parser.add_argument("--grey", action="store_true", help="also for printers without colour")
    parser.add_argument("--png", type=int, default=0, metavar="DPI", help="also as PNG, e.g. 150 or 300")
    parser.add_argument("--final", action="store_true", help="stamp DEFINITIEF in place of ONTWERP")
    parser.add_argument("--language", choices=_LANGUAGES, default="nl")
    parser.add_argument("--organisation", default="", help="author unit, printed in the colophon")
    parser.add_argument("--plan", default="", help="moment of the plan; default: the newest")


def _chosen(known: Sequence[str], wanted: Sequence[str]) -> str:
    """Choices as QGIS counts them, with commas between."""
    return ",".join(str(known.index(one)) for one in wanted)


def _maps(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    plan = latest_plan(wijk, args.plan)
    out = args.out or wijk.folder / "kaarten" / plan.moment
    parameters: dict[str, object] = {
        "WIJK": wijk.folder / "wijk.toml", "FOLDER": out, "PLAN": plan.moment, "GREY": str(args.grey).lower(),
        "DPI": args.png, "STATE": _STATES.index("DEFINITIEF" if args.final else "ONTWERP"),
        "LANGUAGE": _LANGUAGES.index(args.language), "ORGANISATION": args.organisation,
        "PRODUCTS": _chosen(_PRODUCTS, args.products), "SHEETS": _chosen(_SHEETS, args.sheets),
    }  # fmt: skip
    if args.themes:
        parameters["THEMES"] = _chosen([theme.id for theme in themes()], args.themes)
    return _printed(run_algorithm("maps", parameters, console))


def _printed(results: Mapping[str, str]) -> Outcome:
    """What this run wrote, in order, and what failed."""
    lines = results["REPORT"].split("\n")
    problems = [line for line in lines if line.startswith("! ")]
    return Outcome(lines, {"files": [line for line in lines if line not in problems], "problems": problems})


MAPS = Command(
    "maps",
    "Print the map series as GeoPDF (needs QGIS).",
    "Pages for the steering group are made from data released at tier P2: what is suppressed on paper is absent from\n"
    "the file. A page that fails is named and does not take the others with it. Exit code 3: QGIS is absent.",
    _maps_arguments,
    _maps,
)


def _report_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument("--out", type=Path, help="folder; default: verslag/<plan> in the wijk folder")
    parser.add_argument("--plan", default="", help="moment of the plan; default: the newest")
    parser.add_argument("--before", default="", metavar="PLAN", help="an earlier plan to compare with")
    parser.add_argument("--pdf", action="store_true", help="also as PDF with its maps on A3 (needs QGIS)")


def _report(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    plan = latest_plan(wijk, args.plan)
    before = latest_plan(wijk, args.before) if args.before else None
    out = args.out or wijk.folder / "verslag" / plan.moment
    if args.pdf:
        parameters: dict[str, object] = {
            "WIJK": wijk.folder / "wijk.toml", "FOLDER": out, "PLAN": plan.moment, "BEFORE": args.before,
            "PRODUCTS": _chosen(_PRODUCTS, ("kaarten", "verslag")),
        }  # fmt: skip
        return _printed(run_algorithm("maps", parameters, console))
    written = write_report(wijk, plan, out, before=before, today=datetime.date.today(), progress=console)
    return Outcome([str(path) for path in written], {"files": [str(path) for path in written]})


REPORT = Command(
    "report",
    "Write the yearly report as HTML with CSV tables (no QGIS needed), with --pdf also on paper.",
    "Made from data released at tier P2. Says of every change how sure it is. --pdf prints the maps as well and starts\n"
    "QGIS for it; exit code 3: QGIS is absent.",
    _report_arguments,
    _report,
)
