"""Unsealing on the practice wijk: search, ranking, re-ranking after a weight change, proven selection. CPU seconds."""

import datetime
import tempfile
import time
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd

from arsenaal_gis import demo, ingest
from arsenaal_gis.facts import stage as facts
from arsenaal_gis.heat import stage as heat
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.unsealing import choice, find_candidates, load_rules, select_places, stage
from arsenaal_gis.unsealing.appraisal import appraise
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
        asked = {}

        def keep(candidates, budget, **options):
            asked.update(options, candidates=candidates)
            return select_places(candidates, budget, **options)

        with mock.patch.object(choice, "select_places", keep):
            yield {"whole unsealing stage after heat": "bar 15 s", **clock(lambda: stage.run(context), 1)}
        yield {"search for places alone": "", **clock(lambda: find_candidates(stage.read_site(context)), 1)}
        places = context.result("onthard_kandidaten")
        settings, rules = context.settings["ontharding"], load_rules()
        many = pd.concat([places] * (5000 // len(places) + 1), ignore_index=True)[:5000]
        yield {"re-rank 5000 places": "bar 0.2 s", **clock(lambda: appraise(many, settings, rules))}
        paid = asked.pop("candidates")
        options = {name: value for name, value in asked.items() if name not in ("compare", "previous")}
        for budget in (20_000, 40_000, 60_000):
            for compare in (False, True):
                found = select_places(paid, budget, compare=compare, **options)
                yield {
                    f"{'best set, runner-up, +10 %, fairness' if compare else 'best set'} of {len(paid)} places, EUR {budget:,}": "bar 2 s",
                    **clock(lambda b=budget, c=compare: select_places(paid, b, compare=c, **options)),
                    "chosen": len(found.chosen),
                    "proven gap": f"{found.gap:.1e}",
                }
