import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import LineString, Point, box

from arsenaal_gis.network import walking_network
from arsenaal_gis.settings import Settings
from arsenaal_gis.unsealing import load_rules
from arsenaal_gis.unsealing.benefit import (
    add_cost,
    add_people,
    add_surroundings,
    add_water,
    spread_residents,
    walking_distances,
)

SETTINGS = Settings.load()["ontharding"]


def frame(geometry, **columns):
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=31370)


def test_cost_is_apiece_plus_per_square_metre():
    costs = {**SETTINGS, "kost_koer": {"stuk": [200, 400], "m2": [40, 90]}}
    result = add_cost(frame([box(0, 0, 5, 4)], type=["koer"], oppervlakte_m2=[20.0]), costs)
    assert result[["kost_laag_eur", "kost_hoog_eur", "kost_eur"]].iloc[0].tolist() == [1000, 2200, 1600]


def test_water_of_a_square_metre_of_garden_roof_and_garland():
    three = frame([box(0, 0, 1, 1)] * 3, type=["koer", "groendak", "groenslinger"], oppervlakte_m2=[1.0] * 3)
    result = add_water(three, SETTINGS, load_rules())
    # Methods B4: 98 -> 61 at 60 mm saves 50.2 L; at 20 mm 14.9 L; 0.56 m³ a year, 15-35 % of it infiltrates.
    assert result["piek_60mm_l"].tolist()[0] == pytest.approx(50.2, abs=0.05)
    assert result["piek_20mm_l"].tolist()[0] == pytest.approx(14.9, abs=0.05)
    assert result["vermeden_afvoer_m3_jaar"].tolist() == pytest.approx([0.56, 0.32, 0.0])
    assert result["infiltratie_laag_m3_jaar"].tolist() == pytest.approx([0.084, 0, 0])
    assert result["infiltratie_hoog_m3_jaar"].tolist() == pytest.approx([0.196, 0, 0])
    assert 0 < result["piek_60mm_l"].tolist()[1] < 50
    assert result["piek_60mm_l"].tolist()[2] == 0


def test_residents_of_a_cell_are_spread_over_its_homes_and_none_is_lost():
    homes = frame([Point(1, 1), Point(2, 2), Point(15, 5), Point(99, 99)])
    cells = frame([box(0, 0, 10, 10), box(10, 0, 20, 10)], inwoners=[5, 3])
    people = spread_residents(homes, cells)
    assert people[:3].tolist() == [2.5, 2.5, 3]
    assert np.isnan(people[3])


def test_people_on_foot_not_as_the_crow_flies():
    # Two parallel streets 40 m apart that meet only 200 m away.
    lines = [
        LineString([(0, 0), (200, 0)]),
        LineString([(0, 40), (200, 40)]),
        LineString([(200, 0), (200, 40)]),
    ]
    streets = frame(lines, segment_id=["a", "b", "c"], straat=["A", "B", "C"])
    network = walking_network(streets, half_width_m=3.0)
    places = frame([box(10, 2, 11, 3)], straat=["A"], type=["boomvak"])
    homes = frame([Point(30, 5), Point(10, 45)], straat=["A", "B"])
    distance, door = walking_distances(network, places, homes, 500.0)
    walk = distance[:, door][0]
    assert walk[0] < 60
    assert walk[1] > 300
    near = (walk <= 100)[None].astype(float)
    result = add_people(places, near, np.array([2.0, 3.0]), np.array([1.0, 0.0]), np.array([0.4, 0.9]), homes)
    assert result["inwoners_100m"].tolist() == [2]
    assert result["blootgesteld_100m"].tolist() == [2]
    assert result["groentekort"].tolist() == pytest.approx([0.4])
    assert result["boom_in_zicht"].tolist() == [2]


def test_unknown_residents_stay_unknown():
    places = frame([box(0, 0, 1, 1)], straat=["A"], type=["koer"])
    homes = frame([Point(1, 1)], straat=["A"])
    result = add_people(
        places, np.ones((1, 1)), np.array([np.nan]), np.array([np.nan]), np.array([np.nan]), homes
    )
    assert np.isnan(result["inwoners_100m"][0])
    assert np.isnan(result["groentekort"][0])


def test_distance_to_the_axis_and_reports_around():
    places = frame([box(0, 0, 1, 1)])
    result = add_surroundings(
        places, frame([LineString([(101, 0), (101, 9)])]), frame([Point(5, 0), Point(90, 0)]), 50
    )
    assert result["groenblauw_m"].tolist() == pytest.approx([100])
    assert result["meldingen_50m"].tolist() == [1]
    nothing = add_surroundings(places, frame([]), frame([]), 50)
    assert np.isnan(nothing["groenblauw_m"][0])
    assert np.isnan(nothing["meldingen_50m"][0])
