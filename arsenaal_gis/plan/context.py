"""What a stage sees of the wijk, and where it leaves its results."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..catalogue import load
from ..errors import WorkspaceError
from ..facts import Edges, street_edges
from ..gpkg import conform, empty_frame
from ..network import WalkingNetwork, walking_network
from ..progress import SILENT, Progress
from ..raster import Bounds, Grid
from ..raster import read as read_raster
from ..raster import write as write_raster
from ..settings import Settings
from ..wijk import Wijk


@dataclass
class PlanContext:
    """Inputs, settings and results of one plan in the making.

    Attributes:
        wijk: The wijk.
        peildatum: Reference date: the only "now" a stage knows.
        folder: Temporary plan folder, renamed when all is done.
        progress: Where to report.
        warnings: What the reader of the plan has to know, in Dutch.
    """

    wijk: Wijk
    peildatum: datetime.date
    folder: Path
    progress: Progress = SILENT
    warnings: list[str] = field(default_factory=list)
    _inputs: dict[str, pd.DataFrame] = field(default_factory=dict)
    _results: dict[str, pd.DataFrame] = field(default_factory=dict)
    _rasters: dict[str, Grid] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        """Values of all settings."""
        return self.wijk.settings

    def layer(self, id: str) -> gpd.GeoDataFrame | pd.DataFrame:
        """An input layer; no rows where it was not imported. Do not change it in place."""
        if id not in self._inputs:
            self._inputs[id] = self.wijk.layer(id)
        return self._inputs[id]

    def inside(self, id: str) -> gpd.GeoDataFrame:
        """The features of an input layer that lie in the wijk, by a point of their own inside them."""
        frame = self.layer(id)
        if frame.empty or self.layer("wijkgrens").empty:
            return frame
        points = shapely.point_on_surface(frame.geometry.to_numpy())
        boundary = self.wijk.boundary
        shapely.prepare(boundary)
        return frame[shapely.covers(boundary, points)].reset_index(drop=True)

    def raster(self, id: str, bounds: Bounds | None = None) -> Grid | None:
        """An input raster or a window of it; None where it was not imported."""
        path = self.wijk.raster(id)
        return None if path is None else read_raster(path, bounds)

    @cached_property
    def network(self) -> WalkingNetwork:
        """The walking network of the streets, shared by all stages.

        Raises:
            MethodError: There are no street segments to walk on.
        """
        return walking_network(self.layer("straten"), obstacles=self.layer("gebouwen").geometry)

    @cached_property
    def parcel_edges(self) -> Edges:
        """Where the parcels meet the public domain, found once for all stages."""
        return street_edges(self.layer("percelen").geometry.to_numpy())

    def result(self, id: str) -> gpd.GeoDataFrame | pd.DataFrame | None:
        """A layer that an earlier stage of this plan made, or None."""
        return self._results.get(id)

    def result_raster(self, id: str) -> Grid | None:
        """A raster that an earlier stage of this plan made, or None."""
        return self._rasters.get(id)

    def put(self, id: str, frame: pd.DataFrame) -> None:
        """Keep a result layer.

        Raises:
            WorkspaceError: It does not fit its description in the catalogue.
        """
        layer = load().layer(id)
        if layer.kind != "result":
            raise WorkspaceError(
                f"'{id}' is not a result layer.", "plan", "Only results are written by a stage."
            )
        self._results[id] = conform(frame, layer) if len(frame) else empty_frame(layer)

    def put_raster(self, id: str, grid: Grid, metadata: Mapping[str, str] | None = None) -> None:
        """Keep a result raster, written to the plan folder as ``<id>.tif``."""
        layer = load().layer(id)
        self._rasters[id] = grid
        write_raster(
            self.folder / f"{id}.tif",
            grid,
            unit=layer.fields["waarde"].unit,
            description=layer.title["nl"],
            metadata={
                "peildatum": self.peildatum.isoformat(),
                "wijk": self.wijk.config.name,
                **(metadata or {}),
            },
        )

    def warn(self, text: str) -> None:
        """Tell the reader of the plan something, in Dutch; once."""
        if text not in self.warnings:
            self.warnings.append(text)
            self.progress.message(text)

    def random(self, purpose: str) -> np.random.Generator:
        """A generator that gives the same numbers for the same wijk and purpose."""
        seed = [int(part) for part in f"{self.wijk.config.id}:{purpose}".encode()]
        return np.random.default_rng(seed)

    @property
    def results(self) -> Mapping[str, pd.DataFrame]:
        """All result layers so far."""
        return self._results
