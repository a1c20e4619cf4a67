"""What stands and grows on the ground: building parts with roofs, surfaces, trees, hedges and walls."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Polygon

SEALED, GRASS, SHRUB, BED, WATER, BALLAST, WOOD = 1, 2, 3, 4, 5, 6, 7
GREEN = (GRASS, SHRUB, BED, WOOD)


@dataclass(frozen=True)
class Roof:
    """Height above ground of a building part: eaves, and a gable roof along the frame's first axis.

    ``frame`` is (x, y, nx, ny, depth): a point on the front eaves, the unit normal towards the back and the
    distance between the eaves; the ridge lies half-way. ``rise`` 0 is a flat roof.
    """

    eaves: float
    rise: float = 0.0
    frame: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 1.0)
    lean: bool = False  # one slope, high at the front


@dataclass
class Building:
    """A building as the GRB would hold it: one outline, one or more parts with a roof each."""

    outline: Polygon
    kind: int  # 1 hoofdgebouw, 2 bijgebouw
    parts: list[tuple[Polygon, Roof]]
    lot: int = -1
    name: str = ""


@dataclass
class Scene:
    """Everything that the rasters show."""

    buildings: list[Building] = field(default_factory=list)
    ground: list[tuple[Polygon, int]] = field(default_factory=list)  # later ones lie on top
    trees: list[tuple[float, float, float, float, str]] = field(
        default_factory=list
    )  # x, y, height, crown, where
    walls: list[tuple[np.ndarray, float]] = field(default_factory=list)  # line and height, m
    green: list[tuple[Polygon, str, str, str]] = field(
        default_factory=list
    )  # inventory: kind, name, open to all
    banks: list[tuple[object, float, float]] = field(default_factory=list)  # railway line, width, height

    def plant(
        self, area: Polygon, spacing: float, height: tuple[float, float], where: str, rng: np.random.Generator
    ) -> None:
        """Set trees at random in an area, about ``spacing`` metres apart; ``height`` is (mean, spread)."""
        x_min, y_min, x_max, y_max = area.bounds
        count = rng.poisson((x_max - x_min) * (y_max - y_min) / spacing**2)
        xy = rng.uniform((x_min, y_min), (x_max, y_max), (count, 2))
        xy = xy[shapely.contains_xy(area, xy)]
        tall = np.clip(rng.normal(*height, len(xy)), 3.2, 24)
        crown = np.clip(tall * rng.uniform(0.4, 0.75, len(xy)), 1.8, 12)
        self.trees += [
            (float(x), float(y), float(h), float(d), where)
            for (x, y), h, d in zip(xy, tall, crown, strict=True)
        ]

    def avenue(
        self, points: np.ndarray, height: tuple[float, float], where: str, rng: np.random.Generator
    ) -> None:
        """Set street trees of one species and age at given points, shape (n, 2)."""
        tall = np.clip(rng.normal(*height, len(points)), 3.5, 20)
        for (x, y), h in zip(points, tall, strict=True):
            self.trees.append(
                (float(x), float(y), float(h), float(np.clip(h * rng.uniform(0.45, 0.6), 2.2, 9)), where)
            )
