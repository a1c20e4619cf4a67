import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from arsenaal_gis.errors import MethodError
from arsenaal_gis.settings import Settings
from arsenaal_gis.unsealing import load_rules
from arsenaal_gis.unsealing.appraisal import appraise
from arsenaal_gis.unsealing.choice import (
    choose,
    conflicts,
    fiches,
    priority_streets,
    reached_segments,
    read_decisions,
)
from arsenaal_gis.unsealing.stage import _worded

from .test_appraisal import SETTINGS, places


def decisions(*rows):
    columns = ["laag", "sleutel", "besluit", "moment"]
    table = pd.DataFrame([("onthard_kandidaten", *row) for row in rows], columns=columns)
    return table.astype({"moment": "datetime64[ns]"})


def test_the_last_word_counts():
    table = decisions(
        ("p0", "veto", "2025-01-01"), ("p0", "ingetrokken", "2025-02-01"), ("p1", "gekozen", "2025-01-01"),
        ("p1", "adoptie", "2025-03-01"), ("gone", "veto", "2025-01-01"),
    )  # fmt: skip
    found, lost = read_decisions(table, ["p0", "p1"])
    assert (found.vetoed, found.fixed, found.adopted) == (frozenset(), {"p1"}, {"p1"})
    assert lost == 1


def test_decisions_on_other_layers_are_none_of_ours():
    table = decisions(("p0", "veto", "2025-01-01")).assign(laag="woningen")
    assert read_decisions(table, ["p0"])[0].vetoed == frozenset()


def request(table, budget=400.0, **rows):
    found, _ = read_decisions(decisions(*rows.get("decided", ())), table["kandidaat_id"])
    near = np.ones((len(table), 2))
    reached, residents = reached_segments(near, np.array([1.0, 1.0]), np.array(["s", "s"], object))
    table = table.assign(bereikte_segmenten=reached)
    settings = {**SETTINGS, "budget_eur": budget}
    return choose(table, settings, found, residents=residents, streets=rows.get("streets", ())), found


def test_private_ground_is_ranked_but_not_paid_unless_fixed():
    table = appraise(places(type=["koer", "geveltuin"], koelte_graad_m2=[500.0, 5.0]), SETTINGS, load_rules())
    assert request(table)[0].chosen == ("p1",)
    fixed, _ = request(table, decided=[("p0", "gekozen", "2025-01-01")])
    assert "p0" in fixed.chosen


def test_a_choice_the_rules_forbid_is_refused():
    table = appraise(places(oordeel=["niet", "comfortabel"]), SETTINGS, load_rules())
    with pytest.raises(MethodError, match="laten de plek niet toe"):
        request(table, decided=[("p0", "gekozen", "2025-01-01")])


def test_no_budget_no_choice():
    assert Settings.load()["ontharding"]["budget_eur"] is None
    with pytest.raises(MethodError, match="geen budget"):
        request(appraise(places(), SETTINGS, load_rules()), budget=None)


def test_garland_through_a_crown():
    table = places(type=["groenslinger", "boomvak", "boomvak", "geveltuin"])
    table = table.set_geometry(
        [box(0, 0, 1, 9), box(2, 4, 7, 6), box(50, 4, 55, 6), box(1, 0, 2, 1)], crs=31370
    )
    assert conflicts(table) == [("p0", "p1")]


def test_streets_where_most_residents_lack_green():
    table = appraise(places(straat=["A", "B", "C"]), SETTINGS, load_rules())
    homes = pd.DataFrame({"straat": ["A", "A", "B", "C", "D"]})
    assert priority_streets(table, homes, np.array([1, 1, 3, np.nan, 9]), 2) == ["A", "B"]


def test_a_place_reaches_a_street_when_half_its_residents_are_near():
    near = np.array([[1.0, 0.0, 0.0, 1.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0]])
    segment = np.array(["s", "s", "t", None], object)
    reached, residents = reached_segments(near, np.array([1.0, 2.0, 4.0, 8.0]), segment)
    assert residents.to_dict() == {"s": 3, "t": 4}
    assert reached == ["", "s", "s;t"]


def test_a_fiche_says_who_agrees_who_adopts_and_what_to_check():
    table = appraise(places(), SETTINGS, load_rules()).assign(
        redencodes=[("D150", "DEUR", "KLIP")], breedte_bron="boordsteen", robuustheid="robuust"
    )
    result, found = request(table, decided=[("p0", "adoptie", "2025-01-01")])
    fiche = fiches(_worded(table, load_rules()), result, found, load_rules()).iloc[0]
    assert fiche["akkoord"] == "stad (vergunning of melding) en bewoner"
    assert fiche["geadopteerd"]
    assert "KLIP" in fiche["ter_plaatse"]
    assert "1,50 m" in fiche["redenen"]
    assert fiche["breedte_nauwkeurigheid_m"] == 0.2
    assert "29-04-1997" in fiche["regels"]
    assert fiche["status"] == "gekozen"
