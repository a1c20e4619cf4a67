"""Stage: the base facts of the plan."""

from ..plan.context import PlanContext
from .dwellings import dwelling_facts
from .parcels import parcel_facts
from .streets import incidents_by_street, segment_facts, side_facts


def run(context: PlanContext) -> None:
    """Put ``perceel_feiten``, ``woning_feiten``, ``straatzijde_feiten``, ``straat_feiten`` and ``straat_incidenten``."""
    context.put("perceel_feiten", parcel_facts(context))
    context.progress.check()
    context.put("woning_feiten", dwelling_facts(context))
    context.progress.check()
    if context.layer("straten").empty:
        context.warn("Geen straten ingelezen: geen feiten per straat.")
        return
    sides = side_facts(context)
    context.put("straatzijde_feiten", sides)
    context.progress.check()
    context.put("straat_feiten", segment_facts(context, sides))
    context.put("straat_incidenten", incidents_by_street(context))
