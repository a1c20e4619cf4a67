"""Write shade hour by hour outside QGIS: started by algorithms/child.py; knows nothing of QGIS."""

import datetime
import json
import sys
from pathlib import Path

from lines import Lines, result, say

from arsenaal_gis.errors import ArsenaalError, WorkspaceError
from arsenaal_gis.heat.hours import write_shade_hours
from arsenaal_gis.plan import PlanContext
from arsenaal_gis.wijk import Wijk


def main(wijk: str, folder: str) -> int:
    """Write the rasters; say which hour each is."""
    try:
        context = PlanContext(Wijk.open(wijk), datetime.date.min, Path(), Lines())
        made = write_shade_hours(context, Path(folder))
    except OSError as error:
        say(str(WorkspaceError(str(error), folder, "Choose a folder that can be written.")))
        return 1
    except ArsenaalError as error:
        say(str(error))
        return 1
    result({"hours": [[hour.begin.isoformat(), str(hour.path)] for hour in made]})
    return 0


if __name__ == "__main__":
    sys.exit(main(*json.loads(sys.argv[1])))
