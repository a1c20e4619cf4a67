"""Web services: all pages of what lies in an area, and a dated snapshot so that a rerun needs no network."""

import datetime as dt
import hashlib
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import geopandas as gpd
import pyogrio

from ..wijk.config import SourceSpec
from .fetch import Fetch, http_fetch, retrying
from .ogcapi import OgcApi
from .paging import Bounds, read_pages
from .wfs import Wfs

PAGE = 10_000
_OGC_API = re.compile(r"/(collections|ogc|oapif|wfs3)\b", re.IGNORECASE)


def is_url(written: str) -> bool:
    """Whether a source is a web service."""
    return written.lower().startswith(("http://", "https://"))


def obtain(
    spec: SourceSpec,
    folder: Path,
    area: Bounds | None,
    scratch: Path,
    *,
    fetch: Fetch | None,
    keep: bool,
    today: dt.date | None = None,
    renew: bool = False,
    check: Callable[[], None] = lambda: None,
) -> tuple[Path, dt.date | None]:
    """Give a local copy of what a service holds within an area.

    Args:
        spec: The source: ``path`` is the URL, ``table`` the feature type or collection.
        folder: The wijk folder, where snapshots are kept.
        area: Bounds in EPSG:31370; None asks for everything.
        scratch: Temporary folder, used where no snapshot is to be written.
        fetch: Transport; plain HTTP when None.
        keep: Whether to keep what is downloaded as a dated snapshot.
        today: Date of a new snapshot; the day of the download when None.
        renew: Ask the service even where a snapshot exists.
        check: Raises when the user stops the work.

    Returns:
        A GeoPackage in the temporary or snapshot folder, and its date (None if it is temporary).

    Raises:
        SourceError: The service cannot be reached, or answers nonsense.
    """
    name = re.sub(r"\W+", "_", f"{spec.layer}_{spec.table}").strip("_").lower()
    mark = hashlib.sha256(f"{spec.path}|{spec.table}|{area}".encode()).hexdigest()[:8]
    kept = folder / "momentopnamen"
    snapshots = sorted(kept.glob(f"{name}_{mark}_*.gpkg"))
    if snapshots and not renew:
        return snapshots[-1], dt.date.fromisoformat(snapshots[-1].stem.rsplit("_", 1)[1])
    frame = download(
        spec.path, spec.table, area, fetch=retrying(fetch or http_fetch, time.sleep), check=check
    )
    target = scratch / f"{name}.gpkg"
    _write(frame, target)
    if not keep:
        return target, None
    # When a download took place is a fact of the clock, like the name of a plan; nothing is computed from it.
    today = today or dt.datetime.now(dt.UTC).date()
    kept.mkdir(exist_ok=True)
    snapshot = kept / f"{name}_{mark}_{today.isoformat()}.gpkg"
    part = snapshot.with_suffix(".deel")
    part.write_bytes(target.read_bytes())
    part.replace(snapshot)
    return snapshot, today


def download(
    url: str,
    table: str,
    area: Bounds | None,
    *,
    fetch: Fetch,
    page: int = PAGE,
    check: Callable[[], None] = lambda: None,
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
        The features, in EPSG:31370 unless the service does not know it.

    Raises:
        SourceError: The service cannot be reached, or answers nonsense.
    """
    kind = OgcApi if _OGC_API.search(urlsplit(url).path) else Wfs
    return read_pages(kind(url, table, area, fetch, page), check)


def _write(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write as delivered, mixed geometry and all."""
    frame = frame.rename(
        columns={name: f"{name}_" for name in frame.columns if name.casefold() in ("fid", "geom")}
    )
    for name in frame.columns.drop("geometry"):
        if frame[name].map(lambda one: isinstance(one, (list, dict))).any():
            frame[name] = frame[name].map(json.dumps)
    path.unlink(missing_ok=True)
    pyogrio.write_dataframe(
        frame,
        path,
        driver="GPKG",
        layer="features",
        geometry_type="Unknown",
        dataset_options={"VERSION": "1.2"},
        layer_options={"GEOMETRY_NAME": "geom"},
    )
