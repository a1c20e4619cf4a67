import contextlib
import dataclasses
import importlib
import os
import sqlite3

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from conftest import quarter, register

from arsenaal_gis.catalogue import Catalogue, Field, load
from arsenaal_gis.errors import ReleaseRefused, WorkspaceError
from arsenaal_gis.gpkg import conform
from arsenaal_gis.privacy import Ledger, locate, release
from arsenaal_gis.settings import Settings

SECRET = bytes(range(32))
releasing = importlib.import_module("arsenaal_gis.privacy.release")  # hidden by the function of that name


@pytest.fixture
def ledger(tmp_path):
    return Ledger.of(tmp_path)


def homes(places):
    rows = places.rows
    frame = gpd.GeoDataFrame(
        {
            "woning_id": rows["woning_id"],
            "adres_id": rows["adres_id"],
            "bouwjaar_klasse": "voor_1900",
            "eigendom": np.where(np.arange(len(rows)) % 3, "eigenaar", "huur"),
            "bouwvorm": "gesloten",
        },
        geometry=gpd.points_from_xy(rows["x"], rows["y"]),
        crs=31370,
    )
    return conform(frame, load().layer("woningen"))


def visits(places, count=300):
    rng = np.random.default_rng(4)
    row = rng.integers(0, len(places.rows), count)
    return conform(
        pd.DataFrame(
            {
                "bezoek_id": [f"b{i}" for i in range(count)],
                "woning_id": places.rows["woning_id"].to_numpy()[row],
                "adres_id": places.rows["adres_id"].to_numpy()[row],
                "datum": pd.Timestamp("2025-04-01"),
                "golf": rng.choice(["nulmeting", "nameting"], count),
                "resultaat": rng.choice(["bezocht", "niet_thuis"], count),
                "bron": "vrije tekst over een gezin",
                "afspraak_op": pd.Timestamp("2025-04-01 10:30"),
            }
        ),
        load().layer("bezoeken"),
    )


def test_p1_drops_social_facts_physically_and_keeps_the_dwelling(places, ledger):
    out = release({"woningen": homes(places), "bezoeken": visits(places)}, "P1", ledger)
    layer, frame = out.layers["woningen"]
    assert "eigendom" not in frame.columns and "eigendom" not in layer.fields and "bouwvorm" in frame.columns
    assert "bezoeken" not in out.layers
    assert {("woningen", "velden verwijderd"), ("bezoeken", "weggelaten")} <= {
        (f.layer, f.action) for f in out.findings
    }


def test_no_household_table_leaves_as_rows_at_any_open_tier(places, ledger):
    for tier in ("P1", "P2", "P3"):
        try:
            out = release(
                {"bezoeken": visits(places)}, tier, ledger, places=places, secret=SECRET, partial=True
            )
        except ReleaseRefused:
            continue
        for id, (_, frame) in out.layers.items():
            assert id.startswith("tellingen_")
            text = frame.drop(columns="geometry", errors="ignore").astype(str)
            assert not text.apply(lambda c: c.str.contains("gezin|w0[0-9]_|10:30", regex=True)).any().any()


def test_visits_are_counted_by_wave_and_by_dwelling(ledger):
    places = quarter(2, sides=8, least=60, most=70)
    out = release({"bezoeken": visits(places, 900)}, "P2", ledger, places=places)
    total = out.layers["tellingen_totaal"][1]
    assert set(total["reeks"]) == {"nulmeting", "nameting"}
    shown = total[total["code"].eq("bezocht") & total["veld"].eq("resultaat")]
    truth = visits(places, 900)
    for row in shown.itertuples():
        if row.getoond == "getoond":
            assert row.waarde == (truth["golf"].eq(row.reeks) & truth["resultaat"].eq("bezocht")).sum()


def test_six_visits_to_one_dwelling_are_not_shown_as_six(ledger):
    places = quarter(2, sides=6, least=40, most=50)
    home = places.rows["woning_id"]
    rows = [(h, ("bezocht", "niet_thuis")[i % 2]) for i, h in enumerate(home)] + [(home[0], "geweigerd")] * 6
    frame = pd.DataFrame(rows, columns=["woning_id", "resultaat"]).assign(
        golf="nulmeting", datum=pd.Timestamp("2025-04-01")
    )
    frame["bezoek_id"] = [f"b{i}" for i in range(len(frame))]
    out = release(
        {"bezoeken": conform(frame, load().layer("bezoeken"))},
        "P2",
        ledger,
        places=places,
        unit="straatzijde",
    )
    table = out.layers["tellingen_straatzijde"][1]
    refused = table[table["code"].eq("geweigerd") & table["eenheid_id"].eq(places.rows["straatzijde_id"][0])]
    assert list(refused["getoond"]) == ["verborgen"]


