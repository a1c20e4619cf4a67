"""How a process of ours talks to the one that started it: lines, read by algorithms/child.py; knows nothing of QGIS."""

import json
import sys


def say(text: str) -> None:
    """One line to whoever started this."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def result(value: dict) -> None:
    """What came out of it; said once."""
    say("@result " + json.dumps(value))


class Lines:
    """Progress as lines: shares for the bar, the rest to read."""

    def __init__(self) -> None:
        self._total: float | None = None
        self._done = 0.0

    def stage(self, name: str, total: float | None = None) -> None:
        """Begin a named step."""
        self._total, self._done = total, 0.0
        say(name)
        say("@share 0")

    def advance(self, amount: float = 1.0) -> None:
        """Say that more of the step is done."""
        self._done += amount
        if self._total:
            say(f"@share {self._done / self._total:.3f}")

    def message(self, text: str) -> None:
        """Pass on a line."""
        say(text)

    def check(self) -> None:
        """Cancelling ends the process, so there is nothing to ask."""
