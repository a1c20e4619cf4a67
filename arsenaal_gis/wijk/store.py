"""Changing ``wijk.gpkg`` all or nothing, keeping the last five versions."""

import contextlib
import os
import shutil
from pathlib import Path

from ..errors import WorkspaceError
from .locking import held_elsewhere

KEEP = 5


def replace_safely(new: Path, target: Path, moment: str) -> Path:
    """Put a finished file in the place of ``target``; the old one goes to ``reserve/``.

    Args:
        new: The finished file, in the same folder.
        target: ``wijk.gpkg``.
        moment: UTC moment, names the copy of the old version.

    Returns:
        Where the new content lies: ``target``, or ``wijk.nieuw.gpkg`` beside it where another program holds the old file.
    """
    _flush(new)
    beside = target.with_name(f"{target.stem}.nieuw{target.suffix}")
    if held_elsewhere(target):
        os.replace(new, beside)
        return beside
    if target.exists():
        _keep(target, moment)
    try:
        os.replace(new, target)
    except PermissionError:  # Windows refuses to replace a file that is open
        os.replace(new, beside)
        return beside
    beside.unlink(missing_ok=True)
    return target


def _flush(path: Path) -> None:
    """Have the bytes on the disk before the name changes hands."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _keep(target: Path, moment: str) -> None:
    folder = target.parent / "reserve"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{target.stem}_{moment}{target.suffix}"
    part = copy.with_suffix(".deel")
    shutil.copyfile(target, part)
    os.replace(part, copy)
    for old in reserve_copies(target.parent)[:-KEEP]:
        with contextlib.suppress(OSError):
            old.unlink()


def reserve_copies(folder: Path) -> list[Path]:
    """Earlier versions of ``wijk.gpkg``, oldest first."""
    return sorted((folder / "reserve").glob("wijk_*.gpkg"))


def restore(folder: Path, version: str, moment: str) -> Path:
    """Put an earlier version back; the present one goes to ``reserve/`` first.

    Args:
        folder: The wijk folder.
        version: Part of the copy's name, or empty for the newest.
        moment: UTC moment, names the copy of the present version.

    Returns:
        The copy that was put back.

    Raises:
        WorkspaceError: There is no such version, or another program holds the file.
    """
    copies = [copy for copy in reserve_copies(folder) if version in copy.stem]
    if not copies:
        known = ", ".join(copy.stem for copy in reserve_copies(folder)) or "none"
        raise WorkspaceError(
            f"There is no earlier version '{version}'.", str(folder / "reserve"), f"Known: {known}."
        )
    chosen = copies[-1]
    part = folder / "wijk.gpkg.deel"
    shutil.copyfile(chosen, part)
    if replace_safely(part, folder / "wijk.gpkg", moment).name != "wijk.gpkg":
        raise WorkspaceError(
            "Another program holds wijk.gpkg.",
            str(folder),
            "Close it there; the version now lies in wijk.nieuw.gpkg.",
        )
    return chosen
