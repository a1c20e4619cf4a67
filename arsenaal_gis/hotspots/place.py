"""Put the facts of a series on units: which unit, which month, how many."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from .series import POINTS, Series
from .units import Units, inside, nearest


@dataclass(frozen=True)
class Placed:
    """Facts of one series on one kind of units.

    Attributes:
        facts: The series' facts with ``unit`` (index, -1 = not placed) and, for points on streets, ``along``
            (metres from the segment's begin).
        first: First month of the cubes below.
        months: Number of months.
    """

    facts: pd.DataFrame
    first: int
    months: int

    def cube(self, category_rows: pd.Index, units: int) -> tuple[np.ndarray, np.ndarray]:
        """Fewest and most facts per unit and month, (units, months) each, of the rows given."""
        rows = self.facts.loc[category_rows]
        rows = rows[rows["unit"] >= 0]
        cell = rows["unit"].to_numpy() * self.months + (rows["month"].to_numpy() - self.first)
        shape = (units, self.months)
        low, high = (
            np.bincount(cell, rows[bound].to_numpy(float), minlength=units * self.months).reshape(shape)
            for bound in ("low", "high")
        )
        return low, high


def place(series: Series, units: Units, snap_m: float) -> Placed:
    """Find the unit of each fact.

    A point goes to the hexagon it lies in, or to the nearest street segment within ``snap_m`` (that of its
    own street name first, where the name is known). A count goes to the street of its name.

    Args:
        series: The facts.
        units: Segments or hexagons for points, streets for counts.
        snap_m: Farthest a point may lie from its street, metres.

    Returns:
        The facts with their unit.
    """
    facts = series.facts.copy()
    if series.kind != POINTS:
        key = {_plain(name): i for i, name in enumerate(units.street)}
        facts["unit"] = [key.get(_plain(name), -1) for name in facts["straat"]]
    else:
        points = shapely.points(facts["x"], facts["y"])
        if units.kind == "hexagon":
            facts["unit"] = inside(units.shapes, points)
        else:
            facts["unit"] = _on_streets(units, points, facts["straat"], snap_m)
            facts["along"] = 0.0
            on = facts["unit"].to_numpy() >= 0
            lines = units.shapes[facts["unit"].to_numpy()[on]]
            facts.loc[on, "along"] = shapely.line_locate_point(lines, points[on])
    return Placed(facts, series.first, series.last - series.first + 1)


def _on_streets(units: Units, points: np.ndarray, names: pd.Series, snap_m: float) -> np.ndarray:
    out = nearest(units.shapes, points, snap_m)
    street = np.array([_plain(name) for name in units.street], dtype=object)
    wanted = np.array([_plain(name) for name in names], dtype=object)
    for name in set(wanted) & set(street) - {""}:
        own, rows = np.flatnonzero(street == name), np.flatnonzero(wanted == name)
        found = nearest(units.shapes[own], points[rows], snap_m)
        out[rows[found >= 0]] = own[found[found >= 0]]
    return out


def _plain(name: object) -> str:
    """A street name as it is compared; nothing for an unknown one."""
    return "" if pd.isna(name) else " ".join(str(name).casefold().split())
