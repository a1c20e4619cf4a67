"""The commands, in the order in which a new user meets them."""

from .base import Command
from .data import CHECK, DEMO, IMPORT, INIT, LAYERS, LINEAGE, RESTORE
from .fieldwork import FIELD
from .outside import EXPORT, LOAD, PIA, PURGE
from .printing import MAPS, REPORT
from .street import COMPARE, VISITS
from .work import PLAN, RUN

COMMANDS: tuple[Command, ...] = (
    LAYERS, DEMO, INIT, CHECK, IMPORT, PLAN, RUN, VISITS, FIELD, MAPS, REPORT, COMPARE, EXPORT, LOAD, RESTORE, LINEAGE, PURGE, PIA,
)  # fmt: skip

__all__ = ["COMMANDS", "Command"]
