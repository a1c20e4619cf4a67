"""What stands on the upright pages: a card per chosen place (P1), and what all of them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..gpkg import settle
from ..privacy import Ledger, release
from ..wijk import Plan, Wijk
from .drawn import write_drawn
from .figures import kind_of_place
from .themes import base_layers
from .words import UNKNOWN, measure, number

# No layer of the catalogue: a ring around the place that a card is about.
THIS_PLACE = "deze_plek"
_WORDS = {
    "nl": {
        "title": "Fiche {}: {}, {}", "figures": "Cijfers", "tiles": "tegels", "costs": "kost {} euro ({} tot {})",
        "water": "{} minder piekafvoer bij een bui van 60\u00a0mm", "heat": "PET nu {} (\u00b1\u00a03,3), verandering {}",
        "passage": "vrije doorgang die blijft: {}",
        "texts": (
            ("Waarom hier", "waarom"), ("Oordeel", "redenen"), ("Wie akkoord moet gaan", "akkoord"),
            ("Wie het onderhoudt", "adopteert"), ("Ter plaatse controleren", "ter_plaatse"),
        ),
        "note": (
            "Rekenkundig voorstel. Deuren, kelderroosters en leidingen zijn niet gekend: ter plaatse controleren. De gebruikte "
            "regels met waarde, bron en datum staan in de tabel onthard_regels van het plan."
        ),
    },
    "en": {
        "title": "Card {}: {}, {}", "figures": "Figures", "tiles": "tiles", "costs": "cost {} euro ({} to {})",
        "water": "{} less peak runoff in a 60\u00a0mm storm", "heat": "PET now {} (\u00b1\u00a03.3), change {}",
        "passage": "free passage that remains: {}",
        "texts": (
            ("Why here (Dutch)", "waarom"), ("Verdict (Dutch)", "redenen"), ("Who must agree (Dutch)", "akkoord"),
            ("Who maintains it (Dutch)", "adopteert"), ("To check on the spot (Dutch)", "ter_plaatse"),
        ),
        "note": (
            "A computed proposal. Doors, cellar gratings and cables are not known: check on the spot. The rules used, with "
            "value, source and date, are in the table onthard_regels of the plan. Sentences of the plan itself are Dutch."
        ),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """One upright page.

    Attributes:
        name: File name without suffix.
        title: What and where.
        tier: Tier of its audience.
        bounds: What its map must show: west, south, east, north in Lambert 72.
        layers: Layers over the base, from bottom to top.
        only: Condition on rows by layer, as a field and its value.
        blocks: Headings and texts.
        table: Head and rows in place of blocks.
        legend: Layers that a legend explains, beside the texts.
        key: Layers that the line under the map explains.
        note: Method note.
    """

    name: str
    title: str
    tier: str
    bounds: tuple[float, float, float, float]
    layers: tuple[str, ...]
    only: Mapping[str, tuple[str, str]]
    blocks: tuple[tuple[str, str], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    legend: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    note: str = ""


def place_card_name(number: int) -> str:
    """Name of the card of a chosen place, and of its file.

    Args:
        number: ``volgnummer`` of the place in ``onthard_keuze``.
    """
    return f"fiche_{number:03}"


def place_cards(wijk: Wijk, plan: Plan, path: Path, language: str = "nl") -> list[Card]:
    """Cards of the chosen places, in order of their number.

    Args:
        wijk: The wijk.
        plan: The plan that chose.
        path: GeoPackage to make, with the layers that the cards draw, released at P1.
        language: ``nl`` or ``en``; sentences that the plan wrote are Dutch in both.
    """
    chosen = plan.layer("onthard_keuze") if "onthard_keuze" in plan.layers() else ()
    if not len(chosen):
        return []
    words = _WORDS[language]
    let_go = released(wijk, plan, {"onthard_keuze": chosen}, "P1", path, {})
    cards = []
    for row in let_go["onthard_keuze"].sort_values("volgnummer").to_dict("records"):
        nth = int(row["volgnummer"])
        cards.append(
            Card(
                place_card_name(nth),
                words["title"].format(nth, kind_of_place(row["type"], language), row["plek"]),
                "P1",
                row["geom"].bounds,
                ("onthard_keuze", THIS_PLACE),
                {THIS_PLACE: ("volgnummer", str(nth))},
                _place_blocks(row, language),
                key=(THIS_PLACE, "onthard_keuze"),
                note=words["note"],
            )
        )
    return cards


def _place_blocks(row: Mapping[str, object], language: str) -> tuple[tuple[str, str], ...]:
    """Headings and texts of a chosen place; what is unknown is said to be so."""
    words = _WORDS[language]
    figures = [
        f"{measure(row['oppervlakte_m2'], 'm²', 1, language)} ({number(row['tegels'], 0, language)} {words['tiles']})",
        words["costs"].format(
            *(number(row[f"kost{which}_eur"], 0, language) for which in ("", "_laag", "_hoog"))
        ),
        words["water"].format(measure(row["piek_60mm_l"], "L", 0, language)),
        words["heat"].format(*(measure(row[name], "°C", 1, language) for name in ("pet_c", "d_pet_c"))),
    ]
    if pd.notna(row["vrije_doorgang_m"]):
        figures.append(words["passage"].format(measure(row["vrije_doorgang_m"], "m", 2, language)))
    told = [(words["figures"], "\n".join(figures))]
    for heading, field in words["texts"]:
        text = (
            UNKNOWN[language]
            if pd.isna(row[field])
            else "\n".join(dict.fromkeys(str(row[field]).split("; ")))
        )
        told.append((heading, text))
    return tuple(told)


def released(
    wijk: Wijk, plan: Plan, shown: Mapping[str, pd.DataFrame], tier: str, path: Path, by: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """Let the layers and the base leave at a tier, and write what pages draw of them.

    Args:
        wijk: The wijk.
        plan: The plan.
        shown: Rows to show over the base, by layer.
        tier: Tier of the pages.
        path: GeoPackage to make.
        by: Field by which each page picks its rows, by layer.

    Returns:
        All that was released, for the words on the pages.
    """
    frames = {id: frame for id in base_layers() if len(frame := wijk.layer(id))} | dict(shown)
    let_go = release(
        frames, tier, Ledger.of(wijk.folder), settings=wijk.settings["privacy"], partial=True, destination="kaarten",
        peildatum=plan.layer("run")["peildatum"].iloc[0].date(),
    )  # fmt: skip
    path.unlink(missing_ok=True)
    for layer, rows in let_go.layers.values():
        write_drawn(path, layer, rows, by.get(layer.id, ""))
    settle(path)
    return {id: rows for id, (_, rows) in let_go.layers.items()}
