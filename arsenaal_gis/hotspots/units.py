"""Spatial units of the hotspot maps: street segments, whole streets, hexagons of 100 m."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy import sparse

from .neighbours import as_adjacency, sharing_a_node, within_distance

HEXAGON_M = 100.0  # flat to flat


@dataclass(frozen=True)
class Units:
    """Units of one kind.

    Attributes:
        kind: 'segment', 'straat' or 'hexagon'.
        ids: (n,) names.
        street: (n,) street name; None for hexagons.
        shapes: (n,) geometries.
        size: (n,) street length (m) or area (m2).
        dwellings: (n,) dwellings; nan where nothing is known.
        adjacency: (n, n) neighbours.
    """

    kind: str
    ids: np.ndarray
    street: np.ndarray
    shapes: np.ndarray
    size: np.ndarray
    dwellings: np.ndarray
    adjacency: sparse.csr_matrix

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def centres(self) -> np.ndarray:
        """(n, 2) a point on or in each unit."""
        return shapely.get_coordinates(shapely.centroid(self.shapes))


def end_nodes(streets: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Node numbers at begin and end of each segment, from its end points (1 cm).

    Args:
        streets: Layer ``straten``.

    Returns:
        Two (n,) arrays of whole numbers.
    """
    lines = streets.geometry.to_numpy()
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, k)) for k in (0, -1)])
    _, node = np.unique(np.round(ends, 2), axis=0, return_inverse=True)
    node = node.ravel()
    return node[: len(lines)], node[len(lines) :]


def segments(streets: gpd.GeoDataFrame, dwellings: gpd.GeoSeries | None) -> Units:
    """Make a unit of each street segment.

    Args:
        streets: Layer ``straten``.
        dwellings: A point per dwelling, counted at the nearest segment; None = unknown.

    Returns:
        The segments; neighbours meet in a junction.
    """
    lines = streets.geometry.to_numpy()
    count = np.full(len(lines), np.nan)
    if dwellings is not None and len(lines):
        count = np.bincount(nearest(lines, dwellings.to_numpy()), minlength=len(lines)).astype(float)
    return Units(
        "segment",
        streets["segment_id"].to_numpy(dtype=object),
        streets["straat"].to_numpy(dtype=object, na_value=None),
        lines,
        shapely.length(lines),
        count,
        sharing_a_node(*end_nodes(streets)) if len(lines) else as_adjacency([], 0),
    )


def whole_streets(parts: Units) -> Units:
    """Join segments of one name into one unit; segments without a name are left out.

    Args:
        parts: The segments.

    Returns:
        The streets by name; neighbours share a junction.
    """
    named = np.flatnonzero(pd.notna(parts.street))
    names, street = np.unique(parts.street[named].astype(str), return_inverse=True)
    street = street.ravel()
    member = sparse.csr_matrix((np.ones(len(named)), (street, named)), shape=(len(names), len(parts)))
    order = np.argsort(street, kind="stable")
    shapes = (
        shapely.multilinestrings(parts.shapes[named][order], indices=street[order]) if len(named) else named
    )
    return Units(
        "straat",
        names.astype(object),
        names.astype(object),
        np.asarray(shapes, dtype=object),
        member @ parts.size,
        member @ parts.dwellings,
        as_adjacency(member @ parts.adjacency @ member.T, len(names)),
    )


def hexagons(boundary: shapely.Geometry, dwellings: gpd.GeoSeries | None, width: float = HEXAGON_M) -> Units:
    """Cover the wijk with hexagons whose grid is fixed at the origin of the CRS.

    Args:
        boundary: The wijk; hexagons are whole, kept where their centre lies in it or they touch it.
        dwellings: A point per dwelling; None = unknown.
        width: Distance between flat sides, metres.

    Returns:
        The hexagons; neighbours share a side. Names hold column and row of the fixed grid.
    """
    side = width / np.sqrt(3)
    x_min, y_min, x_max, y_max = boundary.bounds
    column = np.arange(np.floor(x_min / width) - 1, np.ceil(x_max / width) + 2)
    row = np.arange(np.floor(y_min / (1.5 * side)) - 1, np.ceil(y_max / (1.5 * side)) + 2)
    column, row = (grid.ravel() for grid in np.meshgrid(column, row))
    centre = np.column_stack([(column + 0.5 * (row % 2)) * width, row * 1.5 * side])
    angle = np.radians(np.arange(6) * 60 + 30)
    corner = np.column_stack([np.cos(angle), np.sin(angle)]) * side
    shapes = shapely.polygons(np.round(centre[:, None] + corner, 4))
    keep = shapely.intersects(boundary, shapes)
    shapes, centre = shapes[keep], centre[keep]
    count = np.full(len(shapes), np.nan)
    if dwellings is not None:
        where = inside(shapes, dwellings.to_numpy())
        count = np.bincount(where[where >= 0], minlength=len(shapes)).astype(float)
    ids = np.array(
        [f"hex_{int(c)}_{int(r)}" for c, r in zip(column[keep], row[keep], strict=True)], dtype=object
    )
    return Units(
        "hexagon",
        ids,
        np.full(len(ids), None, dtype=object),
        shapes,
        shapely.area(shapes),
        count,
        within_distance(centre, 1.01 * width),
    )


def nearest(shapes: np.ndarray, points: np.ndarray, limit: float = np.inf) -> np.ndarray:
    """Index of the nearest shape to each point; -1 beyond ``limit`` metres or where there is none."""
    out = np.full(len(points), -1)
    if len(shapes) and len(points):
        tree = shapely.STRtree(shapes)
        (point, shape), distance = tree.query_nearest(points, all_matches=False, return_distance=True)
        out[point[distance <= limit]] = shape[distance <= limit]
    return out


def inside(shapes: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Index of the polygon that covers each point, the lowest where two do; -1 where none does."""
    point, shape = shapely.STRtree(shapes).query(points, predicate="intersects")
    order = np.lexsort((-shape, point))
    out = np.full(len(points), -1)
    out[point[order]] = shape[order]
    return out
