"""Sky view, shadow, heat maps of growing areas, the heat stage and scenarios on the practice wijk; UMEP, RVT
and SAGA beside it in the same run, on the same raster.

Each peer runs as a process of its own (UMEP and SAGA are GPL). Name the Python of an environment with
``pip install --no-deps umep rvt-py`` and ``pip install numpy scipy tqdm numba`` in ARSENAAL_BENCH_UMEP; SAGA is
Debian's package ``saga`` (``saga_cmd`` on the path). Who is not there is said in a row. Times are CPU seconds;
compiled or not is said in the rows: with numba installed run it again with NUMBA_DISABLE_JIT=1 for the numbers
of plain numpy.
"""

import datetime
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import shapely
from scipy.ndimage import map_coordinates

from arsenaal_gis import demo, ingest, raster
from arsenaal_gis.heat import (
    Change,
    cast_shadow,
    cast_shadows,
    estimate,
    prepare,
    sky_view_factor,
    stage,
    what_if,
)
from arsenaal_gis.heat._compile import COMPILED
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.wijk import Wijk, import_delivery
from bench.city import DAY, terraces

SUNS = [(hour.azimuth, hour.altitude) for hour in DAY.hours(4, 19)]  # 7 to 62 degrees
SIDES = (1000, 2000, 4000, 8000)
_PEER = """
import contextlib, io, json, sys, time
import numpy as np
from umep.functions.svf_functions import svfForProcessing153
from umep.util.shadowingfunctions import shadowingfunctionglobalradiation
dsm = np.load(sys.argv[1]).astype(np.float32)
suns = json.loads(sys.argv[2])
none = np.zeros_like(dsm)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    begin = time.process_time()
    svf = svfForProcessing153(dsm, none, none, 1.0, 0, float(dsm.max()))["svf"]
    sky = time.process_time() - begin
    begin = time.process_time()
    for azimuth, altitude in suns:
        shadowingfunctionglobalradiation(dsm, azimuth, altitude, 1.0, 1)
    shadow = time.process_time() - begin
np.savez(sys.argv[3], sky=svf, shadow=shadowingfunctionglobalradiation(dsm, *suns[len(suns) // 2], 1.0, 1) == 0)
print(json.dumps({"sky": sky, "shadow": shadow}))
"""
_RVT = """
import json, sys, time
import numpy as np
from rvt.vis import shadow_horizon, sky_view_factor
dsm = np.load(sys.argv[1]).astype(np.float32)
suns = json.loads(sys.argv[2])
begin = time.process_time()
svf = sky_view_factor(dsm, 1.0, svf_n_dir=32, svf_r_max=100)["svf"]
sky = time.process_time() - begin
azimuth, altitude = suns[len(suns) // 2]
begin = time.process_time()
shadow = shadow_horizon(dsm, 1.0, shadow_az=azimuth, shadow_el=altitude)["shadow"]
taken = (time.process_time() - begin) * len(suns)  # a minute each: one is measured
np.savez(sys.argv[3], sky=svf, shadow=np.asarray(shadow) == 0)
print(json.dumps({"sky": sky, "shadow": taken}))
"""


def exact_sky(dsm: np.ndarray, rows: np.ndarray, columns: np.ndarray, radius: float = 100.0) -> np.ndarray:
    """Mean of cos² of the horizon, and of 1 - sin, along 128 interpolated rays, 0.5 m a step: (2, n)."""
    total = np.zeros((2, len(rows)))
    for azimuth in np.radians(np.arange(128) * 360 / 128 + 1.1):
        slope = np.zeros(len(rows))
        for d in np.arange(0.5, radius, 0.5):
            at = [rows - d * math.cos(azimuth), columns + d * math.sin(azimuth)]
            height = map_coordinates(dsm, at, order=1, mode="nearest")
            np.maximum(slope, (height - dsm[rows, columns]) / d, out=slope)
        total += 1 / (1 + slope**2), 1 - slope / np.sqrt(1 + slope**2)
    return total / 128