def test_a_unit_where_everybody_is_the_same_is_not_shown(ledger):
    places = quarter(5, sides=6, least=30, most=40)
    frame = register(places, np.random.default_rng(0), weights=(0.5, 0.5))
    first = places.rows["straatzijde_id"].iloc[0]
    frame.loc[places.rows["straatzijde_id"].eq(first).to_numpy(), "renovatiestatus"] = frame[
        "renovatiestatus"
    ].unique()[0]
    out = release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde")
    table = out.layers["tellingen_straatzijde"][1]
    size = (places.rows["straatzijde_id"] == first).sum()
    assert not (table["eenheid_id"].eq(first) & table["waarde"].eq(size) & table["code"].ne("totaal")).any()


def test_open_data_are_rounded_and_add_up(ledger):
    places = quarter(7, sides=12, least=60, most=80)
    frame = homes(places)
    frame["bouwvorm"] = np.random.default_rng(0).choice(["gesloten", "halfopen"], len(frame))
    out = release({"woningen": frame}, "P3", ledger, places=places)
    table, total = out.layers["tellingen_vlak"][1], out.layers["tellingen_totaal"][1]
    assert (table["waarde"].dropna() % 5 == 0).all() and set(table["eenheid"]) == {"cel"}
    assert set(table["veld"]) >= {"bouwvorm"} and "eigendom" not in set(table["veld"])
    whole = table[table["veld"].eq("bouwvorm")].pivot(index="eenheid_id", columns="code", values="waarde")
    if whole.notna().all(axis=None):
        assert (
            whole.sum()["gesloten"]
            == total.set_index(["veld", "code"]).loc[("bouwvorm", "gesloten"), "waarde"]
        )


def test_cell_key_noise_repeats_itself(tmp_path):
    places = quarter(7, sides=12, least=60, most=80)
    frame = homes(places)
    frame["bouwvorm"] = np.random.default_rng(0).choice(["gesloten", "halfopen"], len(frame))
    settings = Settings.load({"privacy": {"methode_p3": "celsleutel"}})["privacy"]
    tables = []
    for name in ("een", "twee"):
        (tmp_path / name).mkdir()
        out = release(
            {"woningen": frame},
            "P3",
            Ledger.of(tmp_path / name),
            places=places,
            settings=settings,
            secret=SECRET,
        )
        tables.append(out.layers["tellingen_vlak"][1]["waarde"])
    pd.testing.assert_series_equal(*tables)
    assert (tables[0].dropna() % 5 != 0).any()


def test_the_same_release_twice_is_one_release(places, ledger):
    big = quarter(3, sides=10, least=30, most=40)
    frame = register(big, np.random.default_rng(0))
    first = release({"renovatie": frame}, "P2", ledger, places=big, role="gis")
    second = release({"renovatie": frame}, "P2", ledger, places=big, role="gis")
    assert first.id == second.id and len(ledger.table("vrijgaven")) == 1
    assert list(ledger.table("toegang")["handeling"]) == ["vrijgeven", "vrijgeven"]
    assert 0 < first.rank_correlation <= 1


def test_a_table_released_before_is_given_as_it_was_whatever_left_since(ledger):
    places = quarter(3, sides=10, least=30, most=40)
    frame = register(places, np.random.default_rng(0))
    settings = Settings.load({"privacy": {"onderdrukt_hoogstens_pct": 100.0}})["privacy"]

    def let_go(unit):
        return release({"renovatie": frame}, "P2", ledger, places=places, settings=settings, unit=unit)

    first = let_go("straatzijde")
    assert let_go("sector").id != first.id
    assert let_go("straatzijde").id == first.id and len(ledger.table("vrijgaven")) == 2


def test_two_releases_at_once_are_not_both_recorded(ledger, monkeypatch):
    places = quarter(3, sides=12, least=20, most=40)
    frame = register(places, np.random.default_rng(1))
    other = Ledger.of(ledger.path.parent)
    judge, done = releasing._judge, []

    def meanwhile(*args):
        if not done:
            done.append(True)
            release({"woningen": homes(places)}, "P2", other, places=places)
        return judge(*args)

    monkeypatch.setattr(releasing, "_judge", meanwhile)
    with pytest.raises(WorkspaceError, match="at the same time"):
        release({"renovatie": frame}, "P2", ledger, places=places)
    assert len(ledger.table("vrijgaven")) == 1
    release({"renovatie": frame}, "P2", ledger, places=places)
    assert len(ledger.table("vrijgaven")) == 2


