"""Running the command line in a process of its own.

Import touches ``wijk.gpkg``, which QGIS may hold open. Two SQLite libraries in one process ignore each
other's locks and ruin the file; two processes do not (docs/platform.md).
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from queue import Empty, Queue
from threading import Thread

from ..arsenaal_gis.errors import Cancelled, WorkspaceError
from ..compat import python
from ..texts import FOLDER, tr
from .feedback import FeedbackProgress

# How often to look whether the user cancelled, seconds.
POLL = 0.2
PROGRAM = "import sys; from arsenaal_gis.cli import main; sys.exit(main())"


def run(arguments: Sequence[str], progress: FeedbackProgress) -> str:
    """Run ``arsenaal`` with these arguments.

    Args:
        arguments: Command and its arguments.
        progress: Gets every line; cancelling ends the process.

    Returns:
        All that it printed.

    Raises:
        WorkspaceError: It ended with an error; carries its last words.
        Cancelled: The user stopped it.
    """
    path = os.pathsep.join([str(FOLDER), *(entry for entry in sys.path if entry)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = [python(), "-c", PROGRAM, *arguments]
    child = subprocess.Popen(  # noqa: S603  our own module with arguments in a list, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    lines: Queue[str] = Queue()
    reader = Thread(target=_drain, args=(child, lines), daemon=True)
    reader.start()
    said = []
    try:
        while reader.is_alive() or not lines.empty():
            progress.check()
            try:
                line = lines.get(timeout=POLL)
            except Empty:
                continue
            said.append(line)
            progress.message(line)
    except Cancelled:
        child.terminate()
        child.wait()
        raise
    if child.wait() != 0:
        last = "\n".join(said[-8:]) or tr("It said nothing.")
        raise WorkspaceError(last, f"arsenaal {arguments[0]}")
    return "\n".join(said)


def _drain(child: "subprocess.Popen[str]", lines: "Queue[str]") -> None:
    for line in child.stdout:
        lines.put(line.rstrip())
