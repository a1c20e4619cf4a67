import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from arsenaal_gis.priority import score
from tests.plugin.plan_of_places import CRITERIA, EASY, WEIGHTS, add_plan, places


@pytest.fixture
def plugin(ranked_plugin):
    return ranked_plugin


def shown(dock):
    """Texts of the list's rows, first to last."""
    model = dock.ranked.table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def names(dock):
    return [row[1] for row in shown(dock)]


def panel_text(dock):
    return " ".join(
        label.text()
        for label in dock.ranked.why.findChildren(QLabel)
        if label.parent() is dock.ranked.why._content
    )


def test_head_says_plan_date_and_warnings(plugin):
    texts = " ".join(label.text() for label in plugin.dock.overview.findChildren(QLabel))
    assert "Proef" in texts
    assert "22-11-2025" in texts
    assert "30-06-2025" in texts
    head = plugin.dock.overview
    assert "warnings: 1" in head.state.text()
    assert not head.warnings.isVisibleTo(head)
    head.state.click()
    assert head.warnings.isVisibleTo(head)
    assert "Fictieve oefendata." in head.warnings.text()
    row = head.sources.topLevelItem(0)
    assert [row.text(column) for column in range(3)] == ["Adp.shp", "2025-06-01", "29 days"]


def test_list_stands_in_the_plans_order(plugin):
    assert names(plugin.dock) == ["Hamerstraat 1", "Hamerstraat 3", "Hamerstraat 5", "Hamerstraat 7"]
    assert [row[0] for row in shown(plugin.dock)] == ["1", "2", "3", "4"]
    assert plugin.dock.ranked.count.text() == "4 of 4 rows"


def test_search_matches_any_column(plugin):
    plugin.dock.ranked.search.setText("playground")
    assert names(plugin.dock) == ["Hamerstraat 3"]
    plugin.dock.ranked.search.setText("hamerstraat 4.1")
    assert names(plugin.dock) == ["Hamerstraat 1"]
    assert plugin.dock.ranked.count.text() == "1 of 4 rows"


def test_row_zooms_selects_and_explains(plugin, qgis_iface):
    table = plugin.dock.ranked.table
    before = qgis_iface.mapCanvas().extent()
    table.selectRow(0)
    layer = plugin.opened.layers["onthard_kandidaten"]
    assert [row["kandidaat_id"] for row in layer.selectedFeatures()] == ["k0"]
    assert qgis_iface.mapCanvas().extent() == before  # arrows look, Enter goes there
    QTest.keyClick(table, Qt.Key.Key_Return)
    extent = qgis_iface.mapCanvas().extent()
    assert extent.contains(layer.boundingBoxOfSelected())
    assert extent.width() < 300
    text = panel_text(plugin.dock)
    assert "38.2 °C" in text or "38,2 °C" in text
    assert "robuust" in text
    assert "hitte: PET 38,2 °C" in text


def test_unknown_is_a_word(plugin):
    plugin.dock.ranked.table.selectRow(3)
    assert "unknown" in panel_text(plugin.dock)


def test_map_selection_finds_the_row(plugin):
    layer = plugin.opened.layers["onthard_kandidaten"]
    feature = next(layer.getFeatures("\"kandidaat_id\" = 'k2'"))
    layer.selectByIds([feature.id()])
    chosen = plugin.dock.ranked.table.selectionModel().selectedRows()
    assert [index.row() for index in chosen] == [2]
    assert "36.0 °C" in panel_text(plugin.dock) or "36,0 °C" in panel_text(plugin.dock)


def test_the_plans_weights_give_back_the_plans_scores(plugin):
    ranking = plugin.dock.ranked.ranking()
    assert ranking.weights == WEIGHTS
    expected = score(CRITERIA, list(WEIGHTS.values())) * EASY
    np.testing.assert_allclose(ranking.scores(WEIGHTS), expected, atol=1e-9)
    np.testing.assert_allclose(ranking.scaled()[:3], CRITERIA[:3], atol=1e-9)


def test_dragging_a_weight_reorders_and_back_restores(plugin):
    sliders = plugin.dock.ranked.weights.sliders
    assert set(sliders) == set(WEIGHTS)
    for name, slider in sliders.items():
        slider.setValue(100 if name == "water" else 0)
    # Water alone, times how easily it can be done: 0.9 x 0.8, 0.5 x 0.5, 0.1 x 1.0, 0.2 x 0.
    assert names(plugin.dock) == ["Hamerstraat 3", "Hamerstraat 5", "Hamerstraat 1", "Hamerstraat 7"]
    plugin.dock.ranked.rerank(None)
    assert names(plugin.dock)[0] == "Hamerstraat 1"


def test_a_veto_needs_a_reason_and_is_kept_through_qgis(plugin):
    bar = plugin.dock.ranked.decisions
    assert not bar.veto.isEnabled()
    plugin.dock.ranked.table.selectRow(1)
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
    history.compare()
    assert history.before.count() == 2
    rows = [
        [history.table.item(row, column).text() for column in range(3)]
        for row in range(history.table.rowCount())
    ]
    assert ["Hamerstraat 1 facade garden 4.1 m²", "1", "3"] in rows
    assert "3" in history.summary.text()


def test_without_a_wijk_the_dock_teaches(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    assert made.dock.pages.currentIndex() == 0
    buttons = [button.text() for button in made.dock.pages.currentWidget().findChildren(QPushButton)]
    assert buttons == ["Open a wijk", "Try the practice wijk"]
    made.unload()


def test_closing_the_project_leaves_no_dead_layer_behind(plugin):
    QgsProject.instance().clear()
    plugin.dock.ranked.table.selectRow(0)
    assert plugin.opened is None
    assert plugin.dock.pages.currentIndex() == 0


def test_a_saved_project_comes_back_with_its_dock(plugin, tmp_path):
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "wijk.qgz"))
    project.clear()
    assert project.read(str(tmp_path / "wijk.qgz"))
    assert names(plugin.dock)[0] == "Hamerstraat 1"
    plugin.dock.ranked.table.selectRow(0)
    assert plugin.opened.layers["onthard_kandidaten"].selectedFeatureCount() == 1


def test_columns_sort_by_number_not_by_text(plugin):
    dock = plugin.dock
    column = next(c for c in range(5) if "m²" in str(shown(dock)[0][c]))
    dock.ranked.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert names(dock)[0] == "Hamerstraat 3"


def test_the_chosen_place_stays_chosen_while_weights_move(plugin):
    dock = plugin.dock
    dock.ranked.table.selectRow(0)
    for name, slider in dock.ranked.weights.sliders.items():
        slider.setValue(100 if name == "water" else 0)
    assert [index.row() for index in dock.ranked.table.selectionModel().selectedRows()] == [2]
    assert names(dock)[2] == "Hamerstraat 1"


def test_a_wijk_without_a_plan_offers_to_make_one(arsenaal, wijk, qgis_iface, qgis_new_project, monkeypatch):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    made.open(wijk)
    asked = []
    monkeypatch.setattr(made.dock.running, "run", lambda steps: asked.append(steps))
    assert not made.dock.tabs.isVisibleTo(made.dock)
    page = made.dock._body.currentWidget()
    buttons = page.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Make the first plan"]
    assert len(page.findChildren(QLabel)) == 1
    buttons[0].click()
    assert asked == [[("plan", {"WIJK": str(wijk)})]]
    made.unload()
