"""What stands behind a printed page."""

import dataclasses
import datetime
import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from wijk.conftest import delivery

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame, layer_names, write_layer
from arsenaal_gis.plan import latest_plan, make_plan
from arsenaal_gis.privacy import Release
from arsenaal_gis.report import Edition, Maker, page_text, printable, themes
from arsenaal_gis.report.atlas import block_cards
from arsenaal_gis.report.figures import incident_note, indicator_table, key_figures
from arsenaal_gis.report.printable import built_up, cell_shares
from arsenaal_gis.report.rounds import round_cards
from arsenaal_gis.report.words import number
from arsenaal_gis.wijk import import_delivery
from tests.hotspot_rows import plant

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


def counts(cell, shown="getoond", **values):
    """Counts of one cell; every dwelling is known where nothing else is said."""
    rows = [
        {"eenheid_id": cell, "laag": "woningen", "veld": "bouwjaar_klasse", "code": code, "waarde": value,
         "getoond": shown if value is None else "getoond"}
        for code, value in ({"onbekend": 0} | values).items()
    ]  # fmt: skip
    return gpd.GeoDataFrame(rows, geometry=[shapely.box(0, 0, 125, 125)] * len(rows), crs=31370)


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
    rows = cell_shares(counts("a", voor_1900=old, totaal=total), BY_ID["bouwjaar"], 5, 10)
    assert rows[["eenheid_id", "klasse"]].values.tolist() == [["a", klasse]]


@pytest.mark.parametrize("shown", ["verborgen", "interval"])
def test_a_count_that_is_held_back_makes_the_cell_suppressed_not_zero(shown):
    rows = cell_shares(counts("a", shown, voor_1900=None, totaal=20), BY_ID["bouwjaar"], 5, 10)
    assert rows["klasse"].tolist() == ["onderdrukt"]


@pytest.mark.parametrize(("total", "klasse"), [(20, "0_20"), (19, "onderdrukt"), (80, "0_20")])
def test_a_count_of_one_to_four_is_told_where_any_of_them_gives_the_same_class(total, klasse):
    rows = cell_shares(counts("a", "interval", voor_1900=None, totaal=total + 1), BY_ID["bouwjaar"], 5, 10)
    assert rows["klasse"].tolist() == [klasse]


def test_a_cell_without_dwellings_is_unknown():
    assert cell_shares(counts("a", voor_1900=0, totaal=0), BY_ID["bouwjaar"], 5, 10)["klasse"].tolist() == [
        "onbekend"
    ]


def renovation(**values):
    rows = counts("a", "interval", **values)
    return rows.assign(laag="woning_feiten", veld="renovatiestatus")


@pytest.mark.parametrize(
    ("values", "klasse"),
    [
        # 50 - 22 - 20 = 8 of 30 known: what the others leave of the total, whatever the three small counts are.
        ({"gepland": None, "in_uitvoering": None, "afgerond": None, "geen": 22, "onbekend": 20, "totaal": 50}, "20_30"),
        # 3 to 12 of 30 known: in more than one class.
        ({"gepland": None, "in_uitvoering": None, "afgerond": None, "onbekend": 20, "totaal": 50}, "onderdrukt"),
        ({"gepland": 30, "in_uitvoering": 5, "afgerond": 5, "geen": 60, "onbekend": 0, "totaal": 100}, "40_100"),
        # Nine known dwellings are too few to tell a share of.
        ({"gepland": 0, "in_uitvoering": 0, "afgerond": 0, "geen": 9, "onbekend": 41, "totaal": 50}, "onderdrukt"),
        ({"gepland": 0, "in_uitvoering": 0, "afgerond": 0, "geen": 0, "onbekend": 50, "totaal": 50}, "onbekend"),
    ],
)  # fmt: skip
def test_unknown_dwellings_do_not_count_and_the_total_tells_what_is_left(values, klasse):
    assert cell_shares(renovation(**values), BY_ID["renovatie"], 5, 10)["klasse"].tolist() == [klasse]


def test_no_class_says_more_than_the_counts_that_were_released(seed=8):
    """Whatever the true counts behind intervals and hidden cells are, the class is the same for all of them."""
    rng = np.random.default_rng(seed)
    codes = ("geen", "gepland", "in_uitvoering", "afgerond", "onbekend")
    told = 0
    for _ in range(60):
        true = dict(zip(codes, rng.integers(0, 16, 5), strict=True))
        hidden = rng.permutation(codes)[: rng.integers(0, 4)]
        rows = renovation(
            **{c: None if c in hidden else int(n) for c, n in true.items()}, totaal=sum(true.values())
        )
        rows["getoond"] = rows["getoond"].mask(rows["waarde"].isna(), "verborgen")
        klasse = cell_shares(rows, BY_ID["renovatie"], 5, 10)["klasse"].iloc[0]
        if "_" not in klasse:
            continue
        told += 1
        low, high = (int(end) / 100 for end in klasse.split("_"))
        rest = sum(true[c] for c in hidden)
        for split in itertools.product(range(rest + 1), repeat=max(len(hidden) - 1, 0)):
            if len(hidden) and sum(split) <= rest:
                could = true | dict(zip(hidden, (*split, rest - sum(split)), strict=True))
                known = sum(could.values()) - could["onbekend"]
                assert low <= sum(could[c] for c in codes[1:4]) / known < high + 1e-9
    assert told > 5


