"""Putting a wijk on screen: layers styled, named, described, related and grouped."""

from .opening import Opened, open_wijk

__all__ = ["Opened", "open_wijk"]
