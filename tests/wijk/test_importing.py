"""Import: update by key, keep what people said, all or nothing."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time

import pandas as pd
import pytest
import shapely

from arsenaal_gis import catalogue
from arsenaal_gis.errors import Cancelled, WorkspaceError
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.progress import Silent
from arsenaal_gis.wijk import Wijk, import_delivery, lock, reserve_copies, restore, store

from .conftest import delivery, spatial


def decide(wijk, **columns):
    """Write a decision, as the plugin does through QGIS' provider."""
    row = {
        "besluit_id": ["d1"],
        "laag": ["percelen"],
        "sleutel": ["B"],
        "besluit": ["veto"],
        "door": ["planner"],
        "moment": [pd.Timestamp("2025-01-01")],
    }
    write_layer(wijk.gpkg, catalogue.load().layer("besluiten"), pd.DataFrame(row | columns))


def test_the_first_import_holds_what_was_delivered(wijk):
    report = import_delivery(wijk, delivery(), "20250101T000000Z")
    assert report.changes["percelen"] == {"nieuw": 2, "gewijzigd": 0, "verdwenen": 0, "gelijk": 0}
    assert wijk.layer("percelen")["capakey"].tolist() == ["A", "B"]
    assert wijk.layer("percelen")["bouwblok_id"].nunique() == 1
    blocks = wijk.layer("bouwblokken")
    assert blocks["percelen"].tolist() == [2] and blocks["naam"].tolist() == ["Hoofdstraat"]
    assert blocks.geometry.iloc[0].area == pytest.approx(400)
    assert wijk.raster("groenkaart").exists() and wijk.raster("dsm") is None
    with sqlite3.connect(wijk.gpkg) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_the_same_delivery_again_changes_nothing(wijk):
    import_delivery(wijk, delivery(), "1")
    first = wijk.gpkg.read_bytes()
    report = import_delivery(wijk, delivery(), "2")
    assert all(
        set(c) == {"nieuw", "gewijzigd", "verdwenen", "gelijk"}
        and not (c["nieuw"] + c["gewijzigd"] + c["verdwenen"])
        for c in report.changes.values()
    )
    assert wijk.gpkg.read_bytes() == first


def test_rows_are_updated_by_key(wijk):
    import_delivery(wijk, delivery(), "1")
    changed = delivery(parcels=("A", "C"))
    changed.frames["woningen"].loc[0, "bouwjaar"] = 1901
    report = import_delivery(wijk, changed, "2")
    assert report.changes["percelen"] == {"nieuw": 1, "gewijzigd": 0, "verdwenen": 1, "gelijk": 1}
    assert report.changes["woningen"] == {"nieuw": 1, "gewijzigd": 1, "verdwenen": 1, "gelijk": 0}


def test_visits_recorded_on_the_street_survive_and_win(wijk):
    import_delivery(wijk, delivery(), "1")
    kept = wijk.layer("bezoeken")
    kept.loc[0, "resultaat"] = "geweigerd"
    write_layer(wijk.gpkg, catalogue.load().layer("bezoeken"), kept)
    import_delivery(wijk, delivery(), "2")
    assert wijk.layer("bezoeken")["resultaat"].tolist() == ["geweigerd"]


def test_decisions_on_a_vanished_key_are_kept_flagged_and_moved_only_on_confirmation(wijk):
    import_delivery(wijk, delivery(), "1")
    decide(wijk)
    split = delivery(parcels=("A",))
    halves = spatial([shapely.box(10, 0, 16, 20), shapely.box(16, 0, 20, 20)], capakey=["B1", "B2"])
    split.frames["percelen"] = pd.concat([split.frames["percelen"], halves], ignore_index=True)
    report = import_delivery(wijk, split, "2")
    assert report.vanished == {"besluiten": 1, "bezoeken": 0}
    decision = wijk.layer("besluiten").iloc[0]
    assert (decision["sleutel"], bool(decision["sleutel_vervallen"])) == ("B", True)
    lines = wijk.layer("afstamming")
    lines = lines[lines["laag"].eq("percelen")].sort_values("aandeel")
    assert lines["nieuwe_sleutel"].tolist() == ["B2", "B1"] and lines["aandeel"].tolist() == [0.4, 0.6]
    assert set(lines["status"]) == {"voorstel"}

    every = wijk.layer("afstamming")
    every.loc[every["oude_sleutel"].eq("B"), "status"] = "bevestigd"
    write_layer(wijk.gpkg, catalogue.load().layer("afstamming"), every)
    import_delivery(wijk, split, "3")
    moved = wijk.layer("besluiten").iloc[0]
    assert (moved["sleutel"], bool(moved["sleutel_vervallen"])) == ("B1", False)


