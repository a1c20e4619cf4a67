"""The guided tour."""

from .tour import Tour

__all__ = ["Tour"]
