"""The map tool "Doorsnede" on a street with heights: real window, real clicks, real shadows."""

import shutil

import geopandas as gpd
import numpy as np
import pytest
from qgis.core import QgsApplication, QgsGeometry, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapMouseEvent
from qgis.PyQt.QtCore import QEvent, QPoint, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPalette
from qgis.PyQt.QtWidgets import QApplication
from shapely import LineString, box

from arsenaal_gis import raster
from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.heat import cast_shadow

# Houses at 189070-189080 and 189020-189030; between them a street of 8 m with a footway of 1.2 m on its south.
AXIS, ROAD = 189_049.5, (189_045.5, 189_053.5)
PLACE = QgsPointXY(158_100, AXIS + 3)


@pytest.fixture(scope="module")
def street_template(hot_template, tmp_path_factory):
    folder = shutil.copytree(hot_template, tmp_path_factory.mktemp("street") / "wijk")
    catalogue = load()

    def put(id, rows, shapes):
        frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:31370")
        write_layer(folder / "wijk.gpkg", catalogue.layer(id), frame)

    line = LineString([(158_000, AXIS), (158_220, AXIS)])
    put("straten", [{"segment_id": "s1", "straat": "Proefstraat"}], [line])
    put("wegdek", [{"wegdek_id": "1", "functie": "rijbaan"}], [box(158_000, ROAD[0], 158_220, ROAD[1])])
    put(
        "gebouwen",
        [{"gebouw_id": "1"}, {"gebouw_id": "2"}],
        [box(158_020, 189_070, 158_200, 189_080), box(158_020, 189_020, 158_200, 189_030)],
    )
    put(
        "percelen",
        [{"capakey": f"12025A0001/00A00{i}"} for i in (1, 2)],
        [box(158_000, 189_070, 158_220, 189_090), box(158_000, 189_010, 158_220, ROAD[0] - 1.2)],
    )
    return folder


@pytest.fixture
def tool(arsenaal, qgis_iface, qgis_new_project, street_template):
    from arsenaal.main import ArsenaalPlugin

    plugin = ArsenaalPlugin()
    plugin.initGui()
    assert plugin.open(street_template) is not None
    plugin.section.action.trigger()
    yield plugin.section
    plugin.unload()


def cut(tool, geometry=None):
    """Cut and compute all."""
    tool.cut(geometry or QgsGeometry.fromPointXY(PLACE))
    while tool._timer.isActive():
        tool.advance()
    return tool.panel.picture


def test_a_click_cuts_the_street_square_and_measures_it(tool):
    picture = cut(tool)
    facades, road = picture.crossing.facades, picture.crossing.carriageway
    assert facades[1] - facades[0] == pytest.approx(40)
    assert road[1] - road[0] == pytest.approx(8)
    # the footway is on the south; on the north the road lies too far from the houses to tell
    assert np.nanmin(picture.crossing.footways) == pytest.approx(1.2)
    assert np.isnan(picture.crossing.footways).sum() == 1
    words = tool.panel.words.text()
    assert "Proefstraat" in words
    assert "1.20 m" in words
    assert "unknown" in words
    assert "no room for a facade garden" in words
    assert "Facade to facade: 40.00 m" in words


def test_shade_is_that_of_the_heat_maps_cell_by_cell(tool, street_template):
    picture = cut(tool)
    assert (picture.shade >= 0).all()
    assert picture.times[0] < "08:00"
    assert picture.times[-1] > "19:00"
    surface = picture.section.surface
    moment = picture.times.index("16:00")
    whole = cast_shadow(surface.top, *picture.suns[moment], 1.0, origin=surface.origin)
    assert np.array_equal(picture.shade[moment] == 1, picture.section.along(whole))
    noon = int(np.argmax([altitude for _, altitude in picture.suns]))
    assert picture.times[noon] in ("13:30", "14:00")  # the sun stands in the south at 13.45 summer time
    facades = picture.crossing.facades
    # 8 m of facade, sun at 62 degrees: 4 m of shade north of the southern houses
    shade = picture.section.shade_m(picture.shade[noon] == 1, facades)
    assert shade == pytest.approx(8 / np.tan(np.radians(picture.suns[noon][1])), abs=1)
    assert 0.7 < np.nanmean(picture.sky[picture.section.outdoors]) < 1


