"""Progress tables, sheets for the street and the stage of the plan."""

import datetime as dt
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from arsenaal_gis.plan import PlanContext
from arsenaal_gis.visits import progress_chart, progress_table, record, stage, write_sheets
from arsenaal_gis.visits.sheets import GPX

from .conftest import PEILDATUM, dwelling_frame, visit_rows


def test_progress_counts_each_dwelling_once(need):
    log = visit_rows(
        ("w000", "2024-01-02", "niet_thuis"),
        ("w000", "2024-01-09", "bezocht"),
        ("w001", "2024-01-02", "geweigerd"),
        *((f"w{20:03}", f"2024-01-{d:02}", "niet_thuis") for d in (2, 9, 16, 23)),
        ("w040", "2024-03-01", "bezocht"),
    )
    table = progress_table(log, need, np.full(60, "kern", object), PEILDATUM, 4).set_index(["soort", "naam"])
    whole = table.loc[("golf", "andere")]
    columns = ["woningen", "pogingen", "bezocht", "bereikt", "geweigerd", "niet_bereikt"]
    assert whole[columns].tolist() == [60, 7, 1, 2, 1, 1]
    assert table.loc[("straat", "Hamerstraat"), columns].tolist() == [15, 3, 1, 2, 1, 0]
    assert table.loc[("sector", "kern"), "bezocht"] == 1
    assert table.loc[("week", "2024-W01"), "pogingen"] == 3
    assert whole["dekking"] == pytest.approx(1 / 60)
    assert (whole["laagste_straatdekking"], whole["hoogste_straatdekking"]) == (0, pytest.approx(1 / 15))
    assert whole["gini_straten"] == pytest.approx(0.75)
    assert whole["dossier_volledig_pct"] == 0


def test_no_visits_give_an_empty_table(need):
    assert progress_table(visit_rows(), need, np.full(60, None, object), PEILDATUM, 4).empty


@pytest.fixture
def context(wijk, tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    return PlanContext(wijk, PEILDATUM, folder)


def test_the_stage_puts_what_the_catalogue_promises_twice_the_same(context, wijk):
    stage.run(context)
    again = PlanContext(wijk, PEILDATUM, context.folder)
    stage.run(again)
    assert set(context.results) == {
        "bezoek_kansen",
        "bezoek_prioriteit",
        "bezoek_voortgang",
        "rondes",
        "ronde_plan",
        "ronde_stops",
        "ronde_straten",
    }
    for id, frame in context.results.items():
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(again.results[id]))
    summary = context.result("ronde_plan").iloc[0]
    assert summary["motor"] == "ingebouwd" and summary["herhaalbaar"] == "herhaalbaar"
    assert summary["waarde"] <= summary["bovengrens"] and summary["begin"] == pd.Timestamp("2024-02-01")
    assert context.warnings == []


def test_the_next_plan_knows_what_was_recorded(context, wijk, tmp_path):
    stage.run(context)
    first = context.result("ronde_stops").iloc[0]
    path = tmp_path / "dag.csv"
    path.write_text(f"woning_id;datum;dagdeel;resultaat\n{first.woning_id};31/01/2024;wd_13_17;bezocht\n")
    assert record(wijk, path).added == 1
    later = PlanContext(wijk, PEILDATUM, context.folder)
    stage.run(later)
    assert first.woning_id not in set(later.result("ronde_stops")["woning_id"])
    assert later.result("bezoek_kansen").set_index("dagdeel").loc["wd_13_17", "kans"] == pytest.approx(0.5)


def test_the_stage_says_what_is_missing(context, monkeypatch):
    monkeypatch.setattr(stage, "_wijkhuis", lambda context: None)
    stage.run(context)
    assert context.warnings == ["Geen wijkhuis, straten of diensten: geen rondes gepland."]
    assert context.result("rondes") is None and len(context.result("bezoek_prioriteit")) == 60


def test_sheets_hold_no_social_data_and_come_back_through_record(context, wijk, tmp_path):
    stage.run(context)
    files = write_sheets(tmp_path / "straat", context.result("rondes"), context.result("ronde_stops"))
    assert len(files) == 3 * len(context.result("rondes"))
    sheet = pd.read_csv(files[0], sep=";", dtype=str, encoding="utf-8-sig")
    other = pd.read_excel(files[1], dtype=str)
    assert list(sheet.columns) == list(other.columns) and sheet["woning_id"].equals(other["woning_id"])
    assert not {"redenen", "waarom_hier", "punten", "trap", "eigendom"} & set(sheet.columns)
    assert sheet["bezoek"].isin(list("VJREHK")).all() and sheet["nr"].tolist() == [
        str(i + 1) for i in range(len(sheet))
    ]
    sheet["resultaat"] = ["bezocht", *["niet thuis"] * (len(sheet) - 1)]
    sheet.to_csv(tmp_path / "terug.csv", sep=";", index=False)
    assert record(wijk, tmp_path / "terug.csv", dt.date(2024, 3, 1)).added == len(sheet)


def test_the_gpx_has_a_track_and_numbered_addresses(context, tmp_path):
    stage.run(context)
    rounds, stops = context.result("rondes"), context.result("ronde_stops")
    path = write_sheets(tmp_path, rounds.head(1), stops)[2]
    root = ElementTree.parse(path).getroot()
    names = [node.text for node in root.findall(f"{{{GPX}}}wpt/{{{GPX}}}name")]
    assert len(names) == rounds["stops"].iloc[0] and names[0].startswith("1. ")
    track = root.findall(f".//{{{GPX}}}trkpt")
    assert len(track) == len(rounds.geometry.iloc[0].coords)
    # the wijk lies at x 158 000, y 189 000: in Mechelen
    assert float(track[0].get("lat")) == pytest.approx(51.01, abs=0.02)
    assert float(track[0].get("lon")) == pytest.approx(4.48, abs=0.02)


def test_every_door_of_a_stop_is_that_of_its_dwelling(context):
    stage.run(context)
    doors = dwelling_frame().set_index("woning_id").geometry
    stops = context.result("ronde_stops")
    assert all(doors[w].equals(p) for w, p in zip(stops["woning_id"], stops.geometry, strict=True))


def test_the_chart_draws_a_bar_per_street_as_long_as_its_share(need):
    log = visit_rows(
        *((f"w{i:03}", "2024-01-02", "bezocht") for i in range(6)), ("w006", "2024-01-02", "geweigerd")
    )
    table = progress_table(log, need, np.full(60, None, object), PEILDATUM, 4)
    table.loc[table["naam"] == "Smisstraat", "naam"] = "Smis & zonen"
    drawing = ElementTree.fromstring(progress_chart(table, "andere", "straat"))
    svg = "{http://www.w3.org/2000/svg}"
    words = [node.text for node in drawing.findall(f"{svg}text")]
    assert "Smis & zonen" in words and "6 / 15" in words and "0 / 15" in words
    bars = [node for node in drawing.findall(f"{svg}rect") if node.get("height") == "16"]
    assert len(bars) == 4 * 3
    # six of fifteen visited and one more reached, of a bar of 420
    assert [float(bar.get("width")) for bar in bars[:3]] == pytest.approx([168, 28, 224], abs=0.1)
    week = ElementTree.fromstring(progress_chart(table, "andere", "week"))
    assert "2024-W01" in [node.text for node in week.findall(f"{svg}text")]


def test_a_chart_of_nothing_says_so(need):
    table = progress_table(visit_rows(), need, np.full(60, None, object), PEILDATUM, 4)
    assert "Nog geen bezoeken in de nulmeting." in progress_chart(table, "nulmeting", "straat")
