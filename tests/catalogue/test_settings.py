"""Settings: declared once, checked when overridden."""

import pytest

from arsenaal_gis.errors import ConfigError
from arsenaal_gis.settings import Setting, Settings, declared

TITLE = {"nl": "Straal", "en": "Radius"}


def test_every_declared_default_passes_its_own_check():
    for section, settings in declared().items():
        for setting in settings.values():
            assert setting.title["nl"] and setting.title["en"], (section, setting.name)
            if setting.default is not None:
                assert setting.check(setting.default, section) == setting.default


def test_an_integer_is_a_valid_real_but_a_boolean_is_not():
    setting = Setting("straal_m", "real", TITLE)
    assert setting.check(100, "x") == 100.0
    with pytest.raises(ConfigError, match="not of type real"):
        setting.check(True, "x")


@pytest.mark.parametrize("value", [-1, 1001])
def test_a_value_out_of_range_says_the_limits(value):
    setting = Setting("straal_m", "integer", TITLE, minimum=0, maximum=1000, unit="m")
    with pytest.raises(ConfigError, match="at least 0 and at most 1000 m"):
        setting.check(value, "wijk.toml [hitte] straal_m")


def test_an_option_that_does_not_exist_lists_those_that_do():
    with pytest.raises(ConfigError, match=r"\['a', 'b'\]"):
        Setting("keuze", "text", TITLE, options=("a", "b")).check("c", "x")


def test_an_unknown_setting_is_named():
    section = next(iter(declared()))
    with pytest.raises(ConfigError, match="Unknown setting onzin"):
        Settings.load({section: {"onzin": 1}})
