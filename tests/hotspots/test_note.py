"""What stands under the hotspot map."""

import pandas as pd
import pytest

from arsenaal_gis.catalogue import load
from arsenaal_gis.gpkg import empty_frame
from arsenaal_gis.hotspots import map_note, trend_note


def trends(*classes, kind="hexagon", main=True, quarters=26) -> pd.DataFrame:
    """A row of ``hotspots_trend`` per class."""
    kinds = empty_frame(load().layer("hotspots_trend")).drop(columns="geom").dtypes
    rows = pd.DataFrame({"klasse": classes, "eenheid": kind, "hoofdkaart": main, "kwartalen": quarters})
    return rows.reindex(columns=kinds.index).astype(dict(kinds))


def overview(**wanted) -> pd.DataFrame:
    """One row of ``hotspots_reeksen``."""
    kinds = empty_frame(load().layer("hotspots_reeksen")).dtypes
    row = {
        "bron": "politie", "soort": "punten", "categorie": "alle", "periode": "laatste", "eenheid": "hexagon",
        "van": pd.Timestamp(2024, 7, 1), "tot": pd.Timestamp(2025, 6, 30), "maanden": 12, "aantal_min": 90, "aantal_max": 90,
        "eenheden": 175, "hotspots": 2, "trede": "kaart", "kaart_toont": "telling",
    } | wanted  # fmt: skip
    return pd.DataFrame([row]).reindex(columns=kinds.index).astype(dict(kinds))


STILL = ("niet_aantoonbaar",)


@pytest.mark.parametrize(
    ("classes", "nl", "en"),
    [
        (("stijgend",) * 2 + ("dalend",) + STILL * 105,
         "Trend over 26 kwartalen (Mann-Kendall, 108 zeshoeken): 2 stijgend, 1 dalend, elders niet aantoonbaar.",
         "Trend over 26 quarters (Mann-Kendall, 108 hexagons): 2 rising, 1 falling, not demonstrable elsewhere."),
        (("stijgend", *STILL),
         "Trend over 26 kwartalen (Mann-Kendall, 2 zeshoeken): 1 stijgend, elders niet aantoonbaar.",
         "Trend over 26 quarters (Mann-Kendall, 2 hexagons): 1 rising, not demonstrable elsewhere."),
        (("dalend", "dalend"),
         "Trend over 26 kwartalen (Mann-Kendall, 2 zeshoeken): 2 dalend.",
         "Trend over 26 quarters (Mann-Kendall, 2 hexagons): 2 falling."),
        (STILL * 108,
         "Trend over 26 kwartalen (Mann-Kendall, 108 zeshoeken): nergens aantoonbaar.",
         "Trend over 26 quarters (Mann-Kendall, 108 hexagons): nowhere demonstrable."),
        (STILL,
         "Trend over 26 kwartalen (Mann-Kendall, 1 zeshoek): nergens aantoonbaar.",
         "Trend over 26 quarters (Mann-Kendall, 1 hexagon): nowhere demonstrable."),
        (("te_weinig",) * 3,
         "Te weinig feiten of perioden om een trend te toetsen.",
         "Too few facts or periods to test a trend."),
        ((), "", ""),
    ],
)  # fmt: skip
def test_the_trend_in_words(classes, nl, en) -> None:
    assert (trend_note(trends(*classes)), trend_note(trends(*classes), "en")) == (nl, en)


def test_only_the_series_on_the_map_counts_and_no_class_that_was_held_back() -> None:
    rows = [
        trends("stijgend", *STILL, None, kind="straat"),
        trends("dalend", "stijgend", main=False),
        trends("dalend", main=None),
    ]
    said = trend_note(pd.concat(rows, ignore_index=True))
    assert said == "Trend over 26 kwartalen (Mann-Kendall, 2 straten): 1 stijgend, elders niet aantoonbaar."


def test_quarters_that_were_held_back_are_not_told() -> None:
    assert (
        trend_note(trends(*STILL, quarters=None)) == "Trend (Mann-Kendall, 1 zeshoek): nergens aantoonbaar."
    )
    mixed = pd.concat([trends(*STILL, quarters=None), trends("dalend")])
    assert trend_note(mixed).startswith("Trend over 26 kwartalen (Mann-Kendall, 2 zeshoeken): 1 dalend,")


def test_hexagons_go_before_streets_and_streets_are_called_so() -> None:
    streets = overview(eenheid="straat", soort="tellingen", aantal_min=900, aantal_max=900, eenheden=16)
    both = pd.concat([streets, overview()], ignore_index=True)
    assert "90 feiten in 12 maanden" in map_note(both) and "van 175 zeshoeken 2 hotspots" in map_note(both)
    assert "testing 16 streets gave 2 hotspots" in map_note(streets, "en")
    assert map_note(overview().iloc[:0]) == "Geen meldingen om te tonen."
    assert map_note(overview(eenheid="segment"), "en") == "No reports to show."


def test_a_total_that_was_held_back_is_not_told() -> None:
    closed = overview(aantal_min=None, aantal_max=None, eenheden=None, hotspots=None)
    assert map_note(closed).endswith("30-06-2025: een onderdrukt aantal feiten in 12 maanden.")
    assert map_note(closed, "en").endswith("30-06-2025: a suppressed number of facts in 12 months.")
    assert map_note(overview(aantal_min=12, aantal_max=20, trede="lijst"), "en").endswith(
        "12 to 20 facts in 12 months. Too few for a map."
    )