def clock(function, *args, times: int = 3) -> float:
    """Median CPU seconds, warm."""
    function(*args)
    taken = []
    for _ in range(times):
        begin = time.process_time()
        function(*args)
        taken.append(time.process_time() - begin)
    return float(np.median(taken))


def shadows(dsm: np.ndarray) -> None:
    for _ in cast_shadows(dsm, SUNS, 1.0):
        pass


def run():
    how = "compiled" if COMPILED else "numpy only"
    side = 1000
    dsm = terraces(side)
    inside = np.random.default_rng(0).integers(120, side - 120, (2, 3000))
    exact = exact_sky(dsm, *inside)
    million = side**2 / 1e6
    ours = sky_view_factor(dsm, 1.0)
    middle = SUNS[len(SUNS) // 2]
    part = slice(side // 2 - 150, side // 2 + 150), slice(side // 2 - 150, side // 2 + 150)
    ray = marched(dsm, *middle)[part]
    peers = _peers(dsm)
    for name, peer in peers.items():
        if "missing" in peer:
            yield {name: peer["missing"]}
            continue
        row = {name: f"sky view {peer['sky_s'] / million:.1f} s per million cells"}
        row["MAE"] = f"{np.abs(peer['sky'][tuple(inside)] - exact[peer['definition']]).mean():.4f}"
        row["definition"] = ("cos²", "1 - sin")[peer["definition"]]
        row["mean difference from ours"] = f"{np.nanmean(np.abs(peer['sky'] - ours)):.4f}"
        if "shadow" in peer:
            row["15 shadows"] = f"{peer['shadow_s'] / million:.1f} s"
            row["cells equal to a marched ray"] = f"{(peer['shadow'][part] == ray).mean():.2%}"
        yield row
    umep = peers["UMEP"]
    for planes in ((32, 5), (32, 6), (32, 8), (64, 8)):
        taken = clock(sky_view_factor, dsm, 1.0, *planes)
        error = np.abs(sky_view_factor(dsm, 1.0, *planes)[tuple(inside)] - exact[0]).mean()
        yield {
            f"sky view {planes[0]} x {planes[1]}, {how}": f"{taken / million:.3f} s per million cells",
            "MAE": f"{error:.4f}", "against UMEP": _ratio(umep, "sky_s", taken),
        }  # fmt: skip
    taken = clock(shadows, dsm)
    yield {
        f"15 shadows, {how}": f"{taken / million:.3f} s per million cells",
        "against UMEP": _ratio(umep, "shadow_s", taken),
        "cells equal to a marched ray": f"{(cast_shadow(dsm, *middle, 1.0)[part] == ray).mean():.2%}",
    }
    yield from _areas(how)
    yield from _practice_wijk(how)


def marched(dsm: np.ndarray, azimuth: float, altitude: float, step: float = 0.25) -> np.ndarray:
    """Shadow by marching a ray through the interpolated surface."""
    row, column = np.mgrid[: dsm.shape[0], : dsm.shape[1]].astype(np.float32)
    slope, shadow = math.tan(math.radians(altitude)), np.zeros(dsm.shape, bool)
    north, east = math.cos(math.radians(azimuth)), math.sin(math.radians(azimuth))
    for d in np.arange(step, np.ptp(dsm) / slope + step, step):
        at = [row - north * d, column + east * d]
        shadow |= map_coordinates(dsm, at, order=1, cval=-1e6) > dsm + d * slope
    return shadow


def _ratio(peer: dict, key: str, taken: float) -> str:
    return f"x {peer[key] / taken:.0f}" if key in peer else "not there"


def _peers(dsm: np.ndarray) -> dict[str, dict]:
    """Sky view, shadow of the middle sun and CPU seconds of each peer, or why it is missing."""
    python = os.environ.get("ARSENAAL_BENCH_UMEP")
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "dsm.npy", Path(folder) / "made.npz"
        np.save(given, dsm)
        peers = {}
        for name, script, definition in (("UMEP", _PEER, 0), ("RVT", _RVT, 1)):
            if not python:
                peers[name] = {"missing": "not run: name its Python in ARSENAAL_BENCH_UMEP"}
                continue
            answer = subprocess.run(
                [python, "-c", script, str(given), json.dumps(SUNS), str(made)],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            seconds = json.loads(answer.stdout.splitlines()[-1])
            with np.load(made) as arrays:
                peers[name] = {
                    **arrays, "sky_s": seconds["sky"], "shadow_s": seconds["shadow"], "definition": definition
                }  # fmt: skip
        peers["SAGA"] = _saga(dsm, Path(folder))
    return peers


def _saga(dsm: np.ndarray, folder: Path) -> dict:
    """SAGA's sky view factor, 32 directions; its time includes reading and writing the grid."""
    if not shutil.which("saga_cmd"):
        return {"missing": "not run: Debian's package saga is not installed"}
    raster.write(folder / "dsm.tif", raster.Grid(dsm, 150e3, 190e3, 1.0))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        ["saga_cmd", "--cores=1", "ta_lighting", "3", "-DEM", str(folder / "dsm.tif"), "-SVF",
         str(folder / "svf.tif"), "-RADIUS", "100", "-NDIRS", "32"],
        check=True, capture_output=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    sky = raster.read(folder / "svf.tif").values
    return {
        "sky": sky,
        "sky_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "definition": 0,
    }


def _areas(how: str):
    """Time against area, inputs and results on file: each in a process of its own, whose peak is measured."""
    for side in SIDES:
        answer = subprocess.run(
            [sys.executable, "-m", "bench.city", str(side)], check=True, capture_output=True, text=True
        )
        told = json.loads(answer.stdout.splitlines()[-1])
        million = side**2 / 1e6
        yield {
            f"heat maps of {million:.0f} Mcell, {how}": f"{told['seconds']:.1f} s",
            "CPU": f"{told['cpu']:.1f} s",
            "CPU per million": f"{told['cpu'] / million:.2f} s",
            "sky view alone, CPU": f"{told['sky']:.1f} s",
            "peak": f"{told['peak_mb']:.0f} MB",
        }


def _practice_wijk(how: str):
    with tempfile.TemporaryDirectory() as folder:
        demo.write(Path(folder) / "wijk")
        wijk = Wijk.open(Path(folder) / "wijk")
        import_delivery(wijk, ingest.read(wijk), "20250630T000000Z")
        wijk = Wijk.open(wijk.folder)
        plan = Path(folder) / "plan"
        plan.mkdir()
        begin, cpu = time.perf_counter(), time.process_time()
        stage.run(PlanContext(wijk, datetime.date(2025, 6, 30), plan))
        yield {
            f"heat stage, practice wijk, first run, {how}": f"{time.perf_counter() - begin:.1f} s",
            "CPU": f"{time.process_time() - cpu:.1f} s",
        }
        model = prepare(wijk)
        sunny = np.argwhere((model.maps.sky.sunlit == 63) & ~model.surface.roof & ~model.surface.green)
        row, column = sunny[len(sunny) // 3]
        spot = shapely.Point(model.surface.x_min + column + 0.5, model.surface.y_max - row - 0.5)
        for name, change in (
            ("a tree", Change("boom", spot, height_m=9, crown_m=6)),
            ("a yard", Change("ontharden", spot.buffer(5.5))),
        ):
            begin = time.perf_counter()
            clock(what_if, model, [change])
            yield {
                f"what if: {name}, {how}": f"{(time.perf_counter() - begin) / 4:.2f} s",
                "CPU": f"{clock(what_if, model, [change]):.2f} s",
                "estimate": f"{1000 * clock(estimate, model, [[change]]):.0f} ms",
            }
