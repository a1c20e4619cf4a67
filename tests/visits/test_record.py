"""Results from the street: checks, one transaction, and what survives a crash."""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ConfigError, SourceError, WorkspaceError
from arsenaal_gis.gpkg import write_layer
from arsenaal_gis.visits import record
from arsenaal_gis.wijk import Wijk

from .conftest import PEILDATUM

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"woning_id": "w001", "datum": "30/01/2024", "dagdeel": "wd_13_17", "resultaat": "bezocht"}


def write(path, *rows):
    frame = pd.DataFrame(rows)
    if path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_csv(path, sep=";", index=False, encoding="cp1252")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_that_fit_are_added_once_and_again_nothing(wijk, tmp_path, suffix):
    path = write(
        tmp_path / f"dag{suffix}",
        {**GOOD, "functie": "woonscreener"},
        {"woning_id": "w002", "datum": "2024-01-29", "dagdeel": "werkdag 17-20 u", "resultaat": "Niet thuis"},
    )
    assert record(wijk, path).added == 2
    log = wijk.layer("bezoeken").set_index("woning_id")
    assert log.loc["w002", ["adres_id", "dagdeel", "resultaat", "golf"]].tolist() == [
        "a002",
        "wd_17_20",
        "niet_thuis",
        "andere",
    ]
    assert log.loc["w001", "datum"] == pd.Timestamp("2024-01-30") and log.loc["w001", "bron"] == path.name
    again = record(wijk, path)
    assert (again.added, again.known, again.refused) == (0, 2, [])
    assert len(wijk.layer("bezoeken")) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"woning_id": "w999"}, "onbekende woning w999"),
        ({"woning_id": ""}, "geen woning en geen adres"),
        ({"woning_id": "", "adres_id": "a999"}, "onbekend adres a999"),
        ({"adres_id": "a002"}, "ligt niet op adres a002"),
        ({"datum": "01/02/2024"}, "na de peildatum 31/01/2024"),
        ({"datum": "31/02/2024"}, "geen datum: 31/02/2024"),
        ({"datum": ""}, "geen datum"),
        ({"resultaat": "op reis"}, "onbekende waarde voor resultaat: op reis"),
        ({"resultaat": ""}, "geen resultaat"),
        ({"dagdeel": "nacht"}, "onbekende waarde voor dagdeel: nacht"),
        ({"functie": "burgemeester"}, "onbekende waarde voor functie: burgemeester"),
        ({"resultaat": "afspraak", "afspraak_op": "morgen"}, "geen moment: morgen"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_number_and_reason(wijk, tmp_path, change, reason):
    other = {"woning_id": "w005", "adres_id": "", "functie": "", "afspraak_op": ""}
    path = write(tmp_path / "dag.csv", {**GOOD, **other}, {**GOOD, "adres_id": "", **change})
    done = record(wijk, path)
    assert done.added == 1 and done.refused[0][0] == 3 and reason in done.refused[0][1]
    assert wijk.layer("bezoeken")["woning_id"].tolist() == ["w005"]
    assert done.lines()[1] == f"rij 3: {done.refused[0][1]}"


def test_doubles_and_contradictions_are_told_and_nothing_is_overwritten(wijk, tmp_path):
    record(wijk, write(tmp_path / "een.csv", {**GOOD, "functie": "woonscreener"}))
    second = write(
        tmp_path / "twee.csv",
        {**GOOD, "functie": "energiescanner", "resultaat": "niet_thuis"},
        {**GOOD, "functie": "woonscreener", "woning_id": "w002"},
        {**GOOD, "functie": "woonscreener", "woning_id": "w002"},
        {**GOOD, "functie": "woonscreener", "woning_id": "w002", "resultaat": "geweigerd"},
    )
    done = record(wijk, second)
    assert done.added == 1 and [row for row, _ in done.refused] == [2, 4, 5]
    assert done.refused[0][1] == "tegenspraak met het logboek: daar staat bezocht, woonscreener (uit een.csv)"
    assert done.refused[1][1] == "dubbel van rij 3"
    assert done.refused[2][1].startswith("tegenspraak met (bezocht")
    assert wijk.layer("bezoeken").set_index("woning_id").loc["w001", "resultaat"] == "bezocht"


def test_an_appointment_keeps_its_moment_and_attempts_are_numbered(wijk, tmp_path):
    path = write(
        tmp_path / "dag.csv",
        {**GOOD, "datum": "20/01/2024", "resultaat": "niet thuis", "afspraak_op": ""},
        {**GOOD, "datum": "30/01/2024", "resultaat": "afspraak", "afspraak_op": "05/02/2024 14:30"},
    )
    record(wijk, path)
    log = wijk.layer("bezoeken").sort_values("datum")
    assert log["poging"].tolist() == [1, 2]
    assert log["afspraak_op"].iloc[1] == pd.Timestamp("2024-02-05 14:30")


def test_what_comes_back_from_the_field_keeps_its_own_keys(wijk, tmp_path):
    row = {"bezoek_id": "veld-1", "woning_id": "w001", "datum": pd.Timestamp("2024-01-30"), "golf": "andere"}
    write_layer(
        tmp_path / "veld.gpkg", load().layer("bezoeken"), pd.DataFrame([{**row, "resultaat": "bezocht"}])
    )
    assert record(wijk, tmp_path / "veld.gpkg").added == 1
    assert wijk.layer("bezoeken")["bezoek_id"].tolist() == ["veld-1"]
    assert record(wijk, tmp_path / "veld.gpkg").known == 1
    changed = write(tmp_path / "later.csv", {**row, "datum": "29/01/2024", "resultaat": "geweigerd"})
    assert "tegenspraak" in record(wijk, changed).refused[0][1]


def test_a_file_without_the_columns_or_a_log_that_is_held_is_refused(wijk, tmp_path):
    with pytest.raises(SourceError, match="lacks resultaat, woning_id of adres_id"):
        record(wijk, write(tmp_path / "leeg.csv", {"datum": "30/01/2024"}))
    with pytest.raises(SourceError, match="does not exist"):
        record(wijk, tmp_path / "nergens.csv")
    path = write(tmp_path / "dag.csv", GOOD)
    holder = sqlite3.connect(wijk.gpkg)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="open"):
        record(wijk, path)
    holder.close()
    assert record(wijk, path, dt.date(2024, 1, 30)).added == 1


