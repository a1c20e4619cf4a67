"""Surfaces read from files window by window: a city that does not fit in memory."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .. import raster
from ..errors import MethodError
from .surface import Surface, surface_from_rasters


@dataclass(frozen=True)
class RasterFiles:
    """A source for :func:`.engine.heat_maps`; all files lie on one grid.

    Attributes:
        dtm: Ground height.
        buildings_top: Height of ground and buildings.
        crown: Height of crowns above the ground.
        greenness: Codes of the Groenkaart, or None.
        sealing: Soil sealing, or None.
        relief: Highest top minus lowest ground, metres; what stands higher casts too short a shadow over the
            border of a window.
    """

    dtm: Path
    buildings_top: Path
    crown: Path
    greenness: Path | None = None
    sealing: Path | None = None
    relief: float = 100.0

    @cached_property
    def _about(self) -> raster.RasterInfo:
        about = raster.info(self.dtm)
        for path in (self.buildings_top, self.crown, self.greenness, self.sealing):
            if path is not None and (other := raster.info(path)).shape != about.shape:
                raise MethodError(
                    f"{other.shape} cells, against {about.shape} of the ground.",
                    str(path),
                    "Put all on one grid.",
                )
        return about

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._about.shape

    @property
    def x_min(self) -> float:
        """West edge, metres."""
        return self._about.bounds[0]

    @property
    def y_max(self) -> float:
        """North edge, metres."""
        return self._about.bounds[3]

    @property
    def cell(self) -> float:
        """Cell size, metres."""
        return self._about.cell[0]

    def window(self, rows: slice, columns: slice) -> Surface:
        """Read the surface of a part."""
        bounds = (
            self.x_min + columns.start * self.cell,
            self.y_max - rows.stop * self.cell,
            self.x_min + columns.stop * self.cell,
            self.y_max - rows.start * self.cell,
        )
        paths = (self.dtm, self.buildings_top, self.crown, self.greenness, self.sealing)
        dtm, top, crown, green, sealed = (
            None if path is None else raster.read(path, bounds) for path in paths
        )
        return surface_from_rasters(dtm, top, crown, green, sealed, check=False)
