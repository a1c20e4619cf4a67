"""The real block through every tier: valid files, the same bytes twice, nothing personal in them."""

import datetime
import shutil
import sqlite3
from pathlib import Path

import pytest
from export import pdok

from arsenaal_gis import ingest
from arsenaal_gis.export import run
from arsenaal_gis.plan import make_plan
from arsenaal_gis.privacy import Ledger, purge
from arsenaal_gis.wijk import Wijk, import_delivery


@pytest.fixture(scope="module")
def block(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("uitvoer") / "wijk"
    shutil.copytree(shared_data / "block", folder)
    shutil.copy(Path(__file__).with_name("block_wijk.toml"), folder / "wijk.toml")
    wijk = Wijk.open(folder)
    import_delivery(wijk, ingest.read(wijk), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", peildatum=datetime.date(2025, 6, 30), only=["feiten"])
    return wijk


def personal_values(wijk):
    """Keys of households' own records: none may stand in an export."""
    with sqlite3.connect(wijk.gpkg) as database:
        visits = database.execute("SELECT bezoek_id FROM bezoeken LIMIT 50").fetchall()
        works = database.execute("SELECT renovatie_id FROM renovatie LIMIT 50").fetchall()
    return {str(row[0]) for row in visits + works}


@pytest.mark.parametrize("tier", ["P1", "P2", "P3"])
def test_every_tier_is_valid_repeatable_and_closed(block, tier):
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    report = run(block, tier)
    content = report.path.read_bytes()
    assert not validate.check(str(report.path))
    assert pdok.findings(report.path) == []
    assert run(block, tier).path.read_bytes() == content
    assert tier in set(Ledger.of(block.folder).table("vrijgaven")["niveau"])
    values = personal_values(block)
    assert values and not any(value.encode() in content for value in values if len(value) >= 6)
    if tier != "P1":
        assert not {"woningen", "woning_feiten", "bezoeken", "renovatie"} & set(report.rows)
        assert any(name.startswith("tellingen") for name in report.rows)


def test_a_dwelling_can_be_forgotten(block):
    with sqlite3.connect(block.gpkg) as database:
        dwelling, visit = database.execute(
            "SELECT woning_id, bezoek_id FROM bezoeken WHERE woning_id IS NOT NULL ORDER BY 2"
        ).fetchone()
    done = purge(block, dwelling=dwelling)
    assert done.rows > 0 and done.left == []
    with sqlite3.connect(block.gpkg) as database:
        assert database.execute(
            "SELECT count(*) FROM bezoeken WHERE woning_id = ?", [dwelling]
        ).fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM bezoeken WHERE bezoek_id = ?", [visit]).fetchone() == (
            0,
        )
