"""Tables of the report on paper: words are whole, rows lie on one sheet, and no sheet begins with a gap."""

import importlib
import re

import pandas as pd
import pytest
from qgis.PyQt.QtCore import QMarginsF
from qgis.PyQt.QtGui import QPageLayout, QPageSize, QPdfWriter

from arsenaal_gis.report.html import Section, Table, document
from tests.plugin.test_maps import tool

WORDS = ("Bodemafdekkingskaart", "renovatiedossier", "gemeenschapswachten", "woonkwaliteit")


@pytest.fixture
def sheets(arsenaal, qgis_app, tmp_path):
    """Words and their places (left, top, bottom in points) of every sheet of a report with one long table."""

    def paint(lines):
        rows = pd.DataFrame(
            [
                (WORDS[n % 4], f"begin{n} " + "een zin die over regels loopt en woorden houdt " * lines(n) + f"eind{n}", WORDS[(n + 1) % 4], n)
                for n in range(40)
            ],
            columns=["indicator", "in woorden", "bron", "rijen"],
        )  # fmt: skip
        page = document(
            "Verslag", "toestand", "", [Section("a", "Deel", ("tekst",), (), (Table("Lijst", rows),))]
        )
        report = importlib.import_module("arsenaal.maps.report")
        writer = QPdfWriter(str(tmp_path / "verslag.pdf"))
        writer.setResolution(report._DPI)
        edge = QMarginsF(*[report._MARGIN] * 4)
        size = QPageSize(QPageSize.PageSizeId.A4)
        writer.setPageLayout(
            QPageLayout(size, QPageLayout.Orientation.Portrait, edge, QPageLayout.Unit.Millimeter)
        )
        report._paint(page, writer, "voet")
        told = tool("pdftotext", "-bbox", tmp_path / "verslag.pdf", "-")
        word = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>')
        return [
            [(*map(float, found[:3]), found[3]) for found in word.findall(sheet)]
            for sheet in told.split("<page ")[1:]
        ]

    return paint


@pytest.mark.parametrize(
    "lines",
    [lambda n: 1, lambda n: 1 + n % 5, lambda n: 4, lambda n: 1 + n % 7],
    ids=["1", "1-5", "4", "1-7"],
)
def test_rows_are_whole_and_follow_the_head(sheets, lines):
    pages = sheets(lines)
    assert len(pages) > 1
    for page in pages:
        texts = [text for *_, text in page]
        assert [t for t in texts if t.startswith("begin")] == [
            t.replace("eind", "begin") for t in texts if t.startswith("eind")
        ]
        head = next(bottom for _, _, bottom, text in page if text == "indicator")
        first = min(top for _, top, _, text in page if text.startswith("begin"))
        assert 0 <= first - head < 12, "points between the head and the first row under it"
    words = [text for page in pages for *_, text in page]
    assert sum(words.count(one) for one in WORDS) == 80
    assert sorted(int(t[5:]) for t in words if t.startswith("begin")) == list(range(40))


def test_a_column_is_as_wide_as_its_longest_word(sheets):
    """Names left, then the sentence, then sources: what is left of the width goes to the sentence."""
    page = sheets(lambda n: 3)[0]
    left = {text: x for x, _, _, text in page if text in ("indicator", "in", "bron", "rijen")}
    assert left["bron"] - left["in"] > 1.5 * (left["in"] - left["indicator"])
    assert left["rijen"] - left["bron"] < left["bron"] - left["in"]
