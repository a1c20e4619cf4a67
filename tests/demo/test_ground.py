"""The ground of the practice wijk: parcels, buildings, footways, heights and land cover agree."""

import numpy as np
import pytest
import shapely


@pytest.fixture(scope="module", params=["arsenaal", "vaartkant"])
def wijk(request):
    return request.getfixturevalue(request.param)


def test_parcels_neither_overlap_nor_leave_gaps_in_a_block(wijk):
    parcels = wijk.frame("Adp.shp")
    assert (
        parcels.is_valid.all() and parcels["CAPAKEY"].is_unique and (parcels["CAPAKEY"].str.len() == 17).all()
    )
    assert np.abs(parcels["OPPERVL"] - parcels.area).max() <= 0.0051
    shapes = parcels.geometry.to_numpy()
    union = shapely.union_all(shapes)
    # Exact inside a block; where two faces meet along a drawn line they may differ by a millimetre.
    assert abs(shapely.area(shapes).sum() - union.area) < 0.2
    one, other = shapely.STRtree(shapes).query(shapes, predicate="overlaps")
    assert shapely.area(shapely.intersection(shapes[one], shapes[other])).max(initial=0) < 0.05


def test_buildings_stand_on_one_parcel_and_apart(wijk):
    buildings, parcels = wijk.frame("Gbg.shp"), wijk.frame("Adp.shp").geometry.to_numpy()
    shapes = buildings.geometry.to_numpy()
    assert buildings.is_valid.all() and set(buildings["TYPE"]) == {1, 2}
    house, lot = shapely.STRtree(parcels).query(shapes, predicate="intersects")
    share = shapely.area(shapely.intersection(shapes[house], parcels[lot])) / shapely.area(shapes)[house]
    best = np.zeros(len(shapes))
    np.maximum.at(best, house, share)
    assert best.min() > 0.99
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pair = one < other
    assert shapely.area(shapely.intersection(shapes[one[pair]], shapes[other[pair]])).max() < 0.1


def test_addresses_stand_at_the_door_of_a_main_building(wijk):
    addresses, buildings = wijk.frame("Adressen.gpkg"), wijk.frame("Gbg.shp")
    main = buildings.geometry[buildings["TYPE"] == 1].to_numpy()
    _, far = shapely.STRtree(main).query_nearest(
        addresses.geometry.to_numpy(), return_distance=True, all_matches=False
    )
    assert far.max() < 0.5 and addresses["ADRESID"].is_unique
    door = addresses[["STRAATNM", "HUISNR", "BUSNR"]].fillna("")
    assert not door.duplicated().any()


def test_every_street_of_an_address_is_a_street(wijk):
    roads = wijk.frame("Wegsegment.shp")
    assert set(wijk.frame("Adressen.gpkg")["STRAATNM"]) <= set(roads["LSTRNM"])
    for start, end, line in zip(roads["B_WK_OIDN"], roads["E_WK_OIDN"], roads.geometry, strict=True):
        same = roads[(roads["B_WK_OIDN"] == end) | (roads["E_WK_OIDN"] == end)]
        assert start != end and same.distance(shapely.Point(line.coords[-1])).max() < 1e-6


def test_footways_are_between_parcel_and_kerb(wijk):
    """The narrowest is about 0.9 m; from door to kerb is a footway, with or without a front garden."""
    kerbs = wijk.frame("Wgo.shp")
    kerbs = shapely.union_all(kerbs.geometry[kerbs["TYPE"] == 1].to_numpy())
    doors = wijk.frame("Adressen.gpkg").geometry.to_numpy()
    roads = shapely.union_all(wijk.frame("Wbn.shp").geometry.to_numpy())
    parcels = shapely.union_all(wijk.frame("Adp.shp").geometry.to_numpy())
    assert shapely.intersection(parcels, roads).area < 0.5
    widths = shapely.distance(doors, kerbs)
    assert 0.8 < widths.min() < 1.6 and 1.2 < np.median(widths) < 4


def test_wgo_has_the_fields_of_the_grb(wijk):
    head = [
        "OIDN",
        "UIDN",
        "VERSIE",
        "BEGINDATUM",
        "VERSDATUM",
        "TYPE",
        "LBLTYPE",
        "OPNDATUM",
        "BGNINV",
        "LBLBGNINV",
    ]
    for name in ("Wgo.shp", "Wga.shp"):
        frame = wijk.frame(name)
        assert list(frame.columns[:-1]) == [*head, "LENGTE"]
        assert np.abs(frame["LENGTE"] - frame.length).max() < 0.011


