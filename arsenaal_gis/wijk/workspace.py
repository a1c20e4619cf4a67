"""The wijk folder: ``wijk.toml``, ``wijk.gpkg``, ``rasters/``, ``plannen/``, ``reserve/``."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, union_all

from ..errors import WorkspaceError
from ..gpkg import layer_names, read_layer
from ..settings import Settings
from .config import WijkConfig, read_config


@dataclass(frozen=True)
class Plan:
    """One finished plan.

    Attributes:
        folder: ``plannen/<moment>``.
        moment: UTC moment it was made, e.g. ``20250630T101500Z``.
    """

    folder: Path
    moment: str

    @property
    def gpkg(self) -> Path:
        """Its GeoPackage."""
        return self.folder / f"plan_{self.moment}.gpkg"

    def layer(self, id: str) -> gpd.GeoDataFrame | pd.DataFrame:
        """A result layer; no rows where the plan lacks it."""
        return read_layer(self.gpkg, id)

    def layers(self) -> list[str]:
        """Ids of its layers and tables."""
        return layer_names(self.gpkg)

    def raster(self, id: str) -> Path | None:
        """Path of a result raster, or None."""
        path = self.folder / f"{id}.tif"
        return path if path.exists() else None


@dataclass(frozen=True)
class Wijk:
    """A wijk on disk.

    Attributes:
        folder: The wijk folder.
        config: Its ``wijk.toml``.
    """

    folder: Path
    config: WijkConfig

    @classmethod
    def open(cls, path: Path | str) -> "Wijk":
        """Open a wijk by its folder, ``wijk.toml`` or ``wijk.gpkg``.

        Raises:
            ConfigError: ``wijk.toml`` is absent or wrong.
        """
        path = Path(path).expanduser().absolute()
        if path.is_dir():
            path = path / "wijk.toml"
        elif path.suffix.lower() == ".gpkg":
            path = path.with_name("wijk.toml")
        return cls(path.parent, read_config(path))

    @property
    def settings(self) -> Settings:
        """Values of all settings."""
        return self.config.settings

    @property
    def gpkg(self) -> Path:
        """The GeoPackage of inputs and human edits."""
        return self.folder / "wijk.gpkg"

    def layer(self, id: str) -> gpd.GeoDataFrame | pd.DataFrame:
        """An input layer or table; no rows where it was not imported.

        Raises:
            WorkspaceError: Nothing has been imported yet.
        """
        if not self.gpkg.exists():
            raise WorkspaceError("Nothing has been imported yet.", str(self.folder), "Run 'arsenaal import'.")
        return read_layer(self.gpkg, id)

    @cached_property
    def boundary(self) -> MultiPolygon:
        """Outline of the wijk.

        Raises:
            WorkspaceError: The wijk has no boundary.
        """
        rows = self.layer("wijkgrens")
        if rows.empty:
            raise WorkspaceError(
                "The wijk has no boundary.", str(self.gpkg), "Add [bronnen.wijkgrens] to wijk.toml."
            )
        shape = union_all(rows.geometry.to_numpy())
        return shape if shape.geom_type == "MultiPolygon" else MultiPolygon([shape])

    def raster(self, id: str) -> Path | None:
        """Path of an input raster, or None where it was not imported."""
        sources = self.layer("bronnen")
        names = sources.loc[sources["laag"].eq(id) & sources["raster"].notna(), "raster"]
        return self.folder / names.iloc[0] if len(names) else None

    def plans(self) -> list[Plan]:
        """Finished plans, oldest first."""
        folders = sorted((self.folder / "plannen").glob("*"))
        plans = [Plan(folder, folder.name) for folder in folders if not folder.name.startswith(".")]
        return [plan for plan in plans if plan.gpkg.exists()]
