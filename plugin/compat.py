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
    """The Python that this QGIS runs on.

    ``sys.executable`` is QGIS itself on Windows, and elsewhere whichever ``python3`` stands first on the path.
    """
    folder = Path(sys.exec_prefix)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in ("bin/" + version, "bin/python3", "python3.exe", "python.exe"):
        if (folder / candidate).exists():
            return str(folder / candidate)
    return "python3"
