"""What differs between QGIS versions; no other module knows which one runs."""

import sys
from pathlib import Path

from qgis.core import QgsField
from qgis.PyQt.QtCore import QVariant

# QMetaType in QgsField came after 3.22; QVariant.X is patched back in for Qt 6.
_TYPES = {"text": QVariant.String, "integer": QVariant.LongLong, "real": QVariant.Double}  # noqa: QGS402


def field(name: str, type: str) -> QgsField:
    """A field of the catalogue's type ``text``, ``integer`` or ``real``."""
    return QgsField(name, _TYPES[type])


def python() -> str:
    """The Python interpreter of this QGIS; on Windows ``sys.executable`` is QGIS itself."""
    if Path(sys.executable).stem.lower().startswith("python"):
        return sys.executable
    folder = Path(sys.exec_prefix)
    for candidate in (folder / "python3.exe", folder / "python.exe", folder / "bin" / "python3"):
        if candidate.exists():
            return str(candidate)
    return "python3"
