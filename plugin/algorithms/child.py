"""The library at work in a process of its own, outside QGIS.

Three reasons, each measured (docs/platform.md): two SQLite libraries in one process ignore each other's
locks and ruin a GeoPackage that QGIS holds open; two GEOS libraries in the QGIS program crash it; and numbers
that are crunched elsewhere never keep the window waiting.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from queue import Empty, Queue
from threading import Thread
from typing import Any

from qgis.core import QgsApplication

from ..arsenaal_gis.errors import Cancelled, WorkspaceError
from ..compat import python
from ..texts import FOLDER, tr
from .feedback import FeedbackProgress

# How often to look whether the user cancelled, seconds.
POLL = 0.2
# -P: not whatever arsenaal_gis the current folder may hold.
COMMAND_LINE = ("-P", "-c", "import sys; from arsenaal_gis.cli import main; sys.exit(main())")
PLAN = (str(FOLDER / "plan_process.py"),)
WHAT_IF = (str(FOLDER / "what_if_process.py"),)
SHADE = (str(FOLDER / "shade_process.py"),)
CHOICE = (str(FOLDER / "choice_process.py"),)
PAGES = ("-P", "-m", f"{FOLDER.name}.pages_process")
# What a line of those begins with when it is not for the reader.
SHARE, RESULT = "@share ", "@result "
# Last lines shown when the process fails.
LAST = 8


def command_line(arguments: Sequence[str], progress: FeedbackProgress) -> str:
    """Run ``arsenaal`` with these arguments and return what it printed.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    return _run([*COMMAND_LINE, *arguments], arguments[0], progress)[0]


def plan(request: dict[str, Any], progress: FeedbackProgress) -> dict[str, Any]:
    """Make a plan.

    Args:
        request: ``wijk`` (path), ``peildatum`` (ISO date or None), ``only`` (stages), ``settings`` (overrides
            by section).
        progress: Gets stages, shares and messages; cancelling ends the process.

    Returns:
        ``plan`` (path of its GeoPackage) and ``warnings`` (text).

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    return _run([*PLAN, json.dumps(request)], "plan", progress)[1]


def what_if(wijk: str, request: dict[str, Any], progress: FeedbackProgress) -> dict[str, Any]:
    """Compute once what changes do.

    Args:
        wijk: Its ``wijk.toml``.
        request: ``changes`` (measure, wkt in Lambert 72, height_m, crown_m) and ``path`` of the raster to write.
        progress: Cancelling it ends the process.

    Returns:
        ``path``, ``summary`` and ``notes``.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    return _run([*WHAT_IF, wijk, json.dumps(request)], "what_if", progress)[1]


def shade_hours(wijk: str, folder: str, progress: FeedbackProgress) -> dict[str, Any]:
    """Write shade hour by hour.

    Args:
        wijk: Its ``wijk.toml``.
        folder: Where the rasters come.
        progress: Cancelling it ends the process.

    Returns:
        ``hours``: ISO moment at which each begins, and its raster.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    return _run([*SHADE, json.dumps([wijk, folder])], "shade_hours", progress)[1]


def choice(wijk: str, request: dict[str, Any], progress: FeedbackProgress) -> dict[str, Any]:
    """Choose once from the places of a plan.

    Args:
        wijk: Its ``wijk.toml``.
        request: ``plan`` (moment, or empty for the newest), ``changes`` (settings of this choice) and ``path`` of
            the GeoPackage to write.
        progress: Cancelling it ends the process.

    Returns:
        ``chosen`` (ids) and ``totals``.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    return _run([*CHOICE, wijk, json.dumps(request)], "choice", progress)[1]


def pages(work: str, request: dict[str, Any], progress: FeedbackProgress) -> dict[str, Any]:
    """Do in a QGIS without a window what needs a project of its own.

    Args:
        work: Key of ``WORK`` in pages_process.py.
        request: What it asks for.
        progress: Cancelling it ends the process.

    Returns:
        What it says of its files.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    locale = QgsApplication.instance().locale()
    return _run([*PAGES, work, json.dumps(request), locale], work, progress)[1]


def environment() -> dict[str, str]:
    """Environment of a child: it finds the plugin's own library first, then what QGIS finds."""
    path = os.pathsep.join([str(FOLDER), str(FOLDER.parent), *(entry for entry in sys.path if entry)])
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}


def _run(arguments: Sequence[str], name: str, progress: FeedbackProgress) -> tuple[str, dict[str, Any]]:
    child = subprocess.Popen(
        [python(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=environment(), text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    lines: Queue[str] = Queue()
    reader = Thread(target=_drain, args=(child, lines), daemon=True)
    reader.start()
    said, result = [], {}
    try:
        while reader.is_alive() or not lines.empty():
            progress.check()
            try:
                line = lines.get(timeout=POLL)
            except Empty:
                continue
            if line.startswith(SHARE):
                progress.share(float(line.removeprefix(SHARE)))
            elif line.startswith(RESULT):
                result = json.loads(line.removeprefix(RESULT))
            else:
                said.append(line)
                progress.message(line)
    except Cancelled:
        child.terminate()
        child.wait()
        raise
    if child.wait() != 0:
        raise WorkspaceError("\n".join(said[-LAST:]) or tr("It said nothing."), f"arsenaal {name}")
    return "\n".join(said), result


def _drain(child: "subprocess.Popen[str]", lines: "Queue[str]") -> None:
    for line in child.stdout:
        lines.put(line.rstrip())
