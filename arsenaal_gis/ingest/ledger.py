"""Keeps account of every row of one source: nothing is dropped without a line here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from .messages import MESSAGES


@dataclass
class Finding:
    """One message about one or more rows.

    Attributes:
        code: Key in :data:`~arsenaal_gis.ingest.messages.MESSAGES`.
        rows: Row numbers in the source; empty when it concerns the source as a whole.
        field: Field it concerns, in the catalogue's name.
        value: Delivered value, or what the message puts in its place.
        extra: Further detail.
    """

    code: str
    rows: list[int] = field(default_factory=list)
    field: str = ""
    value: str = ""
    extra: str = ""


class Ledger:
    """The account of one source.

    Attributes:
        read: Rows in the source.
        outside: Rows that lie outside the area of interest.
        findings: What was found, in order.
        rejected: Row number → finding that rejected it (the first one).
    """

    def __init__(self) -> None:
        self.read = 0
        self.outside = 0
        self.findings: list[Finding] = []
        self.rejected: dict[int, Finding] = {}
        self._repaired: set[int] = set()

    def tell(self, code: str, *, field: str = "", value: object = "", extra: object = "") -> None:
        """Add a message about the source as a whole."""
        self.findings.append(Finding(code, [], field, str(value), str(extra)))

    def mark(
        self, code: str, rows: Iterable[int], *, field: str = "", values: pd.Series | None = None,
        extras: pd.Series | None = None,
    ) -> None:  # fmt: skip
        """Add a message about rows, grouped by delivered value, and reject or repair them as it says.

        Args:
            code: Key of the message.
            rows: Row numbers; those rejected before are left out.
            field: Field it concerns.
            values: Delivered values by row number.
            extras: Details by row number.
        """
        severity = MESSAGES[code].severity
        groups: dict[tuple[str, str], Finding] = {}
        for row in rows:
            if row in self.rejected:
                continue
            value = "" if values is None else _words(values.loc[row])
            extra = "" if extras is None else _words(extras.loc[row])
            finding = groups.setdefault((value, extra), Finding(code, [], field, value, extra))
            finding.rows.append(int(row))
            if severity == "reject":
                self.rejected[int(row)] = finding
            elif severity == "repair":
                self._repaired.add(int(row))
        self.findings.extend(groups.values())

    @property
    def repaired(self) -> set[int]:
        """Rows that are used after an alteration."""
        return self._repaired - self.rejected.keys()

    @property
    def used(self) -> int:
        """Rows that are used, altered or not."""
        return self.read - self.outside - len(self.rejected)

    @property
    def failed(self) -> bool:
        """Whether the source cannot be used at all."""
        return any(MESSAGES[finding.code].severity == "error" for finding in self.findings)

    def keep(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Leave the rejected rows out of a frame indexed by row number."""
        return frame[~frame.index.isin(list(self.rejected))]


def _words(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
