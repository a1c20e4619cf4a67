"""Repairs delivered geometry and counts what was done."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import shapely

_DIMENSION = {"Point": 0, "LineString": 1, "Polygon": 2}
# shapely 2.0 knows one method only; on the shapes that were seen the areas are the same.
_BY_STRUCTURE = {"method": "structure", "keep_collapsed": False} if shapely.__version__ >= "2.1" else {}


class Repaired(NamedTuple):
    """Geometry fit for use.

    Attributes:
        geometry: Shapely geometries of the wanted type, shape (n,); None where nothing usable was left.
        repaired: Rows that were invalid and were made valid.
        area_change_m2: New minus old area of the repaired rows, 0 elsewhere.
        wrong_type: Rows that hold another type of geometry.
        missing: Rows without geometry, or with one at the origin (0, 0).
    """

    geometry: np.ndarray
    repaired: np.ndarray
    area_change_m2: np.ndarray
    wrong_type: np.ndarray
    missing: np.ndarray


def absent(geometries: np.ndarray) -> np.ndarray:
    """Find null, empty and non-finite geometries, and those that lie wholly at the origin.

    Args:
        geometries: Shapely geometries, shape (n,).

    Returns:
        Boolean mask, shape (n,).
    """
    bounds = shapely.bounds(geometries)
    return ~np.isfinite(bounds).all(axis=1) | (np.abs(bounds) < 1e-6).all(axis=1)


def repair(geometries: np.ndarray, kind: str) -> Repaired:
    """Make geometries valid, of one type, in the plane.

    Self-intersecting polygons are rebuilt from their rings ("structure": what a ring encloses stays
    enclosed, what two rings enclose does not count twice); leftover points and lines of a polygon are
    dropped.

    Args:
        geometries: Shapely geometries, shape (n,), in metres.
        kind: Wanted type, as in the catalogue (``Point`` … ``MultiPolygon``).

    Returns:
        The geometries and what happened to them.
    """
    single = kind.removeprefix("Multi")
    dimension = _DIMENSION[single]
    missing = absent(geometries)
    out = np.where(missing, None, geometries)
    invalid = ~missing & ~shapely.is_valid(out)
    before = shapely.area(out)
    out[invalid] = shapely.make_valid(out[invalid], **_BY_STRUCTURE)
    # GEOS 3.13 leaves two parts of a ring side by side, which is no valid multipolygon.
    for row in np.flatnonzero(invalid & ~shapely.is_valid(out)):
        out[row] = shapely.union_all(shapely.get_parts(out[row]))
    mixed = np.flatnonzero(shapely.get_type_id(out) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for row in mixed:
        parts = shapely.get_parts(out[row])
        out[row] = shapely.union_all(parts[shapely.get_dimensions(parts) == dimension])
    emptied = ~missing & shapely.is_empty(out)
    wrong = ~missing & ((shapely.get_dimensions(out) != dimension) | emptied)
    out[wrong] = None
    change = np.nan_to_num(np.where(invalid & ~wrong, shapely.area(out) - before, 0.0))
    return Repaired(_as_kind(out, kind), invalid & ~wrong, change, wrong, missing)


def _as_kind(geometries: np.ndarray, kind: str) -> np.ndarray:
    out = geometries.copy()
    if kind.startswith("Multi"):
        build = {"MultiPoint": shapely.multipoints, "MultiLineString": shapely.multilinestrings}.get(
            kind, shapely.multipolygons
        )
        for row in np.flatnonzero(shapely.get_num_geometries(out) >= 1):
            if not out[row].geom_type.startswith("Multi"):
                out[row] = build([out[row]])
        return out
    for row in np.flatnonzero((shapely.get_num_geometries(out) >= 1) & (shapely.get_type_id(out) >= 4)):
        parts = shapely.get_parts(out[row])
        out[row] = parts[0] if len(parts) == 1 else max(parts, key=lambda part: (part.area, part.length))
    return out


def overlaps(geometries: np.ndarray, tolerance_m2: float = 0.1) -> pd.DataFrame:
    """Find pairs of polygons that overlap though they should not.

    Args:
        geometries: Valid polygons, shape (n,); None allowed.
        tolerance_m2: Overlap that is still taken for rounding.

    Returns:
        Columns ``first``, ``second`` (positions, first < second) and ``area_m2``, by position.
    """
    left, right = shapely.STRtree(geometries).query(geometries, predicate="intersects")
    pairs = left < right
    left, right = left[pairs], right[pairs]
    area = shapely.area(shapely.intersection(geometries[left], geometries[right]))
    found = pd.DataFrame({"first": left, "second": right, "area_m2": area})
    return found[found.area_m2 > tolerance_m2].sort_values(["first", "second"], ignore_index=True)
