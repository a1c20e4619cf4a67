"""The stage on a made-up quarter with planted hot spots, too few facts, and every kind of bad input."""

import numpy as np
import pandas as pd
import pytest
import shapely

from arsenaal_gis.errors import Cancelled
from arsenaal_gis.hotspots import map_note
from arsenaal_gis.hotspots.stage import run
from arsenaal_gis.progress import Silent
from arsenaal_gis.raster import read

from . import town

SPOT = (250.0, 250.0)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """600 reports over two years, most of them around one spot."""
    made = town.context(
        tmp_path_factory.mktemp("plan"), incidenten=town.reports(town.spread(600, 3, SPOT), town.dates(600))
    )
    run(made)
    return made


def overview(made, **wanted) -> pd.Series:
    rows = made.results["hotspots_reeksen"]
    for name, value in wanted.items():
        rows = rows[rows[name].eq(value)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_planted_spot_is_found_and_nothing_far_from_it(planted) -> None:
    for id in ("hotspots_straat", "hotspots_hex"):
        rows = planted.results[id].query("categorie == 'sluikstort' and periode == 'laatste'")
        hot = rows[rows["klasse"].eq("hotspot")]
        distance = hot.geometry.centroid.distance(shapely.Point(town.X0 + SPOT[0], town.Y0 + SPOT[1]))
        assert len(hot) >= 3
        assert distance.max() < 200
        assert (hot["q"] <= 0.05).all()
        assert hot["oordeel"].str.contains("Hotspot: hier en in de buureenheden").all()


def test_single_spot_among_average_neighbours_is_called_raised(tmp_path) -> None:
    xy = np.concatenate([town.spread(230, 8), np.full((25, 2), 0.0) + (town.X0 + 340, town.Y0 + 300)])
    made = town.context(tmp_path, incidenten=town.reports(xy, town.dates(255, years=0.95)))
    run(made)
    rows = made.results["hotspots_straat"].query("hoofdkaart").set_index("eenheid_id")
    assert rows.loc["Oost33", "klasse"] in ("verhoogd", "uitschieter_hoog")
    assert rows.loc["Oost33", "q_eigen"] < 1e-6
    assert "verwacht 4,2" in rows.loc["Oost33", "oordeel"]
    assert (rows.drop("Oost33")["klasse"] == "niet_aantoonbaar").mean() > 0.9


def test_every_row_carries_its_interval_and_adds_up(planted) -> None:
    rows = planted.results["hotspots_hex"].query("categorie == 'alle' and periode == 'laatste'")
    assert (rows["aantal_onder"] <= rows["aantal_min"]).all()
    assert (rows["aantal_boven"] > rows["aantal_max"]).all()
    row = overview(planted, categorie="alle", periode="laatste", eenheid="hexagon")
    assert rows["aantal_min"].sum() + row["niet_geplaatst"] == row["aantal_min"]
    assert (row["van"], row["tot"]) == (pd.Timestamp(2024, 7, 1), pd.Timestamp(2025, 6, 30))


def test_spread_evenly_gives_no_hotspot(tmp_path) -> None:
    made = town.context(tmp_path, incidenten=town.reports(town.spread(500, 11), town.dates(500)))
    run(made)
    rows = made.results["hotspots_hex"]
    assert (rows["klasse"] == "hotspot").mean() < 0.02


def test_seven_facts_give_a_list_and_no_map(tmp_path) -> None:
    made = town.context(
        tmp_path, incidenten=town.reports(town.spread(7, 1, SPOT, 1.0), town.dates(7, years=0.9))
    )
    run(made)
    row = overview(made, categorie="alle", periode="laatste", eenheid="hexagon")
    assert row["trede"] == "lijst"
    assert row["zin"].startswith("Slechts 7 feiten: te weinig voor een warmtekaart")
    assert "Concentratie (ruimtelijke scan, p = 0,00" in row["zin"]
    assert "7 van 7 feiten" in row["zin"]
    cells = made.results["hotspots_hex"]
    assert cells["kaartwaarde"].isna().all()
    assert set(cells["klasse"]) == {"te_weinig"}
    assert (cells["aantal_max"] > 0).all()
    assert made.result_raster("incident_dichtheid") is None
    assert any(w.startswith("Geen dichtheidskaart: Slechts 7 feiten") for w in made.warnings)


def test_density_raster_shows_what_the_back_test_allows(planted) -> None:
    row = overview(planted, categorie="alle", periode="laatste", eenheid="hexagon")
    grid = planted.result_raster("incident_dichtheid")
    assert row["trede"] == "kaart"
    if row["kaart_toont"] == "telling":
        assert "getoond wordt de telling" in row["zin"]
        cell = 100**2 * np.sqrt(3) / 2
        assert np.nansum(grid.values) * grid.cell**2 / cell == pytest.approx(
            planted.results["hotspots_hex"].query("hoofdkaart")["kaartwaarde"].sum(), rel=0.02
        )
    else:
        assert row["voorspelt_beter"]
        assert np.nansum(grid.values) * grid.cell**2 / 10_000 == pytest.approx(row["aantal_min"], rel=0.05)
    assert read(planted.folder / "incident_dichtheid.tif").shape == grid.shape


def test_back_test_says_both_hit_counts(planted) -> None:
    row = overview(planted, categorie="alle", periode="laatste", eenheid="segment")
    assert row["getoetste_feiten"] == row["aantal_min"] - row["niet_geplaatst"]
    assert row["pai_kaart_onder"] <= row["pai_kaart"] <= row["pai_kaart_boven"]
    assert f"van {row['getoetste_feiten']} feiten" in row["zin"]


def test_one_main_map_per_layer(planted) -> None:
    for id in ("hotspots_straat", "hotspots_hex"):
        main = planted.results[id].query("hoofdkaart")
        assert set(main["categorie"]) == {"alle"}
        assert set(main["periode"]) == {"laatste"}
        assert main.geometry.is_valid.all()


def test_note_under_the_map_says_its_n(planted, tmp_path) -> None:
    note = map_note(planted.results["hotspots_reeksen"])
    row = overview(planted, categorie="alle", periode="laatste", eenheid="hexagon")
    assert f"01-07-2024 tot en met 30-06-2025: {row['aantal_min']} feiten in 12 maanden" in note
    assert f"{row['hotspots']} hotspots" in note
    few = town.context(tmp_path, incidenten=town.reports(town.spread(3, 1), town.dates(3, years=0.5)))
    run(few)
    assert "minder dan 5 feiten" in map_note(few.results["hotspots_reeksen"])


def marked(made) -> set:
    """What the rows of the trend that are on the map are about."""
    main = made.results["hotspots_trend"].query("hoofdkaart")
    return set(main[["bron", "soort", "eenheid", "categorie"]].itertuples(index=False, name=None))


def test_trend_on_the_map_is_that_of_the_hexagons_however_many_facts_the_counts_have(tmp_path) -> None:
    made = town.context(
        tmp_path,
        incidenten=town.reports(town.spread(60, 5), town.dates(60)),
        incident_tellingen=town.counts(steady()),
    )
    run(made)
    facts = made.results["hotspots_reeksen"].query("categorie == 'alle' and periode == 'laatste'")
    assert facts.groupby("soort")["aantal_min"].max().loc["tellingen"] > 400 > 60
    assert marked(made) == {("gemeenschapswachten", "punten", "hexagon", "alle")}
    assert set(made.results["hotspots_hex"].query("hoofdkaart")["bron"]) == {"gemeenschapswachten"}


def test_trend_on_the_map_is_that_of_the_streets_where_there_are_no_hexagons(tmp_path) -> None:
    made = town.context(tmp_path, incident_tellingen=town.counts(steady()))
    run(made)
    assert marked(made) == {("politie", "tellingen", "straat", "alle")}
    assert "na toetsing van 12 straten geen hotspots" in map_note(made.results["hotspots_reeksen"])


def test_clusters_hold_enough_addresses(tmp_path) -> None:
    lines = town.streets()
    doors = town.dwellings(lines)
    addresses = pd.DataFrame({"adres_id": doors["woning_id"], "straat": "x", "huisnummer": "1"})
    frame = type(doors)(addresses, geometry=doors.geometry.to_numpy(), crs=31370)
    reports = town.reports(town.spread(300, 3, SPOT, 0.9), town.dates(300))
    made = town.context(tmp_path, incidenten=reports, adressen=frame)
    run(made)
    found = made.results["hotspots_clusters"]
    assert len(found) >= 1
    assert (found["adressen"] >= 8).all()
    none = town.context(tmp_path, incidenten=reports)  # no addresses known: no outline may be drawn
    run(none)
    assert none.results["hotspots_clusters"].empty


def test_same_result_twice(planted, tmp_path) -> None:
    again = town.context(tmp_path, incidenten=planted.layer("incidenten"))
    run(again)
    for id, frame in planted.results.items():
        pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(again.results[id]))


