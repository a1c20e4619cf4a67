"""What a field package holds, what it leaves at home, and how it comes back."""

import contextlib
import datetime as dt
import shutil
import sqlite3

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ConfigError, WorkspaceError
from arsenaal_gis.gpkg import layer_names, read_layer, write_layer
from arsenaal_gis.privacy import Ledger
from arsenaal_gis.visits import record
from arsenaal_gis.visits.field import FIELDS, FILLED_IN, package_name, write_field_tables
from arsenaal_gis.wijk import Plan

from .conftest import X, Y

DAY = dt.date(2024, 2, 1)
SECRET = "gastoestel afgekeurd"


@pytest.fixture
def plan(wijk):
    """Two teams on one day, one of them also on the next; stops at the first dwellings of the wijk."""
    folder = wijk.folder / "plannen" / "20240131T080000Z"
    folder.mkdir(parents=True)
    made = Plan(folder, folder.name)
    homes = wijk.layer("woningen").sort_values("woning_id").reset_index(drop=True)
    rounds, stops = [], []
    who = [("team A", DAY), ("team B", DAY), ("team A", dt.date(2024, 2, 2))]
    for number, (team, day) in enumerate(who):
        rounds.append({
            "ronde_id": f"r{number}", "datum": pd.Timestamp(day), "dagdeel": "wd_13_17", "team": team, "stops": 2,
            "waarde": 55.0,
        })  # fmt: skip
        for i in range(2):
            home = homes.loc[2 * number + i]
            stops.append({
                "stop_id": f"s{number}{i}", "ronde_id": f"r{number}", "volgnummer": i + 1, "straat": home["straat"],
                "woning_id": home["woning_id"], "huisnummer": home["huisnummer"], "bezoektype": "veiligheid",
                "poging": 1, "punten": 87.5, "kans": 0.5, "waarom_hier": SECRET, "geometry": home["geom"],
            })  # fmt: skip
    line = shapely.LineString([(X, Y), (X + 100, Y)])
    for id, frame in {
        "rondes": gpd.GeoDataFrame(rounds, geometry=[line] * len(rounds), crs=31370),
        "ronde_stops": gpd.GeoDataFrame(stops, geometry="geometry", crs=31370),
    }.items():
        layer = load().layer(id)
        for name, about in layer.fields.items():
            if about.required and name not in frame:
                frame[name] = next(iter(about.codes), "x") if about.type == "text" else 0
        write_layer(made.gpkg, layer, frame)
    return made


def test_only_that_team_and_day_leave_and_only_what_the_door_needs(wijk, plan, tmp_path):
    tables = write_field_tables(wijk, plan, "team A", DAY, tmp_path / "veld é")
    assert tables.path.name == "veldpakket_P0_2024-02-01_team_A.gpkg"
    assert (tables.daypart, tables.wave, tables.stops) == ("wd_13_17", "andere", 2)
    assert layer_names(tables.path) == ["bezoeken", "ronde_stops", "rondes", "straten"]
    assert read_layer(tables.path, "ronde_stops")["stop_id"].tolist() == ["s00", "s01"]
    assert read_layer(tables.path, "rondes")["ronde_id"].tolist() == ["r0"]
    for id, names in {
        **{id: FIELDS[id] for id in ("rondes", "ronde_stops", "straten")},
        "bezoeken": FILLED_IN,
    }.items():
        assert tuple(tables.layers[id].fields) == tuple(n for n in load().layer(id).fields if n in names)
    raw = tables.path.read_bytes()
    assert b"w002" not in raw and b"87.5" not in raw
    assert not list(tables.path.parent.glob("*-*wal")) and len(list(tables.path.parent.iterdir())) == 1


def test_the_tier_stands_in_the_file_and_the_release_in_the_ledger(wijk, plan, tmp_path):
    tables = write_field_tables(wijk, plan, "team A", DAY, tmp_path / "uit")
    with contextlib.closing(sqlite3.connect(tables.path)) as database:
        words = [row[0] for row in database.execute("SELECT description FROM gpkg_contents")]
    assert len(words) == 4 and all(w.startswith("Niveau P0: enkel voor team A op 01/02/2024.") for w in words)
    entry = Ledger.of(wijk.folder).table("vrijgaven").iloc[0]
    assert (entry["niveau"], entry["rol"], entry["bestemming"]) == ("P0", "bezoekteam", "veldpakket")
    assert "ronde_stops 2" in entry["lagen"]
    assert Ledger.of(wijk.folder).table("toegang")["rol"].tolist() == ["bezoekteam"]


def test_an_unknown_team_names_those_there_are_and_a_package_is_never_overwritten(wijk, plan, tmp_path):
    with pytest.raises(ConfigError, match="team A 2024-02-01, team A 2024-02-02, team B 2024-02-01"):
        write_field_tables(wijk, plan, "team C", DAY, tmp_path / "uit")
    with pytest.raises(ConfigError):
        write_field_tables(wijk, plan, "team B", dt.date(2024, 2, 2), tmp_path / "uit")
    assert not Ledger.of(wijk.folder).path.exists() and not (tmp_path / "uit").exists()
    first = write_field_tables(wijk, plan, "team A", DAY, tmp_path / "uit").path.read_bytes()
    with pytest.raises(WorkspaceError, match="perhaps with results"):
        write_field_tables(wijk, plan, "team A", DAY, tmp_path / "uit")
    assert (tmp_path / "uit" / f"{package_name('team A', DAY)}.gpkg").read_bytes() == first
    assert len(Ledger.of(wijk.folder).table("vrijgaven")) == 1


def test_names_of_teams_cannot_leave_the_folder():
    assert package_name("../team / één", DAY) == "veldpakket_P0_2024-02-01_team_n"


def test_two_teams_that_contradict_each_other_are_shown_and_not_overwritten(wijk, plan, tmp_path):
    """The same door in two packages: the first report stands, the second is told with its row."""
    ours = write_field_tables(wijk, plan, "team A", DAY, tmp_path / "uit").path
    theirs = shutil.copy(ours, tmp_path / "uit" / "team_B.gpkg")
    for path, key, outcome in ((ours, "k1", "bezocht"), (theirs, "k2", "geweigerd")):
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.execute(
                "INSERT INTO bezoeken (bezoek_id, woning_id, datum, dagdeel, golf, functie, resultaat)"
                " VALUES (?, 'w000', '2024-02-01', 'wd_13_17', 'andere', 'woonscreener', ?)",
                [key, outcome],
            )
    assert record(wijk, ours, DAY).added == 1
    second = record(wijk, theirs, DAY)
    assert second.added == 0
    ((row, reason),) = second.refused
    assert row == 1 and "daar staat bezocht, woonscreener" in reason and ours.name in reason
    assert record(wijk, ours, DAY).known == 1
    log = wijk.layer("bezoeken")
    assert log[["bezoek_id", "resultaat", "bron"]].to_numpy().tolist() == [["k1", "bezocht", ours.name]]
