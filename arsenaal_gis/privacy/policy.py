"""Thresholds per tier, as the data protection officer set them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..catalogue import Field, Layer

TIERS = ("P0", "P1", "P2", "P3")
EVENTS = "Hotspots"
"""Group of the catalogue whose layers count events, not dwellings."""


def open_to(privacy: str, tier: str) -> bool:
    """Whether a value of this class may itself leave at this tier."""
    return TIERS.index(privacy) >= TIERS.index(tier)


@dataclass(frozen=True)
class Policy:
    """What holds at one tier.

    Attributes:
        tier: ``P0`` .. ``P3``.
        settings: Section ``privacy`` of the settings.
    """

    tier: str
    settings: Mapping[str, Any]

    def k(self, layer: Layer) -> int:
        """Dwellings that a unit must hold, and width that a hidden cell must keep."""
        if self.tier == "P3":
            return int(self.settings["k_p3_incidenten" if layer.group == EVENTS else "k_p3"])
        return int(self.settings["k_p2"])

    @property
    def threshold(self) -> int:
        """Smallest count that is shown."""
        return int(self.settings["kleinste_aantal"])

    @property
    def rounds(self) -> bool:
        """Whether shown counts are rounded."""
        return self.tier == "P3" and self.settings["methode_p3"] == "afronden"

    @property
    def noisy(self) -> bool:
        """Whether shown counts carry cell-key noise."""
        return self.tier == "P3" and not self.rounds

    def closed(self, layer: Layer) -> list[str]:
        """Key fields of a layer that may not leave: without them its rows cannot."""
        return [n for n in layer.key if self.tier != "P0" and not open_to(layer.fields[n].privacy, self.tier)]

    def may_leave(self, field: Field, layer: Layer) -> bool:
        """Whether the field's own values may leave.

        Free text that people typed and exact times never do above P0, whatever their class.
        """
        if self.tier == "P0":
            return True
        free_text = (
            layer.kind == "human" and field.type == "text" and not field.codes and field.name not in layer.key
        )
        return open_to(field.privacy, self.tier) and not free_text and field.type != "datetime"

    def may_count(self, field: Field) -> bool:
        """Whether the field may appear counted by class per unit."""
        if self.tier not in ("P2", "P3") or not (field.codes or field.type == "boolean"):
            return False
        limit = self.settings["p0_tellen"]
        return field.privacy != "P0" or (limit != "nooit" and open_to(limit, self.tier))

    def may_sum(self, field: Field) -> bool:
        """Whether the field is an amount that may appear summed per unit."""
        amount = field.type in ("real", "integer") and field.unit in (
            "m²",
            "m2",
            "m³",
            "m3",
            "EUR",
            "€",
            "kWh",
        )
        limit = self.settings["p0_tellen"]
        open_enough = field.privacy != "P0" or (limit != "nooit" and open_to(limit, self.tier))
        return self.tier in ("P2", "P3") and amount and open_enough
