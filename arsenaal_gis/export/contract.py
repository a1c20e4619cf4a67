"""The contract with the data warehouse: which tables and columns it can count on, and when that breaks.

``python -m arsenaal_gis.export docs`` writes ``datawarehouse.json`` and ``datawarehouse.md``.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..catalogue import Catalogue, Layer, load
from ..errors import ConfigError
from ..privacy.policy import TIERS, open_to
from .history import HISTORY

VERSION = "3.1"
"""Major part rises when a table or column goes or changes its meaning, minor part when one is added."""

_INTERNAL = ("toegang", "vrijgaven", "vrijgave_cellen", "afgekeurd")


def exported(catalogue: Catalogue) -> list[Layer]:
    """Layers that an export may hold, by id."""
    return [layer for layer in catalogue.of_kind("input", "human", "result") if layer.id not in _INTERNAL]


def definition(catalogue: Catalogue | None = None) -> dict[str, Any]:
    """The machine-readable contract: per table its key, geometry and columns with type, unit, codes and tier."""
    tables = {}
    for layer in exported(catalogue or load()):
        columns = {
            f.name: {"type": f.type, "eenheid": f.unit, "codes": sorted(f.codes), "niveau": f.privacy}
            for f in [*layer.fields.values(), *HISTORY.values()]
            if open_to(f.privacy, "P1")
        }
        if all(name in columns for name in layer.key):
            tables[layer.id] = {"sleutel": list(layer.key), "geometrie": layer.geometry, "kolommen": columns}
    return {"versie": VERSION, "crs": "EPSG:31370", "tabellen": tables}


def breaking(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What a reader of the old contract could no longer count on.

    Args:
        old: A definition.
        new: A later one.

    Returns:
        One sentence per break; empty where the new one only adds.
    """
    found = []
    for name, table in old["tabellen"].items():
        now = new["tabellen"].get(name)
        if now is None:
            found.append(f"table {name} is gone")
            continue
        found += [f"{name}: {part} changed" for part in ("sleutel", "geometrie") if table[part] != now[part]]
        for column, facts in table["kolommen"].items():
            other = now["kolommen"].get(column)
            if other is None:
                found.append(f"{name}.{column} is gone")
                continue
            found += [
                f"{name}.{column}: {part} changed"
                for part in ("type", "eenheid")
                if facts[part] != other[part]
            ]
            if set(facts["codes"]) - set(other["codes"]):
                found.append(f"{name}.{column}: codes are gone")
            if TIERS.index(other["niveau"]) < TIERS.index(facts["niveau"]):
                found.append(f"{name}.{column}: left tier {facts['niveau']}")
    return found


def schema_hash(layer: Layer) -> str:
    """Checksum of the columns of one table, for the manifest."""
    columns = [(f.name, f.type, f.unit, sorted(f.codes)) for f in layer.fields.values()]
    return hashlib.sha256(json.dumps([layer.id, layer.geometry, layer.key, columns]).encode()).hexdigest()


