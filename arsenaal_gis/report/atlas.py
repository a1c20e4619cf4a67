"""The atlas: a page per building block and one per street (P2), without figures on residents."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from ..wijk import Plan, Wijk
from .cards import Card, released
from .figures import kind_of_place
from .words import measure, number

_DRAWN = ("perceel_feiten", "gebouwen", "onthard_kandidaten", "onthard_keuze")
_LEGEND = ("onthard_keuze", "onthard_kandidaten", "perceel_feiten")
# No page tells them, so they are not released for it.
_RESIDENTS = ("inwoners", "verhard_m2_inwoner", "woningen")
# A title names so many streets, a page so many kinds and chosen places: it has to fit.
_STREETS, _KINDS, _PLACES = 4, 10, 8
_NEAR_M = 15.0  # a street so near runs along a block
_WORDS = {
    "nl": {
        "block": "Bouwblok", "figures": "Cijfers", "kinds": "Plekken per soort", "chosen": "Gekozen plekken", "none": "geen",
        "sealed": "{} verhard, met de gebouwen", "can": "{} kan ontsteend of vergroend worden ({})",
        "street_sealed": "{} verhard langs de straat", "street_can": "{} kan ontsteend of vergroend worden, ook achter de gevels",
        "more": "en nog {}",
        "places": "{} plekken, waarvan {} gekozen", "rank": "rang {} van {} bouwblokken (score {})",
        "long": "{} lang, {} straatbomen", "foot": "voetpad, mediaan: {} en {}",
        "note": "Verhard aandeel per perceel en de plekken om te ontharden. Deuren en leidingen: ter plaatse controleren.",
    },
    "en": {
        "block": "Building block", "figures": "Figures", "kinds": "Places by kind", "chosen": "Chosen places", "none": "none",
        "sealed": "{} sealed, buildings included", "can": "{} can be unsealed or greened ({})",
        "street_sealed": "{} sealed along the street", "street_can": "{} can be unsealed or greened, behind the facades too",
        "more": "and {} more",
        "places": "{} places, {} of them chosen", "rank": "rank {} of {} building blocks (score {})",
        "long": "{} long, {} street trees", "foot": "footway, median: {} and {}",
        "note": "Sealed share by parcel and the places to unseal. Doors and cables: check on the spot.",
    },
}  # fmt: skip


def block_cards(wijk: Wijk, plan: Plan, path: Path, language: str = "nl") -> list[Card]:
    """Pages of the building blocks with places, best first.

    Args:
        wijk: The wijk.
        plan: The plan with the blocks' figures.
        path: GeoPackage to make, with the layers that the pages draw, released at P2.
        language: ``nl`` or ``en``.
    """
    let_go = _let_go(wijk, plan, "onthard_bouwblok", "bouwblok_id", (), path)
    if let_go is None:
        return []
    words, blocks = _WORDS[language], let_go["onthard_bouwblok"]
    names = wijk.layer("bouwblokken").set_index("bouwblok_id")["naam"]
    cards = []
    for nth, row in enumerate(blocks[blocks["plekken"].gt(0)].sort_values("rang").to_dict("records"), 1):
        name = names.get(row["bouwblok_id"])
        title = f"{words['block']} {nth}" if pd.isna(name) else str(name).replace("Bouwblok", words["block"])
        around = _along(let_go.get("straten"), row["geom"])
        figures = [
            words["sealed"].format(measure(row["verhard_m2"], "m²", 0, language)),
            words["can"].format(
                measure(row["potentieel_m2"], "m²", 0, language),
                measure(row["potentieel_pct"], "%", 0, language),
            ),
            words["places"].format(number(row["plekken"], 0, language), number(row["gekozen"], 0, language)),
            words["rank"].format(
                number(row["rang"], 0, language), len(blocks), number(row["score_0_1"], 2, language)
            ),
        ]
        cards.append(
            Card(
                f"bouwblok_{nth:03}", f"{title}: {_some(around, ', ', _STREETS, words)}" if around else title, "P2", row["geom"].bounds,
                (*_DRAWN, "onthard_bouwblok"), dict.fromkeys(("onthard_bouwblok", "onthard_keuze"), ("bouwblok_id", row["bouwblok_id"])),
                (
                    (words["figures"], "\n".join(figures)),
                    *_listed(let_go, "bouwblok_id", row["bouwblok_id"], language),
                ),
                legend=("onthard_bouwblok", *_LEGEND), note=words["note"],
            )
        )  # fmt: skip
    return cards


def street_cards(wijk: Wijk, plan: Plan, path: Path, language: str = "nl") -> list[Card]:
    """Pages of the streets, by name.

    Args:
        wijk: The wijk.
        plan: The plan with the streets' figures.
        path: GeoPackage to make, with the layers that the pages draw, released at P2.
        language: ``nl`` or ``en``.
    """
    let_go = _let_go(wijk, plan, "onthard_straat", "straat", ("straat_feiten",), path)
    if let_go is None:
        return []
    words, facts = _WORDS[language], let_go.get("straat_feiten")
    streets = let_go["onthard_straat"]
    cards = []
    for nth, (street, rows) in enumerate(streets[streets["straat"].notna()].groupby("straat", sort=True), 1):
        area = pd.to_numeric(rows["potentieel_m2"]).sum(min_count=1)
        figures = []
        if facts is not None:
            mine = facts[facts["straat"].eq(street)]
            trees = pd.to_numeric(mine["bomen"]).sum(min_count=1)
            figures.append(
                words["long"].format(
                    measure(mine["lengte_m"].sum(), "m", 0, language), number(trees, 0, language)
                )
            )
            sides = [
                pd.to_numeric(mine[f"voetpad_mediaan_m_{side}"]).median() for side in ("links", "rechts")
            ]
            figures.append(words["foot"].format(*(measure(width, "m", 1, language) for width in sides)))
        figures += [
            words["street_sealed"].format(measure(rows["verhard_m2"].sum(), "m²", 0, language)),
            words["street_can"].format(measure(area, "m²", 0, language)),
            words["places"].format(
                *(number(rows[name].sum(), 0, language) for name in ("plekken", "gekozen"))
            ),
        ]
        cards.append(
            Card(
                f"straat_{nth:03}", street, "P2", tuple(map(float, rows.total_bounds)),
                (*_DRAWN, "onthard_straat"), dict.fromkeys(("onthard_straat", "onthard_keuze"), ("straat", street)),
                ((words["figures"], "\n".join(figures)), *_listed(let_go, "straat", street, language)),
                legend=("onthard_straat", *_LEGEND), note=words["note"],
            )
        )  # fmt: skip
    return cards


def _let_go(
    wijk: Wijk, plan: Plan, about: str, by: str, more: tuple[str, ...], path: Path
) -> dict[str, pd.DataFrame] | None:
    """What the pages draw and count, released; None where the plan has nothing to page through."""
    known = set(plan.layers())
    shown = {}
    for id in (about, *more, *_DRAWN):
        if id in known and len(frame := plan.layer(id)):
            shown[id] = frame.drop(columns=[name for name in _RESIDENTS if name in frame])
    return (
        released(wijk, plan, shown, "P2", path, dict.fromkeys((about, "onthard_keuze"), by))
        if about in shown
        else None
    )


def _listed(
    let_go: Mapping[str, pd.DataFrame], field: str, value: str, language: str
) -> tuple[tuple[str, str], ...]:
    """How many places of each kind a block or street has, and which were chosen."""
    words, found = _WORDS[language], []
    places, chosen = let_go.get("onthard_kandidaten"), let_go.get("onthard_keuze")
    if places is not None:
        counts = places.loc[places[field].eq(value), "type"].value_counts()
        lines = [
            f"{kind_of_place(code, language)}: {number(count, 0, language)}" for code, count in counts.items()
        ]
        found.append((words["kinds"], _some(lines, "\n", _KINDS, words)))
    if chosen is not None and field in chosen:
        rows = chosen[chosen[field].eq(value)].sort_values("volgnummer").to_dict("records")
        lines = [
            f"{row['volgnummer']:.0f}. {kind_of_place(row['type'], language)}, {measure(row['oppervlakte_m2'], 'm²', 1, language)}"
            for row in rows
        ]
        found.append((words["chosen"], _some(lines, "\n", _PLACES, words)))
    return tuple(found)


def _some(parts: Sequence[str], between: str, most: int, words: Mapping[str, str]) -> str:
    """At most so many parts, and how many there are more; words for none."""
    rest = [words["more"].format(len(parts) - most)] if len(parts) > most else []
    return between.join([*parts[:most], *rest]) or words["none"]


def _along(streets: gpd.GeoDataFrame | None, block: object) -> list[str]:
    """Names of the streets along a block."""
    if streets is None:
        return []
    return sorted(set(streets.loc[streets.geometry.dwithin(block, _NEAR_M), "straat"].dropna()))
