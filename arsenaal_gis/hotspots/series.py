"""Series of reported facts: one per source and kind of delivery, never added up."""

import datetime
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd
import shapely

ALL = "alle"
POINTS, COUNTS = "punten", "tellingen"
_CERTAIN = (
    4.6  # with this mean a month, a month without any fact has a chance below 1 %: it was not delivered
)


@dataclass(frozen=True)
class Series:
    """Facts of one source in one kind of delivery.

    Attributes:
        source: Code of the source, e.g. 'politie'.
        kind: 'punten' or 'tellingen'.
        facts: One row per point or count: month (int, see ``month_number``), categorie, low, high (number of
            facts, equal for points), straat, and for points geom and datum.
        first: First month delivered.
        last: Last whole month delivered on the reference date.
        missing: Months in between that were not delivered.
        notes: What a reader has to know, in Dutch.
    """

    source: str
    kind: str
    facts: pd.DataFrame
    first: int
    last: int
    missing: frozenset[int]
    notes: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """Source and kind, for sentences."""
        return f"{self.source} ({self.kind})"

    def of(self, category: str) -> pd.DataFrame:
        """Facts of a category; 'alle' gives all of this source."""
        return self.facts if category == ALL else self.facts[self.facts["categorie"] == category]

    @property
    def categories(self) -> list[str]:
        """'alle', then the categories present."""
        return [ALL, *sorted(self.facts["categorie"].unique())]


def month_number(dates: pd.Series) -> pd.Series:
    """Months counted through: 12 x year + month - 1."""
    return dates.dt.year * 12 + dates.dt.month - 1


def last_whole_month(day: datetime.date) -> int:
    """Number of the last month that is over at the end of ``day``."""
    number = day.year * 12 + day.month - 1
    return number if (day + datetime.timedelta(days=1)).month != day.month else number - 1


def month_start(number: int) -> datetime.date:
    """First day of a month number."""
    return datetime.date(number // 12, number % 12 + 1, 1)


def month_end(number: int) -> datetime.date:
    """Last day of a month number."""
    return month_start(number + 1) - datetime.timedelta(days=1)


def point_series(
    incidents: gpd.GeoDataFrame, boundary: shapely.Geometry | None, day: datetime.date
) -> list[Series]:
    """Make a series of each source of incident points.

    Args:
        incidents: Layer ``incidenten``.
        boundary: The wijk; points outside it are left out and counted. None keeps all.
        day: Reference date; later facts do not exist yet.

    Returns:
        One series per source that has at least one usable point.
    """
    out = []
    for source, rows in incidents.groupby("bron", sort=True):
        notes = []
        name = f"{source} ({POINTS})"
        known = rows["datum"].notna() & ~(rows.geometry.isna() | rows.geometry.is_empty)
        _note(notes, (~known).sum(), f"{name}: {{n}} zonder plaats of datum niet meegeteld.")
        rows = rows[known]
        if boundary is not None and len(rows):
            inside = shapely.covers(boundary, rows.geometry.to_numpy())
            _note(notes, (~inside).sum(), f"{name}: {{n}} buiten de wijk niet meegeteld.")
            rows = rows[inside]
        facts = pd.DataFrame(
            {
                "month": month_number(rows["datum"]).astype(int),
                "categorie": rows["categorie"].astype(object),
                "straat": rows["straat"].astype(object),
                "low": 1,
                "high": 1,
                "datum": rows["datum"],
                "x": shapely.get_x(rows.geometry.to_numpy()),
                "y": shapely.get_y(rows.geometry.to_numpy()),
            }
        )
        twice = facts.duplicated(["datum", "categorie", "x", "y"]).sum()
        _note(notes, twice, f"{name}: {{n}} met dag, plaats en categorie van een andere: mogelijk tweemaal "
              "gemeld; wel meegeteld.")  # fmt: skip
        out += _series(str(source), POINTS, facts, day, notes)
    return out


def count_series(counts: pd.DataFrame, day: datetime.date) -> list[Series]:
    """Make a series of each source of counts by street, month and category.

    Args:
        counts: Layer ``incident_tellingen``.
        day: Reference date.

    Returns:
        One series per source that has at least one usable count.
    """
    out = []
    for source, rows in counts.groupby("bron", sort=True):
        notes = []
        low = pd.to_numeric(rows["aantal_min"], errors="coerce").astype(float)
        high = pd.to_numeric(rows["aantal_max"], errors="coerce").astype(float)
        good = rows["maand"].notna() & (low >= 0) & (high >= low)
        name = f"{source} ({COUNTS})"
        bad = f"{name}: {{n}} zonder maand of met een negatief of onbekend aantal niet meegeteld."
        _note(notes, (~good).sum(), bad)
        rows, low, high = rows[good], low[good], high[good]
        interval = f"{name}: {{n}} als interval gegeven (<5); een toets moet voor beide grenzen gelden."
        _note(notes, (low < high).sum(), interval)
        facts = pd.DataFrame(
            {
                "month": month_number(rows["maand"]).astype(int),
                "categorie": rows["categorie"].astype(object),
                "straat": rows["straat"].astype(object),
                "low": low,
                "high": high,
            }
        )
        out += _series(str(source), COUNTS, facts, day, notes)
    return out


def double_counting(series: list[Series]) -> list[str]:
    """Say which series may hold the same facts, in Dutch sentences."""
    notes = []
    for i, one in enumerate(series):
        for other in series[i + 1 :]:
            shared = sorted(set(one.facts["categorie"]) & set(other.facts["categorie"]))
            if one.source == other.source:
                notes.append(
                    f"{one.name} en {other.name} komen van dezelfde bron en bevatten deels dezelfde feiten: "
                    "ze worden nooit opgeteld."
                )
            elif shared:
                both = ", ".join(category.replace("_", " ") for category in shared)
                notes.append(
                    f"{one.name} en {other.name} melden beide {both}: een feit kan in beide staan; "
                    "ze worden nooit opgeteld."
                )
    return notes


def _note(notes: list[str], n: int, text: str) -> None:
    if n:
        notes.append(text.format(n="1 rij" if n == 1 else f"{n} rijen"))


def _series(
    source: str, kind: str, facts: pd.DataFrame, day: datetime.date, notes: list[str]
) -> list[Series]:
    end = last_whole_month(day)
    facts = facts[facts["month"] <= end]
    if facts.empty:
        return []
    first, last = int(facts["month"].min()), int(facts["month"].max())
    present = set(facts["month"])
    absent = frozenset(range(first, last + 1)) - present
    missing = absent if facts["low"].sum() / len(present) > _CERTAIN else frozenset()
    if missing:
        months = ", ".join(f"{month_start(m):%m/%Y}" for m in sorted(missing))
        notes.append(
            f"{source} ({kind}): geen gegevens voor {months}; die maanden gelden als onbekend, niet als nul."
        )
    if last < end:
        notes.append(f"{source} ({kind}): de gegevens eindigen op {month_end(last):%d/%m/%Y}.")
    return [Series(source, kind, facts.reset_index(drop=True), first, last, missing, tuple(notes))]
