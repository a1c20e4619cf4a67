"""The property every search must have: on the ground nothing overlaps."""

import shapely

from arsenaal_gis.unsealing.candidates import OVERHEAD

# 1 cm² : what double precision leaves of a shared edge at Lambert coordinates.
TINY_M2 = 1e-4


def assert_apart(found, site):
    """No place on the ground overlaps another, a building or a free passage; all are valid polygons."""
    ground = found.places[~found.places["type"].isin(OVERHEAD)].geometry.to_numpy()
    assert shapely.is_valid(ground).all()
    assert (shapely.get_type_id(ground) == 3).all()
    for others in (site.shapes("gebouwen"), found.passages):
        if len(others):
            index, other = shapely.STRtree(others).query(ground, predicate="intersects")
            overlap = shapely.area(shapely.intersection(ground[index], others[other]))
            assert overlap.max(initial=0) < TINY_M2
    index, other = shapely.STRtree(ground).query(ground, predicate="intersects")
    pair = index < other
    overlap = shapely.area(shapely.intersection(ground[index[pair]], ground[other[pair]]))
    assert overlap.max(initial=0) < TINY_M2
