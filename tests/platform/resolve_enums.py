"""Print how many Qt attributes the plugin names; fail with those that PyQt6 lacks."""

import ast
import importlib
import sys
from pathlib import Path

# QGIS' own qgis.PyQt.QtWidgets passes these on from PyQt6.QtGui.
MOVED = {"QAction", "QActionGroup", "QShortcut"}
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "QtSvg", "QtPrintSupport")


def dotted(node):
    """``a.b.c`` as text, or nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def resolves(name, classes):
    """Whether PyQt6 knows the dotted name of a Qt class."""
    first, *rest = name.split(".")
    found = classes[first]
    for part in rest:
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True


def main(folder):
    classes = {}
    for module in MODULES:
        classes |= vars(importlib.import_module(f"PyQt6.{module}"))
    names, lost = set(), set()
    for path in Path(folder).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt."):
                module = importlib.import_module(f"PyQt6.{node.module.rsplit('.', 1)[1]}")
                names |= {f"import {alias.name}" for alias in node.names}
                lost |= {
                    f"{path.name}: {alias.name}"
                    for alias in node.names
                    if not hasattr(module, alias.name) and alias.name not in MOVED
                }
            name = dotted(node) if isinstance(node, ast.Attribute) else ""
            first = name.split(".")[0]
            if name.count(".") >= 2 and first.startswith("Q") and first in classes:
                names.add(name)
                if not resolves(name, classes):
                    lost.add(f"{path.name}: {name}")
    sys.stdout.write(f"{len(names)} names; lost: {sorted(lost)}\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
