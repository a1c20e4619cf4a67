"""The whole practice wijk, drawn, imported and searched: half a minute, so in `make soak`."""

import datetime

import pytest

from arsenaal_gis import demo, ingest
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.unsealing import find_candidates
from arsenaal_gis.unsealing.stage import read_site
from arsenaal_gis.wijk import Wijk, import_delivery

from .overlaps import assert_apart


@pytest.mark.soak
@pytest.mark.parametrize("name", demo.names())
def test_nothing_on_the_ground_overlaps(tmp_path, name):
    demo.write(tmp_path / "wijk", wijk=name)
    wijk = Wijk.open(tmp_path / "wijk")
    import_delivery(wijk, ingest.read(wijk), "20250630T000000Z")
    site = read_site(PlanContext(Wijk.open(wijk.folder), datetime.date(2025, 6, 30), tmp_path))
    found = find_candidates(site)
    assert_apart(found, site)
    assert len(found.places) > 300
    assert found.places["type"].nunique() >= 6
    assert found.places["kandidaat_id"].is_unique
