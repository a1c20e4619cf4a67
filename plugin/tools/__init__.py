"""Map tools."""

from .what_if import WhatIf

__all__ = ["WhatIf"]
