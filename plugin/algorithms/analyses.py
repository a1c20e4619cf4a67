"""One analysis at a time: a new plan with that analysis and the base facts it stands on."""

from ..texts import mark
from .plan import PlanAlgorithm


class HeatAlgorithm(PlanAlgorithm):
    """Heat by day and by night, exposure of dwellings and streets."""

    ID = "heat"
    TITLE = mark("Heat by day and by night")
    TAGS = ("pet", "shadow", "sky view", "hitte", "schaduw")
    STAGES = ("feiten", "hitte")
    SECTIONS = ("hitte",)


class HotspotsAlgorithm(PlanAlgorithm):
    """Where incidents cluster, and what grows."""

    ID = "hotspots"
    TITLE = mark("Hotspots of incidents")
    TAGS = ("getis-ord", "cluster", "incidenten", "overlast")
    STAGES = ("feiten", "hotspots")
    SECTIONS = ("hotspots",)


class UnsealingAlgorithm(PlanAlgorithm):
    """Places to unseal, ranked, and the best set for the budget."""

    ID = "unsealing"
    TITLE = mark("Places to unseal")
    TAGS = ("tile garden", "tegeltuin", "geveltuin", "ontharding", "budget")
    STAGES = ("feiten", "hitte", "ontharding")
    SECTIONS = ("ontharding",)


class VisitsAlgorithm(PlanAlgorithm):
    """Which doors first, and in what order on foot."""

    ID = "visits"
    TITLE = mark("House visits: priorities and rounds")
    TAGS = ("rounds", "huisbezoek", "rondes", "orienteering")
    STAGES = ("feiten", "bezoeken")
    SECTIONS = ("bezoeken",)
