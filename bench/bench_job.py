"""The main job on the practice wijk: seconds and share of each stage, and the memory it takes.

Bars (docs/platform.md, issue A and performance table): import and base facts under 20 s and 1.5 GB; the whole job with all stages
under 90 s, both on two free cores. Processor seconds are printed beside wall seconds, since the latter depend on who else works here.
"""

import resource
import tempfile
import time
from pathlib import Path

from arsenaal_gis import demo, ingest
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk, import_delivery

MOMENT = "20250701T000000Z"


def clock():
    """Wall and processor seconds."""
    return time.perf_counter(), time.process_time()


def run():
    """Rows of (what, wall s, processor s, share)."""
    with tempfile.TemporaryDirectory() as folder:
        demo.write(Path(folder))
        wijk = Wijk.open(folder)
        marks = [("begin", *clock())]
        delivery = ingest.read(wijk)
        marks.append(("check and read", *clock()))
        import_delivery(wijk, delivery, MOMENT)
        marks.append(("import", *clock()))
        report = make_plan(wijk, MOMENT)
        marks.append(("plan", *clock()))
        rows = [
            {"step": name, "wall_s": wall - w, "cpu_s": cpu - c}
            for (_, w, c), (name, wall, cpu) in zip(marks, marks[1:], strict=False)
        ]
        total = sum(row["wall_s"] for row in rows)
        rows += [{"step": f"  plan: {name}", "wall_s": seconds} for name, seconds in report.seconds.items()]
        first = rows[0]["wall_s"] + rows[1]["wall_s"] + report.seconds["feiten"] + report.seconds["schrijven"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = [(row["step"], f"{row['wall_s']:.1f} s", f"{row.get('cpu_s', float('nan')):.1f} s cpu",
              f"{100 * row['wall_s'] / total:.0f} %") for row in rows]  # fmt: skip
    lines.append(("import and base facts", f"{first:.1f} s", "bar 20 s"))
    lines.append(("whole job", f"{total:.1f} s", "bar 90 s"))
    return [*lines, ("peak memory of the process", f"{peak:.2f} GB", "bar 1.5 GB")]
