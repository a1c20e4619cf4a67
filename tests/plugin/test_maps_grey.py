"""A page for a printer without colour: every entry of its legend is told from every other by lightness, sign or pattern."""

import importlib
import itertools

import geopandas as gpd
import numpy as np
import pytest
from qgis.core import (
    QgsLayerTreeLayer,
    QgsLayoutItemLabel,
    QgsLayoutItemMap,
    QgsLineSymbol,
    QgsMapLayerLegend,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleSymbolRenderer,
)
from qgis.PyQt.QtCore import Qt
from shapely import box

from arsenaal_gis import raster
from arsenaal_gis.catalogue import data_folder, load
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.report.drawn import drawn
from arsenaal_gis.report.themes import base_layers, themes
from tests.plugin.test_maps_series import LAYERS, SHAPES, sample

# CIE lightness: neighbours in an order are compared side by side, anything else from one end of the page to the other.
IN_ORDER, APART = 5, 12


@pytest.fixture(scope="module")
def scene(arsenaal, tmp_path_factory):
    """A scene in greys with a row in every layer."""
    folder = tmp_path_factory.mktemp("grijs")
    for layer in map(load().layer, LAYERS):
        row = {name: sample(field) for name, field in drawn(layer).fields.items()}
        shape = SHAPES[layer.geometry.removeprefix("Multi")]
        frame = gpd.GeoDataFrame([row], geometry=[shape], crs=31370).rename_geometry("geom")
        kinds = dict(empty_frame(drawn(layer)).drop(columns="geom").dtypes)
        write_layer(folder / "kaarten.gpkg", drawn(layer), frame.astype(kinds))
    raster.write(
        folder / "warm.tif",
        raster.Grid(np.linspace(-5, 70, 400, dtype=np.float32).reshape(20, 20), 0, 20, 1.0),
    )

    class Plan:
        def raster(self, id):
            return folder / "warm.tif"

    maps = importlib.import_module("arsenaal.maps.scene")
    return maps.Scene(QgsProject(), folder / "kaarten.gpkg", Plan(), "nl", grey=True)


def over_white(color):
    """CIE lightness of a colour on paper, and that it is a grey."""
    assert color.red() == color.green() == color.blue(), color.name()
    part = (color.red() * color.alpha() + 255 * (255 - color.alpha())) / 255 / 255
    linear = part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return 116 * np.cbrt(linear) - 16 if linear > 0.008856 else 903.3 * linear


DRAWN = ("name", "customdash", "style", "angle", "distance", "distance_x", "line_width", "size")


def drawing(symbol):
    """How a symbol is drawn apart from its lightness: kind, shapes, dashes and patterns."""
    said = [symbol.type()]
    for part in symbol.symbolLayers():
        said.append((part.layerType(), *(part.properties().get(name) for name in DRAWN)))
        if part.subSymbol() is not None:
            said.append(drawing(part.subSymbol()))
    return tuple(said)


def ink(symbol):
    """Colour of a symbol; of a line within a darker one, that of the line on top."""
    return symbol[len(symbol) - 1].color() if isinstance(symbol, QgsLineSymbol) else symbol.color()


def entries(id, layer):
    """(layer, label, drawing, lightness) of everything that the legend may explain of a layer."""
    if isinstance(layer, QgsRasterLayer):
        items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
        return [(id, item.label, "raster", over_white(item.color)) for item in items]
    renderer = layer.renderer()
    if isinstance(renderer, QgsSingleSymbolRenderer):
        return [(id, id, drawing(renderer.symbol()), over_white(renderer.symbol().color()))]
    return [
        (id, rule.label(), drawing(rule.symbol()), over_white(ink(rule.symbol())))
        for rule in renderer.rootRule().children()
    ]


@pytest.mark.parametrize("theme", [one for one in themes() if not one.table], ids=lambda one: one.id)
def test_no_two_entries_of_a_grey_legend_look_alike(scene, theme):
    layers = scene.of(theme)
    explained = [one for id in theme.legend for one in entries(id, layers[id])]
    assert len(explained) > 1
    for one, two in itertools.combinations(explained, 2):
        if one[2] == two[2] and one[1] != two[1]:  # what nobody knows is hatched alike in all layers
            ordered = one[0] == two[0] and load().layer(one[0]).style["method"] in ("graduated", "raster")
            ordered |= one[0] == two[0] and one[0].startswith("kaart_")
            assert abs(one[3] - two[3]) >= (IN_ORDER if ordered else APART), (one, two)


def test_the_few_classes_of_a_hot_day_are_spread_from_light_to_dark(arsenaal, qgis_app, tmp_path):
    raster.write(
        tmp_path / "warm.tif",
        raster.Grid(np.linspace(30, 58, 400, dtype=np.float32).reshape(20, 20), 0, 20, 1.0),
    )
    layer = QgsRasterLayer(str(tmp_path / "warm.tif"), "warm")
    layer.loadNamedStyle(str(data_folder("styles") / "pet_dag.qml"))
    importlib.import_module("arsenaal.maps.grey").without_colour(layer)
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    present = importlib.import_module("arsenaal.maps.legend").classes_present(layer)
    tones = [over_white(items[number - 1].color) for number in present]
    assert len(tones) == 4 and tones == sorted(tones, reverse=True)
    assert all(one - two >= APART for one, two in itertools.pairwise(tones))
    for node in QgsMapLayerLegend.defaultRasterLegend(layer).createLayerTreeModelLegendNodes(
        QgsLayerTreeLayer(layer)
    )[1:]:
        picture = node.data(Qt.ItemDataRole.DecorationRole).pixmap(20).toImage()
        color = picture.pixelColor(picture.width() // 2, picture.height() // 2)
        assert color.red() == color.green() == color.blue(), color.name()


def test_what_stands_back_keeps_still(scene):
    """Patterns are for the theme itself: the water under another theme is a pale tone."""
    pale, theme = (
        scene.layer("water_spoor", quiet).renderer().rootRule().children()[0] for quiet in (True, False)
    )
    assert len(pale.symbol().symbolLayers()) == 1 and len(theme.symbol().symbolLayers()) == 2
    assert "water_spoor" in base_layers()


def test_stamp_and_pointer_are_grey_too(arsenaal, qgis_app, tmp_path):
    parts = {
        n: importlib.import_module(f"arsenaal.maps.{n}") for n in ("template", "sheets", "items", "grey")
    }
    layout = parts["template"].from_template(QgsProject.instance(), parts["sheets"].SHEETS["A3"], tmp_path)
    layout.itemById("kaart").setExtent(QgsRectangle(0, 0, 10, 10))
    parts["items"].put_locator(layout, [], QgsRectangle(*box(0, 0, 500, 500).bounds))
    parts["grey"].without_colour_around(layout)
    shown = [item.fontColor() for item in layout.items() if isinstance(item, QgsLayoutItemLabel)]
    shown.append(layout.itemById("stempel").frameStrokeColor())
    locator = layout.itemById("locator")
    assert isinstance(locator, QgsLayoutItemMap) and locator.overviews().size() == 1
    shown.append(locator.overviews().overview(0).frameSymbol().symbolLayer(0).strokeColor())
    assert all(color.red() == color.green() == color.blue() for color in shown)
