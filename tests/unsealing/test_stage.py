import datetime
import json
from types import SimpleNamespace
from unittest.mock import Mock

import pandas as pd
import pytest
from shapely.geometry import LineString, Point, box

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import MethodError
from arsenaal_gis.gpkg import conform, empty_frame, write_layer
from arsenaal_gis.plan.context import PlanContext
from arsenaal_gis.settings import Settings
from arsenaal_gis.unsealing import Decisions, reselect
from arsenaal_gis.unsealing.stage import run
from arsenaal_gis.wijk import Plan

from .drawn import layer, street


def wijk(tmp_path, layers, plans=(), **settings):
    """A wijk in memory: the street drawn by hand, two people in each house."""
    return SimpleNamespace(
        folder=tmp_path,
        boundary=box(-70, -50, 100, 50),
        settings=Settings.load({"ontharding": settings}),
        config=SimpleNamespace(id="t", name="t"),
        layer=lambda id: layers.get(id, empty_frame(load().layer(id))),
        raster=lambda id: None,
        plans=lambda: list(plans),
    )


def drawn(houses=8, **more):
    layers = street(1.5, 2.4, houses=houses)
    doors = layers["adressen"]
    homes = layer(
        "woningen",
        woning_id="w" + doors["adres_id"].astype(str),
        adres_id=doors["adres_id"],
        capakey=doors["capakey"],
        straat=doors["straat"],
        bouwjaar_klasse="onbekend",
        geometry=doors.geometry,
    )
    cells = layer("inwoners", cel_id=["c"], inwoners=[4 * houses], geometry=[box(-70, -50, 100, 50)])
    lane = layer("wegdek", wegdek_id=["w", "p"], functie=["rijbaan", "parkeren"],
                 geometry=[box(-60, -3, 110, 1), box(0, 1, 42, 3)])  # fmt: skip
    axis = layer("groenblauw", as_id=["e"], geometry=[LineString([(-60, 80), (110, 80)])])
    report = layer("incidenten", incident_id=["i"], bron="stad", datum=[pd.Timestamp("2025-03-01")],
                   categorie="sluikstort", geometry=[Point(5, 0)])  # fmt: skip
    blocks = layer("bouwblokken", bouwblok_id=["n"], geometry=[box(0, 3, 48, 25)])
    return layers | {"woningen": homes, "inwoners": cells, "wegdek": lane, "groenblauw": axis,
                     "incidenten": report, "bouwblokken": blocks} | more  # fmt: skip


def plan(tmp_path, layers=None, plans=(), **settings):
    place = wijk(tmp_path, drawn() if layers is None else layers, plans, **settings)
    context = PlanContext(place, datetime.date(2025, 6, 30), tmp_path)
    run(context)
    return context


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return plan(tmp_path_factory.mktemp("plan"), budget_eur=5000.0)


def test_places_are_ranked_explained_and_sourced(done):
    places = done.result("onthard_kandidaten")
    assert {"geveltuin", "boomvak", "koer"} <= set(places["type"])
    assert sorted(places["rang"])[0] == 1
    strip = places[places["type"] == "geveltuin"].iloc[0]
    assert strip["piek_60mm_l"] == pytest.approx(strip["oppervlakte_m2"] * 50.2, rel=1e-3)
    assert strip["inwoners_100m"] > 0
    assert strip["meldingen_50m"] == 1
    assert strip["breedte_nauwkeurigheid_m"] == 0.2
    assert "koelte: onbekend" in strip["waarom"]
    assert strip["koelte_bron"] == "onbekend"
    assert "KLIP" in strip["ter_plaatse"]
    assert set(done.result("onthard_regels")["bron"].notna()) == {True}


def test_the_selection_keeps_the_budget_and_is_proven(done):
    total = done.result("onthard_keuze_totaal").iloc[0]
    chosen = done.result("onthard_keuze")
    assert total["kost_eur"] == chosen["kost_eur"].sum() <= 5000
    assert total["kloof"] <= 1e-9
    assert total["plekken"] == len(chosen) > 0
    assert not set(chosen["type"]) & {"koer", "voortuin", "binnengebied", "groendak"}
    assert chosen["akkoord"].notna().all()


def test_streets_and_blocks_sum_their_places(done):
    places, streets = done.result("onthard_kandidaten"), done.result("onthard_straat")
    assert streets["plekken"].sum() == len(places)
    assert streets["gekozen"].sum() == len(done.result("onthard_keuze"))
    assert streets["verhard_m2"].isna().all()  # no sealing map: unknown, not zero


def test_the_same_inputs_give_the_same_plan(done, tmp_path):
    again = plan(tmp_path, budget_eur=5000.0)
    for id in ("onthard_kandidaten", "onthard_keuze", "onthard_keuze_totaal"):
        pd.testing.assert_frame_equal(pd.DataFrame(again.result(id)), pd.DataFrame(done.result(id)))


