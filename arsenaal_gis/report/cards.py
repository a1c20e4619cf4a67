"""What stands on the A4 pages: a card per chosen place (P1) and a sheet per round of the visit team (P0)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..catalogue import load
from ..gpkg import settle, write_layer
from ..privacy import Ledger, release
from ..visits.sheets import sheet
from ..wijk import Plan, Wijk
from .themes import base_layers

# What a sheet that may get lost shows of a round: no purpose, points or reasons.
_ROUND_FIELDS = ("ronde_id", "datum", "dagdeel", "team", "stops", "wandel_m", "duur_min")
_STOP_FIELDS = ("stop_id", "ronde_id", "volgnummer")
_SHEET_HEADS = {
    "nr": "nr", "aankomst": "uur", "straat": "straat", "huisnummer": "huisnr.", "bus": "bus", "bezoek": "code",
    "poging": "poging", "achterlaten": "achterlaten", "afspraak": "afspraak", "resultaat": "resultaat",
}  # fmt: skip
_ROUND_NOTE = (
    "V veiligheid, J juridisch, R renovatie, E energiescan, H hermeting, K kennismaking. Enkel voor dit team op "
    "deze dag; na de ronde inleveren."
)
_PLACE_NOTE = (
    "Rekenkundig voorstel. Deuren, kelderroosters en leidingen zijn niet gekend: ter plaatse controleren. De gebruikte "
    "regels met waarde, bron en datum staan in de tabel onthard_regels van het plan."
)


@dataclass(frozen=True)
class Card:
    """One A4 page.

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
    note: str = ""


def place_cards(wijk: Wijk, plan: Plan, path: Path) -> list[Card]:
    """Cards of the chosen places, in order of their number.

    Args:
        wijk: The wijk.
        plan: The plan that chose.
        path: GeoPackage to make, with the layers that the cards draw, released at P1.
    """
    chosen = plan.layer("onthard_keuze") if "onthard_keuze" in plan.layers() else ()
    if not len(chosen):
        return []
    let_go = _released(wijk, plan, {"onthard_keuze": chosen}, "P1", path)
    kinds = (
        load().layer("onthard_keuze").fields["type"].codes
        or load().layer("onthard_kandidaten").fields["type"].codes
    )
    cards = []
    for row in let_go["onthard_keuze"].sort_values("volgnummer").to_dict("records"):
        kind = kinds[row["type"]]["nl"] if row["type"] in kinds else row["type"]
        cards.append(
            Card(
                f"fiche_{int(row['volgnummer']):03}",
                f"Fiche {int(row['volgnummer'])}: {kind}, {row['plek']}",
                "P1",
                row["geom"].bounds,
                ("onthard_keuze",),
                {},
                _place_blocks(row),
                note=_PLACE_NOTE,
            )
        )
    return cards


