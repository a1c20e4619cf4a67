"""Vector files in every state in which they were seen to arrive."""

import os
import shutil
import stat
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from arsenaal_gis.errors import SourceError
from arsenaal_gis.ingest import vectors

SQUARES = [shapely.box(158500 + 20 * i, 189500, 158510 + 20 * i, 189510) for i in range(3)]


def squares(**columns):
    frame = {"CAPAKEY": ["a", "b", "c"], "NAAM": ["weg bestaande uit één rijbaan", "x\r\n", None], **columns}
    return gpd.GeoDataFrame(frame, geometry=SQUARES, crs=31370)


@pytest.fixture
def shape(tmp_path):
    folder = tmp_path / "levering é van mei"
    folder.mkdir()
    squares().to_file(folder / "Adp.shp", engine="pyogrio", encoding="ISO-8859-1")
    return folder / "Adp.shp"


def test_shapefile_in_a_folder_with_spaces_and_accents(shape, tmp_path):
    path, layer = vectors.locate(shape.parent, "", tmp_path)
    vector = vectors.read(path, layer)
    assert (path, vector.total, vector.notes) == (shape, 3, [])
    assert vector.attributes.index.tolist() == [1, 2, 3]
    assert vector.attributes.NAAM.tolist()[0] == "weg bestaande uit één rijbaan"
    assert [geometry.area for geometry in vector.geometry] == [100, 100, 100]
    assert vectors.info(path).total == 3
    assert vectors.info(path).bounds == (158500, 189500, 158550, 189510)


@pytest.mark.parametrize("claim", ["UTF-8", "CP1252", None])
def test_the_bytes_tell_the_encoding_not_the_cpg(shape, claim):
    shape.with_suffix(".cpg").unlink()
    if claim:
        shape.with_suffix(".cpg").write_text(claim)
    assert vectors.read(shape).attributes.NAAM.tolist()[0] == "weg bestaande uit één rijbaan"


def test_bounds_keep_the_row_numbers(shape):
    vector = vectors.read(shape, bounds=(158539, 189505, 158545, 189506))
    assert vector.attributes.index.tolist() == [3] and vector.total == 3


def test_read_only_folder_without_shx_and_prj(shape):
    shape.with_suffix(".shx").unlink()
    shape.with_suffix(".prj").unlink()
    before = sorted(file.name for file in shape.parent.iterdir())
    shape.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        vector = vectors.read(shape)
    finally:
        shape.parent.chmod(stat.S_IRWXU)
    assert vector.notes == ["missing_prj", "missing_shx"] and vector.crs is None
    assert vector.attributes.CAPAKEY.tolist() == ["a", "b", "c"]
    assert shapely.equals(vector.geometry, SQUARES).all()
    assert sorted(file.name for file in shape.parent.iterdir()) == before


@pytest.mark.parametrize("suffix, part", [(".shp", "truncated"), (".dbf", "attribute table is truncated")])
def test_truncated_parts_are_refused(shape, suffix, part):
    file = shape.with_suffix(suffix)
    os.truncate(file, file.stat().st_size - 40)
    with pytest.raises(SourceError, match=part):
        vectors.read(shape)


