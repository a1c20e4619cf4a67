"""The yearly report: what was measured, what changed and how sure that is, as HTML with CSV tables."""

import datetime
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from .. import __version__, indicators
from ..catalogue import load
from ..indicators.compare import ALPHA
from ..privacy import HELD_BACK, Ledger, Release, release
from ..progress import SILENT, Progress
from ..wijk import Plan, Wijk
from .figures import incident_note, key_figures, rows_of
from .html import Section, Table, bars, document
from .pages import Edition, attributions
from .printable import TIER, printable
from .themes import base_layers, themes

_CHANGES = "verandering_indicatoren"
_DWELLINGS_NOTE = (
    "Deze aantallen gaan enkel over de vakken die getoond mogen worden, niet over de hele wijk; ze zijn onderdrukt en "
    "afgerond. Cijfers van de hele wijk staan bij de indicatoren."
)
_SHOWN = ("indicator", "meting", "in woorden", "streefwaarde", "ter vergelijking", "bron", "eigenaar")


def write_report(
    wijk: Wijk, plan: Plan, folder: Path, *, before: Plan | None = None, today: datetime.date, progress: Progress = SILENT
) -> list[Path]:  # fmt: skip
    """Write the report of a plan.

    Args:
        wijk: The wijk.
        plan: The plan to report on.
        folder: Where to; made if it is not there.
        before: An earlier plan to compare with; without one only the waves of visits in this plan are compared.
        today: Production date.
        progress: Where to report.

    Returns:
        The HTML file and the CSV tables.
    """
    with tempfile.TemporaryDirectory() as scratch:
        let_go = printable(wijk, plan, Path(scratch) / "verslag.gpkg", progress=progress)
    progress.stage("verslag schrijven")
    sections = [
        _measured(let_go),
        _changed(wijk, plan, before),
        _dwellings(let_go),
        _places(let_go),
        _incidents(let_go),
        _method(Edition.of(wijk, plan), let_go),
    ]
    sections = [part for part in sections if part.text or part.tables]
    run = plan.layer("run").iloc[0]
    subtitle = (
        f"Toestand op {run['peildatum']:%d-%m-%Y}. Gemaakt op {today:%d-%m-%Y} uit plan {plan.moment} met arsenaal_gis "
        f"{__version__}. Niveau P2: voor de stuurgroep."
    )
    practice = "Fictieve oefendata: dit gaat over geen enkele echte wijk." if wijk.config.fictitious else ""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "verslag.html"
    page.write_text(
        document(f"Verslag {wijk.config.name}", subtitle, practice, sections), encoding="utf-8", newline="\n"
    )
    written = [page]
    for part in sections:
        for number, one in enumerate(part.tables, 1):
            path = folder / f"{part.id}{'' if len(part.tables) == 1 else f'_{number}'}.csv"
            one.rows.to_csv(
                path,
                sep=";",
                decimal=",",
                index=False,
                float_format="%.6g",
                encoding="utf-8-sig",
                lineterminator="\r\n",
            )
            written.append(path)
    return written


