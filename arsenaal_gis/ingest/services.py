"""WFS and OGC API Features: pages until the last one, and a dated snapshot so that a rerun needs no network."""

import datetime as dt
import hashlib
import json
import re
import time
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from ..errors import SourceError
from ..wijk.config import SourceSpec
from . import crs
from .fetch import Fetch, http_fetch, retrying

Bounds = tuple[float, float, float, float]
PAGE = 10_000
# More pages than this is a server that never ends: four million parcels are 400 pages.
_MOST_PAGES = 1_000
_JSON = re.compile(r"json", re.IGNORECASE)
_ITEMS = re.compile(r"/collections/[^/]+/items/?$")


def is_url(written: str) -> bool:
    """Whether a source is a web service."""
    return written.lower().startswith(("http://", "https://"))


def obtain(
    spec: SourceSpec, folder: Path, area: Bounds | None, scratch: Path, *, fetch: Fetch | None, today: dt.date | None,
    renew: bool = False, check: Callable[[], None] = lambda: None,
) -> tuple[Path, dt.date | None]:  # fmt: skip
    """Give a local copy of what a service holds within an area.

    Args:
        spec: The source: ``path`` is the URL, ``table`` the feature type or collection.
        folder: The wijk folder, where snapshots are kept.
        area: Bounds in EPSG:31370; None asks for everything.
        scratch: Temporary folder, used where no snapshot is to be written.
        fetch: Transport; plain HTTP when None.
        today: Date of a new snapshot; None writes none.
        renew: Ask the service even where a snapshot exists.
        check: Raises when the user stops the work.

    Returns:
        A GeoPackage in the temporary or snapshot folder, and its date (None if it is temporary).

    Raises:
        SourceError: The service cannot be reached, or answers nonsense.
    """
    name = re.sub(r"\W+", "_", f"{spec.layer}_{spec.table}").strip("_").lower()
    mark = hashlib.sha256(f"{spec.path}|{spec.table}".encode()).hexdigest()[:8]
    kept = folder / "momentopnamen"
    snapshots = sorted(kept.glob(f"{name}_{mark}_*.gpkg"))
    if snapshots and not renew:
        return snapshots[-1], dt.date.fromisoformat(snapshots[-1].stem.rsplit("_", 1)[1])
    frame = download(spec.path, spec.table, area, fetch=retrying(fetch or http_fetch, time.sleep), check=check)
    target = scratch / f"{name}.gpkg"
    _write(frame, target)
    if today is None:
        return target, None
    kept.mkdir(exist_ok=True)
    snapshot = kept / f"{name}_{mark}_{today.isoformat()}.gpkg"
    part = snapshot.with_suffix(".deel")
    part.write_bytes(target.read_bytes())
    part.replace(snapshot)
    return snapshot, today


def download(
    url: str, table: str, area: Bounds | None, *, fetch: Fetch, page: int = PAGE, check: Callable[[], None] = lambda: None
) -> gpd.GeoDataFrame:
    """Read all features of a service within an area.

    Args:
        url: Address of a WFS, or of an OGC API Features service or collection.
        table: Feature type or collection.
        area: Bounds in EPSG:31370.
        fetch: Transport (with its retries).
        page: Features to ask for at once; the server may give fewer.
        check: Raises when the user stops the work.

    Returns:
        The features in EPSG:31370 or in the system that the service insists on.

    Raises:
        SourceError: The service cannot be reached, or answers nonsense.
    """
    if "/collections" in url or re.search(r"/(ogc|oapif|wfs3)\b", urlsplit(url).path, re.IGNORECASE):
        return _read_pages(_OgcApi(url, table, area, fetch, page), page, check)
    return _read_pages(_Wfs(url, table, area, fetch, page), page, check)


def _read_pages(service: "_OgcApi | _Wfs", page: int, check: Callable[[], None]) -> gpd.GeoDataFrame:
    """Read until a page is short by the server's own measure; the number matched may be missing or wrong."""
    parts: list[gpd.GeoDataFrame] = []
    received, largest, before = 0, 0, b""
    for number in range(_MOST_PAGES):
        check()
        frame, matched, answer = service.page(received)
        digest = hashlib.sha256(pd.util.hash_pandas_object(frame.drop(columns="geometry").astype(str)).to_numpy().tobytes())
        if len(frame) and number and digest.digest() == before:
            raise SourceError(
                "The service gives the same page again: it does not page.", service.url, "Ask for the file instead."
            )
        before = digest.digest()
        if len(frame):
            parts.append(frame)
        received += len(frame)
        largest = max(largest, len(frame))
        if not len(frame) or answer == "last":
            break
        if answer == "more":
            continue
        # A count that equals the number received is trusted; one below it (saturated) or absent is not.
        if matched is not None and matched == received and matched % page:
            break
        if number and len(frame) < largest:
            break
    else:
        raise SourceError("The service does not come to an end.", service.url, "Ask for the file instead.")
    if not parts:
        return gpd.GeoDataFrame({"geometry": []}, geometry="geometry")
    tag = parts[0].crs
    return gpd.GeoDataFrame(pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True), geometry="geometry", crs=tag)


