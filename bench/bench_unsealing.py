"""Unsealing on the practice wijk: search, ranking, re-ranking after a weight change, proven selection. CPU seconds."""

import dataclasses
import datetime
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from arsenaal_gis import demo, ingest
from arsenaal_gis.facts import stage as facts
from arsenaal_gis.heat import stage as heat
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.unsealing import find_candidates, load_rules, stage
from arsenaal_gis.unsealing.appraisal import appraise
from arsenaal_gis.unsealing.choice import conflicts
from arsenaal_gis.unsealing.programme import build
from arsenaal_gis.wijk import Wijk, import_delivery


def clock(work, times=3):
    """Median wall and CPU seconds of some runs."""
    taken = []
    for _ in range(times):
        begin, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begin, time.process_time() - cpu))
    wall, cpu = np.median(taken, axis=0)
    return {"wall": f"{wall:.2f} s", "CPU": f"{cpu:.2f} s"}


def run():
    with tempfile.TemporaryDirectory() as folder:
        demo.write(Path(folder) / "wijk")
        wijk = Wijk.open(Path(folder) / "wijk")
        import_delivery(wijk, ingest.read(wijk), "20250630T000000Z")
        plan = Path(folder) / "plan"
        plan.mkdir()
        context = PlanContext(Wijk.open(wijk.folder), datetime.date(2025, 6, 30), plan)
        facts.run(context)
        heat.run(context)
        yield {"whole unsealing stage after heat": "bar 15 s", **clock(lambda: stage.run(context), 1)}
        yield {"search for places alone": "", **clock(lambda: find_candidates(stage.read_site(context)), 1)}
        places = context.result("onthard_kandidaten")
        settings, rules = context.settings["ontharding"], load_rules()
        many = pd.concat([places] * (5000 // len(places) + 1), ignore_index=True)[:5000]
        yield {"re-rank 5000 places": "bar 0.2 s", **clock(lambda: appraise(many, settings, rules))}
        paid = places[places["type"].isin(settings["keuze_types"]) & (places["opportuniteit"] > 0)]
        programme = build(
            paid, 40_000.0, conflicts=conflicts(paid), max_per_street=settings["meest_per_straat"], floors={},
            vetoed=set(), fixed=set(), reach=None, demand=None, reach_weight=0.0, time_limit=60.0,
        )  # fmt: skip
        for share in (0.5, 1.0, 2.0):
            sized = dataclasses.replace(programme, budget=40_000 * share)
            found = sized.solve()
            yield {
                f"selection among {len(paid)} places, EUR {sized.budget:,.0f}": "bar 2 s",
                **clock(sized.solve),
                "chosen": int(found.chosen.sum()),
                "proven gap": f"{found.gap:.1e}",
            }
