"""Letting data out of the wijk and results from the street in, through the toolbox."""

import geopandas as gpd
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from arsenaal_gis.gpkg import layer_names
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk


@pytest.fixture
def run(arsenaal, qgis_app):
    from arsenaal.algorithms.exchange import ExportAlgorithm, RecordVisitsAlgorithm

    made = {algorithm.ID: algorithm for algorithm in (ExportAlgorithm, RecordVisitsAlgorithm)}

    def running(id, **parameters):
        algorithm = made[id]()
        algorithm.initAlgorithm({})
        results, good = algorithm.run(parameters, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
        assert good
        return results

    return running


def results_file(folder, text):
    path = folder / "resultaten.csv"
    path.write_text(f"woning_id,datum,resultaat,golf\n{text}\n", encoding="utf-8")
    return path


def test_a_visit_of_the_street_reaches_the_log_once(run, wijk, tmp_path):
    results = results_file(tmp_path, "w1,2025-06-02,bezocht,nulmeting")
    before = len(Wijk.open(wijk).layer("bezoeken"))
    run("record_visits", WIJK=str(wijk), RESULTS=str(results))
    run("record_visits", WIJK=str(wijk), RESULTS=str(results))
    log = Wijk.open(wijk).layer("bezoeken")
    assert len(log) == before + 1
    assert log.woning_id.tolist().count("w1") == 1


def test_a_row_that_does_not_fit_is_named(run, wijk, tmp_path):
    results = results_file(tmp_path, "nergens,2025-06-02,bezocht,nulmeting")
    with pytest.raises(QgsProcessingException, match="nergens"):
        run("record_visits", WIJK=str(wijk), RESULTS=str(results))


def test_open_data_holds_no_dwellings(run, wijk, tmp_path):
    make_plan(Wijk.open(wijk), "20250701T080000Z", only=["feiten"])
    out = tmp_path / "open data.gpkg"
    made = run("export", WIJK=str(wijk), TIER=2, OUTPUT=str(out))
    assert made["OUTPUT"] == str(out)
    assert "tier P3" in made["REPORT"]
    tables = layer_names(out)
    assert tables
    assert "bezoeken" not in tables
    assert all("woning_id" not in gpd.read_file(out, layer=name).columns for name in tables)
