"""What a plan on screen was made with."""

import json

from qgis.core import QgsFeature

from ..arsenaal_gis.catalogue import Layer


def plan_settings(run: QgsFeature | None) -> dict[str, dict]:
    """Settings of a plan by section, from its row of ``run``."""
    return json.loads(run["parameters"]) if run is not None else {}


def plan_weights(run: QgsFeature | None, about: Layer) -> dict[str, float]:
    """Weights of a layer's criteria, from settings ``gewicht_<criterion>`` or a table ``gewichten``."""
    wanted = [name.removeprefix("bijdrage_") for name in about.fields if name.startswith("bijdrage_")]
    found: dict[str, float] = {}
    for values in plan_settings(run).values():
        tables = [
            value for key, value in values.items() if key.startswith("gewichten") and isinstance(value, dict)
        ]
        for name in wanted:
            for table in tables:
                if isinstance(table.get(name), (int, float)):
                    found[name] = float(table[name])
            if isinstance(values.get(f"gewicht_{name}"), (int, float)):
                found[name] = float(values[f"gewicht_{name}"])
    return found if set(found) == set(wanted) else {}
