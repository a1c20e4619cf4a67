"""The printed page, read back from the PDF."""

import datetime
import importlib
import json
import re
import shutil
import subprocess
import sys
import unicodedata

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image
from qgis.core import QgsProcessingContext, QgsProcessingFeedback
from shapely import box

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def printed(maps, with_facts, tmp_path_factory):
    out = tmp_path_factory.mktemp("bladen")
    job = maps.MapJob(
        with_facts, out, TODAY, themes=("overzicht", "verharding", "keuze"), sheets=("A3", "A1"), grey=True, png_dpi=40,
        maker={"organisatie": "Stad, GIS-cel"},
    )  # fmt: skip
    return maps.make_maps(job)


def page(printed, name):
    return next(path for path in printed.files if path.name == name)


def tool(name, *arguments):
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    return subprocess.run([name, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


def test_every_page_is_there_and_the_missing_one_is_named(printed):
    names = sorted(path.name for path in printed.files)
    assert [n for n in names if n.endswith("A3.pdf")] == ["01_verharding_A3.pdf"]
    assert [n for n in names if n.endswith("A1_grijs.pdf")] == ["01_verharding_A1_grijs.pdf"]
    failed = dict(printed.failed)
    assert set(failed) == {"overzicht", "keuze"} and "Geen gegevens" in failed["keuze"]


@pytest.mark.parametrize(("sheet", "points"), [("A3", (1191, 842)), ("A1", (2384, 1684))])
def test_size_title_author_and_page_count(printed, sheet, points):
    said = tool("pdfinfo", page(printed, f"01_verharding_{sheet}.pdf"))
    width, height = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", said).groups())
    assert (width, height) == pytest.approx(points, abs=1)
    assert "Pages:           1" in said
    assert "Verharding en plekken om te ontharden – Proef" in said and "Stad, GIS-cel" in said


def test_text_is_text_and_everything_is_said(printed):
    text = tool("pdftotext", "-layout", page(printed, "01_verharding_A3.pdf"), "-")
    flat = unicodedata.normalize("NFKC", " ".join(text.split()))  # the font joins "fi"
    for words in (
        "Verharding en plekken om te ontharden – Proef", "toestand op 30-06-2025", "fictieve oefendata", "ONTWERP", "Blad 1 van 1",
        "Schaal 1:", "Lambert 72 (EPSG:31370)", "Gemaakt door Stad, GIS-cel op 22-11-2026", "plan 20250701T000000Z", "Niveau P2",
        "Grootschalig Referentie Bestand Vlaanderen", "Wegenregister", "80 tot 100 %", "90 % verhard",
    ):  # fmt: skip
        assert words in flat, words
    assert not re.search(r"\bw[AB]\b", flat)  # no key of a dwelling


def test_fonts_are_embedded(printed):
    rows = tool("pdffonts", page(printed, "01_verharding_A3.pdf")).splitlines()[2:]
    assert rows and all(re.search(r"\byes\s+(yes|no)\s+(yes|no)\s+\d+", row) for row in rows), rows


def test_the_georeference_holds_the_wijk(printed):
    said = tool("gdalinfo", page(printed, "01_verharding_A3.pdf"))
    assert "Lambert 72" in said
    corners = re.findall(r"(?:Upper Left|Lower Right)\s+\(\s*([-\d.]+),\s*([-\d.]+)\)", said)
    (left, top), (right, bottom) = [tuple(map(float, corner)) for corner in corners]
    assert left <= -50 and right >= 100 and bottom <= -50 and top >= 100


def test_a_vector_page_holds_no_picture_of_the_page(printed):
    rows = tool("pdfimages", "-list", page(printed, "01_verharding_A3.pdf")).splitlines()[2:]
    assert all(int(row.split()[3]) < 1500 for row in rows)


def test_the_legend_has_what_is_drawn_and_no_more(printed):
    flat = " ".join(tool("pdftotext", page(printed, "01_verharding_A3.pdf"), "-").split())
    assert "80 tot 100 %" in flat  # both parcels are 90 % sealed
    assert "0 tot 20 %" not in flat and "groenslinger" not in flat


def test_the_grey_variant_is_grey(printed):
    def colours(name):
        image = Image.open(page(printed, name)).convert("RGB")
        frame = image.crop(
            (
                int(image.width * 0.03),
                int(image.height * 0.12),
                int(image.width * 0.7),
                int(image.height * 0.85),
            )
        )
        return max(max(pixel) - min(pixel) for _, pixel in frame.getcolors(frame.width * frame.height))

    assert colours("01_verharding_A3.png") > 6
    assert colours("01_verharding_A3_grijs.png") <= 3


def test_a_template_that_staff_changed_is_used_as_it_is(maps, with_facts, plugin_tree, tmp_path):
    own = with_facts / "sjablonen"
    own.mkdir()
    text = (plugin_tree / "styles" / "kaart_A3.qpt").read_text(encoding="utf-8")
    (own / "kaart_A3.qpt").write_text(
        text.replace('size="420,297', 'size="420,297').replace('id="stempel"', 'id="weg"')
    )
    try:
        result = maps.make_maps(maps.MapJob(with_facts, tmp_path, TODAY, themes=("verharding",)))
        assert "ONTWERP" not in tool("pdftotext", result.files[0], "-")
        (own / "kaart_A3.qpt").write_text("<kapot")
        result = maps.make_maps(maps.MapJob(with_facts, tmp_path, TODAY, themes=("verharding",)))
        assert "template" in result.failed[0][1] and not result.files
    finally:
        shutil.rmtree(own)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(60, 10, 250), (1600, 1450, 6000), (5000, 900, 20000), (10, 10, 250), (90000, 10, 290000)],
)
def test_nominal_scales_are_round(maps, width, height, expected):
    sheets = importlib.import_module("arsenaal.maps.sheets")
    assert sheets.nominal_scale(width, height, 318, 266) == expected


