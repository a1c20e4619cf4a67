"""The tie between list and map: a row zooms and flashes, a selected feature finds its row."""

from collections.abc import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject
from qgis.utils import iface

# A place of a few square metres is shown with this much around it, metres.
AROUND = 40.0


class MapLink(QObject):
    """Keeps one layer's selection and the list together, without chasing itself."""

    def __init__(self, on_map_click: Callable[[int], None]) -> None:
        super().__init__()
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

    def go(self, feature: int) -> None:
        """Select the feature, bring it into view, flash it."""
        if self._layer is None:
            return
        self._busy = True
        self._layer.selectByIds([feature])
        self._busy = False
        canvas = iface.mapCanvas()
        box = self._layer.boundingBoxOfSelected()
        if not box.isEmpty() or box.width() + box.height() > 0 or self._layer.selectedFeatureCount():
            canvas.setExtent(
                canvas.mapSettings().layerExtentToOutputExtent(self._layer, box.buffered(AROUND))
            )
            canvas.refresh()
            canvas.flashFeatureIds(self._layer, [feature])

    def _selected(self, *_: object) -> None:
        ids = self._layer.selectedFeatureIds()
        if not self._busy and len(ids) == 1:
            self._on_map_click(ids[0])

    def _gone(self) -> None:
        self._layer = None
