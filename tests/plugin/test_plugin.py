import pytest
from qgis.core import QgsRectangle


@pytest.fixture
def plugin(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    yield made
    made.unload()


def test_open_zooms_to_the_wijk(plugin, qgis_iface, wijk):
    opened = plugin.open(wijk)
    assert opened is not None
    extent = qgis_iface.mapCanvas().extent()
    assert extent.contains(opened.layers["percelen"].extent())
    assert extent.width() < 1000


def test_a_new_plan_is_shown_where_the_user_was_looking(plugin, qgis_iface, wijk):
    plugin.open(wijk)
    qgis_iface.mapCanvas().setExtent(QgsRectangle(158010, 189010, 158030, 189020))
    seen = qgis_iface.mapCanvas().extent()
    plugin._plan_made(wijk, wijk.parent / "plannen" / "1" / "plan_1.gpkg")
    assert qgis_iface.mapCanvas().extent() == seen


def test_a_deleted_wijk_is_told_not_thrown(plugin, wijk, qgis_iface):
    wijk.unlink()
    assert plugin.open(wijk) is None
    assert "wijk.toml" in qgis_iface.messageBar().currentItem().text()
