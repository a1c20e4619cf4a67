"""The loader against a real PostgreSQL with PostGIS, started for these tests alone."""

import contextlib
import datetime
import getpass
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest
from wijk.conftest import delivery

from arsenaal_gis.errors import SourceError, WorkspaceError
from arsenaal_gis.export import load, run
from arsenaal_gis.plan import make_plan
from arsenaal_gis.wijk import import_delivery

psycopg2 = pytest.importorskip("psycopg2")
BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def as_postgres(*command):
    """PostgreSQL does not run as root: there the system's own user for it takes over."""
    user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    return subprocess.run([*user, *map(str, command)], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="session")
def server():
    if not BIN:
        pytest.skip("no PostgreSQL server")
    folder = Path(tempfile.mkdtemp(prefix="pg_"))
    if getpass.getuser() == "root":
        shutil.chown(folder, "postgres")
    data = folder / "data"
    as_postgres(BIN[-1] / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync")
    as_postgres(
        BIN[-1] / "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        folder / "log",
        "-o",
        f"-c listen_addresses='' -k {folder} -c fsync=off",
        "start",
    )
    yield f"postgresql:///postgres?host={folder}&user=postgres"
    as_postgres(BIN[-1] / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dsn(server):
    with contextlib.closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            try:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
            except psycopg2.Error:
                pytest.skip("no PostGIS")
            cursor.execute("DROP SCHEMA IF EXISTS arsenaal CASCADE")
    return server


def ask(dsn, query):
    with contextlib.closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def everything(dsn):
    names = [
        r[0]
        for r in ask(
            dsn, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'arsenaal' ORDER BY 1"
        )
    ]
    return {n: sorted(map(repr, ask(dsn, f"SELECT * FROM arsenaal.{n}"))) for n in names}


def test_a_load_brings_rows_geometry_and_types(dsn, p1):
    report = load(p1.path, dsn)
    assert report.opened["woningen"] == 2 and sum(report.closed.values()) == 0
    assert ask(
        dsn, "SELECT count(*), min(ST_SRID(geom)), min(GeometryType(geom)) FROM arsenaal.percelen"
    ) == [(2, 31370, "MULTIPOLYGON")]
    assert ask(dsn, "SELECT ST_Area(geom) FROM arsenaal.percelen WHERE capakey = 'A'") == [(200.0,)]
    assert ask(dsn, "SELECT geldig_van, geldig_tot, is_actueel FROM arsenaal.woningen LIMIT 1") == [
        (datetime.date(2025, 6, 30), None, True)
    ]


def test_loading_twice_changes_nothing(dsn, p1):
    load(p1.path, dsn)
    before = everything(dsn)
    again = load(p1.path, dsn)
    assert everything(dsn) == before
    assert sum(again.opened.values()) == sum(again.closed.values()) == 0


@pytest.mark.parametrize("partial", [False, True])
def test_history_is_kept(dsn, p1, planned, partial):
    load(p1.path, dsn)
    later = delivery(parcels=("A", "C"))
    later.frames["woningen"].loc[0, "bouwjaar"] = 1901
    import_delivery(planned, later, "20260101T000000Z")
    make_plan(planned, "20260701T000000Z", peildatum=datetime.date(2026, 6, 30), only=["feiten"])
    report = load(run(planned, "P1", changes_since="20250701" if partial else "").path, dsn)
    assert (report.opened["woningen"], report.closed["woningen"]) == (2, 2)
    rows = ask(dsn, "SELECT woning_id, bouwjaar, is_actueel, geldig_tot FROM arsenaal.woningen ORDER BY 1, 3")
    day = datetime.date(2026, 6, 30)
    assert rows == [
        ("wA", 1880, False, day),
        ("wA", 1901, True, None),
        ("wB", 1880, False, day),
        ("wC", 1880, True, None),
    ]


@pytest.mark.parametrize(
    ("drift", "named"),
    [
        ("RENAME COLUMN bouwjaar TO jaar", "bouwjaar, jaar"),
        ("ALTER COLUMN bouwjaar TYPE text", "bouwjaar"),
        ("ADD COLUMN opmerking text", "opmerking"),
        ("DROP COLUMN bouwjaar", "bouwjaar"),
        ("ALTER COLUMN geom TYPE geometry(Point, 4326) USING ST_Transform(geom, 4326)", "geom"),
        ("ALTER COLUMN geom TYPE geometry(MultiPoint, 31370) USING ST_Multi(geom)", "geom"),
    ],
)
def test_another_schema_in_the_warehouse_is_refused_and_nothing_changes(dsn, p1, drift, named):
    load(p1.path, dsn)
    with contextlib.closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE arsenaal.woningen {drift}; DELETE FROM arsenaal.adressen")
    before = everything(dsn)
    with pytest.raises(SourceError, match=f"other columns: {named}\\."):
        load(p1.path, dsn)
    assert everything(dsn) == before


def test_a_connection_lost_midway_leaves_the_old_state(dsn, p1):
    load(p1.path, dsn)
    with contextlib.closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM arsenaal.adressen; DELETE FROM arsenaal.woningen")
    before = everything(dsn)

    class Cut:
        count = 0

        def stage(self, name, total=None):
            pass

        def advance(self, amount=1.0):
            Cut.count += 1
            if Cut.count == 3:
                ask(
                    dsn,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
                )

        def message(self, text):
            pass

        def check(self):
            pass

    with pytest.raises(WorkspaceError, match="could not be loaded"):
        load(p1.path, dsn, progress=Cut())
    assert Cut.count == 3 and everything(dsn) == before


def test_no_server_no_export(tmp_path, p1):
    with pytest.raises(WorkspaceError, match="No connection"):
        load(p1.path, f"postgresql:///x?host={tmp_path}")
    with pytest.raises(SourceError):
        load(tmp_path / "weg.gpkg", "postgresql:///x")
    other = tmp_path / "ander.gpkg"
    with contextlib.closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE t (a)")
    with pytest.raises(SourceError, match="export_manifest"):
        load(other, "postgresql:///x")