def test_a_card_of_a_place_is_read_back(maps, with_facts, tmp_path, qgis_app):
    """Who must agree and what to check stand on it, whole, with sources and the tier of its audience."""
    from arsenaal_gis.catalogue import load
    from arsenaal_gis.gpkg import empty_frame, write_layer

    wijk = shutil.copytree(with_facts, tmp_path / "wijk")
    plan = next((wijk / "plannen").iterdir())
    layer = load().layer("onthard_keuze")
    row = {name: None for name in layer.fields} | {
        "kandidaat_id": "k1", "volgnummer": 7, "type": "geveltuin", "plek": "Dorpsstraat 3", "straat": "Dorpsstraat",
        "oppervlakte_m2": 1.8, "tegels": 20, "kost_eur": 350.0, "kost_laag_eur": 200.0, "kost_hoog_eur": 500.0,
        "piek_60mm_l": 1090.0, "pet_c": 44.2, "d_pet_c": -0.4, "status": "gekozen", "oordeel": "comfortabel",
        "waarom": "hitte: PET 44,2 \u00b0C; water: 1.090 L", "ter_plaatse": "deuren; kabels", "akkoord": "eigenaar, stad",
        "adopteert": "bewoner",
    }  # fmt: skip
    rows = [row, row | {"kandidaat_id": "k2", "volgnummer": 8, "plek": "Dorpsstraat 5"}]
    shapes = [box(30, 10, 34, 10.45), box(40, 10, 44, 10.45)]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:31370")[[*layer.fields, "geometry"]]
    frame = frame.astype(dict(empty_frame(layer).drop(columns="geom").dtypes)).rename_geometry("geom")
    write_layer(next(plan.glob("*.gpkg")), layer, frame)
    products = ("fiches", "rondes")
    made = maps.make_maps(maps.MapJob(wijk, tmp_path / "uit", TODAY, products=products, cards=("fiche_007",)))
    assert [path.name for path in made.files] == ["fiche_007.pdf"] and [name for name, _ in made.failed] == [
        "rondes"
    ]
    flat = unicodedata.normalize("NFKC", " ".join(tool("pdftotext", made.files[0], "-").split()))
    for words in (
        "Fiche 7", "Dorpsstraat 3", "1,8 m2 (20 tegels)", "350 euro (200 tot 500)", "1.090 L", "eigenaar, stad", "bewoner",
        "kabels", "Niveau P1: voor planners", "Schaal 1:500", "Bron: GRB en Wegenregister", "fictieve oefendata", "Blad 1 van 1",
    ):  # fmt: skip
        assert words in flat, words
    assert "vrije doorgang" not in flat  # unknown
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", tool("pdfinfo", made.files[0])).groups()
    assert tuple(map(float, size)) == pytest.approx((595, 842), abs=1)


