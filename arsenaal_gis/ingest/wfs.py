"""WFS 1.1 and 2.0 as GML: the one answer that every server gives, in full precision and in Lambert 72.

QGIS Server rounds its GeoJSON to a decimetre and has it in degrees; GML is exact.
"""

import warnings
import xml.etree.ElementTree as ElementTree
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import geopandas as gpd
import pyogrio

from ..errors import SourceError
from .fetch import Fetch
from .paging import Bounds, Page

_SRS = "urn:ogc:def:crs:EPSG::31370"


class Wfs:
    """One feature type of a service.

    Args:
        url: Address of the service; its own parameters (a key, a map) are kept.
        table: Feature type, with or without its prefix.
        area: Bounds in EPSG:31370.
        fetch: Transport.
        page: Features to ask for at once.

    Raises:
        SourceError: It is no WFS, or it lacks the feature type.
    """

    def __init__(self, url: str, table: str, area: Bounds | None, fetch: Fetch, page: int) -> None:
        base = urlsplit(url)
        own = {"service", "version", "request", "typename", "typenames"}
        self._given = {name: value for name, value in parse_qsl(base.query) if name.lower() not in own}
        self.url = urlunsplit((base.scheme, base.netloc, base.path, "", ""))
        self._area, self._fetch, self._page = area, fetch, page
        self._version, types = self._capabilities()
        asked = [
            name for name in types if table.casefold() in (name.casefold(), name.split(":")[-1].casefold())
        ]
        if not table and len(types) == 1:
            asked = types
        if not asked:
            raise SourceError(
                f"The service has no feature type '{table}'.",
                self.url,
                f"Set 'laag' to one of: {', '.join(types)}.",
            )
        self._type = asked[0]

    def _capabilities(self) -> tuple[str, list[str]]:
        address = self._address({"REQUEST": "GetCapabilities"})
        root = _xml(self._fetch(address), address)
        if "Capabilities" not in root.tag:
            raise SourceError(
                "The service does not answer as a WFS.", self.url, "Correct 'pad' in wijk.toml."
            )
        kinds = [part for part in root.iter() if _name(part) == "FeatureType"]
        names = [part.text.strip() for kind in kinds for part in kind if _name(part) == "Name" and part.text]
        return root.get("version", "1.1.0"), names

    def page(self, start: int) -> Page:
        """Give the features from position ``start`` on."""
        new = self._version.startswith("2")
        query: dict[str, object] = {
            "VERSION": self._version, "REQUEST": "GetFeature", "TYPENAMES" if new else "TYPENAME": self._type,
            "SRSNAME": _SRS, "COUNT" if new else "MAXFEATURES": self._page, "STARTINDEX": start,
        }  # fmt: skip
        if self._area is not None:
            query["BBOX"] = ",".join(f"{value:.2f}" for value in self._area) + f",{_SRS}"
        address = self._address(query)
        body = self._fetch(address)
        try:
            root = _xml(body, address)
        except ElementTree.ParseError:
            # Half an answer: once more before it counts as nonsense.
            body = self._fetch(address)
            try:
                root = _xml(body, address)
            except ElementTree.ParseError as error:
                raise SourceError(
                    f"The service answers with broken XML: {error}.", address, "Try again later."
                ) from error
        matched = root.get("numberMatched", "")
        return Page(_frame(body), int(matched) if matched.isdigit() else None)

    def _address(self, more: dict[str, object]) -> str:
        return f"{self.url}?{urlencode({**self._given, 'SERVICE': 'WFS', **more})}"


def _name(element: ElementTree.Element) -> str:
    return element.tag.split("}")[-1]


def _xml(body: bytes, url: str) -> ElementTree.Element:
    """Parse XML; an exception report becomes an error with its own words.

    Raises:
        SourceError: The service refuses, or answers with a web page.
        ParseError: The XML is broken.
    """
    # A data answer has no document type; refusing it also keeps entity tricks out.
    if b"<!doctype" in body[:2000].lower() or b"<!ENTITY" in body:
        raise SourceError(
            "The service answers with a web page, not with data.", url, "Correct 'pad' in wijk.toml."
        )
    root = ElementTree.fromstring(body)
    if "Exception" in _name(root):
        said = " ".join(" ".join(root.itertext()).split())
        raise SourceError(
            f"The service refuses: {said[:300]}.", url, "Correct 'pad' and 'laag' in wijk.toml."
        )
    return root


def _frame(body: bytes) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(body)
    except IndexError:  # no features, so no layer
        return gpd.GeoDataFrame({"geometry": []}, geometry="geometry")
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(frame.assign(geometry=None), geometry="geometry")
    return frame if frame.geometry.name == "geometry" else frame.rename_geometry("geometry")
