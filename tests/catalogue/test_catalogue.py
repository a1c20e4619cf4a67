"""The catalogue: every description is sound, and every name stands in it once."""

import re
import tomllib

import pytest

from arsenaal_gis import catalogue
from arsenaal_gis.catalogue.read import read_layer_file
from arsenaal_gis.errors import ConfigError

REQUIRED = """wijkgrens sectoren bouwblokken straten wegdek weglijnen percelen gebouwen adressen woningen groen groenblauw
bomen water_spoor erfgoed voorzieningen terreinen dtm dsm groenkaart bodembedekking inwoners incidenten incident_tellingen
renovatie woonkwaliteit bezoeken bevraging besluiten afstamming afgekeurd bronnen perceel_feiten woning_feiten
straat_feiten run""".split()


def test_every_layer_of_the_issue_is_described():
    assert set(REQUIRED) <= set(catalogue.load().layers)


@pytest.mark.parametrize("layer", catalogue.load().layers.values(), ids=lambda layer: layer.id)
def test_description_is_complete(layer):
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,56}", layer.id)
    for text in (layer.title, layer.description):
        assert text["nl"] and text["en"]
    assert layer.attribution and layer.licence and layer.group
    for field in layer.fields.values():
        assert field.purpose and field.retention and field.title["nl"] and field.title["en"]
        for label in field.codes.values():
            assert label["nl"] and label["en"]
    for source in layer.sources:
        extra = {
            "x",
            "y",
            "woongelegenheden",
            "volgnummer",
            "verdieping",
        }  # read to make a field, not kept as one
        assert set(source.columns) <= set(layer.fields) | extra
        for target, codes in source.codes.items():
            if target in layer.fields:
                assert set(codes.values()) <= set(layer.fields[target].codes), (source.type, target)


def test_personal_layers_never_leave_as_they_are():
    for id in ("renovatie", "bezoeken", "bevraging", "woonkwaliteit"):
        assert {field.privacy for field in catalogue.load().layer(id).fields.values()} == {"P0"}


def test_an_unknown_layer_is_named_with_the_way_out():
    with pytest.raises(ConfigError, match="no layer 'huizen'.*arsenaal layers"):
        catalogue.load().layer("huizen")


BASE = """id = "proef"
title = {nl = "Proef", en = "Trial"}
description = {nl = "Proef", en = "Trial"}
kind = "input"
geometry = "Point"
key = ["proef_id"]
[fields.proef_id]
type = "text"
title = {nl = "Proef", en = "Trial"}
privacy = "P3"
purpose = "sleutel"
retention = "blijvend"
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('key = ["proef_id"]', 'key = ["andere"]', "key 'andere' is not a field"),
        ('type = "text"', 'type = "tekst"', "unknown type 'tekst'"),
        ('privacy = "P3"', 'privacy = "P9"', "unknown privacy class 'P9'"),
        ('geometry = "Point"', 'geometry = "Punt"', "geometry 'Punt'"),
        ('purpose = "sleutel"', 'purpose = ""', "lacks a purpose"),
        ('kind = "input"', "kind = input", "Not valid TOML"),
        ('kind = "input"\n', "", "'kind' is missing"),
        ("[fields.proef_id]", "[fields.ProefId]", "not lowercase ASCII"),
        ('id = "proef"', 'id = "ander"', "differs from the file name"),
    ],
)
def test_a_wrong_description_is_refused_by_name(tmp_path, old, new, message):
    path = tmp_path / "proef.toml"
    path.write_text(BASE.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        read_layer_file(path)
    assert message in str(caught.value) and "proef.toml" in str(caught.value)


def test_the_base_of_these_cases_is_itself_sound(tmp_path):
    path = tmp_path / "proef.toml"
    path.write_text(BASE)
    assert read_layer_file(path).key == tuple(tomllib.loads(BASE)["key"])
