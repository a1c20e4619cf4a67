"""WFS and OGC API Features: against a real QGIS Server, and against a server that replays faults."""

import datetime as dt
import functools
import shutil
import subprocess
import urllib.request

import geopandas as gpd
import numpy as np
import pytest
import shapely

from arsenaal_gis.errors import Cancelled, SourceError
from arsenaal_gis.ingest import fetch as transport
from arsenaal_gis.ingest import services
from arsenaal_gis.wijk.config import SourceSpec

from . import servers

AREA = (158399.0, 189399.0, 158460.0, 189410.0)
KINDS = {"ogc": "/ogc/features/collections/punten/items", "wfs": "/wfs"}


def load(url, kind="ogc", *, fetch=transport.http_fetch, area=AREA, **more):
    table = "Punten" if kind == "wfs" else ""
    return services.download(url + KINDS[kind], table, area, fetch=fetch, **more)


def found(frame):
    return sorted(zip(frame.geometry.x, frame.geometry.y, strict=True)), sorted(frame.ID)


COMPLETE = sorted(servers.POINTS), list(range(230))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("matched", ["right", "missing", "saturated", "links"])
@pytest.mark.parametrize("cap", [100, 115, 230, 1000])
def test_all_pages_are_read_whatever_the_service_says_of_itself(kind, matched, cap):
    with servers.replaying(servers.Script(cap=cap, matched=matched)) as url:
        assert found(load(url, kind)) == COMPLETE


def test_a_service_that_does_not_page_is_refused():
    with servers.replaying(servers.Script(matched="ignores start")) as url:
        with pytest.raises(SourceError, match="does not page"):
            load(url)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", [429, 503, 500, "cut", "half"])
def test_passing_faults_are_waited_out(kind, fault):
    waits = []
    script = servers.Script()
    fetch = transport.retrying(transport.http_fetch, waits.append)
    with servers.replaying(script) as url:
        original = fetch

        def failing_later(address):
            # The first answer (what the service holds) is sound; the page after it is not, three times over.
            if len(script.asked) == 1:
                script.faults += [fault] if fault == "half" else [fault] * 3
            return original(address)

        assert found(load(url, kind, fetch=failing_later)) == COMPLETE
    asked_to_wait = [7.0, 7.0, 7.0]
    assert waits == {429: asked_to_wait, 503: asked_to_wait, "half": []}.get(fault, [1.0, 2.0, 4.0])


def test_it_gives_up_in_the_end_and_at_once_where_waiting_is_useless():
    waits = []
    with servers.replaying(servers.Script(faults=[503] * 9)) as url:
        with pytest.raises(transport.FetchError, match="status 503"):
            load(url, fetch=transport.retrying(transport.http_fetch, waits.append))
    assert len(waits) == 4
    with servers.replaying(servers.Script(faults=[404])) as url:
        with pytest.raises(transport.FetchError, match="status 404"):
            load(url, fetch=transport.retrying(transport.http_fetch, waits.append))
    assert len(waits) == 4


def test_a_slow_answer_counts_as_no_answer(monkeypatch):
    monkeypatch.setattr(transport, "_TIMEOUT_S", 0.1)
    waits = []
    with servers.replaying(servers.Script(faults=["slow"])) as url:
        assert found(load(url, fetch=transport.retrying(transport.http_fetch, waits.append))) == COMPLETE
    assert waits == [1.0]


def test_a_login_page_is_not_data():
    with servers.replaying(servers.Script(faults=["html", "html"])) as url:
        with pytest.raises(SourceError, match="does not answer in JSON"):
            load(url)
    with servers.replaying(servers.Script(faults=["html"])) as url:
        with pytest.raises(SourceError, match="web page"):
            load(url, "wfs")


def test_nobody_there():
    with pytest.raises(transport.FetchError) as caught:
        transport.http_fetch("http://127.0.0.1:9/wfs")
    assert caught.value.status is None and caught.value.passing
    with pytest.raises(SourceError, match="Only http"):
        transport.http_fetch("file:///etc/passwd")


def test_a_feature_type_that_does_not_exist():
    with servers.replaying(servers.Script()) as url:
        with pytest.raises(SourceError, match="no feature type 'Vlakken'.*GRB:Punten"):
            services.download(f"{url}/wfs", "Vlakken", AREA, fetch=transport.http_fetch)


