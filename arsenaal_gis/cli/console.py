"""Progress on a terminal: a bar where rich is installed, plain lines otherwise."""

import sys
import time

try:
    from rich.console import Console as RichConsole
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
except ImportError:
    Progress = None


class Console:
    """The command line's :class:`~arsenaal_gis.progress.Progress`.

    Args:
        quiet: Say nothing (``--json``).
        verbose: Also show messages.
    """

    def __init__(self, quiet: bool = False, verbose: bool = False) -> None:
        self._quiet, self._verbose = quiet, verbose
        self._bar = self._task = None
        self._name, self._begin = "", 0.0
        if Progress is not None and sys.stderr.isatty() and not quiet:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TimeElapsedColumn(),
                console=RichConsole(stderr=True),
            )
            self._bar.start()

    def stage(self, name: str, total: float | None = None) -> None:
        """See :class:`~arsenaal_gis.progress.Progress`."""
        self._finish()
        self._name, self._begin = name, time.perf_counter()
        if self._bar is not None:
            self._task = self._bar.add_task(name, total=total)

    def advance(self, amount: float = 1.0) -> None:
        """See :class:`~arsenaal_gis.progress.Progress`."""
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, amount)

    def message(self, text: str) -> None:
        """See :class:`~arsenaal_gis.progress.Progress`."""
        if self._verbose and not self._quiet:
            print(f"  {text}", file=sys.stderr)

    def check(self) -> None:
        """Ctrl-C arrives as KeyboardInterrupt, so there is nothing to ask."""

    def _finish(self) -> None:
        if not self._name or self._quiet:
            return
        if self._bar is None:
            print(f"  {self._name} ({time.perf_counter() - self._begin:.1f} s)", file=sys.stderr)
        elif self._task is not None:
            self._bar.update(self._task, total=1, completed=1)
        self._name = ""

    def close(self) -> None:
        """End the last step and give the terminal back."""
        self._finish()
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
