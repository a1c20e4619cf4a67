"""The deliveries are taken without an error or a rejected row; the same seed gives the same bytes."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from arsenaal_gis import demo, ingest
from arsenaal_gis.demo import layout, register, town
from arsenaal_gis.errors import Cancelled, ConfigError
from arsenaal_gis.progress import Silent
from arsenaal_gis.wijk import Wijk


@pytest.fixture(scope="module")
def taken(arsenaal, vaartkant):
    return {wijk.folder.name[:-1]: ingest.read(Wijk.open(wijk.folder)) for wijk in (arsenaal, vaartkant)}


@pytest.mark.parametrize(("name", "dwellings"), [("arsenaal", 1296), ("vaartkant", 556)])
def test_ingest_takes_every_row(taken, name, dwellings):
    delivery = taken[name]
    assert delivery.report.usable
    for source in delivery.report.sources:
        assert not source.ledger.failed, source.path
    assert not len(delivery.frames["afgekeurd"])
    homes = delivery.frames["woningen"]
    assert len(homes) == dwellings and (homes["koppelwijze"] == "ligging").all()
    assert delivery.frames["wijkgrens"]["fictief"].all()


def test_ingest_finds_the_figures_of_the_city(taken):
    homes = taken["arsenaal"].frames["woningen"]
    assert homes["bouwjaar_klasse"].value_counts().to_dict() == {
        "1946_1970": 552,
        "voor_1900": 332,
        "1900_1945": 263,
        "vanaf_1971": 149,
    }
    assert homes["gewijzigd_jaar"].notna().sum() == 491
    assert (~homes["residentieel"].astype(bool)).sum() == 6
    assert (homes["woningtype"] == "meergezins").sum() == 415


def test_every_delivered_file_is_named_or_belongs_to_one(arsenaal):
    config = tomllib.loads((arsenaal.folder / "wijk.toml").read_text("utf-8"))
    named = {
        Path(source["pad"]).stem
        for entry in config["bronnen"].values()
        for source in (entry if isinstance(entry, list) else [entry])
    }
    assert config["wijk"]["fictief"] is True
    assert {path.stem for path in (arsenaal.folder / "bron").iterdir()} == named


def test_the_assumptions_are_told_and_lie_beside_the_files(arsenaal):
    sheet = (arsenaal.folder / "LEESMIJ.txt").read_text("utf-8")
    assert "fictieve oefendata" in sheet
    assert any("2020: 686 incidenten" in text for text in arsenaal.told)
    assert all(text in sheet for text in arsenaal.told)
    assert all(path.exists() for path in arsenaal.written)


def test_same_seed_same_bytes_other_seed_other_wijk(vaartkant, tmp_path):
    demo.write(tmp_path, "vaartkant", seed=7)
    files = [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*.*"))]
    other = {inside: (tmp_path / inside).read_bytes() for inside in files}
    demo.write(tmp_path, "vaartkant")  # over the other one
    assert files == [path.relative_to(vaartkant.folder) for path in sorted(vaartkant.folder.rglob("*.*"))]
    for inside in files:
        assert (tmp_path / inside).read_bytes() == (vaartkant.folder / inside).read_bytes(), inside
    assert sum((tmp_path / inside).read_bytes() != other[inside] for inside in files) > 25


def test_unknown_wijk_is_refused_by_name(tmp_path):
    with pytest.raises(ConfigError, match="arsenaal, vaartkant"):
        demo.write(tmp_path, "atlantis")


def test_it_can_be_stopped(tmp_path):
    progress = Silent()
    progress.cancelled = True
    with pytest.raises(Cancelled):
        demo.write(tmp_path, "vaartkant", progress=progress)
    assert not list(tmp_path.iterdir())


def test_no_code_names_a_place():
    for path in Path(demo.__file__).parent.glob("*.py"):
        text = path.read_text("utf-8")
        for word in ("Arsenaal", "12025", "Mechelen", "Hamerstraat", "157905"):
            assert word not in text, path.name


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 41))
@pytest.mark.parametrize("name", demo.names())
def test_every_seed_makes_a_wijk(name, seed):
    drawn = layout.load(name)
    built = town.build(drawn, seed, Silent())
    numbers = register.number(built, np.random.default_rng(seed))
    doors = {(home.street, home.number, home.box) for home in numbers.dwellings}
    assert len(doors) == len(numbers.dwellings) == drawn.settings["cijfers"]["woongelegenheden"]
