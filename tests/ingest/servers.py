"""Loopback servers for the tests of web services."""

import contextlib
import http.server
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

POINTS = [(158400 + number % 50, 189400 + number // 50) for number in range(230)]


def feature(number):
    x, y = POINTS[number]
    return {
        "type": "Feature", "id": number, "properties": {"ID": number, "SOORT": "school"},
        "geometry": {"type": "Point", "coordinates": [x, y]},
    }  # fmt: skip


def gml(numbers, matched):
    """A WFS 2.0 answer."""
    count = {"right": f' numberMatched="{len(POINTS)}"', "saturated": ' numberMatched="100"'}.get(
        matched, ' numberMatched="unknown"'
    )
    rows = "".join(
        f'<wfs:member><g:Punten gml:id="p.{n}"><g:ID>{n}</g:ID><g:SOORT>school</g:SOORT><g:geom>'
        f'<gml:Point gml:id="q.{n}" srsName="urn:ogc:def:crs:EPSG::31370">'
        f"<gml:pos>{POINTS[n][0]} {POINTS[n][1]}</gml:pos></gml:Point></g:geom>"
        "</g:Punten></wfs:member>"
        for n in numbers
    )
    return (
        '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        f'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:g="http://g"{count} '
        f'numberReturned="{len(numbers)}">{rows}'
        "</wfs:FeatureCollection>"
    ).encode()


class Script:
    """What the server does, and what it was asked."""

    def __init__(self, cap=100, matched="right", faults=(), knows=(31370,)):
        self.cap = cap
        self.matched = matched
        self.faults = list(faults)
        self.knows = knows
        self.asked = []


class Handler(http.server.BaseHTTPRequestHandler):
    """OGC API Features and WFS 2.0 over 230 points, with faults replayed in order."""

    script: Script

    def do_GET(self):
        self.script.asked.append(self.path)
        if self.script.faults:
            fault = self.script.faults.pop(0)
            if fault == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "5000")
                self.end_headers()
                self.wfile.write(b'{"type": "FeatureColl')
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if fault == "half":
                return self.answer(b'{"type": "FeatureCollection", "features": [')
            if fault == "slow":
                time.sleep(0.3)
            elif fault == "html":
                return self.answer(b"<!DOCTYPE html><html>login</html>")
            elif isinstance(fault, int):
                self.send_response(fault)
                if fault in (429, 503):
                    self.send_header("Retry-After", "7")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
        query = {name.lower(): values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if query.get("request") == "GetCapabilities":
            return self.answer(CAPABILITIES)
        if self.path.split("?")[0].endswith("/collections/punten"):
            known = [f"http://www.opengis.net/def/crs/EPSG/0/{code}" for code in self.script.knows]
            return self.answer(json.dumps({"id": "punten", "crs": known}).encode())
        start = int(query.get("offset", query.get("startindex", 0)))
        count = min(int(query.get("limit", query.get("count", 10))), self.script.cap)
        if self.script.matched == "ignores start":
            start = 0
        numbers = range(len(POINTS))[start : start + count]
        if "request" in query:
            return self.answer(gml(numbers, self.script.matched))
        body = {"type": "FeatureCollection", "features": [feature(number) for number in numbers]}
        if self.script.matched == "right":
            body["numberMatched"] = len(POINTS)
        elif self.script.matched == "saturated":
            body["numberMatched"] = self.script.cap
        elif self.script.matched == "links" and start + count < len(POINTS):
            base = f"http://{self.headers['Host']}{urlsplit(self.path).path}"
            body["links"] = [{"rel": "next", "href": f"{base}?limit={count}&offset={start + count}"}]
        return self.answer(json.dumps(body).encode())

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


CAPABILITIES = b"""<?xml version="1.0"?>
<wfs:WFS_Capabilities xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:ows="http://www.opengis.net/ows/1.1"
version="2.0.0"> <ows:OperationsMetadata><ows:Operation name="GetFeature"><ows:Parameter
name="outputFormat"><ows:AllowedValues> <ows:Value>application/gml+xml;
version=3.2</ows:Value><ows:Value>application/json</ows:Value>
</ows:AllowedValues></ows:Parameter></ows:Operation></ows:OperationsMetadata>
<wfs:FeatureTypeList><wfs:FeatureType><wfs:Name>GRB:Punten</wfs:Name></wfs:FeatureType></wfs:FeatureTypeList>
</wfs:WFS_Capabilities>"""


@contextlib.contextmanager
def replaying(script):
    """Serve a script on loopback; gives the base URL."""
    handler = type("Scripted", (Handler,), {"script": script})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def qgis_server(project, scratch):
    """Serve a QGIS project on loopback with the real QGIS Server; gives the base URL."""
    program = shutil.which("qgis_mapserver")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_SERVER_LOG_STDERR": "0",
        "QGIS_PROJECT_FILE": str(project),
        "HOME": str(scratch),
        "QGIS_OPTIONS_PATH": str(scratch),
    }
    process = subprocess.Popen(
        [program, "-p", str(project), f"127.0.0.1:{port}"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):  # a busy machine takes its time
            if process.poll() is not None:
                raise RuntimeError(f"qgis_mapserver stopped with {process.returncode}")
            try:
                urllib.request.urlopen(f"{url}/wfs3/collections.json", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise RuntimeError("qgis_mapserver does not answer")
        yield url
    finally:
        process.terminate()
        process.wait(10)
