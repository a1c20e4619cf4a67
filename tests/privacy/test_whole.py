"""Shares of the whole wijk beside counts by unit: subtraction tells nothing, within a release or over several."""

import dataclasses
import importlib

import numpy as np
import pandas as pd
import pytest
from attacker import Attacker
from conftest import quarter, register

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ReleaseRefused
from arsenaal_gis.gpkg import conform
from arsenaal_gis.privacy import Ledger, release
from arsenaal_gis.privacy.places import TOTAL
from arsenaal_gis.privacy.policy import Policy
from arsenaal_gis.privacy.whole import hold_back_whole
from arsenaal_gis.settings import Settings

releasing = importlib.import_module("arsenaal_gis.privacy.release")  # hidden by the function of that name
FIGURES, CHANGES = load().layer("indicatoren"), load().layer("verandering_indicatoren")
SETTINGS = Settings.load({"privacy": {"onderdrukt_hoogstens_pct": 100.0}})["privacy"]
POLICY = Policy("P2", SETTINGS)
CODES = list(dict.fromkeys(["onbekend", *load().layer("renovatie").fields["renovatiestatus"].codes]))


def figures(*rows):
    """Rows of ``indicatoren``: indicator, layer, field, wave, classes, numerator, denominator, unknown."""
    names = ["indicator", "laag", "veld", "golf", "ja", "teller", "noemer", "onbekend"]
    return conform(
        pd.DataFrame(rows, columns=names).assign(eenheid="%", niveau="P2", waarde=1.0, in_woorden="x"),
        FIGURES,
    )


def cells(subject, **shown):
    """One street side and the total: exact counts by class; None is hidden with width 10."""
    return pd.DataFrame(
        [
            {
                "onderwerp": subject, "eenheid": "straatzijde", "eenheid_id": unit, "code": code,
                "ondergrens": 0.0 if n is None else float(n), "bovengrens": np.nan if n is None else float(n),
                "breedte": 10.0 if n is None else 0.0,
            }
            for unit in ("s1", TOTAL)
            for code, n in shown.items()
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "counts", "shown"),
    [
        (
            (137, 531, 0),
            {"totaal": 526, "ja": 137, "nee": 389, "onbekend": 0},
            False,
        ),  # a street of five answers
        ((137, 531, 0), {"totaal": 531, "ja": 137, "nee": 394, "onbekend": 0}, True),  # nothing is left over
        (
            (137, 531, 0),
            {"totaal": 490, "ja": 120, "nee": 370, "onbekend": 0},
            True,
        ),  # 41 left, 17 of them yes
        (
            (137, 531, 0),
            {"totaal": 490, "ja": 135, "nee": 355, "onbekend": 0},
            False,
        ),  # 41 left, two of them yes
        (
            (137, 531, 0),
            {"totaal": 490, "ja": 98, "nee": 392, "onbekend": 0},
            False,
        ),  # 41 left, two of them no
        ((137, 531, 9), {"totaal": 490, "ja": 120, "nee": 364, "onbekend": 6}, False),  # three unknown left
        ((137, 531, 0), {"totaal": 490}, True),  # the classes are not told: no difference to take
        (
            (137, 531, 0),
            {"totaal": 531, "ja": None, "nee": None, "onbekend": 0},
            False,
        ),  # hidden, and solved by it
        ((137, 531, 0), {}, True),
    ],
)
def test_the_whole_wijk_without_the_counted_units_is_no_small_group(figure, counts, shown, tmp_path):
    frame = figures(("a", "bevraging", "hulp_gemist", "nulmeting", "ja", *map(float, figure)))
    now = [cells("bevraging.hulp_gemist.nulmeting", **counts)] if counts else []
    left, notes, told = hold_back_whole(frame, FIGURES, now, {}, Ledger.of(tmp_path), POLICY)
    assert left["teller"].notna().all() == left["waarde"].notna().all() == shown
    assert bool(notes) != shown and set(told.get("code", [])) == (
        {"ja", "gekend", "onbekend"} if shown else set()
    )


