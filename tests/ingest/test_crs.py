"""Coordinates tell which system they are in, whatever the tag says."""

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from arsenaal_gis.ingest import crs

NEAR = (158350.0, 189350.0, 158650.0, 189650.0)
POINTS = np.array([[158400.0, 189400.0], [158500.0, 189500.0], [158600.0, 189600.0]])


def boxes(epsg, swapped=False, points=POINTS):
    xy = points if epsg == 31370 else np.column_stack(
        Transformer.from_crs(31370, epsg, always_xy=True).transform(points[:, 0], points[:, 1])
    )  # fmt: skip
    xy = xy[:, ::-1] if swapped else xy
    return np.hstack([xy, xy])


@pytest.mark.parametrize("real", [31370, 3812, 4258, 3857, 25831])
@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("declared", [None, 31370, 3812, 4258])
def test_every_tag_against_every_truth(real, swapped, declared):
    found = crs.judge(boxes(real, swapped), declared, NEAR)
    assert (found.epsg, found.swapped) == (real, swapped)
    assert found.contradicts == (declared is not None and (declared, False) != (real, swapped))


@pytest.mark.parametrize("real", [3812, 4258])
def test_without_a_wijk_belgium_tells(real):
    found = crs.judge(boxes(real), 31370)
    assert (found.epsg, found.swapped, found.contradicts) == (real, False, True)


def test_a_tag_that_fits_is_kept_though_nothing_lies_in_the_wijk():
    elsewhere = boxes(31370, points=POINTS - 30000)
    assert crs.judge(elsewhere, 31370, NEAR) == crs.Judgement(31370, False, False)


def test_nothing_fits():
    found = crs.judge(boxes(31370) * 100, 31370, NEAR)
    assert found.epsg is None and found.contradicts


def test_null_boxes_do_not_vote():
    some = np.vstack([boxes(3812), np.full((20, 4), np.nan), np.zeros((20, 4))])
    assert crs.judge(some, 31370, NEAR).epsg == 3812
    assert crs.judge(np.full((2, 4), np.nan), 31370).epsg == 31370


def test_tags_are_understood():
    esri = (
        'PROJCS["Belge_Lambert_1972",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",'
        '6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION['
        '"Lambert_Conformal_Conic"],PARAMETER["False_Easting",150000.01256],PARAMETER["False_Northing",5400088.4378],'
        'PARAMETER["Central_Meridian",4.367486666666666],PARAMETER["Standard_Parallel_1",49.8333339],PARAMETER['
        '"Standard_Parallel_2",51.16666723333333],PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]]'
    )
    assert crs.identify(esri) == 31370
    assert crs.identify("EPSG:4326") == 4258
    assert crs.identify("http://www.opengis.net/def/crs/OGC/1.3/CRS84") == 4258
    assert crs.identify(None) is None and crs.identify("onzin") is None


@pytest.mark.parametrize("epsg", [3812, 4258, 3857, 25831])
@pytest.mark.parametrize("swapped", [False, True])
def test_the_way_home(epsg, swapped):
    delivered = boxes(epsg, swapped)[:, :2]
    home = crs.to_home(shapely.points(delivered), epsg, swapped=swapped)
    np.testing.assert_allclose(shapely.get_coordinates(home), POINTS, atol=1.5)


def test_accuracy_is_told():
    assert crs.operation(31370) == crs.Operation(31370)
    operation = crs.operation(3812)
    assert operation.accuracy_m == (0.2 if operation.grid_missing else 0.01)
    assert operation.name


def test_bounds_go_out_as_geometry_comes_home():
    inside = crs.bounds_in(NEAR, 3812, swapped=True)
    y, x = boxes(3812)[1, 1], boxes(3812)[1, 0]
    assert inside[0] < y < inside[2] and inside[1] < x < inside[3]
