"""What stands behind a printed page."""

import datetime

import geopandas as gpd
import pytest
import shapely
from wijk.conftest import delivery, wijk  # noqa: F401  (the fixture)

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import layer_names, read_layer
from arsenaal_gis.plan import make_plan
from arsenaal_gis.report import page_text, printable, themes
from arsenaal_gis.report.figures import key_figures
from arsenaal_gis.report.pages import latest_plan
from arsenaal_gis.report.printable import side_shares
from arsenaal_gis.wijk import import_delivery

BY_ID = {theme.id: theme for theme in themes()}
TODAY = datetime.date(2026, 11, 22)


def test_the_eleven_themes_of_the_series():
    assert len(themes()) == 11
    for theme in themes():
        for words in (theme.title, theme.note):
            assert words["nl"] and words["en"]
        if theme.share:
            field = load().layer(theme.share.layer).fields[theme.share.field]
            assert set(theme.share.codes) <= set(field.codes)


def counts(side, shown="getoond", **values):
    rows = [
        {"eenheid_id": side, "laag": "woningen", "veld": "bouwjaar_klasse", "code": code, "waarde": value,
         "getoond": shown if value is None else "getoond"}
        for code, value in values.items()
    ]  # fmt: skip
    line = shapely.MultiLineString([[(0, 0), (1, 0)]])
    return gpd.GeoDataFrame(rows, geometry=[line] * len(rows), crs=31370)


@pytest.mark.parametrize(
    ("old", "total", "klasse"),
    [
        (0, 20, "0_20"),
        (3, 20, "0_20"),
        (4, 20, "20_40"),
        (12, 20, "60_80"),
        (16, 20, "80_100"),
        (20, 20, "80_100"),
    ],
)
def test_shares_fall_in_their_class(old, total, klasse):
    rows = side_shares(counts("a_L", voor_1900=old, totaal=total), BY_ID["bouwjaar"])
    assert rows[["straatzijde_id", "klasse"]].values.tolist() == [["a_L", klasse]]


@pytest.mark.parametrize("shown", ["verborgen", "interval"])
def test_a_count_that_is_held_back_makes_the_side_suppressed_not_zero(shown):
    rows = side_shares(counts("a_L", shown, voor_1900=None, totaal=20), BY_ID["bouwjaar"])
    assert rows["klasse"].tolist() == ["onderdrukt"]


def test_a_side_without_dwellings_is_unknown():
    assert side_shares(counts("a_L", voor_1900=0, totaal=0), BY_ID["bouwjaar"])["klasse"].tolist() == [
        "onbekend"
    ]


@pytest.fixture
def planned(wijk):  # noqa: F811
    import_delivery(wijk, delivery(), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", only=["feiten"])
    return wijk


def test_what_is_printed_was_released_and_holds_no_personal_field(planned, tmp_path):
    path = tmp_path / "kaarten.gpkg"
    result = printable(planned, latest_plan(planned), path)
    assert result.tier == "P2"
    for id in layer_names(path):
        frame = read_layer(path, id).dropna(axis="columns", how="all")
        closed = {n for n, f in load().layer(id).fields.items() if f.privacy in ("P0", "P1")}
        assert not closed & set(frame.columns), id
    assert "woningen" not in layer_names(path) and "woning_feiten" not in layer_names(path)
    raw = path.read_bytes()
    assert b"wA" not in raw and b"wB" not in raw  # keys of the two dwellings
    # Two dwellings are fewer than ten: nothing on dwellings may be shown.
    assert not any(id.startswith("kaart_") and len(read_layer(path, id)) for id in layer_names(path))


def test_printing_twice_is_one_release(planned, tmp_path):
    plan = latest_plan(planned)
    first = printable(planned, plan, tmp_path / "a.gpkg", [BY_ID["verharding"]])
    assert printable(planned, plan, tmp_path / "b.gpkg", [BY_ID["verharding"]]).id == first.id


def test_the_words_on_a_page(planned):
    text = page_text(planned, latest_plan(planned), BY_ID["verharding"], ["percelen", "straten", "perceel_feiten"],
                     today=TODAY, organisation="GIS-cel")  # fmt: skip
    assert text.title == "Verharding en plekken om te ontharden – Proef"
    assert text.subtitle == "toestand op 30-06-2025 · fictieve oefendata"
    assert "Grootschalig Referentie Bestand Vlaanderen, Digitaal Vlaanderen (30-06-2025)" in text.sources
    assert len(text.sources.split("\n")) == len(set(text.sources.split("\n"))) == 3
    for words in ("GIS-cel", "22-11-2026", "plan 20250701T000000Z", "Lambert 72 (EPSG:31370)", "Niveau P2"):
        assert words in text.colophon
    english = page_text(planned, latest_plan(planned), BY_ID["verharding"], [], today=TODAY, language="en")
    assert english.subtitle.endswith("fictitious practice data") and english.sources == ""


def test_figures_come_from_the_release(planned, tmp_path):
    plan = latest_plan(planned)
    figures = key_figures(planned, plan, printable(planned, plan, tmp_path / "a.gpkg"))
    # Two parcels of 200 m², each 180 m² sealed of which 80 m² unbuilt.
    assert figures["verharding"].split("\n") == [
        "n = 2 percelen, 0,0 ha", "90 % verhard, gebouwen meegerekend", "160 m² verhard en onbebouwd",
    ]  # fmt: skip
