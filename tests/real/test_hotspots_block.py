"""The stage on the real block's delivery: small numbers, planted dirt."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from arsenaal_gis import ingest
from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame
from arsenaal_gis.hotspots.stage import run
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.wijk import Wijk


@pytest.fixture(scope="module")
def made(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("block") / "wijk"
    shutil.copytree(shared_data / "block", folder)
    shutil.copy(Path(__file__).parent / "block_wijk.toml", folder / "wijk.toml")
    wijk = Wijk.open(folder)
    frames = ingest.read(wijk).frames
    context = PlanContext(wijk, date(2025, 6, 30), tmp_path_factory.mktemp("plan"))
    context._inputs.update({id: frames.get(id, empty_frame(load().layer(id))) for id in load().layers})
    # The delivered outline is the built island; the facts lie on the streets around it.
    context._inputs["wijkgrens"] = empty_frame(load().layer("wijkgrens"))
    run(context)
    return context


def test_six_streets_are_listed_not_tested(made) -> None:
    rows = made.results["hotspots_straat"].query("eenheid == 'straat' and categorie == 'alle'")
    assert rows["eenheid_id"].nunique() == 6
    assert set(rows["klasse"]) == {"te_weinig"}
    overview = made.results["hotspots_reeksen"].query("eenheid == 'straat' and categorie == 'alle'")
    assert overview["zin"].str.contains("Slechts 6 eenheden").all()


def test_small_categories_give_no_map(made) -> None:
    overview = made.results["hotspots_reeksen"]
    few = overview[overview["aantal_min"] < 30]
    assert len(few) > 10
    assert set(few["trede"]) == {"lijst"}
    assert few["zin"].str.contains("te weinig voor een warmtekaart").all()
    assert made.result_raster("incident_dichtheid") is None


def test_dumping_spots_stand_out(made) -> None:
    rows = made.results["hotspots_hex"].query("categorie == 'sluikstort' and periode == 'laatste'")
    assert rows["aantal_min"].sum() == 45
    assert rows["aantal_min"].max() >= 10
