"""Reads all sources that ``wijk.toml`` names, in the order in which they need each other."""

import datetime as dt
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from .. import raster
from ..catalogue import Catalogue, Layer, Source, load
from ..errors import ArsenaalError
from ..gpkg import conform
from ..progress import SILENT, Progress
from ..wijk import Wijk
from ..wijk.config import SourceSpec
from . import account, assemble, households, incidents, merging, parcels, rasters, services
from .clean import check_spec, clean, wanted_columns
from .delivered import Delivered, Place, open_source, resolve
from .ledger import Ledger
from .report import Report, SourceReport

# Layers that others are joined to come first.
_FIRST = ("wijkgrens", "straten", "percelen", "gebouwen", "adressen", "woningen")
_WIDE = {"groen", "bomen", "water_spoor", "groenblauw", "voorzieningen", "terreinen"}
# The cadastral years are codes; they are decoded after cleaning.
_CADASTRAL_TEXTS = ("bouwjaar", "gewijzigd_jaar")


@dataclass
class Delivery:
    """A delivery read clean, ready to import.

    Attributes:
        frames: Layer id → rows with the catalogue's columns, in EPSG:31370; with ``bronnen`` and
            ``afgekeurd``.
        rasters: Raster layer id → cells of the wijk and its margin.
        report: The report.
    """

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    rasters: dict[str, raster.Grid] = field(default_factory=dict)
    report: Report = field(default_factory=lambda: Report(""))


def read(
    wijk: Wijk,
    progress: Progress = SILENT,
    *,
    fetch: services.Fetch | None = None,
    today: dt.date | None = None,
    keep: bool = True,
) -> Delivery:
    """Read every source of a wijk into clean layers.

    Args:
        wijk: The wijk; its folder gets a dated snapshot of what web services give.
        progress: Where to report.
        fetch: Transport for web services; plain HTTP when None.
        today: Date of new snapshots; the day of the download when None.
        keep: Whether to keep snapshots; without, nothing is written at all.

    Returns:
        The delivery; what cannot be used is in its report, not in an exception.

    Raises:
        ConfigError: ``wijk.toml`` names something that the catalogue does not know.
        Cancelled: The user stopped the work.
    """
    with tempfile.TemporaryDirectory() as scratch:
        return _Reader(wijk, progress, fetch, today, Path(scratch), keep=keep).run()


def check(wijk: Wijk, progress: Progress = SILENT, *, fetch: services.Fetch | None = None) -> Report:
    """Read everything and write nothing.

    Args:
        wijk: The wijk.
        progress: Where to report.
        fetch: Transport for web services; plain HTTP when None.

    Returns:
        The report; its ``exit_code`` is 0 when an import can go ahead, 1 when it cannot.
    """
    return read(wijk, progress, fetch=fetch, keep=False).report


@dataclass
class _One:
    """One source while it is being read."""

    spec: SourceSpec
    source: Source
    report: SourceReport
    delivered: Delivered | None = None
    rows: pd.DataFrame | None = None


