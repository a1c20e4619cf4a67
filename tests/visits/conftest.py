"""A wijk of four streets and sixty dwellings, small enough to reason about."""

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.network import walking_network
from arsenaal_gis.visits import answer_chance, visit_need
from arsenaal_gis.visits.shifts import Shift
from arsenaal_gis.wijk import Wijk

X, Y = 158_000.0, 189_000.0
STREETS = {
    "Hamerstraat": [(0, 0), (150, 0)],
    "Smisstraat": [(150, 0), (150, 150)],
    "Eenheidstraat": [(150, 150), (0, 150)],
    "Bermstraat": [(0, 150), (0, 0)],
}
PER_STREET = 15
PEILDATUM = dt.date(2024, 1, 31)


def street_frame():
    lines = [shapely.LineString(np.array(xy) + (X, Y)) for xy in STREETS.values()]
    names = list(STREETS)
    return gpd.GeoDataFrame(
        {
            "segment_id": [f"s{i}" for i in range(4)],
            "straat": names,
            "straat_links": names,
            "straat_rechts": names,
        },
        geometry=lines,
        crs=31370,
    )


def dwelling_frame():
    rows, doors = [], []
    for street, line in STREETS.items():
        way = shapely.LineString(np.array(line) + (X, Y)).offset_curve(-6)
        for i in range(PER_STREET):
            number = len(rows)
            doors.append(way.interpolate(5 + 140 * i / PER_STREET))
            rows.append(
                {
                    "woning_id": f"w{number:03}",
                    "adres_id": f"a{number:03}",
                    "straat": street,
                    "huisnummer": str(1 + 2 * i),
                    "bouwjaar": 1890 + 10 * i,
                    "bouwjaar_klasse": "voor_1900" if i == 0 else "1900_1945" if i < 6 else "1946_1970",
                    "eigendom": "huur" if i % 2 else "eigenaar",
                }
            )
    return gpd.GeoDataFrame(rows, geometry=doors, crs=31370)


@pytest.fixture
def wijk(tmp_path):
    """The wijk on disk, with an empty visit log."""
    (tmp_path / "wijk.toml").write_text(
        f'[wijk]\nnaam = "Proef"\npeildatum = {PEILDATUM}\n[bezoeken]\niteraties = 30\n', encoding="utf-8"
    )
    layers = load().layers
    house = gpd.GeoDataFrame(
        {"voorziening_id": ["v1"], "soort": ["wijkhuis"]}, geometry=[shapely.Point(X + 75, Y - 6)], crs=31370
    )
    around = gpd.GeoDataFrame(
        {"wijk_id": ["proef"]}, geometry=[shapely.box(X - 99, Y - 99, X + 250, Y + 250)]
    )
    around = around[[c for c in around if c in layers["wijkgrens"].fields or c == "geometry"]]
    key = layers["wijkgrens"].key[0]
    around[key] = "proef"
    for id, frame in {
        "woningen": dwelling_frame().assign(bouwjaar_nauwkeurigheid="jaar"),
        "straten": street_frame(),
        "voorzieningen": house,
        "wijkgrens": around.set_crs(31370),
    }.items():
        fields = layers[id].fields
        for name, field in fields.items():
            if field.required and name not in frame:
                frame[name] = next(iter(field.codes), "x") if field.codes or field.type == "text" else 0
        write_layer(tmp_path / "wijk.gpkg", layers[id], frame)
    return Wijk.open(tmp_path)


@pytest.fixture
def network():
    """Its walking network."""
    return walking_network(street_frame())


@pytest.fixture
def week():
    """Two teams on Thursday and Friday 1 and 2 February 2024."""
    team_a = ("team A", frozenset({"woonscreener"}), 2)
    team_b = ("team B", frozenset({"energiescanner"}), 1)
    days = ((dt.date(2024, 2, 1), "wd_13_17"), (dt.date(2024, 2, 2), "wd_17_20"))
    return [
        Shift(name, day, part, roles, people, 150.0)
        for day, part in days
        for name, roles, people in (team_a, team_b)
    ]


@pytest.fixture
def values(wijk):
    """Settings of section bezoeken."""
    return wijk.settings["bezoeken"]


def empty_tables(wijk):
    """Log, renovation, quality and survey without rows, the last three by dwelling."""
    log = wijk.layer("bezoeken")
    return log, *(wijk.layer(id).set_index("woning_id") for id in ("renovatie", "woonkwaliteit", "bevraging"))


@pytest.fixture
def need(wijk, values):
    """Priorities of the wijk when nobody has been visited yet."""
    log, *tables = empty_tables(wijk)
    chances = answer_chance(log)
    return visit_need(
        wijk.layer("woningen"), log, *tables, chances, dt.date(2024, 2, 1), values, np.random.default_rng(1)
    )


def visit_rows(*rows):
    """Visit log rows from (woning, day, outcome[, daypart])."""
    frame = pd.DataFrame(
        [(*row, "wd_13_17")[:4] for row in rows], columns=["woning_id", "datum", "resultaat", "dagdeel"]
    )
    frame["datum"] = pd.to_datetime(frame["datum"])
    return frame.assign(golf="andere", afspraak_op=pd.NaT, functie="woonscreener")
