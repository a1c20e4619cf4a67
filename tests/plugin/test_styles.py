"""Styles are made, not edited; colours keep apart for everybody and unknown has none."""

import itertools
import tomllib
from xml.etree import ElementTree

import numpy as np
import pytest

from scripts import make_styles
from scripts.build_zip import ROOT

PALETTE = tomllib.loads((ROOT / "styles" / "palette.toml").read_text(encoding="utf-8"))

# Machado, Oliveira and Fernandes 2009 (doi 10.1109/TVCG.2009.113), severity 1.0, linear RGB.
DEFICIENCY = {
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def linear(color):
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* (D65) of linear RGB."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(
        rgb, 0, 1
    )
    ratio = xyz / [0.95047, 1, 1.08883]
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(color, eye):
    rgb = linear(color)
    return lab(rgb if eye == "normal" else np.array(DEFICIENCY[eye]) @ rgb)


def test_committed_styles_are_what_the_script_writes(tmp_path):
    make_styles.main(tmp_path)
    fresh = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.qml")}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "styles").glob("*.qml")}
    assert sorted(fresh) == sorted(kept)
    assert [name for name in fresh if fresh[name] != kept[name]] == []


@pytest.mark.parametrize("name", [name for name in PALETTE["ramps"] if name != "change"])
@pytest.mark.parametrize("eye", ["normal", *DEFICIENCY])
def test_ramps_darken_evenly_for_every_eye(name, eye):
    steps = np.array([seen(color, eye) for color in PALETTE["ramps"][name]])
    assert (np.diff(steps[:, 0]) < -3).all()
    apart = np.linalg.norm(np.diff(steps, axis=0), axis=1)
    assert apart.min() > 5


@pytest.mark.parametrize("eye", ["normal", *DEFICIENCY])
@pytest.mark.parametrize("ramp", ["renovation", "age"])
def test_classes_staff_compare_keep_apart(ramp, eye):
    colors = PALETTE["codes"].get(ramp)
    colors = list(colors.values()) if colors else make_styles.spread(PALETTE["ramps"][ramp], 4)
    pairs = itertools.combinations([seen(color, eye) for color in colors], 2)
    assert min(np.linalg.norm(a - b) for a, b in pairs) > 10


def test_renovation_status_survives_grey_print():
    light = sorted(seen(color, "normal")[0] for color in PALETTE["codes"]["renovation"].values())
    assert np.diff(light).min() > 8


def test_change_ramp_is_lightest_in_the_middle():
    light = [seen(color, "normal")[0] for color in PALETTE["ramps"]["change"]]
    assert light.index(max(light)) == 3
    assert light[:4] == sorted(light[:4])
    assert light[3:] == sorted(light[3:], reverse=True)


# What lies under every theme keeps still on purpose (told apart by place and edge); changes have a test of their own.
GROUND = {"gebouwen", "terreinen", "wegdek", "water_spoor", "verandering"}
STYLES = sorted((ROOT / "styles").glob("*.qml"))


def signs(path):
    """(label, colour, shape) of every class of a style that holds known values, as QGIS will draw them."""
    root = ElementTree.parse(path).getroot()
    symbols = {one.get("name"): one for one in root.iterfind("renderer-v2/symbols/symbol")}
    found = []
    for rule in root.iter("rule"):
        label = rule.get("label", "")
        if "symbol" in rule.attrib and not label.startswith(
            ("onbekend", "onderdrukt", "verborgen", "niet getoond")
        ):
            options = symbols[rule.get("symbol")].findall("layer")[-1].iter("Option")
            said = {option.get("name"): option.get("value") for option in options}
            color = said.get("color") or said.get("line_color")
            if color:
                rgb = "".join(f"{int(part):02x}" for part in color.split(",")[:3])
                found.append((label, f"#{rgb}", said.get("name", "")))
    for item in (*root.iter("item"), *root.iter("paletteEntry")):
        if item.get("alpha") != "0":
            found.append((item.get("label"), item.get("color"), ""))
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("eye", ["normal", *DEFICIENCY])
def test_every_style_is_read_by_every_eye(path, eye):
    """Classes in order darken step by step, which grey print keeps; classes of a kind keep apart or have their own shape."""
    from arsenaal_gis.catalogue import load

    layer, classes = load().layer(path.stem), signs(path)
    if path.stem in GROUND or len(classes) < 2:
        return
    steps = [seen(color, eye) for _, color, _ in classes]
    ordered = (
        layer.style.get("method") == "graduated" or path.stem.startswith("kaart_") or "breaks" in layer.style
    )
    if ordered:
        assert np.diff([step[0] for step in steps]).max() < -5
        assert np.linalg.norm(np.diff(steps, axis=0), axis=1).min() > 7.5
        return
    for (one, a), (two, b) in itertools.combinations(zip(classes, steps, strict=True), 2):
        if one[2] == two[2]:
            assert np.linalg.norm(a - b) > 6, (one, two)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_qgis_reads_the_style(path, qgis_app):
    from qgis.core import QgsVectorLayer

    from arsenaal_gis.catalogue import load

    layer = load().layer(path.stem)
    if layer.geometry == "raster":
        return
    kinds = {"integer": "integer", "real": "double", "boolean": "integer"}
    fields = "&".join(f"field={name}:{kinds.get(f.type, 'string')}" for name, f in layer.fields.items())
    shown = QgsVectorLayer(f"{layer.geometry}?crs=EPSG:31370&{fields}", layer.id, "memory")
    message, good = shown.loadNamedStyle(str(path))
    assert good, message
    if layer.style["method"] in ("categorized", "graduated"):
        rules = shown.renderer().rootRule().children()
        assert rules[-1].isElse() or "IS NULL" in rules[-1].filterExpression()
        assert rules[-1].label() == "onbekend"
        assert all(rule.label() for rule in rules)
        for rule in rules[:-1]:
            assert rule.filter() is not None and not rule.filter().hasParserError(), rule.filterExpression()
    attributes = layer.style.get("attribute"), layer.style.get("label")
    assert all(name in layer.fields for name in attributes if name)
