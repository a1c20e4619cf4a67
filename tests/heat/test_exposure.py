import numpy as np
import pandas as pd
import pytest
import shapely

from arsenaal_gis.heat.engine import heat_maps
from arsenaal_gis.heat.exposure import (
    axial,
    discs,
    exposure,
    hexagon_polygons,
    hexagons,
    index_with_people,
    ribbons,
    top_chance,
)
from arsenaal_gis.heat.ranking import reasons, stress_code

from .town import METHOD, surface


@pytest.fixture(scope="module")
def town():
    return surface()


def test_a_disc_holds_the_cells_within_its_radius(town):
    xy = np.array([[town.x_min + 50.5, town.y_max - 60.5], [town.x_min - 100, town.y_max]])
    cells = discs(xy, 10.0, town).within(np.ones(town.shape, bool))
    assert cells.size().tolist() == [317, 0]  # points of a unit lattice within 10: 317
    assert np.isnan(cells.mean(town.ground)[1])


def test_a_ribbon_takes_each_cell_once(town):
    line = shapely.LineString(
        [(town.x_min + 20.5, town.y_max - 40.5), (town.x_min + 60.5, town.y_max - 40.5)]
    )
    cells = ribbons([line], 2.0, town)
    assert cells.size()[0] == 41 * 5
    assert len(set(zip(cells.row, cells.column, strict=True))) == len(cells.row)


def test_hexagons_are_25_m_flat_to_flat_and_hold_their_cells(town):
    cells, q_r = hexagons(town, 25.0)
    polygons = hexagon_polygons(q_r, 25.0)
    assert cells.size().sum() == town.ground.size
    assert shapely.area(polygons) == pytest.approx(np.full(len(q_r), 25**2 * np.sqrt(3) / 2))
    west, south, east, north = shapely.bounds(polygons[0])
    assert east - west == pytest.approx(25.0) and north - south == pytest.approx(50 / np.sqrt(3))
    for place in range(0, len(q_r), 7):
        mine = cells.place == place
        x = town.x_min + cells.column[mine] + 0.5
        y = town.y_max - cells.row[mine] - 0.5
        assert shapely.contains_xy(polygons[place].buffer(1e-6), x, y).all()


def test_neighbouring_hexagons_share_an_edge():
    a, b = hexagon_polygons(np.array([[100, 200], [101, 200]]), 25.0)
    assert a.intersection(b.buffer(1e-9)).length / 2 == pytest.approx(25 / np.sqrt(3), rel=1e-3)
    assert [int(v[0]) for v in axial(*(np.array([c]) for c in a.centroid.coords[0]), 25.0)] == [100, 200]


def test_exposure_counts_outdoor_cells_only(town):
    maps = heat_maps(town, METHOD)
    xy = np.array([[town.x_min + 100.0, town.y_max - 50.0]])
    told = exposure(
        discs(xy, 25.0, town),
        xy,
        maps.pet,
        maps.sky,
        town,
        maps.air,
        METHOD.afternoon,
        len(METHOD.daytime),
        35.0,
    )
    row, column = np.mgrid[: town.shape[0], : town.shape[1]]
    near = (np.hypot(column + 0.5 - 100.5, row + 0.5 - 50.5) <= 25) & ~town.roof
    assert told.cells[0] == near.sum()
    assert told.pet_c[0] == pytest.approx(maps.pet[near].mean(dtype=float), abs=1e-4)
    assert told.excess_c[0] == pytest.approx(np.maximum(maps.pet[near] - 35, 0).mean(dtype=float), abs=1e-4)
    assert told.bijdrage_schaduw_c[0] < 0


def test_no_heat_no_priority_and_unknown_is_the_middle():
    traits = pd.DataFrame({"oud": [1.0, 0.0, np.nan, 1.0]})
    score, vulnerability = index_with_people(np.array([4.0, 4.0, 4.0, 0.0]), traits, {"oud": 2.0})
    assert score[3] == 0.0
    assert score[0] > score[2] > score[1] and vulnerability[2] == 1.0
    plain, ones = index_with_people(np.array([4.0, 2.0]), traits, {})
    assert plain.tolist() == [4.0, 2.0] and (ones == 1.0).all()


def test_chance_is_sure_where_places_differ_by_far():
    score = np.array([20.0, 1.0, 1.0, 1.0, 1.0])
    chance = top_chance(score, np.ones(5), np.ones(5), 1.0, np.random.default_rng(0))
    assert chance[0] == 1.0 and chance[1:].max() == 0.0
    equal = top_chance(np.full(50, 5.0), np.ones(50), np.ones(50), 1.0, np.random.default_rng(0))
    assert equal.mean() == pytest.approx(0.2) and equal.max() < 0.4


def test_reasons_are_dutch_sentences_with_decimal_commas():
    row = {
        "pet_c": 46.66, "onzekerheid_c": 3.3, "bijdrage_schaduw_c": -1.0, "schaduw_pct": 12.0, "bijdrage_groen_c": -0.1,  # noqa: E501
        "groen_pct": 4.0, "bijdrage_wind_c": 3.0, "bijdrage_hitte_eiland_c": 0.5, "uhi_nacht_c": 4.44,
    }  # fmt: skip
    (text,) = reasons(pd.DataFrame([row]))
    assert text.startswith("PET 46,7 °C (±3,3); weinig schaduw: 12 % van de dag; weinig wind: +3,0 °C")
    assert reasons(pd.DataFrame([{**row, "pet_c": np.nan}])) == ["geen buitenruimte gemeten"]


def test_stress_codes():
    assert stress_code(np.array([10.0, 36.0, np.nan])).tolist() == ["koel", "sterk", "onbekend"]
