"""The walking network on streets small enough to check by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis.errors import MethodError
from arsenaal_gis.network import boundary_points, walking_network


def streets(*lines, names=None):
    frame = gpd.GeoDataFrame(
        {"segment_id": [str(i) for i in range(len(lines))]},
        geometry=[shapely.LineString(line) if len(line) else shapely.LineString() for line in lines],
        crs=31370,
    )
    if names is not None:
        frame["straat"] = names
    return frame


def points(*xy):
    return [shapely.Point(p) for p in xy]


STRAIGHT = [(0, 0), (100, 0)]


def test_doors_are_projected_on_their_own_side():
    network = walking_network(streets(STRAIGHT))
    doors = network.locate(points((30, 6), (70, 6), (30, -6)))
    assert list(network.sides.straatzijde_id.iloc[doors.side]) == ["0_L", "0_L", "0_R"]


def test_walking_along_one_side_is_the_distance_between_doors_plus_the_steps_to_them():
    network = walking_network(streets(STRAIGHT, [(100, 0), (200, 0)], [(0, 0), (-50, 0)]))
    doors = network.locate(points((30, 6), (70, 6)))
    assert network.distances(doors)[0, 1] == pytest.approx(40 + 2 + 2)


def test_the_other_side_costs_a_walk_to_a_crossing_and_its_waiting_time():
    network = walking_network(
        streets([(-100, 0), (0, 0)], STRAIGHT, [(100, 0), (200, 0)]), crossing_s=15, midblock_m=50
    )
    doors = network.locate(points((40, 4), (40, -4)))
    # ten metres to the crossing at 50 m, eight across, ten back
    assert network.distances(doors)[0, 1] == pytest.approx(28)
    assert network.travel_times(doors)[0, 1] == pytest.approx(28 / 1.25 + 15)


def test_without_crossings_inside_a_street_one_crosses_at_the_junction():
    network = walking_network(streets([(-100, 0), (0, 0)], STRAIGHT, [(100, 0), (200, 0)]), midblock_m=np.inf)
    doors = network.locate(points((40, 4), (40, -4)))
    assert network.distances(doors)[0, 1] == pytest.approx(40 + 8 + 40)


def test_going_round_the_block_crosses_nothing():
    square = [[(0, 0), (100, 0)], [(100, 0), (100, 100)], [(100, 100), (0, 100)], [(0, 100), (0, 0)]]
    network = walking_network(streets(*square), crossing_s=1000, half_width_m=5)
    inner = network.locate(points((50, 5), (95, 50), (50, 95), (5, 50)))
    assert np.allclose(network.travel_times(inner)[0], np.array([0, 90, 180, 90]) / 1.25)


def test_a_dead_end_is_walked_around_at_its_head():
    network = walking_network(
        streets(STRAIGHT, [(0, 0), (0, 80)], [(0, 0), (0, -80)]), crossing_s=600, midblock_m=np.inf
    )
    doors = network.locate(points((98, 4), (98, -4)))
    assert network.travel_times(doors)[0, 1] < 20


def test_pieces_that_do_not_connect_are_infinitely_far():
    network = walking_network(streets(STRAIGHT, [(0, 500), (100, 500)]))
    doors = network.locate(points((50, 5), (50, 505)))
    assert np.isinf(network.distances(doors)[0, 1])
    distance, target = network.nearest(doors.take([0]), doors.take([1]))
    assert np.isinf(distance[0]) and target[0] == -1
    assert network.route(doors, [0, 1]).length >= 490


def test_zero_length_empty_and_looping_segments_do_not_disturb():
    loop = [(100, 0), (130, 30), (160, 0), (130, -30), (100, 0)]
    network = walking_network(streets(STRAIGHT, [(5, 5), (5, 5)], [], loop))
    assert set(network.sides.segment_id) == {"0", "3"}
    matrix = network.distances(network.locate(points((50, 5), (130, 36), (130, 20))))
    assert np.isfinite(matrix).all()


def test_an_end_that_touches_a_street_half_way_makes_a_junction():
    network = walking_network(streets(STRAIGHT, [(50, 0.2), (50, 80)]))
    doors = network.locate(points((20, 4), (46, 60)))
    assert network.distances(doors)[0, 1] == pytest.approx(26 + 56, abs=2)


def test_a_bridge_over_a_street_does_not_meet_it():
    network = walking_network(streets(STRAIGHT, [(50, -80), (50, 80)]))
    doors = network.locate(points((20, 4), (46, 60)))
    assert np.isinf(network.distances(doors)[0, 1])


def test_a_corner_house_belongs_to_the_street_of_its_address():
    network = walking_network(streets(STRAIGHT, [(0, 0), (0, 100)], names=["Hamerstraat", "Smisstraat"]))
    corner = points((6, 12))
    assert network.sides.straat[network.locate(corner).side[0]] == "Smisstraat"
    assert network.sides.straat[network.locate(corner, ["hamerstraat "]).side[0]] == "Hamerstraat"
    far = points((5, 90))
    assert network.sides.straat[network.locate(far, ["Hamerstraat"]).side[0]] == "Smisstraat"
    assert network.sides.straat[network.locate(far, [None]).side[0]] == "Smisstraat"


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA])
def test_an_address_without_a_street_takes_the_nearest_side(nothing):
    network = walking_network(streets(STRAIGHT, [(0, 0), (0, 100)], names=["Hamerstraat", nothing]))
    assert network.locate(points((50, 5), (5, 50)), [nothing, "Hamerstraat"]).side.tolist() == [0, 3]


@pytest.mark.parametrize("missing", [None, shapely.Point()])
def test_a_point_without_a_place_is_refused(missing):
    with pytest.raises(MethodError, match="no place"):
        walking_network(streets(STRAIGHT)).locate([shapely.Point(1, 1), missing])


def test_left_and_right_of_one_street_may_carry_two_names():
    frame = streets(STRAIGHT)
    frame["straat_links"], frame["straat_rechts"] = "Links", None
    assert list(walking_network(frame).sides.straat) == ["Links", None]


def test_a_door_far_from_any_street_keeps_its_distance():
    network = walking_network(streets(STRAIGHT))
    doors = network.locate(points((50, 304), (60, 4)))
    assert doors.access_m[0] == pytest.approx(300)
    assert network.distances(doors)[0, 1] == pytest.approx(310, abs=0.5)


def test_flats_behind_one_door_are_no_distance_apart():
    network = walking_network(streets(STRAIGHT))
    assert network.distances(network.locate(points((50, 6), (50, 6)))).max() < 1e-6


def test_pavements_keep_out_of_buildings():
    houses = [shapely.box(0, 2, 100, 20), shapely.box(0, -20, 100, -9)]
    network = walking_network(streets(STRAIGHT), obstacles=houses)
    assert not shapely.intersects(network.sides.geometry.to_numpy(), houses[0]).any()
    assert network.sides.geometry[1].interpolate(50).y == pytest.approx(-4)


def test_an_area_is_reached_at_its_nearest_edge():
    network = walking_network(streets(STRAIGHT))
    edges, owner = boundary_points([shapely.box(80, 10, 95, 60), shapely.box(300, 4, 310, 8)])
    distance, target = network.nearest(network.locate(points((20, 4))), network.locate(edges))
    assert distance[0] == pytest.approx(60 + 6, abs=0.1) and owner[target[0]] == 0


def test_no_points_and_no_targets_give_empty_answers():
    network = walking_network(streets(STRAIGHT))
    none, door = network.locate([]), network.locate(points((50, 5)))
    assert network.distances(none).shape == (0, 0)
    assert network.distances(door, none).shape == (1, 0)
    assert network.nearest(door, none)[0].tolist() == [np.inf]
    assert network.people_within(door, none, [], 100.0).tolist() == [0.0]


@pytest.mark.parametrize("frame", [streets([(1, 1), (1, 1)]), streets([]), streets()])
def test_streets_without_length_are_refused(frame):
    with pytest.raises(MethodError):
        walking_network(frame)


def test_degrees_are_refused():
    with pytest.raises(MethodError):
        walking_network(
            gpd.GeoDataFrame({"segment_id": ["1"]}, geometry=[shapely.LineString(STRAIGHT)], crs=4326)
        )


def grid(bends):
    """Four by four junctions 60 m apart, moved by ``bends``, joined by streets."""
    xy = np.array([(60 * i, 60 * j) for i in range(4) for j in range(4)], float) + np.array(bends)
    pairs = [(4 * i + j, 4 * i + j + 1) for i in range(4) for j in range(3)]
    pairs += [(4 * i + j, 4 * i + j + 4) for i in range(3) for j in range(4)]
    return streets(*[[tuple(xy[a]), tuple(xy[b])] for a, b in pairs])


bends = st.lists(st.tuples(st.floats(-15, 15), st.floats(-15, 15)), min_size=16, max_size=16)
places = st.lists(st.tuples(st.floats(-20, 200), st.floats(-20, 200)), min_size=3, max_size=8)


@settings(max_examples=25, deadline=None)
@given(bends, places)
def test_distances_are_a_metric_and_routes_are_as_long_as_the_times_say(moves, spots):
    network = walking_network(grid(moves))
    doors = network.locate(points(*spots))
    for matrix in (network.distances(doors), network.travel_times(doors)):
        assert np.isfinite(matrix).all() and np.allclose(matrix, matrix.T, atol=1e-6)
        assert (matrix[:, :, None] + matrix[None] >= matrix[:, None, :] - 1e-6).all()
    straight = np.hypot(*(doors.xy[:, None] - doors.xy[None]).transpose(2, 0, 1))
    assert (network.distances(doors) >= straight - 1e-6).all()
    walked = network.route(doors, [0, 1]).length + doors.access_m[[0, 1]].sum()
    seconds = network.travel_times(doors)[0, 1]
    waits = seconds - walked / network.speed_mps
    if np.allclose(doors.xy[0], doors.xy[1], atol=2e-3):
        return
    assert waits == pytest.approx(15 * round(waits / 15), abs=1e-3) and waits > -1e-3


@settings(max_examples=25, deadline=None)
@given(bends, places, places)
def test_nearest_and_people_within_agree_with_the_whole_matrix(moves, spots, targets):
    network = walking_network(grid(moves))
    doors, goals = network.locate(points(*spots)), network.locate(points(*targets))
    matrix = network.distances(doors, goals)
    distance, target = network.nearest(doors, goals)
    assert np.allclose(distance, matrix.min(1), atol=1e-6)
    assert np.allclose(matrix[np.arange(len(doors)), target], distance, atol=1e-6)
    people = np.arange(1.0, len(goals) + 1)
    assert np.allclose(network.people_within(doors, goals, people, 120.0), (matrix <= 120.0) @ people)


def test_a_limit_gives_the_same_distances_within_it_and_none_beyond():
    streets = gpd.GeoDataFrame(
        {"segment_id": ["a", "b"], "straat": ["A", "A"]},
        geometry=[shapely.LineString([(0, 0), (200, 0)]), shapely.LineString([(200, 0), (200, 200)])],
        crs=31370,
    )
    network = walking_network(streets)
    spots = network.locate([shapely.Point(x, 4) for x in (10, 60, 150)] + [shapely.Point(204, 150)])
    full, near = network.distances(spots), network.distances(spots, limit_m=100)
    assert np.array_equal(near, np.where(full <= 100, full, np.inf))
    assert np.isinf(near).any() and (np.isfinite(near).sum() > len(spots))
