"""The main job: every stage in order, from ``wijk.gpkg`` to one immutable plan folder."""

from .context import PlanContext
from .run import PlanReport, make_plan, newest_date, utc_moment

__all__ = ["PlanContext", "PlanReport", "make_plan", "newest_date", "utc_moment"]
