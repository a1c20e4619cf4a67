"""Run inside QGIS by open_qgis.sh: open the wijk that ARSENAAL_OPEN names, once the window stands.

With ARSENAAL_SHOT a picture of the window is saved there, beside it a JSON with what was seen, and QGIS
closes: that is how the tests look at a real window and how docs/img is made. ARSENAAL_ROW chooses that row
of the dock's list first.
"""

import json
import os
import time
import traceback
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.utils import iface, plugins

SHOT = os.environ.get("ARSENAAL_SHOT")


def start() -> None:
    """Open the wijk, time it, and take the picture when the map is drawn."""
    begin = time.perf_counter()
    try:
        opened = plugins["arsenaal"].open(os.environ["ARSENAAL_OPEN"])
        seen = {"seconds": time.perf_counter() - begin, "layers": sorted(opened.layers) if opened else []}
    except Exception:  # an exception here would open a dialog that nobody can close
        opened, seen = None, {"error": traceback.format_exc()}
    if not SHOT:
        return
    if opened is None:
        finish(seen)
        return
    ranked = plugins["arsenaal"].dock.ranked
    if os.environ.get("ARSENAAL_ROW") and ranked.model is not None:
        row = int(os.environ["ARSENAAL_ROW"])
        ranked.table.selectRow(row)
        ranked.table.activated.emit(ranked.model.index(row, 0))
    seen["ranked"] = 0 if ranked.model is None else ranked.model.rowCount()
    iface.mapCanvas().mapCanvasRefreshed.connect(lambda: QTimer.singleShot(500, lambda: finish(seen)))
    iface.mapCanvas().refresh()


def finish(seen: dict) -> None:
    """Save picture and findings, then leave without questions."""
    iface.mainWindow().grab().save(SHOT)
    Path(SHOT).with_suffix(".json").write_text(json.dumps(seen), encoding="utf-8")
    QgsProject.instance().setDirty(False)
    os._exit(0)


if SHOT:
    iface.mainWindow().resize(1600, 1000)
QTimer.singleShot(1500, start)
