"""The yearly report, read back."""

import csv
import datetime
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from wijk.conftest import delivery

from arsenaal_gis.cli.printing import REPORT
from arsenaal_gis.plan import make_plan
from arsenaal_gis.report import write_report
from arsenaal_gis.report.html import Table, bars, table
from arsenaal_gis.wijk import import_delivery
from tests.hotspot_rows import plant

TODAY = datetime.date(2026, 11, 22)


class Outline(HTMLParser):
    """Headings, language, tables and figures of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = [], {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attrs))


@pytest.fixture
def report(wijk, tmp_path):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", only=["feiten", "indicatoren"])
    return write_report(wijk, wijk.plans()[-1], tmp_path / "uit", today=TODAY)


def test_the_page_is_accessible_and_complete(report):
    text = report[0].read_text(encoding="utf-8")
    page = Outline(text)
    assert page.attributes["html"] == [{"lang": "nl"}]
    headings = [tag for tag in page.tags if tag in ("h1", "h2", "h3")]
    assert headings[0] == "h1" and set(headings[1:]) == {"h2"}
    assert page.tags.count("table") == page.tags.count("caption") >= 3
    assert page.tags.count("figure") == page.tags.count("figcaption") == page.tags.count("svg") >= 1
    assert "vergelijkingen zijn onderdrukt" in text  # two dwellings are too few
    assert all(svg["role"] == "img" for svg in page.attributes["svg"])
    assert all("scope" in head for head in page.attributes["th"])
    links = {link["href"][1:] for link in page.attributes["a"]}
    assert links == {part["id"] for part in page.attributes["section"]}
    for words in (
        "Verslag Proef",
        "30-06-2025",
        "22-11-2026",
        "Niveau P2",
        "Fictieve oefendata",
        "Grootschalig Referentie Bestand",
    ):
        assert words in text, words
    assert not re.search(r"\bw[AB]\b", text)  # keys of dwellings


VOID = {"meta", "br", "hr", "img", "link", "input"}


class Tree(HTMLParser):
    """Elements with what they hold; says where an element is closed that is not open."""

    def __init__(self, text):
        super().__init__()
        self.open, self.all = [ElementTree.Element("root")], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        one = ElementTree.SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        self.all.append(one)
        if tag not in VOID:
            self.open.append(one)

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag, tag

    def handle_data(self, data):
        self.open[-1].text = (self.open[-1].text or "") + data


def luminance(color):
    color = color if len(color) == 7 else "#" + "".join(2 * part for part in color[1:])
    parts = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(color, ground="#ffffff"):
    """Ratio of WCAG 2.1."""
    light, dark = sorted((luminance(color), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_who_hears_or_hardly_sees_the_page_misses_nothing(report):
    text = report[0].read_text(encoding="utf-8")
    page = Tree(text)
    assert [one.tag for one in page.open] == ["root"]  # all that was opened is closed, in order
    ids = [one.get("id") for one in page.all if one.get("id")]
    assert len(ids) == len(set(ids))
    assert next(one for one in page.all if one.tag == "title").text.strip() == "Verslag Proef"
    assert {one.tag for one in page.all} >= {"header", "nav", "main"}
    for section in page.open[0].iter("section"):
        assert section[0].tag == "h2" and section[0].text.strip()
        if section.find("figure") is not None:
            assert section.find("table") is not None  # the numbers behind a chart
    for chart in page.open[0].iter("svg"):
        assert chart[0].tag == "title" and chart[0].text.strip()
    for table_ in page.open[0].iter("table"):
        assert table_[0].tag == "caption" and table_[0].text.strip()
        columns = table_.findall("thead/tr/th")
        assert columns and all(head.get("scope") == "col" and head.text.strip() for head in columns)
        for row in table_.iterfind("tbody/tr"):
            assert row[0].tag == "th" and row[0].get("scope") == "row" and len(row) == len(columns)
    style = next(one for one in page.all if one.tag == "style").text
    letters = re.findall(r"[{;]color:(#[0-9a-f]{3,6})", style)
    letters += [one.get("fill", "#000000") for one in page.open[0].iter("text")]
    assert letters and min(map(contrast, letters)) >= 4.5
    assert min(contrast(bar.get("fill")) for bar in page.open[0].iter("rect")) >= 3


def test_every_table_is_a_csv_with_the_same_rows(report):
    page = Outline(report[0].read_text(encoding="utf-8"))
    assert page.tags.count("table") == len(report) - 1
    for path in report[1:]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert rows and {len(row) for row in rows} == {len(rows[0])}
    assert sum(tag == "tr" for tag in page.tags) == sum(
        len(list(csv.reader(path.open(encoding="utf-8-sig", newline=""), delimiter=";")))
        for path in report[1:]
    )


def test_the_same_plan_gives_the_same_bytes(report, wijk, tmp_path):
    again = write_report(wijk, wijk.plans()[-1], tmp_path / "nog eens", today=TODAY)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in report]


def test_the_trend_stands_with_the_incidents(report, wijk, tmp_path):
    plan = wijk.plans()[-1]
    plant(
        next(plan.folder.glob("*.gpkg")), "dalend", "niet_aantoonbaar", "niet_aantoonbaar", "niet_aantoonbaar"
    )
    text = write_report(wijk, plan, tmp_path / "nog eens", today=TODAY)[0].read_text(encoding="utf-8")
    section = re.search(r'<section id="incidenten".*?</section>', text, re.DOTALL)[0]
    assert "Trend over 8 kwartalen (Mann-Kendall, 4 zeshoeken): 1 dalend, elders niet aantoonbaar." in section


def test_the_command_has_a_name_and_arguments():
    import argparse

    parser = argparse.ArgumentParser()
    REPORT.arguments(parser)
    assert REPORT.name == "report"
    assert parser.parse_args(["wijk.toml", "--before", "20240101T000000Z"]).before == "20240101T000000Z"


def test_bars_are_as_long_as_their_values():
    svg = bars(
        ["a & b", "c"],
        np.array([10.0, 40.0]),
        np.array([5.0, np.nan]),
        np.array([15.0, np.nan]),
        "T <1>",
        "%",
    )
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    widths = [float(bar.get("width")) for bar in root.iter(f"{space}rect")]
    assert widths[1] == pytest.approx(4 * widths[0], rel=0.01)
    assert root.find(f"{space}title").text == "T <1>"
    assert len(list(root.iter(f"{space}line"))) == 2  # one interval, on a white ground


def test_text_in_tables_is_escaped_and_numbers_are_dutch():
    text = table("x", pd.DataFrame({"a": ["<b>"], "n": [1234.5], "k": [0.25], "leeg": [None]}))
    assert "&lt;b&gt;" in text and ">1.234<" in text and ">0,2<" in text and "None" not in text
    assert "leeg" not in Table("x", pd.DataFrame({"a": ["b"], "leeg": [None]})).html()
