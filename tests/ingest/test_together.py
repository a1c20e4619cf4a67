"""Deliveries that are joined: dwellings with parcels and cadastre, entities of the GRB, parcels over time."""

import datetime as dt
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from arsenaal_gis import ingest
from arsenaal_gis.wijk import Wijk

from . import conftest as made


def test_flats_share_a_parcel_in_order(wijk):
    addresses = pd.concat([made.addresses().iloc[:1]] * 3 + [made.addresses().iloc[1:]], ignore_index=True)
    addresses["ADRESID"] = [str(number) for number in range(101, 107)]
    addresses.loc[:2, "BUSNR"] = ["0003", "0001", "0002"]
    wijk.write(addresses, "Adressen.gpkg")
    flats = "".join(
        f"12025B0001/00A000;220;SMISSTRAAT;1;1962;{year};C;3;1;{n}\n"
        for n, year in ((2, ""), (3, 1999), (4, ""))
    )
    common = "12025B0001/00A000;164;SMISSTRAAT;1;;;;;0;1\n12025B0001/00A000;204;SMISSTRAAT;1;1990;;;;0;5\n"
    lines = made.KADASTER.splitlines(keepends=True)
    wijk.text("kadaster.csv", lines[0] + common + flats + "".join(lines[2:]))
    delivery = wijk.read()
    rows = delivery.frames["woningen"].set_index("adres_id").loc[["101", "102", "103"]]
    assert rows.gewijzigd_jaar.isna().tolist() == [True, True, False]  # box 2 is second
    assert (rows.bouwjaar == 1962).all() and (rows.woningtype == "meergezins").all()
    assert wijk.codes(delivery, "woningen")["by_order"].value == "3"


def test_one_address_with_several_dwellings_by_the_cadastre(wijk):
    wijk.text("kadaster.csv", made.KADASTER.replace("SMISSTRAAT;1;3;;A;2;1;1", "SMISSTRAAT;1;3;;A;2;3;1"))
    rows = wijk.read().frames["woningen"]
    assert len(rows) == 6 and rows.woning_id.is_unique
    assert rows[rows.adres_id == "101"].bouwjaar.tolist() == [1887] * 3
    again = wijk.read().frames["woningen"]
    assert again.woning_id.tolist() == rows.woning_id.tolist()


def test_a_municipal_dump_is_cut_to_the_wijk_but_lost_rows_are_told(wijk):
    elsewhere = "12099C0001/00A000;200;KERKSTRAAT;1;3;;A;2;1;1\n"
    lost = "12025B0009/00Z000;200;SMISSTRAAT;99;3;;A;2;1;1\n"
    wijk.text("kadaster.csv", made.KADASTER + elsewhere + lost)
    delivery = wijk.read()
    account = delivery.report.of("woningen")[0].ledger
    assert (account.read, account.outside, account.used) == (6, 1, 5)
    assert wijk.codes(delivery, "woningen")["not_joined"].rows == [7]


def test_cadastre_by_street_and_number_where_the_key_fails(wijk):
    wijk.text("kadaster.csv", made.KADASTER.replace("12025B0001/00B000", "12025B0001/00Q000"))
    rows = wijk.read().frames["woningen"].set_index("huisnummer")
    assert rows.loc["3", "bouwjaar"] == 1962 and rows.loc["3", "koppelwijze"] == "adres"
    assert rows.koppelwijze.drop("3").tolist() == ["ligging"] * 3


def test_official_keys_come_before_location(wijk):
    addresses = made.addresses().assign(
        GBGOIDN=["22", "22", None, "999"], CAPAKEY=[None, "12025B0001/00C000", None, "onbekend"]
    )
    wijk.write(addresses, "Adressen.gpkg")
    rows = wijk.read().frames["adressen"].set_index("huisnummer")
    assert rows.gebouw_id.tolist() == ["22", "22", "23", "24"]
    assert rows.koppelwijze.tolist() == ["sleutel", "sleutel", "nabij", "nabij"]
    assert rows.capakey.str[-4:].tolist() == ["B000", "C000", "C000", "D000"]


def test_addresses_that_join_nothing_are_listed(wijk):
    addresses = made.addresses()
    addresses.loc[3, "geometry"] = shapely.Point(made.X + 35, made.Y + 35)
    wijk.write(addresses, "Adressen.gpkg")
    delivery = wijk.read()
    assert wijk.codes(delivery, "adressen")["not_joined"].rows == [4]
    assert delivery.frames["adressen"].set_index("huisnummer").loc["7", "koppelwijze"] == "geen"
    # Its dwelling exists all the same, and gets its cadastral row by street and number.
    assert len(delivery.frames["woningen"]) == 4


