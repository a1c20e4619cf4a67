"""Plans written by hand, and cards that need no file."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.indicators import Card
from arsenaal_gis.wijk import Plan

CARD = {
    "id": "proef",
    "title": {"nl": "Proef", "en": "Trial"},
    "question": {"nl": "Hoeveel?", "en": "How many?"},
    "kind": "aandeel",
    "layer": "renovatie",
    "value": "energiescan",
    "key": "woning_id",
    "yes": ("ja",),
    "unit": "%",
    "direction": "hoger_beter",
    "tier": "P2",
    "source": "dossier",
    "owner": "dienst",
}


def card(**more) -> Card:
    """A card of a share, with other entries where given."""
    return Card(**{**CARD, **more})


def dwellings(n: int, **columns) -> gpd.GeoDataFrame:
    """n dwellings in a row, as the layer ``woning_feiten``."""
    frame = pd.DataFrame(
        {"woning_id": [f"w{i:03}" for i in range(n)], "bouwjaar_klasse": "voor_1900", **columns}
    )
    frame["renovatiestatus"] = columns.get("renovatiestatus", "onbekend")
    points = gpd.points_from_xy([158_000.0 + 10 * i for i in range(n)], [189_000.0] * n)
    return gpd.GeoDataFrame(frame, geometry=points, crs=31370)


def parcels(n: int, **columns) -> gpd.GeoDataFrame:
    """n square parcels, as the layer ``perceel_feiten``."""
    boxes = gpd.GeoSeries.from_wkt(
        [f"POLYGON(({x} 0,{x + 9} 0,{x + 9} 9,{x} 9,{x} 0))" for x in range(158_000, 158_000 + 10 * n, 10)]
    )
    frame = pd.DataFrame(
        {"capakey": [f"12025B{i:04}/00A000" for i in range(n)], "bedekking_bron": "raster", **columns}
    )
    return gpd.GeoDataFrame(frame, geometry=boxes.to_numpy(), crs=31370)


def lines(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Rows with a line each, in the column ``geom``."""
    shapes = gpd.GeoSeries.from_wkt([f"LINESTRING(0 {i},9 {i})" for i in range(len(rows))], crs=31370)
    return gpd.GeoDataFrame(rows, geometry=shapes).rename_geometry("geom")


def plan(folder: Path, moment: str, **layers) -> Plan:
    """A plan folder with these layers."""
    made = Plan(folder / moment, moment)
    made.folder.mkdir(parents=True)
    for id, rows in layers.items():
        layer = load().layer(id)
        for name, field in layer.fields.items():
            if field.required and name not in rows:
                rows = rows.assign(**{name: next(iter(field.codes), "x")})
        write_layer(made.gpkg, layer, rows)
    return made