def test_rising_street_is_called_rising(tmp_path) -> None:
    rows = []
    for month in range(48):
        first = pd.Timestamp(2021, 7, 1) + pd.DateOffset(months=month)
        for i in range(6):
            for name in ("Oost", "Noord"):
                n = month // 8 if (name, i) == ("Oost", 0) else 2
                rows.append((first, f"{name} {i}", n, n))
    made = town.context(tmp_path, incident_tellingen=town.counts(rows))
    run(made)
    trend = made.results["hotspots_trend"].query("categorie == 'vernielingen'").set_index("eenheid_id")
    assert trend.loc["Oost 0", "klasse"] == "stijgend"
    assert trend.loc["Oost 0", "oordeel"].startswith("Stijgend (per kwartaal +")
    assert set(trend.drop("Oost 0")["klasse"]) == {"niet_aantoonbaar"}
    assert trend.loc["Oost 0", "kwartalen"] == 16


# Bad input


def steady(streets: int = 6, months: int = 24, low: int = 3, high: int = 3) -> list:
    return [
        (pd.Timestamp(2023, 7, 1) + pd.DateOffset(months=m), f"{name} {i}", low, high)
        for m in range(months)
        for i in range(streets)
        for name in ("Oost", "Noord")
    ]


def test_all_counts_equal(tmp_path) -> None:
    made = town.context(tmp_path, incident_tellingen=town.counts(steady()))
    run(made)
    rows = made.results["hotspots_straat"]
    assert set(rows["klasse"]) == {"niet_aantoonbaar"}
    assert (rows["p"] == 1).all()


