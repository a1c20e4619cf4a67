"""A street drawn by hand: houses of 6 m on both sides of a carriageway of 6 m, footways of known width."""

import geopandas as gpd
import numpy as np
from shapely.geometry import LineString, Point, box

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform
from arsenaal_gis.unsealing.site import Site


def layer(id, **columns):
    frame = gpd.GeoDataFrame(columns, geometry="geometry", crs=31370)
    return conform(frame, load().layer(id))


def street(width_north, width_south=2.5, *, houses=3, kerbs=True, height=8.0, door=1.0, **more):
    """Layers of the street: x from 0, the axis on y = 0, kerbs on y = 3 and y = -3.

    House k on the north stands on x 6k to 6k + 6, its door at x = 6k + ``door``; behind it a yard of 6 m.
    """
    north, south = 3 + width_north, -3 - width_south
    x = np.arange(houses) * 6.0
    buildings = [box(a, north, a + 6, north + 8) for a in x] + [box(a, south - 8, a + 6, south) for a in x]
    parcels = [box(a, north, a + 6, north + 14) for a in x] + [box(a, south - 14, a + 6, south) for a in x]
    doors = [Point(a + door, north + 0.2) for a in x] + [Point(a + door, south - 0.2) for a in x]
    names = [f"n{k}" for k in range(houses)] + [f"z{k}" for k in range(houses)]
    end = 6.0 * houses
    layers = {
        "gebouwen": layer(
            "gebouwen",
            gebouw_id=names,
            type="hoofdgebouw",
            capakey=names,
            hoogte_m=height,
            geometry=buildings,
        ),
        "percelen": layer("percelen", capakey=names, geometry=parcels),
        "adressen": layer(
            "adressen",
            adres_id=names,
            straat="Rechtestraat",
            huisnummer=[n[1:] for n in names],
            gebouw_id=names,
            capakey=names,
            geometry=doors,
        ),  # fmt: skip
        "straten": layer(
            "straten",
            segment_id=["s"],
            straat="Rechtestraat",
            geometry=[LineString([(-60, 0), (end + 60, 0)])],
        ),
    }
    if kerbs:
        lines = [LineString([(-60, y), (end + 60, y)]) for y in (3, -3)]
        layers["weglijnen"] = layer("weglijnen", weglijn_id=["a", "b"], soort="boordsteen", geometry=lines)
        layers["wegdek"] = layer(
            "wegdek", wegdek_id=["w"], functie="rijbaan", geometry=[box(-60, -3, end + 60, 3)]
        )
    return layers | more


def site(width_north=1.4, width_south=2.5, *, options=None, **more):
    return Site(street(width_north, width_south, **more), **(options or {}))
