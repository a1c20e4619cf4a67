"""What the map may show: a density or smoothed rate only if it predicts better than the plain count."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .backtest import Backtest, backtest
from .density import kernel_density
from .ladder import Rung
from .network_density import lixels, network_density
from .rates import empirical_bayes
from .units import Units

COUNT, SMOOTHED, DENSITY = "telling", "afgevlakt", "dichtheid"
LIXEL_M = 1.0  # the walk of the network kernel is exact to half a cell a segment


@dataclass(frozen=True)
class Surface:
    """How a density is made.

    Attributes:
        bandwidth: Reach of the kernel, metres.
        cell: Raster cell, metres.
        start: (s,) node number at the begin of each segment.
        end: (s,) node number at its end.
    """

    bandwidth: float
    cell: float
    start: np.ndarray
    end: np.ndarray

    def on_plane(
        self, xy: np.ndarray, bounds: tuple[float, float, float, float]
    ) -> tuple[np.ndarray, float, float]:
        """Density of points in facts per hectare, with x_min and y_max of its whole cells."""
        low = np.floor(np.array(bounds[:2]) / self.cell) * self.cell
        high = np.ceil(np.array(bounds[2:]) / self.cell) * self.cell
        values = kernel_density(xy, (*low, *high), self.cell, self.bandwidth)
        return values, float(low[0]), float(high[1])

    def per_unit(self, facts: pd.DataFrame, units: Units) -> np.ndarray:
        """Density of placed points per unit: facts per m2 at a hexagon's centre, or per m of a segment."""
        facts = facts[facts["unit"] >= 0]
        if units.kind == "hexagon":
            xy, reach = units.centres, 2 * self.cell
            bounds = (*(xy.min(axis=0) - reach), *(xy.max(axis=0) + reach))
            values, x_min, y_max = self.on_plane(facts[["x", "y"]].to_numpy(), bounds)
            column = ((xy[:, 0] - x_min) / self.cell).astype(int)
            row = ((y_max - xy[:, 1]) / self.cell).astype(int)
            return values[row, column] / 10_000
        cells = lixels(units.size, LIXEL_M)
        at = cells.at(facts["unit"].to_numpy(), facts["along"].to_numpy())
        counts = np.bincount(at, minlength=len(cells.segment))
        density = network_density(self.start, self.end, cells, counts, self.bandwidth)
        return np.bincount(cells.segment, density * cells.length, minlength=len(units)) / units.size


def score(
    kind: str, facts: pd.DataFrame, low: np.ndarray, high: np.ndarray, units: Units, surface: Surface
) -> np.ndarray:
    """Facts per metre (or m2) of each unit, as a count, a smoothed rate or a density would map them.

    Args:
        kind: 'telling', 'afgevlakt' or 'dichtheid'.
        facts: The placed facts of the period.
        low: (n,) fewest facts.
        high: (n,) most facts.
        units: The n units.
        surface: How a density is made.

    Returns:
        (n,) facts per metre or m2 in the period.
    """
    if kind == DENSITY:
        return surface.per_unit(facts, units)
    middle = (low + high) / 2
    if kind == SMOOTHED:
        return np.nan_to_num(empirical_bayes(middle, units.dwellings) * units.dwellings) / units.size
    return middle / units.size


def candidate(rung: Rung, units: Units, points: bool) -> str:
    """The best map that so many facts allow: a density of points, else a smoothed rate, else the count."""
    if points and rung.density:
        return DENSITY
    return SMOOTHED if rung.hotspots and (units.dwellings > 0).any() else COUNT


def against_count(
    made: np.ndarray,
    earlier: np.ndarray,
    later: np.ndarray,
    units: Units,
    *,
    share: float,
    draws: int,
    seed: int,
) -> Backtest | None:
    """Back-test a map of the earlier period against its plain count; None where nothing can be tested."""
    if later.sum() < 1 or earlier.sum() < 1 or len(units) < 2:
        return None
    return backtest(made, earlier, np.round(later), units.size, share=share, draws=draws, seed=seed)
