import datetime
import importlib
import itertools
import json
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from export import pdok
from wijk.conftest import delivery

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ReleaseRefused
from arsenaal_gis.export import run
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.plan import make_plan
from arsenaal_gis.privacy import Ledger
from arsenaal_gis.progress import Silent
from arsenaal_gis.wijk import import_delivery

geopackage = importlib.import_module("arsenaal_gis.export.geopackage")


def tables(path):
    return {name: pyogrio.read_dataframe(path, layer=name) for name, _ in pyogrio.list_layers(path)}


def test_a_p1_export_holds_dwellings_without_what_is_social(p1):
    report = p1
    found = tables(report.path)
    homes = found["woningen"]
    assert list(homes["woning_id"]) == ["wA", "wB"] and "eigendom" not in homes.columns
    assert "renovatiestatus" not in found["woning_feiten"].columns and "bezoeken" not in found
    assert homes.crs.to_epsg() == 31370 and homes.geometry.name == "geom" or homes.geometry.notna().all()
    assert "bezocht" not in report.path.read_bytes().decode("latin-1")


def test_history_columns(p1):
    homes = tables(p1.path)["woningen"]
    assert (pd.to_datetime(homes["geldig_van"]) == pd.Timestamp("2025-06-30")).all()
    assert homes["geldig_tot"].isna().all() and homes["is_actueel"].all() and homes["rij_hash"].nunique() == 2


def test_the_second_export_has_the_same_bytes(planned):
    first = run(planned, "P1").path.read_bytes()
    assert run(planned, "P1").path.read_bytes() == first
    assert len(Ledger.of(planned.folder).table("vrijgaven")) == 1


def test_the_manifest_says_what_is_in_it_and_what_is_not(p1):
    report = p1
    manifest = tables(report.path)["export_manifest"].set_index("laag")
    assert manifest.loc["woningen", "rijen"] == 2 and len(manifest.loc["woningen", "inhoud_sha256"]) == 64
    assert manifest.loc["bezoeken", "rijen"] == 0 and "P0" in manifest.loc["bezoeken", "opmerking"]
    assert set(manifest["niveau"]) == {"P1"} and json.loads(manifest["bronnen"].iloc[0])
    for name, frame in tables(report.path).items():
        assert len(frame) > 0, name
    told = dict(sqlite3.connect(report.path).execute("SELECT table_name, description FROM gpkg_contents"))
    assert told["woningen"].startswith("P1. Een rij per woongelegenheid")


def test_columns_codes_styles_and_metadata_are_inside(p1):
    path = p1.path
    database = sqlite3.connect(path)
    title = database.execute(
        "SELECT title FROM gpkg_data_columns WHERE table_name = 'percelen' AND column_name = 'oppervlakte_m2'"
    )
    assert title.fetchone()[0] == load().layer("percelen").fields["oppervlakte_m2"].title["nl"] + " [m²]"
    codes = {
        row[0]
        for row in database.execute(
            "SELECT value FROM gpkg_data_column_constraints WHERE constraint_name = 'woningen__bouwjaar_klasse'"
        )
    }
    assert codes == set(load().layer("woningen").fields["bouwjaar_klasse"].codes)
    styled = {
        row[0] for row in database.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault = 1")
    }
    assert "woningen" in styled
    kinds = dict(database.execute("SELECT md_standard_uri, metadata FROM gpkg_metadata"))
    record = ET.fromstring(kinds["http://www.isotc211.org/2005/gmd"])
    text = " ".join(record.itertext())
    assert "Proef" in text and "FICTIEF" in text and "2025-06-30" in text
    dataset = json.loads(kinds["http://www.w3.org/ns/dcat#"])
    assert dataset["dct:accessRights"]["@id"].endswith("RESTRICTED")


def test_validators_find_nothing(p1, p3):
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    for path in (p1.path, p3.path):
        assert not validate.check(str(path))
        assert pdok.findings(path) == []


def test_p0_never_leaves_and_p2_refuses_two_houses(planned):
    with pytest.raises(ReleaseRefused):
        run(planned, "P0")
    report = run(planned, "P2")
    assert not any(name.startswith("woning") or name == "bezoeken" for name in tables(report.path))


def test_only_what_changed_comes_back(planned):
    later = delivery(parcels=("A", "B", "C"))
    later.frames["woningen"].loc[0, "gewijzigd_jaar"] = 2020
    import_delivery(planned, later, "20260101T000000Z")
    make_plan(planned, "20260701T000000Z", peildatum=datetime.date(2025, 6, 30), only=["feiten"])
    report = run(planned, "P1", changes_since="20250701")
    found = tables(report.path)
    assert set(found["woningen"]["woning_id"]) == {"wA", "wC"} and found["woningen"]["is_actueel"].all()
    assert set(found["percelen"]["capakey"]) == {"C"}
    assert "wegdek" not in found and "straten" not in found
    import_delivery(planned, delivery(parcels=("A",)), "20260801T000000Z")
    make_plan(planned, "20260901T000000Z", peildatum=datetime.date(2025, 6, 30), only=["feiten"])
    gone = tables(run(planned, "P1", changes_since="20250701").path)["woningen"]
    assert (
        list(gone["woning_id"]) == ["wB"]
        and not gone["is_actueel"].any()
        and gone["geldig_tot"].notna().all()
    )