def test_mouse_drag_click_and_keys(tool, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.setExtent(QgsRectangle(158_060, 189_020, 158_140, 189_080))
    seen = []
    tool.tool.drawn.connect(lambda g: seen.append(g))

    def mouse(kind, x, y):
        place = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        at = QPoint(round(place.x()), round(place.y()))
        event = QgsMapMouseEvent(canvas, kind, at, Qt.MouseButton.LeftButton)
        press = kind == QEvent.Type.MouseButtonPress
        (tool.tool.canvasPressEvent if press else tool.tool.canvasReleaseEvent)(event)

    mouse(QEvent.Type.MouseButtonPress, 158_100, 189_075)
    mouse(QEvent.Type.MouseButtonRelease, 158_100, 189_025)
    assert seen[0].length() == pytest.approx(50, abs=3)  # whole pixels of a small canvas
    assert tool.panel.picture.length == pytest.approx(50, abs=3)  # whole pixels of a small canvas
    mouse(QEvent.Type.MouseButtonPress, 158_090, AXIS)
    mouse(QEvent.Type.MouseButtonRelease, 158_090, AXIS)
    assert seen[1].asPoint().x() == pytest.approx(158_090, abs=3)
    tool.panel.centre.click()
    assert seen[2].asPoint().x() == pytest.approx(158_100, abs=3)


def test_the_slider_moves_the_sun_and_the_words(tool):
    picture = cut(tool)
    at = picture.times.index("18:00")
    tool.panel.slider.setValue(at)
    assert tool.panel.time.text() == "18:00"
    assert "Shade at 18:00" in tool.panel.words.text()
    before = tool.panel.grab().toImage()
    tool.panel.slider.setValue(0)
    assert tool.panel.grab().toImage() != before
    assert cut(tool).moment == 0  # another street keeps the time of day


def test_saving(tool, tmp_path):
    picture = cut(tool)
    for name in ("doorsnede é.png", "doorsnede.svg", "doorsnede.csv"):
        tool.panel.export(tmp_path / name)
    image = QImage(str(tmp_path / "doorsnede é.png"))
    assert image.width() == 2400
    drawn = (tmp_path / "doorsnede.svg").read_text(encoding="utf-8")
    assert ">40.00 m<" in drawn and ">1.20 m<" in drawn
    assert ">0.00 m<" not in drawn  # the footway on the north is unknown, not 0
    rows = (tmp_path / "doorsnede.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == len(picture.section.distance) + 1
    assert rows[0].startswith("afstand_m;maaiveld_m;gebouw_m;kroon_m;hemelfactor;schaduw_0")
    assert ";15,000;" not in rows[1]
    from arsenaal.arsenaal_gis.errors import WorkspaceError

    with pytest.raises(WorkspaceError, match="could not be saved"):
        tool.panel.export(tmp_path / "er is geen map" / "x.csv")


def test_a_place_without_street_and_a_wijk_without_heights_are_told(tool, qgis_iface):
    tool.cut(QgsGeometry.fromPointXY(QgsPointXY(158_100, 189_500)))
    assert "no street within 40 m" in qgis_iface.messageBar().currentItem().text()
    assert tool.panel.picture is None
    from qgis.core import QgsProject

    heights = [x.id() for x in QgsProject.instance().mapLayers().values() if x.source().endswith(".tif")]
    QgsProject.instance().removeMapLayers(heights)
    tool.cut(QgsGeometry.fromPointXY(PLACE))
    assert "height rasters" in qgis_iface.messageBar().currentItem().text()


def test_closing_leaves_nothing(tool, qgis_iface):
    from arsenaal.tools.section_panel import SectionPanel

    cut(tool)
    items = len(qgis_iface.mapCanvas().scene().items())
    tool.action.trigger()
    QgsApplication.sendPostedEvents(None, 52)  # what deleteLater waits for
    assert len(qgis_iface.mapCanvas().scene().items()) < items
    assert qgis_iface.mainWindow().findChildren(SectionPanel) == []
    assert not tool._timer.isActive()
    assert tool.panel is None


def test_the_heights_of_the_file_are_drawn(tool, street_template):
    picture = cut(tool)
    top = raster.read(street_template / "dsm_gebouwen.tif").values.max()
    drawn = picture.section.along(picture.section.surface.built) + picture.section.along(
        picture.section.surface.ground
    )
    assert np.nanmax(drawn) == top


@pytest.mark.parametrize("ground", ["#ffffff", "#232323", "#000000"])
def test_what_we_draw_is_read_on_light_and_dark_themes(arsenaal, qgis_app, ground):
    """A theme that darkens the ground and forgets the words, as QGIS' own dark ones do."""
    from arsenaal.sheet import sheet

    before = QApplication.palette()
    theme = QPalette(before)
    theme.setColor(QPalette.ColorRole.Base, QColor(ground))
    theme.setColor(QPalette.ColorRole.Text, QColor("black"))
    QApplication.setPalette(theme)
    try:
        colours = sheet()
    finally:
        QApplication.setPalette(before)
    assert colours.ground.name() == ground
    for other in (colours.ground, colours.band):
        assert abs(colours.ink.lightness() - other.lightness()) > 150
