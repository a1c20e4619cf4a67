"""Map tools."""

from .section import SectionTool
from .what_if import WhatIf

__all__ = ["SectionTool", "WhatIf"]
