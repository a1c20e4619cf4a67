"""Layers that count incidents by street or hexagon, over one release and over several."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.optimize import linprog

from arsenaal_gis.catalogue import load
from arsenaal_gis.errors import ReleaseRefused
from arsenaal_gis.gpkg import conform
from arsenaal_gis.privacy import Ledger, incidents, release
from arsenaal_gis.privacy.unit_counts import closed_counts

ALL, CODES = "alle", ("drugs", "sluikstort", "geluidshinder")
START = pd.Period("2021-01", "M")


@pytest.fixture
def ledger(tmp_path):
    return Ledger.of(tmp_path)


def town(seed, hexagons=6, quarters=16, rate=2.0):
    """Facts by hexagon, category and quarter."""
    rng = np.random.default_rng(seed)
    return rng.poisson(
        rate * rng.gamma(0.7, 1.5, (hexagons, len(CODES), 1)), (hexagons, len(CODES), quarters)
    )


def _rows(facts, first, last, homes):
    start, end = (START + 3 * first).start_time, (START + 3 * last + 2).end_time.normalize()
    for hexagon in range(len(facts)):
        parts = facts[hexagon, :, first : last + 1].sum(axis=1)
        for code, n in (*zip(CODES, parts, strict=True), (ALL, parts.sum())):
            yield {
                "hexagon_id": f"hex_{hexagon}", "eenheid_id": f"hex_{hexagon}", "eenheid": "hexagon",
                "bron": "stad", "soort": "punten", "categorie": code, "van": start, "tot": end,
                "maanden": 3 * (last - first + 1), "aantal_min": n, "aantal_max": n, "woningen": homes,
                "per_1000_woningen_jaar": n * 10.0, "klasse": "niet_aantoonbaar", "oordeel": f"{n} feiten",
            }  # fmt: skip


def layers(facts, now, homes=40):
    """The layers of a plan of which quarter ``now`` is the last one."""
    last = [r | {"periode": "laatste"} for r in _rows(facts, now - 3, now, homes)]
    before = [r | {"periode": "vorige"} for r in _rows(facts, now - 7, now - 4, homes)]
    whole = pd.DataFrame(last + before).groupby(["categorie", "periode", "van", "tot"], as_index=False)
    whole = whole[["aantal_min", "aantal_max"]].sum().assign(bron="stad", soort="punten", eenheid="hexagon")
    frames = {
        "hotspots_hex": pd.DataFrame(last + before),
        "hotspots_trend": pd.DataFrame(_rows(facts, 0, now, homes)),
        "hotspots_reeksen": whole.assign(trede="tempo", zin="in woorden"),
    }
    out = {}
    for id, frame in frames.items():
        layer = load().layer(id)
        frame = frame[[n for n in layer.fields if n in frame]]
        if layer.spatial:
            frame = gpd.GeoDataFrame(frame, geometry=[shapely.box(0, 0, 9, 9)] * len(frame), crs=31370)
        out[id] = conform(frame, layer)
    return out


def read(out):
    """What a reader of a release takes down: unit, category, first and last quarter, bounds, promised width."""
    told = []
    for id, (_, frame) in out.layers.items():
        unit = {"hotspots_hex": "hexagon_id", "hotspots_trend": "eenheid_id"}.get(id)
        for row in frame.to_dict("records"):
            first, last = (
                (pd.Timestamp(row[n]).to_period("M") - START).n // 3 if pd.notna(row[n]) else None
                for n in ("van", "tot")
            )
            low, high = row["aantal_min"], row["aantal_max"]
            bounds = (0.0, np.inf, 5.0) if pd.isna(low) else (float(low), float(high), float(high - low))
            told.append((row[unit] if unit else None, row["categorie"], first, last, *bounds))
    return told


def broken(told, facts):
    """Cells that linear programming narrows further than their flag promises; every fact is a whole unknown."""
    units = [f"hex_{i}" for i in range(len(facts))]
    shape = facts.shape
    rows, low, high, width = [], [], [], []
    for unit, code, first, last, a, b, need in told:
        pick = np.zeros(shape)
        where = slice(None) if unit is None else units.index(unit)
        which = slice(None) if code == ALL else CODES.index(code)
        pick[where, which, first : last + 1] = 1
        rows.append(pick.ravel())
        low.append(a)
        high.append(b)
        width.append(need)
    matrix, low, high, width = np.array(rows), np.array(low), np.array(high), np.array(width)
    truth = matrix @ facts.ravel()
    assert ((truth >= low) & (truth <= high)).all()
    finite, found = np.isfinite(high), []
    for i in np.flatnonzero(width > 0):
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * matrix[i], A_ub=np.vstack([matrix[finite], -matrix]), b_ub=np.r_[high[finite], -low]
            )
            ends.append(matrix[i] @ answer.x if answer.status == 0 else sign * -np.inf)
        if ends[1] - ends[0] < width[i] - 1e-6:
            found.append((told[i], *ends))
    return found


def history(seed, folder):
    """What three plans tell of a town, the facts, and how many counts each of the plans shows."""
    folder.mkdir()
    facts, ledger, told, shown = town(seed), Ledger.of(folder), [], []
    for now in (11, 12, 15):
        try:
            out = release(layers(facts, now), "P2", ledger, partial=True)
        except ReleaseRefused:
            shown.append(0)
            continue
        told += read(out)
        shown.append(out.shown[0])
    return told, facts, shown


# 8: an ordinary town. 103: a category of 6, 1, 1 and 6 facts whose sum is known can only be hidden as a whole. 105:
# with two earlier plans the sum of all years would tell too much, so that the layer over all years stays behind. 226:
# what an earlier plan told of the whole town narrows a hexagon of the next one.
@pytest.mark.parametrize(("seed", "least"), [(8, 15), (103, 15), (105, 8), (226, 15)])
def test_every_quarter_has_its_plan_and_what_is_hidden_stays_hidden(seed, least, tmp_path):
    told, facts, shown = history(seed, tmp_path / "een")
    assert broken(told, facts) == [] and min(shown) >= least


def test_without_the_joint_check_the_attacker_wins(tmp_path, monkeypatch):
    monkeypatch.setattr(incidents._Group, "_together", lambda self: True)
    told, facts, _ = history(8, tmp_path / "een")
    assert broken(told, facts)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(100, 300, 20))
def test_what_is_hidden_stays_hidden_in_many_towns(first, tmp_path):
    for seed in range(first, first + 20):
        told, facts, _ = history(seed, tmp_path / str(seed))
        assert broken(told, facts) == [], f"seed {seed}"


def hexes(counts, homes=40, last="2024-12-31", codes=CODES):
    """Layer ``hotspots_hex`` with one period; counts by hexagon and category, their sum added."""
    rows = []
    for i, own in enumerate(counts):
        for code, n in (*zip(codes, own, strict=False), (ALL, sum(own))):
            rows.append({
                "hexagon_id": f"h{i}", "bron": "politie", "categorie": code, "periode": "laatste",
                "van": pd.Timestamp("2024-01-01"), "tot": pd.Timestamp(last), "maanden": 12, "aantal_min": n,
                "aantal_max": n, "woningen": homes if np.isscalar(homes) else homes[i],
                "per_1000_woningen_jaar": n * 50.0, "klasse": "hotspot", "oordeel": f"{n} feiten",
            })  # fmt: skip
    layer = load().layer("hotspots_hex")
    frame = pd.DataFrame(rows)
    frame = gpd.GeoDataFrame(frame, geometry=[shapely.box(0, 0, 9, 9)] * len(frame), crs=31370)
    return {"hotspots_hex": conform(frame[[n for n in layer.fields if n in frame] + ["geometry"]], layer)}


def few(kinds=("hexagon",)):
    """Five units with three drug offences, four of noise and three of bars in all; sums by kind of unit."""
    codes = (*CODES, "overlast_horeca", "hinderlijk_gedrag")
    counts = [(1, 9, 2, 0, 5), (1, 8, 1, 0, 9), (1, 12, 0, 1, 6), (0, 7, 1, 1, 7), (0, 11, 0, 1, 8)]
    layer, data = load().layer("hotspots_reeksen"), hexes(counts, codes=codes)
    head = data["hotspots_hex"].iloc[0]
    sums = [*map(sum, zip(*counts, strict=True)), sum(map(sum, counts))]
    rows = [
        {
            "bron": "politie", "soort": "punten", "eenheid": kind, "periode": "laatste", "categorie": code,
            "van": head["van"], "tot": head["tot"], "maanden": 12, "aantal_min": n, "aantal_max": n, "trede": "tempo",
            "zin": "in woorden",
        }
        for kind in kinds
        for code, n in zip((*codes, ALL), sums, strict=True)
    ]  # fmt: skip
    return data | {"hotspots_reeksen": conform(pd.DataFrame(rows), layer)}


def test_a_sum_of_a_few_is_hidden_where_calling_it_small_would_bound_every_unit(ledger):
    """Three units with a fact each make 3 of "1 to 4": every one of them would be 1 or 2. Nothing is refused for that."""
    out = release(few(), "P2", ledger)
    assert {f.action for f in out.findings} == {"onderdrukt"}
    sums = out.layers["hotspots_reeksen"][1].set_index("categorie")["aantal_max"]
    assert sums[["drugs", "geluidshinder"]].isna().all()
    assert (sums["sluikstort"], sums["hinderlijk_gedrag"], sums[ALL]) == (47, 35, 92)
    left = out.layers["hotspots_hex"][1].set_index(["categorie", "hexagon_id"])["aantal_max"]
    assert left[ALL].tolist() == [17, 19, 20, 16, 20]


def test_a_sum_that_one_kind_of_unit_must_hide_is_hidden_beside_the_others(ledger):
    out = release(few(("hexagon", "segment")), "P2", ledger)
    sums = out.layers["hotspots_reeksen"][1].set_index(["eenheid", "categorie"])["aantal_max"]
    assert sums["hexagon"].isna().tolist() == sums["segment"].isna().tolist()
    assert sums["segment"].isna().any()


def test_a_sum_that_was_told_stays_told(ledger):
    """What an earlier release called small is known; the hexagons beside it stay behind."""
    told = release({"hotspots_reeksen": few()["hotspots_reeksen"]}, "P2", ledger)
    assert told.layers["hotspots_reeksen"][1]["aantal_max"].eq(4).sum() >= 1
    with pytest.raises(ReleaseRefused, match="te berekenen"):
        release(few(), "P2", ledger)


def test_small_counts_and_what_tells_them_are_emptied(ledger):
    data = hexes([(2, 30), (12, 9), (25, 14), (40, 8)])
    out = release(data, "P2", ledger)
    before, left = (
        f.set_index(["hexagon_id", "categorie"])
        for f in (data["hotspots_hex"], out.layers["hotspots_hex"][1])
    )
    small = left.loc[("h0", "drugs")]
    assert pd.isna(small["per_1000_woningen_jaar"])
    assert pd.isna(small["aantal_max"]) or (small["aantal_min"], small["aantal_max"]) == (1, 4)
    assert pd.isna(small["oordeel"]) and small["klasse"] == "hotspot" and small["woningen"] == 40
    assert left.loc["h0", "per_1000_woningen_jaar"].notna().sum() <= 1, (
        "the other category or the sum would tell it"
    )
    assert left["per_1000_woningen_jaar"].xs("drugs", level=1).isna().sum() >= 2, (
        "the known total would tell it"
    )
    shown = left["aantal_min"].eq(left["aantal_max"]).fillna(False).to_numpy(bool)
    assert (left.loc[shown, "aantal_max"] == before.loc[left.index[shown], "aantal_max"]).all()
    closed = [f.rows for f in out.findings if f.action == "onderdrukt"]
    assert closed == [left["per_1000_woningen_jaar"].isna().sum()] and out.shown[0] == len(left) - closed[0]
    told = ledger.table("vrijgave_cellen")
    assert set(told["onderwerp"]) == {"incidenten.politie.punten"} and len(told) == len(left)


def test_what_a_layer_hides_is_known_to_the_figures_beside_it(ledger):
    layer, frame = load().layer("hotspots_hex"), hexes([(2, 30), (12, 9), (25, 14), (40, 8)])["hotspots_hex"]
    left = release({"hotspots_hex": frame}, "P2", ledger).layers["hotspots_hex"][1]
    told = set(left["aantal_max"][left["aantal_min"].eq(left["aantal_max"])].astype(float))
    closed = closed_counts(layer, frame, left)
    assert 2.0 in closed and len(closed | told) == frame["aantal_max"].nunique()


def test_open_data_hold_no_streets_or_hexagons(ledger):
    with pytest.raises(ReleaseRefused, match="te klein voor open data"):
        release(hexes([(20, 30), (12, 9)]), "P3", ledger)


def test_streets_by_year_overlap_with_the_periods_of_the_hotspots(ledger):
    rows = [("Nieuwstraat", "politie", "drugs", 2024, 20, 20)]
    frame = pd.DataFrame(rows, columns=["straat", "bron", "categorie", "jaar", "aantal_min", "aantal_max"])
    data = {"straat_incidenten": conform(frame, load().layer("straat_incidenten"))}
    with pytest.raises(ReleaseRefused, match="beschermd in de lagen hotspots"):
        release(data, "P2", ledger)
    assert len(release(data, "P1", ledger).layers["straat_incidenten"][1]) == 1


def test_where_few_live_no_count_is_shown(ledger):
    left = release(hexes([(20, 30), (12, 9), (25, 14)], homes=[3, 0, 40]), "P2", ledger).layers[
        "hotspots_hex"
    ][1]
    shown = left[left["aantal_min"].notna()].groupby("hexagon_id").size()
    assert "h0" not in shown.index and shown["h2"] >= 1


def test_a_quarter_that_follows_from_two_longer_periods_is_not_told(ledger):
    release(hexes([(20, 30), (22, 19), (25, 14)], last="2024-09-30"), "P2", ledger)
    # Three more facts on one spot since: the new sum less the old one would tell them.
    left = release(hexes([(23, 30), (32, 29), (35, 24)]), "P2", ledger).layers["hotspots_hex"][1]
    left = left.set_index(["hexagon_id", "categorie"])["aantal_max"]
    assert pd.isna(left[("h0", "drugs")]) and pd.isna(left[("h0", ALL)])


def test_corrected_figures_are_no_contradiction(ledger):
    release(hexes([(20, 30), (22, 19), (25, 14)]), "P2", ledger)
    left = release(hexes([(60, 30), (22, 19), (25, 70)]), "P2", ledger).layers["hotspots_hex"][1]
    assert left.set_index(["hexagon_id", "categorie"]).loc[("h0", "drugs"), "aantal_max"] == 60


def test_the_same_layers_twice_are_the_same_release(ledger):
    data = hexes([(2, 30), (12, 9), (25, 14), (40, 8)])
    first = release(data, "P2", ledger)
    assert release(data, "P2", ledger).id == first.id