def test_heights_of_the_3d_grb_with_decimal_comma(wijk):
    wijk.toml(
        made.TOML.replace("[bronnen.gebouwen]\n", "[[bronnen.gebouwen]]\n")
        + '[[bronnen.gebouwen]]\npad = "3d.csv"\nsoort = "grb_3d"\n'
    )
    wijk.text("3d.csv", "GRB_OIDN;HN_P99\n21;8,75\n22;9,10\n777;3,0\n")
    delivery = wijk.read()
    rows = delivery.frames["gebouwen"].set_index("gebouw_id")
    assert (
        rows.hoogte_m["21"] == 8.75
        and rows.hoogte_bron["22"] == "3D GRB"
        and np.isnan(rows.hoogte_m.astype(float)["23"])
    )
    assert len(rows) == 5
    assert delivery.report.of("gebouwen")[1].ledger.findings[-1].rows == [4]


def test_the_3d_grb_with_its_own_outlines_completes_the_buildings(wijk):
    tall = made.buildings()[["geometry"]].assign(
        GRB_OIDN=[21, 22, 23, 24, 25], HN_P99=["8,5", "9,0", "7,5", "8,0", "2,5"]
    )
    tall.geometry = tall.buffer(0.1)
    wijk.write(tall, "3d.shp")
    wijk.toml(
        made.TOML.replace("[bronnen.gebouwen]", "[[bronnen.gebouwen]]")
        + '[[bronnen.gebouwen]]\npad = "3d.shp"\nsoort = "grb_3d"\n'
    )
    rows = wijk.read().frames["gebouwen"]
    assert rows.hoogte_m.tolist() == [8.5, 9.0, 7.5, 8.0, 2.5] and rows.oppervlakte_m2.tolist() == [
        60.0
    ] * 4 + [15.0]


def test_a_key_that_two_sources_bring_is_rejected_in_the_second(wijk):
    wijk.write(made.buildings().iloc[[0]], "Gbg2.shp")
    wijk.toml(
        made.TOML.replace("[bronnen.gebouwen]", "[[bronnen.gebouwen]]")
        + '[[bronnen.gebouwen]]\npad = "Gbg2.shp"\n'
    )
    delivery = wijk.read()
    assert len(delivery.frames["gebouwen"]) == 5
    assert delivery.report.of("gebouwen")[1].ledger.rejected[1].code == "duplicate_key"


def test_entities_of_the_grb_number_their_objects_apart(wijk):
    lines = made.streets()[["geometry"]].assign(OIDN=[1, 2], UIDN=[1, 2], TYPE=[1, 1], VERSDATUM="2024-01-01")
    wijk.write(lines, "Wgo.shp")
    wijk.write(lines, "Wga.shp")
    wijk.toml(
        made.TOML
        + '[[bronnen.weglijnen]]\npad = "Wgo.shp"\n'
        + '[[bronnen.weglijnen]]\npad = "Wga.shp"\nsoort = "grb_wga"\n'
    )
    rows = wijk.read().frames["weglijnen"]
    assert rows.weglijn_id.tolist() == ["wga_1", "wga_2", "wgo_1", "wgo_2"]
    assert rows.soort.tolist() == ["wegrand", "wegrand", "boordsteen", "boordsteen"]


def test_building_keys_of_the_grb_address_table(wijk):
    table = "OIDN;GBGOIDN;HUISNR;BUSNR;STRAATNM\n9001;22;1;nvt;Smisstraat\n9002;24;99;nvt;Smisstraat\n"
    wijk.text("TblGbgAdr.csv", table)
    wijk.toml(
        made.TOML.replace("[bronnen.adressen]", "[[bronnen.adressen]]")
        + '[[bronnen.adressen]]\npad = "TblGbgAdr.csv"\nsoort = "grb_tblgbgadr"\n'
    )
    delivery = wijk.read()
    rows = delivery.frames["adressen"].set_index("huisnummer")
    assert (rows.gebouw_id["1"], rows.koppelwijze["1"]) == ("22", "sleutel") and len(rows) == 4
    assert wijk.codes(delivery, "adressen")["not_joined"].rows == [3]


