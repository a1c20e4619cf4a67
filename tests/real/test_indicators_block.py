"""Two plans of the real block with planted changes: exactly those come back."""

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from arsenaal_gis import ingest
from arsenaal_gis.catalogue import load
from arsenaal_gis.facts.stage import run as facts
from arsenaal_gis.gpkg import conform, empty_frame, write_layer
from arsenaal_gis.hotspots.stage import run as hotspots
from arsenaal_gis.indicators import compare
from arsenaal_gis.indicators.stage import run as indicators
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.wijk import Plan, Wijk

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def make(shared_data, tmp_path_factory):
    """Make a plan of the block, its inputs and base facts changed first."""
    folder = tmp_path_factory.mktemp("block") / "wijk"
    shutil.copytree(shared_data / "block", folder)
    shutil.copy(Path(__file__).parent / "block_wijk.toml", folder / "wijk.toml")
    wijk = Wijk.open(folder)
    delivery = ingest.read(wijk)
    ingest_frames = delivery.frames

    def plan(moment: str, change_inputs=lambda frames: None, change_facts=lambda results: None) -> Plan:
        frames = {id: rows.copy() for id, rows in ingest_frames.items()}
        change_inputs(frames)
        made = Plan(tmp_path_factory.mktemp(moment) / moment, moment)
        made.folder.mkdir()
        context = PlanContext(wijk, DAY, made.folder)
        context._inputs.update({id: frames.get(id, empty_frame(load().layer(id))) for id in load().layers})
        context._inputs["wijkgrens"] = empty_frame(load().layer("wijkgrens"))  # the whole delivery counts
        context.raster = lambda *_: None
        facts(context)
        change_facts(context._results)
        hotspots(context)
        indicators(context)
        for id, rows in context.results.items():
            write_layer(made.gpkg, load().layer(id), rows)
        return made

    return plan


@pytest.fixture(scope="module")
def before(make) -> Plan:
    return make("20250701T000000Z")


def listed(rows: pd.DataFrame) -> set:
    return set(zip(rows["laag"], rows["sleutel"], rows["veld"], rows["klasse"], strict=True))


def test_a_plan_compared_with_itself_changes_nothing(before) -> None:
    result = compare(before, before)
    assert result.rows.empty
    whole = result.indicators[
        ~result.indicators["indicator"].str.startswith(("woningen_bezocht", "beleving"))
    ]
    assert set(whole["oordeel"]) <= {"ongewijzigd", "onbekend"}


def test_planted_changes_come_back_exactly(make, before) -> None:
    known = before.layer("woning_feiten")
    dwelling = known[known["renovatiestatus"].eq("geen")].iloc[0]
    vanished = known.iloc[-1]["woning_id"]
    visited = known[known["laatste_bezoek"].notna() & known["woning_id"].ne(vanished)].iloc[3]
    parcel, nearly = before.layer("perceel_feiten").query("verhard_m2 > 20")["capakey"].iloc[:2]

    def change_inputs(frames: dict) -> None:
        frames["woningen"] = frames["woningen"][frames["woningen"]["woning_id"] != vanished]
        state = frames["renovatie"]
        state.loc[state["woning_id"] == dwelling["woning_id"], "renovatiestatus"] = "afgerond"
        extra = frames["bezoeken"].iloc[[0]].assign(
            bezoek_id="nieuw", woning_id=visited["woning_id"], adres_id=visited["adres_id"],
            datum=pd.Timestamp(2025, 6, 29), resultaat="bezocht",
        )  # fmt: skip
        frames["bezoeken"] = conform(pd.concat([frames["bezoeken"], extra]), load().layer("bezoeken"))
        street = frames["straten"].iloc[0]
        tree = frames["bomen"].iloc[[0]].assign(boom_id="nieuw")
        tree = tree.set_geometry([street.geom.interpolate(0.5, normalized=True)], crs=31370)
        frames["bomen"] = conform(pd.concat([frames["bomen"], tree]), load().layer("bomen"))

    def change_facts(results: dict) -> None:
        rows = results["perceel_feiten"]
        rows.loc[rows["capakey"] == parcel, "verhard_m2"] -= 12.0
        rows.loc[rows["capakey"] == nearly, "verhard_m2"] -= 3.0  # below what the land-cover map can show

    after = make("20250702T000000Z", change_inputs, change_facts)
    rows = compare(before, after).rows
    streets = {row for row in listed(rows) if row[0] == "straat_feiten"}
    assert streets
    assert all(row[2:] == ("bomen", "verbeterd") for row in streets)
    assert listed(rows) - streets == {
        ("woning_feiten", vanished, "rij", "verdwenen"),
        ("woning_feiten", dwelling["woning_id"], "renovatiestatus", "verbeterd"),
        ("woning_feiten", visited["woning_id"], "laatste_bezoek", "veranderd"),
        ("perceel_feiten", parcel, "verhard_m2", "verbeterd"),
    }
