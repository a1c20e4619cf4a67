"""The tie between list and map: a row zooms and flashes, a selected feature finds its row."""

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject
from qgis.utils import iface

# A place of a few square metres is shown with this much around it, metres.
AROUND = 40.0


class MapLink(QObject):
    """Keeps one layer's selection and the list together, without chasing itself."""

    def __init__(self, on_map_click: Callable[[int], None], parent: QObject) -> None:
        super().__init__(parent)
        self._on_map_click = on_map_click
        self._layer: QgsVectorLayer | None = None
        self._busy = False

    def follow(self, layer: QgsVectorLayer | None) -> None:
        """Follow this layer's selection; None follows nothing."""
        if self._layer is not None:
            self._layer.selectionChanged.disconnect(self._selected)
            self._layer.willBeDeleted.disconnect(self._gone)
        self._layer = layer
        if layer is not None:
            layer.selectionChanged.connect(self._selected)
            layer.willBeDeleted.connect(self._gone)

    def select(self, feature: int) -> None:
        """Select the feature where it is, without moving the map."""
        if self._layer is not None:
            self._busy = True
            self._layer.selectByIds([feature])
            self._busy = False

    def go(self, feature: int) -> None:
        """Select the feature, bring it into view, flash it."""
        self.select(feature)
        if self._layer is not None and self._layer.selectedFeatureCount():
            show(self._layer, [feature])

    def _selected(self, *_: object) -> None:
        ids = self._layer.selectedFeatureIds()
        if not self._busy and len(ids) == 1:
            self._on_map_click(ids[0])

    def _gone(self) -> None:
        self._layer = None


def show(layer: QgsVectorLayer, features: list[int]) -> None:
    """Bring the selected features of a layer into view and flash these."""
    canvas = iface.mapCanvas()
    box = layer.boundingBoxOfSelected().buffered(AROUND)
    canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(layer, box))
    canvas.refresh()
    canvas.flashFeatureIds(layer, features)
