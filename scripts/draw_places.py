"""Draw the places of the latest plan: `python -m scripts.draw_places WIJK PICTURE "TITLE" [WEST SOUTH EAST NORTH]`."""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.patches import Patch

from arsenaal_gis.catalogue import load
from arsenaal_gis.plan.latest import latest_plan
from arsenaal_gis.wijk import Wijk

_GROUND = (("wegdek", "#e8e8e8"), ("groen", "#dcefd7"), ("water_spoor", "#d6e6f2"), ("gebouwen", "#d2cfca"))
_BEST = 12


def draw(wijk: Wijk, picture: str, title: str, box: Sequence[float]) -> None:
    """Draw ground, places by type, the best ones numbered and the chosen ones outlined.

    Args:
        wijk: With a plan.
        picture: Path of the PNG.
        title: Above it.
        box: West, south, east and north (EPSG:31370); empty for the whole wijk.
    """
    plan = latest_plan(wijk)
    places, chosen = plan.layer("onthard_kandidaten"), set(plan.layer("onthard_keuze")["kandidaat_id"])
    colours = tomllib.loads(Path("styles/palette.toml").read_text("utf-8"))["codes"]["unsealing"]
    names = load().layer("onthard_kandidaten").fields["type"].codes
    west, south, east, north = box or wijk.boundary.bounds
    figure, axis = plt.subplots(
        figsize=(11, 11 * (north - south) / (east - west) + 0.4), layout="constrained"
    )
    parcels = wijk.layer("percelen").cx[west:east, south:north]
    parcels.plot(ax=axis, color="#faf7f0", edgecolor="#e6e1d6", linewidth=0.4)
    for id, colour in _GROUND:
        ground = wijk.layer(id).cx[west:east, south:north]
        if len(ground):
            ground.plot(ax=axis, color=colour, edgecolor="none")
    shown = places.cx[west:east, south:north]
    # Roofs first, so that what stands before them stays in sight.
    order = sorted(shown["type"].unique(), key=["groendak", *colours].index)
    for type in order:
        shown[shown["type"] == type].plot(ax=axis, color=colours[type], edgecolor="white", linewidth=0.3)
    picked = shown[shown["kandidaat_id"].isin(chosen)]
    if len(picked):
        picked.boundary.plot(ax=axis, color="black", linewidth=1.6)
    for rank, place in (
        shown[shown["rang"] <= _BEST].set_index("rang").geometry.representative_point().items()
    ):
        axis.annotate(
            str(rank), (place.x, place.y), ha="center", va="center", fontsize=9, weight="bold",
            bbox={"boxstyle": "circle,pad=0.15", "fc": "white", "ec": "black", "lw": 0.6},
        )  # fmt: skip
    keys = [Patch(fc=colours[type], ec="white", label=names[type]["nl"]) for type in colours if type in order]
    keys.append(Patch(fc="none", ec="black", lw=1.6, label="gekozen"))
    axis.legend(handles=keys, loc="upper right", fontsize=8.5, framealpha=0.95)
    axis.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    axis.set_title(title, fontsize=11, loc="left")
    bar = 50 if east - west > 200 else 20
    axis.plot([west + 8, west + 8 + bar], [south + 8] * 2, color="black", lw=3, solid_capstyle="butt")
    axis.text(west + 8 + bar / 2, south + 11, f"{bar} m", ha="center", va="bottom", fontsize=9)
    figure.savefig(picture, dpi=100)


if __name__ == "__main__":
    folder, picture, title, *box = sys.argv[1:]
    draw(Wijk.open(folder), picture, title, [float(value) for value in box])
