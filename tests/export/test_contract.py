import copy
import importlib
import json
from pathlib import Path

import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ConfigError
from arsenaal_gis.export import breaking, definition
from arsenaal_gis.export.contract import document, schema_hash
from arsenaal_gis.export.history import HISTORY, with_history

DOCS = Path(__file__).parents[2] / "docs"


def published():
    return json.loads((DOCS / "datawarehouse.json").read_text(encoding="utf-8"))


def test_the_published_contract_is_that_of_the_catalogue():
    how = "run: python -m arsenaal_gis.export docs"
    assert published() == definition(), how
    assert (DOCS / "datawarehouse.md").read_text(encoding="utf-8") == document(), how


@pytest.mark.parametrize(
    ("version", "change", "refusal"),
    [
        ("1.0", lambda t: t["woningen"]["kolommen"].pop("bouwvorm"), None),  # was added since: 1.1 or higher
        (
            "1.0",
            lambda t: t["woningen"]["kolommen"].update(oud=t["woningen"]["kolommen"]["bouwvorm"]),
            "broken under",
        ),
        ("0.9", lambda t: t["woningen"]["kolommen"].pop("bouwvorm"), None),
        ("0.9", lambda t: t["woningen"]["kolommen"].update(oud=t["woningen"]["kolommen"]["bouwvorm"]), None),
    ],
)
def test_a_version_that_was_published_keeps_its_promise(tmp_path, monkeypatch, version, change, refusal):
    """An older contract stands in the folder: it lacked a column, or had one that is gone now."""
    contract = importlib.import_module("arsenaal_gis.export.contract")
    monkeypatch.setattr(contract, "VERSION", "1.0")
    old = copy.deepcopy(definition()) | {"versie": version}
    change(old["tabellen"])
    (tmp_path / "datawarehouse.json").write_text(json.dumps(old), encoding="utf-8")
    if version == "1.0":
        with pytest.raises(ConfigError, match=refusal or "would change under version 1.0.*1.1"):
            contract.write(tmp_path)
        return
    contract.write(tmp_path)
    assert json.loads((tmp_path / "datawarehouse.json").read_text(encoding="utf-8")) == definition()


def test_each_kind_of_break_is_found():
    old = definition()
    for change, word in (
        (lambda t: t.pop("woningen"), "gone"),
        (lambda t: t["woningen"]["kolommen"].pop("bouwvorm"), "woningen.bouwvorm is gone"),
        (lambda t: t["woningen"]["kolommen"]["bouwjaar"].update(type="text"), "type"),
        (lambda t: t["percelen"]["kolommen"]["oppervlakte_m2"].update(eenheid="ha"), "eenheid"),
        (lambda t: t["woningen"]["kolommen"]["bouwvorm"]["codes"].remove("open"), "codes"),
        (lambda t: t["percelen"].update(sleutel=["oidn"]), "sleutel"),
        (lambda t: t["percelen"]["kolommen"]["oidn"].update(niveau="P1"), "tier"),
    ):
        new = copy.deepcopy(old)
        change(new["tabellen"])
        assert any(word in sentence for sentence in breaking(old, new)), word


def test_adding_is_no_break():
    old, new = definition(), definition()
    new["tabellen"]["nieuw"] = copy.deepcopy(new["tabellen"]["percelen"])
    new["tabellen"]["percelen"]["kolommen"]["extra"] = {
        "type": "text",
        "eenheid": "",
        "codes": [],
        "niveau": "P3",
    }
    assert breaking(old, new) == []


def test_nothing_personal_is_promised():
    for name, table in definition()["tabellen"].items():
        for column, facts in table["kolommen"].items():
            assert facts["niveau"] != "P0", f"{name}.{column}"
    assert "bezoeken" not in definition()["tabellen"]


def test_the_document_tells_every_table_and_column():
    text = document()
    for name, table in definition()["tabellen"].items():
        assert f"### {name}" in text
        assert all(f"| `{column}` |" in text for column in table["kolommen"])


def test_a_schema_hash_follows_the_columns_and_nothing_else():
    layer = load().layer("woningen")
    assert schema_hash(layer) == schema_hash(layer) != schema_hash(with_history(layer))
    assert set(with_history(layer).fields) == {*layer.fields, *HISTORY}
