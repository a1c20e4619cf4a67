"""A commented ``wijk.toml`` to begin with, made from the catalogue and the declared settings."""

import json
from typing import Any

from ..catalogue import load
from ..settings import Setting, declared

_HEAD = """# wijk.toml: waar de bronnen van deze wijk liggen en welke instellingen afwijken van de standaard.
# Regels met # zijn commentaar: haal het teken weg om ze te gebruiken.
# Daarna:  arsenaal check .   (leest alles, schrijft niets)   en   arsenaal run .

[wijk]
naam = {name}
# nis_code = "12025"            # NIS-code van de gemeente
# peildatum = 2025-06-30        # standaard: de nieuwste datum in de bronnen

# ---------------------------------------------------------------- bronnen
# pad       bestand, map, zip, VRT, GeoPackage, of URL van een WFS of OGC API Features
# laag      laag of werkblad in dat bestand, als er meer dan een is
# soort     soort levering; standaard de eerste hieronder genoemde
# kolommen  {{ doelkolom = "KOLOM IN HET BESTAND" }}   als de namen afwijken
# codes     {{ doelkolom = {{ "geleverde waarde" = "code" }} }}
# klassen   {{ "rasterwaarde" = "code" }}              enkel bij rasters
# crs, datum, codering, scheiding: enkel als het bestand het zelf niet of verkeerd zegt
# Meer dan een bron voor een laag: schrijf [[bronnen.laag]] per bron.
"""


def template(name: str) -> str:
    """The text of a new ``wijk.toml``.

    Args:
        name: Name of the wijk.
    """
    parts = [_HEAD.format(name=json.dumps(name, ensure_ascii=False))]
    layers = [layer for layer in load().of_kind("input", "human", "raster") if layer.sources]
    for layer in sorted(layers, key=lambda layer: layer.id != "wijkgrens"):
        kinds = "; ".join(f"{source.type} = {source.title['nl']}" for source in layer.sources)
        parts.append(f"# {layer.title['nl']}. {layer.description['nl']}\n# soort: {kinds}")
        parts.append(f'# [bronnen.{layer.id}]\n# pad = "bron/…"\n')
    parts.append("# ------------------------------------------------------------ instellingen\n")
    for section, settings in declared().items():
        parts.append(f"# [{section}]")
        parts += [_line(setting) for setting in settings.values()]
        parts.append("")
    return "\n".join(parts)


def _line(setting: Setting) -> str:
    unit = f" ({setting.unit})" if setting.unit else ""
    source = f"; bron: {setting.source}" if setting.source else ""
    value = "…" if setting.default is None else _toml(setting.default)
    return f"# {setting.name} = {value}    # {setting.title['nl']}{unit}{source}"


def _toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(str(k), ensure_ascii=False)} = {_toml(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
