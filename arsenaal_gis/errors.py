"""Errors that say what is wrong, where, and what to do next."""


class ArsenaalError(Exception):
    """Something a user can understand and act upon.

    Args:
        what: One sentence on what is wrong.
        where: File, layer, row or setting it concerns.
        todo: What to do next.
    """

    def __init__(self, what: str, where: str = "", todo: str = "") -> None:
        super().__init__(what, where, todo)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        place = f" [{self.where}]" if self.where else ""
        advice = f" {self.todo}" if self.todo else ""
        return f"{self.what}{place}{advice}"


class ConfigError(ArsenaalError):
    """A wijk.toml, setting or catalogue entry that cannot be used."""


class SourceError(ArsenaalError):
    """A delivered file that cannot be read or does not hold what it should."""


class WorkspaceError(ArsenaalError):
    """The wijk folder, its GeoPackage, a lock or a plan cannot be read or written."""


class MethodError(ArsenaalError):
    """Inputs for which a method has no valid answer."""


class ReleaseRefused(ArsenaalError):
    """Data that may not leave the wijk folder at the asked tier."""


class Cancelled(ArsenaalError):
    """The user stopped the work."""

    def __init__(self) -> None:
        super().__init__("Stopped on request; nothing was changed.")