class _Reader:
    def __init__(
        self,
        wijk: Wijk,
        progress: Progress,
        fetch: services.Fetch | None,
        today: dt.date | None,
        scratch: Path,
        *,
        keep: bool,
    ) -> None:
        self.wijk = wijk
        self.progress = progress
        self.fetch = fetch
        self.today = today
        self.scratch = scratch
        self.keep = keep
        self.catalogue: Catalogue = load()
        self.delivery = Delivery(report=Report(wijk.config.name))
        self.settings = wijk.settings["inlezen"]
        self.boundary: shapely.Geometry | None = None

    def run(self) -> Delivery:
        sources = self.wijk.config.sources
        names = [name for name in _FIRST if name in sources or name == "woningen"]
        names += [name for name in sources if name not in names]
        self.progress.stage("inlezen", len(names))
        for name in names:
            self.progress.check()
            self.progress.message(name)
            layer = self.catalogue.layer(name)
            if layer.kind == "raster":
                self._raster(layer)
            else:
                self._layer(layer)
            if name == "wijkgrens" and self.boundary is None:
                break
            self.progress.advance()
        if self.boundary is None:
            self._no_boundary()
        self.delivery.frames["afgekeurd"] = account.rejected_rows(self.delivery.report, self.catalogue)
        self.delivery.frames["bronnen"] = account.source_rows(self.delivery.report, self.catalogue)
        return self.delivery

    def _layer(self, layer: Layer) -> None:
        ones = [self._one(layer, spec) for spec in self.wijk.config.sources.get(layer.id, ())]
        if self.boundary is None and layer.id != "wijkgrens":
            return
        for one in ones:
            self._rows(layer, one)
        usable = [
            one
            for one in ones
            if one.rows is not None and len(one.rows.columns) and not one.report.ledger.failed
        ]
        if layer.id == "woningen":
            self._dwellings(layer, usable)
        elif usable:
            self._assembled(layer, usable)
        for one in ones:
            self._describe(layer, one)

    def _one(self, layer: Layer, spec: SourceSpec) -> _One:
        source = layer.source(spec.type)
        return _One(spec, source, self._report(layer, spec, source))

    def _report(self, layer: Layer, spec: SourceSpec, source: Source) -> SourceReport:
        report = SourceReport(layer.id, source.type, spec.path)
        self.delivery.report.sources.append(report)
        return report

    def _rows(self, layer: Layer, one: _One) -> None:
        """Open and clean one source; whatever is wrong with it goes to its account."""
        ledger = one.report.ledger
        self.progress.check()
        try:
            check_spec(layer, one.source, one.spec)
            path = self._path(layer, one)
            wanted = wanted_columns(one.source, one.spec)
            xy = {axis: wanted[axis] for axis in ("x", "y") if axis in wanted}
            with tempfile.TemporaryDirectory(dir=self.scratch) as scratch:
                one.delivered = open_source(one.spec, path, self._place(layer), ledger, Path(scratch), xy=xy)
            one.report.operation, one.report.sha256 = one.delivered.operation, one.delivered.sha256
            raw = (
                _CADASTRAL_TEXTS
                if one.source.type == "kadaster"
                else ("aantal",)
                if layer.id == "incident_tellingen"
                else ()
            )
            one.rows = clean(one.delivered, layer, one.source, one.spec, ledger, texts=raw)
            one.rows = self._clipped(one.rows, layer, ledger)
            for name, value in assemble.CONSTANTS.get(one.source.type, {}).items():
                one.rows[name] = value
        except ArsenaalError as error:
            if not ledger.failed:
                where = f" [{error.where}]" if error.where else ""
                ledger.tell("unreadable", value=f"{error.what}{where}", extra=error.todo)

    def _path(self, layer: Layer, one: _One) -> Path:
        if not services.is_url(one.spec.path):
            return Path(resolve(self.wijk.folder, one.spec.path))
        area = self._place(layer).area
        path, date = services.obtain(
            one.spec, self.wijk.folder, area, self.scratch, fetch=self.fetch, keep=self.keep,
            today=self.today, renew=self.settings["vernieuw_momentopnames"], check=self.progress.check,
        )  # fmt: skip
        if date is not None:
            one.report.ledger.tell("snapshot", value=date.isoformat())
            one.report.date = date
        return path

    def _margin(self, layer: Layer) -> float:
        if layer.kind == "raster":
            return self.settings["rand_omgeving_m" if layer.id.startswith("omgeving_") else "rand_raster_m"]
        return self.settings["rand_omgeving_m" if layer.id in _WIDE else "rand_m"]

    def _place(self, layer: Layer) -> Place:
        return Place(None if self.boundary is None else self.boundary.bounds, self._margin(layer))

    def _clipped(self, rows: pd.DataFrame, layer: Layer, ledger: Ledger) -> pd.DataFrame:
        area = self._place(layer).area
        if area is not None and isinstance(rows, gpd.GeoDataFrame) and len(rows):
            shapes = rows.geometry.to_numpy()
            inside = rows.geometry.isna().to_numpy() | shapely.intersects(shapes, shapely.box(*area))
            ledger.outside += int((~inside).sum())
            rows = rows[inside]
            if not len(rows):
                ledger.tell("nothing_in_wijk")
        if ledger.outside:
            ledger.tell("outside", value=ledger.outside, extra=f"{self._margin(layer):g}")
        return rows

    def _assembled(self, layer: Layer, ones: list[_One]) -> None:
        frames = self.delivery.frames
        spatial = [
            one for one in ones
            if isinstance(one.rows, gpd.GeoDataFrame) and one.source.type not in merging.COMPLETING
        ]  # fmt: skip
        if layer.id == "percelen":
            self._parcels(layer, spatial)
            return
        key = layer.key[0]
        base = spatial if layer.spatial and spatial else ones
        self._completed(layer, base, [one for one in ones if one not in base])
        rows = merging.together([(one.rows, one.report.ledger) for one in base], key)
        ledger, first = base[0].report.ledger, base[0]
        if layer.id == "wijkgrens":
            rows = self._boundary(rows)
        elif layer.id == "straten":
            rows = assemble.streets(rows)
        elif layer.id == "gebouwen":
            rows = assemble.buildings(rows, frames.get("percelen"))
        elif layer.id == "adressen":
            rows = assemble.addresses(
                rows, frames.get("gebouwen"), frames.get("percelen"), self.settings["adres_gebouw_m"], ledger
            )
            self.joined_addresses = rows
        elif layer.id in households.TABLES:
            rows = pd.concat(
                [
                    assemble.household_rows(one.rows, layer, frames.get("woningen"), one.report.ledger)
                    for one in base
                ]
            )
        elif layer.id == "incident_tellingen":
            rows = pd.concat([self._counts(one) for one in base])
        elif layer.id == "incidenten":
            rows["straat"] = self._streets(first, rows) if "straat" in rows else None
        if layer.spatial and not isinstance(rows, gpd.GeoDataFrame):
            ledger.tell("unreadable", value=f"{layer.title['nl']}: geen geometrie.", extra="")
            return
        frames[layer.id] = merging.finish(rows, layer)

    def _completed(self, layer: Layer, base: list[_One], extras: list[_One]) -> None:
        """Add the facts of tables to the rows they are about."""
        key = layer.key[0]
        held = {name for one in base if key in one.rows for name in one.rows[key]}
        for extra in extras:
            if extra.source.type == "grb_tblgbgadr":
                for one in base:
                    one.rows = merging.merge_by_address(one.rows, extra.rows, extra.report.ledger)
            elif key in extra.rows:
                merging.tell_lost(extra.rows, key, held, extra.report.ledger)
                for one in base:
                    one.rows = merging.merge(one.rows, extra.rows, key)
        for one in base:
            one.rows = merging.entity_keys(one.rows, layer, one.source.type)

    def _boundary(self, rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        config = self.wijk.config
        self.boundary = shapely.union_all(rows.geometry.to_numpy())
        name = rows["naam"] if "naam" in rows else pd.Series(None, index=rows.index, dtype=object)
        keys = [config.id] + [f"{config.id}_{number}" for number in range(2, len(rows) + 1)]
        nis = rows["nis_code"] if "nis_code" in rows else config.nis_code or None
        return rows.assign(
            wijk_id=keys, naam=name.fillna(config.name), nis_code=nis, fictief=config.fictitious
        )

    def _parcels(self, layer: Layer, ones: list[_One]) -> None:
        deliveries = []
        for one in ones:
            parcels.tell_overlaps(one.rows, one.report.ledger)
            ending = any(name.casefold() == "einddatum" for name in one.delivered.frame.columns)
            deliveries.append((one.rows, ending))
        if not deliveries:
            return
        rows, block_rows, lineage = assemble.parcel_rows(deliveries)
        frames = self.delivery.frames
        frames["percelen"] = merging.finish(rows, layer)
        frames["bouwblokken"] = merging.finish(block_rows, self.catalogue.layer("bouwblokken"))
        if len(lineage):
            frames["afstamming"] = conform(lineage, self.catalogue.layer("afstamming"))

    def _dwellings(self, layer: Layer, ones: list[_One]) -> None:
        frames = self.delivery.frames
        if "adressen" not in frames or self.boundary is None:
            return
        dumps = [one for one in ones if "capakey" in one.rows]
        owners = [one for one in ones if "adres_id" in one.rows and "capakey" not in one.rows]
        book = (dumps or owners or [_One(None, None, SourceReport("woningen", "", ""))])[0].report.ledger
        tables = [assemble.cadastral_rows(one.rows, one.report.ledger, one.spec.date) for one in dumps]
        empty = assemble.cadastral_rows(pd.DataFrame({"capakey": []}), book)
        rows = assemble.dwelling_rows(
            self.joined_addresses,
            pd.concat(tables) if tables else empty,
            self.boundary,
            frames.get("gebouwen"),
            frames.get("percelen"),
            book,
        )
        for one in owners:
            merging.tell_lost(one.rows, "adres_id", set(rows.adres_id), one.report.ledger)
            rows = merging.merge(rows, one.rows, "adres_id")
        if len(rows):
            frames["woningen"] = merging.finish(rows, layer)

    def _streets(self, one: _One, rows: pd.DataFrame) -> pd.Series:
        known = incidents.known_streets(
            self.delivery.frames.get("straten"), self.delivery.frames.get("adressen")
        )
        return incidents.canonical_streets(
            rows["straat"],
            known,
            one.report.ledger,
            required=False,
            delivered=self._delivered(one, "straat").reindex(rows.index),
        )

    def _counts(self, one: _One) -> pd.DataFrame:
        known = incidents.known_streets(
            self.delivery.frames.get("straten"), self.delivery.frames.get("adressen")
        )
        delivered = pd.DataFrame({name: self._delivered(one, name) for name in ("straat", "aantal")})
        delivered["aantal"] = one.rows["aantal"]
        return assemble.count_rows(one.rows, known, delivered.loc[one.rows.index], one.report.ledger)

    def _delivered(self, one: _One, target: str) -> pd.Series:
        """A column as delivered, by target name."""
        names = {name.casefold(): name for name in one.delivered.frame.columns}
        wanted = wanted_columns(one.source, one.spec)[target]
        return one.delivered.frame[
            next(names[name.casefold()] for name in wanted if name.casefold() in names)
        ]

    def _raster(self, layer: Layer) -> None:
        for spec in self.wijk.config.sources[layer.id]:
            one = self._one(layer, spec)
            if self.boundary is None:
                continue
            try:
                path = Path(resolve(self.wijk.folder, spec.path))
                grid, one.report.operation = rasters.read(
                    spec, layer, path, self._place(layer).area, one.report.ledger
                )
            except ArsenaalError as error:
                if not one.report.ledger.failed:
                    where = f" [{error.where}]" if error.where else ""
                    one.report.ledger.tell("unreadable", value=f"{error.what}{where}", extra=error.todo)
                continue
            one.report.sha256 = rasters.checksum(grid)
            one.report.coverage = rasters.coverage(grid, self.boundary)
            one.report.date = spec.date
            if one.report.coverage == 0:
                one.report.ledger.tell("nothing_in_wijk")
            self.delivery.rasters[layer.id] = grid

    def _describe(self, layer: Layer, one: _One) -> None:
        if one.rows is not None and not one.report.ledger.failed:
            account.describe_rows(
                one.report, layer, one.rows, self.boundary, self.delivery.frames, one.spec.date
            )

    def _no_boundary(self) -> None:
        if not any(report.ledger.failed for report in self.delivery.report.of("wijkgrens")):
            report = SourceReport("wijkgrens", "", "")
            report.ledger.tell("no_boundary")
            self.delivery.report.sources.append(report)
