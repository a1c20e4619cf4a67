"""A process that holds something of a wijk at hand, seen from the window: ask, and be told later."""

import json
from collections.abc import Sequence

from qgis.PyQt.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

from ..algorithms import child
from ..arsenaal_gis.errors import ArsenaalError, WorkspaceError
from ..compat import python
from ..texts import tr

# Last lines shown when the process dies.
LAST = 8


class ChildLink(QObject):
    """Asks one thing at a time; of what is asked meanwhile only the newest is kept.

    Signals:
        ready: All is at hand; carries what the reader has to know.
        answered: Number of the request and its answer.
        refused: An error of the library; the process lives on.
        died: The process ended by itself, with why.
    """

    ready = pyqtSignal(list)
    answered = pyqtSignal(int, dict)
    refused = pyqtSignal(int, object)
    died = pyqtSignal(object)

    def __init__(self, arguments: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._number = 0
        self._busy = True
        self._waiting: dict | None = None
        self._rest = b""
        self._error: ArsenaalError | None = None
        surroundings = QProcessEnvironment()
        for name, value in child.environment().items():
            surroundings.insert(name, value)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(surroundings)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._process.start(python(), ["-u", *arguments])

    def ask(self, request: dict) -> int:
        """Ask something; returns the number under which the answer comes."""
        self._number += 1
        self._waiting = {"number": self._number, **request}
        self._send()
        return self._number

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished()

    def _send(self) -> None:
        if self._waiting is not None and not self._busy:
            self._busy = True
            self._process.write(json.dumps(self._waiting).encode() + b"\n")
            self._waiting = None

    def _read(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput())).split(b"\n")
        for line in lines:
            if line.startswith(b"{"):
                self._told(json.loads(line))

    def _told(self, message: dict) -> None:
        self._busy = False
        error = ArsenaalError(*message["error"]) if "error" in message else None
        if "ready" in message:
            self.ready.emit(message["ready"])
        elif "number" not in message:
            self._error = error
        elif error is not None:
            self.refused.emit(message["number"], error)
        else:
            self.answered.emit(message["number"], message)
        self._send()

    def _finished(self, *_: object) -> None:
        said = bytes(self._process.readAllStandardError()).decode(errors="replace").splitlines()
        self.died.emit(
            self._error
            or WorkspaceError(
                tr("The computation stopped."),
                "\n".join(said[-LAST:]),
                tr("Start it again."),
            )
        )

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.died.emit(WorkspaceError(tr("Python could not be started."), self._process.errorString()))
