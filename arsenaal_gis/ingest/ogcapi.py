"""OGC API Features, parts 1 and 2: collections as GeoJSON, in Lambert 72 where the service knows it."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import geopandas as gpd
import pandas as pd
import shapely

from ..errors import SourceError
from . import crs
from .fetch import Fetch
from .paging import Bounds, Page

_COLLECTION = re.compile(r"^(?P<base>.*/collections/[^/]+?)(/items)?(\.(geo)?json)?/?$")
_DEGREES = 4258


class OgcApi:
    """One collection of a service.

    Args:
        url: Address of the service, the collection or its items.
        table: Collection, where the address does not name it.
        area: Bounds in EPSG:31370.
        fetch: Transport.
        page: Features to ask for at once.

    Raises:
        SourceError: There is no such collection.
    """

    def __init__(self, url: str, table: str, area: Bounds | None, fetch: Fetch, page: int) -> None:
        base = urlsplit(url)
        found = _COLLECTION.match(base.path)
        if not found and not table:
            raise SourceError("No collection was named.", url, "Set 'laag'.")
        path = (
            found["base"]
            if found
            else f"{base.path.rstrip('/').removesuffix('/collections')}/collections/{table}"
        )
        self.url = urlunsplit((base.scheme, base.netloc, path, "", ""))
        self._given = {"f": "json", **dict(parse_qsl(base.query))}
        self._area, self._fetch, self._page = area, fetch, page
        about = _json(fetch, f"{self.url}?{urlencode(self._given)}")
        known = [
            name for name in about.get("crs", []) if isinstance(name, str) and name.endswith(f"/{crs.HOME}")
        ]
        self._crs = known[0] if known else None
        self._next: str | None = None

    def page(self, start: int) -> Page:
        """Give the features from position ``start`` on, by the service's own next link where it has one."""
        body = _json(self._fetch, self._next or self._address(start))
        features = body.get("features")
        if not isinstance(features, list):
            raise SourceError(
                "The service does not answer with features.", self.url, f"It says: {str(body)[:200]}"
            )
        links = [link for link in body.get("links", ()) if isinstance(link, dict)]
        self._next = next((link.get("href") for link in links if link.get("rel") == "next"), None)
        matched = body.get("numberMatched")
        said = True if self._next else False if links else None
        return Page(
            _frame(features, crs.HOME if self._crs else _DEGREES),
            matched if isinstance(matched, int) else None,
            said,
        )

    def _address(self, start: int) -> str:
        query: dict[str, Any] = {**self._given, "limit": self._page, "offset": start}
        if self._crs:
            query["crs"] = self._crs
        if self._area is not None:
            bounds = self._area if self._crs else crs.bounds_in(self._area, _DEGREES)
            query["bbox"] = ",".join(f"{value:.{2 if self._crs else 7}f}" for value in bounds)
            if self._crs:
                query["bbox-crs"] = self._crs
        # Reserved marks stay as they are: QGIS Server garbles percent signs in the next link it makes of
        # them.
        return f"{self.url}/items?{urlencode(query, safe=':/,')}"


def _json(fetch: Fetch, url: str) -> dict[str, Any]:
    """Fetch a JSON object; half an answer is asked for once more before it counts as nonsense."""
    body = fetch(url)
    try:
        answer = json.loads(body)
    except ValueError:
        body = fetch(url)
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise SourceError(
                "The service does not answer in JSON.",
                url,
                f"It says: {body[:100]!r}. Correct 'pad', or try again later.",
            ) from error
    if not isinstance(answer, dict):
        raise SourceError("The service does not answer with an object.", url, "Correct 'pad' in wijk.toml.")
    return answer


def _frame(features: list[dict[str, Any]], epsg: int) -> gpd.GeoDataFrame:
    rows = pd.DataFrame([feature.get("properties") or {} for feature in features], index=range(len(features)))
    shapes = [
        shapely.from_geojson(json.dumps(feature["geometry"])) if feature.get("geometry") else None
        for feature in features
    ]
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(shapes, index=rows.index, crs=epsg))
