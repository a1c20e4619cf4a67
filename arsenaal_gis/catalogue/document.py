"""The documentation page of the layers, written from the catalogue."""

from .model import Catalogue, Layer

_KINDS = {
    "input": "Delivered", "human": "Made by people", "raster": "Rasters", "result": "Results of a plan",
}  # fmt: skip
_HEAD = """# Layers

Made from `layers/*.toml` by `arsenaal layers --markdown`; edit those files, not this page. Privacy: the most open tier at which
the value itself may leave (P0 never leaves, P1 planners and warehouse, P2 steering group and print, P3 open data).
"""


def markdown(catalogue: Catalogue) -> str:
    """All layers with their fields, as Markdown."""
    parts = [_HEAD]
    for kind, heading in _KINDS.items():
        parts.append(f"## {heading}\n")
        parts += [_section(layer) for layer in catalogue.of_kind(kind)]
    return "\n".join(parts)


def _section(layer: Layer) -> str:
    lines = [f"### `{layer.id}`: {layer.title['nl']}", "", f"{layer.description['nl']}"]
    facts = [
        layer.geometry,
        f"key {', '.join(layer.key)}" if layer.key else "",
        layer.attribution,
        layer.licence,
    ]
    lines += ["", " · ".join(filter(None, facts))]
    if layer.sources:
        lines += [
            "",
            "From: " + "; ".join(f"{source.title['nl']} (`{source.type}`)" for source in layer.sources) + ".",
        ]
    lines += ["", "| field | type | what | codes | privacy |", "|---|---|---|---|---|"]
    for field in layer.fields.values():
        unit = f" ({field.unit})" if field.unit else ""
        required = ", required" if field.required else ""
        codes = ", ".join(f"{code} = {text['nl']}" for code, text in field.codes.items()).replace("|", "/")
        lines.append(
            f"| `{field.name}` | {field.type}{required} | {field.title['nl']}{unit} | {codes} | {field.privacy} |"
        )
    return "\n".join(lines) + "\n"
