"""What the map shows beside its base: the subject of the tab in front, and no other."""

from collections.abc import Iterable

from qgis.core import QgsMapLayer, QgsProject


class Theme:
    """Ticks the layers of a subject in the layer tree, and unticks those of the one before."""

    def __init__(self) -> None:
        self._ticked: set[str] = set()

    def show(self, layers: Iterable[QgsMapLayer]) -> None:
        """Show these layers in place of those shown for the tab before; other ticks are the user's own."""
        wanted = {layer.id() for layer in layers}
        root = QgsProject.instance().layerTreeRoot()
        for id in self._ticked - wanted:
            if (node := root.findLayer(id)) is not None:
                node.setItemVisibilityChecked(False)
        for id in wanted:
            if (node := root.findLayer(id)) is not None:
                node.setItemVisibilityCheckedParentRecursive(True)
        self._ticked = wanted