def test_another_wave_and_another_field_are_no_part_of_it(tmp_path):
    frame = figures(("a", "bevraging", "hulp_gemist", "nameting", "ja", 137.0, 531.0, 0.0))
    now = [cells("bevraging.hulp_gemist.nulmeting", totaal=526, ja=137, nee=389, onbekend=0)]
    assert not hold_back_whole(frame, FIGURES, now, {}, Ledger.of(tmp_path), POLICY)[1]


def status(*rows):
    return {
        "indicatoren": figures(
            *((f"i{n}", "renovatie", "renovatiestatus", "plan", *r) for n, r in enumerate(rows))
        )
    }


def test_a_share_that_moved_by_a_few_since_is_not_told_again(tmp_path):
    ledger = Ledger.of(tmp_path)
    assert release(status(("afgerond", 60.0, 700.0, 40.0)), "P2", ledger).findings == ()
    again = release(status(("afgerond", 63.0, 700.0, 40.0)), "P2", ledger)
    assert again.layers["indicatoren"][1]["teller"].isna().all()
    assert (
        release(status(("afgerond", 70.0, 690.0, 50.0)), "P2", ledger)
        .layers["indicatoren"][1]["teller"]
        .notna()
        .all()
    )


def test_a_comparison_tells_no_more_than_its_two_sides(tmp_path):
    ledger = Ledger.of(tmp_path)
    release(status(("afgerond", 60.0, 700.0, 40.0)), "P2", ledger)
    row = {
        "indicator": "a", "eenheid": "%", "oordeel": "verbeterd", "in_woorden": "x", "laag": "renovatie",
        "veld": "renovatiestatus", "ja": "afgerond", "golf_voor": "plan", "golf_na": "plan", "teller_voor": 60.0,
        "noemer_voor": 700.0, "onbekend_voor": 40.0, "noemer_na": 700.0, "onbekend_na": 40.0,
    }  # fmt: skip
    for name, after, shown in (("drie", 63.0, False), ("tien", 70.0, True)):
        frame = conform(pd.DataFrame([{**row, "teller_na": after}]), CHANGES)
        left = release({CHANGES.id: frame}, "P2", ledger, role=name).layers[CHANGES.id][1]
        assert left["teller_na"].notna().all() == left["teller_voor"].notna().all() == shown, name


def test_what_a_comparison_repeats_of_the_indicators_stands_in_the_ledger_once(tmp_path):
    row = {
        "indicator": "a", "eenheid": "%", "oordeel": "verbeterd", "in_woorden": "x", "laag": "renovatie",
        "veld": "renovatiestatus", "ja": "afgerond", "golf_voor": "nulmeting", "golf_na": "plan", "teller_voor": 40.0,
        "noemer_voor": 700.0, "onbekend_voor": 40.0, "teller_na": 60.0, "noemer_na": 700.0, "onbekend_na": 40.0,
    }  # fmt: skip
    ledger = Ledger.of(tmp_path)
    release(
        {**status(("afgerond", 60.0, 700.0, 40.0)), CHANGES.id: conform(pd.DataFrame([row]), CHANGES)},
        "P2",
        ledger,
    )
    told = ledger.table("vrijgave_cellen")
    by_wave = told.groupby("onderwerp")["code"].apply(sorted).to_dict()
    assert by_wave == {
        "renovatie.renovatiestatus": ["afgerond", "gekend", "onbekend"],
        "renovatie.renovatiestatus.nulmeting": ["afgerond", "gekend", "onbekend"],
    }


def test_shares_that_overlap_solve_no_class(tmp_path):
    """32 with a class of 3 and 29 without it: the second would tell the 3."""
    rows = status(
        ("geen, gepland", 32.0, 54.0, 46.0), ("gepland", 29.0, 54.0, 46.0), ("afgerond", 22.0, 54.0, 46.0)
    )
    left = release(rows, "P2", Ledger.of(tmp_path)).layers["indicatoren"][1].set_index("ja")["teller"]
    assert left["geen, gepland"] == 32 and pd.isna(left["gepland"])


