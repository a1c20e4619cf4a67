"""Map tips: what stands here, how many rows it rests on, how old it is and whose it is."""

from qgis.core import QgsMapLayer, QgsVectorLayer

from ..arsenaal_gis.catalogue import Field, Layer
from ..compat import set_map_tip
from ..texts import title, tr

# Facts of a tip besides its heading.
FACTS = 5


def describe(layer: QgsMapLayer, about: Layer, date: str) -> None:
    """Give a layer its map tip.

    Args:
        layer: The layer on screen.
        about: Its description.
        date: Of its data, as it is to be read.
    """
    lines = []
    if isinstance(layer, QgsVectorLayer):
        names = [name for name in facts(about) if layer.fields().indexOf(name) >= 0]
        lines = [
            f"{title(about.fields[name].title)}: <b>[% {value(about.fields[name])} %]</b>" for name in names
        ]
    small = "\u2002".join(part for part in (rows(layer, about), date, about.attribution) if part)
    lines.append(f"<i>{small}</i>")
    set_map_tip(layer, f"<p><b>{title(about.title)}</b></p><p>{'<br>'.join(lines)}</p>")


def facts(about: Layer) -> list[str]:
    """Fields worth a line: label, what the colour shows, then the first that are no keys."""
    shown = [str(about.style.get(part, "")) for part in ("label", "attribute")]
    told = [name for name in about.fields if not name.endswith("_id") and name not in about.key]
    return list(dict.fromkeys(name for name in (*shown, *told) if name in about.fields))[:FACTS]


def value(field: Field) -> str:
    """Expression that writes a field's value in words, with its unit; the unknown is a word."""
    column = f'"{field.name}"'
    if field.type == "real":
        shown = f"format_number({column}, 1)"
    elif field.type in ("date", "datetime"):
        shown = f"format_date({column}, 'dd-MM-yyyy')"
    elif field.codes:
        shown = f"represent_value({column})"
    else:
        shown = f"to_string({column})"
    unit = f" || ' {field.unit}'" if field.unit and not field.codes else ""
    return f"if({column} is null, '{tr('unknown')}', {shown}{unit})"


def rows(layer: QgsMapLayer, about: Layer) -> str:
    """How many rows, or how many counted things this row rests on."""
    if not isinstance(layer, QgsVectorLayer):
        return ""
    counted = next((c.of for figures in about.figures for c in figures.counts if c.of in about.fields), "")
    if counted:
        return f"n = [% {value(about.fields[counted])} %]"
    return "n = [% format_number(layer_property(@layer, 'feature_count'), 0) %]"
