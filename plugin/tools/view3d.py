"""The 3D view: buildings as blocks, with the heat of the afternoon draped around them."""

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

from ..arsenaal_gis.wijk import Wijk
from ..compat import open_3d_view
from ..loading.extrusion import extrude
from ..loading.legend import PET
from ..messages import tell
from ..texts import tr
from .street import layer

# What is drawn beneath the blocks; all else would lie on the ground as clutter.
SHOWN = (PET, "straten", "wijkgrens", "water_spoor")


class View3D(QObject):
    """Makes the map ready for QGIS' 3D view, and opens one."""

    def __init__(self, action: QAction) -> None:
        super().__init__(iface.mainWindow())
        self.action = action
        self._wijk: Wijk | None = None
        action.setEnabled(False)
        action.triggered.connect(self.open)

    def follow(self, wijk: Wijk | None) -> None:
        """Another wijk is on screen, or none."""
        self._wijk = wijk
        self.action.setEnabled(wijk is not None)

    def unload(self) -> None:
        """Leave nothing behind."""
        self.deleteLater()

    def open(self) -> None:
        """Give the buildings their height, show heat and streets only, and open the view."""
        buildings = layer("gebouwen")
        if buildings is None:
            tell(tr("There is no layer of buildings on the map to raise."))
            return
        extrude(buildings, self._wijk.settings)
        root = QgsProject.instance().layerTreeRoot()
        shown = {x.id() for x in (buildings, *(layer(id) for id in SHOWN)) if x is not None}
        for node in root.findLayers():
            node.setItemVisibilityChecked(node.layerId() in shown)
            if node.layerId() in shown:
                node.setItemVisibilityCheckedParentRecursive(True)
        if not open_3d_view(tr("Heat in 3D")):
            tell(tr("The buildings have their height. Open the view yourself: View > New 3D Map View."))
