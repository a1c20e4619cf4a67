"""The walking network on a real block: every door can be reached, and no way leads through a wall."""

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely

from arsenaal_gis.network import walking_network


@pytest.fixture(scope="module")
def block(shared_data):
    folder = shared_data / "block"
    streets = gpd.read_file(folder / "Wegsegment.shp")
    streets = streets.assign(segment_id=streets["WS_OIDN"].astype(int).astype(str), straat=streets["LSTRNM"])
    buildings = gpd.read_file(folder / "Gbg.shp").geometry.to_numpy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # older GDALs remark on GeoPackage 1.4
        addresses = gpd.read_file(folder / "Adressen.gpkg")
    return walking_network(streets, obstacles=buildings), addresses, buildings


def test_all_172_doors_stand_at_their_own_street_and_are_reached(block):
    network, addresses, _ = block
    doors = network.locate(addresses.geometry.to_numpy(), addresses["STRAATNM"])
    own = network.sides["straat"].to_numpy(object)[doors.side] == addresses["STRAATNM"].to_numpy(object)
    assert own.sum() >= 165  # court houses far behind the block take the nearest street
    matrix = network.travel_times(doors)
    assert np.isfinite(matrix).all() and matrix.max() < 600
    odd = addresses["HUISNR"].str.extract(r"(\d+)", expand=False).astype(int) % 2 == 1
    kant = network.sides["kant"].to_numpy(object)[doors.side]
    # the README: odd numbers on the left, even on the right
    assert ((kant == "L") == odd).mean() > 0.9


def test_ways_follow_the_streets_and_pass_through_no_building(block):
    network, addresses, buildings = block
    doors = network.locate(addresses.geometry.to_numpy(), addresses["STRAATNM"])
    route = network.route(doors, np.random.default_rng(1).permutation(172)[:60])
    walls = shapely.union_all(buildings)
    assert route.length > 2000 and route.intersection(walls).length < 0.01 * route.length


def test_the_quay_across_the_canal_is_not_connected(block):
    network, _, _ = block
    quay = np.flatnonzero(network.sides["straat"] == "Hanswijkvaart")[0]
    far = network.locate([network.sides.geometry.iloc[quay].centroid], ["Hanswijkvaart"])
    near = network.locate([network.sides.geometry.iloc[0].centroid])
    assert np.isinf(network.distances(near, far)).all()
