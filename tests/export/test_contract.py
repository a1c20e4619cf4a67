import copy
import json
from pathlib import Path

from arsenaal_gis.catalogue import load
from arsenaal_gis.export import breaking, definition
from arsenaal_gis.export.contract import document, schema_hash
from arsenaal_gis.export.history import HISTORY, with_history

DOCS = Path(__file__).parents[2] / "docs"


def published():
    return json.loads((DOCS / "datawarehouse.json").read_text(encoding="utf-8"))


def test_no_break_with_the_published_contract_under_the_same_version():
    old, new = published(), definition()
    found = breaking(old, new)
    same = old["versie"].split(".")[0] == new["versie"].split(".")[0]
    assert not (found and same), f"raise VERSION in export/contract.py and write docs anew: {found}"


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
