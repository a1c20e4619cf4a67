"""Putting a delivery into ``wijk.gpkg``: update by key, keep what people decided, all or nothing."""

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd

from .. import raster
from ..catalogue import Layer, load
from ..gpkg import conform, empty_frame, layer_names, read_layer, settle, write_layer
from ..progress import SILENT, Progress
from . import lineage
from .blocks import building_blocks
from .locking import lock
from .store import replace_safely
from .workspace import Wijk


class Delivery(Protocol):
    """What ingest hands over: frames by layer id (with ``bronnen`` and ``afgekeurd``) and rasters."""

    frames: Mapping[str, pd.DataFrame]
    rasters: Mapping[str, raster.Grid]


@dataclass
class ImportReport:
    """What an import changed.

    Attributes:
        path: Where the new content lies; ``wijk.nieuw.gpkg`` if another program held ``wijk.gpkg``.
        changes: New, changed, gone and equal rows by layer.
        vanished: Decisions and visits whose subject no longer exists.
    """

    path: Path
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    vanished: dict[str, int] = field(default_factory=dict)


def import_delivery(wijk: Wijk, delivery: Delivery, moment: str, progress: Progress = SILENT) -> ImportReport:
    """Bring ``wijk.gpkg`` up to date with a delivery.

    Input layers become what was delivered. Visits are a log: delivered rows with a new key are added, rows that are
    there stay as they are. Decisions stay; those on a vanished key are flagged and move only after its lineage is confirmed.

    Args:
        wijk: The wijk.
        delivery: Clean frames and rasters.
        moment: UTC moment that names the copy of the old version.
        progress: Where to report.

    Raises:
        WorkspaceError: The wijk is held by another process, or the folder cannot be written. Nothing has changed then.
    """
    catalogue = load()
    with lock(wijk.folder, "import"):
        for leftover in [*wijk.folder.glob(".wijk_*.gpkg*"), *(wijk.folder / "rasters").glob("*.deel")]:
            leftover.unlink(missing_ok=True)
        old = {id: read_layer(wijk.gpkg, id) for id in layer_names(wijk.gpkg) if id in catalogue.layers}
        frames = _merge(old, delivery.frames)
        files = _write_rasters(wijk.folder / "rasters", delivery.rasters, progress)
        sources = frames["bronnen"]
        sources["raster"] = sources["laag"].map(files).fillna(sources["raster"]).astype("string")
        report = ImportReport(wijk.gpkg)
        part = wijk.folder / f".wijk_{moment}.gpkg"
        progress.stage("wijk.gpkg", len(frames))
        try:
            for id, frame in frames.items():
                progress.check()
                layer = catalogue.layer(id)
                report.changes[id] = _difference(old.get(id, empty_frame(layer)), frame, layer)
                if (
                    len(frame) or layer.kind == "human"
                ):  # people add to these, so they are there from the start
                    write_layer(part, layer, frame)
                progress.advance()
            settle(part)
            report.path = replace_safely(part, wijk.gpkg, moment)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        report.vanished = {
            "besluiten": int(frames["besluiten"]["sleutel_vervallen"].fillna(False).sum()),
            "bezoeken": int(frames["bezoeken"]["woning_vervallen"].fillna(False).sum()),
        }
        _drop_unused_rasters(wijk)
    return report


def _merge(old: Mapping[str, pd.DataFrame], delivered: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of the new ``wijk.gpkg``."""
    catalogue = load()
    frames = {
        layer.id: conform(delivered[layer.id], layer) if layer.id in delivered else empty_frame(layer)
        for layer in catalogue.of_kind("input")
    }
    if frames["bouwblokken"].empty and len(frames["percelen"]):
        blocks, of_parcel = building_blocks(frames["percelen"], frames["adressen"])
        frames["bouwblokken"] = conform(blocks, catalogue.layer("bouwblokken"))
        frames["percelen"]["bouwblok_id"] = pd.array(of_parcel, dtype="string")
    for layer in catalogue.of_kind("human"):
        kept = old.get(layer.id, empty_frame(layer))
        added = conform(delivered[layer.id], layer) if layer.id in delivered else empty_frame(layer)
        key = layer.key[0]
        added = added[~added[key].isin(kept[key])]
        frames[layer.id] = conform(pd.concat([kept, added], ignore_index=True) if len(kept) else added, layer)
    lineage.follow(old, frames)
    return frames


def _difference(old: pd.DataFrame, new: pd.DataFrame, layer: Layer) -> dict[str, int]:
    """How many rows are new, changed, gone and equal."""
    if old.empty and new.empty:
        return {"nieuw": 0, "gewijzigd": 0, "verdwenen": 0, "gelijk": 0}
    before, after = _fingerprints(old, layer), _fingerprints(new, layer)
    common = before.index.intersection(after.index)
    changed = int((before.loc[common].to_numpy() != after.loc[common].to_numpy()).sum())
    return {
        "nieuw": len(after) - len(common),
        "gewijzigd": changed,
        "verdwenen": len(before) - len(common),
        "gelijk": len(common) - changed,
    }


def _fingerprints(frame: pd.DataFrame, layer: Layer) -> pd.Series:
    """A hash of each row's content by key."""
    content = pd.DataFrame({name: frame[name].astype("string").fillna("") for name in layer.fields})
    if isinstance(frame, gpd.GeoDataFrame):
        content["geom"] = frame.geometry.to_wkb(hex=True).astype("string").fillna("")
    hashes = pd.util.hash_pandas_object(content, index=False).to_numpy()
    keys = content[list(layer.key)].agg("\x1f".join, axis=1) if len(content) else pd.Index([], dtype=object)
    return pd.Series(hashes, index=pd.Index(keys, dtype=object))


def _write_rasters(folder: Path, rasters: Mapping[str, raster.Grid], progress: Progress) -> dict[str, str]:
    """Write each raster under a name made from its content, so that the old version keeps its own files."""
    files = {}
    progress.stage("rasters", len(rasters))
    for id, grid in rasters.items():
        progress.check()
        layer = load().layer(id)
        digest = hashlib.sha256(np.ascontiguousarray(grid.values).tobytes())
        digest.update(repr((grid.x_min, grid.y_max, grid.cell)).encode())
        path = folder / f"{id}_{digest.hexdigest()[:12]}.tif"
        if not path.exists():
            folder.mkdir(exist_ok=True)
            part = path.with_suffix(".deel")
            raster.write(part, grid, unit=layer.fields["waarde"].unit, description=layer.title["nl"])
            part.replace(path)
        files[id] = f"rasters/{path.name}"
        progress.advance()
    return files


def _drop_unused_rasters(wijk: Wijk) -> None:
    """Remove rasters that neither ``wijk.gpkg`` nor a reserve copy refers to."""
    copies = [wijk.gpkg, wijk.folder / "wijk.nieuw.gpkg", *(wijk.folder / "reserve").glob("wijk_*.gpkg")]
    used = {name for copy in copies for name in read_layer(copy, "bronnen")["raster"].dropna()}
    for path in (wijk.folder / "rasters").glob("*.tif"):
        if f"rasters/{path.name}" not in used:
            path.unlink(missing_ok=True)
