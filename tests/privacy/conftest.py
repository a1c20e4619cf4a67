"""A small quarter on a grid of streets: dwellings, a renovation register, incidents."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform
from arsenaal_gis.privacy import Places


def quarter(seed=0, sides=12, least=6, most=30):
    """Dwellings on street sides 60 m apart, 8 m between doors; the south-west corner lies on a cell corner."""
    rng = np.random.default_rng(seed)
    rows, lines = [], {}
    for side in range(sides):
        name = f"{100 + side // 2}_{'LR'[side % 2]}"
        y = 189_000.0 + 60.0 * (side // 2) + 8.0 * (side % 2) + 31
        n = int(rng.integers(least, most))
        lines[name] = shapely.LineString([(158_000, y), (158_000 + 8.0 * n, y)])
        rows += [
            (f"w{side:02d}_{i:02d}", 158_004 + 8.0 * i, y, name, f"12025A{side // 4:02d}") for i in range(n)
        ]
    frame = pd.DataFrame(rows, columns=["woning_id", "x", "y", "straatzijde_id", "sector_id"])
    frame["adres_id"] = frame["woning_id"].str.replace("w", "a")
    areas = {
        f"12025A{i:02d}": shapely.box(158_000, 189_000 + 120 * i, 158_400, 189_120 + 120 * i)
        for i in range((sides + 3) // 4)
    }
    return Places(
        frame.astype({"straatzijde_id": object}),
        gpd.GeoSeries(lines, crs=31370),
        gpd.GeoSeries(areas, crs=31370),
    )


def register(places, rng, weights=(0.55, 0.1, 0.1, 0.25)):
    """A renovation status for every dwelling."""
    codes = list(load().layer("renovatie").fields["renovatiestatus"].codes)[: len(weights)]
    homes = places.rows["woning_id"]
    status = rng.choice(codes, len(homes), p=np.array(weights[: len(codes)]) / sum(weights[: len(codes)]))
    frame = pd.DataFrame(
        {
            "renovatie_id": "r" + homes,
            "woning_id": homes,
            "adres_id": places.rows["adres_id"],
            "renovatiestatus": status,
        }
    )
    return conform(frame, load().layer("renovatie"))


@pytest.fixture
def places():
    return quarter()


@pytest.fixture
def renovation(places):
    return register(places, np.random.default_rng(1))
