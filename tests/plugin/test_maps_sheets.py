"""Every sheet, filled with the longest and the emptiest content: nothing is clipped, nothing overlaps, nothing leaves the page."""

import importlib
import itertools
import subprocess

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QTextDocument, QTextTable

LONG = "Onze-Lieve-Vrouw-van-Hanswijkwijk en de Oude Leuvensesteenweg"
PLACES = "\n".join(f"{n}. boomvak, {LONG}, 10\u00a0m²" for n in range(1, 41))


@pytest.fixture(scope="module")
def parts(arsenaal):
    names = ("page", "template", "sheets", "words", "portrait", "items", "flow", "ink", "legend")
    return {name: importlib.import_module(f"arsenaal.maps.{name}") for name in names} | {
        "to_pdf": importlib.import_module("arsenaal.maps.export").to_pdf,
        "report": importlib.import_module("arsenaal.arsenaal_gis.report"),
    }


def wijkgrens(extent):
    layer = QgsVectorLayer("Polygon?crs=EPSG:31370", "wijkgrens", "memory")
    shape = QgsFeature()
    shape.setGeometry(QgsGeometry.fromRect(extent))
    layer.dataProvider().addFeatures([shape])
    return layer


def faults(layout, words, sheet):
    """What a reader would miss: cut text, boxes over each other, boxes off the page."""
    found, boxes = [], {}
    for item in layout.items():
        if not isinstance(item, QgsLayoutItem) or not item.isVisible() or item.type() == 65638:
            continue
        place, size = item.positionWithUnits(), item.sizeWithUnits()
        box = QgsRectangle(place.x(), place.y(), place.x() + size.width(), place.y() + size.height())
        if box.width() >= sheet.width - 1:
            continue  # the paper itself
        boxes[item.id() or str(item.type())] = (item, box)
        if isinstance(item, QgsLayoutItemLabel) and item.text():
            font = item.font()
            for line in item.text().split("\n"):
                if words.width_mm(line, font.pointSizeF(), font.bold()) > size.width() + 0.1:
                    found.append(f"{item.id()}: '{line}' is wider than its box")
            if words.height_mm(item.text(), font.pointSizeF()) > size.height() + 0.5:
                found.append(f"{item.id()}: taller than its box: {item.text()!r}")
        if (
            box.xMinimum() < 4.9
            or box.yMinimum() < 4.9
            or box.xMaximum() > sheet.width - 4.9
            or box.yMaximum() > sheet.height - 4.9
        ):
            found.append(f"{item.id()}: within 5 mm of the edge, where printers do not print")
    for (name, (one, a)), (other, (two, b)) in itertools.combinations(boxes.items(), 2):
        over = {name, other} & {"kaart", "oefendata", "tabel"}
        if (
            over
            or (isinstance(one, QgsLayoutItemLabel) and not one.text())
            or (isinstance(two, QgsLayoutItemLabel) and not two.text())
        ):
            continue
        both = a.intersect(b)
        if not both.isEmpty() and both.width() > 0.3 and both.height() > 0.3:
            found.append(f"{name} lies over {other}")
    return found


@pytest.mark.parametrize("sheet", ["A3", "A1", "A0", "rol914"])
@pytest.mark.parametrize("content", ["long", "empty"])
def test_a_landscape_page_holds_its_words(parts, tmp_path, qgis_app, sheet, content):
    size = parts["sheets"].SHEETS[sheet]
    layout = parts["template"].from_template(QgsProject.instance(), size, tmp_path)
    extent = QgsRectangle(158000, 189000, 163000, 190000)  # 5 km wide
    long = content == "long"
    text = parts["report"].PageText(
        f"Verharding en plekken om te ontharden \u2013 {LONG}", "toestand op 30-06-2025 \u00b7 fictieve oefendata",
        "een noot van gewone lengte " * 12 if long else "", "\n".join(f"Bron: dienst {n}, {LONG}" for n in range(6)) if long else "",
        f"Gemaakt door {LONG} op 22-11-2026\nplan 20250701T000000Z",
    )  # fmt: skip
    page = parts["page"].Page(
        text, {"wijkgrens": wijkgrens(extent)}, ("wijkgrens",), extent, extent, [wijkgrens(extent)],
        "n = 3 woningen\n1,2\u00a0ha verhard" if long else "", PLACES if long else "",
        (), 1, 11, "DEFINITIEF", "fictieve oefendata", "nl",
    )  # fmt: skip
    scale = parts["page"].fill(layout, size, page)
    assert scale * (layout.itemById("kaart").sizeWithUnits().width() / 1000) >= 5000
    assert faults(layout, parts["words"], size) == []
    if long:
        assert layout.itemById("lijst").text().split("\n")[-1].startswith("en nog ")
    least = min(
        i.font().pointSizeF() for i in layout.items() if isinstance(i, QgsLayoutItemLabel) and i.text()
    )
    assert least >= 8 * size.scale - 0.01