def test_indicators_and_chosen_places_reach_paper(maps, with_facts, tmp_path, qgis_app):
    """The table takes the map's place; a place is drawn without the address it stands at."""
    from arsenaal_gis.catalogue import load
    from arsenaal_gis.gpkg import empty_frame, write_layer

    wijk = shutil.copytree(with_facts, tmp_path / "wijk")
    gpkg = next(next((wijk / "plannen").iterdir()).glob("*.gpkg"))
    keuze, indicatoren = load().layer("onthard_keuze"), load().layer("indicatoren")
    place = dict.fromkeys(keuze.fields) | {
        "kandidaat_id": "k1", "volgnummer": 7, "type": "geveltuin", "plek": "Geheimstraat 3", "status": "gekozen",
        "oordeel": "comfortabel", "oppervlakte_m2": 1.8, "kost_eur": 350.0,
    }  # fmt: skip
    frame = gpd.GeoDataFrame([place], geometry=[box(30, 10, 34, 10.45)], crs="EPSG:31370")
    write_layer(
        gpkg,
        keuze,
        frame.astype(dict(empty_frame(keuze).drop(columns="geom").dtypes)).rename_geometry("geom"),
    )
    rows = [
        dict.fromkeys(indicatoren.fields)
        | {"indicator": id, "golf": "plan", "titel": title, "niveau": level, "eenheid": "%", "richting": "geen", "volgorde": 1,
           "vraag": "v", "bron": "b", "eigenaar": "e", "teller": yes, "noemer": 100.0, "waarde": yes, "onbekend": 0, "in_woorden": said}
        for id, title, level, yes, said in (
            ("a", "Getoond", "P2", 40.0, "40,0 % (40 van 100)"), ("b", "Klein", "P2", 3.0, "3,0 % (3 van 100)"),
            ("c", "Gesloten", "P1", 40.0, "41,0 %"),
        )
    ]  # fmt: skip
    write_layer(gpkg, indicatoren, pd.DataFrame(rows).astype(dict(empty_frame(indicatoren).dtypes)))
    made = maps.make_maps(maps.MapJob(wijk, tmp_path / "uit", TODAY, themes=("keuze", "indicatoren")))
    pages = [
        path for path in made.files if path.name[0].isdigit()
    ]  # beside them the merged file, where pypdf is
    assert [path.name for path in pages] == ["01_keuze_A3.pdf", "02_indicatoren_A3.pdf"] and not made.failed
    chosen, told = (" ".join(tool("pdftotext", path, "-").split()) for path in pages)
    assert "Gekozen plekken" in chosen and re.search(r"\b7\b", chosen)
    assert "Geheimstraat" not in chosen and b"Geheimstraat" not in made.files[0].read_bytes()
    assert "40,0 % (40 van 100)" in told and "onderdrukt" in told
    assert "3,0 % (3" not in told and "Gesloten" not in told and "Schaal" not in told


