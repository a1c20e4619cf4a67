"""Base facts of parcels, dwellings and streets: what every analysis stands on.

class_areas(polygons, grid, classes)          m² of each raster class in each polygon
street_edges(parcels, blocks)                 the part of each parcel's boundary that faces the street
measure_footways(edges, kerbs, footways, ...) widths along those edges, with their source
split_yards(open_space, edges, buildings)     front and back yard
"""

from .footways import Footways, measure_footways
from .yards import Edges, split_yards, street_edges
from .zonal import class_areas

__all__ = ["Edges", "Footways", "class_areas", "measure_footways", "split_yards", "street_edges"]
