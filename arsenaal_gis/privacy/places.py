"""Where dwellings lie: the population at risk, and the units it is counted by."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ..errors import ReleaseRefused
from ..network import walking_network
from .quadtree import cell_bounds, quadtree

UNITS = ("straatzijde", "cel", "sector")
TOTAL = "totaal"
WHOLE = "wijk"
"""Kind and id of the unit of figures over the whole wijk."""


@dataclass(frozen=True)
class Places:
    """Every dwelling of the wijk with its place.

    Attributes:
        rows: ``woning_id``, ``adres_id``, ``x``, ``y``, ``straatzijde_id``, ``sector_id``; null where unknown.
        sides: Lines of the street sides, indexed by ``straatzijde_id``.
        sectors: Outlines of the statistical sectors, indexed by ``sector_id``.
    """

    rows: pd.DataFrame
    sides: gpd.GeoSeries
    sectors: gpd.GeoSeries

    @property
    def weight(self) -> NDArray[np.float64]:
        """Dwellings per row: 0 for a place added by :meth:`with_points`."""
        return self.rows["woning_id"].notna().to_numpy(float)

    def with_points(self, points: gpd.GeoSeries) -> "Places":
        """Add places where nobody lives, such as those of incidents; they count in no group size."""
        x, y = points.x.to_numpy(float), points.y.to_numpy(float)
        extra = pd.DataFrame(
            {"woning_id": None, "adres_id": None, "x": x, "y": y, "straatzijde_id": None, "sector_id": None}
        ).astype({c: object for c in ("woning_id", "adres_id", "straatzijde_id", "sector_id")})
        for column, shapes in (("straatzijde_id", self.sides), ("sector_id", self.sectors)):
            if len(shapes):
                point, shape = shapely.STRtree(shapes.to_numpy()).query_nearest(
                    points.to_numpy(), all_matches=False
                )
                extra.loc[point, column] = shapes.index.to_numpy()[shape]
        return Places(pd.concat([self.rows, extra], ignore_index=True), self.sides, self.sectors)

    def within(self, boundary: shapely.Geometry | None) -> NDArray[np.bool_]:
        """Which dwellings lie in the area that a release is about."""
        if boundary is None:
            return np.ones(len(self.rows), bool)
        shapely.prepare(boundary)
        return np.asarray(
            shapely.intersects_xy(boundary, self.rows["x"].to_numpy(float), self.rows["y"].to_numpy(float))
        )

    def divide(
        self, unit: str, k: int, root: float, smallest: float, inside: NDArray[np.bool_]
    ) -> NDArray[np.object_]:
        """Unit of each dwelling; None outside and where unknown."""
        if unit != "cel":
            ids = self.rows[f"{unit}_id"].astype(object).to_numpy()
            return np.where(inside & ~pd.isna(ids), ids, None)
        result = np.full(len(self.rows), None, dtype=object)
        known = inside & np.isfinite(self.rows["x"].to_numpy(float))
        tree = quadtree(
            self.rows["x"].to_numpy(float)[known],
            self.rows["y"].to_numpy(float)[known],
            k,
            self.weight[known],
            root=root,
            smallest=smallest,
        )
        result[known] = np.array(tree.ids, dtype=object)[tree.leaf]
        return result

    def members(self, unit: str, names: NDArray[np.object_], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which dwellings lie in units of an earlier release.

        Args:
            unit: Kind of unit.
            names: (u,) unit ids.
            inside: (n,) dwellings inside the boundary of that release.

        Returns:
            (u, n) boolean.
        """
        if unit == WHOLE:
            result = [inside] * len(names)
        elif unit == "cel":
            x, y = self.rows["x"].to_numpy(float), self.rows["y"].to_numpy(float)
            result = [(x >= w) & (x < e) & (y >= s) & (y < n) for w, s, e, n in map(cell_bounds, names)]
        else:
            ids = self.rows[f"{unit}_id"].astype(object).to_numpy()
            result = [ids == name for name in names]
        return np.array(result, bool).reshape(len(names), len(self.rows)) & inside

    def shapes(self, unit: str, names: list[str]) -> list[shapely.Geometry]:
        """Geometry of units: a side's line, a cell's square, a sector's outline."""
        if unit == "cel":
            return [shapely.box(*cell_bounds(name)) for name in names]
        return list((self.sides if unit == "straatzijde" else self.sectors).reindex(names))


def locate(frames: Mapping[str, pd.DataFrame]) -> Places:
    """Find the street side and the sector of every dwelling.

    Args:
        frames: Layers ``woningen``; where present ``straten`` and ``sectoren``. Without dwellings, ``adressen``
            stand for them.

    Raises:
        ReleaseRefused: There are neither dwellings nor addresses, so that no group size is known.
    """
    homes = frames.get("woningen")
    homes = frames.get("adressen") if homes is None or homes.empty else homes
    if homes is None or homes.empty:
        raise ReleaseRefused(
            "Zonder woningen of adressen is geen groepsgrootte bekend.",
            "privacy",
            "Lees eerst woningen of adressen in.",
        )
    points = homes.geometry.centroid
    rows = (
        pd.DataFrame(
            {
                "woning_id": homes["woning_id"] if "woning_id" in homes else homes["adres_id"],
                "adres_id": homes["adres_id"],
                "x": points.x,
                "y": points.y,
                "straatzijde_id": None,
                "sector_id": None,
            }
        )
        .astype({"straatzijde_id": object, "sector_id": object})
        .reset_index(drop=True)
    )
    known = np.isfinite(rows["x"].to_numpy(float))
    sides, sectors = gpd.GeoSeries(dtype="geometry"), gpd.GeoSeries(dtype="geometry")
    streets, areas = frames.get("straten"), frames.get("sectoren")
    if streets is not None and len(streets):
        network = walking_network(streets)
        found = network.locate(points[known].to_numpy(), streets=homes["straat"].to_numpy()[known])
        rows.loc[known, "straatzijde_id"] = network.sides["straatzijde_id"].to_numpy()[found.side]
        # A segment that a junction splits has its side in several pieces.
        sides = network.sides.dissolve("straatzijde_id").geometry
    if areas is not None and len(areas):
        sectors = areas.set_index("sector_id").geometry
        place, area = shapely.STRtree(sectors.to_numpy()).query(
            points[known].to_numpy(), predicate="intersects"
        )
        rows.loc[np.flatnonzero(known)[place], "sector_id"] = sectors.index.to_numpy()[area]
    return Places(rows, sides, sectors)
