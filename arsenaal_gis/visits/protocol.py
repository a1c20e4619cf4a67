"""When a dwelling may be visited again: attempts, rest periods, waves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from .answers import CONTACT

WAVES = ("nulmeting", "nameting")


@dataclass(frozen=True)
class Rules:
    """The no-answer and re-visit protocol (methods D1).

    Attributes:
        max_attempts: Attempts without an answer before a dwelling counts as not reached.
        gap_days: Least days between attempts.
        stale_days: Most days between attempts.
        refusal_months: Rest after a refusal.
        revisit_months: Rest after a visit.
        advice_months: Rest after a visit, where advice was given.
        works_months: Rest after a visit, where works were done; also for unsafe dwellings.
        waves: First and last day of each wave.
    """

    max_attempts: int = 4
    gap_days: int = 3
    stale_days: int = 21
    refusal_months: int = 12
    revisit_months: int = 24
    advice_months: int = 3
    works_months: int = 1
    waves: Mapping[str, tuple[dt.date, dt.date]] = field(default_factory=dict)

    @classmethod
    def from_settings(cls, values: Mapping[str, Any]) -> "Rules":
        """Rules as set in section ``bezoeken``."""
        return cls(
            values["max_pogingen"],
            values["tussen_pogingen_min_dagen"],
            values["tussen_pogingen_max_dagen"],
            values["rust_weigering_maanden"],
            values["rust_bezoek_maanden"],
            values["rust_advies_maanden"],
            values["rust_werken_maanden"],
            {wave: (values[f"{wave}_van"], values[f"{wave}_tot"]) for wave in WAVES},
        )

    def wave(self, day: dt.date) -> str:
        """Wave in which a day lies: ``nulmeting``, ``nameting`` or ``andere``."""
        return next((name for name, (first, last) in self.waves.items() if first <= day <= last), "andere")


@dataclass(frozen=True)
class Visit:
    """One row of the log."""

    day: dt.date
    outcome: str
    daypart: str = "onbekend"
    wave: str = "andere"
    appointment: dt.datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Where a dwelling stands.

    Attributes:
        status: ``nooit``, ``bezocht``, ``geweigerd``, ``afspraak``, ``niet_thuis`` or ``niet_bereikt``.
        attempts: Attempts without an answer since the last contact, in this wave.
        not_before: First day on which a visit is allowed; None for not in this wave.
        not_after: Day by which the next attempt is due, if any.
        tried: Dayparts of those attempts.
        appointment: Agreed moment that still has to come, if any.
        last: The last visit, if any.
    """

    status: str
    attempts: int
    not_before: dt.date | None
    not_after: dt.date | None = None
    tried: tuple[str, ...] = ()
    appointment: dt.datetime | None = None
    last: Visit | None = None


def standing(
    visits: Sequence[Visit], on: dt.date, rules: Rules, *, unsafe: bool = False, phase: str = ""
) -> Standing:
    """Where a dwelling stands on a day.

    Args:
        visits: Its visits up to and including that day, in any order.
        on: The day.
        rules: The protocol.
        unsafe: A safety risk is known: refusals do not bar a visit, and a visit is repeated after
            ``works_months``.
        phase: Phase of the renovation (``advies_gegeven``, ``afgerond``, …).

    Returns:
        The standing.
    """
    log = sorted((visit for visit in visits if visit.day <= on), key=lambda visit: visit.day)
    if not log:
        return Standing("nooit", 0, on)
    last, wave = log[-1], rules.wave(on)
    earliest = dt.date.min
    if not unsafe:
        refused = [visit.day for visit in log if visit.outcome == "geweigerd"]
        earliest = max((months_after(day, rules.refusal_months) for day in refused), default=earliest)
    earliest = max(earliest, last.day + dt.timedelta(days=rules.gap_days))
    if last.outcome == "geweigerd":
        return Standing("geweigerd", 0, earliest, last=last)
    if last.outcome == "afspraak":
        agreed = last.appointment if last.appointment and last.appointment.date() > on else None
        return Standing("afspraak", 0, agreed.date() if agreed else earliest, appointment=agreed, last=last)
    if last.outcome == "bezocht":
        months = rules.revisit_months
        if unsafe or phase in ("afgerond", "in_uitvoering"):
            months = rules.works_months
        elif phase == "advies_gegeven":
            months = rules.advice_months
        if wave in WAVES and last.day < rules.waves[wave][0]:
            months = 0  # each wave measures every dwelling anew
        return Standing("bezocht", 0, max(earliest, months_after(last.day, months)), last=last)
    missed = _missed(log, on, wave, rules)
    tried = tuple(visit.daypart for visit in missed)
    if len(missed) >= rules.max_attempts:
        return Standing("niet_bereikt", len(missed), None, tried=tried, last=last)
    due = last.day + dt.timedelta(days=rules.stale_days) if missed else None
    return Standing("niet_thuis", len(missed), earliest, due, tried, last=last)


def _missed(log: list[Visit], on: dt.date, wave: str, rules: Rules) -> list[Visit]:
    """Attempts without an answer since the last contact that count now: of this wave, or of the last year."""
    since = next((i + 1 for i in range(len(log) - 1, -1, -1) if log[i].outcome in CONTACT), 0)
    if wave in WAVES:
        first = rules.waves[wave][0]
    else:
        first = months_after(on, -12)
    return [visit for visit in log[since:] if visit.day >= first]


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last of that month."""
    return (pd.Timestamp(day) + pd.DateOffset(months=months)).date()


def visits_by_dwelling(log: pd.DataFrame) -> dict[str, list[Visit]]:
    """The log (layer ``bezoeken``) as visits per ``woning_id``; rows without a dwelling are left out."""
    visits: dict[str, list[Visit]] = {}
    rows = log[log["woning_id"].notna() & log["datum"].notna()]
    for dwelling, day, outcome, part, wave, agreed in zip(
        rows["woning_id"],
        pd.to_datetime(rows["datum"]),
        rows["resultaat"],
        rows["dagdeel"],
        rows["golf"],
        pd.to_datetime(rows["afspraak_op"]),
        strict=True,
    ):
        visits.setdefault(str(dwelling), []).append(
            Visit(
                day.date(),
                str(outcome),
                "onbekend" if pd.isna(part) else str(part),
                str(wave),
                None if pd.isna(agreed) else agreed.to_pydatetime(),
            )
        )
    return visits