@pytest.fixture
def planned(wijk):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", only=["feiten"])
    return wijk


def test_what_is_printed_was_released_and_holds_no_personal_field(planned, tmp_path):
    path = tmp_path / "kaarten.gpkg"
    result = printable(planned, latest_plan(planned), path)
    assert result.tier == "P2"
    for id in layer_names(path):
        closed = {n for n, f in load().layer(id).fields.items() if f.privacy in ("P0", "P1")}
        assert not closed & set(pyogrio.read_info(path, layer=id)["fields"]), id
    assert "woningen" not in layer_names(path) and "woning_feiten" not in layer_names(path)
    raw = path.read_bytes()
    assert b"wA" not in raw and b"wB" not in raw  # keys of the two dwellings
    # Two dwellings are fewer than ten: nothing on dwellings may be shown.
    assert not any(
        id.startswith("kaart_") and pyogrio.read_info(path, layer=id)["features"] for id in layer_names(path)
    )


def test_printing_twice_is_one_release(planned, tmp_path):
    plan = latest_plan(planned)
    first = printable(planned, plan, tmp_path / "a.gpkg", [BY_ID["verharding"]])
    assert printable(planned, plan, tmp_path / "b.gpkg", [BY_ID["verharding"]]).id == first.id


def test_the_words_on_a_page(planned):
    text = page_text(Edition.of(planned, latest_plan(planned)), BY_ID["verharding"], ["percelen", "straten", "perceel_feiten"],
                     today=TODAY, maker=Maker("GIS-cel", "gis@stad.example", None))  # fmt: skip
    assert text.title == "Verharding en plekken om te ontharden – Proef"
    assert text.subtitle == "toestand op 30-06-2025 · fictieve oefendata"
    assert "Grootschalig Referentie Bestand Vlaanderen, Digitaal Vlaanderen (30-06-2025)" in text.sources
    assert len(text.sources.split("\n")) == len(set(text.sources.split("\n"))) == 3
    for words in (
        "Gemaakt door GIS-cel op 22-11-2026",
        "gis@stad.example",
        "plan 20250701T000000Z",
        "Lambert 72 (EPSG:31370)",
        "Niveau P2",
    ):
        assert words in text.colophon
    english = page_text(Edition.of(planned, latest_plan(planned)), BY_ID["verharding"], [], today=TODAY,
                        maker=Maker("GIS-cel", "", None), language="en")  # fmt: skip
    assert english.subtitle.endswith("fictitious practice data") and english.sources == ""


def test_figures_come_from_the_release(planned, tmp_path):
    plan = latest_plan(planned)
    figures = key_figures(printable(planned, plan, tmp_path / "a.gpkg"))
    # Two parcels of 200 m², each 180 m² sealed of which 80 m² unbuilt.
    assert figures["verharding"].split("\n") == [
        "n = 2 percelen, 400\u00a0m²", "90\u00a0% verhard, gebouwen meegerekend", "160\u00a0m² verhard en onbebouwd",
    ]  # fmt: skip


def gpkg_of(wijk):
    return next(wijk.plans()[-1].folder.glob("*.gpkg"))


def test_the_trend_is_told_from_the_release_and_from_nothing_else(planned, tmp_path):
    plant(gpkg_of(planned), "stijgend", "niet_aantoonbaar", "niet_aantoonbaar", "dalend")
    let_go = printable(planned, latest_plan(planned), tmp_path / "a.gpkg", [BY_ID["hotspots"]])
    told = let_go.layers["hotspots_trend"][1]["kwartalen"].dropna()  # what is closed tells no number
    assert 0 < len(told) < 4
    assert incident_note(let_go).endswith(
        "Trend over 8 kwartalen (Mann-Kendall, 4 zeshoeken): 1 stijgend, 1 dalend, elders niet aantoonbaar."
    )
    refused = {id: one for id, one in let_go.layers.items() if id != "hotspots_trend"}
    assert "Trend" not in incident_note(dataclasses.replace(let_go, layers=refused))


