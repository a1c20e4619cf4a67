"""The periods that are compared: the last twelve months of a series and the twelve before."""

from dataclasses import dataclass

from .series import Series

YEAR = 12
PERIODS = ("laatste", "vorige")


@dataclass(frozen=True)
class Period:
    """Twelve months (or what there is of them) of a series.

    Attributes:
        name: 'laatste' or 'vorige'.
        first: First month.
        last: Last month.
        known: Months of these that were delivered.
    """

    name: str
    first: int
    last: int
    known: int


def periods(series: Series) -> list[Period]:
    """The last twelve months of a series and, where they were delivered whole, the twelve before."""
    out = []
    for step, name in enumerate(PERIODS):
        last = series.last - YEAR * step
        first = max(series.first, last - YEAR + 1)
        if step == 0 or last - YEAR + 1 >= series.first:
            known = sum(month not in series.missing for month in range(first, last + 1))
            out.append(Period(name, first, last, known))
    return out
