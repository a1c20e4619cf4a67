"""Teams and their shifts in the week that is planned."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import ConfigError

# First and last hour of each daypart.
HOURS = {"wd_09_12": (9, 12), "wd_13_17": (13, 17), "wd_17_20": (17, 20), "za_10_13": (10, 13)}
# Role that a kind of visit asks for; any team may make the others.
ROLE = {
    "veiligheid": "woonscreener",
    "juridisch": "wijkjurist",
    "renovatie": "benovatiecoach",
    "energiescan": "energiescanner",
}


@dataclass(frozen=True)
class Shift:
    """One team on one daypart.

    Attributes:
        team: Name of the team.
        day: Date.
        daypart: Code of the daypart.
        roles: Roles in the team.
        people: Number of people.
        minutes: Time for walking and visiting, breaks taken off.
    """

    team: str
    day: dt.date
    daypart: str
    roles: frozenset[str]
    people: int
    minutes: float

    @property
    def begins(self) -> dt.datetime:
        """Moment at which the team leaves."""
        return dt.datetime.combine(self.day, dt.time(HOURS[self.daypart][0]))

    def may(self, kind: str, together: tuple[str, ...]) -> bool:
        """Whether the team may make a kind of visit: the role is there, and two people where two must go."""
        return ROLE.get(kind, "") in ({""} | self.roles) and (self.people >= 2 or kind not in together)


def shifts(values: Mapping[str, Any], after: dt.date) -> list[Shift]:
    """Shifts of every team in the first week that begins after a date.

    Args:
        values: Settings of section ``bezoeken``.
        after: The peildatum: the first working day after it is day one.

    Returns:
        One shift per team and day, in order.

    Raises:
        ConfigError: A team without a name or an unknown daypart.
    """
    found = []
    day = after
    for daypart in values["dagdelen"]:
        if daypart not in HOURS:
            raise ConfigError(
                f"Unknown daypart {daypart!r}.", "[bezoeken] dagdelen", f"Choose from {', '.join(HOURS)}."
            )
        day = next_day(day, saturday=daypart == "za_10_13")
        first, last = HOURS[daypart]
        length = min(values["dienst_min"], 60 * (last - first)) - values["pauze_min"]
        for team in values["teams"]:
            if not isinstance(team, dict) or not team.get("naam"):
                raise ConfigError("A team has no name.", "[bezoeken] teams", 'Write naam = "team A".')
            found.append(
                Shift(
                    str(team["naam"]),
                    day,
                    daypart,
                    frozenset(team.get("functies", [])),
                    int(team.get("personen", 2)),
                    float(length),
                )
            )
    return found


def next_day(day: dt.date, *, saturday: bool) -> dt.date:
    """The next Saturday, or the next day from Monday to Friday."""
    day += dt.timedelta(days=1)
    while (day.weekday() != 5) if saturday else (day.weekday() > 4):
        day += dt.timedelta(days=1)
    return day
