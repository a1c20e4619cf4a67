"""A plan of four places by seven criteria, made by hand, for the tests of the dock."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString, Point, box

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame, write_layer
from arsenaal_gis.plan.stages import STAGES
from arsenaal_gis.priority import contributions, rank, score

WEIGHTS = {
    "hitte": 0.2,
    "koelte": 0.15,
    "water": 0.2,
    "inwoners": 0.15,
    "billijkheid": 0.15,
    "straatbeeld": 0.1,
    "groenblauw": 0.05,
}
# Four places by seven criteria; the last does not know its heat.
CRITERIA = np.array(
    [
        [0.9, 0.8, 0.1, 0.5, 0.4, 0.3, 0.2],
        [0.1, 0.2, 0.9, 0.5, 0.4, 0.3, 0.2],
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [np.nan, 0.1, 0.2, 0.3, 0.1, 0.2, 0.0],
    ]
)
EASY = np.array([1.0, 0.8, 0.5, 0.0])


def places(criteria, weights, easy):
    """Rows of onthard_kandidaten as the unsealing stage makes them: score = priority x opportunity."""
    weight = np.array(list(weights.values()))
    parts = contributions(criteria, weight) * easy[:, None]
    total = score(criteria, weight) * easy
    rows = pd.DataFrame(
        {
            "kandidaat_id": [f"k{i}" for i in range(len(easy))],
            "type": ["geveltuin", "speelplein", "boomvak", "koer"],
            "plek": [f"Hamerstraat {2 * i + 1}" for i in range(len(easy))],
            "straat": ["Hamerstraat", "Hamerstraat", "Eenheidstraat", "Hamerstraat"][: len(easy)],
            "oppervlakte_m2": [4.1, 86.0, 6.0, 20.0],
            "oordeel": ["comfortabel", "comfortabel", "wettelijk_mogelijk", "niet"],
            "pet_c": [38.2, 35.0, 36.0, None],
            "opportuniteit": easy,
            "score_0_1": total,
            "rang": rank(total),
            "waarom": "hitte: PET 38,2 °C",
            "robuustheid": "robuust",
            **{f"bijdrage_{name}": parts[:, i] for i, name in enumerate(weights)},
        }
    )
    shapes = [box(158010 + 10 * i, 189010, 158014 + 10 * i, 189014) for i in range(len(easy))]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:31370")


def add_plan(wijk, moment, frame, weights):
    folder = wijk.parent / "plannen" / moment
    folder.mkdir(parents=True)
    path, catalogue = folder / f"plan_{moment}.gpkg", load()
    settings = {"ontharding": {f"gewicht_{name}": value for name, value in weights.items()}}
    run = {
        "run_id": moment,
        "moment": "2025-11-22T10:15:00",
        "peildatum": "2025-06-30",
        "wijk": "Proef",
        "parameters": json.dumps(settings),
        "stappen": ", ".join(stage.name for stage in STAGES),
        "waarschuwingen": "Fictieve oefendata.",
    }
    write_layer(path, catalogue.layer("onthard_kandidaten"), frame)
    write_layer(path, catalogue.layer("run"), pd.DataFrame([run]))
    about = catalogue.layer("onthard_keuze")
    best = frame.sort_values("rang").head(1).assign(volgnummer=3, status="gekozen")
    write_layer(
        path, about, best[[name for name in best.columns if name in about.fields or name == "geometry"]]
    )


def add_rounds(wijk, moment):
    """Two rounds of one day: team A calls at two homes, team B at one."""
    path, catalogue = wijk.parent / "plannen" / moment / f"plan_{moment}.gpkg", load()
    day = "2025-07-01"
    rounds = pd.DataFrame(
        {
            "ronde_id": ["ra", "rb"],
            "datum": day,
            "dagdeel": "wd_13_17",
            "team": ["team A", "team B"],
            "functies": "woonscreener, wijkjurist",
            "stops": [2, 1],
            "duur_min": [95.0, 40.0],
        }
    )
    lines = [
        LineString([(158010, 189005), (158040, 189005)]),
        LineString([(158060, 189005), (158070, 189005)]),
    ]
    stops = pd.DataFrame(
        {
            "stop_id": ["s2", "s1", "s3"],
            "ronde_id": ["ra", "ra", "rb"],
            "volgnummer": [2, 1, 1],
            "woning_id": ["w1", "w0", "w2"],
            "adres_id": ["a1", "a0", "a2"],
            "straat": "Hamerstraat",
            "huisnummer": ["3", "1", "5"],
            "aankomst": f"{day}T13:05:00",
            "bezoektype": "energiescan",
            "kans": 0.4,
            "waarom_hier": ["verhuurd", "gebouwd voor 1946", "EPC E"],
        }
    )
    points = [Point(158020, 189011), Point(158010, 189011), Point(158030, 189011)]
    write_layer(path, catalogue.layer("rondes"), gpd.GeoDataFrame(rounds, geometry=lines, crs="EPSG:31370"))
    write_layer(
        path, catalogue.layer("ronde_stops"), gpd.GeoDataFrame(stops, geometry=points, crs="EPSG:31370")
    )


def planned(wijk):
    """Give a wijk its plan and a table for decisions."""
    moment = "20251122T101500Z"
    add_plan(wijk, moment, places(CRITERIA, WEIGHTS, EASY), WEIGHTS)
    add_rounds(wijk, moment)
    about = load().layer("besluiten")
    write_layer(wijk.with_name("wijk.gpkg"), about, empty_frame(about))
