"""The line of what runs: stage, share, time left, and a cross that ends it."""

import time

import pytest
from qgis.PyQt.QtTest import QTest


@pytest.fixture
def line(ranked_plugin):
    return ranked_plugin.dock.running


def wait(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "still waiting"
        QTest.qWait(20)


def test_time_left_is_told_once_it_means_something(arsenaal):
    from arsenaal.running import time_left

    assert time_left(0.0, 10) == ""
    assert time_left(0.5, 1) == "50%"
    assert time_left(0.25, 30) == "25% · 90 s left" or time_left(0.25, 30) == "25% · 2 min left"
    assert time_left(0.5, 20) == "50% · 20 s left"
    assert time_left(0.1, 60) == "10% · 9 min left"


def test_it_shows_while_something_runs_and_gives_the_results(line, wijk):
    got = []
    assert line.isHidden()
    itself = {"WIJK": str(wijk), "BEFORE": "20251122T101500Z", "AFTER": "20251122T101500Z"}
    assert line.run([("compare", itself)], got.append)
    assert not line.isHidden()
    assert "arsenaal:compare" in line.toolTip()
    assert line.stage.text()
    wait(lambda: not line.busy)
    assert line.isHidden()
    assert len(got) == 1 and "REPORT" in got[0]


def test_the_cross_ends_it_and_says_that_nothing_changed(line, wijk, qgis_iface):
    plans = sorted((wijk.parent / "plannen").glob("*"))
    line.run([("plan", {"WIJK": str(wijk)})])
    line.cancel.click()
    wait(lambda: not line.busy)
    assert line.isHidden()
    assert "cancelled" in qgis_iface.messageBar().currentItem().text()
    assert sorted((wijk.parent / "plannen").glob("*")) == plans


def test_one_thing_at_a_time(line, wijk, qgis_iface):
    line.run([("plan", {"WIJK": str(wijk)})])
    assert not line.run([("check", {"WIJK": str(wijk)})])
    assert "still running" in qgis_iface.messageBar().currentItem().text()
    line.stop()
    wait(lambda: not line.busy)


def test_what_fails_is_told_and_the_rest_of_the_row_is_not_begun(line, wijk, qgis_iface):
    got = []
    wijk.with_name("wijk.toml").write_text("[wijk\n", encoding="utf-8")
    line.run([("check", {"WIJK": str(wijk)}), ("check", {"WIJK": str(wijk)})], got.append)
    wait(lambda: not line.busy)
    assert not got
    assert "failed" in qgis_iface.messageBar().currentItem().text()


def test_the_plugin_can_go_while_something_runs(ranked_plugin, wijk):
    from qgis.core import QgsApplication

    plans = sorted((wijk.parent / "plannen").glob("2*"))
    ranked_plugin.dock.running.run([("plan", {"WIJK": str(wijk)})])
    QTest.qWait(300)
    ranked_plugin.unload()
    wait(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert not list((wijk.parent / "plannen").glob("*.deel")), (
        "what ran has stopped and left nothing half made"
    )
    assert sorted((wijk.parent / "plannen").glob("2*")) == plans
    ranked_plugin.initGui()