def test_without_a_budget_everything_but_the_choice(tmp_path):
    context = plan(tmp_path)
    assert context.result("onthard_keuze") is None
    assert "budget" in context.result("onthard_keuze_totaal")["opmerking"][0]
    assert len(context.result("onthard_kandidaten"))


def test_a_budget_below_the_cheapest_place_is_said(tmp_path):
    context = plan(tmp_path, budget_eur=10.0)
    assert any("kleiner dan de goedkoopste" in text for text in context.warnings)


def test_after_a_veto_the_rest_of_the_set_stays(done, tmp_path):
    first = done.result("onthard_keuze")
    lost = first["kandidaat_id"][0]
    veto = pd.DataFrame({
        "besluit_id": ["b"], "laag": "onthard_kandidaten", "sleutel": [lost], "besluit": "veto",
        "door": "planner",
        "moment": [pd.Timestamp("2025-07-01")],
    })  # fmt: skip
    tables = {"onthard_keuze": first, "run": pd.DataFrame({"stappen": [""]})}
    earlier = Mock(moment="20250601T000000Z", layer=tables.get)
    context = plan(tmp_path, drawn(besluiten=veto), [earlier], budget_eur=5000.0)
    chosen, total = context.result("onthard_keuze"), context.result("onthard_keuze_totaal").iloc[0]
    assert lost not in set(chosen["kandidaat_id"])
    assert total["gewijzigd"] >= 1
    assert total["baat"] >= 0.999 * total["optimum"]
    assert len(set(chosen["kandidaat_id"]) & set(first["kandidaat_id"])) >= len(first) - 3


def test_nothing_found_is_said(tmp_path):
    bare = {"gebouwen": layer("gebouwen", gebouw_id=["g"], geometry=[box(0, 0, 5, 5)])}
    context = plan(tmp_path, bare)
    assert any("Geen enkele plek" in text for text in context.warnings)
    assert context.result("onthard_kandidaten") is None


@pytest.fixture(scope="module")
def written(done, tmp_path_factory):
    """The plan as a file, as the plugin finds it."""
    plan = Plan(tmp_path_factory.mktemp("written"), "20250630T000000Z")
    settings = {section: dict(values) for section, values in done.settings.items()}
    run = pd.DataFrame({"run_id": ["r"], "parameters": [json.dumps(settings, default=str)]})
    for id, frame in (
        ("run", run),
        *((id, done.result(id)) for id in ("onthard_kandidaten", "onthard_straat")),
    ):
        write_layer(plan.gpkg, load().layer(id), conform(frame, load().layer(id)))
    return plan


def test_choosing_again_with_the_same_budget_is_as_good(done, written):
    total = done.result("onthard_keuze_totaal").iloc[0]
    again = reselect(written, 5000.0, compare=True)
    assert again.benefit == pytest.approx(total["baat"])
    assert again.runner_up[1] == pytest.approx(total["tweede_keus_baat"])
    assert again.more_budget[1] == pytest.approx(total["meer_budget_baat"])


def test_another_budget_and_a_veto_without_planning_again(written):
    first = reselect(written, 5000.0)
    assert first.runner_up is None and first.more_budget is None
    assert reselect(written, 8000.0).benefit > first.benefit
    decided = Decisions(vetoed=frozenset(first.chosen[:1]), fixed=frozenset({"gone"}))
    other = reselect(written, 5000.0, decided, previous=first.chosen)
    assert first.chosen[0] not in other.chosen
    assert other.benefit >= 0.999 * other.optimum


def test_other_weights_appraise_the_places_again(done, written):
    weights = [name for name in done.settings["ontharding"] if name.startswith("gewicht_")]
    own = {name: done.settings["ontharding"][name] for name in weights}
    assert reselect(written, 5000.0, changes=own).benefit == pytest.approx(reselect(written, 5000.0).benefit)
    # Water alone: every place is needed as badly, and brings its litres over the top of the range.
    axes = ("gewicht_oordeel", "gewicht_eigendom", "gewicht_prijs")
    water = {name: float(name == "gewicht_water") for name in weights if name not in axes}
    found = reselect(written, 5000.0, changes=water | {"dekking_gewicht": 0.0})
    rows = written.layer("onthard_kandidaten").set_index("kandidaat_id").loc[list(found.chosen)]
    top = done.settings["ontharding"]["bereik_water"][1]
    assert found.benefit == pytest.approx(100 * (rows["opportuniteit"] * rows["piek_60mm_l"]).sum() / top)


def test_a_plan_without_places_cannot_be_chosen_from(tmp_path):
    plan = Plan(tmp_path, "20250630T000000Z")
    run = conform(pd.DataFrame({"run_id": ["r"]}), load().layer("run"))
    write_layer(plan.gpkg, load().layer("run"), run)
    with pytest.raises(MethodError, match="geen plekken"):
        reselect(plan, 5000.0)
