"""From street centre lines to a walking network with two sides per street."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely.ops import substring

from ..errors import MethodError
from .graph import WalkingNetwork
from .sides import corner, left_normal, side_line, without_repeats

LEFT, RIGHT = 0, 1


def walking_network(
    segments: gpd.GeoDataFrame,
    *,
    half_width_m: float | Sequence[float] = 4.0,
    crossing_s: float | Sequence[float] = 15.0,
    midblock_m: float | Sequence[float] = 50.0,
    obstacles: Sequence[shapely.Geometry] | None = None,
    speed_kmh: float = 4.5,
    snap_m: float = 0.5,
) -> WalkingNetwork:
    """Build the graph on which people walk through a wijk.

    Each segment gets a left and a right pavement. At a junction the pavements of neighbouring streets meet
    in a corner, so that going round the block crosses nothing; crossing a street is a link of its own, at
    each junction and at most every ``midblock_m`` in between, with a waiting time.

    Args:
        segments: Centre lines in a projected CRS in metres, with ``segment_id`` and, to find doors by
            street, ``straat`` (or ``straat_links`` and ``straat_rechts``).
        half_width_m: Distance of the pavement from the centre line (m); one value or one per segment.
        crossing_s: Waiting time per crossing (s); one value or one per segment (0 for a footpath).
        midblock_m: Largest distance between crossings inside a segment (m); ``inf`` forbids them.
        obstacles: Polygons that a pavement may not run through (buildings): it then moves to the centre.
        speed_kmh: Walking speed.
        snap_m: Ends closer than this are one junction; an end this close to another line splits it.

    Returns:
        The network. Empty and zero-length segments are left out of it.

    Raises:
        MethodError: If there is no segment with a length, or a column or CRS is missing.
    """
    if "segment_id" not in segments:
        raise MethodError(
            "The street segments have no column segment_id.", "straten", "Import the streets again."
        )
    if segments.crs is not None and not segments.crs.is_projected:
        raise MethodError("The street segments are not in metres.", str(segments.crs), "Use EPSG:31370.")
    lines, owner = _pieces(segments.geometry.to_numpy(), snap_m)
    if not len(lines):
        raise MethodError("No street segment has a length.", "straten", "Check the layer straten.")
    count = len(segments)
    half = np.broadcast_to(np.asarray(half_width_m, float), count)[owner]
    wait = np.broadcast_to(np.asarray(crossing_s, float), count)[owner]
    spacing = np.broadcast_to(np.asarray(midblock_m, float), count)[owner]
    widths = _clear_widths(lines, half, obstacles)

    coords = [without_repeats(shapely.get_coordinates(line)) for line in lines]
    junctions, ends = _junctions(coords, snap_m)
    node_xy, side_nodes, crossings = _corners(coords, junctions, ends, widths, shapely.length(lines), wait)
    side_lines = [
        shapely.LineString(side_line(xy, widths[k, side], side == LEFT, *node_xy[side_nodes[2 * k + side]]))
        for k, xy in enumerate(coords)
        for side in (LEFT, RIGHT)
    ]
    pieces = segments.iloc[np.repeat(owner, 2)]
    kant = np.tile(["L", "R"], len(lines))
    ids = pieces.segment_id.astype(str).to_numpy()
    street = pieces["straat"].to_numpy(object) if "straat" in pieces else np.full(len(pieces), None)
    if "straat_links" in pieces:
        street = np.where(kant == "L", pieces["straat_links"], pieces["straat_rechts"])
    sides = gpd.GeoDataFrame(
        {
            "straatzijde_id": np.char.add(np.char.add(ids.astype(str), "_"), kant),
            "segment_id": ids,
            "kant": kant,
            "straat": pd.Series([None if pd.isna(name) else str(name) for name in street], dtype=object),
        },
        geometry=side_lines,
        crs=segments.crs,
    )
    return WalkingNetwork.assemble(sides, node_xy, side_nodes, crossings, wait, spacing, speed_kmh / 3.6)


def _pieces(geometries: np.ndarray, snap_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Simple lines, split where another line's end touches them, and the row of each."""
    parts, owner = shapely.get_parts(shapely.line_merge(shapely.force_2d(geometries)), return_index=True)
    keep = shapely.length(parts) > max(snap_m, 1e-3) * 0.02
    parts, owner = parts[keep], owner[keep]
    if not len(parts):
        return parts, owner
    ends = np.concatenate([shapely.get_point(parts, 0), shapely.get_point(parts, -1)])
    point, line = shapely.STRtree(parts).query(ends, predicate="dwithin", distance=snap_m)
    along = shapely.line_locate_point(parts[line], ends[point])
    inside = (along > snap_m) & (along < shapely.length(parts[line]) - snap_m)
    cuts: dict[int, list[float]] = {}
    for k, position in zip(line[inside], along[inside], strict=True):
        cuts.setdefault(int(k), []).append(float(position))
    lines: list[shapely.LineString] = []
    rows: list[int] = []
    for k, part in enumerate(parts):
        stops = [0.0, *sorted(cuts.get(k, [])), part.length]
        stops = [s for i, s in enumerate(stops) if i == 0 or s - stops[i - 1] > snap_m or len(stops) == 2]
        for a, b in zip(stops[:-1], stops[1:], strict=True):
            lines.append(part if len(stops) == 2 else substring(part, a, b))
            rows.append(int(owner[k]))
    return np.array(lines, dtype=object), np.array(rows)