def test_without_a_peildatum_nothing_is_the_future(wijk, tmp_path):
    config = (wijk.folder / "wijk.toml").read_text().replace(f"peildatum = {PEILDATUM}\n", "")
    (wijk.folder / "wijk.toml").write_text(config)
    with pytest.raises(ConfigError, match="peildatum"):
        record(Wijk.open(wijk.folder), write(tmp_path / "dag.csv", GOOD))


KILLED = """
import os, sqlite3, sys
sys.path.insert(0, {root!r})
from arsenaal_gis.visits import record
from arsenaal_gis.wijk import Wijk
real = sqlite3.connect
def connect(*args, **options):
    database = real(*args, **options)
    def trace(statement):
        if statement.startswith({moment!r}):
            os.kill(os.getpid(), 9)
    database.set_trace_callback(trace)
    return database
sqlite3.connect = connect
record(Wijk.open({folder!r}), {path!r})
"""


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
@pytest.mark.parametrize("moment", ["INSERT INTO bezoeken", "COMMIT"])
def test_a_kill_while_recording_loses_nothing(wijk, tmp_path, moment):
    record(wijk, write(tmp_path / "een.csv", GOOD))
    rows = [{**GOOD, "woning_id": f"w{i:03}"} for i in range(2, 60)]
    path = write(tmp_path / "twee.csv", *rows)
    code = KILLED.format(root=str(ROOT), folder=str(wijk.folder), path=str(path), moment=moment)
    died = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert wijk.layer("bezoeken")["woning_id"].tolist() == ["w001"]
    assert record(wijk, path).added == 58 and len(wijk.layer("bezoeken")) == 59
