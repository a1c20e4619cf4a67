"""What the metadata of an export say, whichever the standard."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ..catalogue import Layer
from ..keys import stable_id

_ACCESS = {
    "P1": "Alleen voor planners en het datawarehouse, onder overeenkomst. Geen openbaarmaking.",
    "P2": "Voor stuurgroep en druk. Geteld per eenheid, kleine aantallen onderdrukt.",
    "P3": "Open data. Geteld per eenheid, kleine aantallen onderdrukt, aantallen afgerond.",
}


@dataclass(frozen=True)
class Facts:
    """What the metadata say about one export.

    Attributes:
        wijk: Name of the quarter.
        tier: ``P1`` .. ``P3``.
        day: Reference date.
        layers: Tables in the file.
        bounds: West, south, east, north in degrees (WGS84).
        sources: Names and dates of the sources, in words.
        lineage: How the data came to be, with the coordinate operation and its accuracy.
        publisher: Organisation.
        contact: E-mail address of a department.
        licence: URI or words.
        fictitious: Practice data.
    """

    wijk: str
    tier: str
    day: datetime.date
    layers: Sequence[Layer]
    bounds: tuple[float, float, float, float]
    sources: Sequence[str]
    lineage: str
    publisher: str
    contact: str
    licence: str
    fictitious: bool = False

    @property
    def identifier(self) -> str:
        """Name of the data set; the same wijk and tier keep it."""
        return stable_id("dataset", self.wijk, self.tier)

    @property
    def title(self) -> str:
        """Title with the tier in it."""
        return f"{'FICTIEF - ' if self.fictitious else ''}Wijk {self.wijk}: gegevens op niveau {self.tier}"

    @property
    def access(self) -> str:
        """Who may use it."""
        return _ACCESS[self.tier]

    @property
    def open(self) -> bool:
        """Whether it is open data."""
        return self.tier == "P3"

    @property
    def abstract(self) -> str:
        """What is in it and who may use it."""
        names = ", ".join(layer.title["nl"] for layer in self.layers)
        return f"Stand op {self.day.isoformat()}. {self.access} Lagen: {names}."