def test_requests_carry_area_and_own_parameters():
    script = servers.Script()
    with servers.replaying(script) as url:
        services.download(f"{url}/wfs?map=a&version=9", "Punten", AREA, fetch=transport.http_fetch)
    assert all("map=a" in path and "version=9" not in path for path in script.asked)
    assert "BBOX=158399.00%2C189399.00%2C158460.00%2C189410.00%2Curn" in script.asked[1]


def test_without_lambert_72_the_area_is_asked_in_degrees():
    script = servers.Script(knows=())
    with servers.replaying(script) as url:
        frame = load(url)
    assert frame.crs.to_epsg() == 4258
    west = float(script.asked[1].split("bbox=")[1].split(",")[0])
    assert 4.4 < west < 4.6 and "crs=" not in script.asked[1]


def test_cancel_between_pages():
    def stop():
        if len(script.asked) > 2:
            raise Cancelled

    script = servers.Script(cap=10)
    with servers.replaying(script) as url, pytest.raises(Cancelled):
        load(url, check=stop)
    assert len(script.asked) < 6


def test_a_snapshot_makes_the_rerun_independent_of_the_network(tmp_path):
    def broken(_):
        raise AssertionError("no network now")

    today = dt.date(2026, 11, 22)
    get = functools.partial(services.obtain, folder=tmp_path, area=AREA, scratch=tmp_path)
    with servers.replaying(servers.Script()) as url:
        spec = SourceSpec("voorzieningen", url + KINDS["ogc"])
        temporary, none = get(spec, fetch=transport.http_fetch, keep=False)
        assert none is None and not (tmp_path / "momentopnamen").exists()
        first, date = get(spec, fetch=transport.http_fetch, keep=True, today=today)
    assert date == today and first.parent == tmp_path / "momentopnamen" and "2026-11-22" in first.name
    again, date = get(spec, fetch=broken, keep=True, today=dt.date(2026, 12, 1))
    assert (again, date) == (first, today)
    assert found(gpd.read_file(again, engine="pyogrio")) == COMPLETE
    with pytest.raises(AssertionError):
        get(spec, fetch=broken, keep=True, today=dt.date(2026, 12, 1), renew=True)


MAKE_PROJECT = """
import sys
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
layer = QgsVectorLayer(sys.argv[1], "punten", "ogr")
assert layer.isValid()
project.addMapLayer(layer)
project.writeEntry("WFSLayers", "/", [layer.id()])
project.writeEntry("WFSLayersPrecision", "/" + layer.id(), 8)
assert project.write(sys.argv[2])
"""


@pytest.fixture(scope="module")
def real_server(tmp_path_factory):
    if not shutil.which("qgis_mapserver"):
        pytest.skip("no qgis_mapserver (package qgis-server)")
    folder = tmp_path_factory.mktemp("qgis")
    points = gpd.GeoDataFrame(
        {"ID": np.arange(230), "SOORT": "school"}, geometry=shapely.points(servers.POINTS), crs=31370
    )
    points.to_file(folder / "punten.gpkg", engine="pyogrio", layer="punten")
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "XDG_RUNTIME_DIR": str(folder),
    }
    subprocess.run(
        ["/usr/bin/python3", "-c", MAKE_PROJECT, str(folder / "punten.gpkg"), str(folder / "punten.qgs")],
        check=True, env=environment, capture_output=True,
    )  # fmt: skip
    with servers.qgis_server(folder / "punten.qgs", folder) as url:
        yield url


@pytest.mark.parametrize(
    "address, table", [("/", "punten"), ("/wfs3/collections/punten", ""), ("/wfs3", "punten")]
)
@pytest.mark.parametrize("page", [50, 1000])
def test_the_real_qgis_server(real_server, address, table, page):
    frame = services.download(real_server + address, table, AREA, fetch=transport.http_fetch, page=page)
    assert found(frame) == COMPLETE
    west = (158399.0, 189399.0, 158404.5, 189410.0)
    frame = services.download(real_server + address, table, west, fetch=transport.http_fetch, page=page)
    assert len(frame) == 25 and frame.geometry.x.max() == 158404


def test_the_real_qgis_server_refuses_in_its_own_words(real_server):
    with pytest.raises(SourceError, match="no feature type 'lijnen'.*punten"):
        services.download(real_server + "/", "lijnen", AREA, fetch=transport.http_fetch)
    with pytest.raises(SourceError, match="404"):
        services.download(real_server + "/wfs3", "lijnen", AREA, fetch=transport.http_fetch)
    assert urllib.request.urlopen(f"{real_server}/wfs3/collections.json").status == 200
