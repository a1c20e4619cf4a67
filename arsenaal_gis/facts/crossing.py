"""The widths of one street where a line crosses it: facade to facade, carriageway, footways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from .footways import measure_footways, stretches
from .yards import Edges

# Pieces of carriageway and parking closer together than this are one.
_JOIN_M = 0.3


@dataclass(frozen=True)
class Crossing:
    """Distances along the line, metres from its start; nan where unknown.

    Attributes:
        facades: The last building before the centre and the first after it.
        carriageway: Where the carriageway with its parking begins and ends.
        footways: Width on the left and right, metres.
        sources: What told those widths, as in :class:`.footways.Footways`.
        footway_ends: Where each footway begins (at the parcel or facade line) and ends, left and right.
    """

    facades: tuple[float, float]
    carriageway: tuple[float, float]
    footways: tuple[float, float]
    sources: tuple[str, str]
    footway_ends: tuple[tuple[float, float], tuple[float, float]]


def measure_crossing(
    line: shapely.LineString,
    centre: float,
    *,
    parcels: Sequence[shapely.Geometry] = (),
    buildings: Sequence[shapely.Geometry] = (),
    surface: Mapping[str, Sequence[shapely.Geometry]] | None = None,
    kerbs: Sequence[shapely.Geometry] = (),
) -> Crossing:
    """Measure a street along a straight line; footways as for the street facts (:mod:`.footways`).

    Args:
        line: Straight, across the street.
        centre: A place on the street, metres from the line's start.
        parcels: Parcels.
        buildings: Buildings.
        surface: ``rijbaan`` (carriageway and parking) and ``voetpad`` polygons.
        kerbs: Kerb lines.
    """
    surface = surface or {}
    road, walk = surface.get("rijbaan", ()), surface.get("voetpad", ())
    facades = _around(line, buildings, centre)
    lots = _around(line, parcels, centre)
    start, end = shapely.get_coordinates(line)[[0, -1]]
    along = (end - start) / np.hypot(*(end - start))
    widths, sources, ends = [np.nan, np.nan], ["geen", "geen"], [(np.nan, np.nan)] * 2
    for side, (at, outward) in enumerate(zip(lots, (along, -along), strict=True)):
        if np.isnan(at):
            continue
        place = (start + along * at)[None]
        edge = Edges(np.zeros(1, int), place, place, outward[None])
        found = measure_footways(edge, footways=walk, kerbs=kerbs, carriageways=road, buildings=buildings)
        widths[side], sources[side] = float(found.width_m[0]), str(found.source[0])
        begin = facades[side] if _stands_out(facades[side], at, side) else at
        ends[side] = (begin, begin + (1 - 2 * side) * widths[side])
    return Crossing(facades, _holding(line, road, centre), tuple(widths), tuple(sources), tuple(ends))


def _around(
    line: shapely.LineString, shapes: Sequence[shapely.Geometry], centre: float
) -> tuple[float, float]:
    """End of the last shape before a place and begin of the first after it; nan where there is none, or where
    the place lies inside one.
    """
    _, begin, end = stretches(np.array([line]), shapely.get_coordinates(line)[:1], shapes)
    if ((begin < centre) & (centre < end)).any():
        return np.nan, np.nan
    before, after = end[end <= centre], begin[begin >= centre]
    return (float(before.max()) if before.size else np.nan, float(after.min()) if after.size else np.nan)


def _holding(
    line: shapely.LineString, shapes: Sequence[shapely.Geometry], centre: float
) -> tuple[float, float]:
    """Begin and end of the joined stretch that holds a place; nan where none does."""
    _, begins, ends = stretches(np.array([line]), shapely.get_coordinates(line)[:1], shapes)
    joined: list[list[float]] = []
    for begin, end in zip(begins, ends, strict=True):
        if joined and begin <= joined[-1][1] + _JOIN_M:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([begin, end])
    found = [pair for pair in joined if pair[0] - _JOIN_M <= centre <= pair[1] + _JOIN_M]
    return (float(found[0][0]), float(found[0][1])) if found else (np.nan, np.nan)


def _stands_out(facade: float, lot: float, side: int) -> bool:
    """Whether the facade stands over the parcel line, on the street's side of it."""
    return (facade > lot) if side == 0 else (facade < lot)
