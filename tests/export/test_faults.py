"""An export under fault: a clear error, and the old files as they were."""

import errno
import importlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from arsenaal_gis.errors import Cancelled, WorkspaceError
from arsenaal_gis.export import run
from arsenaal_gis.progress import Silent


def test_a_full_disk_leaves_the_old_file(planned, tmp_path):
    target = tmp_path / "uit.gpkg"
    old = run(planned, "P1", target).path.read_bytes()
    code = (
        "import resource, sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path\n"
        "from arsenaal_gis.wijk import Wijk; from arsenaal_gis.export import run; from arsenaal_gis.errors import ArsenaalError\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: run(Wijk.open(sys.argv[1]), 'P1', Path(sys.argv[2]))\n"
        "except ArsenaalError as error: print('CLEAR', error)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(planned.folder), str(target), os.getcwd()],
        capture_output=True,
        text=True,
    )
    assert "CLEAR" in result.stdout, result.stderr[-2000:]
    assert target.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir() if "deel" in p.name] == []


def killed_after(wait, folder, target, tier):
    """Start exporting over and over in a process of its own, and kill it after so many seconds."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[3]); from pathlib import Path\n"
        "from arsenaal_gis.wijk import Wijk; from arsenaal_gis.export import run\n"
        "wijk = Wijk.open(sys.argv[1]); print('go', flush=True)\n"
        "while True: run(wijk, sys.argv[4], Path(sys.argv[2]))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(target), os.getcwd(), tier], stdout=subprocess.PIPE
    )
    process.stdout.readline()
    try:
        process.wait(wait)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize(("wait", "tier"), [(0.02, "P1"), (0.4, "P3"), (1.0, "P1")])
def test_killed_at_any_moment_leaves_the_old_file(planned, tmp_path, wait, tier):
    target = tmp_path / "uit.gpkg"
    old = run(planned, tier, target).path.read_bytes()
    killed_after(wait, planned.folder, target, tier)
    assert target.read_bytes() == old
    assert run(planned, tier, target).path.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir() if "deel" in p.name] == []


@pytest.mark.soak
def test_killed_at_a_hundred_moments_leaves_the_old_file(planned, tmp_path):
    target, folder = tmp_path / "uit.gpkg", tmp_path / "uit"
    old = run(planned, "P3", target).path.read_bytes()
    files = {p.name: p.read_bytes() for p in folder.iterdir()}
    for step in range(100):
        killed_after(0.03 * step, planned.folder, target, "P3")
        assert target.read_bytes() == old
        # Between two renames the folder may be away; the next run puts it back before it writes anything.
        place = folder if folder.exists() else tmp_path / ".uit.oud"
        assert {p.name: p.read_bytes() for p in place.iterdir()} == files
    assert run(planned, "P3", target).path.read_bytes() == old


def test_a_disk_that_fills_up_while_the_open_data_are_written_leaves_all_old_files(
    planned, tmp_path, monkeypatch
):
    target = tmp_path / "uit.gpkg"
    old = {p.name: p.read_bytes() for p in run(planned, "P3", target).files}

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(importlib.import_module("arsenaal_gis.export.open_data"), "json_ld", full)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        run(planned, "P3", target, unit="sector")
    assert {p.name: p.read_bytes() for p in [target, *(tmp_path / "uit").iterdir()]} == old
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_target_that_is_open_elsewhere_is_refused(planned, tmp_path):
    target = run(planned, "P1", tmp_path / "uit.gpkg").path
    old = target.read_bytes()
    reader = sqlite3.connect(target, isolation_level=None)
    reader.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="open"):
        run(planned, "P1", target)
    reader.execute("ROLLBACK")
    reader.close()
    assert target.read_bytes() == old


def test_a_place_that_cannot_be_written_is_a_clear_error(planned, tmp_path):
    blocked = tmp_path / "bestand"
    blocked.write_text("geen map")
    for place in (blocked, Path("/proc")):  # not a folder; a folder in which nobody can write, root neither
        with pytest.raises(WorkspaceError, match="could not be written"):
            run(planned, "P1", place / "uit.gpkg")


def test_a_target_that_may_not_be_replaced_stays_as_it_was(planned, tmp_path, monkeypatch):
    target = run(planned, "P1", tmp_path / "uit.gpkg").path
    old, replace = target.read_bytes(), os.replace

    def refuse(part, place):
        if Path(place) == target:
            raise PermissionError(errno.EACCES, "Access is denied")
        replace(part, place)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WorkspaceError, match="Access is denied"):
        run(planned, "P1", target)
    assert target.read_bytes() == old and [p.name for p in tmp_path.iterdir() if "deel" in p.name] == []


def test_cancel_leaves_nothing_behind(planned, tmp_path):
    stop = Silent()
    stop.cancelled = True
    with pytest.raises(Cancelled):
        run(planned, "P1", tmp_path / "uit.gpkg", progress=stop)
    assert list(tmp_path.glob("*uit*")) == []


def test_no_plan_is_a_clear_error(planned):
    with pytest.raises(WorkspaceError, match="plan"):
        run(planned, "P1", plan="1999")


def test_memory_does_not_grow_with_the_table(tmp_path):
    code = (
        "import sys, resource; sys.path.insert(0, sys.argv[2]); from pathlib import Path; import struct\n"
        "from arsenaal_gis.catalogue import load; from arsenaal_gis.export.geopackage import add_table\n"
        "layer = load().layer('woning_feiten')\n"
        "def rows(n):\n"
        "    for i in range(n):\n"
        "        yield (*[f'w{i:07d}'] * 7, None, 'onbekend', None, None, *[None] * (len(layer.fields) - 11),\n"
        "               struct.pack('<2sBBi', b'GP', 0, 1, 31370) + struct.pack('<BI2d', 1, 1, i % 1000, i // 1000))\n"
        "before = None\n"
        "for n in (2000, 60000):\n"
        "    add_table(Path(sys.argv[1]) / f'{n}.gpkg', layer, rows(n))\n"
        "    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    growth = 0 if before is None else peak - before\n"
        "    before = peak\n"
        "print(growth)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), os.getcwd()], capture_output=True, text=True, check=True
    )
    assert int(result.stdout) < 100_000, "kB; the page cache alone is 64 MB"
