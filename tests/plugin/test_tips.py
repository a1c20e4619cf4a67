"""Map tips, legends in words, and buildings with a height: read back from real layers."""

import re

import pytest
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsProject,
)


@pytest.fixture
def opened(arsenaal, wijk, qgis_new_project):
    from arsenaal.loading import open_wijk

    return open_wijk(wijk, QgsProject.instance())


def tip(layer, row=0):
    """What QGIS shows on hover, as plain text."""
    feature = list(layer.getFeatures())[row]
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    html = QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    return re.sub("<[^>]+>", " ", html)


def test_a_tip_tells_n_date_and_source_and_says_unknown(opened):
    dwelling = tip(opened.layers["woningen"])
    assert "Dwellings" in dwelling
    assert "n = 3" in dwelling
    assert "before 1900" in dwelling  # words, not codes
    assert "unknown" in dwelling  # no street was delivered
    assert "GRB" in tip(opened.layers["percelen"]) or "Kadaster" in tip(opened.layers["percelen"])
    assert "data of 01-06-2025" in tip(opened.layers["percelen"])
    assert "%]" not in dwelling and "[%" not in dwelling


def test_every_layer_has_a_tip_without_a_faulty_expression(opened):
    for layer in opened.layers.values():
        for part in re.findall(r"\[%(.*?)%\]", layer.mapTipTemplate(), re.DOTALL):
            expression = QgsExpression(part)
            assert not expression.hasParserError(), (layer.name(), expression.parserErrorString())


def test_the_classes_of_heat_stress_are_words(arsenaal, qgis_app):
    from arsenaal.loading.legend import stress

    words = [stress(border) for border in (18, 23, 29, 35, 41, 46, float("inf"))]
    assert words[:3] == ["cool", "no heat stress", "slight heat stress"]
    assert words[3:] == ["moderate heat stress", "strong heat stress"] + ["extreme heat stress"] * 2


def test_the_legend_of_the_heat_map(arsenaal, hot_template, qgis_new_project):
    from arsenaal.arsenaal_gis.catalogue import data_folder, load
    from arsenaal.loading import legend
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(str(hot_template / "dtm.tif"), "pet", "gdal")
    layer.loadNamedStyle(str(data_folder("styles") / "pet_dag.qml"))
    legend.dress(layer, load().layer("pet_dag"))
    labels = [i.label for i in layer.renderer().shader().rasterShaderFunction().colorRampItemList()]
    assert labels[0] == "less than 18 °C: cool"
    assert labels[3] == "29 to 35 °C: moderate heat stress"
    assert labels[-1] == "60 °C and more: extreme heat stress"


def test_buildings_get_their_height_in_three_dimensions(arsenaal, qgis_iface, hot_template, qgis_new_project):
    from arsenaal.arsenaal_gis.wijk import Wijk
    from arsenaal.compat import has_3d
    from arsenaal.loading.extrusion import extrude, height
    from qgis.core import QgsFeature, QgsVectorLayer

    assert has_3d()
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:31370&field=hoogte_m:double&field=bouwlagen:integer", "g", "memory"
    )
    settings = Wijk.open(hot_template).settings
    extrude(layer, settings)
    renderer = layer.renderer3D()
    assert renderer.symbol().dataDefinedProperties().hasActiveProperties()
    context = QgsExpressionContext()
    context.setFields(layer.fields())
    for values, wanted in (
        ([7.5, 2], 7.5),
        ([None, 2], 2 * settings["hitte"]["verdieping_m"]),
        ([None, 0], settings["hitte"]["gebouwhoogte_m"]),
    ):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(values)
        context.setFeature(feature)
        assert QgsExpression(height(settings)).evaluate(context) == wanted


def test_the_3d_preset_shows_heat_and_buildings_only(arsenaal, wijk, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    plugin = ArsenaalPlugin()
    plugin.initGui()
    try:
        assert not plugin.view3d.action.isEnabled()
        plugin.open(wijk)
        plugin.view3d.action.trigger()  # this small wijk has no buildings
        assert "no layer of buildings" in qgis_iface.messageBar().currentItem().text()
        layer = plugin.opened.layers["percelen"]
        layer.setCustomProperty("arsenaal/id", "gebouwen")
        plugin.view3d.action.trigger()
        on = [n.layerId() for n in QgsProject.instance().layerTreeRoot().findLayers() if n.isVisible()]
        assert layer.id() in on
        assert plugin.opened.layers["woningen"].id() not in on
    finally:
        plugin.unload()
        QgsApplication.sendPostedEvents(None, 52)
