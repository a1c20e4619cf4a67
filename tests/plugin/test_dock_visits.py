"""The tab of visits: rounds by day and team, their stops, what happened at the door."""

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, Qt

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import read_layer
from tests.plugin.plan_of_places import CRITERIA, EASY, WEIGHTS, add_plan, add_rounds, places

ID = Qt.ItemDataRole.UserRole


@pytest.fixture
def visits(ranked_plugin):
    ranked_plugin.dock.tabs.setCurrentIndex(3)
    return ranked_plugin.dock.visits


def choose(visits, line=0, stop=0):
    visits.tree.setCurrentItem(visits.tree.topLevelItem(0).child(line))
    visits.stops.setCurrentItem(visits.stops.topLevelItem(stop))


def note(visits, code):
    form = visits.form
    form.outcome.setCurrentIndex(form.outcome.findData(code))
    form.note.click()


def log(plugin):
    rows = plugin.opened.layers["bezoeken"].getFeatures()
    return {(row["woning_id"], row["resultaat"]): row for row in rows}


def test_rounds_stand_by_day_and_team(visits):
    day = visits.tree.topLevelItem(0)
    assert visits.tree.topLevelItemCount() == 1
    assert "2025" in day.text(0)
    rows = [[day.child(line).text(column) for column in range(4)] for line in range(day.childCount())]
    assert rows == [
        ["team A", "weekday 13-17 h", "2", "1:35 h"],
        ["team B", "weekday 13-17 h", "1", "40 min"],
    ]


def test_a_round_zooms_and_lists_its_stops_in_order(visits, ranked_plugin, qgis_iface):
    choose(visits)
    before = qgis_iface.mapCanvas().extent()
    visits.tree.itemClicked.emit(visits.tree.topLevelItem(0).child(0), 0)
    layer = ranked_plugin.opened.layers["rondes"]
    assert [row["ronde_id"] for row in layer.selectedFeatures()] == ["ra"]
    extent = qgis_iface.mapCanvas().extent()
    assert extent != before and extent.contains(layer.boundingBoxOfSelected())
    found = [visits.stops.topLevelItem(line).text(1) for line in range(visits.stops.topLevelItemCount())]
    assert found == ["Hamerstraat 1", "Hamerstraat 3"]
    assert visits.stops.topLevelItem(0).text(2) == "13:05"
    assert "gebouwd voor 1946" in visits.stops.topLevelItem(0).toolTip(1)
    assert "gebouwd voor 1946" in visits.form.stop.text()


def test_day_daypart_and_role_come_from_the_round(visits):
    choose(visits)
    form = visits.form
    assert form.day.date() == QDate(2025, 7, 1)
    assert form.daypart.currentData() == "wd_13_17"
    assert form.role.currentData() == "woonscreener"
    assert not form.note.isEnabled()
    codes = {form.outcome.itemData(line) for line in range(1, form.outcome.count())}
    assert codes == set(load().layer("bezoeken").fields["resultaat"].codes)
    assert form.day.maximumDate() == QDate.currentDate()


def test_an_outcome_is_kept_as_the_library_keeps_it(visits, ranked_plugin, wijk):
    choose(visits, stop=1)
    note(visits, "niet_thuis")
    row = log(ranked_plugin)["w1", "niet_thuis"]
    assert row["datum"] == QDate(2025, 7, 1)
    assert (row["dagdeel"], row["functie"], row["adres_id"], row["poging"]) == (
        "wd_13_17",
        "woonscreener",
        "a1",
        1,
    )
    assert row["golf"] in load().layer("bezoeken").fields["golf"].codes
    assert len(row["bezoek_id"]) == 36
    assert visits.stops.topLevelItem(1).text(4) == "not at home"
    assert not ranked_plugin.opened.layers["bezoeken"].isEditable()
    assert len(read_layer(wijk.with_name("wijk.gpkg"), "bezoeken")) == 3
    assert "Hamerstraat 3" in visits.form.told.text()


def test_the_next_stop_follows_and_the_list_remembers(visits):
    choose(visits)
    note(visits, "geweigerd")
    assert "Hamerstraat 3" in visits.form.stop.text()
    choose(visits, line=1)
    choose(visits, line=0)
    assert visits.stops.topLevelItem(0).text(4) == "refused"


def test_an_appointment_asks_for_its_moment(visits, ranked_plugin):
    choose(visits, stop=1)
    form = visits.form
    assert not form.appointment.isVisibleTo(form)
    form.outcome.setCurrentIndex(form.outcome.findData("afspraak"))
    assert form.appointment.isVisibleTo(form)
    form.note.click()
    assert log(ranked_plugin)["w1", "afspraak"]["afspraak_op"].date() == QDate(2025, 7, 8)