def test_a_modelled_value_within_its_printed_tolerance_is_no_change():
    history = importlib.import_module("arsenaal_gis.export.history")
    layer, settings = (
        load().layer("hitte_straat"),
        {"tolerantie_c": 0.1, "tolerantie_score": 0.01, "tolerantie_maat": 0.1},
    )
    names = list(layer.fields)
    row = {n: None for n in names} | {"straatzijde_id": "s1_L", "pet_c": 35.0}

    def made(**changes):
        return [(*(row | changes).values(), b"GP")]

    day = datetime.date(2025, 6, 30)
    assert list(history.changed_rows(made(), made(pet_c=35.09), layer, day, settings)) == []
    assert len(list(history.changed_rows(made(), made(pet_c=35.2), layer, day, settings))) == 1
    assert len(list(history.changed_rows(made(), made(pet_c=None), layer, day, settings))) == 1
    # Ranks, classes, chances and words follow from the values of all rows.
    words = {"rang": 3, "klasse": "sterk", "kans_eerste_vijfde_pct": 20.0, "reden": "PET 35,1 °C"}
    assert list(history.changed_rows(made(), made(**words), layer, day, settings)) == []
    assert len(list(history.changed_rows(made(), [], layer, day, settings))) == 1
    assert history.row_hash(made()[0]) != history.row_hash(made(pet_c=35.01)[0])


@pytest.mark.parametrize("tier", ["P1", "P2", "P3"])
def test_no_count_of_one_to_four_leaves_with_the_indicators(planned, tier):
    """Not as numerator, denominator or unknown, nor as their difference, nor in words, at two moments neither."""
    pairs = list(itertools.product(range(12), range(12), (0, 3, 9)))
    words = "{} van {}, {} onbekend"
    figures = pd.DataFrame(
        {
            "indicator": [f"i{n}" for n in range(len(pairs))], "golf": "plan", "niveau": tier, "eenheid": "%",
            "teller": [yes for yes, _, _ in pairs], "noemer": [yes + no for yes, no, _ in pairs],
            "onbekend": [unknown for *_, unknown in pairs], "waarde": 1.0, "onder": 0.0, "boven": 2.0,
            "in_woorden": [words.format(*pair) for pair in pairs],
        }
    )  # fmt: skip
    twice = {f"{n}_{when}": figures[n] for n in ("teller", "noemer", "onbekend") for when in ("voor", "na")}
    change = figures[["indicator", "eenheid", "in_woorden"]].assign(
        **twice, verschil=1.0, oordeel="verbeterd"
    )
    change["teller_na"], change["noemer_na"] = 20, 60
    for id, rows in (("indicatoren", figures), ("verandering_indicatoren", change)):
        write_layer(planned.plans()[-1].gpkg, load().layer(id), rows)
    found = tables(run(planned, tier).path)
    small = [any(0 < count < 5 for count in pair) for pair in pairs]
    for id, moments in (("indicatoren", [""]), ("verandering_indicatoren", ["_voor", "_na"])):
        if id not in found:
            assert tier == "P3"  # there only the card itself is open
            continue
        rows = found[id].set_index("indicator").loc[figures["indicator"]]
        for moment in moments:
            columns = [f"{n}{moment}" for n in ("teller", "noemer", "onbekend")]
            if set(columns) <= set(rows.columns):
                assert tier != "P3"
                assert list(rows[columns].isna().all(axis=1)) == small
        if "in_woorden" in rows:
            assert list(rows["in_woorden"].str.startswith("onderdrukt")) == small


def test_p3_also_appears_in_open_formats(p3):
    report = p3
    names = {path.name for path in report.files}
    assert {"percelen.geojson", "percelen.csv", "percelen.jsonld", "adressen.jsonld", "dcat.jsonld"} <= names
    parcels = gpd.read_file(report.path.with_suffix("") / "percelen.geojson")
    assert parcels.crs.to_epsg() == 4326 and len(parcels) == 2
    back = parcels.to_crs(31370).geometry.centroid
    there = gpd.read_file(report.path, layer="percelen").geometry.centroid
    assert back.distance(there, align=False).max() < 0.5
    folder = report.path.with_suffix("")
    catalog = json.loads((folder / "dcat.jsonld").read_text(encoding="utf-8"))
    files = {d["dct:title"]["@value"]: d for d in catalog["dcat:distribution"]}
    assert set(files) >= {"percelen.geojson", report.path.name}
    for file in files.values():
        assert (folder / file["dcat:accessURL"]["@id"]).exists()
        assert "modellicentie" in file["dct:license"]["@id"]
    csv = pd.read_csv(folder / "percelen.csv")
    assert csv["wkt_epsg31370"].str.startswith("MULTIPOLYGON").all()
    assert set(csv["geldig_van"]) == {"2025-06-30"} and csv["geldig_tot"].isna().all()


