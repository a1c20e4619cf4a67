"""Which plan is meant: the one of a moment, or the latest that is whole."""

from functools import cache

from ..errors import WorkspaceError
from ..wijk import Plan, Wijk
from .stages import STAGES


def latest_plan(wijk: Wijk, moment: str = "") -> Plan:
    """The plan of a moment; without one, the newest in which every stage ran.

    A run of one analysis is a plan too, but nobody who asks for "the plan" means a plan without rounds or
    without places. Where no plan is whole, the newest stands in.

    Args:
        wijk: The wijk.
        moment: Moment that names the plan, e.g. ``20250630T101500Z``; its beginning is enough if only one
            plan begins so.

    Raises:
        WorkspaceError: There is no such plan, or more than one.
    """
    plans = wijk.plans()
    known = ", ".join(plan.moment for plan in plans) or "none"
    if not plans:
        raise WorkspaceError("There is no plan yet.", str(wijk.folder / "plannen"), "Run 'arsenaal plan'.")
    if not moment:
        return next((plan for plan in reversed(plans) if is_whole(plan)), plans[-1])
    meant = [plan for plan in plans if plan.moment.startswith(moment)]
    if len(meant) != 1:
        raise WorkspaceError(
            f"There {'are several plans' if meant else 'is no plan'} '{moment}'.",
            str(wijk.folder / "plannen"),
            f"Known: {known}.",
        )
    return meant[0]


@cache  # a finished plan never changes, and each has to be opened
def is_whole(plan: Plan) -> bool:
    """Whether every stage of this version ran in the plan."""
    ran = ", ".join(plan.layer("run")["stappen"])
    return {stage.name for stage in STAGES} <= set(ran.split(", "))
