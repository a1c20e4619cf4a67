"""Walking network of a wijk: both sides of every street, crossings with a cost, doors on their own side.

    network = walking_network(straten, half_width_m=4.0, obstacles=buildings.geometry)
    doors = network.locate(adressen.geometry, streets=adressen.straat)     # Positions: side, along, access
    network.travel_times(doors)                  # (n, n) seconds, waiting at crossings included; inf = no way
    network.distances(doors, shops)              # (n, m) metres
    network.nearest(doors, cool_places)          # metres to, and index of, the nearest target of each door
    network.people_within(places, doors, residents, 300.0)    # residents within 300 m on foot of each place
    network.route(doors, [4, 17, 2])             # LineString along the pavements, for the map

``locate`` takes points. For a park or another area pass ``boundary_points(polygons)``: points along the
edges and the index of the polygon that each belongs to. ``network.sides`` is a frame of the street sides
(``straatzijde_id``, ``segment_id``, ``kant``, ``straat``, geometry), one row per segment and side.

Everything is in metres of one projected CRS (EPSG:31370) and seconds. Streets that do not connect give
infinite distances, never a guess.
"""

from .build import walking_network
from .graph import WalkingNetwork
from .locate import Positions, boundary_points

__all__ = ["Positions", "WalkingNetwork", "boundary_points", "walking_network"]