def test_a_visit_to_a_vanished_dwelling_is_kept_and_flagged(wijk):
    import_delivery(wijk, delivery(), "1")
    report = import_delivery(wijk, delivery(parcels=("B",)), "2")
    assert report.vanished["bezoeken"] == 1 and len(wijk.layer("bezoeken")) == 1


def test_the_last_versions_stay_and_one_can_be_put_back(wijk, monkeypatch):
    assert store.KEEP == 5
    monkeypatch.setattr(store, "KEEP", 2)
    for i in range(4):
        import_delivery(wijk, delivery(parcels=("A", "B") if i < 3 else ("A",)), f"2025010{i}T000000Z")
    names = [copy.stem for copy in reserve_copies(wijk.folder)]
    assert names == [f"wijk_2025010{i}T000000Z" for i in (2, 3)]
    restore(wijk.folder, "20250103", "20250109T000000Z")
    assert len(wijk.layer("percelen")) == 2
    with pytest.raises(WorkspaceError, match="no earlier version '1999'.*20250109"):
        restore(wijk.folder, "1999", "x")


def test_rasters_no_version_refers_to_are_removed(wijk, monkeypatch):
    monkeypatch.setattr(store, "KEEP", 1)
    import_delivery(wijk, delivery(), "1")
    for i in range(2, 5):
        changed = delivery()
        changed.rasters["groenkaart"].values[0, 0] = i
        import_delivery(wijk, changed, str(i))
    assert (
        len(list((wijk.folder / "rasters").glob("groenkaart_*.tif"))) == 2
    )  # the present one and one in reserve


def test_a_cancelled_import_leaves_the_old_file(wijk):
    import_delivery(wijk, delivery(), "1")
    before = wijk.gpkg.read_bytes()

    class Stop(Silent):
        def check(self):
            raise Cancelled

    with pytest.raises(Cancelled):
        import_delivery(wijk, delivery(parcels=("A",)), "2", Stop())
    assert wijk.gpkg.read_bytes() == before
    assert not list(wijk.folder.glob(".wijk_*")) and not (wijk.folder / "wijk.slot").exists()


def test_rows_that_do_not_fit_leave_the_old_file(wijk):
    import_delivery(wijk, delivery(), "1")
    before = wijk.gpkg.read_bytes()
    wrong = delivery()
    wrong.frames["woningen"]["bouwjaar_klasse"] = "oud"
    with pytest.raises(WorkspaceError, match="oud"):
        import_delivery(wijk, wrong, "2")
    assert wijk.gpkg.read_bytes() == before


def test_another_program_that_holds_the_file_gets_a_new_file_beside_it(wijk):
    import_delivery(wijk, delivery(), "1")
    holder = sqlite3.connect(wijk.gpkg)
    holder.execute("PRAGMA journal_mode=WAL")  # as QGIS opens it
    holder.execute("BEGIN").connection.execute("SELECT count(*) FROM percelen").fetchone()
    report = import_delivery(wijk, delivery(parcels=("A",)), "2")
    assert report.path.name == "wijk.nieuw.gpkg" and report.path.exists()
    assert holder.execute("SELECT count(*) FROM percelen").fetchone() == (2,)
    holder.close()
    report = import_delivery(wijk, delivery(parcels=("A",)), "3")
    assert report.path == wijk.gpkg and not (wijk.folder / "wijk.nieuw.gpkg").exists()
    assert len(wijk.layer("percelen")) == 1


