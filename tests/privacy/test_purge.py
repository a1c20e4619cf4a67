import contextlib
import datetime
import os
import shutil
import sqlite3
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import WorkspaceError
from arsenaal_gis.gpkg import read_layer, write_layer
from arsenaal_gis.privacy import Ledger, personal_fields, pia, purge
from arsenaal_gis.wijk import Wijk

SECRET = "bezoek-7f3a-gevoelig"


@pytest.fixture
def wijk(tmp_path):
    """Two dwellings with a visit, a survey and tenure each, in the file, a copy, a plan, a package and a delivery."""
    folder = tmp_path / "wijk"
    for name in ("reserve", "plannen/20240105T100000Z", "veld", "bron"):
        (folder / name).mkdir(parents=True)
    (folder / "wijk.toml").write_text(
        '[wijk]\nnaam = "Proef <1>"\n[bronnen.bezoeken]\npad = "bron/bezoeken.csv"\n', encoding="utf-8"
    )
    homes = gpd.GeoDataFrame(
        {
            "woning_id": ["w1", "w2"],
            "adres_id": ["a1", "a2"],
            "bouwjaar_klasse": ["voor_1900"] * 2,
            "eigendom": ["huur", "eigenaar"],
        },
        geometry=[shapely.Point(0, 0), shapely.Point(9, 0)],
        crs=31370,
    )
    visits = pd.DataFrame(
        {
            "bezoek_id": [SECRET, "bezoek-0000-ander"],
            "woning_id": ["w1", "w2"],
            "adres_id": ["a1", "a2"],
            "datum": pd.to_datetime(["2022-03-15", "2025-04-01"]),
            "golf": ["nulmeting", "nameting"],
            "resultaat": ["bezocht", "geweigerd"],
        }
    )
    files = [folder / "wijk.gpkg", folder / "reserve/wijk_20240101T000000Z.gpkg", folder / "veld/ploeg.gpkg"]
    for path in files:
        write_layer(path, load().layer("woningen"), homes)
        write_layer(path, load().layer("bezoeken"), visits)
    facts = gpd.GeoDataFrame(
        {
            "woning_id": ["w1", "w2"],
            "bouwjaar_klasse": ["voor_1900"] * 2,
            "renovatiestatus": ["gepland"] * 2,
            "bereikt": ["ja", "nee"],
            "maanden_sinds_bezoek": [21, 7],
        },
        geometry=list(homes.geometry),
        crs=31370,
    )
    write_layer(
        folder / "plannen/20240105T100000Z/plan_20240105T100000Z.gpkg", load().layer("woning_feiten"), facts
    )
    with zipfile.ZipFile(folder / "veld/ploeg.zip", "w") as archive:
        archive.write(folder / "veld/ploeg.gpkg", "data/ploeg.gpkg")
        archive.writestr("lees.txt", "pakket")
    (folder / "bron/bezoeken.csv").write_text(
        f"bezoek_id;adres_id;datum\n{SECRET};a1;2022-03-15\nbezoek-0000-ander;a2;2025-04-01\n",
        encoding="utf-8",
    )
    return Wijk.open(folder)