def test_geojson_is_as_rfc_7946_wants_it(p3):
    found = json.loads((p3.path.with_suffix("") / "percelen.geojson").read_text(encoding="utf-8"))
    assert set(found) == {"type", "features"}  # no crs: that member was taken out of the standard
    for feature in found["features"]:
        assert feature["properties"]["geldig_van"] == "2025-06-30"
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        for part in shapely.get_parts(shape):
            assert part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors)
        west, south, east, north = shape.bounds
        assert 2 < west < east < 7 and 49 < south < north < 52  # longitude first
        assert all(
            len(repr(float(number)).partition(".")[2]) <= 7 for number in shapely.get_coordinates(shape).flat
        )


def test_geoparquet_appears_where_gdal_can_and_its_absence_is_told(planned, p3):
    class Listening(Silent):
        told = ""

        def message(self, text):
            self.told += text

    listening = Listening()
    run(planned, "P3", progress=listening)
    path = p3.path.with_suffix("") / "percelen.parquet"
    able = "w" in pyogrio.list_drivers().get("Parquet", "")
    assert path.exists() == able == ("GeoParquet" not in listening.told)
    if able:
        assert len(pyogrio.read_dataframe(path)) == 2


def test_linked_data_parse_and_fit_their_shapes(p3):
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    folder = p3.path.with_suffix("")
    graph = rdflib.Graph()
    for name in ("percelen", "adressen", "gebouwen"):
        graph.parse(folder / f"{name}.jsonld", format="json-ld")
    oslo = {
        n: rdflib.Namespace(f"https://data.vlaanderen.be/ns/{n}#") for n in ("perceel", "adres", "gebouw")
    }
    assert (
        rdflib.URIRef("https://data.vlaanderen.be/id/perceel/A"),
        rdflib.RDF.type,
        oslo["perceel"].KadastraalPlanperceel,
    ) in graph
    for kind in (oslo["adres"].Adres, oslo["gebouw"].Gebouw):
        assert len(set(graph.subjects(rdflib.RDF.type, kind))) == 2
    shapes = rdflib.Graph().parse(Path(__file__).with_name("shapes.ttl"))
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text
    # The shapes do look: a term that OSLO does not have is refused.
    address = next(graph.subjects(rdflib.RDF.type, oslo["adres"].Adres))
    graph.add((address, oslo["adres"].straatnaam, rdflib.Literal("Hoofdstraat")))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]
    dataset = rdflib.Graph().parse(folder / "dcat.jsonld", format="json-ld")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    assert len(set(dataset.subjects(rdflib.RDF.type, dcat.Distribution))) > 3


def test_official_identifiers_are_those_of_the_registers():
    linked = importlib.import_module("arsenaal_gis.export.linked")
    row = {
        "adres_id": "1239307", "straat": "Zelestraat", "straat_id": "2001", "huisnummer": "219", "busnummer": "1",
        "postcode": "2800", "gemeente": "Mechelen", "gebouweenheid_id": "14963668", "capakey": "12025B0141/00C000",
    }  # fmt: skip
    frame = gpd.GeoDataFrame([row], geometry=gpd.points_from_xy([158000.1234], [190000]), crs=31370)
    (node,) = json.loads(linked.json_ld("adressen", frame))["@graph"]
    base = "https://data.vlaanderen.be/id"
    assert node["@id"] == f"{base}/adres/1239307"
    assert node["adres:heeftStraatnaam"]["@id"] == f"{base}/straatnaam/2001"
    assert node["adres:heeftPostinfo"]["@id"] == f"{base}/postinfo/2800"
    # A CAPAKEY has a slash, which the parcel register writes as a hyphen.
    links = {link["@id"] for link in node["dct:relation"]}
    assert links == {f"{base}/gebouweenheid/14963668", f"{base}/perceel/12025B0141-00C000"}
    assert "POINT (158000.123 190000)" in str(node["adres:positie"])


def test_it_opens_styled_in_qgis(p1):
    core = pytest.importorskip("qgis.core")
    styles = {
        row[0]: load().layer(row[0]).style
        for row in sqlite3.connect(p1.path).execute("SELECT f_table_name FROM layer_styles")
    }
    assert {"woningen", "percelen", "gebouwen", "straten"} <= set(styles)
    for id, style in styles.items():
        layer = core.QgsVectorLayer(f"{p1.path}|layername={id}", id, "ogr")
        assert layer.isValid() and layer.featureCount() == p1.rows[id]
        assert layer.loadDefaultStyle()[1], id
        single = layer.renderer().type() == "singleSymbol"
        assert single == (style["method"] == "single"), id


def test_it_reads_back_through_ogr2ogr(p1, tmp_path):
    if not shutil.which("ogr2ogr"):
        pytest.skip("no ogr2ogr")
    out = tmp_path / "terug.gpkg"
    subprocess.run(["ogr2ogr", "-f", "GPKG", out, p1.path, "woningen"], check=True, capture_output=True)
    assert len(pyogrio.read_dataframe(out, layer="woningen")) == 2
