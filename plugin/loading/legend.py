"""Legends in the user's language, and the classes of heat stress in words."""

import math

import numpy as np
from qgis.core import QgsColorRampShader, QgsMapLayer, QgsRasterLayer

from ..arsenaal_gis.catalogue import Layer, load
from ..arsenaal_gis.heat.pet import CLASSES_C
from ..texts import language, title

PET = "pet_dag"
# The codes of those classes stand with the streets; the same words for the raster.
STRESS = ("hitte_straat", "klasse")
ENGLISH = {"minder dan ": "less than ", " tot ": " to ", " en meer": " and more"}
WORDS = {"onbekend": "unknown", "onderdrukt": "suppressed", "andere categorieën": "other categories"}


def dress(layer: QgsMapLayer, about: Layer) -> None:
    """Put words in a styled layer's legend; styles are written in Dutch."""
    if isinstance(layer, QgsRasterLayer):
        shader = layer.renderer().shader() if hasattr(layer.renderer(), "shader") else None
        if shader is not None and isinstance(shader.rasterShaderFunction(), QgsColorRampShader):
            _ramp(shader.rasterShaderFunction(), about)
    elif language() != "nl" and hasattr(layer.renderer(), "rootRule"):
        words = {text["nl"]: text["en"] for field in about.fields.values() for text in field.codes.values()}
        words |= WORDS
        for rule in layer.renderer().rootRule().children():
            rule.setLabel(words.get(rule.label(), rule.label()))


def _ramp(ramp: QgsColorRampShader, about: Layer) -> None:
    items = ramp.colorRampItemList()
    for item in items:
        if language() != "nl":
            for dutch, english in ENGLISH.items():
                item.label = item.label.replace(dutch, english)
        if about.id == PET:
            item.label = f"{item.label}: {stress(item.value)}"
    ramp.setColorRampItemList(items)


def stress(upper: float) -> str:
    """The class of heat stress of a PET just below a border, in words."""
    codes = list(load().layer(STRESS[0]).fields[STRESS[1]].codes.values())
    below = math.inf if math.isinf(upper) else upper - 1e-6
    return title(codes[int(np.searchsorted(CLASSES_C, below, side="right"))])