@pytest.mark.parametrize("driver, name", [("GPKG", "a.gpkg"), ("GeoJSON", "a.geojson"), ("GML", "a.gml")])
def test_truncated_containers_are_refused(tmp_path, driver, name):
    path = tmp_path / name
    squares().to_file(path, driver=driver, engine="pyogrio")
    os.truncate(path, path.stat().st_size // 3)
    with pytest.raises(SourceError, match="cannot be read|no layer"):
        vectors.read(path)


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.gml", "a.geojson", "a.dbf"])
def test_empty_files_are_refused(tmp_path, name):
    path = tmp_path / name
    path.touch()
    with pytest.raises(SourceError, match="empty"):
        vectors.read(path)


def test_layer_without_rows(tmp_path):
    squares().iloc[:0].to_file(tmp_path / "a.gpkg", engine="pyogrio")
    vector = vectors.read(tmp_path / "a.gpkg")
    assert vector.total == 0 and "CAPAKEY" in vector.attributes


def test_gml_leaves_no_trace_and_keeps_its_numbers(tmp_path):
    squares().to_file(tmp_path / "a.gml", driver="GML", engine="pyogrio")
    (tmp_path / "a.gfs").unlink(missing_ok=True)
    before = sorted(os.listdir(tmp_path))
    vector = vectors.read(tmp_path / "a.gml")
    assert vector.attributes.index.tolist() == [1, 2, 3] and vector.total == 3
    assert vectors.info(tmp_path / "a.gml").total == 3
    assert sorted(os.listdir(tmp_path)) == before


ARC = """<?xml version="1.0"?>
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml/3.2"
 gml:id="a">
<ogr:featureMember><ogr:vlak gml:id="v.1"><ogr:geom>
<gml:Surface srsName="urn:ogc:def:crs:EPSG::31370" gml:id="g"><gml:patches>
<gml:PolygonPatch><gml:exterior><gml:Ring>
<gml:curveMember><gml:Curve gml:id="c"><gml:segments>
<gml:ArcString><gml:posList>158500 189500 158510 189510 158520 189500</gml:posList></gml:ArcString>
<gml:LineStringSegment><gml:posList>158520 189500 158500 189500</gml:posList></gml:LineStringSegment>
</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>
</ogr:geom><ogr:OIDN>1</ogr:OIDN></ogr:vlak></ogr:featureMember></ogr:FeatureCollection>"""


def test_curves_become_short_straight_lines_and_are_told(tmp_path):
    path = tmp_path / "boog.gml"
    path.write_text(ARC)
    vector = vectors.read(path)
    assert vector.notes == ["has_curves"]
    assert vector.geometry[0].area == pytest.approx(50 * np.pi, rel=1e-3)  # half a disc of radius 10


def test_heights_and_measures_are_dropped_and_told(tmp_path):
    lines = shapely.from_wkt(["LINESTRING Z (158500 189500 7, 158510 189500 8)"])
    gpd.GeoDataFrame({"a": [1]}, geometry=lines, crs=31370).to_file(tmp_path / "z.shp", engine="pyogrio")
    vector = vectors.read(tmp_path / "z.shp")
    assert vector.notes == ["has_z"] and not shapely.has_z(vector.geometry).any()


def test_zip_with_several_layers_asks_which(shape, tmp_path):
    for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
        shutil.copy(shape.with_suffix(suffix), shape.with_name(f"Gbg{suffix}"))
    archive = tmp_path / "grb.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for file in shape.parent.iterdir():
            out.write(file, f"Shapefile/{file.name}")
    with pytest.raises(SourceError, match="More than one layer.*Adp.shp, Gbg.shp"):
        vectors.locate(archive, "", tmp_path / "a")
    path, layer = vectors.locate(archive, "adp", tmp_path / "b")
    assert vectors.read(path, layer).total == 3


def test_damaged_zip_is_refused(tmp_path):
    archive = tmp_path / "grb.zip"
    archive.write_bytes(b"PK\x03\x04 geen zip")
    with pytest.raises(SourceError, match="zip cannot be opened"):
        vectors.locate(archive, "", tmp_path)


def test_geopackage_with_several_layers_asks_which(tmp_path):
    path = tmp_path / "a.gpkg"
    squares().to_file(path, layer="boom", engine="pyogrio")
    squares().iloc[:2].to_file(path, layer="groenvlak", engine="pyogrio")
    with pytest.raises(SourceError, match="more than one layer.*boom, groenvlak"):
        vectors.read(path)
    with pytest.raises(SourceError, match="no layer 'bomen'.*boom, groenvlak"):
        vectors.read(path, "bomen")
    assert vectors.read(path, "Groenvlak").attributes.index.tolist() == [1, 2]


def test_missing_and_unreadable_sources(tmp_path):
    with pytest.raises(SourceError, match="does not exist"):
        vectors.locate(tmp_path / "Adp.shp", "", tmp_path)
    (tmp_path / "Adp.shp").write_text("dit is geen shapefile" * 20)
    with pytest.raises(SourceError, match="not a shapefile"):
        vectors.read(tmp_path / "Adp.shp")
    (tmp_path / "leeg").mkdir()
    with pytest.raises(SourceError, match="nothing readable"):
        vectors.locate(tmp_path / "leeg", "", Path(tmp_path))


def test_table_without_geometry(shape):
    shape.unlink()
    vector = vectors.read(shape.with_suffix(".dbf"))
    assert vector.attributes.CAPAKEY.tolist() == ["a", "b", "c"]
    assert all(geometry is None for geometry in vector.geometry)
