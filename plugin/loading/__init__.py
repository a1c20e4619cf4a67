"""Putting a wijk on screen: layers styled, named, described, related and grouped."""

from .opening import LAYER_ID, Opened, adopt, group_of, open_wijk, show_analysis

__all__ = ["LAYER_ID", "Opened", "adopt", "group_of", "open_wijk", "show_analysis"]