class _OgcApi:
    def __init__(self, url: str, table: str, area: Bounds | None, fetch: Fetch, page: int) -> None:
        base = urlsplit(url)
        path = base.path.rstrip("/")
        if not _ITEMS.search(path):
            if not re.search(r"/collections/[^/]+$", path):
                if not table:
                    raise SourceError("No collection was named.", url, "Set 'laag'.")
                path = f"{path.removesuffix('/collections')}/collections/{table}"
            path += "/items"
        self.url = urlunsplit((base.scheme, base.netloc, path, "", ""))
        self._given = dict(parse_qsl(base.query))
        self._area, self._fetch, self._page = area, fetch, page
        self._next: str | None = None
        self._home = True

    def page(self, start: int) -> tuple[gpd.GeoDataFrame, int | None, str]:
        body = self._body(start)
        links = {link.get("rel"): link.get("href") for link in body.get("links", ()) if isinstance(link, dict)}
        follow = links.get("next")
        # Without a next link the offset is counted on: some services page but do not say so.
        answer = "more" if follow and body.get("features") else ""
        if "next" not in links and "self" in links and body.get("numberMatched") == start + len(body["features"]):
            answer = "last"
        self._next = follow
        return _features(body, crs.HOME if self._home else 4258), body.get("numberMatched"), answer

    def _body(self, start: int) -> dict:
        if self._next:
            return _json(self._fetch, self._next)
        try:
            return _json(self._fetch, self._url(start))
        except SourceError as error:
            # A service that does not know Lambert 72 refuses it (400); its default is degrees.
            if not (self._home and start == 0 and getattr(error, "status", None) in (400, 404, 500)):
                raise
            self._home = False
            return _json(self._fetch, self._url(start))

    def _url(self, start: int) -> str:
        uri = "http://www.opengis.net/def/crs/EPSG/0/31370"
        query = {**self._given, "f": self._given.get("f", "json"), "limit": self._page, "offset": start}
        if self._area is not None:
            bounds = self._area if self._home else crs.bounds_in(self._area, 4258)
            query["bbox"] = ",".join(f"{value:.8g}" if not self._home else f"{value:.2f}" for value in bounds)
        if self._home:
            query |= {"crs": uri} | ({"bbox-crs": uri} if self._area is not None else {})
        return f"{self.url}?{urlencode(query)}"


