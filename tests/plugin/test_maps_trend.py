"""The signs of rising and falling on the hotspot page are those of its legend, and of the sentence under it."""

import re
import shutil

import numpy as np
import pytest
from PIL import Image

from tests.hotspot_rows import cell, plant
from tests.plugin.test_maps import TODAY, tool

STILL = "niet_aantoonbaar"
# Fill of a triangle in colour (styles/palette.toml) and in the grey of equal luminance.
INKS = {"stijgend": ((140, 81, 10), (88, 88, 88)), "dalend": ((90, 180, 172), (160, 160, 160))}
SAID = {
    ("stijgend", "dalend", "dalend"): "1 stijgend, 2 dalend, elders niet aantoonbaar.",
    (STILL, STILL, STILL): "nergens aantoonbaar.",
}


def printed(maps, with_facts, folder, classes, kind="hexagon", **wanted):
    """The files of the hotspot page of a wijk with these trends, and two units more of which nothing is demonstrable."""
    wijk = shutil.copytree(with_facts, folder / "wijk")
    plant(next(next((wijk / "plannen").iterdir()).glob("*.gpkg")), *classes, STILL, STILL, kind=kind)
    made = maps.make_maps(maps.MapJob(wijk, folder / "uit", TODAY, themes=("hotspots",), **wanted))
    assert not made.failed
    return {path.name: path for path in made.files}


def at_the_middle(pdf, png, number):
    """Colour of the page at the middle of a hexagon."""
    corners = re.findall(r"(?:Upper Left|Lower Right)\s+\(\s*([-\d.]+),\s*([-\d.]+)\)", tool("gdalinfo", pdf))
    (left, top), (right, bottom) = [tuple(map(float, corner)) for corner in corners]
    page, middle = np.asarray(Image.open(png).convert("RGB")).astype(int), cell(number).centroid
    row = (top - middle.y) / (top - bottom) * page.shape[0]
    return page[round(row), round((middle.x - left) / (right - left) * page.shape[1])]


@pytest.mark.parametrize("classes", SAID, ids="-".join)
def test_signs_legend_and_sentence_agree(maps, with_facts, tmp_path, qgis_app, classes):
    made = printed(maps, with_facts, tmp_path, classes, grey=True, png_dpi=127)
    for number, ending in enumerate(("A3", "A3_grijs")):
        pdf, png = (made[f"01_hotspots_{ending}{kind}"] for kind in (".pdf", ".png"))
        lines = tool("pdftotext", pdf, "-").splitlines()
        assert [line for line in lines if line in INKS] == [code for code in INKS if code in classes]
        assert ("Trend" in lines) == bool(INKS.keys() & set(classes))
        assert f"Trend over 8 kwartalen (Mann-Kendall, 5 zeshoeken): {SAID[classes]}" in " ".join(lines)
        for place, code in enumerate((*classes, STILL, STILL)):
            seen = at_the_middle(pdf, png, place)
            near = [one for one, inks in INKS.items() if np.abs(seen - inks[number]).max() <= 3]
            assert near == [code][: code in INKS], (place, seen)


def test_in_english(maps, with_facts, tmp_path, qgis_app):
    made = printed(maps, with_facts, tmp_path, ("stijgend", "dalend"), language="en")
    lines = tool("pdftotext", made["01_hotspots_A3.pdf"], "-").splitlines()
    assert {"Trend", "rising", "falling"} <= set(lines) and not {"stijgend", "dalend"} & set(lines)
    assert "(Mann-Kendall, 4 hexagons): 1 rising, 1 falling, not demonstrable elsewhere." in " ".join(lines)


def test_where_there_are_no_hexagons_the_page_shows_the_streets(maps, with_facts, tmp_path, qgis_app):
    made = printed(maps, with_facts, tmp_path, ("stijgend", "dalend"), "straat")
    lines = tool("pdftotext", made["01_hotspots_A3.pdf"], "-").splitlines()
    assert {"Feiten per 100 m straat per jaar", "1 tot 2", "onderdrukt", "stijgend", "dalend"} <= set(lines)
    assert not any(line.startswith("Feiten per hectare") for line in lines)
    assert "(Mann-Kendall, 4 straten): 1 stijgend, 1 dalend, elders niet aantoonbaar." in " ".join(lines)
