"""A wijk of two parcels, two houses and one street, delivered by hand."""

from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from arsenaal_gis.raster import Grid


def spatial(geometries, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(geometries), crs=31370)


def delivery(parcels=("A", "B"), rasters=True, **frames):
    """Parcels are 10 x 20 m plots in a row along a street at y = -5; each has a house of 10 x 10 m at the street."""
    boxes = {key: shapely.box(10 * i, 0, 10 * i + 10, 20) for i, key in enumerate("ABC")}
    base = {
        "wijkgrens": spatial([shapely.box(-50, -50, 100, 100)], wijk_id=["w"], naam=["Proef"]),
        "percelen": spatial([boxes[k] for k in parcels], capakey=list(parcels)),
        "gebouwen": spatial(
            [shapely.box(b.bounds[0], 0, b.bounds[2], 10) for b in (boxes[k] for k in parcels)],
            gebouw_id=[f"g{k}" for k in parcels],
            type=["hoofdgebouw"] * len(parcels),
        ),
        "adressen": spatial(
            [shapely.Point(boxes[k].bounds[0] + 5, 0.1) for k in parcels],
            adres_id=[f"a{k}" for k in parcels],
            straat=["Hoofdstraat"] * len(parcels),
            huisnummer=[str(i) for i, _ in enumerate(parcels)],
            capakey=list(parcels),
        ),
        "woningen": spatial(
            [shapely.Point(boxes[k].bounds[0] + 5, 0.1) for k in parcels],
            woning_id=[f"w{k}" for k in parcels],
            adres_id=[f"a{k}" for k in parcels],
            capakey=list(parcels),
            straat=["Hoofdstraat"] * len(parcels),
            bouwjaar_klasse=["voor_1900"] * len(parcels),
            bouwjaar=[1880] * len(parcels),
            gewijzigd_jaar=[1990] + [None] * (len(parcels) - 1),
        ),
        "straten": spatial(
            [shapely.LineString([(-20, -5), (60, -5)])],
            segment_id=["s1"],
            straat=["Hoofdstraat"],
            straat_links=["Hoofdstraat"],
            straat_rechts=["Hoofdstraat"],
        ),
        "weglijnen": spatial(
            [shapely.LineString([(-20, -1.5), (60, -1.5)])], weglijn_id=["k"], soort=["boordsteen"]
        ),
        "bezoeken": pd.DataFrame(
            {
                "bezoek_id": ["v1"],
                "woning_id": ["wA"],
                "datum": [pd.Timestamp("2022-03-15")],
                "golf": ["nulmeting"],
                "resultaat": ["bezocht"],
            }
        ),
        "bronnen": pd.DataFrame(
            {
                "bron_id": ["1", "2", "3"],
                "laag": ["percelen", "groenkaart", "bodembedekking"],
                "datum": [pd.Timestamp("2025-06-30")] * 3,
            }
        ),
    }
    grids = {}
    if rasters:
        # 2 m strip of low green at the back of every plot, the rest of the yard sealed.
        green, sealed = np.zeros((60, 60), np.float32), np.ones((60, 60), np.float32)
        row = slice(40 - 20, 40 - 18)  # y 18..20
        green[row], sealed[row] = 2, 0
        grids = {"groenkaart": Grid(green, -10, 40, 1), "bodembedekking": Grid(sealed, -10, 40, 1)}
    return SimpleNamespace(frames=base | frames, rasters=grids)