def test_unknown_streets_are_counted_but_not_placed(tmp_path) -> None:
    rows = [
        *steady(),
        (pd.Timestamp(2025, 6, 1), "Onbekend", 9, 9),
        (pd.Timestamp(2025, 6, 1), " oost  0 ", 1, 1),
    ]
    made = town.context(tmp_path, incident_tellingen=town.counts(rows))
    run(made)
    row = overview(made, categorie="alle", periode="laatste")
    assert row["niet_geplaatst"] == 9
    assert row["aantal_min"] == 12 * 12 * 3 + 10
    placed = made.results["hotspots_straat"].query("categorie == 'alle' and periode == 'laatste'")
    assert placed.set_index("eenheid_id").loc["Oost 0", "aantal_min"] == 37
    assert "Daarvan 9 op een onbekende of te verre straat" in row["zin"]


def test_missing_month_is_unknown_not_zero(tmp_path) -> None:
    rows = [row for row in steady() if row[0] != pd.Timestamp(2025, 1, 1)]
    made = town.context(tmp_path, incident_tellingen=town.counts(rows))
    run(made)
    row = overview(made, categorie="alle", periode="laatste")
    assert row["maanden"] == 11
    whole = town.context(tmp_path, incident_tellingen=town.counts(steady()))
    run(whole)
    one, other = (
        m.results["hotspots_straat"].query("categorie == 'alle' and periode == 'laatste'")
        for m in (made, whole)
    )
    assert np.allclose(one["per_1000_woningen_jaar"], other["per_1000_woningen_jaar"])
    assert any("geen gegevens voor 01/2025" in w for w in made.warnings)
    assert made.results["hotspots_trend"]["kwartalen"].iloc[0] == 7


def test_intervals_widen_and_never_make_a_hotspot_alone(tmp_path) -> None:
    rows = [(m, s, 1 if s == "Oost 2" else low, 4 if s == "Oost 2" else high) for m, s, low, high in steady()]
    made = town.context(tmp_path, incident_tellingen=town.counts(rows))
    run(made)
    row = (
        made.results["hotspots_straat"]
        .query("categorie == 'alle' and periode == 'laatste'")
        .set_index("eenheid_id")
    )
    assert tuple(row.loc["Oost 2", ["aantal_min", "aantal_max"]]) == (12, 48)
    assert row.loc["Oost 2", "aantal_onder"] < 12 < 48 < row.loc["Oost 2", "aantal_boven"]
    assert "12 tot 48 feiten" in row.loc["Oost 2", "oordeel"]
    assert (row["klasse"] == "niet_aantoonbaar").all()
    assert any("als interval gegeven" in w for w in made.warnings)


def test_negative_counts_are_left_out_and_said(tmp_path) -> None:
    rows = [*steady(), (pd.Timestamp(2025, 5, 1), "Oost 1", -4, -4)]
    made = town.context(tmp_path, incident_tellingen=town.counts(rows))
    run(made)
    assert overview(made, categorie="alle", periode="laatste")["aantal_min"] == 12 * 12 * 3
    assert any("1 rij zonder maand of met een negatief" in w for w in made.warnings)


