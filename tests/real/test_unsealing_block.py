"""The search on the real block of Delft that is dressed as a Flemish delivery."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from arsenaal_gis import raster
from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform
from arsenaal_gis.unsealing import Site, find_candidates
from tests.unsealing.overlaps import assert_apart

USES = {
    "rijbaan": "rijbaan",
    "parkeren": "parkeren",
    "voetgangersgebied": "plein",
    "voetpad": "voetpad",
    "trap": "trap",
}


@pytest.fixture(scope="module")
def site(shared_data):
    folder = shared_data / "block"

    def layer(id, **columns):
        return conform(gpd.GeoDataFrame(columns, geometry="geometry", crs=31370), load().layer(id))

    buildings, parcels = gpd.read_file(folder / "Gbg.shp"), gpd.read_file(folder / "Adp.shp")
    addresses, streets = gpd.read_file(folder / "Adressen.gpkg"), gpd.read_file(folder / "Wegsegment.shp")
    joins = pd.read_csv(folder / "koppeling_controle.csv", sep=";", dtype=str, encoding="cp1252").set_index(
        "ADRESID"
    )
    within = gpd.sjoin(
        buildings.set_geometry(buildings.representative_point()), parcels[["CAPAKEY", "geometry"]]
    )
    road, path = gpd.read_file(folder / "Wbn.shp"), gpd.read_file(folder / "trottoir.gpkg")
    use = pd.read_csv(folder / "wegdeel_functie.csv", sep=";", encoding="cp1252").set_index("OIDN")["FUNCTIE"]
    surface = pd.concat([road[["OIDN", "TYPE", "geometry"]], path[["OIDN", "geometry"]]], ignore_index=True)
    kind = surface["OIDN"].map(use).map(USES)
    kind = kind.where(~(surface["TYPE"].eq(2) & kind.eq("rijbaan")), "kruispunt")
    green = gpd.read_file(folder / "groen.gpkg", layer="groenvlak")
    water = gpd.read_file(folder / "Wtz.shp")
    ids = addresses["ADRESID"].astype(str)
    return Site(
        {
            "gebouwen": layer(
                "gebouwen",
                gebouw_id=buildings["OIDN"].astype(str),
                type=buildings["TYPE"].map({1: "hoofdgebouw", 2: "bijgebouw"}),
                capakey=within["CAPAKEY"].groupby(level=0).first(),
                geometry=buildings.geometry,
            ),
            "percelen": layer("percelen", capakey=parcels["CAPAKEY"], geometry=parcels.geometry),
            "adressen": layer(
                "adressen",
                adres_id=ids,
                straat=addresses["STRAATNM"],
                huisnummer=addresses["HUISNR"].astype(str),
                gebouw_id=ids.map(joins["GBG_OIDN"]),
                capakey=ids.map(joins["CAPAKEY"]),
                geometry=addresses.geometry,
            ),
            "straten": layer(
                "straten",
                segment_id=streets["WS_OIDN"].astype(str),
                straat=streets["LSTRNM"],
                geometry=streets.geometry,
            ),
            "wegdek": layer(
                "wegdek", wegdek_id=surface["OIDN"].astype(str), functie=kind, geometry=surface.geometry
            ),
            "groen": layer("groen", groen_id=green["OIDN"].astype(str), geometry=green.geometry),
            "water_spoor": layer(
                "water_spoor", vlak_id=water["OIDN"].astype(str), soort="water", geometry=water.geometry
            ),
        },
        sealed=raster.read(folder / "bak.tif"),
        roof_height=raster.read(folder / "dsm_gebouwen.tif"),
        ground_height=raster.read(folder / "dtm.tif"),
    )


@pytest.fixture(scope="module")
def found(site):
    return find_candidates(site)


def test_nothing_on_the_ground_overlaps(site, found):
    assert_apart(found, site)


def test_places_of_at_least_six_types(found):
    count = found.places["type"].value_counts()
    assert {"geveltuin", "koer", "boomvak", "plein", "groenslinger", "voortuin"} <= set(count.index)
    assert count["geveltuin"] >= 50
    assert count["koer"] >= 80


def test_the_largest_public_place_is_the_paved_court_of_t_hofke(found):
    # The white, treeless court in the middle of preview.png; no layer of the delivery draws it.
    public = found.places[found.places["eigenaar"] == "openbaar"]
    courts = public[public["type"] == "plein"]
    box = courts.cx[158445:158505, 189505:189560]
    assert box["oppervlakte_m2"].sum() > 200


def test_strips_obey_the_rules(found):
    strips = found.places[found.places["type"] == "geveltuin"]
    assert strips["diepte_m"].between(0.30, 0.45).all()
    assert (strips["vrije_doorgang_m"] >= 1.0 - 1e-9).all()
    comfortable = strips["oordeel"] == "comfortabel"
    assert (comfortable == (strips["vrije_doorgang_m"] >= 1.5 - 1e-9)).all()


def test_no_place_on_unsealed_ground(site, found):
    # Yards follow the sealing map: cells are 1 m and edges straightened, so one place in twenty may stray.
    yards = found.places[found.places["type"].isin(["koer", "binnengebied"])]
    points = yards.geometry.representative_point()
    row, column = site.sealed.rows_columns(points.x.to_numpy(), points.y.to_numpy())
    assert np.mean(site.sealed.values[row, column] == 1) > 0.95
