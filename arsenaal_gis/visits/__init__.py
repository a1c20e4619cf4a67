"""House visits: who first and why, in what order on foot, and learning from every door.

    chances = answer_chance(log)                        # chance per daypart, from the log
    need = visit_need(dwellings, log, …)                # tier, points, reasons, next allowed moment
    plan = plan_rounds(need, doors, wijkhuis, network, week)
    record(wijk, path, peildatum)                       # results from the street, one transaction
    write_sheets(folder, rounds, stops)                 # CSV, XLSX and GPX per team and day
    progress_chart(progress, wave, "straat")            # SVG
    solve_team_orienteering(distances, prizes, n_routes, max_length)

The stage of the plan is ``stage.run``.
"""

from .answers import answer_chance
from .charts import progress_chart
from .check import broken_rules
from .coverage import progress_table
from .need import visit_need
from .orienteering import solve_team_orienteering
from .record import Recorded, record
from .rounds import RoundPlan, plan_rounds
from .sheets import write_sheets
from .shifts import Shift, shifts

__all__ = [
    "Recorded",
    "RoundPlan",
    "Shift",
    "answer_chance",
    "broken_rules",
    "plan_rounds",
    "progress_chart",
    "progress_table",
    "record",
    "shifts",
    "solve_team_orienteering",
    "visit_need",
    "write_sheets",
]
