"""The workspace of one quarter: its configuration, its GeoPackage, its plans, and safe ways to change them."""

from .config import SourceSpec, WijkConfig, read_config
from .importing import ImportReport, import_delivery
from .locking import held_elsewhere, lock
from .store import replace_safely, reserve_copies, restore
from .workspace import Plan, Wijk

__all__ = [
    "ImportReport",
    "Plan",
    "SourceSpec",
    "Wijk",
    "WijkConfig",
    "held_elsewhere",
    "import_delivery",
    "lock",
    "read_config",
    "replace_safely",
    "reserve_copies",
    "restore",
]