def test_a_contradiction_is_refused_in_words_and_nothing_is_written(visits, ranked_plugin):
    choose(visits)
    note(visits, "geweigerd")
    choose(visits)
    note(visits, "niet_thuis")
    assert "tegenspraak" in visits.form.told.text()
    assert ("w0", "niet_thuis") in log(ranked_plugin)  # of 2022, from the log that was there
    assert ranked_plugin.opened.layers["bezoeken"].featureCount() == 3


def test_rounds_planned_alone_take_the_place_of_older_ones(ranked_plugin, wijk):
    moment = "20251124T101500Z"
    (wijk.parent / "plannen" / moment).mkdir()
    add_rounds(wijk, moment)
    add_run(wijk, moment)
    ranked_plugin.open(wijk)
    visits = ranked_plugin.dock.visits
    assert "24-11-2025" in visits.source.text()
    layer: QgsVectorLayer = ranked_plugin.opened.layers["rondes"]
    assert moment in layer.source()
    assert visits.tree.topLevelItem(0).childCount() == 2
    # The places still come from the last whole plan.
    assert ranked_plugin.opened.plan.moment == "20251122T101500Z"


def test_one_analysis_comes_beside_the_whole_plan(ranked_plugin, wijk):
    moment = "20251124T101500Z"
    (wijk.parent / "plannen" / moment).mkdir()
    add_rounds(wijk, moment)
    add_run(wijk, moment)
    ranked_plugin._plan_made(wijk, wijk.parent / "plannen" / moment / f"plan_{moment}.gpkg")
    group = QgsProject.instance().layerTreeRoot().children()[0].children()[0]
    assert "feiten, bezoeken" in group.name() and "24-11-2025" in group.name()
    assert len(group.findLayers()) == 2 and not any(node.isVisible() for node in group.findLayers())
    assert ranked_plugin.opened.plan.moment == "20251122T101500Z"
    assert moment in ranked_plugin.opened.layers["rondes"].source()
    assert "24-11-2025" in ranked_plugin.dock.visits.source.text()
    ranked_plugin._plan_made(wijk, wijk.parent / "plannen" / moment / f"plan_{moment}.gpkg")
    groups = QgsProject.instance().layerTreeRoot().children()[0].children()
    assert sum("24-11-2025" in group.name() for group in groups) == 1, "in place of the one before"
    ranked_plugin.open(wijk)  # what is opened again starts clean
    assert all(moment not in layer.name() for layer in QgsProject.instance().layerTreeRoot().findGroups(True))
    sources = [layer.source() for layer in QgsProject.instance().mapLayers().values()]
    assert sum(moment in source for source in sources) == 2  # the newest rounds, no second time


def test_the_map_shows_the_subject_of_the_tab_in_front(ranked_plugin, wijk):
    def on():
        nodes = QgsProject.instance().layerTreeRoot().findLayers()
        plan = ("onthard_kandidaten", "onthard_keuze", "rondes", "ronde_stops")
        shown = {n.layer().customProperty("arsenaal/id") for n in nodes if n.isVisible()}
        return [id for id in plan if id in shown]

    assert on() == ["onthard_kandidaten", "onthard_keuze"]
    ranked_plugin.dock.show_tab(3)
    assert on() == ["rondes", "ronde_stops"]
    add_plan(wijk, "20251123T101500Z", places(CRITERIA, WEIGHTS, EASY), WEIGHTS)
    ranked_plugin.dock.show_plans()
    ranked_plugin.dock.show_tab(4)
    assert on() == ["onthard_kandidaten"], "the list that is compared"
    ranked_plugin.dock.show_tab(0)
    assert on() == ["onthard_kandidaten", "onthard_keuze"]


def add_run(wijk, moment):
    """What an analysis run alone says of itself."""
    import pandas as pd

    from arsenaal_gis.gpkg import write_layer

    run = pd.DataFrame([{"run_id": moment, "moment": "2025-11-24T10:15:00", "stappen": "feiten, bezoeken"}])
    write_layer(wijk.parent / "plannen" / moment / f"plan_{moment}.gpkg", load().layer("run"), run)


def test_plan_again_runs_the_algorithm_in_the_background(visits, ranked_plugin, monkeypatch, wijk):
    asked = []
    monkeypatch.setattr(ranked_plugin.dock.running, "run", lambda steps, done=None: asked.append(steps))
    visits.again.click()
    assert asked == [[("visits", {"WIJK": str(wijk)})]]
