import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from arsenaal_gis.errors import MethodError
from arsenaal_gis.raster import Grid
from arsenaal_gis.unsealing import find_candidates
from arsenaal_gis.unsealing.site import Site

from .drawn import layer, site, street
from .overlaps import assert_apart


def of_type(found, type):
    return found.places[found.places["type"] == type]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3200), st.integers(0, 3200), st.floats(0, 6))
def test_nothing_on_the_ground_overlaps_whatever_the_widths(north, south, door):
    place = site(north / 1000, south / 1000, door=door)
    assert_apart(find_candidates(place), place)


def test_ids_are_stable_and_unique():
    first, again = find_candidates(site()).places, find_candidates(site()).places
    assert first["kandidaat_id"].is_unique
    assert (first["kandidaat_id"] == again["kandidaat_id"]).all()
    more = find_candidates(site(houses=4)).places
    assert set(first["kandidaat_id"]) <= set(more["kandidaat_id"])


def test_back_yards_keep_a_metre_of_paving_along_the_house():
    found = of_type(find_candidates(site(1.4)), "koer")
    yard = found[found["capakey"] == "n1"].geometry.iloc[0]
    assert yard.area == pytest.approx(6 * 5)
    assert found["oordeel"].eq("wettelijk_mogelijk").all()
    assert found["eigenaar"].eq("privaat").all()


def test_only_the_sealed_part_of_a_yard_counts():
    # Cells of 1 m over the yard of house n1 (x 6-12, y 12.4-18.4): its west half is sealed.
    values = np.zeros((30, 30), np.float32)
    values[:, 6:9] = 1
    sealed = Grid(values, 0.0, 25.0, 1.0)
    found = of_type(find_candidates(site(1.4, options={"sealed": sealed})), "koer")
    assert found["capakey"].tolist() == ["n1"]
    assert found["oppervlakte_m2"].iloc[0] == pytest.approx(3 * 5, abs=0.5)


def test_a_front_yard_keeps_the_path_to_the_door():
    layers = street(1.4)
    layers["gebouwen"] = layers["gebouwen"].set_geometry(
        shapely.transform(layers["gebouwen"].geometry.to_numpy(), lambda xy: xy + [0, 3] * np.sign(xy[:, 1:]))
    )
    found = of_type(find_candidates(Site(layers)), "voortuin")
    assert {"n1", "z1"} <= set(found["capakey"])
    for door in layers["adressen"].geometry:
        assert found.distance(Point(door.x, door.y)).min() >= 0.6 - 1e-6


def test_one_parking_bay_in_four_becomes_a_pit():
    layers = street(1.4, houses=6)
    lane = layer("wegdek", wegdek_id=["p"], functie="parkeren", geometry=[box(0, 1, 40, 3)])
    pits = of_type(find_candidates(Site(layers | {"wegdek": lane})), "boomvak")
    assert len(pits) == 2
    assert pits["oppervlakte_m2"].tolist() == pytest.approx([10, 10])


def test_bays_square_to_the_road():
    layers = street(1.4)
    lane = layer("wegdek", wegdek_id=["p"], functie="parkeren", geometry=[box(0, -2, 20, 3)])
    pits = of_type(find_candidates(Site(layers | {"wegdek": lane})), "boomvak")
    assert len(pits) == 2
    assert pits["oppervlakte_m2"].tolist() == pytest.approx([6.25, 6.25])


def test_garlands_hang_between_tall_facades_eight_metres_apart():
    found = of_type(find_candidates(site(1.4, 1.4, houses=6)), "groenslinger")
    assert len(found) == 3
    assert found["overspanning_m"].tolist() == pytest.approx([8.8] * 3)
    x = np.sort(found.geometry.centroid.x)
    assert np.diff(x).min() >= 8


@pytest.mark.parametrize("drawing", [{"height": 5.0}, {"width_north": 4.0, "width_south": 4.0}])
def test_no_garland_between_low_facades_or_across_a_wide_street(drawing):
    assert of_type(find_candidates(site(**drawing)), "groenslinger").empty


def test_a_garland_needs_four_hours_of_sun():
    shade = Grid(np.full((100, 100), 2, np.float32), -20.0, 50.0, 1.0)
    found = find_candidates(site(1.4, 1.4, options={"sun_hours": shade}))
    assert of_type(found, "groenslinger").empty
    assert ("ZON",) in set(found.refused["redencodes"])