@pytest.mark.parametrize(
    ("kinds", "drawn"), [(("straat",), "hotspots_straat"), (("straat", "hexagon"), "hotspots_hex")]
)
def test_streets_are_drawn_only_where_there_are_no_hexagons(planned, tmp_path, kinds, drawn):
    for kind in kinds:
        plant(gpkg_of(planned), *["niet_aantoonbaar"] * 4, kind=kind)
    printable(planned, latest_plan(planned), tmp_path / "a.gpkg", [BY_ID["hotspots"]])
    assert {"hotspots_straat", "hotspots_hex"} & set(layer_names(tmp_path / "a.gpkg")) == {drawn}


def test_the_indicator_table_puts_follow_up_beside_baseline_and_says_how_sure_a_change_is():
    blank = {"teller": None, "onder": None, "boven": None, "onbekend": 0, "eenheid": "%", "in_woorden": ""}
    rows = pd.DataFrame(
        [
            blank | {"indicator": "nood_woonkwaliteit", "titel": "Nood", "golf": "nulmeting", "volgorde": 1, "waarde": 50.0,
                     "teller": 1500.0, "noemer": 3000.0, "onder": 40.0, "boven": 60.0, "onbekend": 12},
            blank | {"indicator": "nood_woonkwaliteit", "titel": "Nood", "golf": "nameting", "volgorde": 1, "waarde": 40.0,
                     "teller": 4.0, "noemer": 10.0},
            blank | {"indicator": "b", "titel": "B", "golf": "plan", "volgorde": 2, "waarde": None, "noemer": None,
                     "in_woorden": "onderdrukt: minder dan 5"},
            blank | {"indicator": "c", "titel": "C", "golf": "plan", "volgorde": 3, "waarde": None, "noemer": 9.0},
        ]
    )  # fmt: skip
    changes = pd.DataFrame(
        [{"indicator": "nood_woonkwaliteit", "eenheid": "%", "verschil": -10.0, "verschil_onder": -14.0, "verschil_boven": -6.0,
          "oordeel": "verbeterd", "q": 0.001, "in_woorden": ""}]
    )  # fmt: skip
    head, need, held, unknown = indicator_table(rows, changes)
    assert len(head) == 4 and held[1:] == ("onderdrukt", "", "") and unknown[1] == "onbekend"
    assert need[1] == "50,0\u00a0% (1.500 van 3.000; 40,0 tot 60,0), 12\u00a0onbekend"
    assert need[2:] == (
        "40,0\u00a0% (4 van 10)",
        "\u221210,0 procentpunt (\u221214,0 tot \u22126,0): aantoonbaar",
    )
    doubtful = indicator_table(rows, changes.assign(q=0.2), "en")[1]
    assert (
        doubtful[3].endswith("(\u221214.0 to \u22126.0): not demonstrable")
        and "1,500 of 3,000" in doubtful[1]
    )


def test_a_cell_with_dwellings_that_was_not_released_is_drawn_as_suppressed():
    cells = gpd.GeoSeries([shapely.box(0, 0, 125, 125)] * 2, index=["a", "b"], crs=31370)
    rows = cell_shares(counts("a", voor_1900=4, totaal=20), BY_ID["bouwjaar"], 5, 10, cells)
    assert dict(zip(rows["eenheid_id"], rows["klasse"], strict=True)) == {
        "a": "20_40",
        "b": "onderdrukt",
    }


@pytest.mark.parametrize(
    ("value", "decimals", "language", "told"),
    [(-11.08, 1, "nl", "\u221211,1"), (-0.01, 1, "nl", "0,0"), (1234.5, 0, "nl", "1.234"), (1234.5, 1, "en", "1,234.5"),
     (None, 0, "nl", "onbekend"), (float("nan"), 2, "en", "unknown")],
)  # fmt: skip
def test_numbers_as_readers_write_them(value, decimals, language, told):
    assert number(value, decimals, language) == told


@pytest.mark.parametrize(
    ("gap", "told"), [(0.0, "geen betere"), (0.012, "hoogstens 1,2\u00a0%"), (None, "60\u00a0mm")]
)
def test_the_chosen_set_is_told_with_its_proof(gap, told):
    totals = pd.DataFrame(
        {"plekken": [25], "kost_eur": [75000.0], "budget_eur": [75000.0], "oppervlakte_m2": [468.6],
         "piek_60mm_l": [23528.5], "kloof": [gap]}
    )  # fmt: skip
    layer = load().layer("onthard_keuze_totaal")
    figures = key_figures(Release("a", "P2", {layer.id: (layer, totals)}, ()))["keuze"]
    assert (
        figures.startswith("25 plekken, 75.000 van 75.000 euro\n469\u00a0m²")
        and told in figures.split("\n")[-1]
    )


