"""Independent check of finished rounds against the protocol: reads tables, not the solver's arrays."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from ..errors import MethodError
from .rounds import RoundPlan
from .shifts import HOURS, ROLE, Shift


def broken_rules(
    plan: RoundPlan,
    need: pd.DataFrame,
    week: Sequence[Shift],
    together: Sequence[str],
    *,
    raise_first: bool = False,
) -> list[str]:
    """Check windows, shifts, roles, pairs, rest periods and dayparts of every stop.

    Args:
        plan: The rounds.
        need: Rows of ``bezoek_prioriteit`` they were made from.
        week: The shifts.
        together: Kinds of visit that two people make.
        raise_first: Raise for the first broken rule.

    Returns:
        Sentences, empty if all is well.

    Raises:
        MethodError: If asked and a rule is broken.
    """
    found: list[str] = []
    facts = need.set_index("woning_id")
    shift_of = {(shift.team, shift.day, shift.daypart): shift for shift in week}
    if len(plan.stops) and plan.stops["woning_id"].duplicated().any():
        found.append("a dwelling is visited twice")
    for round_ in plan.rounds.to_dict("records"):
        name = f"{round_['team']} on {round_['datum']:%Y-%m-%d}"
        shift = shift_of.get((round_["team"], round_["datum"].date(), round_["dagdeel"]))
        if shift is None:
            found.append(f"{name}: no such shift")
            continue
        if round_["duur_min"] > shift.minutes + 1e-6:
            found.append(f"{name}: takes {round_['duur_min']:.1f} of {shift.minutes:.0f} minutes")
        if round_["wandel_min"] + round_["deur_min"] > round_["duur_min"] + 1e-6:
            found.append(f"{name}: walking and visiting take longer than the round")
        stops = plan.stops[plan.stops["ronde_id"] == round_["ronde_id"]].sort_values("volgnummer")
        if not stops["aankomst"].is_monotonic_increasing:
            found.append(f"{name}: arrives before it left")
        for stop in stops.to_dict("records"):
            found += [
                f"{name}: {rule}" for rule in _stop_rules(stop, facts.loc[stop["woning_id"]], shift, together)
            ]
    missed = set(plan.summary["afspraken_niet_gepland"]) | set(plan.summary["niet_bereikbaar"])
    planned = set(plan.stops["woning_id"]) if len(plan.stops) else set()
    for dwelling, agreed in facts["afspraak_op"].dropna().items():
        if week and week[0].day <= agreed.date() <= week[-1].day and dwelling not in planned | missed:
            found.append(f"appointment with {dwelling} is neither kept nor told")
    if found and raise_first:
        raise MethodError(f"The rounds break a rule: {found[0]}.", "rounds", "Report this as a bug.")
    return found


def _stop_rules(stop: dict, dwelling: pd.Series, shift: Shift, together: Sequence[str]) -> list[str]:
    """What a stop breaks."""
    found = []
    kind = dwelling["bezoektype"]
    if ROLE.get(kind) and ROLE[kind] not in shift.roles:
        found.append(f"{kind} without {ROLE[kind]}")
    if kind in together and shift.people < 2:
        found.append(f"{kind} by one person")
    first = dt.datetime.combine(shift.day, dt.time(HOURS[shift.daypart][0]))
    if not first <= stop["aankomst"] <= first + dt.timedelta(minutes=shift.minutes):
        found.append("arrives outside the shift")
    agreed = dwelling["afspraak_op"]
    if pd.notna(agreed):
        late = (stop["aankomst"] - agreed).total_seconds()
        if not 0 <= late <= 900:
            found.append(f"appointment at {agreed:%H:%M}, arrives {stop['aankomst']:%H:%M}")
        return found
    allowed = dwelling["niet_voor"]
    if pd.isna(allowed) or allowed.date() > shift.day:
        found.append("comes in a rest period")
    tried = set(str(dwelling["dagdelen_geprobeerd"]).split(",")) & set(HOURS)
    if shift.daypart in tried and len(tried) < len(HOURS):
        found.append("comes at a daypart that was tried before")
    return found