def test_counts_after_a_share_leave_over_no_small_class(tmp_path):
    """Three sides of four homes are not counted; the share less the counts would tell their three planned ones."""
    places = quarter(3, sides=7, least=60, most=61)
    nth = places.rows.groupby("straatzijde_id").cumcount()
    short = places.rows["straatzijde_id"].isin(places.rows["straatzijde_id"].unique()[-3:])
    places = dataclasses.replace(places, rows=places.rows[~short | (nth < 4)].reset_index(drop=True))
    frame = register(places, np.random.default_rng(0))
    turn = np.arange(len(frame))
    frame["renovatiestatus"] = np.where(turn % 2 == 0, "geen", np.where(turn % 4 == 1, "gepland", "afgerond"))
    frame.loc[len(frame) - 12 :, "renovatiestatus"] = ["gepland"] * 3 + ["geen"] * 9
    count, ledger = frame["renovatiestatus"].value_counts(), Ledger.of(tmp_path)
    attacker = Attacker(places, CODES)
    told = release(status(("gepland", float(count["gepland"]), float(len(frame)), 0.0)), "P2", ledger)
    attacker.read_figures(told.layers["indicatoren"][1])
    out = release(
        {"renovatie": frame}, "P2", ledger, places=places, settings=SETTINGS, unit="straatzijde", partial=True
    )
    attacker.read(out, None)
    assert attacker.broken() == [] and attacker.left_over() == []


def history(seed, folder):
    """Figures and counts of one register, in any order; what the attacker wrote down, and how many figures he saw."""
    rng = np.random.default_rng(seed)
    places = quarter(seed, sides=7, least=6, most=26)
    frame = register(places, rng, weights=tuple(rng.dirichlet([4, 1, 1, 2])))
    ledger, attacker, seen = Ledger.of(folder), Attacker(places, CODES), 0
    count = frame["renovatiestatus"].value_counts()
    of = float(len(frame) - count.get("onbekend", 0))
    yes = [", ".join(rng.choice(CODES[1:], int(rng.integers(1, 3)), replace=False)) for _ in range(3)]
    rows = [
        (codes, float(sum(count.get(c, 0) for c in codes.split(", "))), of, len(frame) - of) for codes in yes
    ]
    for layers in rng.permutation(["figures", "counts", "both"]):
        data = {} if layers == "figures" else {"renovatie": frame}
        data |= {} if layers == "counts" else status(*rows)
        try:
            out = release(
                data, "P2", ledger, places=places, settings=SETTINGS, unit="straatzijde", partial=True
            )
        except ReleaseRefused:
            continue
        if "tellingen_totaal" in out.layers:
            attacker.read(out, None)
        if "indicatoren" in out.layers:
            attacker.read_figures(out.layers["indicatoren"][1])
            seen += int(out.layers["indicatoren"][1]["teller"].notna().sum())
    return attacker, seen


def test_figures_and_counts_together_solve_nothing(tmp_path):
    assert safe(range(8), tmp_path) >= 8


@pytest.mark.soak
def test_figures_and_counts_of_many_wijken_solve_nothing(tmp_path):
    assert safe(range(100, 200), tmp_path) >= 100


def safe(seeds, folder):
    """Check that histories solve nothing; returns how many figures they tell."""
    total = 0
    for seed in seeds:
        (folder / str(seed)).mkdir()
        attacker, seen = history(seed, folder / str(seed))
        assert attacker.broken() == [] and attacker.left_over() == [], f"seed {seed}"
        total += seen
    return total


def test_without_the_joint_check_the_attacker_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(releasing, "hold_back_whole", lambda frame, *rest: (frame, [], pd.DataFrame()))
    with pytest.raises(AssertionError, match="seed"):
        safe(range(8), tmp_path)


def test_a_count_of_facts_that_its_layer_hides_is_held_back(tmp_path):
    frame = figures(("a", "hotspots_reeksen", "aantal_min", "plan", None, 9.0, 12.0, 0.0)).assign(
        eenheid="feiten"
    )
    for hidden, shown in (({9.0}, False), ({8.0}, True)):
        left = hold_back_whole(frame, FIGURES, [], {"hotspots_reeksen": hidden}, Ledger.of(tmp_path), POLICY)[
            0
        ]
        assert left["teller"].notna().all() == shown
