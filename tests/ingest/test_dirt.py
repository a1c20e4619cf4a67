"""Every kind of dirt seen in real deliveries: what is said, what is counted, that nothing is lost."""

import json
import os
import re
import stat
from pathlib import PureWindowsPath

import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arsenaal_gis import ingest
from arsenaal_gis.ingest import delivered
from arsenaal_gis.ingest.ledger import Finding
from arsenaal_gis.ingest.messages import MESSAGES
from arsenaal_gis.wijk import Wijk

from . import conftest as made


def test_a_sound_delivery(wijk):
    delivery = wijk.read()
    assert delivery.report.usable and made.areas(delivery) == made.SOUND
    rows = delivery.frames["adressen"].set_index("huisnummer")
    assert rows.gebouw_id.tolist() == ["21", "22", "23", "24"] and (rows.koppelwijze == "nabij").all()
    assert rows.capakey.tolist() == list(made.SOUND)
    assert rows.busnummer.isna().all() and rows.nis_code.tolist() == ["12025"] * 4
    dwellings = delivery.frames["woningen"].set_index("huisnummer")
    assert dwellings.bouwjaar_klasse.tolist() == ["voor_1900", "1946_1970", "onbekend", "1900_1945"]
    assert dwellings.bouwjaar_nauwkeurigheid.tolist() == ["periode", "jaar", "onbekend", "periode"]
    assert dwellings.bouwvorm.tolist() == ["gesloten"] * 3 + ["halfopen"]
    assert delivery.frames["bouwblokken"].percelen.tolist() == [4]
    assert delivery.frames["percelen"].bouwblok_id.nunique() == 1
    counts = delivery.frames["incident_tellingen"]
    assert sorted(zip(counts.aantal_min, counts.aantal_max, strict=True)) == [(1, 1), (1, 4), (2, 2)]


def test_line_breaks_in_fields_are_told(wijk):
    parcels = made.parcels().rename(columns={"LBLBGNINV": "CANU"})
    wijk.write(parcels, "Adp.shp")
    delivery = wijk.read()
    assert wijk.codes(delivery, "percelen")["line_breaks"].field == "canu"
    assert delivery.frames["percelen"].canu.tolist() == ["aanmaak uniek percelenplan"] * 4


@pytest.mark.parametrize(
    "real, tag", [(31370, 4326), (3812, 31370), (4326, 31370), (3812, None), (4326, None)]
)
def test_tags_that_contradict_the_coordinates(wijk, real, tag):
    moved = (
        made.parcels().to_crs(real).set_crs(tag, allow_override=True) if tag else made.parcels().to_crs(real)
    )
    path = wijk.write(moved, "Adp.shp")
    if tag is None:
        path.with_suffix(".prj").unlink()
    delivery = wijk.read()
    codes = wijk.codes(delivery, "percelen")
    if tag is None:
        assert {"missing_prj", "crs_missing"} <= codes.keys()
    else:
        assert "crs_contradicts" in codes
    # The way over another datum is good to 0.2 m, so areas of 120 m² hold to a decimetre square.
    assert list(made.areas(delivery).values()) == pytest.approx([120.0] * 4, abs=0.2)
    centre = shapely.union_all(delivery.frames["percelen"].geometry.to_numpy()).centroid
    assert centre.distance(shapely.Point(made.X + 12, made.Y + 10)) < 1.0
    operation = delivery.report.of("percelen")[0].operation
    if real != 31370 and operation.grid_missing:
        assert codes["grid_missing"].extra == "0.2" and "Strookbreedtes" in delivery.report.text("nl")
        recorded = delivery.frames["bronnen"].set_index("laag").loc["percelen"]
        assert recorded.nauwkeurigheid_m == 0.2 and recorded.transformatie