def test_a_ledger_that_cannot_be_replaced_stops_the_release_in_words(places, ledger, monkeypatch):
    def held(source, target):
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(WorkspaceError, match="cannot be written: Permission denied") as caught:
        release({"woningen": homes(places)}, "P1", ledger)
    assert caught.value.where == str(ledger.path) and "Close the program" in caught.value.todo
    assert list(ledger.path.parent.iterdir()) == []


def test_a_slightly_smaller_boundary_is_refused_with_words_and_counts(ledger):
    places = quarter(3, sides=10, least=30, most=40)
    frame = register(places, np.random.default_rng(0))
    release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde")
    east = places.rows["x"].max()
    cut = shapely.box(158_000, 189_000, east - 20, 190_000)
    with pytest.raises(ReleaseRefused, match=r"groep van \d woningen.*\(\d+ rijen\)"):
        release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde", boundary=cut)
    assert list(ledger.table("toegang")["handeling"]) == ["vrijgeven", "weigeren"]
    assert len(ledger.table("vrijgaven")) == 1


def test_one_dwelling_changed_since_is_not_published(ledger):
    places = quarter(3, sides=8, least=40, most=50)
    frame = register(places, np.random.default_rng(0), weights=(0.5, 0.5))
    codes = sorted(frame["renovatiestatus"].unique())
    first = release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde").layers[
        "tellingen_straatzijde"
    ][1]
    later = frame.copy()
    row = later.index[later["renovatiestatus"].eq(codes[0])][0]
    later.loc[row, "renovatiestatus"] = codes[1]
    second = release({"renovatie": later}, "P2", ledger, places=places, unit="straatzijde").layers[
        "tellingen_straatzijde"
    ][1]
    both = first.merge(second, on=["eenheid_id", "code"], suffixes=("", "_na"))
    step = (both["waarde"] - both["waarde_na"]).abs().dropna()
    assert not ((step > 0) & (step < 5)).any()


def test_sectors_only_where_three_are_released(ledger):
    places = quarter(3, sides=8, least=40, most=50)
    frame = register(places, np.random.default_rng(0))
    assert places.rows["sector_id"].nunique() == 2
    with pytest.raises(ReleaseRefused, match="sectoren"):
        release({"renovatie": frame}, "P2", ledger, places=places, unit="sector")
    wide = quarter(3, sides=14, least=40, most=50)
    out = release(
        {"renovatie": register(wide, np.random.default_rng(0))}, "P2", ledger, places=wide, unit="sector"
    )
    assert set(out.layers["tellingen_vlak"][1]["eenheid"]) == {"sector"}


def test_amounts_of_a_dominated_unit_are_hidden(ledger):
    places = quarter(3, sides=6, least=20, most=30)
    frame = homes(places)
    plots = gpd.GeoDataFrame(
        {"woning_id": frame["woning_id"], "kandidaat_id": "k" + frame["woning_id"]}, geometry=frame.geometry
    )
    layer = load().layer("woningen")
    area = Field(
        "tuin_m2", "real", {"nl": "Tuin", "en": "Garden"}, unit="m²", privacy="P1", purpose="x", retention="x"
    )
    books = Catalogue(
        {
            "tuinen": dataclasses.replace(
                layer, id="tuinen", fields={"woning_id": layer.fields["woning_id"], "tuin_m2": area}
            )
        }
    )
    size = np.full(len(plots), 40.0)
    size[0] = 20_000.0
    data = gpd.GeoDataFrame(
        {"woning_id": plots["woning_id"], "tuin_m2": size}, geometry=frame.geometry, crs=31370
    )
    out = release({"tuinen": data}, "P2", ledger, places=places, catalogue=books, unit="straatzijde")
    table = out.layers["tellingen_straatzijde"][1].set_index("eenheid_id")
    first = places.rows["straatzijde_id"][0]
    total = out.layers["tellingen_totaal"][1]["getoond"]
    assert table.loc[first, "getoond"] == "verborgen"
    assert (table["getoond"] == "verborgen").sum() + (total == "verborgen").sum() >= 2
    assert (table.loc[table["getoond"] == "getoond", "waarde"] % 40 == 0).all()


def test_unclassified_and_empty(places, ledger):
    with pytest.raises(ReleaseRefused, match="catalogus"):
        release({"geheim": homes(places)}, "P2", ledger, places=places)
    with pytest.raises(ReleaseRefused, match="leeg"):
        release({"woningen": homes(places).iloc[:0]}, "P1", ledger)
    with pytest.raises(ReleaseRefused, match="P4"):
        release({}, "P4", ledger)
    with pytest.raises(ReleaseRefused):
        release({}, "P2", ledger)
    with pytest.raises(ReleaseRefused, match="groepsgrootte"):
        release({"renovatie": register(places, np.random.default_rng(0))}, "P2", ledger)


