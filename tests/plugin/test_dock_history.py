"""The tab of change: a list, a layer of differences, and a line to swipe between two plans."""

import time

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QColor, QKeyEvent, QMouseEvent
from qgis.PyQt.QtTest import QTest
from shapely import box

from tests.plugin.plan_of_places import CRITERIA, EASY, WEIGHTS, add_plan, places

LATER = "20251123T101500Z"


def wait(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "still waiting"
        QTest.qWait(20)


@pytest.fixture
def plugin(ranked_plugin, wijk):
    """Two plans; in the later one water counts most, and every place lies farther east."""
    turned = {name: 1.0 if name == "water" else 0.01 for name in WEIGHTS}
    frame = places(CRITERIA, turned, EASY)
    frame.geometry = [box(158110 + 10 * i, 189010, 158114 + 10 * i, 189090) for i in range(len(frame))]
    add_plan(wijk, LATER, frame, turned)
    ranked_plugin.open(wijk)
    ranked_plugin.dock.tabs.setCurrentIndex(4)
    return ranked_plugin


def test_one_plan_teaches_how_to_get_another(ranked_plugin):
    ranked_plugin.dock.tabs.setCurrentIndex(4)
    history = ranked_plugin.dock.history
    assert "arsenaal:plan" in history.summary.text()
    assert not history.table.isVisibleTo(history)
    assert not history.swipe.isVisibleTo(history)


def test_differences_become_a_styled_layer(plugin):
    history = plugin.dock.history
    history.difference.click()
    assert plugin.dock.running.busy
    wait(lambda: history.layer_id)
    layer = QgsProject.instance().mapLayer(history.layer_id)
    rows = [(row["laag"], row["sleutel"], row["klasse"]) for row in layer.getFeatures()]
    assert ("onthard_kandidaten", "k0", "veranderd") in rows
    assert not any(key == "k2" for _, key, _ in rows)  # 0.5 on every criterion, whatever the weights
    assert layer.renderer().type() != "singleSymbol"
    assert QgsProject.instance().layerTreeRoot().layerOrder()[0] == layer
    assert not plugin.dock.running.isVisible()

    # Once more, and it takes the place of the first; another wijk on screen takes it away.
    first = history.layer_id
    history.difference.click()
    wait(lambda: history.layer_id != first)
    assert first not in QgsProject.instance().mapLayers()
    plugin.open(plugin.opened.wijk.folder)
    assert history.layer_id not in QgsProject.instance().mapLayers()


def colours(image, share):
    """Whether anything but paper is drawn left and right of a share of the width."""
    paper, line = QColor(Qt.GlobalColor.white).rgb(), round(image.width() * share)
    drawn = [(x, y) for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
             if image.pixel(x, y) | 0xFF000000 != paper]  # fmt: skip
    return any(x < line for x, _ in drawn), any(x > line for x, _ in drawn)


def test_swipe_shows_each_plan_on_its_side(plugin, qgis_iface):
    canvas, history = qgis_iface.mapCanvas(), plugin.dock.history
    canvas.resize(400, 200)
    layer = plugin.opened.layers["onthard_kandidaten"]
    canvas.setLayers([layer])
    canvas.setExtent(plugin.opened.extent(QgsProject.instance()))
    history.swipe.setChecked(True)
    tool = history.tool
    assert canvas.mapTool() is tool
    wait(lambda: all(image is not None for image in tool.item.images))
    # The places of the earlier plan lie in the west of the wijk, those of the later one in the east.
    assert colours(tool.item.images[0], 0.5) == (True, False)
    assert colours(tool.item.images[1], 0.5) == (False, True)
    assert not canvas.grab().isNull()


def test_the_line_follows_mouse_and_keys_and_goes(plugin, qgis_iface):
    canvas, history = qgis_iface.mapCanvas(), plugin.dock.history
    canvas.resize(400, 200)
    history.swipe.setChecked(True)
    tool = history.tool
    place = QPoint(100, 50)
    mouse = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tool.canvasMoveEvent(QgsMapMouseEvent(canvas, mouse))
    assert tool.item.share == pytest.approx(100 / canvas.width())
    before = tool.item.share
    tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier))
    assert tool.item.share > before
    tool.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    assert history.tool is None
    assert not history.swipe.isChecked()
    assert canvas.mapTool() is not tool


def test_another_plan_or_another_tool_ends_the_swipe(plugin, qgis_iface):
    history = plugin.dock.history
    history.swipe.setChecked(True)
    history.before.setCurrentIndex(history.after.currentIndex())
    assert history.tool is None
    history.swipe.setChecked(True)
    plugin.what_if.action.setChecked(True)
    QgsApplication.processEvents()
    assert history.tool is None
    plugin.what_if.action.setChecked(False)
