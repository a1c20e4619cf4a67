import datetime

import pytest

from arsenaal_gis.errors import ConfigError
from arsenaal_gis.unsealing import load_rules


def test_every_rule_names_source_and_date():
    rules = load_rules("mechelen")
    for rule in rules.rules.values():
        assert rule.source
        assert rule.text
        assert isinstance(rule.date, datetime.date)
        assert rule.date_kind in ("uitgevaardigd", "opgenomen")


def test_what_a_map_cannot_know_is_kept_apart_from_the_reasons():
    rules = load_rules()
    assert (
        rules.sentences(["SMAL", "KLIP"], on_site=False)
        == "het voetpad is te smal voor een plantvak van 30 cm"
    )
    assert "KLIP" in rules.sentences(["SMAL", "KLIP"], on_site=True)


def test_unknown_rule_set():
    with pytest.raises(ConfigError, match="mechelen"):
        load_rules("atlantis")
