"""Every card is complete, and a wrong one says what is wrong."""

from pathlib import Path

import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ConfigError
from arsenaal_gis.indicators import cards
from arsenaal_gis.indicators.cards import agreed, read_card
from arsenaal_gis.indicators.changes import followed

GOOD = """
titel = {nl = "Proef", en = "Trial"}
vraag = {nl = "Hoeveel?", en = "How many?"}
soort = "aandeel"
laag = "renovatie"
veld = "energiescan"
sleutel = "woning_id"
ja = ["ja"]
eenheid = "%"
richting = "hoger_beter"
niveau = "P2"
bron = "dossier"
eigenaar = "dienst"
"""


def test_every_card_asks_in_both_languages_and_has_an_owner() -> None:
    assert len(cards()) >= 12
    for card in cards():
        assert card.question["nl"].endswith("?")
        assert card.question["en"].endswith("?")
        assert card.owner
        assert card.source
        assert card.tier != "P0"  # the figure for the whole wijk may be shown; its units may not


def test_housing_survey_green_heat_incidents_and_visits_are_covered() -> None:
    layers = {card.layer for card in cards()}
    assert {
        "woonkwaliteit",
        "bevraging",
        "perceel_feiten",
        "hitte_woning",
        "hotspots_reeksen",
        "bezoeken",
    } <= layers


def test_followed_fields_exist() -> None:
    for one in followed():
        layer = load().layer(one.layer)
        assert {one.field, one.printed} - {""} <= set(layer.fields)
        assert not one.order or set(one.order) <= set(layer.fields[one.field].codes)


def test_good_card_is_read(tmp_path: Path) -> None:
    path = tmp_path / "proef.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_card(path).id == "proef"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"aandeel"', '"procent"', "soort 'procent'"),
        ('"hoger_beter"', '"omhoog"', "richting 'omhoog'"),
        ('"P2"', '"P9"', "niveau 'P9'"),
        ('"energiescan"', '"scan"', "no field 'scan'"),
        ('["ja"]', '["yes"]', "no code yes"),
        ('ja = ["ja"]', "", "nothing counts as yes"),
        ('eigenaar = "dienst"', "", "owner"),
        ('eigenaar = "dienst"', 'eigenares = "dienst"', "eigenares"),
        ('laag = "renovatie"', "laag = ", "cannot be read"),
        ('ja = ["ja"]', 'ja = ["ja"]\nper_golf = true', "no waves"),
        ('ja = ["ja"]', 'ja = ["ja"]\nallemaal = "percelen"', "no field 'woning_id'"),
    ],
)
def test_wrong_card_is_explained(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "proef.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_card(path)


@pytest.mark.parametrize(
    "own",
    [
        {"weg": {"streefwaarde": 1}},
        {"energiescan": {"doel": 1}},
        {"energiescan": {"streefwaarde": "veel"}},
        {"energiescan": {"vergelijking": {"Mechelen": {"waarde": 1}}}},
        {"energiescan": 3},
    ],
)
def test_what_a_wijk_cannot_agree_on_is_refused(own) -> None:
    with pytest.raises(ConfigError, match="indicator"):
        agreed(own)


def test_a_wijk_agrees_on_targets_and_figures_to_compare_with() -> None:
    figure = {"waarde": 12.5, "jaar": 2024, "bron": "Gemeentemonitor"}
    made = {
        c.id: c for c in agreed({"energiescan": {"streefwaarde": 40.0, "vergelijking": {"Mechelen": figure}}})
    }
    assert (made["energiescan"].target, made["energiescan"].comparison) == (40.0, {"Mechelen": figure})
    assert made["epc_e_f"].target is None and len(made) == len(cards())
