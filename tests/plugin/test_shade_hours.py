"""Shade hour by hour: the rasters, their temporal ranges, and QGIS' controller."""

import shutil
from datetime import datetime

import numpy as np
import pytest
from pyproj import Transformer
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsTemporalNavigationObject,
)
from qgis.PyQt.QtCore import Qt

from arsenaal_gis import raster
from arsenaal_gis.heat import cast_shadow, sun_position
from arsenaal_gis.heat.profile import read_window

Mode = QgsTemporalNavigationObject.NavigationMode
# The middle of the wijk, degrees east and north.
MIDDLE = Transformer.from_crs(31370, 4326, always_xy=True).transform(158_100, 189_050)


@pytest.fixture
def plugin(arsenaal, qgis_iface, qgis_new_project):
    from arsenaal.main import ArsenaalPlugin

    made = ArsenaalPlugin()
    made.initGui()
    yield made
    made.unload()


@pytest.fixture(scope="module")
def hot(hot_template, tmp_path_factory):
    return shutil.copytree(hot_template, tmp_path_factory.mktemp("hours") / "wijk é") / "wijk.toml"


def run(hot, folder):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("arsenaal:shade_hours")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    made, good = algorithm.run({"WIJK": str(hot), "FOLDER": str(folder)}, context, feedback, {}, False)
    assert good, feedback.textLog()
    return made


def hours():
    group = next(g for g in QgsProject.instance().layerTreeRoot().findGroups(True) if "Shade" in g.name())
    return [node.layer() for node in group.findLayers()]


def test_every_hour_is_a_layer_with_its_hour(plugin, hot, qgis_iface, tmp_path):
    controller = QgsTemporalNavigationObject()
    qgis_iface.mapCanvas().setTemporalController(controller)
    plugin.open(hot)
    before = len(QgsProject.instance().mapLayers())
    made = run(hot, tmp_path / "schaduw é")
    layers = hours()
    assert len(layers) == len(made["HOURS"].splitlines()) == 14  # of 1 July, with the sun above 10 degrees
    spans = [layer.temporalProperties().fixedTemporalRange() for layer in layers]
    assert all(layer.temporalProperties().isActive() for layer in layers)
    # the clock of Belgium, two hours ahead of the file's UTC
    assert spans[0].begin().toString("yyyy-MM-dd HH:mm") == "2025-07-01 07:00"
    assert layers[0].source().endswith("schaduw_05u_utc.tif")
    assert layers[0].name() == "07:00–08:00"
    assert all(a.end() == b.begin() for a, b in zip(spans, spans[1:], strict=False))
    assert not spans[0].includeEnd()
    whole = QgsProject.instance().timeSettings().temporalRange()
    assert (whole.begin(), whole.end()) == (spans[0].begin(), spans[-1].end())
    assert controller.navigationMode() == Mode.Animated
    assert controller.totalFrameCount() == 14
    run(hot, tmp_path / "schaduw é")  # again: in place of the first
    assert len(hours()) == 14
    assert len(QgsProject.instance().mapLayers()) == before + 14
    plugin.open(hot)
    assert len(QgsProject.instance().mapLayers()) == before
    assert controller.navigationMode() == Mode.NavigationOff  # the map is no longer bound to an hour
    qgis_iface.mapCanvas().setTemporalController(None)


def test_the_shade_of_an_hour_is_what_cast_shadow_says(plugin, hot, tmp_path):
    made = run(hot, tmp_path)
    files = {id: hot.parent / f"{id}.tif" for id in ("dtm", "dsm_gebouwen", "cdsm", "groenkaart")}
    for path in made["HOURS"].splitlines()[::5]:
        shown = raster.read(path)
        hour = int(path.rsplit("_", 2)[1][:2])
        surface = read_window(files, raster.read(files["dtm"]).bounds)
        azimuth, altitude = sun_position(datetime(2025, 7, 1, hour, 30), *MIDDLE)
        whole = cast_shadow(surface.top, azimuth, altitude, 1.0, origin=surface.origin) | surface.under_crown
        row, column = round(surface.y_max - shown.y_max), round(shown.x_min - surface.x_min)
        rows, columns = shown.shape
        at = slice(row, row + rows), slice(column, column + columns)
        roofs = surface.roof[at]
        assert np.isnan(shown.values[roofs]).all()
        assert np.array_equal(shown.values[~roofs], whole[at][~roofs])


def test_a_plan_is_never_written_to(plugin, hot):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("arsenaal:shade_hours")
    feedback = QgsProcessingFeedback()
    folder = hot.parent / "plannen" / "20250630T101500Z"
    with pytest.raises(Exception, match="never written to again"):
        algorithm.run({"WIJK": str(hot), "FOLDER": str(folder)}, QgsProcessingContext(), feedback, {}, False)
    assert not folder.exists()


def test_the_action_waits_for_a_wijk_and_writes_beside_it(plugin, hot, monkeypatch):
    assert not plugin.shade.action.isEnabled()
    plugin.open(hot)
    asked = []
    monkeypatch.setattr(plugin.dock.running, "run", asked.extend)
    plugin.shade.action.trigger()
    ((name, parameters),) = asked
    assert name == "shade_hours"
    assert parameters["FOLDER"] == str(hot.parent / "schaduw")


def test_the_clock_follows_summer_time(arsenaal, qgis_app):
    from arsenaal.loading.shade import clock

    assert clock(datetime.fromisoformat("2025-07-01T12:00:00+00:00")).toString(Qt.DateFormat.ISODate)[
        :16
    ] == ("2025-07-01T14:00")
    assert clock(datetime.fromisoformat("2025-01-01T12:00:00+00:00")).toString("HH:mm") == "13:00"