def test_heights_of_3d_grb_are_those_of_the_rasters(wijk):
    heights = wijk.frame("GRBGEBL1D2.shp").head(80)
    surface, ground = wijk.grid("dsm_gebouwen"), wijk.grid("dtm")
    for row in heights.itertuples():
        west, south, east, north = np.floor(row.geometry.bounds) + 0.5
        x, y = (axis.ravel() for axis in np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1)))
        inside = shapely.contains_xy(row.geometry, x, y)
        cells = surface.rows_columns(x[inside], y[inside])
        if inside.any():
            above = surface.values[cells].max() - ground.values[cells].mean()
            assert surface.values[cells].max() == pytest.approx(
                float(row.H_DSM_MAX.replace(",", ".")), abs=0.02
            )
            assert above == pytest.approx(float(row.HN_MAX.replace(",", ".")), abs=0.05)


def test_rasters_cover_the_wijk_and_what_lies_around_it(wijk):
    outline = wijk.frame("afbakening.gpkg").total_bounds
    for name, margin, cell in (("dtm", 200, 1.0), ("omgeving_dtm", 1000, 5.0)):
        grid = wijk.grid(name)
        west, south, east, north = grid.bounds
        assert grid.cell == cell and not np.isnan(grid.values).any()
        assert west <= outline[0] - margin and south <= outline[1] - margin
        assert east >= outline[2] + margin and north >= outline[3] + margin


def test_land_cover_and_heights_agree(wijk):
    ground, surface, roofs = wijk.grid("dtm"), wijk.grid("dsm").values, wijk.grid("dsm_gebouwen").values
    canopy, green, sealed = wijk.grid("cdsm").values, wijk.grid("groenkaart").values, wijk.grid("bak").values
    assert set(np.unique(green)) <= {0, 2, 3} and set(np.unique(sealed)) <= {0, 1}
    assert np.abs(surface - np.maximum(roofs, ground.values + canopy)).max() < 0.02
    sure = np.abs(canopy - 3) > 0.01  # the files hold centimetres
    assert ((canopy >= 3) == (green == 3))[sure].all()
    assert ((canopy == 0) | (canopy >= 2.5)).all()
    built = roofs - ground.values > 2.5
    assert (sealed[built] == 1).mean() > 0.97  # the rest is garden walls
    assert (green[built] == 0).all()


def test_it_looks_like_a_workers_quarter(arsenaal):
    buildings, parcels = arsenaal.frame("Gbg.shp"), arsenaal.frame("Adp.shp")
    main = buildings[(buildings["TYPE"] == 1) & (buildings.area < 150)]
    assert 45 < main.area.median() < 85
    assert 90 < parcels.area.median() < 190
    tall = arsenaal.frame("GRBGEBL1D2.shp").set_index("GRB_OIDN").loc[main["OIDN"], "HN_P99"]
    tall = tall.str.replace(",", ".").astype(float)
    assert 7 < tall.median() < 11
    assert (buildings["TYPE"] == 2).sum() > 300  # sheds and lock-ups


def test_embankments_rise_above_the_wijk(arsenaal):
    tracks = arsenaal.frame("Sbn.shp")
    line = tracks[tracks["TYPE"] == 1].geometry.intersection(
        arsenaal.frame("afbakening.gpkg").geometry[0].buffer(20)
    )
    points = [part.representative_point() for shape in line for part in shapely.get_parts(shape.buffer(-4))]
    grid = arsenaal.grid("dtm")
    row, column = grid.rows_columns([point.x for point in points], [point.y for point in points])
    assert np.median(grid.values[row, column]) > np.median(grid.values) + 4


def test_the_named_places_are_there(arsenaal):
    names = set(arsenaal.frame("Wegsegment.shp")["LSTRNM"])
    assert {"Leuvensesteenweg", "Smisstraat", "Hamerstraat", "'t Hofke"} <= names
    kinds = set(arsenaal.frame("voorzieningen.gpkg")["SOORT"])
    assert {"school", "speelplein", "halte", "wijkhuis", "koele plek"} <= kinds


def test_green_areas_do_not_overlap(wijk):
    shapes = wijk.frame("groen.gpkg", "groenvlak").geometry.to_numpy()
    assert shapely.area(shapes).sum() - shapely.union_all(shapes).area < 1.0
