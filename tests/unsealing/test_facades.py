import numpy as np
import pytest
from shapely.geometry import Point, box

from arsenaal_gis.unsealing import load_rules
from arsenaal_gis.unsealing.facades import facade_runs, facade_strips, passages
from arsenaal_gis.unsealing.site import Site

from .drawn import layer, site, street


def strips(place):
    rules = load_rules()
    found, refused = facade_strips(place, rules, facade_runs(place, rules))
    return {row["adres_id"]: row for row in found}, {row["adres_id"]: row for row in refused}


@pytest.mark.parametrize(
    ("width", "depth", "verdict"),
    [
        (1.30, 0.30, "wettelijk_mogelijk"), (1.40, 0.40, "wettelijk_mogelijk"),
        (1.50, 0.45, "wettelijk_mogelijk"),
        (1.95, 0.45, "comfortabel"), (2.05, 0.45, "comfortabel"), (2.40, 0.45, "comfortabel"),
    ],
)  # fmt: skip
def test_known_widths_give_exactly_the_expected_strips(width, depth, verdict):
    found, refused = strips(site(width))
    assert not refused
    strip = found["n1"]
    # House on x 6-12, door at 7: free from 7.6 to 11.7; half of 6 m = 10 tiles, far from the door.
    expected = box(8.7, 3 + width - depth, 11.7, 3 + width)
    assert strip["geometry"].symmetric_difference(expected).area == pytest.approx(0, abs=1e-9)
    assert strip["voetpad_breedte_m"] == pytest.approx(width)
    assert strip["vrije_doorgang_m"] == pytest.approx(width - depth)
    assert strip["oordeel"] == verdict
    assert strip["breedte_bron"] == "boordsteen"


def test_tiles_and_the_row_that_is_cut():
    found, _ = strips(site(1.5))
    assert (found["n0"]["tegels"], found["n0"]["tegels_gezaagd"]) == (20, 10)
    assert found["n0"]["gezaagde_rij"] == "rij 2 op 15 cm"
    found, _ = strips(site(1.3))
    assert (found["n0"]["tegels"], found["n0"]["tegels_gezaagd"], found["n0"]["gezaagde_rij"]) == (
        10,
        0,
        None,
    )


def test_too_narrow_is_refused_or_left_to_a_climber():
    found, refused = strips(site(1.05))
    assert refused["n0"]["redencodes"] == ("SMAL",)
    assert "n0" not in found
    found, _ = strips(site(1.2))
    assert found["n0"]["type"] == "klimplant"
    assert found["n0"]["oordeel"] == "enkel_klimplant"
    assert found["n0"]["geometry"].area == pytest.approx(0.03)


def test_without_kerbs_or_footways_the_width_is_unknown_not_zero():
    found, refused = strips(site(kerbs=False))
    assert not found
    assert {row["redencodes"] for row in refused.values()} == {("ONBEKEND",)}


def test_a_house_on_the_kerb_gets_nothing():
    found, refused = strips(site(0.0))
    assert "n0" not in found
    assert refused["n0"]["redencodes"][0] in ("ONBEKEND", "SMAL")


def test_coarse_coordinates_give_no_strips():
    found, refused = strips(site(options={"exact": False}))
    assert not found
    assert refused["n0"]["redencodes"] == ("GRID",)


def test_the_edge_of_the_carriageway_stands_in_for_kerbs_and_is_flagged():
    layers = street(1.5)
    del layers["weglijnen"]
    found, _ = strips(Site(layers))
    assert found["n0"]["breedte_bron"] == "wegbaan"
    assert "BREEDTE" in found["n0"]["redencodes"]


def test_a_tree_on_the_footway_narrows_it():
    tree = layer("bomen", boom_id=["b"], geometry=[Point(3, 3 + 2.4 - 1.6)])
    found, refused = strips(site(2.4, bomen=tree))
    # 1.6 m to the trunk less half a metre: the two metres of facade before it are too narrow for 0.45 m.
    assert found["n0"]["geometry"].distance(tree.geometry[0]) >= 1.5


def test_a_stop_keeps_its_surroundings_free():
    stop = layer("voorzieningen", voorziening_id=["h"], soort="halte", geometry=[Point(3, 3.5)])
    found, _ = strips(site(1.5, voorzieningen=stop))
    assert found["n1"]["geometry"].area > 1
    assert "n0" not in found or found["n0"]["geometry"].distance(stop.geometry[0]) >= 1.75


def test_boxes_at_one_door_are_one_strip():
    layers = street(1.5)
    boxes = layers["adressen"].copy()
    boxes.loc[1, ["gebouw_id", "capakey"]] = "n0"
    boxes.loc[1, "geom"] = boxes.geometry[0]
    found, _ = strips(Site(layers | {"adressen": boxes}))
    assert "n0" in found
    assert "n1" not in found


def test_passages_lie_before_the_strips():
    place, rules = site(1.4, 2.5), load_rules()
    free = passages(facade_runs(place, rules), rules)
    widths = sorted({round(p.area / 6, 6) for p in free})
    assert widths == [1.0, 1.5]
    assert np.sum([p.area for p in free]) == pytest.approx(3 * 6 * 1.0 + 3 * 6 * 1.5)
