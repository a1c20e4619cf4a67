"""Steps inside a real QGIS window, one after another, while the window lives as it does for a user.

A step is a generator: it does something, yields what has to become true, and goes on. After each step stand a
picture, its seconds, and how long the event loop was kept waiting at most. Knows nothing of the plugin.
"""

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication

Step = Callable[[], Iterator[Callable[[], object]]]
# How often the loop is felt, and how often a wait is looked at, milliseconds.
BEAT, LOOK = 10, 50
# A step that waits longer for one thing has failed, seconds; planning on a busy machine takes a while.
PATIENCE = 240


class Heartbeat:
    """The longest that the event loop was kept waiting, in seconds of the clock and of this thread's processor.

    On a busy machine the clock also counts what others did; the processor's time counts only what blocked here.
    """

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.reset()
        self._timer.start(BEAT)

    def reset(self) -> None:
        """Forget what was, as between two steps."""
        self._clock, self._processor = time.perf_counter(), time.thread_time()
        self.blocked, self.busy = 0.0, 0.0

    def _beat(self) -> None:
        clock, processor = time.perf_counter(), time.thread_time()
        self.blocked = max(self.blocked, clock - self._clock - BEAT / 1000)
        self.busy = max(self.busy, processor - self._processor)
        self._clock, self._processor = clock, processor


class Walk:
    """Runs the steps, then writes ``walk.json`` and ends QGIS; the first step that fails is the last."""

    def __init__(self, steps: Sequence[Step], out: Path) -> None:
        self._steps, self._out = list(steps), out
        self._heart = Heartbeat()
        self._told: list[dict] = []
        self._running: Iterator | None = None
        self._inside = False
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK)

    def _look(self) -> None:
        if self._inside:  # a step that keeps a loop of its own, as a dialog does
            return
        self._inside = True
        try:
            self._go_on()
        except Exception:  # an exception here would open a dialog that nobody can close
            self._end(traceback.format_exc())
        finally:
            self._inside = False

    def _go_on(self) -> None:
        if self._running is None:
            self._begin()
        elif self._wanted():
            self._next()
        elif time.perf_counter() > self._until:
            raise AssertionError(f"{self._told[-1]['step']}: waited {PATIENCE} s in vain")

    def _begin(self) -> None:
        if not self._steps:
            self._end("")
            return
        step = self._steps.pop(0)
        self._told.append({"step": step.__name__})
        self._start, self._running = (time.perf_counter(), time.thread_time()), step()
        self._heart.reset()
        self._next()

    def _next(self) -> None:
        try:
            self._wanted = next(self._running)
            self._until = time.perf_counter() + PATIENCE
        except StopIteration as finished:
            self._running = None
            self._told[-1] |= {
                "seconds": round(time.perf_counter() - self._start[0], 2),
                "worked": round(time.thread_time() - self._start[1], 2),
                "blocked": round(self._heart.blocked, 3),
                "busy": round(self._heart.busy, 3),
                **(finished.value or {}),
            }
            self._picture(f"{len(self._told):02d}_{self._told[-1]['step']}")

    def _picture(self, name: str) -> None:
        """The screen as it stands, dialogs included."""
        QApplication.primaryScreen().grabWindow(0).save(str(self._out / f"{name}.png"))

    def _end(self, error: str) -> None:
        if error:
            self._picture("error")
        told = json.dumps({"steps": self._told, "error": error}, indent=1)
        (self._out / "walk.json").write_text(told, encoding="utf-8")
        QgsProject.instance().setDirty(False)
        os._exit(0)
