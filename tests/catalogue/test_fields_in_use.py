"""One description per layer: what code, styles and layouts name stands in it, and what stands in it is used."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from arsenaal_gis import catalogue

ROOT = Path(__file__).resolve().parents[2]
LAYERS = catalogue.load().layers
SOURCES = [p for folder in ("arsenaal_gis", "plugin") for p in (ROOT / folder).rglob("*.py")]


def literals():
    """Words in the code, and patterns of the names that it puts together from parts."""
    words, patterns = set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= set(re.findall(r"[a-z][a-z0-9_]*", node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [v.value if isinstance(v, ast.Constant) else None for v in node.values]
                if sum(len(p or "") for p in parts) >= 2 and any("_" in (p or "") for p in parts):
                    patterns.add("".join(".+" if p is None else re.escape(p) for p in parts))
            elif isinstance(node, ast.keyword | ast.arg):
                words.add(node.arg)
            elif isinstance(node, ast.Name | ast.Attribute):
                words.add(node.id if isinstance(node, ast.Name) else node.attr)
    return words, re.compile("|".join(f"(?:{p})" for p in sorted(patterns)))


def test_every_field_of_the_catalogue_is_used():
    words, patterns = literals()
    for path in [*(ROOT / "layers").rglob("*.toml"), *(ROOT / "styles").glob("*.toml")]:
        if path.parent.name != "layers":  # cards, rules and maps name fields too
            words |= set(re.findall(r"[a-z][a-z0-9_]*", path.read_text(encoding="utf-8")))
    unused = []
    for layer in LAYERS.values():
        delivered = {target for source in layer.sources for target in source.columns}
        for name in layer.fields:
            keyed = name in layer.key  # keys without a source are made by ingest: <layer>_id
            if name not in words and name not in delivered and not keyed and not patterns.fullmatch(name):
                unused.append(f"{layer.id}.{name}")
    assert unused == []


@pytest.mark.parametrize("path", sorted((ROOT / "styles").glob("*.qml")), ids=lambda p: p.stem)
def test_every_style_names_fields_of_its_own_layer(path):
    text = path.read_text(encoding="utf-8").replace("&quot;", '"')
    named = set(re.findall(r'(?:filter|fieldName|attr)="[^>]*?"([a-z][a-z0-9_]*)"', text))
    for expression in re.findall(r'filter="(.*?)" ?/?>', text):
        named |= set(re.findall(r'"([a-z][a-z0-9_]*)"', expression))
    layer = LAYERS[path.stem]
    assert named <= set(layer.fields), named - set(layer.fields)
    assert layer.style.get("attribute", next(iter(layer.fields))) in layer.fields


def test_every_layer_drawn_on_a_map_exists():
    maps = tomllib.loads((ROOT / "styles" / "kaarten.toml").read_text(encoding="utf-8"))
    for theme in maps["thema"]:
        assert {*theme["lagen"], *theme["legenda"], *maps["basis"]} <= set(LAYERS)


def test_templates_name_no_field_that_does_not_exist():
    fields = {name for layer in LAYERS.values() for name in layer.fields}
    for path in (ROOT / "styles").glob("*.qpt"):
        named = set(
            re.findall(
                r'\[%[^%]*?"([a-z][a-z0-9_]*)"[^%]*?%\]',
                path.read_text(encoding="utf-8").replace("&quot;", '"'),
            )
        )
        assert named <= fields, path.name


def test_the_page_of_the_layers_is_up_to_date():
    page = (ROOT / "docs" / "lagen.md").read_text(encoding="utf-8")
    assert page.rstrip("\n") == catalogue.markdown(catalogue.load()).rstrip("\n"), (
        "run: arsenaal layers --markdown > docs/lagen.md"
    )
