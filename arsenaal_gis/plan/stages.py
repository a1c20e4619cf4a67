"""The stages of a plan, in order. Each reads what stands before it and puts its own layers."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from .context import PlanContext


@dataclass(frozen=True)
class Stage:
    """One step of the plan.

    Attributes:
        name: Name on the command line (``--only``).
        title: What it does, in Dutch.
        module: Module of ``arsenaal_gis`` whose ``run(context)`` does it; imported when it is its turn.
    """

    name: str
    title: str
    module: str

    @property
    def run(self) -> Callable[[PlanContext], None]:
        """The stage's function."""
        return importlib.import_module(f"..{self.module}", __package__).run


STAGES = (
    Stage("feiten", "Basisfeiten per perceel, woning en straat", "facts.stage"),
    Stage("hitte", "Hitte overdag en 's nachts", "heat.stage"),
    Stage("hotspots", "Hotspots van incidenten", "hotspots.stage"),
    Stage("ontharding", "Plekken om te ontharden", "unsealing.stage"),
    Stage("bezoeken", "Huisbezoeken: wie eerst, en in welke volgorde", "visits.stage"),
    Stage("indicatoren", "Gedeelde indicatoren", "indicators.stage"),
)
