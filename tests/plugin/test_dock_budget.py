"""The budget: the algorithm and the slider choose as the plan did, beside the event loop, and refuse in words."""

import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from qgis.core import (
    QgsApplication,
    QgsLayerTreeModel,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsLayerTreeView
from qgis.PyQt.QtTest import QTest
from shapely import box

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import Wijk
from tests.unsealing.drawn import layer
from tests.unsealing.test_stage import drawn

BUDGET = 5000


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """The street drawn by hand, on disk, planned for EUR 5000; its wijk.toml."""
    folder = tmp_path_factory.mktemp("straat é")
    config = folder / "wijk.toml"
    words = (
        '[wijk]\nnaam = "Straat"\nfictief = true\npeildatum = 2025-06-30\n[ontharding]\nbudget_eur = 5000\n'
    )
    config.write_text(words, encoding="utf-8")
    border = layer("wijkgrens", wijk_id=["straat"], naam=["Straat"], geometry=[box(-70, -50, 100, 50)])
    for id, frame in (drawn() | {"wijkgrens": border}).items():
        write_layer(folder / "wijk.gpkg", load().layer(id), frame)
    for id in ("besluiten", "bronnen"):
        write_layer(folder / "wijk.gpkg", load().layer(id), empty_frame(load().layer(id)))
    make_plan(Wijk.open(folder), "20250701T000000Z", only=["ontharding"])
    return config


@pytest.fixture(scope="module")
def processing(qgis_app):
    """QGIS' own plugin Processing, as the toolbox and scripts call it."""
    folder = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    sys.path.append(folder)
    from processing.core.Processing import Processing

    Processing.initialize()
    import processing

    yield processing
    sys.path.remove(folder)


@pytest.fixture
def plugin(arsenaal, street, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    made.open(street)
    yield made
    made.unload()


def plan_totals(street) -> pd.Series:
    return Wijk.open(street).plans()[-1].layer("onthard_keuze_totaal").iloc[0]


def wait(done, seconds=60):
    """Let the event loop turn until it is so; the longest turn in seconds."""
    end, longest = time.monotonic() + seconds, 0.0
    while not done():
        assert time.monotonic() < end, "still waiting"
        begin = time.monotonic()
        QgsApplication.processEvents()
        longest = max(longest, time.monotonic() - begin)
        QTest.qWait(5)
    return longest


def test_select_places_gives_the_plans_set_and_its_totals(processing, plugin, street):
    made = processing.run("arsenaal:select_places", {"WIJK": str(street), "OUTPUT": "memory:"})
    total, found = plan_totals(street), made["OUTPUT"]
    assert isinstance(found, QgsVectorLayer)
    assert found.featureCount() == made["PLACES"] == total["plekken"] > 0
    assert made["COST_EUR"] == pytest.approx(total["kost_eur"])
    assert made["BENEFIT"] == pytest.approx(total["baat"])
    assert made["GAP"] < 1e-4
    assert sum(row["oppervlakte_m2"] for row in found.getFeatures()) == pytest.approx(made["AREA_M2"])
    assert "Runner-up" in made["REPORT"]


def test_select_places_draws_its_set_as_everywhere_else(processing, plugin, street, qgis_iface, monkeypatch):
    tree = QgsLayerTreeView()  # QGIS puts the result where this stands
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    monkeypatch.setattr(qgis_iface, "layerTreeView", lambda: tree, raising=False)
    made = processing.runAndLoadResults(
        "arsenaal:select_places", {"WIJK": str(street), "OUTPUT": "TEMPORARY_OUTPUT"}
    )
    loaded = QgsProject.instance().mapLayer(made["OUTPUT"])
    styled = plugin.opened.layers["onthard_keuze"]
    assert loaded.renderer().type() == styled.renderer().type()
    assert loaded.crs().authid() == "EPSG:31370"


def test_select_places_takes_budget_and_weights(processing, plugin, street):
    half = {"WIJK": str(street), "OUTPUT": "memory:", "BUDGET": BUDGET / 2, "ONTHARDING_GEWICHT_WATER": 1.0}
    made = processing.run("arsenaal:select_places", half)
    assert 0 < made["COST_EUR"] <= BUDGET / 2
    names = {parameter.name() for parameter in algorithm().parameterDefinitions()}
    assert {"BUDGET", "PLAN", "ONTHARDING_GEWICHT_HITTE", "ONTHARDING_MEEST_PER_STRAAT"} <= names
    assert "ONTHARDING_BUDGET_EUR" not in names


def algorithm():
    return QgsApplication.processingRegistry().algorithmById("arsenaal:select_places")


def test_a_refused_budget_is_a_message(processing, plugin, street):
    with pytest.raises(QgsProcessingException, match="goedkoopste plek"):
        processing.run("arsenaal:select_places", {"WIJK": str(street), "OUTPUT": "memory:", "BUDGET": 1})


def test_the_plans_set_stands_there_at_once(plugin, street):
    panel = plugin.dock.ranked.budget
    assert panel.link is None
    assert panel.amount.value() == BUDGET
    assert f"{plan_totals(street)['plekken']:.0f} places" in panel.totals.text()
    assert "proven best" in panel.totals.text()
    assert "Runner-up" in panel.more.text()
    assert "10 % more" in panel.more.text()


def test_dragging_asks_beside_the_loop_and_the_latest_wins(plugin):
    ranked = plugin.dock.ranked
    panel, seen = ranked.budget, []
    panel.chosen.connect(seen.append)
    for steps in (2, 4, 6, 8, 4):
        panel.slider.setValue(steps)
    assert panel.amount.value() == 2000
    wait(lambda: seen and "Runner-up" in panel.more.text())
    assert len(seen) == 1  # five moves, one question
    assert panel.totals.text().startswith("<b>")
    marked = [
        row
        for row in range(ranked.model.rowCount())
        if ranked.model.index(row, 0).data().startswith("\u2713")
    ]
    assert len(marked) == len(seen[0]) > 0
    assert panel._band is not None

    # Another question while one is computed: only the newest answer is shown.
    panel.slider.setValue(6)
    panel.ask()
    panel.slider.setValue(10)
    panel.ask()
    wait(lambda: "Runner-up" in panel.more.text() and len(seen) > 1)
    assert panel.amount.value() == 5000
    assert len(seen) == 2

    # A budget that buys nothing is answered in words, and the marks go.
    panel.amount.setValue(1)
    wait(lambda: "goedkoopste" in panel.more.text())
    assert "No set of places" in panel.totals.text()
    assert panel._band is None
    assert not any(
        ranked.model.index(row, 0).data().startswith("\u2713") for row in range(ranked.model.rowCount())
    )

    # A veto is followed by the next question.
    panel.slider.setValue(4)
    wait(lambda: len(seen) == 4)
    out = seen[-1][0]
    row = ranked.ranking().values["kandidaat_id"].index(out)
    ranked.show_feature(int(ranked.ranking().ids[row]))
    ranked.decisions.reason.setText("kabels")
    ranked.decisions.veto.click()
    wait(lambda: len(seen) == 5)
    assert out not in seen[-1]

    # So are other weights.
    ranked.weights.sliders["water"].setValue(0)
    wait(lambda: len(seen) == 6)


def test_closing_the_wijk_ends_the_process(plugin):
    panel = plugin.dock.ranked.budget
    panel.slider.setValue(4)
    wait(lambda: panel.link is not None)
    QgsProject.instance().clear()
    assert panel.link is None
    assert panel._band is None
