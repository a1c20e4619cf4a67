"""The whole series of a small wijk with a row in every layer: what the files hold, and how the command asks for it."""

import importlib
import json
import re
import shutil

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from qgis.core import QgsProcessingContext, QgsRenderContext, QgsVectorLayer
from shapely import LineString, box

from arsenaal_gis.catalogue import data_folder, load
from arsenaal_gis.cli import main, printing
from arsenaal_gis.gpkg import empty_frame, layer_names, write_layer
from arsenaal_gis.report.drawn import drawn
from arsenaal_gis.report.themes import base_layers, themes
from tests.plugin.test_maps import TODAY, tool

AREA = box(10, 0, 40, 20)
SHAPES = {"Point": AREA.centroid, "LineString": AREA.exterior, "Polygon": AREA}
LAYERS = sorted({*base_layers(), *(id for theme in themes() for id in theme.layers)})


def sample(field):
    """A value that may stand in a field, and is found back in a file where it is text."""
    if field.codes:
        return next(iter(field.codes))
    if field.type == "text":
        return f"inhoud_{field.name}"
    if field.type in ("date", "datetime"):
        return pd.Timestamp("2025-06-30")
    return True if field.type == "boolean" else min(50, field.maximum or 50)


@pytest.fixture(scope="module")
def full(with_facts, tmp_path_factory):
    """The wijk with a row in every layer that a theme draws, every field filled."""
    wijk = shutil.copytree(with_facts, tmp_path_factory.mktemp("vol") / "wijk")
    plan = next(next((wijk / "plannen").iterdir()).glob("*.gpkg"))
    for layer in map(load().layer, [*LAYERS, "onthard_straat"]):
        path = plan if layer.kind == "result" else wijk / "wijk.gpkg"
        if layer.id.startswith("kaart_") or layer.id in layer_names(path):
            continue
        row = {name: sample(field) for name, field in layer.fields.items()}
        frame = gpd.GeoDataFrame([row], geometry=[SHAPES[layer.geometry.removeprefix("Multi")]], crs=31370)
        kinds = dict(empty_frame(layer).drop(columns="geom").dtypes)
        write_layer(path, layer, frame.astype(kinds).rename_geometry("geom"))
    return wijk


@pytest.mark.parametrize("id", LAYERS)
def test_what_is_written_for_a_page_is_what_the_style_uses(id, qgis_app):
    layer = load().layer(id)
    wanted = "&".join(f"field={name}:string" for name in layer.fields)
    shown = QgsVectorLayer(f"{layer.geometry}?crs=EPSG:31370&{wanted}", id, "memory")
    shown.loadNamedStyle(str(data_folder("styles") / f"{id}.qml"))
    context = QgsRenderContext()
    context.expressionContext().setFields(shown.fields())
    used = set(shown.renderer().usedAttributes(context))
    if shown.labelsEnabled():
        used |= set(shown.labeling().settings().referencedFields(context))
    kept = drawn(layer)
    assert set(kept.fields) - {"volgnummer"} == used
    assert {field.privacy for field in kept.fields.values()} <= {"P2", "P3"}


def test_a_page_carries_no_attributes_at_all(maps, full, tmp_path, qgis_app):
    made = maps.make_maps(maps.MapJob(full, tmp_path, TODAY))
    pages = {path.stem[3:-3]: path for path in made.files if path.name[0].isdigit()}
    drawings = [theme for theme in themes() if not theme.raster and not theme.table and theme.id in pages]
    assert {theme.id for theme in drawings} >= {"overzicht", "groen", "verharding", "keuze", "hotspots"}
    for theme in drawings:
        raw = pages[theme.id].read_bytes()
        assert b"/OCG" in raw and b"/Measure" in raw  # layers and a georeference, as a GeoPDF has
        assert not re.search(rb"inhoud_|/N \(\w+\)", raw)