class _Wfs:
    def __init__(self, url: str, table: str, area: Bounds | None, fetch: Fetch, page: int) -> None:
        base = urlsplit(url)
        reserved = {"service", "version", "request", "typename", "typenames"}
        self._given = {name: value for name, value in parse_qsl(base.query) if name.lower() not in reserved}
        self.url = urlunsplit((base.scheme, base.netloc, base.path, "", ""))
        self._area, self._fetch, self._page = area, fetch, page
        self._version, self._format, types = self._capabilities()
        matching = [name for name in types if table.casefold() in (name.casefold(), name.split(":")[-1].casefold())]
        if not table and len(types) == 1:
            matching = types
        if not matching:
            raise SourceError(
                f"The service has no feature type '{table}'.", self.url, f"Set 'laag' to one of: {', '.join(types)}."
            )
        self._type = matching[0]

    def _capabilities(self) -> tuple[str, str, list[str]]:
        body = self._fetch(self._query({"REQUEST": "GetCapabilities"}))
        root = _xml(body, self.url)
        if "Capabilities" not in root.tag:
            raise SourceError("The service does not answer as a WFS.", self.url, "Correct 'pad' in wijk.toml.")
        types = [
            name.text.strip()
            for kind in root.iter() if kind.tag.endswith("}FeatureType") or kind.tag == "FeatureType"
            for name in kind if name.tag.split("}")[-1] == "Name" and name.text
        ]  # fmt: skip
        formats = [
            one.text for part in root.iter() if part.tag.split("}")[-1] in ("Parameter", "ResultFormat", "Format")
            for one in part.iter() if one.text and _JSON.search(one.text)
        ]  # fmt: skip
        return root.get("version", "1.1.0"), formats[0] if formats else "", types

    def _query(self, more: dict[str, object]) -> str:
        return f"{self.url}?{urlencode({**self._given, 'SERVICE': 'WFS', **more})}"

    def page(self, start: int) -> tuple[gpd.GeoDataFrame, int | None, str]:
        new = self._version.startswith("2")
        name = "urn:ogc:def:crs:EPSG::31370" if self._version != "1.0.0" else "EPSG:31370"
        query: dict[str, object] = {
            "VERSION": self._version, "REQUEST": "GetFeature", "TYPENAMES" if new else "TYPENAME": self._type,
            "SRSNAME": name, "COUNT" if new else "MAXFEATURES": self._page, "STARTINDEX": start,
        }  # fmt: skip
        if self._area is not None:
            bounds = ",".join(f"{value:.2f}" for value in self._area)
            query["BBOX"] = f"{bounds},{name}" if self._version != "1.0.0" else bounds
        if self._format:
            query["OUTPUTFORMAT"] = self._format
        url = self._query(query)
        if self._format:
            body = _json(self._fetch, url)
            matched = body.get("numberMatched", body.get("totalFeatures"))
            return _features(body, crs.HOME), matched if isinstance(matched, int) else None, ""
        return self._gml(url)

    def _gml(self, url: str) -> tuple[gpd.GeoDataFrame, int | None, str]:
        body = self._fetch(url)
        root = _xml(body, url)
        matched = root.get("numberMatched", "")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                frame = pyogrio.read_dataframe(body)
        except (RuntimeError, ValueError, IndexError):
            frame = gpd.GeoDataFrame({"geometry": []}, geometry="geometry")
        return _whole(frame), int(matched) if matched.isdigit() else None, ""


def _json(fetch: Fetch, url: str) -> dict:
    """Fetch JSON; a half answer is asked for once more before it counts as nonsense."""
    for last in (False, True):
        body = fetch(url)
        try:
            answer = json.loads(body)
        except ValueError as error:
            if body.lstrip()[:1] == b"<":
                _xml(body, url)
            if last or body.lstrip()[:1] == b"<":
                raise SourceError(f"The service does not answer in JSON: {error}.", url, "Try again later.") from error
            continue
        if isinstance(answer, dict) and isinstance(answer.get("features"), list):
            return answer
        break
    raise SourceError("The service does not answer with features.", url, f"It says: {str(body[:200])}")


def _xml(body: bytes, url: str) -> ElementTree.Element:
    """Parse XML; an exception report becomes an error with its words."""
    if b"<!DOCTYPE" in body[:2000] or b"<!ENTITY" in body:
        raise SourceError("The service answers with a page, not with data.", url, "Correct 'pad' in wijk.toml.")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise SourceError(f"The service answers with broken XML: {error}.", url, "Try again later.") from error
    if "Exception" in root.tag:
        said = " ".join(" ".join(root.itertext()).split())
        raise SourceError(f"The service refuses: {said[:300]}.", url, "Correct 'pad' and 'laag' in wijk.toml.")
    return root


def _features(body: dict, epsg: int) -> gpd.GeoDataFrame:
    rows = [feature.get("properties") or {} for feature in body["features"]]
    shapes = [
        shapely.from_geojson(json.dumps(feature["geometry"])) if feature.get("geometry") else None
        for feature in body["features"]
    ]
    frame = pd.DataFrame(rows, index=range(len(rows)))
    said = body.get("crs", {})
    name = said.get("properties", {}).get("name") if isinstance(said, dict) else None
    code = crs.identify(name) or epsg
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, index=frame.index, crs=code))


def _whole(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(frame.assign(geometry=None), geometry="geometry")
    return frame.rename_geometry("geometry") if frame.geometry.name != "geometry" else frame


def _write(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write as delivered: mixed geometry and all."""
    frame = frame.loc[:, [name for name in frame.columns if not frame[name].isna().all() or name == "geometry"]]
    frame = frame.rename(columns={name: f"{name}_" for name in frame.columns if name.casefold() in ("fid", "geom")})
    nested = [name for name in frame.columns if name != "geometry" and frame[name].map(lambda one: isinstance(one, (list, dict))).any()]
    frame = frame.assign(**{name: frame[name].map(json.dumps) for name in nested})
    path.unlink(missing_ok=True)
    pyogrio.write_dataframe(
        frame, path, driver="GPKG", layer="features", geometry_type="Unknown", dataset_options={"VERSION": "1.2"},
        layer_options={"GEOMETRY_NAME": "geom"},
    )  # fmt: skip