def _measured(let_go: Release) -> Section:
    rows = rows_of(let_go, "indicatoren").sort_values(
        ["volgorde", "indicator", "golf"], ascending=[True, True, False]
    )
    if rows.empty:
        return Section("indicatoren", "Indicatoren")
    shares = rows[rows["eenheid"].eq("%") & rows["waarde"].notna()]
    names = [
        f"{t}{'' if g == 'plan' else f' ({g})'}" for t, g in zip(shares["titel"], shares["golf"], strict=True)
    ]
    values, low, high = (shares[n].to_numpy(float, na_value=np.nan) for n in ("waarde", "onder", "boven"))
    exact = low == high  # full counts have no sampling interval
    low, high = np.where(exact, np.nan, low), np.where(exact, np.nan, high)
    told = pd.DataFrame(
        {
            "indicator": rows["titel"], "meting": rows["golf"].replace("plan", "toestand"), "waarde": rows["waarde"],
            "van": rows["onder"], "tot": rows["boven"],
            "eenheid": rows["eenheid"], "onbekend": rows["onbekend"], "in woorden": rows["in_woorden"],
            "streefwaarde": rows["streefwaarde"], "ter vergelijking": rows["vergelijking"],
            "bron": rows["bron"], "eigenaar": rows["eigenaar"],
        }
    )  # fmt: skip
    chart = bars(names, values, low, high, "Aandelen met 95 %-interval", "%")
    seen = f"{len(shares)} aandelen in procent; de zwarte streep is het 95 %-interval. Alle cijfers staan in de tabel."
    text = (
        f"{rows['indicator'].nunique()} gedeelde indicatoren van de hele wijk. Onbekend telt niet mee in de noemer en is "
        "geen 'nee'.",
    )
    return Section(
        "indicatoren", "Indicatoren", text, ((chart, seen),), (Table("Indicatoren", told, _SHOWN),)
    )


def _changed(wijk: Wijk, plan: Plan, before: Plan | None) -> Section:
    """Change since an earlier plan; without one, between the waves of visits."""
    frame = indicators.compare(before or plan, plan).indicators
    cards = {card.id: card for card in indicators.cards()}
    if before is None and len(frame):
        frame = frame[[cards[id].by_wave for id in frame["indicator"]]]
    title = (
        "Wat veranderde tussen nulmeting en nameting"
        if before is None
        else f"Wat veranderde sinds plan {before.moment}"
    )
    if not len(frame):
        return Section("veranderd", title)
    frame = frame.reindex(columns=list(load().layer(_CHANGES).fields))
    let_go = release({_CHANGES: frame}, TIER, Ledger.of(wijk.folder), settings=wijk.settings["privacy"],
                     partial=True, destination="verslag")  # fmt: skip
    rows = rows_of(let_go, _CHANGES)
    small = rows["in_woorden"].fillna("").str.startswith(HELD_BACK)
    least = int(wijk.settings["privacy"]["kleinste_aantal"])
    held = f"{int(small.sum())} vergelijkingen zijn onderdrukt: minder dan {least} woningen of feiten aan een van beide kanten."
    rows = rows[~small]
    if rows.empty:
        return Section("veranderd", title, (held,))
    told = pd.DataFrame(
        {
            "indicator": rows["titel"], "voor": rows["waarde_voor"], "na": rows["waarde_na"], "eenheid": rows["eenheid"],
            "alle eenheden": rows["in_woorden"], "dezelfde eenheden": rows["zelfde_in_woorden"],
        }
    )  # fmt: skip
    holds = ~(rows["q"].astype(float) > ALPHA)  # where nothing was tested there is no q
    proven = int((rows["oordeel"].isin(["verbeterd", "verslechterd", "veranderd"]) & holds).sum())
    text = (
        f"Van {len(rows)} vergeleken indicatoren is bij {proven} een verandering aantoonbaar, ook na correctie voor "
        "het aantal indicatoren. 'Niet aantoonbaar' wil niet zeggen "
        "dat er niets veranderde: het verschil is kleiner dan wat met dit aantal metingen te zien is.",
        *([held] if small.any() else []),
    )
    seen = "Verschil in procentpunt met 95 %-interval; de cijfers en de uitspraak per indicator staan in de tabel."
    chart = indicators.chart(pd.DataFrame(rows), title)
    return Section("veranderd", title, text, ((chart, seen),), (Table(title, told),))


