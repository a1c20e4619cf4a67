"""A plan: immutable, reproducible, and right about two houses in one street."""

import datetime
import hashlib
import json
import sqlite3

import pandas as pd
import pytest
from wijk.conftest import delivery

from arsenaal_gis.errors import Cancelled, ConfigError, WorkspaceError
from arsenaal_gis.plan import latest_plan, make_plan, newest_date
from arsenaal_gis.plan import run as run_module
from arsenaal_gis.plan.stages import STAGES
from arsenaal_gis.progress import Silent
from arsenaal_gis.wijk import import_delivery

FACTS = ["feiten"]
DAY = datetime.date(2025, 6, 30)


@pytest.fixture
def imported(wijk):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    return wijk


@pytest.fixture
def facts(imported):
    return make_plan(imported, "20250701T000000Z", only=FACTS).plan


def test_parcels_are_measured(facts):
    row = facts.layer("perceel_feiten").set_index("capakey").loc["A"]
    # 10 x 20 m, house 10 x 10 m at the street, yard of which the last 2 m are green.
    expected = {
        "oppervlakte_m2": 200,
        "bebouwd_m2": 100,
        "onbebouwd_m2": 100,
        "onbebouwd_verhard_m2": 80,
        "laag_groen_m2": 20,
        "hoog_groen_m2": 0,
        "verhard_m2": 180,
        "bebouwd_pct": 50,
        "verhard_pct": 90,
        "groen_pct": 10,
        "voortuin_m2": 0,
        "achtertuin_m2": 100,
        "onbekend_m2": 0,
        "woningen": 1,
    }
    assert {name: float(row[name]) for name in expected} == pytest.approx(expected, abs=0.01)
    assert row["bedekking_bron"] == "raster"


def test_dwellings_know_their_age_change_visit_and_side(facts):
    rows = facts.layer("woning_feiten").set_index("woning_id")
    a, b = rows.loc["wA"], rows.loc["wB"]
    assert (a["gewijzigd_sinds_1983"], b["gewijzigd_sinds_1983"]) == ("ja", "nee")
    assert a["maanden_sinds_bezoek"] == 39 and pd.isna(b["maanden_sinds_bezoek"])  # 15-3-2022 to 30-6-2025
    assert a["renovatiestatus"] == "onbekend"
    assert a["straatzijde_id"] == "s1_L"  # north of a street drawn from west to east


def test_streets_know_their_footways(facts):
    sides = facts.layer("straatzijde_feiten").set_index("straatzijde_id")
    assert sides.loc["s1_L", "voetpad_p10_m"] == 1.5 and sides.loc["s1_L", "breedte_bron"] == "boordsteen"
    assert sides.loc["s1_L", "woningen"] == 2 and sides.loc["s1_R", "metingen"] == 0
    assert pd.isna(sides.loc["s1_R", "voetpad_p10_m"])
    street = facts.layer("straat_feiten").iloc[0]
    assert street["lengte_m"] == 80 and street["voetpad_p10_m_links"] == 1.5 and street["woningen"] == 2