def _place_blocks(row: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Headings and texts of a chosen place; what is unknown is said to be so."""
    figures = [
        f"{_number(row['oppervlakte_m2'], 1)} m\u00b2 ({_number(row['tegels'])} tegels)",
        f"kost {_number(row['kost_eur'])} euro ({_number(row['kost_laag_eur'])} tot {_number(row['kost_hoog_eur'])})",
        f"{_number(row['piek_60mm_l'])} L minder piekafvoer bij een bui van 60 mm",
        f"PET nu {_number(row['pet_c'], 1)} \u00b0C (\u00b1 3,3), verandering {_number(row['d_pet_c'], 1)} \u00b0C",
    ]
    if pd.notna(row["vrije_doorgang_m"]):
        figures.append(f"vrije doorgang die blijft: {_number(row['vrije_doorgang_m'], 2)} m")
    told = [("Cijfers", "\n".join(figures))]
    for heading, field in (
        ("Waarom hier", "waarom"), ("Oordeel", "redenen"), ("Wie akkoord moet gaan", "akkoord"),
        ("Wie het onderhoudt", "adopteert"), ("Ter plaatse controleren", "ter_plaatse"),
    ):  # fmt: skip
        told.append(
            (
                heading,
                "onbekend" if pd.isna(row[field]) else "\n".join(dict.fromkeys(str(row[field]).split("; "))),
            )
        )
    return tuple(told)


def block_cards(wijk: Wijk, plan: Plan, path: Path) -> list[Card]:
    """Pages of the building blocks with places, best first; without figures on residents.

    Args:
        wijk: The wijk.
        plan: The plan with the blocks' figures.
        path: GeoPackage to make, with the layers that the pages draw, released at P2.
    """
    known = set(plan.layers())
    shown = {
        id: frame
        for id in ("onthard_bouwblok", "perceel_feiten", "onthard_kandidaten")
        if id in known and len(frame := plan.layer(id))
    }
    if "onthard_bouwblok" not in shown:
        return []
    let_go = _released(wijk, plan, shown, "P2", path)
    blocks = let_go["onthard_bouwblok"]
    kinds = load().layer("onthard_kandidaten").fields["type"].codes
    places = pd.DataFrame(let_go.get("onthard_kandidaten", pd.DataFrame(columns=["bouwblok_id", "type"])))
    names = wijk.layer("bouwblokken").set_index("bouwblok_id")["naam"]
    cards = []
    for number, row in enumerate(blocks[blocks["plekken"].gt(0)].sort_values("rang").to_dict("records"), 1):
        mine = places.loc[places["bouwblok_id"].eq(row["bouwblok_id"]), "type"].value_counts()
        listed = [f"{kinds[code]['nl'] if code in kinds else code}: {count}" for code, count in mine.items()]
        name = names.get(row["bouwblok_id"])
        figures = [
            f"{_number(row['verhard_m2'])} m\u00b2 verhard, gebouwen meegerekend",
            f"{_number(row['potentieel_m2'])} m\u00b2 kan ontsteend of vergroend worden ({_number(row['potentieel_pct'])} %)",
            f"{_number(row['plekken'])} plekken, waarvan {_number(row['gekozen'])} gekozen",
            f"rang {_number(row['rang'])} van {len(blocks)} bouwblokken (score {_number(row['score_0_1'], 2)})",
        ]
        cards.append(
            Card(
                f"bouwblok_{number:03}",
                f"Bouwblok {number}" if pd.isna(name) else str(name),
                "P2",
                row["geom"].bounds,
                ("perceel_feiten", "gebouwen", "onthard_kandidaten", "onthard_bouwblok"),
                {},
                (("Cijfers", "\n".join(figures)), ("Plekken per soort", "\n".join(listed) or "geen")),
                legend=("onthard_kandidaten", "perceel_feiten"),
                note="Verhard aandeel per perceel en de plekken om te ontharden. Deuren en leidingen: ter plaatse controleren.",
            )
        )
    return cards


def round_cards(
    wijk: Wijk, plan: Plan, path: Path, day: datetime.date | None = None, team: str = ""
) -> list[Card]:
    """Sheets of the rounds, without social data.

    Args:
        wijk: The wijk.
        plan: The plan with the rounds.
        path: GeoPackage to make, with the layers that the sheets draw, released at P0.
        day: Only rounds of this day.
        team: Only rounds of this team.
    """
    rounds = plan.layer("rondes") if "rondes" in plan.layers() else pd.DataFrame()
    if day is not None and len(rounds):
        rounds = rounds[rounds["datum"].dt.date.eq(day)]
    if team and len(rounds):
        rounds = rounds[rounds["team"].astype("string").eq(team)]
    if rounds.empty:
        return []
    stops = plan.layer("ronde_stops")
    stops = stops[stops["ronde_id"].isin(rounds["ronde_id"])]
    shown = {"rondes": rounds[[*_ROUND_FIELDS, "geom"]], "ronde_stops": stops[[*_STOP_FIELDS, "geom"]]}
    _released(wijk, plan, shown, "P0", path)
    cards = []
    for row in rounds.sort_values(["datum", "team", "dagdeel"]).to_dict("records"):
        mine = stops[stops["ronde_id"].eq(row["ronde_id"])]
        table = sheet(mine)[list(_SHEET_HEADS)].astype(object)
        table = table.where(table.notna(), "").astype(str)
        cards.append(
            Card(
                f"ronde_{row['datum']:%Y-%m-%d}_{row['dagdeel']}_{'_'.join(str(row['team']).split())}",
                f"Ronde {row['team']}, {row['datum']:%d-%m-%Y}",
                "P0",
                tuple(float(x) for x in mine.total_bounds),
                ("rondes", "ronde_stops"),
                {id: ("ronde_id", row["ronde_id"]) for id in shown},
                table=(tuple(_SHEET_HEADS.values()), *table.itertuples(index=False, name=None)),
                note=f"{row['stops']} adressen, {_number(row['wandel_m'])} m te voet. {_ROUND_NOTE}",
            )
        )
    return cards


def _released(
    wijk: Wijk, plan: Plan, shown: Mapping[str, pd.DataFrame], tier: str, path: Path
) -> dict[str, pd.DataFrame]:
    """Let the layers and the base leave at a tier, and write them."""
    frames = {id: frame for id in base_layers() if len(frame := wijk.layer(id))} | dict(shown)
    let_go = release(
        frames, tier, Ledger.of(wijk.folder), settings=wijk.settings["privacy"], partial=True, destination="kaarten",
        peildatum=plan.layer("run")["peildatum"].iloc[0].date(),
    )  # fmt: skip
    path.unlink(missing_ok=True)
    for layer, rows in let_go.layers.values():
        write_layer(path, layer, rows)
    settle(path)
    return {id: rows for id, (_, rows) in let_go.layers.items()}


def _number(value: object, decimals: int = 0) -> str:
    if pd.isna(value):
        return "onbekend"
    return f"{float(value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
