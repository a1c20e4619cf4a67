"""The real window: how long a step takes, and how long the event loop was kept waiting in it.

Bars (issue F): no block over 0.2 s while computing, dragging and listing, none over 1 s while loading; the window usable in under 3 s.
``blocked`` is by the clock and counts what others do on the machine; ``busy`` is the processor time of the window's own thread.
Loading are install_the_zip, open_the_practice_wijk, see_the_new_plan, see_the_new_rounds and reload_twenty_times.
"""

import shutil
import tempfile
from pathlib import Path

from scripts.build_zip import ROOT, pack, tree
from scripts.window import journey


def run():
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        wijk = shutil.copytree(
            ROOT / "build" / "oefenwijk", base / "wijk", ignore=shutil.ignore_patterns("plannen")
        )
        archive = pack(tree(base / "zip"), base / "arsenaal.zip")
        told = journey(archive, wijk, ROOT / "build" / "journey" / "bench", base / "profiel")
    return [*told["steps"], *([{"error": told["error"]}] if told["error"] else [])]