def test_a_denied_rename_leaves_a_new_file_beside_it(wijk, monkeypatch):
    import_delivery(wijk, delivery(), "1")
    before, real = wijk.gpkg.read_bytes(), os.replace

    def denied(source, target):
        if str(target).endswith("wijk.gpkg"):
            raise PermissionError(13, "in use", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", denied)
    report = import_delivery(wijk, delivery(parcels=("A",)), "2")
    assert report.path.name == "wijk.nieuw.gpkg" and wijk.gpkg.read_bytes() == before


def test_who_holds_the_wijk_is_said_with_since_when(wijk):
    with lock(wijk.folder, "import"):
        with pytest.raises(WorkspaceError, match=r"holds the wijk since \d{4}-.* for import"):
            import_delivery(wijk, delivery(), "1")
    import_delivery(wijk, delivery(), "1")  # and free again


def test_the_lock_of_a_dead_process_is_taken_over_but_not_that_of_another_machine(wijk):
    import json
    import socket

    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    holder = {
        "wie": "an",
        "machine": socket.gethostname(),
        "proces": dead.pid,
        "sinds": "2025",
        "werk": "import",
    }
    (wijk.folder / "wijk.slot").write_text(json.dumps(holder))
    import_delivery(wijk, delivery(), "1")
    (wijk.folder / "wijk.slot").write_text(json.dumps(holder | {"machine": "elders"}))
    with pytest.raises(WorkspaceError, match="an on elders holds the wijk since 2025"):
        import_delivery(wijk, delivery(), "2")


def test_an_unreadable_lock_is_left_to_a_person(wijk):
    (wijk.folder / "wijk.slot").write_text("")
    with pytest.raises(WorkspaceError, match="Remove this file"):
        import_delivery(wijk, delivery(), "1")


def test_a_folder_that_cannot_be_written_is_named(wijk, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(
        "arsenaal_gis.wijk.locking.os.open", refuse
    )  # root may write anywhere, so the refusal is forced
    with pytest.raises(WorkspaceError, match="cannot be written: Permission denied"):
        import_delivery(wijk, delivery(), "1")


def test_a_file_system_without_memory_mapping_works(wijk, monkeypatch):
    import mmap

    def refuse(*args, **kwargs):
        raise OSError(19, "No such device")

    monkeypatch.setattr(mmap, "mmap", refuse)
    monkeypatch.setenv("OGR_SQLITE_PRAGMA", "mmap_size=0")
    import_delivery(wijk, delivery(), "1")
    assert len(wijk.layer("percelen")) == 2


KILLED = """
import sys
sys.path.insert(0, {tests!r})
from wijk.conftest import delivery
from arsenaal_gis.wijk import Wijk, import_delivery
print("ready", flush=True)
i = 0
while True:
    i += 1
    import_delivery(Wijk.open({folder!r}), delivery(parcels=("A", "B", "C")[: 1 + i % 3]), f"m{{i:05}}")
"""


@pytest.mark.parametrize("times, seed", [(4, 2800), pytest.param(200, None, marks=pytest.mark.soak)])
def test_killed_at_random_moments_the_wijk_stays_whole(wijk, times, seed):
    """After each kill of an importing process every table is readable and whole."""
    rng = random.Random(seed)
    import_delivery(wijk, delivery(), "m00000")
    script = textwrap.dedent(KILLED).format(
        tests=os.path.dirname(os.path.dirname(__file__)), folder=str(wijk.folder)
    )
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout.readline().strip() == b"ready"
        time.sleep(rng.uniform(0, 0.6))  # the moment of the kill, not a wait for a result
        process.send_signal(signal.SIGKILL)
        process.wait()
        fresh = Wijk.open(wijk.folder)
        parcels = fresh.layer("percelen")["capakey"].tolist()
        assert parcels in (["A"], ["A", "B"], ["A", "B", "C"])
        assert fresh.layer("woningen")["capakey"].tolist() == parcels
        with sqlite3.connect(wijk.gpkg) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if (wijk.folder / "wijk.slot").exists() and not (wijk.folder / "wijk.slot").read_text():
            (wijk.folder / "wijk.slot").unlink()  # killed between making and filling it: left to a person
    import_delivery(wijk, delivery(), "zz")
    assert not list(wijk.folder.glob(".wijk_*"))
