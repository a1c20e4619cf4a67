"""GeoPackage tables: as the catalogue says, the same bytes for the same rows."""

import contextlib
import datetime
import hashlib
import sqlite3
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenaal_gis import catalogue
from arsenaal_gis.errors import WorkspaceError
from arsenaal_gis.gpkg import conform, empty_frame, read_layer, write_layer

PARCELS, VISITS = catalogue.load().layer("percelen"), catalogue.load().layer("bezoeken")
SQUARE = shapely.box(0, 0, 10, 10)


def parcels(**columns):
    rows = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=[SQUARE] * rows, crs=31370)


def visits(**extra):
    base = {
        "bezoek_id": ["b", "a"],
        "datum": ["2022-03-01", datetime.date(2022, 4, 1)],
        "golf": ["nulmeting", "andere"],
        "resultaat": ["bezocht", "niet_thuis"],
    }
    return pd.DataFrame(base | extra)


def test_rows_come_back_sorted_typed_and_multi(tmp_path):
    path = tmp_path / "é met spatie.gpkg"
    write_layer(path, PARCELS, parcels(capakey=["B", "A"], oidn=[2, None], versie_datum=["2020-02-29", None]))
    back = read_layer(path, "percelen")
    assert back["capakey"].tolist() == ["A", "B"]
    assert back["oidn"].isna().tolist() == [True, False] and back["oidn"].dtype == "Int64"
    assert back["versie_datum"].iloc[1] == pd.Timestamp("2020-02-29")
    assert set(back.geom_type) == {"MultiPolygon"} and back.crs.to_epsg() == 31370
    assert back.geometry.iloc[0].area == 100


def test_a_moment_with_a_zone_is_kept_in_utc():
    """Newer GDALs say the zone of what QGIS wrote; 12:30 in Brussels in summer is 10:30."""
    moment = pd.Timestamp("2022-07-02 12:30", tz="Europe/Brussels")
    frame = conform(visits(afspraak_op=pd.Series([moment, None])), VISITS)
    assert frame["afspraak_op"].isna().tolist() == [True, False], "sorted by key"
    assert frame["afspraak_op"].iloc[1] == pd.Timestamp("2022-07-02 10:30")
    plain = conform(visits(afspraak_op=["2022-07-02T12:30:00", None]), VISITS)
    assert plain["afspraak_op"].iloc[1] == pd.Timestamp("2022-07-02 12:30"), "without one it stays as it is"


def test_dates_are_dates_and_moments_are_moments_in_the_file(tmp_path):
    path = tmp_path / "t.gpkg"
    write_layer(path, VISITS, visits(afspraak_op=[None, pd.Timestamp("2022-04-02 18:30")]))
    with contextlib.closing(sqlite3.connect(path)) as db:
        types = {name: type for _, name, type, *_ in db.execute("PRAGMA table_info(bezoeken)")}
    assert (types["datum"], types["afspraak_op"], types["poging"]) == ("DATE", "DATETIME", "INTEGER")
    assert read_layer(path, "bezoeken")["afspraak_op"].iloc[0] == pd.Timestamp("2022-04-02 18:30")


def test_equal_rows_give_equal_bytes_whatever_their_order(tmp_path):
    digests = []
    for name, order in (("a", [0, 1]), ("b", [1, 0])):
        path = tmp_path / f"{name}.gpkg"
        write_layer(path, VISITS, visits().iloc[order])
        write_layer(path, PARCELS, parcels(capakey=["A", "B"]).iloc[order])
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]


def test_gdal_validator_finds_nothing(tmp_path):
    path = tmp_path / "t.gpkg"
    write_layer(path, PARCELS, parcels(capakey=["A"]))
    write_layer(path, VISITS, empty_frame(VISITS))
    script = (
        "import sys; from osgeo_utils.samples import validate_gpkg; sys.exit(validate_gpkg.main(sys.argv))"
    )
    pytest.importorskip("osgeo_utils")
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True)
    assert done.returncode == 0 and "error" not in (done.stdout + done.stderr).lower(), (
        done.stdout + done.stderr
    )


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (lambda: parcels(capakey=["A", "A"]), "stands twice"),
        (lambda: parcels(capakey=["A", None]), "'capakey' is missing in 1 rows"),
        (lambda: parcels(capakey=["A"], kleur=["rood"]), "kleur are not in the catalogue"),
        (lambda: parcels(capakey=["A"], oidn=["twaalf"]), "'oidn' is not of type integer"),
    ],
)
def test_rows_that_do_not_fit_are_refused(frame, message):
    with pytest.raises(WorkspaceError, match=message):
        conform(frame(), PARCELS)


def test_an_unlisted_code_is_refused_with_the_codes():
    with pytest.raises(WorkspaceError, match="weg.*Codes: bezocht, niet_thuis"):
        conform(visits(resultaat=["bezocht", "weg"]), VISITS)


def test_a_layer_that_is_not_there_reads_as_no_rows(tmp_path):
    frame = read_layer(tmp_path / "geen.gpkg", "percelen")
    assert len(frame) == 0 and list(frame.columns) == [*PARCELS.fields, "geom"]


def test_a_damaged_file_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "t.gpkg"
    write_layer(path, PARCELS, parcels(capakey=["A"]))
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(WorkspaceError, match="cannot be read"):
        read_layer(path, "percelen")


text = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(text, st.none() | st.integers(-(2**62), 2**62), st.none() | text),
        min_size=1,
        max_size=8,
        unique_by=lambda r: r[0],
    )
)
def test_any_values_survive_the_round_trip(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rt") / "t.gpkg"
    keys, numbers, texts = zip(*rows, strict=True)
    frame = conform(parcels(capakey=list(keys), oidn=list(numbers), canu=list(texts)), PARCELS)
    write_layer(path, PARCELS, frame)
    back = read_layer(path, "percelen")
    for name in ("capakey", "oidn", "canu"):
        assert (
            back[name].fillna(0 if name == "oidn" else "∅").tolist()
            == frame[name].fillna(0 if name == "oidn" else "∅").tolist()
        )


def test_polygons_are_stored_without_dust_and_with_the_outer_ring_counter_clockwise() -> None:
    """Holes and parts under ten square centimetres, left by overlays, have no direction that all readers agree on."""
    grain = shapely.box(3, 3, 3.005, 3.005)
    shapes = [
        shapely.box(0, 0, 9, 9, ccw=False),
        shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [grain.exterior, shapely.box(5, 5, 6, 6).exterior]),
        shapely.MultiPolygon([shapely.box(0, 0, 9, 9), shapely.affinity.translate(grain, 20)]),
        grain,
        shapely.Polygon(),
        None,
    ]
    rows = gpd.GeoDataFrame({"capakey": list("ABCDEF")}, geometry=shapes, crs=31370)
    made = conform(rows, PARCELS).geometry
    assert [shapely.area(shape) for shape in made[:4]] == pytest.approx([81, 80, 81, 2.5e-5])
    assert [shapely.get_num_geometries(shape) for shape in made[:4]] == [1, 1, 1, 1]
    for part in shapely.get_parts(made[:4].to_numpy()):
        assert part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors)
    assert made[4].is_empty and made[5] is None
