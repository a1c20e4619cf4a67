"""The commands, in the order in which a new user meets them."""

from .base import Command
from .data import CHECK, DEMO, IMPORT, INIT, LAYERS, LINEAGE, RESTORE
from .printing import MAPS
from .work import PLAN, RUN

COMMANDS: tuple[Command, ...] = (LAYERS, DEMO, INIT, CHECK, IMPORT, PLAN, RUN, MAPS, RESTORE, LINEAGE)

__all__ = ["COMMANDS", "Command"]