def holding(folder, text):
    """Files in which a text stands, inside zipped packages too."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            contents = [path.read_bytes()]
            if path.suffix == ".zip":
                with zipfile.ZipFile(path) as archive:
                    contents = [archive.read(name) for name in archive.namelist()]
            found += [path.name for c in contents if text.encode() in c]
    return found


def test_after_a_purge_the_value_stands_in_no_byte(wijk):
    assert len(holding(wijk.folder, SECRET)) == 5
    done = purge(wijk, dwelling="w1", role="gis")
    assert holding(wijk.folder, SECRET) == [] and done.left == []
    assert len(holding(wijk.folder, "bezoek-0000-ander")) == 5
    # Five visits, and the row of facts that cannot do without a personal value.
    assert done.rows == 6
    assert list(read_layer(wijk.gpkg, "bezoeken")["woning_id"]) == ["w2"]


def test_the_dwelling_stays_but_what_was_personal_of_it_goes(wijk):
    purge(wijk, dwelling="a1")
    homes = read_layer(wijk.gpkg, "woningen").set_index("woning_id")
    assert homes.loc["w1", "eigendom"] == "onbekend" and homes.loc["w2", "eigendom"] == "eigenaar"
    assert homes.loc["w1", "bouwjaar_klasse"] == "voor_1900" and homes.geometry.notna().all()


def test_by_date_only_older_rows_go(wijk):
    done = purge(wijk, before=datetime.date(2023, 1, 1))
    assert holding(wijk.folder, SECRET) == [] and len(holding(wijk.folder, "bezoek-0000-ander")) == 5
    # The plan is of 2024: not yet.
    assert len(read_layer(wijk.plans()[0].gpkg, "woning_feiten")) == 2 and done.rows == 5
    purge(wijk, before=datetime.date(2024, 6, 1))
    assert len(read_layer(wijk.plans()[0].gpkg, "woning_feiten")) == 0


def test_the_erasure_is_logged_without_its_content(wijk):
    purge(wijk, dwelling="w1", role="gis")
    log = Ledger.of(wijk.folder).table("toegang")
    assert list(log["handeling"]) == ["wissen"] and list(log["rol"]) == ["gis"] and (log["rijen"] > 0).all()
    assert not log.astype(str).apply(lambda c: c.str.contains("w1|a1", regex=True)).any().any()


def test_what_it_cannot_clean_it_names(wijk):
    (wijk.folder / "notities.txt").write_text(f"gesprek over {SECRET}", encoding="utf-8")
    with zipfile.ZipFile(wijk.folder / "oud.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notities.txt", f"gesprek over {SECRET} " * 9)
    assert purge(wijk, dwelling="w1").left == ["notities.txt", "oud.zip"]


def test_rows_that_somebody_deleted_before_leave_no_bytes(wijk):
    with contextlib.closing(sqlite3.connect(wijk.gpkg)) as database:
        database.execute("PRAGMA secure_delete=OFF")
        database.execute("DELETE FROM bezoeken WHERE woning_id = 'w1'")
        database.commit()
    assert SECRET.encode() in wijk.gpkg.read_bytes()
    purge(wijk, dwelling="w1")
    assert holding(wijk.folder, SECRET) == []


def test_what_a_crash_left_in_a_side_file_is_cleaned_too_and_nothing_else_is_lost(wijk):
    copy = wijk.folder / "kopie"
    copy.mkdir()
    with contextlib.closing(sqlite3.connect(wijk.gpkg)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("UPDATE bezoeken SET resultaat = 'niet_thuis' WHERE woning_id = 'w2'")
        database.commit()
        for path in (
            wijk.gpkg,
            wijk.gpkg.with_name("wijk.gpkg-wal"),
        ):  # as they lie when the program dies here
            shutil.copyfile(path, copy / path.name)
    for path in copy.iterdir():
        os.replace(path, wijk.folder / path.name)
    (wijk.folder / "reserve/.wijk.gpkg.deel").write_text(SECRET)
    purge(wijk, dwelling="w1")
    assert holding(wijk.folder, SECRET) == []
    assert list(read_layer(wijk.gpkg, "bezoeken")["resultaat"]) == ["niet_thuis"]


def test_a_second_purge_finds_nothing_and_changes_no_file(wijk):
    purge(wijk, dwelling="w1")
    before = wijk.gpkg.read_bytes()
    assert purge(wijk, dwelling="w1").files == [] and wijk.gpkg.read_bytes() == before


def test_refusals(wijk):
    with pytest.raises(WorkspaceError):
        purge(wijk)
    with pytest.raises(WorkspaceError):
        purge(wijk, dwelling="w9")
    held = sqlite3.connect(wijk.gpkg, isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError):
        purge(wijk, dwelling="w1")
    held.execute("ROLLBACK")
    held.close()
    assert len(holding(wijk.folder, SECRET)) == 5


def test_privacy_report_lists_every_personal_field_and_escapes(wijk):
    page, sheet = pia(wijk)
    fields = personal_fields(wijk)
    expected = {
        (layer.id, f.name)
        for layer in load().of_kind("input", "human", "result")
        for f in layer.fields.values()
        if f.privacy in ("P0", "P1")
    }
    assert set(zip(fields["laag"], fields["veld"], strict=True)) == expected
    text = page.read_text(encoding="utf-8")
    assert "Proef &lt;1&gt;" in text and SECRET not in text
    row = fields.set_index(["laag", "veld"]).loc[("bezoeken", "resultaat")]
    assert row["bron"] == "bron/bezoeken.csv" and row["gevuld"] == 2 and row["bewaartermijn"]
    assert len(pd.read_csv(sheet, sep=";")) == len(expected)
