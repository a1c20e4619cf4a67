"""wijk.toml: what is wrong is said with the place and the way out."""

import pytest

from arsenaal_gis.errors import ConfigError
from arsenaal_gis.wijk import Wijk, read_config
from arsenaal_gis.wijk.template import template


def read(tmp_path, text):
    path = tmp_path / "wijk.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def test_sources_are_read_one_or_several_per_layer(tmp_path):
    config = read(
        tmp_path,
        '[wijk]\nnaam = "Ragheno Zuid"\n[bronnen.percelen]\npad = "Adp.shp"\n'
        '[[bronnen.wegdek]]\npad = "Wbn.shp"\n[[bronnen.wegdek]]\npad = "t.gpkg"\nsoort = "wegdek_stad"\nlaag = "t"\n',
    )
    assert config.id == "ragheno_zuid" and not config.fictitious
    assert [s.path for s in config.sources["wegdek"]] == ["Wbn.shp", "t.gpkg"]
    assert config.sources["wegdek"][1].type == "wegdek_stad" and config.sources["percelen"][0].table == ""


def test_a_wijk_opens_by_folder_toml_or_gpkg(tmp_path):
    read(tmp_path, '[wijk]\nnaam = "A"\n')
    opened = [Wijk.open(path) for path in (tmp_path, tmp_path / "wijk.toml", tmp_path / "wijk.gpkg")]
    assert {wijk.folder for wijk in opened} == {tmp_path}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no name"),
        ("[wijk\n", "Not valid TOML"),
        ("[wijk]\nnaam = 3\n", "'naam' must be of type str"),
        ('[wijk]\nnaam = "A"\nkleur = "rood"\n', "Unknown key 'kleur'"),
        ('[wijk]\nnaam = "A"\n[bronen.percelen]\npad = "x"\n', r"Unknown section \[bronen\]"),
        ('[wijk]\nnaam = "A"\n[bronnen.huizen]\npad = "x"\n', "no layer 'huizen'"),
        ('[wijk]\nnaam = "A"\n[bronnen.percelen]\nlaag = "x"\n', "has no path"),
        (
            '[wijk]\nnaam = "A"\n[bronnen.percelen]\npad = "x"\nsoort = "shape"\n',
            "no source of type 'shape'.*grb_adp",
        ),
        ('[wijk]\nnaam = "A"\n[bronnen]\npercelen = "x.shp"\n', "A table is expected"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        read(tmp_path, text)


def test_no_wijk_here_says_how_to_begin(tmp_path):
    with pytest.raises(ConfigError, match="arsenaal init"):
        Wijk.open(tmp_path)


def test_the_template_is_valid_and_stays_so_when_every_line_is_uncommented(tmp_path):
    text = template('De "Grote" Wijk')
    assert read(tmp_path, text).name == 'De "Grote" Wijk'
    settings = text.split("instellingen\n")[1]
    active = "\n".join(line.removeprefix("# ") for line in settings.splitlines() if "= …" not in line)
    assert read(tmp_path, '[wijk]\nnaam = "A"\n' + active).settings == read(tmp_path, text).settings
