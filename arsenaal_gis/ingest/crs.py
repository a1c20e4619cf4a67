"""Finds the coordinate system that coordinates are really in, and brings them to Belgian Lambert 72.

Tags lie: Lambert 72 numbers come tagged as WGS 84, Lambert 2008 numbers as Lambert 72, and x and y get
swapped. Coordinates don't: Lambert 72, Lambert 2008 and degrees have ranges far apart within Belgium, and
the wijk tells the rest.
"""

import warnings
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

HOME = 31370
# Systems that Belgian deliveries come in, the likeliest first. WGS 84 stands last of the two geographic ones:
# Flemish services say WGS 84 where they mean ETRS89, which has the better transformation.
_KNOWN = (HOME, 3812, 4258, 3857, 25831)
_SAME_AS = {4326: 4258, 4979: 4258, 4937: 4258, 32631: 25831}
_AT_LEAST_INSIDE = 0.5


@dataclass(frozen=True)
class Operation:
    """How coordinates were brought to Lambert 72.

    Attributes:
        epsg: Code of the system they came in.
        name: Name of the operation as PROJ knows it; empty when none was needed.
        accuracy_m: Stated accuracy in metres; 0 when no datum changes, NaN when unknown.
        grid_missing: Name of the grid that would have given a better accuracy, if it is absent here.
    """

    epsg: int
    name: str = ""
    accuracy_m: float = 0.0
    grid_missing: str = ""


@dataclass(frozen=True)
class Judgement:
    """What coordinates turn out to be.

    Attributes:
        epsg: The system they are in, None when they fit none.
        swapped: x and y stand in the other order.
        contradicts: The delivered tag says otherwise.
    """

    epsg: int | None
    swapped: bool
    contradicts: bool


def identify(tag: str | None) -> int | None:
    """Give the EPSG code of a delivered CRS tag.

    Args:
        tag: WKT, ``EPSG:…`` text or URN, None when the file has none.

    Returns:
        The code (WGS 84 counts as ETRS89), None when there is no tag or no code for it.
    """
    if not tag:
        return None
    try:
        crs = CRS.from_user_input(tag)
    except CRSError:
        return None
    if crs.to_authority() == ("OGC", "CRS84"):
        return 4258
    code = crs.to_epsg(20)
    return None if code is None else _SAME_AS.get(code, code)


@lru_cache
def _home_area() -> tuple[float, float, float, float]:
    return CRS.from_epsg(HOME).area_of_use.bounds


@lru_cache
def _box(epsg: int) -> tuple[float, float, float, float]:
    """Bounds of Belgium in a system, in its easting, northing order."""
    if epsg == 4258:
        return _home_area()
    return Transformer.from_crs(4258, epsg, always_xy=True).transform_bounds(*_home_area())


def judge(
    boxes: np.ndarray, declared: int | None, near: tuple[float, float, float, float] | None = None
) -> Judgement:
    """Find the coordinate system and axis order of features from their coordinates.

    The declared system wins when the features lie in Belgium by it and, where the wijk is known, some of
    them in the wijk. Otherwise the first system that puts features in the wijk is taken, then the first that
    puts them in Belgium.

    Args:
        boxes: Bounds of the features as delivered, shape (n, 4): x_min, y_min, x_max, y_max.
        declared: EPSG code of the tag, if any.
        near: Bounds of the wijk in Lambert 72.

    Returns:
        The judgement; nothing to judge (no boxes) agrees with the tag.
    """
    boxes = np.asarray(boxes, dtype=float).reshape(-1, 4)
    boxes = boxes[np.isfinite(boxes).all(axis=1) & (boxes != 0).any(axis=1)]
    if not len(boxes):
        return Judgement(declared, swapped=False, contradicts=False)
    systems = [declared] * (declared is not None) + [epsg for epsg in _KNOWN if epsg != declared]
    candidates = [(epsg, swapped) for epsg in systems for swapped in (False, True)]
    fitting: list[tuple[bool, float, int, bool]] = []
    for epsg, swapped in candidates:
        seen = boxes[:, [1, 0, 3, 2]] if swapped else boxes
        x_min, y_min, x_max, y_max = _box(epsg)
        middle_x, middle_y = seen[:, [0, 2]].mean(axis=1), seen[:, [1, 3]].mean(axis=1)
        inside = (middle_x >= x_min) & (middle_x <= x_max) & (middle_y >= y_min) & (middle_y <= y_max)
        if inside.mean() < _AT_LEAST_INSIDE:
            continue
        local = near is None or bool(_touches(seen, _from_home(near, epsg)).any())
        fitting.append((local, inside.mean(), epsg, swapped))
    if not fitting:
        return Judgement(None, swapped=False, contradicts=declared is not None)
    best = max(fitting, key=lambda fit: fit[0])
    contradicts = declared is not None and (best[2] != declared or best[3])
    return Judgement(best[2], best[3], contradicts)


def _touches(boxes: np.ndarray, near: tuple[float, float, float, float]) -> np.ndarray:
    return (
        (boxes[:, 0] <= near[2])
        & (boxes[:, 2] >= near[0])
        & (boxes[:, 1] <= near[3])
        & (boxes[:, 3] >= near[1])
    )


def _from_home(bounds: tuple[float, float, float, float], epsg: int) -> tuple[float, float, float, float]:
    return bounds if epsg == HOME else _transformer(HOME, epsg).transform_bounds(*bounds)


def bounds_in(
    bounds: tuple[float, float, float, float], epsg: int, *, swapped: bool = False
) -> tuple[float, float, float, float]:
    """Give bounds in Lambert 72 in the system (and axis order) of a delivery.

    Args:
        bounds: x_min, y_min, x_max, y_max in EPSG:31370.
        epsg: System of the delivery.
        swapped: Whether the delivery has y first.

    Returns:
        Bounds in the delivery's own coordinates.
    """
    x_min, y_min, x_max, y_max = _from_home(bounds, epsg)
    return (y_min, x_min, y_max, x_max) if swapped else (x_min, y_min, x_max, y_max)


@lru_cache
def _transformer(source: int, target: int) -> Transformer:
    with warnings.catch_warnings():
        # The missing grid is reported with its accuracy by operation().
        warnings.simplefilter("ignore", UserWarning)
        return TransformerGroup(source, target, always_xy=True).transformers[0]


@lru_cache
def operation(epsg: int) -> Operation:
    """Tell which operation brings a system to Lambert 72 here, and how accurate it is.

    Args:
        epsg: System of the delivery.

    Returns:
        The operation PROJ offers with the grids that are present.
    """
    if epsg == HOME:
        return Operation(HOME)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        group = TransformerGroup(epsg, HOME, always_xy=True)
    used = group.transformers[0]
    accuracy = used.accuracy if used.accuracy >= 0 else float("nan")
    grids = [grid.short_name for other in group.unavailable_operations for grid in other.grids]
    return Operation(epsg, used.description, accuracy, grids[0] if grids and not group.best_available else "")


def to_home(geometries: np.ndarray, epsg: int, *, swapped: bool = False) -> np.ndarray:
    """Bring geometries to Lambert 72 with the best transformation at hand.

    Args:
        geometries: Shapely geometries, shape (n,), 2-D.
        epsg: System they are in.
        swapped: Whether y stands first.

    Returns:
        Geometries in EPSG:31370, x first.
    """
    if epsg == HOME and not swapped:
        return geometries

    def move(xy: np.ndarray) -> np.ndarray:
        xy = xy[:, ::-1] if swapped else xy
        if epsg == HOME:
            return xy
        return np.column_stack(_transformer(epsg, HOME).transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometries, move)