@pytest.mark.parametrize("sheet", ["A4", "A5"])
def test_an_upright_page_holds_a_long_round(parts, tmp_path, qgis_app, sheet):
    size = parts["sheets"].PORTRAIT[sheet]
    layout = parts["template"].from_template(
        QgsProject.instance(), size, tmp_path, ("kaart", "titel", "tekst")
    )
    rows = [("nr", "uur", "straat", "huis", "code", "poging", "resultaat")]
    rows += [
        (str(n), "13:05", "Oude Leuvensesteenweg", "12 bus\u00a00003", "K", "1", "") for n in range(1, 15)
    ]
    parts["portrait"].put_list(layout, size, tuple(rows), LONG)
    parts["items"].put_logo(layout, None)
    for id, words in (
        ("titel", f"Ronde team A, {LONG}"),
        ("ondertitel", LONG),
        ("toelichting", "Bron: x\n" * 7),
        ("colofon", LONG),
    ):
        parts["items"].fit(layout, id, words, 6.5)
    parts["items"].put_practice(layout, "fictieve oefendata")
    assert faults(layout, parts["words"], size) == []
    table = next(frame for frame in layout.multiFrames())
    assert table.totalSize().height() <= layout.itemById("tekst").sizeWithUnits().height() + 0.6
    assert layout.itemById("kaart").sizeWithUnits().height() >= 59


@pytest.mark.parametrize("sheet", ["A4", "A5"])
def test_words_of_a_round_are_whole_and_every_stop_is_printed(parts, tmp_path, qgis_app, sheet):
    size = parts["sheets"].PORTRAIT[sheet]
    layout = parts["template"].from_template(
        QgsProject.instance(), size, tmp_path, ("kaart", "titel", "tekst")
    )
    head = ("nr", "uur", "straat", "huis", "code", "poging", "achterlaten", "resultaat")
    rows = [
        (str(n), "17:05", "Leuvensesteenweg", f"{n} bus\u00a00002", "K", "2", "kaart", "")
        for n in range(1, 61)
    ]
    parts["portrait"].put_list(layout, size, (head, *rows), "Ronde team A")
    parts["to_pdf"](layout, tmp_path / "ronde.pdf", geo=False)
    pages = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "ronde.pdf", "-"], check=True, capture_output=True, text=True
    )
    words = pages.stdout.split()
    assert [n for n in range(1, 61) if f"{n} bus" not in pages.stdout.replace("\u00a0", " ")] == []
    assert words.count("Leuvensesteenweg") == words.count("17:05") == 60
    assert {"achterlaten", "resultaat", "poging", "code"} <= set(words)
    assert pages.stdout.count("\f") == words.count("Ronde") + 1 > 1


@pytest.mark.parametrize("beside", [False, True])
def test_an_upright_page_holds_long_texts_and_cuts_what_cannot_fit(parts, tmp_path, qgis_app, beside):
    size = parts["sheets"].PORTRAIT["A4"]
    layout = parts["template"].from_template(
        QgsProject.instance(), size, tmp_path, ("kaart", "titel", "tekst")
    )
    blocks = [(f"Kop {n}", "\n".join(f"regel {m} over {LONG}" for m in range(30))) for n in range(4)]
    parts["portrait"].put_blocks(layout, size, blocks, beside_legend=beside)
    for id in ("titel", "ondertitel", "toelichting", "colofon"):
        parts["items"].fit(layout, id, LONG, 6.5)
    assert faults(layout, parts["words"], size) == []
    assert any(i.text().endswith("\u2026") for i in layout.items() if isinstance(i, QgsLayoutItemLabel))


def test_a_short_text_leaves_the_map_most_of_the_page(parts, tmp_path, qgis_app):
    size = parts["sheets"].PORTRAIT["A4"]
    layout = parts["template"].from_template(
        QgsProject.instance(), size, tmp_path, ("kaart", "titel", "tekst")
    )
    parts["portrait"].put_blocks(
        layout, size, [("Cijfers", "een\ntwee"), ("Oordeel", "goed")], beside_legend=False
    )
    frame = layout.itemById("kaart")
    assert isinstance(frame, QgsLayoutItemMap) and frame.sizeWithUnits().height() > 150


def test_a_template_of_staff_keeps_its_arrangement(parts, plugin_tree, tmp_path, qgis_app):
    size = parts["sheets"].SHEETS["A3"]
    (tmp_path / "sjablonen").mkdir()
    text = (plugin_tree / "styles" / "kaart_A3.qpt").read_text(encoding="utf-8")
    (tmp_path / "sjablonen" / "kaart_A3.qpt").write_text(text, encoding="utf-8")
    layout = parts["template"].from_template(QgsProject.instance(), size, tmp_path)
    before = {item.id(): item.pos() for item in layout.items() if isinstance(item, QgsLayoutItem)}
    extent = QgsRectangle(0, 0, 100, 10)
    text = parts["report"].PageText("Titel", "toestand", "noot " * 200, "Bron: x", "colofon")
    page = parts["page"].Page(
        text, {"wijkgrens": wijkgrens(extent)}, ("wijkgrens",), extent, extent, [], "n = 3", "1. x", (), 1, 1, "ONTWERP", "oefen", "nl"
    )  # fmt: skip
    parts["page"].fill(layout, size, page)
    after = {item.id(): item.pos() for item in layout.items() if isinstance(item, QgsLayoutItem)}
    assert before == after and layout.itemById("titel").text() == "Titel"


