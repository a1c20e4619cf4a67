"""Which fields of a layer are drawn: a GeoPDF carries the attributes of its features, printed or not."""

import dataclasses
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd

from ..catalogue import Layer, data_folder
from ..gpkg import write_layer

# Places and stops stand on paper with their number.
_NUMBER = "volgnummer"


@cache
def _sizes() -> dict[str, str]:
    """Field that gives a symbol its size, by symbol."""
    palette = tomllib.loads((data_folder("styles") / "palette.toml").read_text(encoding="utf-8"))
    return {name: look["size_field"] for name, look in palette["symbols"].items() if "size_field" in look}


def drawn(layer: Layer, by: str = "") -> Layer:
    """The layer with no more fields than its style and its numbers show.

    Args:
        layer: A released layer.
        by: Field by which a page picks its rows, or empty.
    """
    shown = {layer.style.get(part) for part in ("attribute", "label", "filter")}
    shown |= {_NUMBER, _sizes().get(layer.style.get("symbol", "")), by}
    return dataclasses.replace(
        layer,
        fields={name: field for name, field in layer.fields.items() if name in shown},
        key=layer.key if shown.issuperset(layer.key) else (),
    )


def write_drawn(path: Path, layer: Layer, rows: pd.DataFrame, by: str = "") -> None:
    """Write of released rows what is drawn.

    Args:
        path: GeoPackage for the pages.
        layer: What the rows are.
        rows: Released rows.
        by: Field by which a page picks its rows, or empty.
    """
    less = drawn(layer, by)
    write_layer(path, less, rows[[*less.fields, "geom"]])
