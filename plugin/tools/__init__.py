"""Map tools."""

from .section import SectionTool
from .shade_hours import ShadeHours
from .what_if import WhatIf

__all__ = ["SectionTool", "ShadeHours", "WhatIf"]
