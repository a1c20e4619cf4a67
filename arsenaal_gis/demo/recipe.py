"""The ``wijk.toml`` of a practice wijk, and the sheet that says what was assumed."""

import json
from pathlib import Path

from .files import MARK
from .layout import Layout

# Layer, file, table, kind of delivery, date; in the order in which a reader wants to see them.
SOURCES = (
    ("wijkgrens", "afbakening.gpkg", "", "afbakening", "2025-01-01"),
    ("sectoren", "sectoren.gpkg", "", "statbel", "2020-01-01"),
    ("inwoners", "inwoners.gpkg", "", "inwoners", "2020-01-01"),
    ("percelen", "Adp.shp", "", "grb_adp", "2025-01-01"),
    ("gebouwen", "Gbg.shp", "", "grb_gbg", "2025-01-01"),
    ("gebouwen", "GRBGEBL1D2.shp", "", "grb_3d", "2025-01-01"),
    ("adressen", "Adressen.gpkg", "", "adressenregister", "2025-01-01"),
    ("woningen", "kadaster.csv", "", "kadaster", "2025-01-01"),
    ("woningen", "eigendom.csv", "", "eigendom", "2025-01-01"),
    ("straten", "Wegsegment.shp", "", "wegenregister", "2025-01-01"),
    ("wegdek", "Wbn.shp", "", "grb_wbn", "2025-01-01"),
    ("wegdek", "wegdeel_functie.csv", "", "wegdek_stad", "2025-01-01"),
    ("weglijnen", "Wgo.shp", "", "grb_wgo", "2025-01-01"),
    ("weglijnen", "Wga.shp", "", "grb_wga", "2025-01-01"),
    ("water_spoor", "Wtz.shp", "", "grb_wtz", "2025-01-01"),
    ("water_spoor", "Sbn.shp", "", "grb_sbn", "2025-01-01"),
    ("groen", "groen.gpkg", "groenvlak", "groeninventaris", "2025-01-01"),
    ("bomen", "groen.gpkg", "boom", "bomeninventaris", "2025-01-01"),
    ("groenblauw", "groenblauw.gpkg", "", "assen", "2025-01-01"),
    ("terreinen", "terreinen.gpkg", "", "terreinen", "2025-01-01"),
    ("erfgoed", "erfgoed.gpkg", "", "erfgoed", "2025-01-01"),
    ("voorzieningen", "voorzieningen.gpkg", "", "voorzieningen", "2025-01-01"),
    ("incidenten", "meldingen_gemeenschapswachten.csv", "", "gemeenschapswachten", "2025-07-01"),
    ("incident_tellingen", "incidenten.csv", "", "wijkbarometer", "2025-07-01"),
    ("renovatie", "renovatie.csv", "", "renovatie", "2025-07-01"),
    ("woonkwaliteit", "woonkwaliteit.csv", "", "woonkwaliteit", "2025-07-01"),
    ("bezoeken", "bezoeken.csv", "", "bezoeken", "2025-07-01"),
    ("bevraging", "bevraging.csv", "", "bevraging", "2025-07-01"),
    *(
        (name, f"{name}.tif", "", "raster", "2025-01-01")
        for name in ("dtm", "dsm", "dsm_gebouwen", "cdsm", "groenkaart")
    ),
    ("bodembedekking", "bak.tif", "", "raster", "2025-01-01"),
    *(
        (f"omgeving_{name}", f"omgeving_{name}.tif", "", "raster", "2025-01-01")
        for name in ("dtm", "dsm", "dsm_gebouwen", "cdsm", "groenkaart")
    ),
    ("omgeving_bodembedekking", "omgeving_bak.tif", "", "raster", "2025-01-01"),
)
# What the delivered values mean, where the catalogue does not know them by itself.
EXTRA = {
    "renovatie.csv": 'codes = {financiering = {"eigen middelen" = "eigen_middelen"}}',
    "groenkaart.tif": 'klassen = {"0" = "0", "2" = "2", "3" = "3"}',
    "bak.tif": 'klassen = {"0" = "0", "1" = "1"}',
}


def write(folder: Path, layout: Layout, written: set[str]) -> Path:
    """Write ``wijk.toml``, naming the sources that were written."""
    lines = [
        f"# Oefenwijk: {MARK}. Geen enkele rij beschrijft een bestaand huishouden, adres of feit.",
        "",
        "[wijk]",
        f"naam = {_quote(layout.name + ' (oefenwijk)')}",
        f'nis_code = "{layout.settings["nis_code"]}"',
        "fictief = true",
        "peildatum = 2025-06-30",
        "",
    ]
    present = [source for source in SOURCES if source[1] in written]
    several = {
        layer for layer in {source[0] for source in present} if sum(one[0] == layer for one in present) > 1
    }
    for layer, file, table, kind, date in present:
        lines += [
            f"[[bronnen.{layer}]]" if layer in several else f"[bronnen.{layer}]",
            f'pad = "bron/{file}"',
        ]
        lines += [f'laag = "{table}"'] if table else []
        lines += [f'soort = "{kind}"', f"datum = {date}"]
        lines += [extra] if (extra := EXTRA.get(file.removeprefix("omgeving_"))) else []
        lines += [""]
    for section, values in layout.settings.get("instellingen", {}).items():
        lines += [f"[{section}]", *(f"{name} = {json.dumps(value)}" for name, value in values.items()), ""]
    path = folder / "wijk.toml"
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return path


def readme(folder: Path, layout: Layout, seed: int) -> Path:
    """Write ``LEESMIJ.txt``: that everything is invented, and the assumptions."""
    lines = [
        f"{layout.name}: {MARK}",
        "",
        "Alles in deze map is verzonnen en herhaalbaar gemaakt "
        f"(zaad {seed}). Geen enkele rij beschrijft een bestaand huishouden, adres, perceel of feit.",
        "Nationaliteit, herkomst, inkomen en armoede komen nergens voor.",
        "",
        "Aannames:",
        *(f"- {text}" for text in layout.settings["aannames"]),
        "",
    ]
    path = folder / "LEESMIJ.txt"
    path.write_text("\n".join(lines), encoding="utf-8", newline="\r\n")
    return path


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