def test_p0_leaves_whole_and_is_logged_by_role(places, ledger):
    out = release({"bezoeken": visits(places)}, "P0", ledger, role="bezoekteam", destination="ploeg 1")
    assert len(out.layers["bezoeken"][1].columns) == len(load().layer("bezoeken").fields)
    entry = ledger.table("toegang").iloc[-1]
    assert entry["rol"] == "bezoekteam" and entry["rijen"] == 300


def test_pseudonyms_replace_personal_keys_in_p1(places, ledger):
    layer = load().layer("bezoeken")
    fact = Field(
        "bouwvorm",
        "text",
        {"nl": "x", "en": "x"},
        codes={"a": {"nl": "a", "en": "a"}},
        privacy="P1",
        purpose="x",
        retention="x",
    )
    books = Catalogue(
        {
            "proef": dataclasses.replace(
                layer, id="proef", fields={"bezoek_id": layer.fields["bezoek_id"], "bouwvorm": fact}
            )
        }
    )
    frame = pd.DataFrame({"bezoek_id": ["b1", "b2"], "bouwvorm": ["a", "a"]})
    out = release({"proef": frame}, "P1", ledger, catalogue=books, secret=SECRET)
    keys = out.layers["proef"][1]["bezoek_id"]
    assert keys.str.fullmatch("[0-9a-f]{64}").all() and keys.nunique() == 2


def test_locate_finds_side_and_sector(tmp_path):
    street = gpd.GeoDataFrame(
        {"segment_id": ["s1"], "straat": ["Hoofdstraat"]},
        geometry=[shapely.LineString([(0, 0), (100, 0)])],
        crs=31370,
    )
    area = gpd.GeoDataFrame({"sector_id": ["12025A00"]}, geometry=[shapely.box(0, -50, 50, 50)], crs=31370)
    points = gpd.GeoDataFrame(
        {"woning_id": ["w1", "w2"], "adres_id": ["a1", "a2"], "straat": ["Hoofdstraat"] * 2},
        geometry=[shapely.Point(10, 8), shapely.Point(90, -8)],
        crs=31370,
    )
    found = locate({"woningen": points, "straten": street, "sectoren": area})
    assert list(found.rows["straatzijde_id"]) == ["s1_L", "s1_R"]
    assert list(found.rows["sector_id"]) == ["12025A00", None]
    with pytest.raises(ReleaseRefused):
        locate({"straten": street})


def test_a_ledger_from_before_the_checksum_is_read(tmp_path, ledger):
    places = quarter(3, sides=8, least=40, most=50)
    frame = register(places, np.random.default_rng(0), weights=(0.5, 0.5))
    first = release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde")
    with contextlib.closing(sqlite3.connect(ledger.path)) as database:
        database.execute("ALTER TABLE vrijgave_cellen DROP COLUMN invoer_sha256")
        database.commit()
    assert [e.source for e in ledger.earlier("renovatie.renovatiestatus")] == [""]
    # What left then is still remembered: the same units are no news, a slightly smaller area is refused.
    again = release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde")
    assert again.shown == first.shown
    cut = shapely.box(158_000, 189_000, places.rows["x"].max() - 20, 190_000)
    with pytest.raises(ReleaseRefused, match="af te zonderen"):
        release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde", boundary=cut)


def test_a_damaged_ledger_stops_every_release_and_says_what_to_do(tmp_path):
    ledger = Ledger.of(tmp_path)
    ledger.path.write_bytes(b"no database")
    with pytest.raises(WorkspaceError, match="copy of this file"):
        release({"woningen": homes(quarter())}, "P1", ledger)
    assert ledger.path.read_bytes() == b"no database"


def test_the_same_fact_from_another_layer_is_checked_against_the_first(ledger):
    places = quarter(3, sides=8, least=40, most=50)
    frame = register(places, np.random.default_rng(0), weights=(0.5, 0.5))
    release({"renovatie": frame}, "P2", ledger, places=places, unit="straatzijde")
    facts = gpd.GeoDataFrame(
        frame[["woning_id", "renovatiestatus"]].assign(bouwjaar_klasse="voor_1900", bereikt="ja"),
        geometry=gpd.points_from_xy(places.rows["x"], places.rows["y"]),
        crs=31370,
    )
    cut = shapely.box(158_000, 189_000, places.rows["x"].max() - 20, 190_000)
    with pytest.raises(ReleaseRefused, match="Renovatiestatus: Samen met eerdere vrijgaven"):
        release({"woning_feiten": facts}, "P2", ledger, places=places, unit="straatzijde", boundary=cut)
