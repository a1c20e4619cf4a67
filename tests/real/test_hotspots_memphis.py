"""The robberies of Memphis, 2019: a city where hot spots are known to be."""

import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Transformer

from arsenaal_gis.hotspots import (
    backtest,
    benjamini_hochberg,
    getis_ord_star,
    kernel_density,
    knox,
    moran,
    permutations_needed,
)
from arsenaal_gis.hotspots.units import hexagons, inside


@pytest.fixture(scope="module")
def robberies(shared_data):
    table = pd.read_csv(shared_data / "memphis/memphis_robberies_2019.csv")
    x, y = Transformer.from_crs(4326, 32616, always_xy=True).transform(table["lon"], table["lat"])
    return np.column_stack([x, y]), pd.to_datetime(table["datetime"])


@pytest.fixture(scope="module")
def counted(robberies):
    xy, _ = robberies
    city = shapely.concave_hull(shapely.multipoints(xy), 0.3).buffer(800)
    units = hexagons(city, None, 1000.0)
    where = inside(units.shapes, shapely.points(xy))
    return units, where, np.bincount(where, minlength=len(units))


def test_every_robbery_lies_in_one_hexagon(counted) -> None:
    units, where, counts = counted
    assert counts.sum() == 2245
    assert (where >= 0).all()
    assert np.ptp(units.size) < 1


def test_robberies_lie_together(counted) -> None:
    units, _, counts = counted
    assert moran(counts, units.adjacency).i == pytest.approx(0.447, abs=0.02)


def test_hotspots_hold_by_permutation_and_by_formula(counted) -> None:
    units, _, counts = counted
    draws = permutations_needed(len(units), 0.05)
    result = getis_ord_star(counts, units.adjacency, permutations=draws, seed=1)
    careful = benjamini_hochberg(result.p_permutation) & (result.z > 0)
    usual = benjamini_hochberg(result.p_analytic) & (result.z > 0)
    assert 5 <= careful.sum() <= 30
    assert 30 <= usual.sum() <= 160
    assert (result.p_permutation <= 0.05).sum() > 3 * careful.sum()  # what is shown without correction


def test_first_half_predicts_the_second_far_better_than_chance(robberies, counted) -> None:
    xy, moment = robberies
    units, where, _ = counted
    early = (moment.dt.month <= 6).to_numpy()
    first, second = (np.bincount(where[part], minlength=len(units)) for part in (early, ~early))
    x_min, y_min, x_max, y_max = (round(v / 100) * 100.0 for v in shapely.total_bounds(units.shapes))
    density = kernel_density(xy[early], (x_min, y_min, x_max, y_max), 100.0, 1000.0)
    column = np.clip(((units.centres[:, 0] - x_min) / 100).astype(int), 0, density.shape[1] - 1)
    row = np.clip(((y_max - units.centres[:, 1]) / 100).astype(int), 0, density.shape[0] - 1)
    result = backtest(density[row, column], first, second, units.size)
    assert result.count.pai > 3.5
    assert result.map.pai > 3.5
    assert not result.better  # the density is as good as the plain count, not demonstrably better


def test_robberies_repeat_nearby(robberies) -> None:
    xy, moment = robberies
    result = knox(xy, (moment - moment.min()).dt.days.to_numpy(), 200.0, 7.0)
    assert result.ratio > 1.2
    assert result.p_poisson < 0.001
