"""Labels of classes in English: the styles carry the Dutch ones."""

import re
import tomllib
from functools import cache

from qgis.core import QgsColorRampShader, QgsMapLayer, QgsRasterLayer, QgsVectorLayer

from ..arsenaal_gis.catalogue import data_folder, load

_PATTERNS = (
    (re.compile(r"^minder dan (.+)$"), r"less than \1"),
    (re.compile(r"^(.+) en meer$"), r"\1 and more"),
    (re.compile(r"^(.+) tot (.+)$"), r"\1 to \2"),
)


@cache
def _palette_words() -> dict[str, str]:
    palette = tomllib.loads((data_folder("styles") / "palette.toml").read_text(encoding="utf-8"))
    entries = (palette["unknown"]["label"], palette["unknown"]["suppressed"], palette["rest"]["label"])
    return {entry["nl"]: entry["en"] for entry in entries}


def english(label: str, layer: str) -> str:
    """A legend label of a layer in English.

    Args:
        label: As the style has it.
        layer: Id of the layer.
    """
    for field in load().layer(layer).fields.values():
        for titles in field.codes.values():
            if titles["nl"] == label:
                return titles["en"]
    if label in _palette_words():
        return _palette_words()[label]
    for pattern, into in _PATTERNS:
        if pattern.match(label):
            return pattern.sub(into, label).replace(",", ".")
    return label


def label_in_english(layer: QgsMapLayer, id: str) -> None:
    """Give a styled layer's classes their English labels."""
    if isinstance(layer, QgsVectorLayer):
        renderer = layer.renderer()
        if hasattr(renderer, "rootRule"):
            for rule in renderer.rootRule().children():
                rule.setLabel(english(rule.label(), id))
    elif isinstance(layer, QgsRasterLayer) and hasattr(layer.renderer(), "shader"):
        shader = layer.renderer().shader().rasterShaderFunction()
        items = [
            QgsColorRampShader.ColorRampItem(item.value, item.color, english(item.label, id))
            for item in shader.colorRampItemList()
        ]
        shader.setColorRampItemList(items)
