"""The main job: every stage in order, from ``wijk.gpkg`` to one immutable plan folder."""

from .context import PlanContext
from .latest import is_whole, latest_plan
from .run import PlanReport, make_plan, newest_date, utc_moment

__all__ = ["PlanContext", "PlanReport", "is_whole", "latest_plan", "make_plan", "newest_date", "utc_moment"]
