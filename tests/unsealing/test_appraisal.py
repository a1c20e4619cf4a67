import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from arsenaal_gis.settings import Settings
from arsenaal_gis.unsealing import load_rules
from arsenaal_gis.unsealing.appraisal import appraise, check_ranks, opportunity

SETTINGS = Settings.load()["ontharding"]


def places(**columns):
    row = {
        "kandidaat_id": "a", "plek": "A 1", "type": "geveltuin", "straat": "A", "oordeel": "comfortabel",
        "eigenaar": "openbaar",
        "oppervlakte_m2": 2.0, "kost_eur": 200.0, "pet_c": 40.0, "koelte_graad_m2": 50.0,
        "piek_60mm_l": 100.0,
        "inwoners_100m": 75.0, "groentekort": 0.5, "meldingen_50m": 5.0, "groenblauw_m": 150.0,
        "vermeden_afvoer_m3_jaar": 1.0,
    }  # fmt: skip
    count = max((len(v) for v in columns.values()), default=1)
    data = {k: columns.get(k, [v] * count) for k, v in row.items()}
    data["kandidaat_id"] = [f"p{k}" for k in range(count)]
    return gpd.GeoDataFrame(data, geometry=[box(k, 0, k + 1, 1) for k in range(count)], crs=31370)


def test_score_by_hand():
    # Priority: heat, residents, equity, street and green-blue at 0.5; coolness 0.1; water 0.02.
    result = appraise(places(), SETTINGS, load_rules()).iloc[0]
    priority = 0.2 * 0.5 + 0.15 * 0.1 + 0.2 * 0.02 + (0.15 + 0.15 + 0.1 + 0.05) * 0.5
    easy = 0.4 * 1 + 0.3 * 1 + 0.3 * (400 - 100) / 350
    assert result["prioriteit"] == pytest.approx(priority)
    assert result["opportuniteit"] == pytest.approx(easy)
    assert result["score_0_1"] == pytest.approx(priority * easy)
    assert result[[c for c in result.index if c.startswith("bijdrage_")]].sum() == pytest.approx(
        priority * easy
    )
    # Benefit: need 0.5, effect (0.15 x 0.1 + 0.2 x 0.02) / 0.35, in points of a hundredth.
    assert result["baat"] == pytest.approx(100 * 0.5 * (0.015 + 0.004) / 0.35 * easy)


def test_what_may_not_be_scores_nothing():
    result = appraise(places(oordeel=["niet", "wettelijk_mogelijk"]), SETTINGS, load_rules())
    assert result["score_0_1"].tolist()[0] == 0
    assert result["baat"].tolist()[0] == 0
    assert result["rang"].tolist() == [2, 1]


def test_public_is_easier_than_private():
    easy = opportunity(places(eigenaar=["openbaar", "gemengd", "privaat"]), SETTINGS, load_rules())
    assert easy[0] > easy[1] > easy[2]


@pytest.mark.parametrize(
    ("pet", "owner", "cost", "quadrant"),
    [
        (45.0, "openbaar", 200.0, "doen"),
        (45.0, "privaat", 900.0, "hindernis"),
        (35.0, "openbaar", 200.0, "meekoppelen"),
        (35.0, "privaat", 900.0, "later"),
    ],
)
def test_quadrant(pet, owner, cost, quadrant):
    one = places(pet_c=[pet], eigenaar=[owner], kost_eur=[cost])
    rules = load_rules()
    assert appraise(one, {**SETTINGS, "grens_prioriteit": 0.35}, rules)["kwadrant"].tolist() == [quadrant]


def test_twice_the_area_brings_twice_the_benefit_beyond_the_range_too():
    two = places(
        koelte_graad_m2=[600.0, 1200.0],
        piek_60mm_l=[6000.0, 12000.0],
        oppervlakte_m2=[120.0, 240.0],
        kost_eur=[12000.0, 24000.0],
    )
    gain = appraise(two, SETTINGS, load_rules())["baat"]
    assert gain[1] == pytest.approx(2 * gain[0])


def test_unknown_heat_is_named_and_not_counted_as_cool():
    result = appraise(places(pet_c=[np.nan, 35.0]), SETTINGS, load_rules())
    assert "hitte: onbekend" in result["waarom"][0]
    assert result["score_0_1"][0] > result["score_0_1"][1]
    assert result["gekend_aandeel"].tolist() == pytest.approx([0.8, 1.0])


def test_a_place_that_is_best_on_everything_is_robust_and_on_the_front():
    rng = np.random.default_rng(5)
    count = 60
    pet, water = rng.uniform(36, 42, count), rng.uniform(100, 2000, count)
    pet[7], water[7] = 45, 5000
    cool, lack = rng.uniform(0, 300, count), rng.uniform(0, 0.8, count)
    cool[7], lack[7] = 500, 1
    table = places(pet_c=pet, piek_60mm_l=water, koelte_graad_m2=cool, groentekort=lack,
                   vermeden_afvoer_m3_jaar=water / 80)  # fmt: skip
    result = check_ranks(appraise(table, SETTINGS, load_rules()), {**SETTINGS, "trekkingen": 300}, seed=1)
    assert result["robuustheid"][7] == "robuust"
    assert result["pareto"][7]
    assert result["rang"][7] == result["rang_topsis"][7] == 1
    assert (result["robuustheid"] != "robuust").any()


def test_without_residents_the_front_is_that_of_heat_and_water():
    table = places(koelte_graad_m2=[50.0, 40.0, 10.0], vermeden_afvoer_m3_jaar=[1.0, 2.0, 1.0])
    table = appraise(table.assign(inwoners_100m=np.nan), SETTINGS, load_rules())
    assert check_ranks(table, {**SETTINGS, "trekkingen": 50}, seed=1)["pareto"].tolist() == [
        True,
        True,
        False,
    ]
    unknown = table.assign(koelte_graad_m2=np.nan, vermeden_afvoer_m3_jaar=np.nan)
    assert not check_ranks(unknown, {**SETTINGS, "trekkingen": 50}, seed=1)["pareto"].any()
