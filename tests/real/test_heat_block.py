"""The heat stage on the real block: what a climate planner expects to see, and what is said when inputs are
missing.
"""

import datetime
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely

from arsenaal_gis import ingest
from arsenaal_gis.errors import MethodError
from arsenaal_gis.heat import Change, prepare, stage, what_if
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.wijk import Wijk, import_delivery

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def block(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("blok é") / "wijk"
    shutil.copytree(shared_data / "block", folder)
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    shutil.copy(HERE / "block_wijk.toml", folder / "wijk.toml")
    wijk = Wijk.open(folder)
    import_delivery(wijk, ingest.read(wijk), "20250630T000000Z")
    return Wijk.open(folder)


@pytest.fixture(scope="module")
def plan(block, tmp_path_factory):
    context = PlanContext(block, datetime.date(2025, 6, 30), tmp_path_factory.mktemp("plan"))
    stage.run(context)
    return context


@pytest.fixture
def without(block, tmp_path_factory, monkeypatch):
    """The wijk as if some layers had never been delivered, for one test."""
    monkeypatch.setattr("arsenaal_gis.heat.model._last", None)
    return lambda *layers: _lacking(block, tmp_path_factory.mktemp("plan"), layers)


def _lacking(block, folder, layers):

    class Without(PlanContext):
        def raster(self, id, bounds=None):
            return None if id in layers else super().raster(id, bounds)

        def layer(self, id):
            frame = super().layer(id)
            return frame.iloc[:0] if id in layers else frame

    return Without(block, datetime.date(2025, 6, 30), folder)


def test_every_result_is_there_and_fits_the_catalogue(plan):
    assert {"hitte_woning", "hitte_straat", "hitte_hex"} <= set(plan.results)
    for id in ("pet_dag", "uhi_nacht", "svf", "schaduwuren", "koelcapaciteit"):
        assert (plan.folder / f"{id}.tif").exists()
    homes = plan.result("hitte_woning")
    assert len(homes) == 172 and homes.pet_c.between(30, 60).all() and (homes.niveau == "L3").all()
    assert homes.sort_values("rang").score.is_monotonic_decreasing
    assert homes.weer.iloc[0] == "modeldag 2025-07-01"


def test_trees_courtyards_and_north_sides_show(plan, block):
    model = prepare(block)
    town, maps = model.surface, model.maps
    pet = maps.pet
    shade, open_ground = pet[town.under_crown], pet[~town.roof & ~town.under_crown]
    assert np.nanmean(open_ground) - np.nanmean(shade) > 5
    # a strip of 3 m north of a long front lies in the shade at noon, the one south of it in the sun
    roof = town.roof
    north = roof[3:-3] & ~roof[2:-4] & ~roof[:-6] & (town.crown[2:-4] == 0)
    south = roof[3:-3] & ~roof[4:-2] & ~roof[6:] & (town.crown[4:-2] == 0)
    assert np.nanmean(pet[2:-4][north]) < np.nanmean(pet[4:-2][south]) - 1.5
    assert np.isnan(pet[roof]).all()


def test_the_reader_is_told_what_is_missing(plan):
    text = " ".join(plan.warnings)
    assert "modeldag" in text and "hoogteraster" in text and "bovenwinds" in text and "koele plekken" in text


def test_the_ladder_goes_down_without_heights(plan, without):
    context = without("dtm", "dsm", "dsm_gebouwen", "cdsm")
    stage.run(context)
    homes = context.result("hitte_woning")
    assert set(homes.niveau) == {"L0"} and homes.onzekerheid_c.iloc[0] == pytest.approx(4.0)
    assert context.result_raster("pet_dag").cell == 25.0
    assert any("L0" in text for text in context.warnings)
    # the crowns are the same trees; PET itself hangs on the houses around the block, of which there are no
    # vectors
    guessed, measured = (
        frame.set_index("woning_id").kroon_pct for frame in (homes, plan.result("hitte_woning"))
    )
    assert guessed.astype(float).corr(measured.astype(float), method="spearman") > 0.8


def test_without_trees_the_map_is_refused_and_the_index_given(without):
    context = without("dtm", "dsm", "dsm_gebouwen", "cdsm", "bomen", "groen")
    stage.run(context)
    assert context.result_raster("pet_dag") is None and context.result("hitte_woning") is None
    assert context.result_raster("koelcapaciteit") is not None
    assert any("Geen bomen" in text for text in context.warnings)


def test_nothing_at_all_is_refused(without):
    context = without("dtm", "dsm", "dsm_gebouwen", "cdsm", "gebouwen")
    with pytest.raises(MethodError, match="gebouwen"):
        stage.run(context)


def test_what_if_answers_for_the_wijk(block):
    model = prepare(block)
    sunny = np.argwhere((model.maps.sky.sunlit == 63) & ~model.surface.roof)
    row, column = sunny[len(sunny) // 2]
    spot = shapely.Point(model.surface.x_min + column + 0.5, model.surface.y_max - row - 0.5)
    told = what_if(block, [Change("boom", spot, height_m=9, crown_m=6)])
    assert told.summary["koeler_m2"] > 20 and told.summary["grootste_koeling_c"] < -8
