"""Sums up what became of each source: dates, completeness, coverage, and the tables that keep it."""

import datetime as dt
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..catalogue import Catalogue, Layer
from ..gpkg import conform
from ..keys import stable_id
from .report import Report, SourceReport, describe

_DATES = ("versie_datum", "datum", "maand")
# Coverage is looked up on so many points along the longer side of the wijk; a feature must be this near.
_COVERAGE_POINTS, _COVERAGE_REACH_M = 100, 50.0


def describe_rows(
    report: SourceReport,
    layer: Layer,
    rows: pd.DataFrame,
    boundary: shapely.Geometry | None,
    frames: Mapping[str, pd.DataFrame],
    stated: dt.date | None,
) -> None:
    """Add date, completeness and coverage to the report of a source.

    Args:
        report: Report of the source.
        layer: Layer it feeds.
        rows: Its clean rows, by row number.
        boundary: Outline of the wijk.
        frames: Layers assembled so far.
        stated: Date that ``wijk.toml`` states; else the newest date in the rows counts.
    """
    used = rows[~rows.index.isin(list(report.ledger.rejected))]
    report.date = stated or report.date or _newest([used[name] for name in _DATES if name in used])
    if len(used):
        shares = {name: 100.0 * used[name].notna().mean() for name in used.columns if name in layer.fields}
        report.completeness = {name: shares[name] for name in layer.fields if name in shares}
    if layer.id != "wijkgrens" and boundary is not None:
        report.coverage = coverage(used, layer.id, boundary, frames)


def _newest(dates: list[pd.Series]) -> dt.date | None:
    known = [day for column in dates for day in column.dropna().tolist()]
    return max((day.date() if isinstance(day, dt.datetime) else day for day in known), default=None)


def coverage(
    used: pd.DataFrame, layer: str, boundary: shapely.Geometry, frames: Mapping[str, pd.DataFrame]
) -> float | None:
    """Share of the wijk that lies near a row; of its dwellings or streets, for tables about those.

    Args:
        used: Rows of one source.
        layer: Layer they feed.
        boundary: Outline of the wijk.
        frames: Layers assembled so far.

    Returns:
        0-100, None where it means nothing.
    """
    if isinstance(used, gpd.GeoDataFrame):
        x_min, y_min, x_max, y_max = boundary.bounds
        step = max(x_max - x_min, y_max - y_min) / _COVERAGE_POINTS
        x, y = np.meshgrid(np.arange(x_min + step / 2, x_max, step), np.arange(y_min + step / 2, y_max, step))
        shapely.prepare(boundary)
        inside = shapely.contains_xy(boundary, x.ravel(), y.ravel())
        points = shapely.points(x.ravel()[inside], y.ravel()[inside])
        if not len(points):
            return None
        shapes = used.geometry.dropna().to_numpy()
        near = shapely.STRtree(shapes).query(points, predicate="dwithin", distance=_COVERAGE_REACH_M)[0]
        return 100.0 * len(np.unique(near)) / len(points)
    dwellings = frames.get("woningen")
    if "adres_id" in used and dwellings is not None and len(dwellings):
        return 100.0 * dwellings.adres_id.isin(set(used.adres_id)).mean()
    if layer == "incident_tellingen" and "straten" in frames and "straat" in used:
        names = set(frames["straten"].straat.dropna().str.casefold())
        told = set(used.straat.dropna().str.casefold())
        return 100.0 * len(names & told) / len(names) if names else None
    return None


def rejected_rows(report: Report, catalogue: Catalogue) -> pd.DataFrame:
    """List every rejected row with its source, number, field, value and reason (layer ``afgekeurd``)."""
    rows = [
        {
            "afgekeurd_id": stable_id("afgekeurd", number, source.layer, source.path, row),
            "laag": source.layer,
            "bron": source.path,
            "rij": row,
            "veld": finding.field or None,
            "waarde": finding.value or None,
            "reden": describe(finding)[0],
        }
        for number, source in enumerate(report.sources)
        for row, finding in sorted(source.ledger.rejected.items())
    ]
    layer = catalogue.layer("afgekeurd")
    return conform(pd.DataFrame(rows, columns=list(layer.fields)), layer)


def source_rows(report: Report, catalogue: Catalogue) -> pd.DataFrame:
    """List every source with its checksum, counts, transformation and licence (layer ``bronnen``)."""
    layer = catalogue.layer("bronnen")
    rows = []
    for number, source in enumerate(report.sources):
        described, operation, ledger = catalogue.layer(source.layer), source.operation, source.ledger
        titles = {one.type: one.title["nl"] for one in described.sources}
        rows.append(
            {
                "bron_id": stable_id("bron", source.layer, source.path, source.type, number),
                "laag": source.layer,
                "soort": source.type,
                "naam": titles.get(source.type, source.type),
                "pad": source.path,
                "datum": source.date,
                "sha256": source.sha256 or None,
                "rijen_gelezen": ledger.read,
                "rijen_gebruikt": ledger.used,
                "rijen_hersteld": len(ledger.repaired),
                "rijen_afgekeurd": len(ledger.rejected),
                "crs": None if operation is None else f"EPSG:{operation.epsg}",
                "transformatie": None if operation is None else operation.name or None,
                "nauwkeurigheid_m": None if operation is None else operation.accuracy_m,
                "dekking_pct": source.coverage,
                "bronvermelding": described.attribution,
                "licentie": described.licence,
            }
        )
    return conform(pd.DataFrame(rows, columns=[name for name in layer.fields if name != "raster"]), layer)
