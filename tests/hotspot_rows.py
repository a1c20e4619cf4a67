"""Rows of hotspots and their trend for a plan: units side by side, all but one with enough facts to be told."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely import Geometry, box

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame, write_layer

SIDE = 20.0
SHOWN = {"bron": "gemeenschapswachten", "categorie": "alle", "hoofdkaart": True}
YEAR = {
    "van": pd.Timestamp(2024, 7, 1),
    "tot": pd.Timestamp(2025, 6, 30),
    "maanden": 12,
    "periode": "laatste",
}
QUARTERS = {"van": pd.Timestamp(2023, 7, 1), "tot": pd.Timestamp(2025, 6, 30), "kwartalen": 8}


def cell(number: int) -> Geometry:
    """Shape of a unit, a square whatever it is called."""
    return box(SIDE * number - 40, 20, SIDE * (number + 1) - 40, 20 + SIDE)


def plant(gpkg: Path, *classes: str, kind: str = "hexagon") -> None:
    """Put a unit per class of its trend in a plan; the last one has too few facts to be told.

    Args:
        gpkg: The plan.
        classes: Codes of ``hotspots_trend.klasse``.
        kind: ``hexagon``, or ``straat`` as where nothing came as points.
    """
    n, soort = len(classes), {"hexagon": "punten", "straat": "tellingen"}[kind]
    ids, shapes = [f"{kind}_{i}" for i in range(n)], [cell(i) for i in range(n)]
    facts = pd.Series([20 + i for i in range(n - 1)] + [3])
    unit = SHOWN | {"eenheid": kind, "soort": soort}
    rows = pd.DataFrame(
        {"eenheid_id": ids, "hexagon_id": ids, "aantal_min": facts, "aantal_max": facts, "kaartwaarde": 1.0}
    )
    rows = rows.assign(**unit, **YEAR, woningen=30, klasse="niet_aantoonbaar", kaart_toont="telling")
    if kind == "hexagon":
        _put(gpkg, "hotspots_hex", rows, shapes)
    else:
        _put(gpkg, "hotspots_straat", rows, [shape.exterior for shape in shapes])
    both = (2 * facts).where(facts > 4, facts + 1)  # two years, and still too few of the last one
    trends = pd.DataFrame({"eenheid_id": ids, "klasse": classes, "aantal_min": both, "aantal_max": both})
    _put(gpkg, "hotspots_trend", trends.assign(**unit, **QUARTERS, oordeel="in woorden"), shapes)
    whole = {
        "aantal_min": facts.sum(),
        "aantal_max": facts.sum(),
        "eenheden": n,
        "hotspots": 0,
        "trede": "kaart",
    }
    series = pd.DataFrame([unit | YEAR | whole | {"kaart_toont": "telling", "zin": "Zin."}])
    _put(gpkg, "hotspots_reeksen", series, None)


def _put(gpkg: Path, id: str, rows: pd.DataFrame, shapes: list[Geometry] | None) -> None:
    layer = load().layer(id)
    kinds = dict(empty_frame(layer).dtypes)
    kinds.pop("geom", None)
    frame = rows.reindex(columns=list(kinds)).astype(kinds)
    if shapes is not None:
        frame = gpd.GeoDataFrame(frame, geometry=shapes, crs=31370).rename_geometry("geom")
    write_layer(gpkg, layer, frame)
