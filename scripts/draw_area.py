"""Draw processor time against area: `python -m scripts.draw_area PICTURE "LABEL" MCELL:SECONDS ... ["LABEL" ...]`.

The numbers are those of `python -m bench heat`.
"""

import sys
from collections.abc import Mapping, Sequence

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw(picture: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Draw each series on two logarithmic axes, with what exactly linear would be.

    Args:
        picture: Path of the PNG.
        series: Million cells and seconds by label.
    """
    figure, axis = plt.subplots(figsize=(7, 4.5), layout="constrained")
    for label, points in series.items():
        area, seconds = zip(*points, strict=True)
        axis.plot(area, seconds, "o-", label=label)
        middle = len(area) // 2
        axis.plot(area, [seconds[middle] * a / area[middle] for a in area], "--", color="#999999", lw=1)
    axis.plot([], [], "--", color="#999999", lw=1, label="linear")
    axis.set(xscale="log", yscale="log", xlabel="million cells of 1 m", ylabel="processor time, seconds")
    axis.grid(which="both", color="#eeeeee")
    axis.legend()
    figure.savefig(picture, dpi=100)


if __name__ == "__main__":
    picture, *words = sys.argv[1:]
    series: dict[str, list[tuple[float, float]]] = {}
    for word in words:
        try:
            area, seconds = map(float, word.split(":"))
        except ValueError:
            series[word] = points = []
        else:
            points.append((area, seconds))
    draw(picture, series)
