"""The list: filters, keyboard, named weights, decisions and the words of its cells."""

import numpy as np
import pytest
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QTableView

from tests.plugin.plan_of_places import WEIGHTS


@pytest.fixture
def ranked(ranked_plugin):
    return ranked_plugin.dock.ranked


def names(ranked):
    return [ranked.model.index(row, 1).data() for row in range(ranked.model.rowCount())]


def tick(ranked, field, word):
    ranked.filter.fill()
    listed = ranked.filter.lists[field]
    item = next(listed.item(row) for row in range(listed.count()) if listed.item(row).text().startswith(word))
    item.setCheckState(Qt.CheckState.Checked)


def test_filters_by_street_type_and_verdict_narrow_together(ranked):
    tick(ranked, "straat", "Hamerstraat")
    assert names(ranked) == ["Hamerstraat 1", "Hamerstraat 3", "Hamerstraat 7"]
    tick(ranked, "oordeel", "comfortable")
    assert names(ranked) == ["Hamerstraat 1", "Hamerstraat 3"]
    tick(ranked, "type", "playground")
    assert names(ranked) == ["Hamerstraat 3"]
    assert ranked.filter.text() == "Filter (3)"
    assert ranked.count.text() == "1 of 4 rows · Hamerstraat · comfortable · playground"
    ranked.filter.clear()
    assert len(names(ranked)) == 4
    assert ranked.count.text() == "4 of 4 rows"


def test_two_words_of_one_field_widen(ranked):
    tick(ranked, "type", "playground")
    tick(ranked, "type", "facade garden")
    assert names(ranked) == ["Hamerstraat 1", "Hamerstraat 3"]


def test_search_finds_a_verdict_that_no_column_shows(ranked):
    ranked.search.setText("legally")
    assert names(ranked) == ["Hamerstraat 5"]


def test_keys_search_walk_and_go(ranked, qgis_iface):
    ranked.window().show()
    QTest.keyClick(ranked.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    ranked.table.setCurrentIndex(ranked.model.index(0, 0))
    QTest.keyClick(ranked.table, Qt.Key.Key_Down)
    layer = ranked.ranking().layer
    assert [row["kandidaat_id"] for row in layer.selectedFeatures()] == ["k1"]
    before = qgis_iface.mapCanvas().extent()
    QTest.keyClick(ranked.table, Qt.Key.Key_Return)
    after = qgis_iface.mapCanvas().extent()
    assert after != before
    assert after.contains(layer.boundingBoxOfSelected())


def test_what_can_be_used_has_a_name_for_screen_readers(ranked):
    for kind in (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QTableView):
        for widget in ranked.findChildren(kind):
            inner = widget.objectName().startswith("qt_") or isinstance(
                widget.parent(), (QComboBox, QLineEdit, QTableView)
            )
            scroll = type(widget).__name__ in ("QScrollBar", "QTableCornerButton")
            named = widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip()
            assert inner or scroll or named, (type(widget).__name__, widget.parent())


def test_score_is_a_bar_with_its_figure_and_source_on_hover(ranked):
    column = next(c for c in range(ranked.model.columnCount()) if ranked.model.is_bar(c))
    shares = [ranked.model.index(row, column).data(Qt.ItemDataRole.UserRole) for row in range(4)]
    assert shares[0] == 1.0
    assert shares == sorted(shares, reverse=True)
    assert "GRB" in ranked.model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)
    assert not ranked.table.grab().isNull()


def test_the_bars_follow_the_weights(ranked):
    column = next(c for c in range(ranked.model.columnCount()) if ranked.model.is_bar(c))
    for name, slider in ranked.weights.sliders.items():
        slider.setValue(100 if name == "water" else 0)
    found = [ranked.model.index(row, column).data(Qt.ItemDataRole.UserRole) for row in range(4)]
    # Water times opportunity: 0.72, 0.25, 0.10, 0, over the largest.
    np.testing.assert_allclose(found, [1, 0.25 / 0.72, 0.1 / 0.72, 0], atol=1e-9)


def test_named_weights_survive_closing_and_can_go(ranked_plugin, wijk):
    weights = ranked_plugin.dock.ranked.weights
    for name, slider in weights.sliders.items():
        slider.setValue(100 if name == "water" else 0)
    weights.names.setEditText("enkel water / été")
    weights.keep.click()
    assert list((wijk.parent / "scenarios").glob("gewichten_*.json"))

    ranked_plugin.open(wijk)
    ranked = ranked_plugin.dock.ranked
    assert names(ranked)[0] == "Hamerstraat 1"
    place = ranked.weights.names.findText("enkel water / été")
    ranked.weights.names.setCurrentIndex(place)
    ranked.weights.names.activated.emit(place)
    assert names(ranked)[0] == "Hamerstraat 3"
    assert ranked.weights.weights()["water"] == 1.0

    ranked.weights.forget.click()
    assert names(ranked)[0] == "Hamerstraat 1"
    assert ranked.weights.weights() == pytest.approx(WEIGHTS, abs=0.01)
    assert not list((wijk.parent / "scenarios").glob("gewichten_*.json"))