def test_addresses_of_the_grb_table_alone_stand_in_their_building(wijk):
    table = "OIDN;GBGOIDN;HUISNR;BUSNR;STRAATNM\n9001;22;1;nvt;Smisstraat\n9002;777;99;nvt;Smisstraat\n"
    wijk.text("TblGbgAdr.csv", table)
    wijk.toml(made.TOML.replace('pad = "Adressen.gpkg"', 'pad = "TblGbgAdr.csv"\nsoort = "grb_tblgbgadr"'))
    delivery = wijk.read()
    rows = delivery.frames["adressen"]
    house = delivery.frames["gebouwen"].set_index("gebouw_id").geometry["22"]
    assert rows.adres_id.tolist() == ["9001"] and rows.geometry.iloc[0].within(house)
    assert delivery.report.of("adressen")[0].ledger.rejected[3].code == "no_geometry"


def test_green_without_a_key_of_its_own_gets_a_lasting_one(wijk):
    green = made.parcels()[["geometry"]].assign(FYSIEK=["heesters", "bomen", "heesters", "weide"])
    wijk.write(green, "groen.gpkg")
    wijk.toml(made.TOML + '[bronnen.groen]\npad = "groen.gpkg"\n')
    rows = wijk.read().frames["groen"]
    assert (
        rows.soort.value_counts().to_dict() == {"struik": 2, "bos": 1}
        and rows.groen_id.str.len().eq(36).all()
    )
    wijk.write(green.iloc[::-1], "groen.gpkg")
    assert wijk.read().frames["groen"].groen_id.tolist() == rows.groen_id.tolist()


def test_splits_and_merges_by_add_and_delete_files(wijk):
    """Parcel A is split in two, B and C are merged; the ground says who took over."""
    parcels = made.parcels()
    gone = parcels.iloc[:3].assign(EINDDATUM="2024-06-01", BEWERK=1)
    halves = [
        shapely.box(made.X, made.Y, made.X + 6, made.Y + 5),
        shapely.box(made.X, made.Y + 5, made.X + 6, made.Y + 20),
    ]
    merged = shapely.box(made.X + 6, made.Y, made.X + 18, made.Y + 20)
    new = parcels.iloc[:3].assign(CAPAKEY=["nieuw_1", "nieuw_2", "nieuw_3"], OIDN=[91, 92, 93])
    new.geometry = [*halves, merged]
    wijk.write(gone, "AdpDel.gpkg")
    wijk.write(new, "AdpAdd.gpkg")
    wijk.toml(
        made.TOML.replace("[bronnen.percelen]", "[[bronnen.percelen]]")
        + '[[bronnen.percelen]]\npad = "AdpDel.gpkg"\n[[bronnen.percelen]]\npad = "AdpAdd.gpkg"\n'
    )
    delivery = wijk.read()
    assert set(delivery.frames["percelen"].capakey) == {"nieuw_1", "nieuw_2", "nieuw_3", "12025B0001/00D000"}
    lineage = delivery.frames["afstamming"]
    shares = {(row.oude_sleutel[-4:], row.nieuwe_sleutel): row.aandeel for row in lineage.itertuples()}
    assert shares == {
        ("A000", "nieuw_1"): 0.25,
        ("A000", "nieuw_2"): 0.75,
        ("B000", "nieuw_3"): 1.0,
        ("C000", "nieuw_3"): 1.0,
    }
    assert (lineage.status == "voorstel").all()


def test_web_sources_come_through_the_transport_handed_in(wijk, tmp_path):
    asked = []

    def fetch(url):
        asked.append(url)
        if "/items" not in url:
            return b'{"id": "ADP", "crs": ["http://www.opengis.net/def/crs/EPSG/0/31370"]}'
        return json.dumps({**json.loads(made.parcels().to_json()), "numberMatched": 4}).encode()

    wijk.toml(made.TOML.replace('pad = "Adp.shp"', 'pad = "http://127.0.0.1:9/ogc/features/collections/ADP"'))
    report = ingest.check(Wijk.open(wijk.folder), fetch=fetch)
    assert report.exit_code == 0, report.text()
    assert not (wijk.folder / "momentopnamen").exists()
    delivery = wijk.read(fetch=fetch, today=dt.date(2026, 11, 22))
    assert made.areas(delivery) == made.SOUND and len(list((wijk.folder / "momentopnamen").iterdir())) == 1
    seen = len(asked)
    assert made.areas(wijk.read(fetch=fetch, today=dt.date(2027, 1, 1))) == made.SOUND and len(asked) == seen
    assert gpd.read_file(next((wijk.folder / "momentopnamen").iterdir()), engine="pyogrio").shape[0] == 4
