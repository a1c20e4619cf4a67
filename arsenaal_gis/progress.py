"""Progress and cancel: the one protocol that the command line, QGIS and the tests implement."""

from typing import Protocol

from .errors import Cancelled


class Progress(Protocol):
    """What a long computation tells the outside, and asks it."""

    def stage(self, name: str, total: float | None = None) -> None:
        """Begin a named step; ``total`` is the amount that ``advance`` adds up to, if known."""

    def advance(self, amount: float = 1.0) -> None:
        """Say that ``amount`` more of the step is done."""

    def message(self, text: str) -> None:
        """Tell something that belongs in the log."""

    def check(self) -> None:
        """Raise :class:`~arsenaal_gis.errors.Cancelled` if the user asked to stop."""


class Silent:
    """Says nothing; stops when ``cancelled`` is set."""

    cancelled = False

    def stage(self, name: str, total: float | None = None) -> None:
        """See :class:`Progress`."""

    def advance(self, amount: float = 1.0) -> None:
        """See :class:`Progress`."""

    def message(self, text: str) -> None:
        """See :class:`Progress`."""

    def check(self) -> None:
        """See :class:`Progress`."""
        if self.cancelled:
            raise Cancelled


SILENT: Progress = Silent()
