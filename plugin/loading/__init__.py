"""Putting a wijk on screen: layers styled, named, described, related and grouped."""

from .opening import Opened, adopt, open_wijk

__all__ = ["Opened", "adopt", "open_wijk"]
