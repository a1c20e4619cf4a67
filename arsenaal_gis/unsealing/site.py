"""What the search for places looks at: layers of the wijk and rasters, any of which may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from ..catalogue import load
from ..facts import Edges, street_edges
from ..gpkg import empty_frame
from ..raster import Grid
from .shapes import cell_boxes


@dataclass(frozen=True)
class Site:
    """The wijk as the candidate generators see it.

    Attributes:
        layers: Input layers by id, columns as in the catalogue; missing ones are empty.
        boundary: Only places in it count; None for all.
        sealed: Sealed soil, 1 sealed, 0 not.
        roof_height: Surface of ground and buildings (m).
        ground_height: Ground (m), on the cells of ``roof_height``.
        pet: PET by day (°C).
        sun_hours: Hours of sun on the reference day.
        exact: False where a coordinate transformation is too coarse to tell strip widths.
        edges: Where the parcels meet the public domain, if that was found before.
    """

    layers: Mapping[str, gpd.GeoDataFrame]
    boundary: shapely.Geometry | None = None
    sealed: Grid | None = None
    roof_height: Grid | None = None
    ground_height: Grid | None = None
    pet: Grid | None = None
    sun_hours: Grid | None = None
    exact: bool = True
    edges: Edges | None = None
    _empty: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)

    def layer(self, id: str) -> gpd.GeoDataFrame:
        """A layer; no rows where it is missing."""
        if id in self.layers:
            return self.layers[id]
        return self._empty.setdefault(id, empty_frame(load().layer(id)))

    def shapes(self, id: str, column: str = "", *codes: str) -> np.ndarray:
        """Geometries of a layer, of the rows where ``column`` has one of the codes."""
        frame = self.layer(id)
        chosen = frame[frame[column].isin(codes).fillna(False).astype(bool)] if column else frame
        return chosen.geometry.to_numpy()

    @cached_property
    def sealed_cells(self) -> np.ndarray:
        """The sealed cells as boxes."""
        return np.array([], dtype=object) if self.sealed is None else cell_boxes(self.sealed, 1)

    @cached_property
    def parcel_edges(self) -> Edges:
        """Where the parcels meet the public domain."""
        return street_edges(self.shapes("percelen")) if self.edges is None else self.edges

    @cached_property
    def junctions(self) -> np.ndarray:
        """Points where at least three street segments meet."""
        lines = self.shapes("straten")
        if not len(lines):
            return np.array([], dtype=object)
        parts = shapely.get_parts(lines)
        ends = np.concatenate([shapely.get_coordinates(shapely.get_point(parts, k)) for k in (0, -1)])
        places, count = np.unique(np.round(ends, 1), axis=0, return_counts=True)
        return shapely.points(places[count >= 3])


def draft(
    type: str,
    shape: shapely.Geometry,
    key: tuple,
    owner: str,
    verdict: str,
    codes: tuple[str, ...],
    **facts: Any,
) -> dict[str, Any]:
    """One found place before street, block and id are known.

    Args:
        type: Place type of the rule set.
        shape: Polygon.
        key: Business key: what makes this place this place.
        owner: ``openbaar``, ``privaat`` or ``gemengd``.
        verdict: Verdict of the rule set.
        codes: Reason codes of the rule set.
        **facts: Columns of ``onthard_kandidaten`` that this type knows.
    """
    return {
        "type": type, "geometry": shape, "sleutel": key, "eigenaar": owner, "oordeel": verdict,
        "redencodes": codes, **facts,
    }  # fmt: skip