def _dwellings(let_go: Release) -> Section:
    """Counts of dwellings over the whole wijk, as released."""
    totals = let_go.layers.get("tellingen_totaal")
    if totals is None:
        return Section("woningen", "Woningen")
    tables, charts = [], []
    for theme in (one for one in themes() if one.share is not None):
        rows = totals[1]
        rows = rows[rows["laag"].eq(theme.share.layer) & rows["veld"].eq(theme.share.field)]
        if rows.empty:
            continue
        told = pd.DataFrame(
            {"klasse": rows["klasse"], "woningen": rows["weergave"], "aandeel (%)": rows["aandeel_pct"]}
        )
        title = theme.title["nl"]
        tables.append(Table(title, told))
        part = rows[rows["code"].ne("totaal") & rows["aandeel_pct"].notna()]
        if len(part):
            none = np.full(len(part), np.nan)
            svg = bars(list(part["klasse"]), part["aandeel_pct"].to_numpy(float), none, none, title, "%")
            charts.append(
                (svg, f"{title}: aandeel van de woningen per klasse; de aantallen staan in de tabel.")
            )
    text = (_DWELLINGS_NOTE,) if tables else ()
    return Section("woningen", "Woningen", text, tuple(charts), tuple(tables))


def _places(let_go: Release) -> Section:
    """The chosen places, by kind and in all."""
    told = key_figures(let_go).get("keuze", "")
    chosen = rows_of(let_go, "onthard_keuze")
    if chosen.empty:
        return Section("ontharding", "Gekozen plekken")
    codes = load().layer("onthard_kandidaten").fields["type"].codes
    kinds = chosen["type"].map(lambda code: codes[code]["nl"] if code in codes else code)
    sums = (
        pd.DataFrame(chosen)[["oppervlakte_m2", "kost_eur", "piek_60mm_l"]].astype(float).groupby(kinds).sum()
    )
    rows = pd.DataFrame(
        {
            "soort plek": sums.index, "plekken": kinds.value_counts().reindex(sums.index).to_numpy(int),
            "oppervlakte (m\u00b2)": sums["oppervlakte_m2"].to_numpy(), "kost (euro)": sums["kost_eur"].to_numpy(),
            "piekafvoer minder bij 60 mm (L)": sums["piek_60mm_l"].to_numpy(),
        }
    )  # fmt: skip
    none = np.full(len(rows), np.nan)
    title = "Te ontstenen oppervlakte per soort plek"
    svg = bars(list(rows["soort plek"]), sums["oppervlakte_m2"].to_numpy(), none, none, title, "m\u00b2")
    text = (told.replace("\n", "; ") + ".",) if told else ()
    seen = f"{title}; de cijfers staan in de tabel."
    return Section(
        "ontharding", "Gekozen plekken", text, ((svg, seen),), (Table("Gekozen plekken per soort", rows),)
    )


def _incidents(let_go: Release) -> Section:
    rows = rows_of(let_go, "hotspots_reeksen")
    if rows.empty:
        return Section("incidenten", "Incidenten")
    kept = rows[rows["periode"].eq("laatste") & rows["categorie"].eq("alle")]
    told = pd.DataFrame(
        {
            "bron": kept["bron"],
            "eenheid": kept["eenheid"],
            "hotspots": kept["hotspots"],
            "in woorden": kept["zin"],
        }
    )
    return Section(
        "incidenten",
        "Incidenten",
        (incident_note(let_go),),
        (),
        (Table("Reeksen van de laatste twaalf maanden", told),),
    )


def _method(edition: Edition, let_go: Release) -> Section:
    """Sources, notes of method, and what was held back."""
    drawn = [id for id in let_go.layers if id in load().layers]
    named = attributions(edition.delivered, list(dict.fromkeys([*base_layers(), *drawn])))
    notes = pd.DataFrame(
        [(theme.title["nl"], theme.note["nl"]) for theme in themes()], columns=["onderwerp", "toelichting"]
    )
    held = let_go.table().rename(
        columns={"layer": "laag", "action": "wat", "reason": "waarom", "rows": "rijen"}
    )
    return Section(
        "verantwoording", "Methode, bronnen en wat niet getoond wordt", tuple(named), (),
        (Table("Methode per onderwerp", notes), Table("Niet of anders getoond", held)),
    )  # fmt: skip
