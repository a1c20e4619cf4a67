"""The drawing of a practice wijk: one TOML file per wijk, in metres in a turned local frame."""

import tomllib
from dataclasses import dataclass
from importlib import resources

import numpy as np
import shapely
from shapely import LineString, Polygon

from ..errors import ConfigError
from .chains import chaikin


@dataclass(frozen=True)
class Layout:
    """A wijk as drawn: its settings and its geometry in EPSG:31370."""

    settings: dict
    outline: Polygon
    streets: list[dict]
    dividers: list[LineString]
    zones: list[dict]
    railways: list[dict]
    waters: list[Polygon]

    @property
    def name(self) -> str:
        """Name of the wijk."""
        return self.settings["naam"]

    def place(self, points: np.ndarray | list) -> np.ndarray:
        """Turn local (u, v) metres into EPSG:31370 coordinates, shape (n, 2)."""
        angle = np.radians(self.settings["draaiing"])
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return np.atleast_2d(np.asarray(points, float)) @ turn + self.settings["oorsprong"]

    def local(self, xy: np.ndarray) -> np.ndarray:
        """The reverse of :meth:`place`."""
        angle = np.radians(-self.settings["draaiing"])
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        return (np.asarray(xy, float) - self.settings["oorsprong"]) @ turn


def names() -> list[str]:
    """Names of the practice wijken that come with the library."""
    folder = resources.files(__package__) / "wijken"
    return sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load(wijk: str) -> Layout:
    """Read the drawing of a practice wijk.

    Args:
        wijk: Name of a file in ``demo/wijken``, without its extension.

    Raises:
        ConfigError: There is no such practice wijk.
    """
    if wijk not in names():
        raise ConfigError(
            f"There is no practice wijk '{wijk}'.", "--wijk", f"Choose one of: {', '.join(names())}."
        )
    settings = tomllib.loads((resources.files(__package__) / "wijken" / f"{wijk}.toml").read_text("utf-8"))
    drawn = Layout(settings, Polygon(), [], [], [], [], [])

    def line(entry: dict) -> LineString:
        points = drawn.place(entry["lijn"])
        return LineString(chaikin(points) if entry.get("bocht") else points)

    return Layout(
        settings,
        shapely.set_precision(Polygon(drawn.place(settings["grens"])), 0.001),
        [entry | {"lijn": line(entry)} for entry in settings["straat"]],
        [line(entry) for entry in settings.get("deel", [])],
        [entry | {"punten": drawn.place(entry["punten"])} for entry in settings["vlak"]],
        [
            entry | {"lijn": LineString(chaikin(drawn.place(entry["lijn"])))}
            for entry in settings.get("spoor", [])
        ],
        [
            LineString(chaikin(drawn.place(entry["lijn"]))).buffer(entry["breedte"] / 2, cap_style="flat")
            for entry in settings.get("water", [])
        ],
    )
