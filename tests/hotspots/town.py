"""A made-up quarter: a grid of streets 100 m apart with dwellings every 10 m, and what is reported there."""

import datetime
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform, empty_frame
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.settings import Settings

X0, Y0, STEP = 158_000.0, 189_000.0, 100.0
DAY = datetime.date(2025, 6, 30)


def streets(n: int = 6) -> gpd.GeoDataFrame:
    """2 n streets of n - 1 segments each: 'Oost i' runs east, 'Noord i' north."""
    rows = []
    for i in range(n):
        for j in range(n - 1):
            for name, (a, b) in (("Oost", ((j, i), (j + 1, i))), ("Noord", ((i, j), (i, j + 1)))):
                line = shapely.LineString([(X0 + STEP * x, Y0 + STEP * y) for x, y in (a, b)])
                rows.append((f"{name}{i}{j}", f"{name} {i}", line))
    frame = pd.DataFrame(rows, columns=["segment_id", "straat", "geometry"])
    return conform(gpd.GeoDataFrame(frame, geometry="geometry", crs=31370), load().layer("straten"))


def dwellings(lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Nine dwellings a segment, 5 m beside it."""
    points = [
        shapely.Point(
            line.interpolate(d).x + (5 if "Noord" in s else 0),
            line.interpolate(d).y + (5 if "Oost" in s else 0),
        )
        for s, line in zip(lines["straat"], lines.geometry, strict=True)
        for d in range(10, 100, 10)
    ]
    frame = gpd.GeoDataFrame({"woning_id": [f"w{i}" for i in range(len(points))]}, geometry=points, crs=31370)
    return conform(frame.assign(bouwjaar_klasse="onbekend"), load().layer("woningen"))


def reports(xy: np.ndarray, dates: list, category: str = "sluikstort", source: str = "gemeenschapswachten"):
    """Points as the layer ``incidenten``."""
    frame = pd.DataFrame({"incident_id": [f"{source}{i}" for i in range(len(xy))], "datum": dates})
    frame = frame.assign(bron=source, categorie=category)
    return conform(
        gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(*np.asarray(xy).T), crs=31370),
        load().layer("incidenten"),
    )


def counts(rows: list, source: str = "politie") -> pd.DataFrame:
    """(month, street, fewest, most) as the layer ``incident_tellingen``."""
    frame = pd.DataFrame(rows, columns=["maand", "straat", "aantal_min", "aantal_max"])
    frame = frame.assign(
        bron=source, categorie="vernielingen", telling_id=[f"t{i}" for i in range(len(frame))]
    )
    return conform(frame, load().layer("incident_tellingen"))


def spread(n: int, seed: int, spot: tuple[float, float] | None = None, share: float = 0.6) -> np.ndarray:
    """n places along the streets, a share of them around a spot."""
    rng = np.random.default_rng(seed)
    along, across = rng.uniform(0, 500, n), rng.integers(0, 6, n) * STEP
    swap = rng.random(n) < 0.5
    xy = np.column_stack([np.where(swap, along, across), np.where(swap, across, along)])
    if spot is not None:
        near = rng.random(n) < share
        xy[near] = np.array(spot) + rng.normal(0, 40, (near.sum(), 2))
    return np.clip(xy, 0, 500) + (X0, Y0)


def dates(n: int, seed: int = 0, years: float = 2.0, last: datetime.date = DAY) -> list:
    """n days over the years up to the last day, that day included."""
    back = np.sort(np.random.default_rng(seed).integers(0, int(365 * years), n))
    back[0] = 0
    return [pd.Timestamp(last) - pd.Timedelta(days=int(b)) for b in back]


def context(folder: Path, settings: dict | None = None, day: datetime.date = DAY, **layers) -> PlanContext:
    """A plan in the making with these layers; everything else is absent."""
    lines = layers.setdefault("straten", streets())
    outline = shapely.MultiPolygon([shapely.box(X0 - 20, Y0 - 20, X0 + 520, Y0 + 520)])
    frame = gpd.GeoDataFrame({"wijk_id": ["w"], "naam": ["W"]}, geometry=[outline], crs=31370)
    layers.setdefault("wijkgrens", conform(frame, load().layer("wijkgrens")))
    layers.setdefault("woningen", dwellings(lines))
    wijk = SimpleNamespace(
        settings=Settings.load(settings),
        boundary=outline,
        config=SimpleNamespace(id="w", name="W", fictitious=True),
        layer=lambda id: layers.get(id, empty_frame(load().layer(id))),
    )
    return PlanContext(wijk, day, folder)
