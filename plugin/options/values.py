"""The options: each declared once, kept in the user's QGIS profile."""

from dataclasses import dataclass

from qgis.core import QgsSettings

from ..texts import mark

Value = str | int | bool


@dataclass(frozen=True)
class Option:
    """One thing to set; its default decides what kind of value it is.

    Attributes:
        key: Name in the profile, under ``arsenaal/``.
        default: Value until the user sets one; a text is a folder.
        title: Words on the page, marked for translation.
        help: What it does, marked for translation.
        limits: Smallest and largest number.
        unit: Unit of a number, marked for translation.
    """

    key: str
    default: Value
    title: str
    help: str
    limits: tuple[int, int] = (0, 0)
    unit: str = ""

    def get(self) -> Value:
        """The user's value, or the default."""
        return QgsSettings().value(f"arsenaal/{self.key}", self.default, type(self.default))

    def put(self, value: Value) -> None:
        """Keep a value."""
        QgsSettings().setValue(f"arsenaal/{self.key}", value)


WIJKEN_FOLDER = Option(
    "wijken_folder",
    "",
    mark("Folder of the wijken"),
    mark("Where choosing a wijk begins. Empty: beside the wijk that is open."),
)
PRACTICE_FOLDER = Option(
    "practice_folder",
    "",
    mark("Folder of the practice wijk"),
    mark("Where the practice wijk is made. Empty: in your QGIS profile."),
)
STALE_DAYS = Option(
    "stale_days",
    366,
    mark("A source is old after"),
    mark("The head of the dock names sources older than this against the reference date."),
    (30, 3660),
    mark("days"),
)
OFFER_TOUR = Option(
    "offer_tour",
    True,
    mark("Offer the guided tour"),
    mark("Ask once, when the practice wijk is opened. The tour is always in the menu."),
)
OPTIONS = (WIJKEN_FOLDER, PRACTICE_FOLDER, STALE_DAYS, OFFER_TOUR)
