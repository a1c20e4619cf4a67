"""The real block: the report says what the data's README says; altered copies change just that."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from arsenaal_gis import ingest
from arsenaal_gis.wijk import Wijk

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def delivery_of(shared_data, tmp_path_factory):
    """Read a copy of the block after a change to its files."""

    def read(change=lambda folder: None):
        folder = tmp_path_factory.mktemp("blok é") / "wijk"
        shutil.copytree(shared_data / "block", folder)
        shutil.copy(HERE / "block_wijk.toml", folder / "wijk.toml")
        change(folder)
        return ingest.read(Wijk.open(folder))

    return read


@pytest.fixture(scope="module")
def block(delivery_of):
    return delivery_of()


def ledger(delivery, layer, number=0):
    return delivery.report.of(layer)[number].ledger


def test_the_block_is_usable_and_nothing_is_lost(block):
    assert block.report.usable and block.report.exit_code == 0
    for source in block.report.sources:
        account = source.ledger
        assert account.read == account.used + len(account.rejected) + account.outside, source.path
    assert len(block.frames["afgekeurd"]) == sum(len(one.ledger.rejected) for one in block.report.sources)
    counts = {layer: len(frame) for layer, frame in block.frames.items()}
    assert counts | {"afgekeurd": 0, "bronnen": 0, "bouwblokken": 0} == {
        "wijkgrens": 1,
        "straten": 14,
        "percelen": 131,
        "bouwblokken": 0,
        "gebouwen": 160,
        "adressen": 172,
        "woningen": 172,
        "wegdek": 149,
        "water_spoor": 4,
        "groen": 126,
        "bomen": 213,
        "incident_tellingen": 517,
        "incidenten": 425,
        "renovatie": 172,
        "bezoeken": 517,
        "afgekeurd": 0,
        "bronnen": 0,
    }


def test_police_counts(block):
    account = ledger(block, "incident_tellingen")
    assert (account.read, account.used) == (522, 517)
    rows = block.frames["incident_tellingen"]
    assert account.used - len(account.repaired) == 514
    # 560 incidents in the clean rows; the repaired ones add Hamerstr. (1), the capitals (1) and 1 to 4
    # behind '<5'.
    assert rows.aantal_min.sum() == 560 + 1 + 1 + 1 and rows.aantal_max.sum() == 560 + 1 + 1 + 4
    assert sorted(account.rejected) == [42, 183, 203, 263, 335]
    assert sorted(account.repaired) == [132, 303, 352]
    hidden = rows[rows.aantal.isna()]
    assert hidden[["aantal_min", "aantal_max"]].values.tolist() == [[1, 4]]
    assert "Overlast café" not in rows.categorie.unique() and "overlast_horeca" in rows.categorie.unique()


def test_warden_reports(block):
    account = ledger(block, "incidenten")
    assert (account.read, account.used, sorted(account.rejected)) == (426, 425, [122])
    assert sorted(account.repaired) == [27, 92, 143, 180, 213, 243, 263, 303]
    rows = block.frames["incidenten"].set_index("incident_id")
    # The row without a category is the 283rd dumping of the README; it stays unknown here.
    assert (rows.categorie == "sluikstort").sum() == 282
    assert rows.geometry.isna().sum() == 2
    swapped, degrees, pointed = rows.geometry[["GW00026", "GW00178", "GW00301"]]
    assert (swapped.x, swapped.y) == (158605.79, 189490.65)
    assert np.hypot(degrees.x - 158614.83, degrees.y - 189463.53) < 1
    assert (pointed.x, pointed.y) == (158388.5, 189498.71)


def test_every_address_finds_its_building_and_parcel(block, shared_data):
    truth = pd.read_csv(shared_data / "block" / "koppeling_controle.csv", sep=";", dtype=str).set_index(
        "ADRESID"
    )
    found = block.frames["adressen"].set_index("adres_id")
    truth = truth.reindex(found.index)
    assert (found.gebouw_id == truth.GBG_OIDN).sum() == 172
    assert (found.capakey == truth.CAPAKEY).sum() == 172
    dwellings = block.frames["woningen"]
    several = dwellings.groupby("gebouw_id").woning_id.size().gt(1)
    assert several.sum() == 13 and round(100 * (dwellings.woningtype == "meergezins").mean()) == 32


def test_dwellings_have_the_ages_of_the_cadastre(block):
    dwellings = block.frames["woningen"]
    joined = dwellings[dwellings.koppelwijze != "geen"]
    assert len(dwellings) == 172 and len(joined) == 171 and dwellings.woning_id.is_unique
    classes = joined.bouwjaar_klasse.value_counts()
    known = len(joined) - classes["onbekend"]
    shares = {name: round(100 * classes[name] / known, 1) for name in classes.index if name != "onbekend"}
    assert shares == pytest.approx(
        {"voor_1900": 25.3, "1900_1945": 20.1, "1946_1970": 42.9, "vanaf_1971": 11.7}, abs=0.7
    )
    assert 100 * classes["onbekend"] / len(joined) == pytest.approx(9.9, abs=0.6)
    assert 100 * joined.gewijzigd_jaar.notna().mean() == pytest.approx(38.0, abs=0.6)
    lost = ledger(block, "woningen").findings
    assert [one.rows for one in lost if one.code == "not_joined"][-1] == [171]


def test_road_surface_gets_its_use_from_the_city(block):
    use = block.frames["wegdek"].functie.value_counts().to_dict()
    assert use == {"voetpad": 76, "parkeren": 36, "rijbaan": 32, "trap": 4, "plein": 1}
    total = (
        block.frames["wegdek"].oppervlakte_m2[block.frames["wegdek"].wegdek_id.str.startswith("wbn_")].sum()
    )
    assert total == pytest.approx(5321, abs=1)


def test_rasters_hold_the_classes_of_the_readme(block):
    values, counts = np.unique(block.rasters["groenkaart"].values, return_counts=True)
    assert dict(zip(values[:3], counts[:3], strict=True)) == {0: 26268, 2: 2006, 3: 5940}
    sealed = block.rasters["bodembedekking"].values
    assert ((sealed == 1).sum(), (sealed == 0).sum()) == (21487, 12727)
    assert block.rasters["dtm"].shape == (230, 265)


def test_sources_are_recorded(block):
    sources = block.frames["bronnen"].set_index("pad")
    assert sources.loc["Adp.shp", "rijen_gelezen"] == 131 and len(sources.loc["Adp.shp", "sha256"]) == 64
    assert sources.loc["kadaster.csv", "datum"] == pd.Timestamp("2025-01-01")
    assert str(sources.loc["incidenten.csv", "datum"])[:10] == "2025-06-01"
    assert (sources.crs.dropna() == "EPSG:31370").all()


def rewritten(folder, name, change):
    path = folder / name
    lines = path.read_bytes().decode("cp1252").split("\r\n")
    path.write_bytes("\r\n".join(change(lines)).encode("cp1252"))


def test_ten_rows_less_are_ten_rows_less(block, delivery_of):
    def drop(folder):
        rewritten(folder, "bezoeken.csv", lambda lines: lines[:1] + lines[11:])

    less = delivery_of(drop)
    assert ledger(less, "bezoeken").read == 507 and len(less.frames["bezoeken"]) == 507
    kept = set(less.frames["bezoeken"].bezoek_id)
    assert kept < set(block.frames["bezoeken"].bezoek_id)
    for layer in set(block.frames) - {"bezoeken", "bronnen"}:
        pd.testing.assert_frame_equal(pd.DataFrame(less.frames[layer]), pd.DataFrame(block.frames[layer]))


def test_a_renamed_optional_column_empties_one_field(block, delivery_of):
    def rename(folder):
        rewritten(
            folder, "kadaster.csv", lambda lines: [lines[0].replace("physModYear", "wijziging"), *lines[1:]]
        )

    other = delivery_of(rename)
    assert other.report.usable
    told = [one for one in ledger(other, "woningen").findings if one.code == "column_absent"]
    assert [one.field for one in told] == ["gewijzigd_jaar"]
    assert other.frames["woningen"].gewijzigd_jaar.isna().all()
    pd.testing.assert_frame_equal(
        other.frames["woningen"].drop(columns=["gewijzigd_jaar", "geom"]),
        block.frames["woningen"].drop(columns=["gewijzigd_jaar", "geom"]),
    )


def test_a_renamed_required_column_makes_the_source_unusable(delivery_of):
    def rename(folder):
        rewritten(folder, "incidenten.csv", lambda lines: [lines[0].replace("straat", "plaats"), *lines[1:]])

    other = delivery_of(rename)
    assert other.report.exit_code == 1 and "incident_tellingen" not in other.frames
    text = other.report.text("nl")
    assert (
        "De verplichte kolom voor 'straat' ontbreekt" in text and "plaats" in text and "Traceback" not in text
    )


def test_a_missing_file_is_an_error_not_a_traceback(delivery_of):
    other = delivery_of(lambda folder: (folder / "Gbg.shp").unlink())
    assert other.report.exit_code == 1
    assert "Gbg.shp" in other.report.text("en")
    # Without buildings every address still finds a parcel where it lies in one.
    assert len(other.frames["woningen"]) == 172 or other.frames["woningen"].gebouw_id.isna().all()


def test_reading_twice_gives_the_same(block, delivery_of):
    again = delivery_of()
    for layer, frame in block.frames.items():
        pd.testing.assert_frame_equal(pd.DataFrame(again.frames[layer]), pd.DataFrame(frame))
