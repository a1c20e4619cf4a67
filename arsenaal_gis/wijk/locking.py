"""One worker at a time: a lock file that says who holds the wijk, since when and for what."""

import contextlib
import datetime
import getpass
import json
import os
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..errors import WorkspaceError

NAME = "wijk.slot"


@contextlib.contextmanager
def lock(folder: Path, work: str) -> Iterator[None]:
    """Hold the wijk folder while changing it.

    The file is made with an exclusive create, which also holds on network drives. A lock that a dead process of
    this machine left behind is taken over.

    Args:
        folder: The wijk folder.
        work: What for, e.g. ``"import"``; shown to whoever has to wait.

    Raises:
        WorkspaceError: Another process holds it, or the folder cannot be written.
    """
    path = folder / NAME
    for _ in range(2):
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            break
        except FileExistsError:
            _refuse_or_clear(path)
        except OSError as error:
            raise WorkspaceError(
                f"The wijk folder cannot be written: {error.strerror}.", str(folder), "Ask for write access."
            ) from error
    else:
        raise WorkspaceError("Another process took the wijk at the same moment.", str(path), "Try again.")
    holder = {
        "wie": getpass.getuser() if os.environ.get("USER") or os.name == "nt" else str(os.getuid()),
        "machine": socket.gethostname(),
        "proces": os.getpid(),
        "sinds": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "werk": work,
    }
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(holder, file)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _refuse_or_clear(path: Path) -> None:
    """Remove the lock of a dead process on this machine; refuse for any other holder."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        # Its maker was killed between creating and filling it, or is filling it now.
        raise WorkspaceError(
            "The lock on the wijk cannot be read.",
            str(path),
            "Remove this file if nobody is working on the wijk.",
        ) from None
    if holder.get("machine") == socket.gethostname() and not _alive(int(holder.get("proces", 0))):
        path.unlink(missing_ok=True)
        return
    raise WorkspaceError(
        f"{holder.get('wie')} on {holder.get('machine')} holds the wijk since {holder.get('sinds')} for {holder.get('werk')}.",
        str(path),
        "Wait until that is done; remove this file only if it surely is not running.",
    )


def _alive(process: int) -> bool:
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def held_elsewhere(path: Path) -> bool:
    """Whether another program, such as QGIS, has the GeoPackage open.

    A connection in write-ahead mode shows as a refusal to leave that mode; any other as a refused exclusive lock.
    """
    if not path.exists():
        return False
    database = sqlite3.connect(path, timeout=0.0, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("BEGIN EXCLUSIVE")
        database.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False  # not a database: whoever reads it says so
    finally:
        database.close()
    return False
