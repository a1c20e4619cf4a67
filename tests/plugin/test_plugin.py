import gc

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QAction, QDockWidget


@pytest.fixture
def plugin(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    yield made
    made.unload()


def test_actions_and_provider_come_and_go(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    def census():
        QgsApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: what deleteLater waits for
        gc.collect()
        window = qgis_iface.mainWindow()
        return (
            len(window.findChildren(QAction)),
            len(window.findChildren(QDockWidget)),
            len(QgsApplication.processingRegistry().providers()),
            len(QgsProject.instance().mapLayers()),
        )

    before = census()
    for _ in range(20):
        plugin = ArsenaalPlugin()
        plugin.initGui()
        plugin.unload()
    assert census() == before


def test_open_zooms_to_the_wijk(plugin, qgis_iface, wijk):
    opened = plugin.open(wijk)
    assert opened is not None
    extent = qgis_iface.mapCanvas().extent()
    assert extent.contains(opened.layers["percelen"].extent())
    assert extent.width() < 1000


def test_a_deleted_wijk_is_told_not_thrown(plugin, wijk, qgis_iface):
    wijk.unlink()
    assert plugin.open(wijk) is None
    assert "wijk.toml" in qgis_iface.messageBar().currentItem().text()
