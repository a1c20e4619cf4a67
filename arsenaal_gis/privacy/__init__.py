"""Disclosure control: the only way out of the wijk folder, and the record of what took it.

ledger = Ledger.of(wijk.folder)
places = locate({"woningen": woningen, "straten": straten, "sectoren": sectoren})
result = release({"renovatie": renovatie, "hitte_straat": heat}, "P2", ledger, places=places)
result.layers          # {"hitte_straat": (Layer with the fields that leave, rows), "tellingen_straatzijde": ...}
result.table()         # what was held back, why, how many rows
"""

from .attack import exposed
from .differencing import atoms, small_group
from .figures import HELD_BACK
from .ledger import Ledger
from .masking import donut
from .pia import personal_fields, pia
from .places import Places, locate
from .policy import Policy
from .pseudonym import cell_key_noise, pseudonym, record_keys
from .purge import Purged, purge
from .quadtree import Quadtree, quadtree
from .release import Finding, Release, release
from .rounding import round_to_base
from .rows import Rows
from .sensitivity import all_equal, dominance, p_percent
from .suppress import Suppression, suppress
from .tables import Knowledge, margin_membership, with_margins

__all__ = [
    "HELD_BACK",
    "Finding",
    "Knowledge",
    "Ledger",
    "Places",
    "Policy",
    "Purged",
    "Quadtree",
    "Release",
    "Rows",
    "Suppression",
    "all_equal",
    "atoms",
    "cell_key_noise",
    "dominance",
    "donut",
    "exposed",
    "locate",
    "margin_membership",
    "p_percent",
    "personal_fields",
    "pia",
    "pseudonym",
    "purge",
    "quadtree",
    "record_keys",
    "release",
    "round_to_base",
    "small_group",
    "suppress",
    "with_margins",
]
