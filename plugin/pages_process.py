"""What needs a QGIS project of its own, outside the window: pages on paper and the package for QField.

Started by algorithms/child.py with a request as JSON. A layout is drawn in the thread that owns the project, so
inside the window it would keep everybody waiting.
"""

import datetime
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from . import texts
from .arsenaal_gis.errors import ArsenaalError
from .arsenaal_gis.plan import latest_plan
from .arsenaal_gis.wijk import Wijk
from .field import make_package
from .lines import Lines, result, say
from .maps import MapJob, make_maps


def print_maps(request: dict) -> None:
    """Print the pages of a job."""
    produced = make_maps(MapJob.of(request), Lines())
    result(
        {
            "files": [str(path) for path in produced.files],
            "failed": produced.failed,
            "held_back": produced.held_back,
        }
    )


def field_package(request: dict) -> None:
    """Make the package of one team for one day."""
    wijk = Wijk.open(request["wijk"])
    plan = latest_plan(wijk, request["plan"])
    day = datetime.date.fromisoformat(request["day"])
    files = make_package(wijk, plan, request["team"], day, Path(request["folder"]))
    result({"files": [str(path) for path in files]})


WORK: dict[str, Callable[[dict], None]] = {"maps": print_maps, "field": field_package}


def main(name: str, request: dict, locale: str) -> int:
    """Do one piece of work in a QGIS without a window."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QgsApplication([], True)
    QgsApplication.setLocale(QLocale(locale))
    application.initQgis()
    translator = texts.install()  # ends when it is forgotten
    try:
        WORK[name](request)
    except ArsenaalError as error:
        say(str(error))
        return 1
    finally:
        del translator
        application.exitQgis()
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1], json.loads(sys.argv[2]), sys.argv[3])
    sys.stdout.flush()
    os._exit(code)  # QGIS may crash while it takes itself apart, after the work is done
