"""Heat at the places people ask about: dwellings, street sides and hexagons."""

from collections.abc import Callable
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..network import Positions, boundary_points
from ..plan.context import PlanContext
from .engine import HeatMaps
from .exposure import Cells, axial, discs, exposure, hexagon_polygons, hexagons, ribbons
from .green_rule import TREE_FROM_M, local_tops, visible_trees
from .inputs import HeatInputs
from .ranking import finish

HEX_M = 25.0
CANOPY_HEX_M = 100.0
STREET_HALF_WIDTH_M = 3.0
STRICT_GREEN_M2 = 10_000.0


class Places:
    """Reads the maps at places of a wijk and makes the result layers."""

    def __init__(self, context: PlanContext, inputs: HeatInputs, maps: HeatMaps) -> None:
        self.context, self.inputs, self.maps = context, inputs, maps
        self.settings = context.settings["hitte"]
        self.weather = f"{inputs.method.day.source} {inputs.method.day.day.isoformat()}"

    def homes(self) -> gpd.GeoDataFrame:
        """Return ``hitte_woning``."""
        context, settings = self.context, self.settings
        homes = context.inside("woningen").reset_index(drop=True)
        frame = homes[["woning_id", "adres_id", "straat", "geom"]].copy()
        xy = shapely.get_coordinates(homes.geometry.to_numpy())
        exposed = self._exposed(discs(xy, settings["omgeving_woning_m"], self.inputs.surface), xy)
        doors = self._doors(homes)
        if doors is not None:
            frame["straatzijde_id"] = context.network.sides.straatzijde_id.iloc[doors.side].to_numpy()
        far = self._walks(doors, len(homes))
        for name, metres in far.items():
            frame[name] = metres
        frame["bomen_in_zicht"] = self._trees_in_view(xy, settings["omgeving_woning_m"])
        frame["kroon_buurt_pct"] = 100.0 * self._canopy_around(xy)
        frame["regel_3"] = _yes_no(frame.bomen_in_zicht, lambda n: n >= settings["bomen_in_zicht"])
        frame["regel_30"] = _yes_no(frame.kroon_buurt_pct, lambda share: share >= settings["kroon_pct"])
        frame["regel_300"] = _yes_no(frame.groen_m, lambda metres: metres <= settings["groen_afstand_m"])
        traits = pd.DataFrame(
            {
                "oud": homes.bouwjaar.lt(1946).astype(float).where(homes.bouwjaar.notna()),
                "huur": homes.eigendom.isin(["huur", "sociale_huur"])
                .astype(float)
                .where(homes.eigendom.ne("onbekend")),
                "geen_koelte": (far["koele_plek_m"] > settings["groen_afstand_m"]).astype(float),
                "geen_groen": (far["groen_m"] > settings["groen_afstand_m"]).astype(float),
                "weinig_schaduw": 1.0 - exposed.shade_share,
            }
        )
        self._traits = traits
        return self._finish(frame, exposed, traits, "hitte_woning")

    def streets(self, homes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return ``hitte_straat``, with the dwellings of ``hitte_woning`` counted by side."""
        context = self.context
        segments = context.inside("straten")
        if segments.empty:
            context.warn("Geen straten ingelezen: geen hitte per straatzijde.")
            return gpd.GeoDataFrame({"straatzijde_id": []}, geometry=[], crs=31370).rename_geometry("geom")
        sides = context.network.sides
        sides = sides[sides.segment_id.isin(segments.segment_id)]
        sides = sides.dissolve("straatzijde_id", as_index=False)  # a side can stand in pieces
        frame = gpd.GeoDataFrame(
            sides[["straatzijde_id", "segment_id", "straat", "kant"]], geometry=sides.geometry, crs=31370
        )
        frame = frame.rename_geometry("geom")
        lines = sides.geometry.to_numpy()
        frame["lengte_m"] = shapely.length(lines)
        middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
        exposed = self._exposed(ribbons(lines, STREET_HALF_WIDTH_M, self.inputs.surface), middle)
        by_side = homes.groupby("straatzijde_id")
        frame["woningen"] = by_side.size().reindex(frame.straatzijde_id).fillna(0).astype(int).to_numpy()
        for rule in ("regel_3", "regel_30", "regel_300"):
            known = homes[rule].ne("onbekend")
            share = 100.0 * homes[rule].eq("ja")[known].groupby(homes.straatzijde_id[known]).mean()
            frame[f"{rule}_pct"] = share.reindex(frame.straatzijde_id).to_numpy()
        frame["koele_plek_m"] = by_side.koele_plek_m.mean().reindex(frame.straatzijde_id).to_numpy()
        traits = (
            self._traits.groupby(homes.straatzijde_id.to_numpy())
            .mean()
            .reindex(frame.straatzijde_id)
            .reset_index(drop=True)
        )
        return self._finish(frame, exposed, traits, "hitte_straat")

    def hexes(self) -> gpd.GeoDataFrame:
        """Return ``hitte_hex`` over the wijk: physical heat, no people."""
        surface = self.inputs.surface
        cells, q_r = hexagons(surface, HEX_M)
        polygons = hexagon_polygons(q_r, HEX_M)
        inside = shapely.intersects(self.context.wijk.boundary, polygons)
        number = np.where(inside, np.cumsum(inside) - 1, -1)
        wanted = inside[cells.place]
        cells = Cells(number[cells.place[wanted]], cells.row[wanted], cells.column[wanted], int(inside.sum()))
        q_r, polygons = q_r[inside], polygons[inside]
        exposed = self._exposed(cells, shapely.get_coordinates(shapely.centroid(polygons)))
        frame = gpd.GeoDataFrame(
            {"hex_id": [f"{q}_{r}" for q, r in q_r]}, geometry=polygons, crs=31370
        ).rename_geometry("geom")
        frame["buitenruimte_m2"] = exposed.cells * surface.cell**2
        some = (exposed.cells > 0).to_numpy()  # a hexagon of roofs has no outdoor heat
        frame, exposed = frame[some].reset_index(drop=True), exposed[some].reset_index(drop=True)
        return self._finish(frame, exposed, pd.DataFrame(index=frame.index), "hitte_hex", {}).drop(
            columns="kwetsbaarheid"
        )

    def _exposed(self, cells: Cells, xy: np.ndarray) -> pd.DataFrame:
        method, maps = self.inputs.method, self.maps
        return exposure(
            cells,
            xy,
            maps.pet,
            maps.sky,
            self.inputs.surface,
            maps.air,
            method.afternoon,
            len(method.daytime),
            self.settings["drempel_pet_c"],
        )

    def _finish(
        self,
        frame: gpd.GeoDataFrame,
        exposed: pd.DataFrame,
        traits: pd.DataFrame,
        id: str,
        weights: dict | None = None,
    ) -> gpd.GeoDataFrame:
        weights = self.settings["kwetsbaarheid"] if weights is None else weights
        return finish(
            frame, exposed, traits, weights, self.inputs.surface.level, self.weather, self.context.random(id)
        )

    def _doors(self, homes: gpd.GeoDataFrame) -> Positions | None:
        if self.context.layer("straten").empty or homes.empty:
            return None
        return self.context.network.locate(homes.geometry.to_numpy(), streets=homes.straat.tolist())

    def _walks(self, doors: Positions | None, count: int) -> dict[str, np.ndarray]:
        """Metres on foot to the nearest cool place and to green; nan where there is none, or no way to it."""
        facilities, green = self.context.layer("voorzieningen"), self.context.layer("groen")
        cool = facilities.geometry[facilities.soort.eq("koele_plek")] if len(facilities) else []
        usable = green[green.toegankelijk.ne("nee")] if len(green) else green
        area = shapely.area(usable.geometry.to_numpy()) if len(usable) else np.zeros(0)
        targets = {
            "koele_plek_m": np.asarray(cool, object),
            "groen_m": _edges(usable, area >= self.settings["groen_minstens_m2"]),
            "groen_1ha_m": _edges(usable, area >= STRICT_GREEN_M2),
        }
        far = {}
        for name, points in targets.items():
            if doors is None or not len(points):
                far[name] = np.full(count, np.nan)
                continue
            metres, _ = self.context.network.nearest(doors, self.context.network.locate(points))
            far[name] = np.where(np.isfinite(metres), metres, np.nan)
        if not len(targets["koele_plek_m"]):
            self.context.warn("Geen koele plekken ingelezen: de afstand ertoe is onbekend.")
        return far

    @cached_property
    def _trees(self) -> np.ndarray:
        """(m, 3) x, y, height: the inventory if it has heights, else the tops of the crowns."""
        trees = self.context.layer("bomen")
        if len(trees) and trees.hoogte_m.notna().mean() > 0.5:
            height = trees.hoogte_m.fillna(self.settings["boomhoogte_m"]).to_numpy(float)
            return np.column_stack([shapely.get_coordinates(trees.geometry.to_numpy()), height])
        return local_tops(self.inputs.surface)

    def _trees_in_view(self, xy: np.ndarray, distance: float) -> np.ndarray:
        return visible_trees(xy, self._trees, self.inputs.surface, distance)

    def _canopy_around(self, xy: np.ndarray) -> np.ndarray:
        """Share under crowns of 3 m and more in the 100 m hexagon that holds each point."""
        surface = self.inputs.surface
        cells, q_r = hexagons(surface, CANOPY_HEX_M)
        share = cells.within(np.isfinite(surface.ground)).mean(surface.crown >= TREE_FROM_M)
        of = {(int(q), int(r)): value for (q, r), value in zip(q_r, share, strict=True)}
        return np.array(
            [
                of.get((int(q), int(r)), np.nan)
                for q, r in zip(*axial(xy[:, 0], xy[:, 1], CANOPY_HEX_M), strict=True)
            ]
        )


def _edges(areas: gpd.GeoDataFrame, wanted: np.ndarray) -> np.ndarray:
    """Points along the edges of some areas, through which they are entered."""
    return boundary_points(areas.geometry.to_numpy()[wanted])[0] if wanted.any() else np.empty(0, object)


def _yes_no(values: pd.Series, holds: Callable[[pd.Series], pd.Series]) -> np.ndarray:
    return np.where(values.isna(), "onbekend", np.where(holds(values), "ja", "nee"))
