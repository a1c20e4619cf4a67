"""Outlines of clusters of points, drawn only where they hide who is in them."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ..keys import stable_id
from .clusters import dbscan, near_on_network
from .ladder import rung
from .periods import periods
from .series import Series
from .units import Units

MARGIN_M = 10.0  # around the outermost facts, so that no corner of the outline is a fact


def cluster_hulls(
    facts: pd.DataFrame,
    series: Series,
    units: Units,
    start: np.ndarray,
    end: np.ndarray,
    addresses: gpd.GeoDataFrame,
    settings: Mapping,
) -> gpd.GeoDataFrame:
    """Outline the clusters of each category in the last period.

    Args:
        facts: Facts placed on the segments.
        series: Their series.
        units: The segments.
        start: (s,) node number at the begin of each segment.
        end: (s,) node number at its end.
        addresses: Layer ``adressen``.
        settings: Section ``hotspots``.

    Returns:
        Rows of ``hotspots_clusters``; only outlines around enough addresses.
    """
    span = periods(series)[0]
    rows = []
    for category in series.categories:
        own = facts.loc[series.of(category).index]
        own = own[own["month"].between(span.first, span.last) & (own["unit"] >= 0)]
        if not rung(len(own), settings["minstens_toets"]).hotspots:
            continue
        near = near_on_network(
            start,
            end,
            units.size,
            own["unit"].to_numpy(),
            own["along"].to_numpy(),
            settings["cluster_afstand_m"],
        )
        label = dbscan(near, settings["cluster_minstens"])
        points = shapely.points(own["x"], own["y"])
        for number in range(label.max() + 1):
            hull = shapely.convex_hull(shapely.multipoints(points[label == number])).buffer(MARGIN_M)
            behind = (
                int(shapely.intersects(hull, addresses.geometry.to_numpy()).sum()) if len(addresses) else 0
            )
            if behind >= settings["cluster_adressen"]:
                centre = hull.centroid
                rows.append(
                    {
                        "cluster_id": stable_id(
                            "hotspots_clusters", series.source, category, round(centre.x), round(centre.y)
                        ),
                        "bron": series.source,
                        "categorie": category,
                        "aantal": int((label == number).sum()),
                        "adressen": behind,
                        "geometry": hull,
                    }
                )
    columns = ["cluster_id", "bron", "categorie", "aantal", "adressen", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs="EPSG:31370")