def test_flat_roofs_of_more_than_fifty_square_metres():
    layers = street(1.4)
    layers["gebouwen"].loc[0, "geom"] = box(-4, 4.4, 6, 12.4)
    height = np.full((60, 60), 5, np.float32)
    roofs = of_type(find_candidates(Site(layers, roof_height=Grid(height, -20.0, 40.0, 1.0))), "groendak")
    assert roofs["gebouw_id"].tolist() == ["n0"]
    steep = height + np.arange(60, dtype=np.float32)[:, None]
    assert of_type(find_candidates(Site(layers, roof_height=Grid(steep, -20.0, 40.0, 1.0))), "groendak").empty


def junction(**options):
    lines = [LineString([(-60, 0), (0, 0)]), LineString([(0, 0), (60, 0)]), LineString([(0, 0), (0, 60)])]
    return Site(
        {
            "straten": layer("straten", segment_id=["a", "b", "c"], straat="Kruisstraat", geometry=lines),
            "wegdek": layer("wegdek", wegdek_id=["k"], functie="kruispunt", geometry=[box(-15, -3, 15, 18)]),
        },
        **options,
    )


def test_junction_surface_no_vehicle_needs():
    found = of_type(find_candidates(junction()), "kruispunt")
    assert len(found) >= 2
    driven = junction().shapes("straten")
    assert found.distance(shapely.union_all(driven)).min() >= 3.0 - 1e-6


def test_junctions_that_are_not_hot_are_refused_with_the_reason():
    cool = find_candidates(junction(pet=Grid(np.full((80, 80), 38, np.float32), -40.0, 40.0, 1.0)))
    assert of_type(cool, "kruispunt").empty
    assert ("MINDERHEET",) in set(cool.refused["redencodes"])
    hot = find_candidates(junction(pet=Grid(np.full((80, 80), 42, np.float32), -40.0, 40.0, 1.0)))
    assert len(of_type(hot, "kruispunt"))


def test_a_playground_is_divided_into_parts_that_can_be_paid():
    ground = layer(
        "terreinen", terrein_id=["t"], soort="speelplein", naam="'t Hofke", eigenaar="openbaar",
        geometry=[box(100, 100, 130, 120)],
    )  # fmt: skip
    found = of_type(find_candidates(Site({"terreinen": ground})), "speelplein")
    assert found["oppervlakte_m2"].sum() == pytest.approx(600)
    assert found["oppervlakte_m2"].max() <= 150
    assert set(found["plek"]) == {"'t Hofke"}


def test_places_outside_the_wijk_do_not_count():
    found = find_candidates(site(options={"boundary": box(6, -50, 12, 50)}))
    assert set(found.places["capakey"].dropna()) == {"n1", "z1"}


def test_street_side_and_name_of_a_strip():
    found = of_type(find_candidates(site()), "geveltuin").set_index("adres_id")
    assert found.loc["n1", "plek"] == "Rechtestraat 1"
    assert found.loc["n1", "straatzijde_id"] == "s_L"
    assert found.loc["z1", "straatzijde_id"] == "s_R"


def test_nothing_to_look_at_is_said():
    with pytest.raises(MethodError, match="nothing to look for"):
        find_candidates(Site({}))


def test_what_is_missing_is_said_and_the_rest_goes_on():
    bare = find_candidates(site(kerbs=False))
    assert any("boordsteenlijnen" in text for text in bare.warnings)
    assert len(of_type(bare, "koer")) == 6
    layers = street(1.4)
    parcels_only = find_candidates(Site({"percelen": layers["percelen"]}))
    assert any("Geen gebouwen" in text for text in parcels_only.warnings)
    assert of_type(parcels_only, "koer")["oppervlakte_m2"].tolist() == pytest.approx([84] * 6)


def test_heritage_asks_for_advice():
    listed = layer("erfgoed", erfgoed_id=["e"], geometry=[box(6, 4, 12, 20)])
    found = find_candidates(site(1.5, erfgoed=listed)).places.set_index("adres_id")
    assert "ERFGOED" in of_type_codes(found, "n1")
    assert "ERFGOED" not in of_type_codes(found, "n2")


def of_type_codes(places, address):
    strip = places[places["type"] == "geveltuin"]
    return strip.loc[address, "redencodes"]
