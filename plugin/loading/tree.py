"""The layer tree: six groups that tell the story from top to bottom, tables below."""

import tomllib
from functools import cache

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

from ..arsenaal_gis.catalogue import Layer, data_folder
from ..texts import language

# In drawing order; the catalogue names them in Dutch.
GROUPS = {
    "Plan": "Plan",
    "Hitte": "Heat",
    "Hotspots": "Hotspots",
    "Woningen": "Dwellings",
    "Groen en verharding": "Green and paving",
    "Ondergrond": "Base",
    "Tabellen": "Tables",
}
EXPANDED = ("Plan", "Woningen", "Groen en verharding")


@cache
def hidden() -> frozenset[str]:
    """Ids of the layers that start off."""
    palette = tomllib.loads((data_folder("styles") / "palette.toml").read_text(encoding="utf-8"))
    return frozenset(palette["start"]["hidden"])


def plant(project: QgsProject, name: str, layers: list[tuple[Layer, QgsMapLayer]]) -> QgsLayerTreeGroup:
    """Hang the layers under one group per wijk, highest order on top.

    Args:
        project: The project; already holds the layers.
        name: Name of the wijk's group.
        layers: Description and layer.

    Returns:
        The wijk's group.
    """
    top = project.layerTreeRoot().insertGroup(0, name)
    for group in GROUPS:
        found = [pair for pair in layers if place(pair[0]) == group]
        if not found:
            continue
        branch = top.addGroup(group if language() == "nl" else GROUPS[group])
        for about, layer in sorted(found, key=lambda pair: (-pair[0].order, pair[0].id)):
            node = branch.addLayer(layer)
            node.setItemVisibilityChecked(starts_on(about))
            node.setExpanded(False)
        branch.setExpanded(group in EXPANDED)
    return top


def place(about: Layer) -> str:
    """The group a layer hangs in."""
    if about.geometry == "none":
        return "Tabellen"
    return about.group if about.group in GROUPS else "Ondergrond"


def starts_on(about: Layer) -> bool:
    """Base layers and the plan's ranked places show at once; heavy and special ones wait for a tick."""
    if about.geometry in ("none", "raster"):
        return False
    return about.id not in hidden() and (about.kind != "result" or about.group == "Plan")
