"""Shade hour by hour over the model day, as rasters to animate."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..plan.context import PlanContext
from ..raster import write
from .inputs import read_method, read_surface
from .shadow import cast_shadow
from .surface import Surface

# The rasters reach this far outside the wijk, as the heat maps do, metres.
EDGE_M = 50.0


@dataclass(frozen=True)
class ShadeHour:
    """One raster: 1 in the shade, 0 in the sun, no value on roofs.

    Attributes:
        begin: Start of the hour; the sun is that of half past.
        path: GeoTIFF.
    """

    begin: datetime
    path: Path


def in_shade(surface: Surface, azimuth: float, altitude: float) -> npt.NDArray[np.bool_]:
    """Return which cells are in the shade, as the heat maps reckon it: in a shadow or under a crown.

    Args:
        surface: Cells.
        azimuth: Sun azimuth, degrees clockwise from north.
        altitude: Sun altitude, degrees.
    """
    shadow = cast_shadow(surface.top, azimuth, altitude, surface.cell, origin=surface.origin)
    return shadow | surface.under_crown


def write_shade_hours(context: PlanContext, folder: Path) -> list[ShadeHour]:
    """Write one raster for every hour with the sun higher than the heat maps' lowest.

    Args:
        context: The wijk, its settings and where to report.
        folder: Where ``schaduw_<hour UTC>.tif`` come; made if need be.

    Raises:
        MethodError: Heights that are missing or make no sense.
        WorkspaceError: A raster cannot be written.
    """
    surface, method = read_surface(context), read_method(context)
    west, south, east, north = context.wijk.boundary.buffer(EDGE_M).bounds
    part = surface.grid(surface.ground)
    (top, bottom), (left, right) = part.rows_columns([west, east], [north, south])
    at = slice(max(top, 0), bottom + 1), slice(max(left, 0), right + 1)
    walked = surface.window(*at)
    nowhere = walked.roof | ~np.isfinite(walked.ground)
    midnight = datetime.combine(method.day.day, datetime.min.time(), UTC)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    context.progress.stage("Schaduw per uur", len(method.daytime))
    for hour in method.daytime:
        context.progress.check()
        shade = in_shade(surface, hour.azimuth, hour.altitude)[at]
        path = folder / f"schaduw_{hour.utc:02d}u_utc.tif"
        about = {
            "dag": f"{method.day.source} {method.day.day.isoformat()}",
            "zon": f"azimut {hour.azimuth:.1f}°, hoogte {hour.altitude:.1f}°, om {hour.utc:02d}.30 uur UTC",
        }
        values = np.where(nowhere, np.nan, shade).astype(np.float32)
        write(path, walked.grid(values), unit="1 = schaduw", description="schaduw", metadata=about)
        made.append(ShadeHour(midnight + timedelta(hours=hour.utc), path))
        context.progress.advance()
    return made
