"""What differs between QGIS versions; no other module knows which one runs."""

import sys
from importlib.util import find_spec
from pathlib import Path

from qgis.core import (
    QgsAbstract3DRenderer,
    QgsAbstract3DSymbol,
    QgsField,
    QgsMapLayer,
    QgsProperty,
    QgsPropertyCollection,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

# QMetaType in QgsField came after 3.22; QVariant.X is patched back in for Qt 6.
_TYPES = {"text": QVariant.String, "integer": QVariant.LongLong, "real": QVariant.Double}  # noqa: QGS402


def field(name: str, type: str) -> QgsField:
    """A field of the catalogue's type ``text``, ``integer`` or ``real``."""
    return QgsField(name, _TYPES[type])


def python() -> str:
    """The Python that this QGIS runs on.

    ``sys.executable`` is QGIS itself on Windows, and elsewhere whichever ``python3`` stands first on the path.
    """
    folder = Path(sys.exec_prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in ("bin/" + version, "bin/python3", "python3.exe", "python.exe"):
        if (folder / candidate).exists():
            return str(folder / candidate)
    return "python3"


def set_map_tip(layer: QgsMapLayer, html: str) -> None:
    """Give a layer its map tip; rasters have none before QGIS 3.32."""
    if hasattr(layer, "setMapTipTemplate"):
        layer.setMapTipTemplate(html)


def has_3d() -> bool:
    """Whether this QGIS can show a map in three dimensions."""
    return find_spec("qgis._3d") is not None


def extruded(height: str, colour: str) -> QgsAbstract3DRenderer:
    """A 3D look for polygons: blocks standing on the ground.

    Args:
        height: Expression for their height, metres.
        colour: Of walls and roofs.
    """
    # Only here, in the main thread: the plugin is imported beside the event loop, and a library of QGIS that is
    # loaded there for the first time can end the program (start.py).
    from qgis import _3d as three

    symbol = three.QgsPolygon3DSymbol()
    properties = QgsPropertyCollection()
    which = getattr(QgsAbstract3DSymbol, "PropertyExtrusionHeight", None)
    which = QgsAbstract3DSymbol.Property.ExtrusionHeight if which is None else which
    properties.setProperty(which, QgsProperty.fromExpression(height))
    symbol.setDataDefinedProperties(properties)
    material = three.QgsPhongMaterialSettings()
    material.setDiffuse(QColor(colour).darker(170))  # QGIS adds the light of its lamps
    material.setAmbient(QColor(colour).darker(220))
    material.setSpecular(QColor("black"))
    put = getattr(symbol, "setMaterialSettings", None) or symbol.setMaterial  # renamed on the way to QGIS 4
    put(material)
    return three.QgsVectorLayer3DRenderer(symbol)


def open_3d_view(name: str) -> bool:
    """Open a 3D view on the map as it stands; False where this QGIS lets nobody but the user do so."""
    if hasattr(iface, "createNewMapCanvas3D"):
        return iface.createNewMapCanvas3D(name) is not None
    action = iface.mainWindow().findChild(QAction, "mActionNew3DMapCanvas")
    if action is None or not action.isEnabled():
        return False
    action.trigger()
    return True
