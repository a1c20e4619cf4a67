"""The catalogue: one description per layer, read from ``layers/<id>.toml``.

A field's name, type, codes, unit, privacy class and attribution stand there and nowhere else.
"""

from .document import markdown
from .files import data_folder
from .model import Catalogue, Field, Layer, Source
from .read import load

__all__ = ["Catalogue", "Field", "Layer", "Source", "data_folder", "load", "markdown"]