def test_the_algorithm_prints_in_a_process_of_its_own_and_hands_the_job_on_whole(
    maps, arsenaal, with_facts, tmp_path
):
    job = maps.MapJob(
        with_facts, tmp_path, TODAY, themes=("keuze",), sheets=("A3", "A1"), grey=True, png_dpi=40
    )
    words = json.loads(json.dumps(job.words()))
    assert maps.MapJob.of(words) == job

    algorithm = importlib.import_module("arsenaal.algorithms.maps").MapsAlgorithm()
    algorithm.initAlgorithm({})
    assert not algorithm.flags() & algorithm.Flag.FlagNoThreading
    verharding = [
        theme.id for theme in importlib.import_module("arsenaal.arsenaal_gis.report").themes()
    ].index("verharding")
    parameters = {
        "WIJK": str(with_facts / "wijk.toml"),
        "THEMES": [verharding],
        "FOLDER": str(tmp_path / "uit é"),
    }
    results, good = algorithm.run(parameters, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    assert good
    assert [path.name for path in (tmp_path / "uit é").iterdir()] == ["01_verharding_A3.pdf"]
    assert "01_verharding_A3.pdf" in results["REPORT"]


def test_rounds_on_a5_cards_in_english_a_logo_and_a_page_that_fails(
    maps, with_facts, tmp_path, qgis_app, monkeypatch
):
    """Nothing of a household stands on the sheet of a round or in its attributes; a failing page is named, the rest go on."""
    from arsenaal_gis.catalogue import load
    from arsenaal_gis.gpkg import empty_frame, write_layer

    wijk = shutil.copytree(with_facts, tmp_path / "wijk")
    gpkg = next(next((wijk / "plannen").iterdir()).glob("*.gpkg"))
    (wijk / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#1f707d"/></svg>'
    )
    with (wijk / "wijk.toml").open("a", encoding="utf-8") as config:
        config.write('\n[kaarten]\nlogo = "logo.svg"\n')

    def put(id, shape, *rows):
        layer = load().layer(id)
        frame = gpd.GeoDataFrame(
            [dict.fromkeys(layer.fields) | row for row in rows],
            geometry=[shape] * len(rows),
            crs="EPSG:31370",
        )
        write_layer(
            gpkg,
            layer,
            frame.astype(dict(empty_frame(layer).drop(columns="geom").dtypes)).rename_geometry("geom"),
        )

    day = pd.Timestamp("2025-07-07")
    put("rondes", box(0, 0, 40, 20).exterior, *(
        {"ronde_id": f"r{team}", "datum": day, "dagdeel": "wd_13_17", "team": f"team {team}", "stops": 1, "wandel_m": 812.0} for team in "AB"
    ))  # fmt: skip
    put("ronde_stops", box(0, 0, 40, 20).centroid, *(
        {"stop_id": f"s{team}", "ronde_id": f"r{team}", "volgnummer": 1, "woning_id": "wA", "adres_id": "a1", "straat": "Dorpsstraat",
         "huisnummer": "3", "aankomst": day, "bezoektype": "veiligheid", "poging": 2, "waarom_hier": "risico op CO"} for team in "AB"
    ))  # fmt: skip
    put("onthard_straat", box(0, 0, 40, 20).exterior, {
        "segment_id": "1", "straat": "'t Hofke", "inwoners": 7.0, "verhard_m2": 400.0, "plekken": 3, "potentieel_m2": 90.0, "gekozen": 0,
    })  # fmt: skip
    cards = importlib.import_module("arsenaal.maps.cards")
    to_pdf = cards.to_pdf

    def fails_for_b(layout, path):
        if "team_B" in path.name:
            raise importlib.import_module("arsenaal.arsenaal_gis.errors").WorkspaceError("The disk is full.")
        to_pdf(layout, path)

    monkeypatch.setattr(cards, "to_pdf", fails_for_b)
    job = maps.MapJob(
        wijk, tmp_path / "uit", TODAY, products=("rondes", "straten"), sheets=("A5",), language="en"
    )
    made = maps.make_maps(job)
    assert [path.name for path in made.files] == ["ronde_2025-07-07_wd_13_17_team_A_A5.pdf", "straat_001.pdf"]
    assert [(name, "disk is full" in why) for name, why in made.failed] == [
        ("ronde_2025-07-07_wd_13_17_team_B_A5", True)
    ]
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", tool("pdfinfo", made.files[0])).groups()
    assert tuple(map(float, size)) == pytest.approx((420, 595), abs=1)
    round_, street = (
        unicodedata.normalize("NFKC", " ".join(tool("pdftotext", path, "-").split())) for path in made.files
    )
    for words in (
        "Round of team A",
        "weekday 13-17 h",
        "812 m on foot",
        "Dorpsstraat",
        "Page 1 of 2",
        "DRAFT",
        "Tier P0",
        "fictitious",
    ):
        assert words in round_, words
    for words in (
        "'t Hofke",
        "90 m2 can be unsealed",
        "3 places, 0 of them chosen",
        "Tier P2: for the steering group",
    ):
        assert words in street, words
    for path, said in zip(made.files, (round_, street), strict=True):
        raw = path.read_bytes()
        for personal in ("risico", "veiligheid", "inwoners"):
            assert personal not in said and personal.encode() not in raw, personal


def test_pages_are_bound_for_print_and_the_report_goes_with_them(maps, with_facts, tmp_path, qgis_app):
    job = maps.MapJob(with_facts, tmp_path, TODAY, products=("kaarten", "verslag"), themes=("verharding",))
    made = maps.make_maps(job)
    names = {path.name for path in made.files}
    assert {"01_verharding_A3.pdf", "verslag.pdf", "verslag.html"} <= names and not made.failed
    report = next(path for path in made.files if path.name == "verslag.pdf")
    told = " ".join(tool("pdftotext", report, "-").split())
    assert "Verslag Proef" in told and "Niveau P2" in told and "Grootschalig Referentie Bestand" in told
    pypdf = pytest.importorskip("pypdf")
    bound = pypdf.PdfReader(report.with_name("verslag_met_kaarten.pdf"))
    assert bound.metadata.title == "Verslag Proef" and bound.trailer["/Root"]["/Lang"] == "nl-BE"
    assert len(bound.pages) == len(pypdf.PdfReader(report).pages) + 1 and len(bound.outline) == 2


def test_without_pypdf_the_folder_is_the_series(arsenaal, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    merge = importlib.import_module("arsenaal.maps.merge").merge
    assert (
        merge([(tmp_path / "a.pdf", "a"), (tmp_path / "b.pdf", "b")], tmp_path / "c.pdf", "t", "a", "nl")
        is False
    )
    assert not (tmp_path / "c.pdf").exists()


def test_a_cancelled_series_stops(maps, with_facts, tmp_path, qgis_app):
    progress = importlib.import_module("arsenaal.arsenaal_gis.progress").Silent()
    progress.cancelled = True
    with pytest.raises(importlib.import_module("arsenaal.arsenaal_gis.errors").Cancelled):
        maps.make_maps(maps.MapJob(with_facts, tmp_path, TODAY, themes=("verharding",)), progress)
    assert not list(tmp_path.glob("*.pdf"))


def test_a_logo_that_is_not_there_is_named_and_the_pages_come(maps, with_facts, tmp_path, qgis_app):
    job = maps.MapJob(with_facts, tmp_path, TODAY, themes=("keuze",), maker={"logo": "weg.svg"})
    assert [name for name, _ in maps.make_maps(job).failed] == ["logo", "keuze"]


@pytest.mark.parametrize(
    ("label", "layer", "told"),
    [("minder dan 20 %", "kaart_bouwjaar", "less than 20 %"), ("0,5 tot 2", "hotspots_hex", "0.5 to 2"), ("onbekend", "gebouwen", "unknown"),
     ("20 en meer", "hotspots_hex", "20 and more"), ("geveltuin", "onthard_kandidaten", "façade garden")],
)  # fmt: skip
def test_classes_have_english_labels(arsenaal, label, layer, told):
    english = importlib.import_module("arsenaal.maps.english").english
    assert english(label, layer).casefold() == told or (
        layer == "onthard_kandidaten" and english(label, layer) != label
    )