def test_a_file_that_is_no_scenario_is_passed_over(ranked_plugin, wijk):
    folder = wijk.parent / "scenarios"
    folder.mkdir()
    (folder / "gewichten_1.json").write_text("{", encoding="utf-8")
    (folder / "gewichten_2.json").write_text('["laag"]', encoding="utf-8")
    ranked_plugin.open(wijk)
    assert ranked_plugin.dock.ranked.weights.names.count() == 1


def test_weights_stay_while_another_tab_is_looked_at(ranked_plugin):
    dock = ranked_plugin.dock
    for name, slider in dock.ranked.weights.sliders.items():
        slider.setValue(100 if name == "water" else 0)
    for tab in (1, 3, 0):
        dock.tabs.setCurrentIndex(tab)
    assert names(dock.ranked)[0] == "Hamerstraat 3"
    assert dock.ranked.weights.weights()["water"] == 1.0


def test_a_decision_is_told_and_can_be_withdrawn(ranked_plugin):
    bar = ranked_plugin.dock.ranked.decisions
    ranked_plugin.dock.ranked.table.selectRow(0)
    bar.reason.setText("bewoners vragen erom")
    bar.choose.click()
    assert "bewoners vragen erom" in bar.told.text()
    assert bar.withdraw.isVisibleTo(bar)
    bar.reason.setText("toch niet")
    bar.withdraw.click()
    assert not bar.withdraw.isVisibleTo(bar)
    kept = [row["besluit"] for row in ranked_plugin.opened.layers["besluiten"].getFeatures()]
    assert kept == ["gekozen", "ingetrokken"]


def test_a_decision_joins_the_edits_that_are_open(ranked_plugin):
    layer: QgsVectorLayer = ranked_plugin.opened.layers["besluiten"]
    layer.startEditing()
    bar = ranked_plugin.dock.ranked.decisions
    ranked_plugin.dock.ranked.table.selectRow(0)
    bar.reason.setText("kabels")
    bar.veto.click()
    assert layer.isEditable()
    assert layer.featureCount() == 1
    layer.rollBack()


def test_each_kind_of_list_has_its_tab(ranked_plugin):
    dock = ranked_plugin.dock
    assert [dock.tabs.tabText(tab) for tab in range(5)] == [
        "Places",
        "Dwellings",
        "Streets",
        "Visits",
        "Change",
    ]
    dock.tabs.setCurrentIndex(1)
    assert dock.ranked.model is None
    assert "arsenaal:plan" in dock.ranked.count.text()


def test_buttons_name_their_algorithm(ranked_plugin):
    dock = ranked_plugin.dock
    hints = {
        dock.overview.again: "arsenaal:plan",
        dock.visits.again: "arsenaal:visits",
        dock.visits.form.note: "arsenaal:record_visits",
        dock.history.difference: "arsenaal:compare",
        dock.ranked.budget.slider: "arsenaal:select_places",
        dock.ranked.decisions.what_if: "arsenaal:what_if",
        dock.ranked.decisions.card: "arsenaal:maps",
    }
    for button, id in hints.items():
        assert id in button.toolTip()


def test_card_opens_the_dialog_that_prints_it_and_waits_for_nobody(ranked_plugin, monkeypatch, wijk):
    """The plan chose the place that ranks first; the others have no card."""
    from qgis import processing

    dialog, asked = QLineEdit(), []
    monkeypatch.setattr(
        processing, "createAlgorithmDialog", lambda *given: asked.append(given) or dialog, raising=False
    )
    card, table = ranked_plugin.dock.ranked.decisions.card, ranked_plugin.dock.ranked.table
    assert not card.isEnabled(), "no place is chosen yet"
    table.selectRow(1)
    assert not card.isEnabled()
    table.selectRow(0)
    card.click()
    moment = ranked_plugin.opened.plan.moment
    values = {"WIJK": str(wijk), "PLAN": moment, "PRODUCTS": [1], "CARDS": "fiche_003"}
    assert asked == [("arsenaal:maps", values)]
    assert dialog.isVisible() and not dialog.isModal()
