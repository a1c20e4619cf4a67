"""Reads a service page by page until it has nothing more, whatever it says of itself."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import geopandas as gpd
import pandas as pd

from ..errors import SourceError

Bounds = tuple[float, float, float, float]
# More pages than this is a server that never ends: four million parcels are 400 pages.
_MOST_PAGES = 1_000


class Page(NamedTuple):
    """One answer of a service.

    Attributes:
        frame: Features in the order given; geometry in ``geometry``.
        matched: Number that the service says match, if it says so; some saturate it at their page size.
        more: True when the service says that a next page exists, None when it says nothing.
    """

    frame: gpd.GeoDataFrame
    matched: int | None = None
    more: bool | None = None


class Service(Protocol):
    """A service that gives features from a position on."""

    url: str

    def page(self, start: int) -> Page:
        """Give the features from position ``start`` on."""


def read_pages(service: Service, check: Callable[[], None] = lambda: None) -> gpd.GeoDataFrame:
    """Read until a page is short by the service's own measure.

    Services cap their pages below what was asked, leave the number matched out or saturate it; so only three
    things
    end the reading: an empty page, a page shorter than an earlier one, or a service that counts on links and
    gives none.

    Args:
        service: The service.
        check: Raises when the user stops the work.

    Returns:
        All features.

    Raises:
        SourceError: The service repeats itself, or does not come to an end.
    """
    parts: list[gpd.GeoDataFrame] = []
    received, largest, linked = 0, 0, False
    for _ in range(_MOST_PAGES):
        check()
        answer = service.page(received)
        size = len(answer.frame)
        if size and parts and _same(answer.frame, parts[-1]):
            if answer.matched == received:
                break
            raise SourceError(
                "The service gives the same page again: it does not page.",
                service.url,
                "Ask for the file instead.",
            )
        if size:
            parts.append(answer.frame)
        received, largest, linked = received + size, max(largest, size), linked or answer.more is True
        if not size or (linked and not answer.more):
            break
        if not answer.more and size < largest:
            break
    else:
        raise SourceError("The service does not come to an end.", service.url, "Ask for the file instead.")
    if not parts:
        return gpd.GeoDataFrame({"geometry": []}, geometry="geometry")
    rows = pd.concat([pd.DataFrame(part) for part in parts], ignore_index=True)
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=parts[0].crs)


def _same(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    return len(one) == len(other) and bool(
        (one.to_wkb(hex=True).astype(str) == other.to_wkb(hex=True).astype(str)).all(axis=None)
    )