def _clear_widths(
    lines: np.ndarray, half: np.ndarray, obstacles: Sequence[shapely.Geometry] | None
) -> np.ndarray:
    """(k, 2) half width on the left and on the right that stays out of the obstacles."""
    widths = np.repeat(half[:, None], 2, axis=1)
    if obstacles is None or not len(obstacles):
        return widths
    things = np.asarray(obstacles, dtype=object)
    tree = shapely.STRtree(things)
    for side, sign in ((LEFT, 1.0), (RIGHT, -1.0)):
        strip = np.array(
            [
                shapely.buffer(line, sign * h * 1.2, single_sided=True)
                for line, h in zip(lines, half, strict=True)
            ]
        )
        near, thing = tree.query(strip, predicate="intersects")
        room = np.full(len(lines), np.inf)
        np.minimum.at(room, near, shapely.distance(lines[near], things[thing]))
        widths[:, side] = np.clip(0.75 * room, 0.3, half)
    return widths


def _junctions(coords: list[np.ndarray], snap_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Junction points (j, 2) and the junction of each line's begin and end (k, 2)."""
    tips = np.array([[xy[0], xy[-1]] for xy in coords]).reshape(-1, 2)
    pairs = cKDTree(tips).query_pairs(snap_m, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(tips),) * 2)
    total, label = connected_components(links, directed=False)
    points = np.stack(
        [np.bincount(label, tips[:, i], total) / np.bincount(label, minlength=total) for i in (0, 1)], 1
    )
    return points, label.reshape(-1, 2)


def _corners(
    coords: list[np.ndarray],
    junctions: np.ndarray,
    ends: np.ndarray,
    widths: np.ndarray,
    lengths: np.ndarray,
    wait: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int, float]]]:
    """Corner points, the begin and end corner of every side (2k, 2), and crossings (corner, corner, s)."""
    leaving: list[list[tuple[float, int, int, np.ndarray]]] = [[] for _ in junctions]
    for k, xy in enumerate(coords):
        ahead = shapely.LineString(xy)
        for tip in (0, 1):
            reach = min(2 * widths[k].max(), lengths[k] / 2)
            target = ahead.interpolate(reach if tip == 0 else lengths[k] - reach)
            direction = np.array([target.x, target.y]) - junctions[ends[k, tip]]
            direction /= max(np.hypot(*direction), 1e-9)
            leaving[ends[k, tip]].append((float(np.arctan2(direction[1], direction[0])), k, tip, direction))
    node_xy: list[np.ndarray] = []
    side_nodes = np.zeros((2 * len(coords), 2), int)
    crossings: list[tuple[int, int, float]] = []
    for junction, fan in zip(junctions, leaving, strict=True):
        fan.sort(key=lambda item: item[:3])
        first = len(node_xy)
        if len(fan) == 1:  # a dead end: both pavements end square, and one walks around its head
            _, k, tip, u = fan[0]
            near = LEFT if tip == 0 else RIGHT
            across = left_normal(u)
            node_xy += [junction + widths[k, near] * across, junction - widths[k, 1 - near] * across]
            side_nodes[[2 * k + near, 2 * k + 1 - near], tip] = first, first + 1
            crossings.append((first, first + 1, 0.0))
            continue
        for i, (_, k, tip, u) in enumerate(fan):
            _, other, other_tip, v = fan[(i + 1) % len(fan)]
            # Seen from the junction, left of a street that starts here is its left side, else its right.
            near, far = (LEFT if tip == 0 else RIGHT), (RIGHT if other_tip == 0 else LEFT)
            room = 0.5 * min(lengths[k], lengths[other])
            node_xy.append(corner(junction, u, v, widths[k, near], widths[other, far], room))
            side_nodes[2 * k + near, tip] = side_nodes[2 * other + far, other_tip] = first + i
            crossings.append((first + (i - 1) % len(fan), first + i, wait[k]))
    return np.array(node_xy), side_nodes, crossings