def test_words_wrap_between_number_and_unit_never(parts):
    wrapped = parts["words"].wrap("bij een bui van 60\u00a0mm", 10, 30)
    assert "60\u00a0mm" in wrapped
    assert max(map(len, parts["words"].wrap("a" * 200, 10, 20).split("\n"))) < 20


def test_a_larger_sheet_enlarges_names_lines_and_signs(parts, qgis_app):
    layer = QgsVectorLayer("LineString?crs=EPSG:31370&field=straat:string", "x", "memory")
    from arsenaal_gis.catalogue import data_folder

    layer.loadNamedStyle(str(data_folder("styles") / "straten.qml"))
    width, size = layer.renderer().symbol().width(), layer.labeling().settings().format().size()
    parts["ink"].enlarge(layer, 2.0)
    assert layer.renderer().symbol().width() == pytest.approx(2 * width)
    assert layer.labeling().settings().format().size() == pytest.approx(2 * size) and size >= 8


def test_a_legend_without_classes_shows_each_name_once(parts, tmp_path, qgis_app):
    layout = parts["template"].from_template(QgsProject.instance(), parts["sheets"].SHEETS["A3"], tmp_path)
    legend = layout.itemById("legenda")
    assert isinstance(legend, QgsLayoutItemLegend)
    layer = wijkgrens(QgsRectangle(0, 0, 100, 100))
    parts["items"].frame_map(layout, {"wijkgrens": layer}, layer.extent())
    parts["legend"].fill_legend(layout, legend, {"wijkgrens": layer}, 84, "nl")
    node = legend.model().rootGroup().children()[0]
    assert node.customProperty("legend/title-style") == "hidden"
    assert [n.data(0) for n in legend.model().layerLegendNodes(node)] == ["grens van de wijk"]


def test_a_heading_of_the_report_never_stands_alone_at_the_foot_of_a_sheet(arsenaal, qgis_app):
    report = importlib.import_module("arsenaal.maps.report")
    height, room = 3000.0, 30 / 25.4 * 300
    moved = 0
    for above in range(60, 260, 9):
        document = QTextDocument()
        document.setPageSize(QSizeF(2000, height))
        document.setHtml("<p>regel</p>" * above + "<h2>Kop</h2><p>tekst</p>")
        heading = document.findBlock(document.toPlainText().index("Kop"))
        before = document.pageCount()
        report._keep_headings(document, height)
        foot = document.documentLayout().blockBoundingRect(heading).bottom() % height
        assert height - foot >= room
        moved += document.pageCount() > before
    assert moved


def test_a_row_of_the_report_lies_on_one_sheet_and_no_text_is_lost(arsenaal, qgis_app):
    report = importlib.import_module("arsenaal.maps.report")
    height = 3000.0
    document = QTextDocument()
    document.setPageSize(QSizeF(2000, height))
    row = "<tr><th>kop</th><td>" + "regel<br>" * 6 + "einde</td></tr>"
    part = (
        "<h2>Kop</h2><p>tekst</p><table><thead><tr><th>a</th><th>b</th></tr></thead>" + row * 40 + "</table>"
    )
    document.setHtml(part * 3)
    layout = document.documentLayout()

    def sheet_of(block, number):
        line = block.layout().lineAt(number)
        return (layout.blockBoundingRect(block).top() + line.y() + line.height() / 2) // height

    def split():
        found = 0
        for table in (f for f in document.rootFrame().childFrames() if isinstance(f, QTextTable)):
            for number in range(1, table.rows()):
                words = table.cellAt(number, 1).firstCursorPosition().block()
                found += bool(words.text()) and sheet_of(words, 0) != sheet_of(
                    words, words.layout().lineCount() - 1
                )
        return found

    assert split() >= 3
    report._keep_headings(document, height)
    report._keep_rows(document, height)
    assert split() == 0
    block = document.begin()
    while block.isValid():
        assert not block.text() or block.layout().lineCount() > 0, block.text()
        block = block.next()


def test_every_class_on_the_map_stands_in_the_legend_and_no_other(parts, qgis_app):
    """The root of the rules counts as a key too: a map with all classes once lost the last one."""
    extent = QgsRectangle(0, 0, 40, 10)
    layer = QgsVectorLayer("Point?field=n:integer", "soort", "memory")
    points = []
    for n in range(4):
        points.append(QgsFeature(layer.fields()))
        points[n].setAttributes([n])
        points[n].setGeometry(QgsGeometry.fromPointXY(QgsPointXY(10 * n + 5, 5)))
    layer.dataProvider().addFeatures(points)
    root = QgsRuleBasedRenderer.Rule(None)
    for n in range(4):
        root.appendChild(QgsRuleBasedRenderer.Rule(QgsMarkerSymbol(), filterExp=f"n = {n}", label=str(n)))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    present = parts["legend"]._rules_present
    assert present(layer, extent) == [0, 1, 2, 3]
    assert present(layer, QgsRectangle(12, 0, 28, 10)) == [1, 2]
