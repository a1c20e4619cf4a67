"""Draw the heat of a wijk and what a planting would do: `python -m scripts.draw_heat WIJK PICTURE "NOTE"`."""

import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap
from scipy.ndimage import uniform_filter

from arsenaal_gis.heat import Change, HeatModel, Scenario, prepare, what_if
from arsenaal_gis.wijk import Wijk

EDGE_M = 60.0
SQUARE_M = 15
_ROOF = "#c9c6c1"
_PET = LinearSegmentedColormap.from_list("pet", ["#fff3cf", "#fdc56a", "#f0703f", "#b02a5b", "#4a1259"])


def draw(wijk: Wijk, picture: str, note: str) -> None:
    """Draw PET, sky view, hours of shade, and what trees on the hottest square would change.

    Args:
        wijk: With its delivery read in.
        picture: Path of the PNG.
        note: Below it.
    """
    model = prepare(wijk)
    town, maps = model.surface, model.maps
    rows, columns = town.shape
    extent = town.x_min, town.x_min + columns * town.cell, town.y_max - rows * town.cell, town.y_max
    west, south, east, north = wijk.boundary.buffer(EDGE_M).bounds
    box = max(west, extent[0]), max(south, extent[2]), min(east, extent[1]), min(north, extent[3])
    tall = (box[3] - box[1]) / (box[2] - box[0])
    figure, axes = plt.subplots(2, 2, figsize=(13, 11.5 * tall + 1), layout="constrained")
    levels = np.arange(35, 55, 2)
    hours = len(model.method.daytime)
    panels = (
        ("Gevoelstemperatuur PET, gemiddelde 12-18 uur (°C)", maps.pet, _PET, levels),
        ("Hemelfactor (1 = open hemel)", _off_roofs(maps.sky.svf, town.roof), "cividis", np.linspace(0, 1, 11)),
        ("Uren schaduw (zon hoger dan 10°)", _off_roofs(maps.sky.shade_hours, town.roof), "Blues",
         np.arange(hours + 2) - 0.5),
    )  # fmt: skip
    for axis, (title, values, colours, steps) in zip(axes.flat, panels, strict=False):
        _panel(axis, title, box)
        norm = BoundaryNorm(steps, 256)
        image = axis.imshow(values, colours, norm, extent=extent, interpolation="nearest")
        ticks = np.arange(0, hours + 1, 2) if colours == "Blues" else steps
        figure.colorbar(image, ax=axis, shrink=0.8, ticks=ticks)
    axis = axes.flat[3]
    changes = planting(model, wijk.boundary)
    told = what_if(model, changes)
    middle = changes[0].geometry.centroid
    wide = 40.0
    around = middle.x - wide, middle.y - wide * tall, middle.x + wide, middle.y + wide * tall
    cooler = told.summary["koeler_m2"]
    title = f"Wat als: twee bomen en {SQUARE_M} × {SQUARE_M} m onthard; {cooler:.0f} m² koelt 1 °C of meer"
    _panel(axis, title, around, 10)
    axis.imshow(_off_roofs(np.zeros(town.shape), town.roof), "Greys", vmin=0, vmax=1, extent=extent)
    image = axis.imshow(told.difference, "RdBu_r", vmin=-12, vmax=12, extent=_extent(told))
    figure.colorbar(image, ax=axis, shrink=0.8, label="verschil in PET (°C)")
    for change in changes:
        axis.plot(*change.area.exterior.xy, color="black", lw=0.8, ls="--")
    figure.supxlabel(note, fontsize=9, x=0.01, ha="left")
    figure.savefig(picture, dpi=95)


def planting(model: HeatModel, boundary: shapely.Geometry) -> list[Change]:
    """Two trees on the hottest square of open paving in the wijk, and its ground opened."""
    town = model.surface
    paving = town.sealed & ~town.roof & ~town.water & (town.crown == 0)
    excess = np.where(paving, np.nan_to_num(model.maps.pet) - model.threshold_c, 0.0)
    rows, columns = np.nonzero(paving)
    x, y = town.x_min + (columns + 0.5) * town.cell, town.y_max - (rows + 0.5) * town.cell
    inside = shapely.contains_xy(boundary, x, y)
    heat = uniform_filter(excess, round(SQUARE_M / town.cell))[rows, columns]
    hottest = np.where(inside, heat, -np.inf).argmax()
    x, y = x[hottest], y[hottest]
    half = SQUARE_M / 2
    trees = [
        Change("boom", shapely.Point(x + side, y), height_m=10, crown_m=7) for side in (-half / 2, half / 2)
    ]
    return [Change("ontharden", shapely.box(x - half, y - half, x + half, y + half)), *trees]


def _off_roofs(values: np.ndarray, roof: np.ndarray) -> np.ndarray:
    return np.where(roof, np.nan, values.astype(float))


def _extent(told: Scenario) -> tuple[float, float, float, float]:
    rows, columns = told.difference.shape
    return told.x_min, told.x_min + columns * told.cell, told.y_max - rows * told.cell, told.y_max


def _panel(axis: Axes, title: str, box: tuple[float, float, float, float], scale_m: int = 50) -> None:
    west, south, east, north = box
    axis.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], facecolor=_ROOF)
    axis.set_title(title, fontsize=11, loc="left")
    left, low = west + 0.03 * (east - west), south + 0.03 * (north - south)
    axis.plot([left, left + scale_m], [low] * 2, color="black", lw=3, solid_capstyle="butt")
    label = axis.text(
        left + scale_m / 2,
        low + 0.012 * (north - south),
        f"{scale_m} m",
        ha="center",
        va="bottom",
        fontsize=9,
    )
    label.set_bbox({"fc": "white", "ec": "none", "alpha": 0.8, "pad": 1})


if __name__ == "__main__":
    draw(Wijk.open(sys.argv[1]), *sys.argv[2:])
