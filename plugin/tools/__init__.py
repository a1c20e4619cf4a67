"""Map tools."""

from .section import SectionTool
from .shade_hours import ShadeHours
from .view3d import View3D
from .what_if import WhatIf

__all__ = ["SectionTool", "ShadeHours", "View3D", "WhatIf"]