def document(catalogue: Catalogue | None = None) -> str:
    """The contract for people, in Dutch."""
    books, contract = catalogue or load(), definition(catalogue)
    lines = [_HEAD.format(version=contract["versie"])]
    for name, table in contract["tabellen"].items():
        layer = books.layer(name)
        lines += [
            f"### {name}",
            "",
            f"{layer.description['nl']} Geometrie: {table['geometrie']}. "
            f"Sleutel: {', '.join(f'`{k}`' for k in table['sleutel'])}.",
            "",
            "| kolom | type | eenheid | niveau | betekenis |",
            "|---|---|---|---|---|",
        ]
        for column, facts in table["kolommen"].items():
            field = layer.fields.get(column) or HISTORY[column]
            codes = f" ({', '.join(f'`{c}`' for c in facts['codes'])})" if facts["codes"] else ""
            lines.append(
                f"| `{column}` | {facts['type']} | {facts['eenheid']} | {facts['niveau']} | {field.title['nl']}{codes} |"
            )
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write ``datawarehouse.json``, a table a line, and ``datawarehouse.md``.

    Raises:
        ConfigError: The contract that stands there has the same version and would be broken or silently widened.
    """
    contract = definition()
    published = folder / "datawarehouse.json"
    if published.exists():
        _keep_promise(json.loads(published.read_text(encoding="utf-8")), contract)
    tables = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(table, ensure_ascii=False, sort_keys=True)}"
        for name, table in contract["tabellen"].items()
    )
    text = f'{{"versie": "{contract["versie"]}", "crs": "{contract["crs"]}", "tabellen": {{\n{tables}\n}}}}\n'
    (folder / "datawarehouse.json").write_text(text, encoding="utf-8")
    (folder / "datawarehouse.md").write_text(document(), encoding="utf-8")


def _keep_promise(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse a change under a version that was already given to readers."""
    broken, (was, now) = breaking(old, new), (tuple(map(int, c["versie"].split("."))) for c in (old, new))
    if broken and now[0] <= was[0]:
        raise ConfigError(
            f"The contract would be broken under version {new['versie']}: {'; '.join(broken)}.",
            "datawarehouse.json",
            f"Keep it, or set VERSION in export/contract.py to {was[0] + 1}.0.",
        )
    if old["tabellen"] != new["tabellen"] and now <= was:
        raise ConfigError(
            f"The contract would change under version {new['versie']}.",
            "datawarehouse.json",
            f"Set VERSION in export/contract.py to {was[0]}.{was[1] + 1}.",
        )


_HEAD = """# Het contract met het datawarehouse

Versie {version}. Gemaakt uit de catalogus (`layers/*.toml`) met `python -m arsenaal_gis.export docs`; de
machineleesbare vorm staat in `datawarehouse.json`. Het eerste cijfer van de versie stijgt als een tabel of kolom
verdwijnt of van betekenis verandert, het tweede als er een bijkomt; het commando weigert een ander contract onder
dezelfde versie, en een test bewaakt dat.

## Hoe het werkt

- `arsenaal export WIJK --tier P1` schrijft één GeoPackage 1.2 in EPSG:31370. P0 vertrekt nooit langs deze weg.
- Een kolom staat in een export als haar niveau minstens zo open is als dat van de export (P1 ⊂ P2 ⊂ P3). Tabellen
  waarvan de sleutel niet mag vertrekken, verschijnen op P2 en P3 alleen als telling (`tellingen_*`).
- Lege tabellen staan niet in het bestand; `export_manifest` zegt welke en waarom.
- Sleutels zijn officieel (CAPAKEY, OIDN, adres-id) of stabiele UUID's; nooit `fid`.
- Historiek (SCD type 2): `geldig_van`, `geldig_tot`, `is_actueel`, `rij_hash`. Een volledige export bevat actuele
  rijen; een export van wijzigingen bevat nieuwe en gewijzigde rijen, en verdwenen rijen met `is_actueel = 0`.
  Een berekende waarde telt als gewijzigd boven wat ervan gedrukt wordt (0,1 °C, 0,1 van een maat, 0,01 van een score);
  klasse, rang, kans, robuustheid en reden volgen uit berekende waarden en brengen een rij niet op hun eentje terug.
- `arsenaal load BESTAND --to postgresql://…` laadt in PostGIS in één transactie: ongewijzigde rijen blijven,
  gewijzigde worden afgesloten en opnieuw geopend, verdwenen worden afgesloten. Twee keer laden verandert niets.
- Andere kolommen of types in het warehouse worden geweigerd, met hun naam; er verandert dan niets.
- P3 verschijnt ook in een map naast het bestand: GeoJSON (RFC 7946, WGS84), CSV, GeoParquet waar GDAL dat kan, DCAT, en
  percelen, adressen en gebouwen als JSON-LD in OSLO-termen met de URI's van de basisregisters (een CAPAKEY met `-` voor
  `/`; gebouwen hebben enkel een GRB-nummer en dus geen URI van het gebouwenregister).
- Gelijke invoer geeft gelijke bytes. `export_manifest` draagt rijen, controlegetallen, bronnen, instellingen,
  versies, niveau en contractversie.

## Tabellen
"""
