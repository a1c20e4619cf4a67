"""Gi* with 999 permutations on 3 400 cells: numpy only, beside esda in the same run.

esda lives in an environment of its own: name its Python in ARSENAAL_BENCH_ESDA (pip install esda==2.9.0
libpysal numba). It runs compiled (numba, warm before the clock
starts) on all cores.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from arsenaal_gis.hotspots import getis_ord_star, kernel_density, permutations_needed, within_distance

ROBBERIES = Path(__file__).resolve().parents[2] / "shared/data/memphis/memphis_robberies_2019.csv"
CELLS = (68, 50)
_PEER = """
import json, sys, time
import numpy as np
from esda.getisord import G_Local
from libpysal.weights import W
given = json.load(sys.stdin)
y = np.array(given["counts"], dtype=float)
near = {i: row for i, row in enumerate(given["near"])}
w = W(near, silence_warnings=True)
G_Local(y, w, transform="B", star=True, permutations=9, seed=1, n_jobs=-1)
begin = time.perf_counter()
result = G_Local(y, w, transform="B", star=True, permutations=999, seed=1, n_jobs=-1)
print(json.dumps({"seconds": time.perf_counter() - begin, "z": result.Zs.tolist()}))
"""


def incidents() -> np.ndarray:
    """16 000 points drawn (seed 1) around the real ones, metres; around uniform ones without the data."""
    rng = np.random.default_rng(1)
    if ROBBERIES.exists():
        lon_lat = np.genfromtxt(
            ROBBERIES, delimiter=",", names=True, usecols=("lon", "lat"), encoding="utf-8"
        )
        scale = 111_320 * np.cos(np.radians(35.1))
        real = np.column_stack([lon_lat["lon"] * scale, lon_lat["lat"] * 110_940])
    else:
        real = rng.uniform(0, 30_000, (2245, 2))
    return real[rng.integers(0, len(real), 16_000)] + rng.normal(0, 150, (16_000, 2))


def cells(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts and centres of 3 400 square cells over the points."""
    low, high = points.min(axis=0), points.max(axis=0)
    index = np.minimum(((points - low) / (high - low) * CELLS).astype(int), np.array(CELLS) - 1)
    counts = np.bincount(index[:, 0] * CELLS[1] + index[:, 1], minlength=CELLS[0] * CELLS[1])
    column, row = np.divmod(np.arange(len(counts)), CELLS[1])
    return counts, np.column_stack([column, row]).astype(float)


def run() -> list[dict]:
    """Seconds and ratios of this run."""
    rows = []
    counts, centres = cells(incidents())
    near = within_distance(centres, 1.5)
    begin = time.perf_counter()
    result = getis_ord_star(counts, near, permutations=999, seed=1)
    ours = time.perf_counter() - begin
    rows.append({"case": "Gi*, 16 000 points, 3 400 cells, 999 permutations", "seconds": round(ours, 3)})
    needed = permutations_needed(len(counts), 0.05)
    begin = time.perf_counter()
    getis_ord_star(counts, near, permutations=needed, seed=1)
    rows.append(
        {
            "case": f"the {needed} permutations the correction needs",
            "seconds": round(time.perf_counter() - begin, 2),
        }
    )
    peer = os.environ.get("ARSENAAL_BENCH_ESDA")
    if peer:
        lists = [near.indices[near.indptr[i] : near.indptr[i + 1]].tolist() for i in range(len(counts))]
        given = json.dumps({"counts": counts.tolist(), "near": lists})
        done = subprocess.run([peer, "-c", _PEER], input=given, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout.splitlines()[-1])
        rows.append(
            {
                "case": "esda, the same",
                "seconds": round(answer["seconds"], 2),
                "ratio": f"{answer['seconds'] / ours:.0f} x",
                "largest difference of z": f"{np.abs(result.z - answer['z']).max():.1e}",
            }
        )
    begin = time.perf_counter()
    points = np.random.default_rng(1).uniform(0, 10_000, (16_000, 2))
    kernel_density(points, (0, 0, 10_000, 10_000), 10, 150)
    rows.append(
        {
            "case": "kernel density, 16 000 points, 1000 x 1000 cells",
            "seconds": round(time.perf_counter() - begin, 3),
        }
    )
    return rows


if __name__ == "__main__":
    for row in run():
        sys.stdout.write(f"{row}\n")
