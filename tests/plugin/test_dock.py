import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton
from shapely import box

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.priority import contributions, rank, score

WEIGHTS = {
    "hitte": 0.2,
    "koelte": 0.15,
    "water": 0.2,
    "inwoners": 0.15,
    "billijkheid": 0.15,
    "straatbeeld": 0.1,
    "groenblauw": 0.05,
}
# Four places by seven criteria; the last does not know its heat.
CRITERIA = np.array(
    [
        [0.9, 0.8, 0.1, 0.5, 0.4, 0.3, 0.2],
        [0.1, 0.2, 0.9, 0.5, 0.4, 0.3, 0.2],
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [np.nan, 0.1, 0.2, 0.3, 0.1, 0.2, 0.0],
    ]
)
EASY = np.array([1.0, 0.8, 0.5, 0.0])


def places(criteria, weights, easy):
    """Rows of onthard_kandidaten as the unsealing stage makes them: score = priority x opportunity."""
    weight = np.array(list(weights.values()))
    parts = contributions(criteria, weight) * easy[:, None]
    total = score(criteria, weight) * easy
    rows = pd.DataFrame(
        {
            "kandidaat_id": [f"k{i}" for i in range(len(easy))],
            "type": ["geveltuin", "speelplein", "boomvak", "koer"],
            "plek": [f"Hamerstraat {2 * i + 1}" for i in range(len(easy))],
            "straat": "Hamerstraat",
            "oppervlakte_m2": [4.1, 86.0, 6.0, 20.0],
            "oordeel": ["comfortabel", "comfortabel", "wettelijk_mogelijk", "niet"],
            "pet_c": [38.2, 35.0, 36.0, None],
            "opportuniteit": easy,
            "score_0_1": total,
            "rang": rank(total),
            "waarom": "hitte: PET 38,2 °C",
            "robuustheid": "robuust",
            **{f"bijdrage_{name}": parts[:, i] for i, name in enumerate(weights)},
        }
    )
    shapes = [box(158010 + 10 * i, 189010, 158014 + 10 * i, 189014) for i in range(len(easy))]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:31370")


def add_plan(wijk, moment, frame, weights):
    import json

    folder = wijk.parent / "plannen" / moment
    folder.mkdir(parents=True)
    path, catalogue = folder / f"plan_{moment}.gpkg", load()
    settings = {"ontharding": {f"gewicht_{name}": value for name, value in weights.items()}}
    run = {
        "run_id": moment,
        "moment": "2025-11-22T10:15:00",
        "peildatum": "2025-06-30",
        "wijk": "Proef",
        "parameters": json.dumps(settings),
        "waarschuwingen": "Fictieve oefendata.",
    }
    write_layer(path, catalogue.layer("onthard_kandidaten"), frame)
    write_layer(path, catalogue.layer("run"), pd.DataFrame([run]))


