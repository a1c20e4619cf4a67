"""Row changes: exactly the planted ones come back."""

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import conform
from arsenaal_gis.indicators.changes import Followed, change_class, field_changes, row_changes

from . import plans


def listed(rows) -> set:
    return set(zip(rows["laag"], rows["sleutel"], rows["veld"], rows["klasse"], strict=True))


@pytest.fixture
def planted(tmp_path):
    visits = [pd.Timestamp(2024, 5, 1)] * 20
    first = plans.plan(
        tmp_path, "20240101T000000Z",
        woning_feiten=plans.dwellings(20, renovatiestatus=["geen"] * 20, laatste_bezoek=visits),
        perceel_feiten=plans.parcels(10, verhard_m2=[50.0] * 10, hoog_groen_m2=[None] * 10),
    )  # fmt: skip
    status = ["geen"] * 20
    status[3], status[4], status[5] = "afgerond", "onbekend", "gepland"
    visits = list(visits)
    visits[7] = pd.Timestamp(2025, 5, 2)
    later = plans.dwellings(21, renovatiestatus=[*status, "geen"], laatste_bezoek=[*visits, None]).drop(
        index=0
    )
    sealed = [50.0] * 10
    sealed[1], sealed[2], sealed[6] = 53.9, 44.0, 60.0
    second = plans.plan(
        tmp_path, "20250101T000000Z", woning_feiten=later,
        perceel_feiten=plans.parcels(10, verhard_m2=sealed, hoog_groen_m2=[None] * 9 + [12.0]),
    )  # fmt: skip
    return row_changes(first, second)


def test_exactly_the_planted_changes_come_back(planted) -> None:
    assert listed(planted) == {
        ("woning_feiten", "w000", "rij", "verdwenen"),
        ("woning_feiten", "w020", "rij", "nieuw"),
        ("woning_feiten", "w003", "renovatiestatus", "verbeterd"),
        ("woning_feiten", "w004", "renovatiestatus", "onbekend_na"),
        ("woning_feiten", "w005", "renovatiestatus", "verbeterd"),
        ("woning_feiten", "w007", "laatste_bezoek", "veranderd"),
        ("perceel_feiten", "12025B0002/00A000", "verhard_m2", "verbeterd"),
        ("perceel_feiten", "12025B0006/00A000", "verhard_m2", "verslechterd"),
        ("perceel_feiten", "12025B0009/00A000", "hoog_groen_m2", "onbekend_voor"),
    }


def test_values_place_and_difference_are_given(planted) -> None:
    rows = planted.set_index(["sleutel", "veld"])
    sealed = rows.loc[("12025B0002/00A000", "verhard_m2")]
    assert (sealed["waarde_voor"], sealed["waarde_na"], sealed["verschil"]) == ("50", "44", -6.0)
    assert rows.loc[("w007", "laatste_bezoek"), "waarde_na"] == "2025-05-02"
    assert rows.loc[("w000", "rij"), "geometry"].x == 158_000.0  # a vanished dwelling stays where it was
    assert len(conform(planted, load().layer("verandering"))) == len(planted)


def test_equal_plans_list_nothing(tmp_path) -> None:
    made = [
        plans.plan(tmp_path, m, woning_feiten=plans.dwellings(5))
        for m in ("20240101T000000Z", "20250101T000000Z")
    ]
    assert row_changes(*made).empty
    assert len(conform(row_changes(*made), load().layer("verandering"))) == 0


def test_layer_in_one_plan_only_is_not_compared(tmp_path) -> None:
    first = plans.plan(tmp_path, "20240101T000000Z", woning_feiten=plans.dwellings(5))
    second = plans.plan(tmp_path, "20250101T000000Z", perceel_feiten=plans.parcels(5))
    assert row_changes(first, second).empty


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (38.0, 41.3, "bleef"),
        (38.0, 41.4, "verslechterd"),
        (41.4, 38.0, "verbeterd"),
        (None, 38.0, "onbekend_voor"),
        (38.0, float("nan"), "onbekend_na"),
        (None, pd.NA, "bleef"),
    ],
)
def test_modelled_values_need_more_than_their_tolerance(before, after, name: str) -> None:
    assert (
        change_class(Followed("hitte_straat", "pet_c", direction="lager_beter"), before, after, 3.3) == name
    )


def test_the_uncertainty_printed_with_the_row_decides() -> None:
    layer = load().layer("hitte_straat")
    heat = Followed("hitte_straat", "pet_c", 0.5, "lager_beter", printed="onzekerheid_c")
    keys = ["s1_L", "s2_L", "s3_L"]
    before = pd.DataFrame({"straatzijde_id": keys, "pet_c": [40.0] * 3, "onzekerheid_c": [3.3, 1.0, None]})
    after = before.assign(pet_c=[38.0, 38.0, 39.0])
    rows = field_changes(heat, layer, *(plans.lines(rows) for rows in (before, after)))
    assert list(zip(rows["sleutel"], rows["verschil"], strict=True)) == [("s2_L", -2.0), ("s3_L", -1.0)]


def test_worse_state_and_plain_change() -> None:
    status = Followed("woning_feiten", "renovatiestatus", order=("geen", "gepland", "afgerond"))
    assert change_class(status, "afgerond", "gepland", 0.0) == "verslechterd"
    assert change_class(Followed("x", "y"), "a", "b", 0.0) == "veranderd"
    assert change_class(Followed("x", "y"), 1, 2, 0.0) == "veranderd"
