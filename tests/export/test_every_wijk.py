"""Whole plans of the practice wijken and of the real block through every tier: minutes each, so in `make soak`."""

import datetime
import shutil
from pathlib import Path

import pytest
from export import pdok

from arsenaal_gis import demo, ingest
from arsenaal_gis.export import run
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk, import_delivery

BLOCK = "block"
BLOCK_TOML = Path(__file__).parent.parent / "real" / "block_wijk.toml"


@pytest.fixture(scope="module", params=[*demo.names(), BLOCK])
def planned(request, tmp_path_factory):
    """A delivered wijk with a plan of every stage."""
    folder = tmp_path_factory.mktemp(request.param) / "wijk"
    if request.param == BLOCK:
        shutil.copytree(request.getfixturevalue("shared_data") / BLOCK, folder)
        shutil.copy(BLOCK_TOML, folder / "wijk.toml")
    else:
        demo.write(folder, wijk=request.param)
    wijk = Wijk.open(folder)
    import_delivery(wijk, ingest.read(wijk), "20250101T000000Z")
    make_plan(wijk, "20250701T000000Z", peildatum=datetime.date(2025, 6, 30))
    return Wijk.open(folder)


@pytest.mark.soak
@pytest.mark.parametrize("tier", ["P1", "P2", "P3"])
def test_every_export_is_valid_and_the_second_has_the_same_bytes(planned, tier):
    validate = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    report = run(planned, tier)
    content = report.path.read_bytes()
    assert validate.check(str(report.path), abort_at_first_error=False, extra_checks=True) == []
    assert pdok.findings(report.path) == []
    assert run(planned, tier).path.read_bytes() == content