@pytest.fixture
def plugin(arsenaal, wijk, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    add_plan(wijk, "20251122T101500Z", places(CRITERIA, WEIGHTS, EASY), WEIGHTS)
    write_layer(
        wijk.with_name("wijk.gpkg"), load().layer("besluiten"), empty_frame(load().layer("besluiten"))
    )
    made = ArsenaalPlugin()
    made.initGui()
    made.open(wijk)
    yield made
    made.unload()


def shown(dock):
    """Texts of the list's rows, first to last."""
    model = dock.table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def names(dock):
    return [row[1] for row in shown(dock)]


def panel_text(dock):
    return " ".join(
        label.text() for label in dock.why.findChildren(QLabel) if label.parent() is dock.why._content
    )


def test_head_says_plan_date_and_warnings(plugin):
    texts = " ".join(label.text() for label in plugin.dock.overview.findChildren(QLabel))
    assert "Proef" in texts
    assert "22-11-2025" in texts
    assert "30-06-2025" in texts
    assert "warnings: 1" in texts
    assert "Fictieve oefendata." in plugin.dock.overview._state.toolTip()


def test_list_stands_in_the_plans_order(plugin):
    assert names(plugin.dock) == ["Hamerstraat 1", "Hamerstraat 3", "Hamerstraat 5", "Hamerstraat 7"]
    assert [row[0] for row in shown(plugin.dock)] == ["1", "2", "3", "4"]
    assert plugin.dock.count.text() == "4 of 4 rows"


def test_search_matches_any_column(plugin):
    plugin.dock.search.setText("playground")
    assert names(plugin.dock) == ["Hamerstraat 3"]
    plugin.dock.search.setText("hamerstraat 4.1")
    assert names(plugin.dock) == ["Hamerstraat 1"]
    assert plugin.dock.count.text() == "1 of 4 rows"


def test_row_zooms_selects_and_explains(plugin, qgis_iface):
    plugin.dock.table.selectRow(0)
    layer = plugin.opened.layers["onthard_kandidaten"]
    assert [row["kandidaat_id"] for row in layer.selectedFeatures()] == ["k0"]
    extent = qgis_iface.mapCanvas().extent()
    assert extent.contains(layer.boundingBoxOfSelected())
    assert extent.width() < 300
    text = panel_text(plugin.dock)
    assert "38.2 °C" in text or "38,2 °C" in text
    assert "robuust" in text
    assert "hitte: PET 38,2 °C" in text


def test_unknown_is_a_word(plugin):
    plugin.dock.table.selectRow(3)
    assert "unknown" in panel_text(plugin.dock)


def test_map_selection_finds_the_row(plugin):
    layer = plugin.opened.layers["onthard_kandidaten"]
    feature = next(layer.getFeatures("\"kandidaat_id\" = 'k2'"))
    layer.selectByIds([feature.id()])
    chosen = plugin.dock.table.selectionModel().selectedRows()
    assert [index.row() for index in chosen] == [2]
    assert "36.0 °C" in panel_text(plugin.dock) or "36,0 °C" in panel_text(plugin.dock)


def test_the_plans_weights_give_back_the_plans_scores(plugin):
    ranking = plugin.dock.ranking()
    assert ranking.weights == WEIGHTS
    expected = score(CRITERIA, list(WEIGHTS.values())) * EASY
    np.testing.assert_allclose(ranking.scores(WEIGHTS), expected, atol=1e-9)
    np.testing.assert_allclose(ranking.scaled()[:3], CRITERIA[:3], atol=1e-9)


def test_dragging_a_weight_reorders_and_back_restores(plugin):
    sliders = plugin.dock.weights._sliders
    assert set(sliders) == set(WEIGHTS)
    for name, slider in sliders.items():
        slider.setValue(100 if name == "water" else 0)
    # Water alone, times how easily it can be done: 0.9 x 0.8, 0.5 x 0.5, 0.1 x 1.0, 0.2 x 0.
    assert names(plugin.dock) == ["Hamerstraat 3", "Hamerstraat 5", "Hamerstraat 1", "Hamerstraat 7"]
    plugin.dock.rerank(None)
    assert names(plugin.dock)[0] == "Hamerstraat 1"


def test_a_veto_needs_a_reason_and_is_kept_through_qgis(plugin):
    bar = plugin.dock.decisions
    assert not bar.isEnabled()
    plugin.dock.table.selectRow(1)
    bar.veto.click()
    decisions = plugin.opened.layers["besluiten"]
    assert decisions.featureCount() == 0
    assert bar.told.text()
    bar.reason.setText("kabels onder het voetpad")
    bar.veto.click()
    kept = list(decisions.getFeatures())
    assert [(row["laag"], row["sleutel"], row["besluit"], row["reden"]) for row in kept] == [
        ("onthard_kandidaten", "k1", "veto", "kabels onder het voetpad")
    ]
    assert len(kept[0]["besluit_id"]) == 36
    assert not decisions.isEditable()


def test_history_names_who_moved(plugin, wijk):
    turned = {name: 1.0 if name == "water" else 0.01 for name in WEIGHTS}
    add_plan(wijk, "20251123T101500Z", places(CRITERIA, turned, EASY), turned)
    plugin.open(wijk)
    history = plugin.dock.history
    assert history.before.count() == 2
    history.compare()
    rows = [
        [history.table.item(row, column).text() for column in range(3)]
        for row in range(history.table.rowCount())
    ]
    assert ["Hamerstraat 1 geveltuin 4.1", "1", "3"] in rows
    assert "3" in history.summary.text()


def test_without_a_wijk_the_dock_teaches(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    assert made.dock.widget().currentIndex() == 0
    buttons = [button.text() for button in made.dock.widget().currentWidget().findChildren(QPushButton)]
    assert buttons == ["Open a wijk", "Try the practice wijk"]
    made.unload()


def test_closing_the_project_leaves_no_dead_layer_behind(plugin):
    QgsProject.instance().clear()
    plugin.dock.table.selectRow(0)
    assert plugin.opened is None
    assert plugin.dock.widget().currentIndex() == 0


def test_a_saved_project_comes_back_with_its_dock(plugin, tmp_path):
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "wijk.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "wijk.qgz"))
    assert names(plugin.dock)[0] == "Hamerstraat 1"
    plugin.dock.table.selectRow(0)
    assert plugin.opened.layers["onthard_kandidaten"].selectedFeatureCount() == 1


def test_columns_sort_by_number_not_by_text(plugin):
    dock = plugin.dock
    column = next(c for c in range(5) if "m²" in str(shown(dock)[0][c]))
    dock.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert names(dock)[0] == "Hamerstraat 3"


def test_the_chosen_place_stays_chosen_while_weights_move(plugin):
    dock = plugin.dock
    dock.table.selectRow(0)
    for name, slider in dock.weights._sliders.items():
        slider.setValue(100 if name == "water" else 0)
    assert [index.row() for index in dock.table.selectionModel().selectedRows()] == [2]
    assert names(dock)[2] == "Hamerstraat 1"
