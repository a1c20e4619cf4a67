"""The dock "Wijk": what ranks first, why, and what changes when the weights do."""

from .dock import WijkDock

__all__ = ["WijkDock"]