def test_points_outside_the_wijk(tmp_path) -> None:
    xy = town.spread(50, 5)
    xy[:10] += 5_000
    made = town.context(tmp_path, incidenten=town.reports(xy, town.dates(50, years=0.9)))
    run(made)
    assert overview(made, categorie="alle", periode="laatste", eenheid="hexagon")["aantal_min"] == 40
    assert any("10 rijen buiten de wijk niet meegeteld" in w for w in made.warnings)


def test_one_street_only(tmp_path) -> None:
    line = town.streets().query("segment_id == 'Oost00'")
    made = town.context(
        tmp_path, straten=line, incidenten=town.reports(town.spread(60, 5), town.dates(60)),
        incident_tellingen=town.counts(steady(1)),
    )  # fmt: skip
    run(made)
    assert set(made.results["hotspots_straat"]["klasse"]) == {"te_weinig"}
    row = overview(made, bron="politie", categorie="alle", periode="laatste")
    assert "Slechts 1 eenheid:" in row["zin"]


def test_no_dwellings_gives_counts_and_no_rates(tmp_path) -> None:
    lines = town.streets()
    made = town.context(
        tmp_path, woningen=town.dwellings(lines).iloc[:0],
        incidenten=town.reports(town.spread(600, 3, SPOT), town.dates(600)),
    )  # fmt: skip
    run(made)
    rows = made.results["hotspots_hex"].query("hoofdkaart")
    assert rows["per_1000_woningen_jaar"].isna().all()
    assert rows["woningen"].isna().all()
    assert (rows["klasse"] == "hotspot").any()
    assert any("aantallen in plaats van cijfers per woning" in w for w in made.warnings)


def test_streets_without_dwellings_have_a_count_but_no_rate(tmp_path) -> None:
    lines = town.streets()
    made = town.context(
        tmp_path, woningen=town.dwellings(lines[lines["straat"] != "Oost 5"]),
        incidenten=town.reports(town.spread(600, 3), town.dates(600)),
    )  # fmt: skip
    run(made)
    rows = made.results["hotspots_straat"].query("hoofdkaart and woningen == 0")
    assert len(rows)
    assert set(rows["klasse"]) == {"geen_woningen"}
    assert rows["afgevlakt_per_1000_jaar"].isna().all()


def test_sources_are_never_added_up_and_overlap_is_said(tmp_path) -> None:
    wardens = town.reports(town.spread(40, 1), town.dates(40), "vernielingen")
    police = town.reports(town.spread(50, 2), town.dates(50), "vernielingen", "politie")
    made = town.context(
        tmp_path,
        incidenten=pd.concat([wardens, police], ignore_index=True),
        incident_tellingen=town.counts(steady()),
    )
    run(made)
    rows = made.results["hotspots_reeksen"].query("categorie == 'alle' and periode == 'laatste'")
    assert sorted(zip(rows["bron"], rows["soort"], rows["eenheid"], strict=True)) == [
        ("gemeenschapswachten", "punten", "hexagon"),
        ("gemeenschapswachten", "punten", "segment"),
        ("politie", "punten", "hexagon"),
        ("politie", "punten", "segment"),
        ("politie", "tellingen", "straat"),
    ]
    text = " ".join(made.warnings)
    assert "politie (punten) en politie (tellingen) komen van dezelfde bron" in text
    assert "gemeenschapswachten (punten) en politie (punten) melden beide vernielingen" in text


def test_future_facts_do_not_exist_yet(tmp_path) -> None:
    late = town.dates(40)
    late[0] = pd.Timestamp(2025, 7, 3)
    made = town.context(tmp_path, incidenten=town.reports(town.spread(40, 1), late))
    run(made)
    rows = made.results["hotspots_reeksen"]
    assert (rows["tot"] <= pd.Timestamp(2025, 6, 30)).all()


def test_nothing_reported_is_said(tmp_path) -> None:
    made = town.context(tmp_path)
    run(made)
    assert made.warnings == ["Geen meldingen of tellingen ingelezen: geen hotspots."]
    assert not made.results


def test_stops_when_asked(tmp_path) -> None:
    made = town.context(tmp_path, incidenten=town.reports(town.spread(60, 1), town.dates(60)))
    made.progress = Silent()
    made.progress.cancelled = True
    with pytest.raises(Cancelled):
        run(made)
