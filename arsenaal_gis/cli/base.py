"""What a command is, and arguments that many commands share."""

import argparse
import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .console import Console


@dataclass
class Outcome:
    """How a command ended.

    Attributes:
        lines: Text for a person.
        summary: The same for a machine (``--json``).
        code: Exit code.
    """

    lines: list[str] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    code: int = 0


@dataclass(frozen=True)
class Command:
    """One command of ``arsenaal``."""

    name: str
    summary: str
    manual: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Console], Outcome]


def wijk_argument(parser: argparse.ArgumentParser) -> None:
    """The wijk folder or its ``wijk.toml``."""
    parser.add_argument("wijk", type=Path, help="the wijk folder or its wijk.toml")


def iso_date(text: str) -> datetime.date:
    """A date argument."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2025-06-30") from None


def size(path: Path) -> str:
    """Size of a file or folder for a person."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    amount = float(sum(p.stat().st_size for p in files))
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
