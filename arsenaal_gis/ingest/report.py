"""The honest report on a delivery, as text for people and as data for programs."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from .crs import Operation
from .ledger import Finding, Ledger
from .messages import MESSAGES

_ROWS_SHOWN = 5
_WORDS = {
    "nl": {
        "read": "gelezen",
        "used": "gebruikt",
        "repaired": "hersteld",
        "rejected": "afgekeurd",
        "outside": "buiten gebied",
        "row": "rij",
        "rows": "rijen",
        "coverage": "dekking van de wijk",
        "complete": "volledigheid",
        "date": "datum",
        "error": "FOUT",
        "reject": "afgekeurd",
        "repair": "hersteld",
        "note": "let op",
        "unknown": "onbekend",
        "fine": "Bruikbaar.",
        "bad": "Niet bruikbaar: los eerst de fouten op.",
        "accuracy": "nauwkeurigheid",
    },
    "en": {
        "read": "read",
        "used": "used",
        "repaired": "repaired",
        "rejected": "rejected",
        "outside": "outside the area",
        "row": "row",
        "rows": "rows",
        "coverage": "coverage of the wijk",
        "complete": "completeness",
        "date": "date",
        "error": "ERROR",
        "reject": "rejected",
        "repair": "repaired",
        "note": "note",
        "unknown": "unknown",
        "fine": "Usable.",
        "bad": "Not usable: solve the errors first.",
        "accuracy": "accuracy",
    },
}


@dataclass
class SourceReport:
    """What is known of one source after reading it.

    Attributes:
        layer: Layer it feeds.
        type: Kind of delivery.
        path: File or URL as written in ``wijk.toml``.
        ledger: Account of its rows.
        operation: How its coordinates were brought to Lambert 72; None without coordinates.
        date: Date of the delivery, or the newest date in its rows.
        sha256: Checksum of the delivered bytes (or of the clipped cells of a raster).
        coverage: Share of the wijk it covers, %, None where that means nothing.
        completeness: Share of the used rows that has each field, %.
    """

    layer: str
    type: str
    path: str
    ledger: Ledger = field(default_factory=Ledger)
    operation: Operation | None = None
    date: dt.date | None = None
    sha256: str = ""
    coverage: float | None = None
    completeness: dict[str, float] = field(default_factory=dict)


@dataclass
class Report:
    """The report on all sources of a wijk.

    Attributes:
        wijk: Name of the wijk.
        sources: One report per source, in the order of ``wijk.toml``.
    """

    wijk: str
    sources: list[SourceReport] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether an import can go ahead."""
        return not any(source.ledger.failed for source in self.sources)

    @property
    def exit_code(self) -> int:
        """0 usable, 1 unusable."""
        return 0 if self.usable else 1

    def of(self, layer: str) -> list[SourceReport]:
        """The sources of one layer."""
        return [source for source in self.sources if source.layer == layer]

    def text(self, language: str = "nl", *, rows_shown: int = _ROWS_SHOWN) -> str:
        """Render the report for people.

        Args:
            language: ``nl`` or ``en``.
            rows_shown: Row numbers to print per message; the rest is counted.

        Returns:
            Plain text, one block per source.
        """
        words = _WORDS[language]
        blocks = [self.wijk]
        for source in self.sources:
            blocks.append("\n".join(_block(source, language, words, rows_shown)))
        blocks.append(words["fine"] if self.usable else words["bad"])
        return "\n\n".join(blocks) + "\n"

    def data(self) -> dict[str, Any]:
        """Give the report as plain data, ready for JSON."""
        return {
            "wijk": self.wijk,
            "bruikbaar": self.usable,
            "bronnen": [_data(source) for source in self.sources],
        }


def describe(finding: Finding, language: str = "nl") -> tuple[str, str]:
    """Put a finding into words.

    Args:
        finding: The finding.
        language: ``nl`` or ``en``.

    Returns:
        What is the matter, and what to do.
    """
    message = MESSAGES[finding.code]
    what, todo = (message.nl, message.todo_nl) if language == "nl" else (message.en, message.todo_en)
    parts = {"field": finding.field, "value": finding.value, "extra": finding.extra}
    return what.format(**parts), todo.format(**parts).strip()


def _block(source: SourceReport, language: str, words: dict[str, str], rows_shown: int) -> list[str]:
    lines = _delivered(source, words) if source.path else [source.layer]
    for finding in sorted(
        source.ledger.findings, key=lambda one: "error reject repair note".index(MESSAGES[one.code].severity)
    ):
        what, todo = describe(finding, language)
        place = ""
        if finding.rows:
            shown = ", ".join(map(str, finding.rows[:rows_shown]))
            more = f" (+{len(finding.rows) - rows_shown})" if len(finding.rows) > rows_shown else ""
            place = f" [{words['row'] if len(finding.rows) == 1 else words['rows']} {shown}{more}]"
        lines.append(
            f"  - {words[MESSAGES[finding.code].severity]}: {what}{place}{' ' + todo if todo else ''}"
        )
    return lines


def _delivered(source: SourceReport, words: dict[str, str]) -> list[str]:
    """What a source that was delivered holds."""
    ledger = source.ledger
    counts = [f"{words['read']} {ledger.read}", f"{words['used']} {ledger.used}"]
    counts += [f"{words['repaired']} {len(ledger.repaired)}", f"{words['rejected']} {len(ledger.rejected)}"]
    if ledger.outside:
        counts.append(f"{words['outside']} {ledger.outside}")
    lines = [f"{source.layer} ({source.type}) ← {source.path}", f"  {', '.join(counts)}"]
    facts = [f"{words['date']} {source.date or words['unknown']}"]
    if source.operation:
        facts.append(f"EPSG:{source.operation.epsg}")
        if source.operation.name:
            facts.append(f"{source.operation.name}, {words['accuracy']} {source.operation.accuracy_m:g} m")
    if source.coverage is not None:
        facts.append(f"{words['coverage']} {source.coverage:.0f} %")
    lines.append(f"  {'; '.join(facts)}")
    if source.completeness:
        shares = ", ".join(f"{name} {share:.0f} %" for name, share in source.completeness.items())
        lines.append(f"  {words['complete']}: {shares}")
    return lines


def _data(source: SourceReport) -> dict[str, Any]:
    ledger = source.ledger
    operation = source.operation
    return {
        "laag": source.layer,
        "soort": source.type,
        "pad": source.path,
        "datum": source.date.isoformat() if source.date else None,
        "sha256": source.sha256,
        "rijen": {
            "gelezen": ledger.read,
            "gebruikt": ledger.used,
            "hersteld": len(ledger.repaired),
            "afgekeurd": len(ledger.rejected),
            "buiten_gebied": ledger.outside,
        },
        "crs": None if operation is None else f"EPSG:{operation.epsg}",
        "transformatie": None if operation is None else operation.name,
        "nauwkeurigheid_m": None if operation is None or operation.accuracy_m != operation.accuracy_m
        else operation.accuracy_m,
        "dekking_pct": None if source.coverage is None else round(source.coverage, 1),
        "volledigheid_pct": {name: round(share, 1) for name, share in source.completeness.items()},
        "meldingen": [
            {
                "code": finding.code,
                "ernst": MESSAGES[finding.code].severity,
                "veld": finding.field,
                "waarde": finding.value,
                "rijen": finding.rows,
                "wat": describe(finding)[0],
                "doen": describe(finding)[1],
            }
            for finding in ledger.findings
        ],
    }  # fmt: skip