def test_incidents_keep_their_sources_apart_and_their_intervals(wijk):
    counts = pd.DataFrame(
        {
            "telling_id": ["1", "2"],
            "bron": ["politie"] * 2,
            "maand": [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-02-01")],
            "straat": ["Hoofdstraat"] * 2,
            "categorie": ["drugs"] * 2,
            "aantal": [6, None],
            "aantal_min": [6, 1],
            "aantal_max": [6, 4],
        }
    )
    import_delivery(wijk, delivery(incident_tellingen=counts), "1")
    rows = make_plan(wijk, "20250702T000000Z", only=FACTS).plan.layer("straat_incidenten")
    assert rows[["straat", "bron", "jaar", "aantal_min", "aantal_max"]].values.tolist() == [
        ["Hoofdstraat", "politie", 2024, 7, 10]
    ]


def test_without_rasters_green_polygons_are_used_and_said(wijk):
    import_delivery(wijk, delivery(rasters=False), "1")
    report = make_plan(wijk, "20250702T000000Z", only=FACTS)
    assert set(report.plan.layer("perceel_feiten")["bedekking_bron"]) == {"onbekend"}
    assert report.plan.layer("perceel_feiten")["verhard_m2"].isna().all()  # unknown, not zero
    assert any("onbekend" in text for text in report.warnings)


def test_inaccurate_coordinates_give_no_widths(wijk):
    given = delivery()
    given.frames["bronnen"]["nauwkeurigheid_m"] = 0.2
    import_delivery(wijk, given, "1")
    report = make_plan(wijk, "20250702T000000Z", only=FACTS)
    assert report.plan.layer("straatzijde_feiten")["voetpad_p10_m"].isna().all()
    assert any("5 cm" in text for text in report.warnings)


def tables(path):
    """All rows but the run row, as text."""
    with sqlite3.connect(path) as database:
        names = [
            row[0]
            for row in database.execute("SELECT table_name FROM gpkg_contents ORDER BY 1")
            if row[0] != "run"
        ]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_same_inputs_and_peildatum_give_the_same_rows(imported):
    one = make_plan(imported, "20250701T000000Z", peildatum=DAY).plan
    two = make_plan(imported, "20260801T000000Z", peildatum=DAY).plan
    assert tables(one.gpkg) == tables(two.gpkg)
    digests = [
        {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in plan.folder.glob("*.tif")}
        for plan in (one, two)
    ]
    assert digests[0] == digests[1]


def test_the_peildatum_is_the_newest_date_in_the_sources(imported):
    assert newest_date(imported) == DAY


def test_the_run_row_carries_versions_parameters_and_warnings(facts):
    row = facts.layer("run").iloc[0]
    assert (
        row["run_id"] == "20250701T000000Z" and row["peildatum"] == pd.Timestamp(DAY) and bool(row["fictief"])
    )
    assert json.loads(row["versies"])["arsenaal_gis"]
    assert "Fictieve oefendata" in row["waarschuwingen"]
    assert len(facts.layer("bronnen")) == 3


def test_plans_are_listed_and_never_overwritten(imported):
    make_plan(imported, "20250701T000000Z", only=FACTS)
    make_plan(imported, "20250702T000000Z", only=FACTS)
    assert [plan.moment for plan in imported.plans()] == ["20250701T000000Z", "20250702T000000Z"]
    with pytest.raises(WorkspaceError, match="very second"):
        make_plan(imported, "20250702T000000Z", only=FACTS)


def test_the_latest_plan_is_the_newest_whole_one(imported):
    with pytest.raises(WorkspaceError, match="no plan yet.*arsenaal plan"):
        latest_plan(imported)
    make_plan(imported, "20250701T000000Z", only=FACTS)
    assert latest_plan(imported).moment == "20250701T000000Z"  # nothing better stands there
    make_plan(imported, "20250702T000000Z")
    make_plan(imported, "20250703T000000Z", only=FACTS)
    assert latest_plan(imported).moment == "20250702T000000Z"
    assert latest_plan(imported, "20250703").moment == "20250703T000000Z"
    with pytest.raises(WorkspaceError, match="several plans '202507'.*20250701T000000Z, 20250702T000000Z"):
        latest_plan(imported, "202507")
    with pytest.raises(WorkspaceError, match="no plan '2024'"):
        latest_plan(imported, "2024")


def test_a_cancelled_or_failed_plan_leaves_nothing(imported, monkeypatch):
    class Stop(Silent):
        cancelled = True

    with pytest.raises(Cancelled):
        make_plan(imported, "20250701T000000Z", progress=Stop())

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "settle", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        make_plan(imported, "20250702T000000Z", only=FACTS)
    assert imported.plans() == [] and list((imported.folder / "plannen").iterdir()) == []


def test_an_unknown_stage_lists_the_stages(imported):
    with pytest.raises(ConfigError, match=f"no stage 'warmte'.*{STAGES[0].name}"):
        make_plan(imported, "1", only=["warmte"])


def test_before_any_import_it_says_what_to_do(wijk):
    with pytest.raises(WorkspaceError, match="arsenaal import"):
        make_plan(wijk, "1", peildatum=DAY)