def test_addresses_and_households_of_places_stay_out_of_print():
    for id in ("onthard_keuze", "onthard_kandidaten"):
        fields = load().layer(id).fields
        assert fields["kandidaat_id"].privacy == fields["type"].privacy == "P2"
        named = {
            "plek",
            "adres_id",
            "capakey",
            "gebouw_id",
            "eigenaar",
            "akkoord",
            "adopteert",
            "geadopteerd",
            "waarom",
            "inwoners_100m",
        }
        assert all(fields[name].privacy in ("P0", "P1") for name in named & set(fields))


def test_a_round_sheet_holds_no_purpose_or_person(planned, tmp_path):
    plan = latest_plan(planned)
    assert round_cards(planned, plan, tmp_path / "leeg.gpkg") == []
    rounds, stops = load().layer("rondes"), load().layer("ronde_stops")
    day = pd.Timestamp("2025-07-07")
    point, line = shapely.Point(20, 5), shapely.LineString([(0, 0), (20, 5)])

    def frame(layer, geometry, **values):
        row = gpd.GeoDataFrame([dict.fromkeys(layer.fields) | values], geometry=[geometry], crs=31370)
        return row.astype(dict(empty_frame(layer).drop(columns="geom").dtypes)).rename_geometry("geom")

    write_layer(plan.gpkg, rounds, frame(rounds, line, ronde_id="r1", datum=day, dagdeel="wd_13_17", team="team B", stops=1,
                                         wandel_m=812.0, duur_min=60.0))  # fmt: skip
    write_layer(plan.gpkg, stops, frame(stops, point, stop_id="s1", ronde_id="r1", volgnummer=1, woning_id="wA", adres_id="a1",
                                        straat="Dorpsstraat", huisnummer="3", aankomst=pd.Timestamp("2025-07-07 13:10"),
                                        bezoektype="veiligheid", poging=2, achterlaten="kaart", kans=0.4, punten=32.5,
                                        waarom_hier="risico op CO"))  # fmt: skip
    path = tmp_path / "ronde.gpkg"
    (card,) = round_cards(planned, plan, path)
    assert (card.tier, card.table[1]) == (
        "P0",
        ("1", "13:10", "Dorpsstraat", "3", "V", "2", "kaart", ""),
    )
    assert "812\u00a0m te voet" in card.note
    assert round_cards(planned, plan, tmp_path / "b.gpkg", day=TODAY) == []
    assert len(round_cards(planned, plan, tmp_path / "c.gpkg", day=day.date(), team="team B")) == 1
    raw = path.read_bytes()
    assert b"risico" not in raw and b"veiligheid" not in raw and b"wA" not in raw


def test_a_block_page_tells_places_and_no_residents(planned, tmp_path):
    plan = latest_plan(planned)
    assert block_cards(planned, plan, tmp_path / "leeg.gpkg") == []
    blocks = load().layer("onthard_bouwblok")
    row = dict.fromkeys(blocks.fields) | {
        "bouwblok_id": "b1", "inwoners": 7.0, "verhard_m2": 4513.0, "plekken": 50, "potentieel_m2": 2630.0, "potentieel_pct": 58.0,
        "gekozen": 5, "score_0_1": 0.83, "rang": 1,
    }  # fmt: skip
    frame = gpd.GeoDataFrame([row], geometry=[shapely.MultiPolygon([shapely.box(0, 0, 40, 20)])], crs=31370)
    frame = frame.astype(dict(empty_frame(blocks).drop(columns="geom").dtypes)).rename_geometry("geom")
    write_layer(plan.gpkg, blocks, frame)
    (card,) = block_cards(planned, plan, tmp_path / "blok.gpkg")
    said = " ".join(text for _, text in card.blocks)
    assert card.tier == "P2" and card.bounds == (0, 0, 40, 20)
    assert "4.513\u00a0m²" in said and "50 plekken, waarvan 5 gekozen" in said and "score 0,83" in said
    assert "inwoner" not in said


def test_a_cell_is_coloured_around_the_buildings_of_the_wijk_and_everywhere_without_them():
    class Given:
        boundary = shapely.box(0, 0, 100, 100)

        def __init__(self, *buildings):
            kinds = ["hoofdgebouw", *["bijgebouw"] * 9][: len(buildings)]
            self.buildings = gpd.GeoDataFrame({"type": kinds}, geometry=list(buildings), crs=31370)

        def layer(self, id):
            return self.buildings

    around = built_up(Given(shapely.box(90, 40, 110, 60), shapely.box(10, 10, 13, 12)))
    # 12 m around the house, not beyond the wijk, and not around the shed.
    assert around.bounds == pytest.approx((78, 28, 100, 72), abs=0.01)
    court = built_up(Given(shapely.box(0, 0, 100, 100) - shapely.box(30, 30, 70, 70)))
    assert court.contains(shapely.Point(50, 50))  # 20 m from the houses around it
    assert built_up(Given()).equals(Given.boundary)