def test_a_street_of_ten_metres_is_a_page(maps, with_facts, tmp_path, qgis_app):
    """At the largest scale, with its whole line in the middle and a scale bar that tells what ten metres are."""
    wijk = shutil.copytree(with_facts, tmp_path / "wijk")
    gpkg, about = next(next((wijk / "plannen").iterdir()).glob("*.gpkg")), load().layer("onthard_straat")
    street = dict.fromkeys(about.fields) | {
        "segment_id": "1", "straat": "Kort", "verhard_m2": 60.0, "plekken": 1, "potentieel_m2": 4.0, "gekozen": 0,
    }  # fmt: skip
    frame = gpd.GeoDataFrame([street], geometry=[LineString([(60, 70), (70, 70)])], crs=31370)
    kinds = dict(empty_frame(about).drop(columns="geom").dtypes)
    write_layer(gpkg, about, frame.astype(kinds).rename_geometry("geom"))
    job = maps.MapJob(wijk, tmp_path / "uit", TODAY, products=("straten",), png_dpi=127)
    pdf, png = maps.make_maps(job).files
    told = " ".join(tool("pdftotext", pdf, "-").split())
    assert "Schaal 1:250" in told and re.search(r"\b0 5 10 m\b", told)
    corners = re.findall(r"(?:Upper Left|Lower Right)\s+\(\s*([-\d.]+),\s*([-\d.]+)\)", tool("gdalinfo", pdf))
    (left, top), (right, bottom) = [tuple(map(float, corner)) for corner in corners]
    assert left < 60 and right > 70 and bottom < 70 < top
    page = np.asarray(Image.open(png).convert("L"))
    row, start, end = (
        round(metres * 4 * 5) for metres in (top - 70, 60 - left, 70 - left)
    )  # 5 pixels a millimetre
    assert end - start == 200  # 10 m at 1:250 is 40 mm
    dark = (page[row - 4 : row + 5, start - 50 : end + 50] < 90).any(axis=0)
    assert (
        dark[50:-50].mean() > 0.4 and dark[:40].mean() == dark[-40:].mean() == 0
    )  # dotted, and no longer than that


def test_the_command_asks_for_several_themes_products_and_sheets(
    full, plugin_tree, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(printing, "plugin_folder", lambda: plugin_tree.parent)
    asked = [
        "--themes",
        "verharding",
        "keuze",
        "--products",
        "kaarten",
        "straten",
        "verslag",
        "--sheets",
        "A3",
        "A1",
    ]
    (tmp_path / "09_hotspots_A3.pdf").write_text("of an earlier run")
    assert main(["maps", str(full), "--out", str(tmp_path), *asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    names = {path.rsplit("/", 1)[1] for path in said["files"]}
    series = {f"{page}_{sheet}.pdf" for page in ("01_verharding", "02_keuze") for sheet in ("A3", "A1")}
    report = {path.name for path in (tmp_path / "verslag").iterdir()}
    assert {"verslag.html", "verslag.pdf", "verantwoording_1.csv"} <= report
    bound = {"kaarten_A3.pdf", "kaarten_A1.pdf", "straten.pdf"}  # where pypdf is
    assert names - bound == {*series, "straat_001.pdf", *report}
    assert len(said["files"]) == len(names)
    assert said["problems"] == []


def test_the_report_on_paper_asks_for_the_report_and_every_map(arsenaal, full, tmp_path, monkeypatch):
    asked = {}
    monkeypatch.setattr(
        printing, "run_algorithm", lambda id, parameters, console: asked.update(parameters) or {"REPORT": ""}
    )
    assert main(["report", str(full), "--out", str(tmp_path), "--pdf"]) == 0
    algorithm = importlib.import_module("arsenaal.algorithms.maps").MapsAlgorithm()
    algorithm.initAlgorithm({})

    def read(name):
        return algorithm.parameterAsEnums(asked, name, QgsProcessingContext())

    job = importlib.import_module("arsenaal.maps.job")
    assert [job.PRODUCTS[i] for i in read("PRODUCTS")] == ["kaarten", "verslag"]
    assert read("THEMES") == [] and read("SHEETS") == [0]  # none is all of them, on A3


@pytest.mark.parametrize("command", [["maps"], ["report", "--pdf"]])
def test_without_qgis_the_command_says_how_to_install_it(full, tmp_path, monkeypatch, capsys, command):
    monkeypatch.setattr(printing.shutil, "which", lambda name: None)
    assert main([*command, str(full), "--out", str(tmp_path / "uit")]) == printing.QGIS_ABSENT == 3
    assert "apt-get install qgis" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()