def test_x_and_y_swapped(wijk):
    swapped = made.parcels()
    swapped.geometry = shapely.transform(swapped.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    wijk.write(swapped, "Adp.shp")
    delivery = wijk.read()
    assert "crs_swapped" in wijk.codes(delivery, "percelen") and made.areas(delivery) == made.SOUND
    assert delivery.frames["percelen"].total_bounds.tolist() == [made.X, made.Y, made.X + 24, made.Y + 20]


def test_a_stated_crs_is_believed(wijk):
    wijk.write(made.parcels().to_crs(3812).set_crs(31370, allow_override=True), "Adp.shp")
    wijk.toml(made.TOML.replace('pad = "Adp.shp"', 'pad = "Adp.shp"\ncrs = "EPSG:3812"'))
    delivery = wijk.read()
    assert "crs_contradicts" not in wijk.codes(delivery, "percelen") and delivery.report.usable


def test_coordinates_that_fit_nothing(wijk):
    nowhere = made.parcels()
    nowhere.geometry = nowhere.translate(5e6, 5e6)
    wijk.write(nowhere, "Adp.shp")
    delivery = wijk.read()
    assert delivery.report.exit_code == 1 and "crs_unknown" in wijk.codes(delivery, "percelen")


def test_self_intersections_are_repaired_counted_and_measured(wijk):
    parcels = made.parcels()
    x, y = made.X + 18, made.Y
    # The fourth parcel crosses itself: two triangles of 30 m² are left of 120 m² on paper.
    parcels.loc[3, "geometry"] = shapely.Polygon([(x, y), (x + 6, y + 20), (x + 6, y), (x, y + 20)])
    wijk.write(parcels, "Adp.shp")
    delivery = wijk.read()
    assert delivery.report.of("percelen")[0].ledger.repaired == {4}
    found = wijk.codes(delivery, "percelen")["geometry_repaired"]
    assert found.rows == [4] and found.extra == "+60.00"
    assert made.areas(delivery)["12025B0001/00D000"] == 60.0


def test_missing_and_zero_geometry_and_wrong_types(wijk):
    parcels = pd.concat([made.parcels()] * 2, ignore_index=True)
    parcels["CAPAKEY"] = [f"12025B0001/00{letter}000" for letter in "ABCDEFGH"]
    parcels["OIDN"] = range(8)
    parcels.loc[4, "geometry"] = None
    parcels.loc[5, "geometry"] = shapely.Polygon([(0, 0), (0, 0), (0, 0), (0, 0)])
    parcels.loc[6, "geometry"] = shapely.Polygon([(made.X, made.Y), (made.X + 5, made.Y), (made.X, made.Y)])
    parcels.loc[7, "geometry"] = shapely.box(made.X, made.Y + 20, made.X + 5, made.Y + 30)
    wijk.write(parcels, "Adp.gpkg")
    wijk.toml(made.TOML.replace("Adp.shp", "Adp.gpkg"))
    delivery = wijk.read()
    account = delivery.report.of("percelen")[0].ledger
    assert {row: one.code for row, one in account.rejected.items()} == {
        5: "no_geometry",
        6: "no_geometry",
        7: "wrong_geometry",
    }
    rejected = delivery.frames["afgekeurd"].set_index("rij")
    assert rejected.loc[5, "reden"] == "De rij heeft geen geometrie, of een op (0, 0)."
    assert len(delivery.frames["percelen"]) == 5


def test_repeated_rows_and_keys(wijk):
    parcels = pd.concat([made.parcels(), made.parcels().iloc[[0]], made.parcels().iloc[[1]].assign(OIDN=99)])
    wijk.write(parcels, "Adp.shp")
    delivery = wijk.read()
    account = delivery.report.of("percelen")[0].ledger
    assert {row: one.code for row, one in account.rejected.items()} == {5: "duplicate", 6: "duplicate_key"}
    assert made.areas(delivery) == made.SOUND


def test_overlapping_parcels_are_told_and_left(wijk):
    parcels = made.parcels()
    parcels.loc[0, "geometry"] = shapely.box(made.X, made.Y, made.X + 7, made.Y + 20)
    wijk.write(parcels, "Adp.shp")
    delivery = wijk.read()
    found = wijk.codes(delivery, "percelen")["overlaps"]
    assert (found.value, found.extra) == ("1", "20.0")
    assert made.areas(delivery)["12025B0001/00A000"] == 140.0


def test_heights_are_dropped_and_told(wijk):
    raised = made.parcels()
    raised.geometry = shapely.force_3d(raised.geometry.to_numpy(), 7.5)
    wijk.write(raised, "Adp.shp")
    delivery = wijk.read()
    assert "has_z" in wijk.codes(delivery, "percelen") and made.areas(delivery) == made.SOUND
    assert not delivery.frames["percelen"].geometry.has_z.any()


def test_unknown_codes_reject_their_rows_until_wijk_toml_maps_them(wijk):
    buildings = made.buildings()
    buildings.loc[4, "TYPE"] = 7
    wijk.write(buildings, "Gbg.shp")
    delivery = wijk.read()
    account = delivery.report.of("gebouwen")[0].ledger
    assert (account.read, account.used, {row: one.value for row, one in account.rejected.items()}) == (
        5,
        4,
        {5: "7"},
    )
    wijk.toml(made.TOML + '[bronnen.gebouwen.codes.type]\n"7" = "bijgebouw"\n')
    assert len(wijk.read().frames["gebouwen"]) == 5


def test_columns_in_another_case_are_found_and_renamed_ones_asked_for(wijk):
    wijk.write(made.parcels().rename(columns=str.lower), "Adp.shp")
    assert made.areas(wijk.read()) == made.SOUND
    wijk.write(made.parcels().rename(columns={"CAPAKEY": "PERCEEL"}), "Adp.shp")
    delivery = wijk.read()
    found = wijk.codes(delivery, "percelen")["column_missing"]
    assert delivery.report.exit_code == 1 and found.field == "capakey" and "PERCEEL" in found.extra
    wijk.toml(made.TOML.replace('pad = "Adp.shp"', 'pad = "Adp.shp"\nkolommen = {capakey = "PERCEEL"}'))
    assert made.areas(wijk.read()) == made.SOUND


@pytest.mark.parametrize(
    "line, said",
    [
        ('codes = {"7" = "bijgebouw"}', "'7' is no field"),
        ('codes = {type = "bijgebouw"}', "'type' is no table"),
        ('kolommen = {soort = "TYPE"}', "'soort' is no field"),
    ],
)
def test_mappings_that_would_do_nothing_are_refused(wijk, line, said):
    wijk.toml(made.TOML.replace('pad = "Gbg.shp"', f'pad = "Gbg.shp"\n{line}'))
    delivery = wijk.read()
    assert delivery.report.exit_code == 1 and said in delivery.report.text()


def test_the_city_decides_which_phase_means_which_status(wijk):
    wijk.text("renovatie.csv", "adres_id;status;datum\n101;offerte;01/03/2023\n102;stopgezet;02/03/2023\n")
    source = '[bronnen.renovatie]\npad = "renovatie.csv"\n'
    wijk.toml(made.TOML + source)
    rows = wijk.read().frames["renovatie"].set_index("adres_id")
    assert (
        rows.renovatiestatus.to_dict() == {"101": "gepland", "102": "geen"} and rows.woning_id.notna().all()
    )
    wijk.toml(
        made.TOML
        + source
        + '[bronnen.renovatie.codes.renovatiestatus_uit_traject_fase]\n"offerte" = "geen"\n'
    )
    rows = wijk.read().frames["renovatie"].set_index("adres_id")
    assert rows.renovatiestatus.to_dict() == {"101": "geen", "102": "geen"}


def test_unknown_streets(wijk):
    wijk.text(
        "incidenten.csv", made.INCIDENTEN + "01/07/2021;Smistraat;Drugs;1\n01/07/2021; smisstraat;Drugs;1\n"
    )
    delivery = wijk.read()
    account = delivery.report.of("incident_tellingen")[0].ledger
    assert {row: one.code for row, one in account.rejected.items()} == {5: "unknown_street"}
    assert "Smisstraat?" in delivery.report.text("nl") and account.repaired == {4, 6}
    wijk.toml(made.TOML + '[bronnen.incident_tellingen.codes.straat]\n"Smistraat" = "Smisstraat"\n')
    delivery = wijk.read()
    # Both rows are now of one street, month and category, with one count: a repetition.
    assert {
        row: one.code for row, one in delivery.report.of("incident_tellingen")[0].ledger.rejected.items()
    } == {6: "duplicate"}


@pytest.mark.parametrize("name", ["Adp.shp", "Adressen.gpkg", "kadaster.csv"])
def test_an_empty_file_spoils_its_own_layer_only(wijk, name):
    (wijk.folder / name).write_bytes(b"")
    delivery = wijk.read()
    assert delivery.report.exit_code == 1 and "empty" in delivery.report.text()
    assert len(delivery.frames["straten"]) == 2


def test_a_truncated_file_is_refused_by_name(wijk):
    path = wijk.folder / "Adp.shp"
    os.truncate(path, path.stat().st_size - 100)
    text = wijk.read().report.text()
    assert re.search(r"truncated.*Adp\.shp", text)


def test_a_delivery_without_rows(wijk):
    wijk.text("incidenten.csv", made.INCIDENTEN.splitlines()[0] + "\n")
    delivery = wijk.read()
    assert delivery.report.usable and "empty_source" in wijk.codes(delivery, "incident_tellingen")


def test_rows_elsewhere_are_counted_not_rejected(wijk):
    far = made.parcels().assign(CAPAKEY=["w", "x", "y", "z"])
    far.geometry = far.translate(2000, 0)
    wijk.write(pd.concat([made.parcels(), far]), "Adp.shp")
    delivery = wijk.read()
    account = delivery.report.of("percelen")[0].ledger
    assert (account.read, account.used, account.outside) == (8, 4, 4)
    assert wijk.codes(delivery, "percelen")["outside"].extra == "300"


def test_large_files_are_read_through_a_window(wijk, monkeypatch):
    far = made.parcels().assign(CAPAKEY=["w", "x", "y", "z"])
    far.geometry = far.translate(9000, 0)
    wijk.write(pd.concat([far, made.parcels()]).to_crs(3812), "Adp.shp")
    monkeypatch.setattr(delivered, "_LARGE", 3)
    account = (delivery := wijk.read()).report.of("percelen")[0].ledger
    assert (account.read, account.used, account.outside) == (8, 4, 4)
    assert delivery.frames["percelen"].capakey.tolist() == list(made.SOUND)


def test_nothing_in_the_wijk_is_told(wijk):
    far = made.parcels()
    far.geometry = far.translate(20_000, 0)
    wijk.write(far, "Adp.shp")
    delivery = wijk.read()
    assert "nothing_in_wijk" in wijk.codes(delivery, "percelen")
    assert delivery.report.of("percelen")[0].coverage == 0


def test_a_wijk_without_boundary_cannot_be_read(wijk):
    wijk.toml(made.TOML.replace('[bronnen.wijkgrens]\npad = "grens.gpkg"\n', ""))
    delivery = wijk.read()
    assert delivery.report.exit_code == 1 and "Voeg [bronnen.wijkgrens] toe" in delivery.report.text()


def test_read_only_folder_and_nothing_written(wijk):
    before = {path.name: path.stat().st_mtime_ns for path in wijk.folder.iterdir()}
    wijk.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        report = ingest.check(Wijk.open(wijk.folder))
    finally:
        wijk.folder.chmod(stat.S_IRWXU)
    assert report.exit_code == 0
    assert {path.name: path.stat().st_mtime_ns for path in wijk.folder.iterdir()} == before


def test_unc_paths_stay_unc_paths():
    folder = PureWindowsPath(r"\\server\gis\Wijk Arsenaal")
    assert delivered.resolve(folder, "bron/Adp.shp") == PureWindowsPath(
        r"\\server\gis\Wijk Arsenaal\bron\Adp.shp"
    )
    assert delivered.resolve(folder, r"\\ander\grb\Adp.shp") == PureWindowsPath(r"\\ander\grb\Adp.shp")
    assert delivered.resolve(folder, r"D:\grb\Adp.shp") == PureWindowsPath(r"D:\grb\Adp.shp")


def test_report_as_data_is_plain_json(wijk):
    data = json.loads(json.dumps(wijk.read().report.data()))
    rows = {one["laag"]: one["rijen"] for one in data["bronnen"]}
    assert rows["percelen"] == {
        "gelezen": 4,
        "gebruikt": 4,
        "hersteld": 0,
        "afgekeurd": 0,
        "buiten_gebied": 0,
    }
    parcels = next(one for one in data["bronnen"] if one["laag"] == "percelen")
    assert (
        parcels["volledigheid_pct"]["capakey"] == 100
        and parcels["dekking_pct"] > 50
        and parcels["crs"] == "EPSG:31370"
    )


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_reads_in_both_languages(code):
    finding = Finding(code, [3], "veld", "waarde", "meer")
    found, english = ingest.describe(finding, "nl"), ingest.describe(finding, "en")
    assert found[0] and english[0] and "{" not in "".join(found + english).replace("kolommen = {", "")


FILES = ["Adp.shp", "Adp.dbf", "Adp.shx", "Gbg.dbf", "Adressen.gpkg", "kadaster.csv", "incidenten.csv"]
SOURCES = set(re.findall(r"\[bronnen\.(\w+)\]", made.TOML))


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_whatever_gives_a_traceback(wijk, name, data):
    report = damage_and_read(wijk, name, data)
    assert {source.layer for source in report.sources} >= SOURCES, "each is accounted for, damaged or not"


@pytest.mark.soak
@given(st.sampled_from(FILES), st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_whatever_gives_a_traceback_at_length(wijk, name, data):
    report = damage_and_read(wijk, name, data)
    assert {source.layer for source in report.sources} >= SOURCES


def damage_and_read(wijk, name, data):
    path = wijk.folder / name
    sound = path.read_bytes()
    spot = data.draw(st.integers(0, len(sound) - 1))
    how = data.draw(st.sampled_from(["cut", "zeros", "flip"]))
    damaged = {
        "cut": sound[:spot],
        "zeros": sound[:spot] + b"\0" * min(64, len(sound) - spot) + sound[spot + 64 :],
        "flip": sound[:spot] + bytes([sound[spot] ^ 0xFF]) + sound[spot + 1 :],
    }[how]
    path.write_bytes(damaged)
    try:
        return wijk.read().report
    finally:
        path.write_bytes(sound)


def test_points_get_their_own_repair(wijk):
    wijk.toml(made.TOML + '[bronnen.incidenten]\npad = "meldingen.csv"\nsoort = "gemeenschapswachten"\n')
    wijk.text(
        "meldingen.csv",
        "id;datum;categorie;x;y;straat;status\n"
        "A;01/02/2021;sluikstort;158410,50;189405,25;Smisstraat;nieuw\n"
        "B;02/02/2021;sluikstort;189405,25;158410,50;Smisstraat;nieuw\n"
        "C;03/02/2021;sluikstort;4,48860;51,01480;Smisstraat;nieuw\n"
        "D;04/02/2021;sluikstort;0;0;Smisstraat;nieuw\n"
        "E;05/02/2021;sluikstort;;;Smisstraat;nieuw\n"
        "F;06/02/2021;sluikstort;158410.50;189405,25;Smisstraat;nieuw\n"
        "G;07/02/2021;sluikstort;250000;100000;Smisstraat;nieuw\n"
        "H;07/02/2021;sluikstort;twee;drie;Smisstraat;nieuw\n",
    )
    delivery = wijk.read()
    account = delivery.report.of("incidenten")[0].ledger
    assert (account.read, account.used, account.outside) == (8, 7, 1)
    assert account.repaired == {3, 4, 5, 6, 7, 9}
    rows = delivery.frames["incidenten"].set_index("incident_id").geometry
    assert [rows[one].wkt for one in "ABF"] == ["POINT (158410.5 189405.25)"] * 3
    assert rows["C"].distance(shapely.Point(158410.5, 189405.25)) < 20
    assert rows[["D", "E", "H"]].isna().all()
