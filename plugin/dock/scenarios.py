"""Named weights, kept beside the scenarios of the map in ``scenarios/`` of the wijk folder."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from ..arsenaal_gis.errors import WorkspaceError
from ..arsenaal_gis.keys import stable_id
from ..texts import tr

PATTERN = "gewichten_*.json"


def read_all(folder: Path, layer: str) -> dict[str, dict[str, float]]:
    """Weights by name of scenario of a ranked layer; files that are not such scenarios are passed over.

    Args:
        folder: The wijk folder.
        layer: Catalogue id of the ranked layer.
    """
    found = {}
    for path in sorted((folder / "scenarios").glob(PATTERN)):
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["laag"] == layer:
                found[str(kept["naam"])] = {str(k): float(v) for k, v in kept["gewichten"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def keep(folder: Path, layer: str, name: str, weights: Mapping[str, float]) -> Path:
    """Keep weights under a name; the same name again replaces them, whole or not at all.

    Raises:
        WorkspaceError: They cannot be written.
    """
    path = _path(folder, layer, name)
    kept = {"naam": name, "laag": layer, "gewichten": {k: round(v, 4) for k, v in weights.items()}}
    part = path.with_suffix(".deel")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise WorkspaceError(
            tr("The scenario could not be kept."), str(error), tr("Is the folder read-only?")
        ) from error
    return path


def forget(folder: Path, layer: str, name: str) -> None:
    """Delete the scenario of this name.

    Raises:
        WorkspaceError: It cannot be deleted.
    """
    try:
        _path(folder, layer, name).unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceError(
            tr("The scenario could not be deleted."), str(error), tr("Is the folder read-only?")
        ) from error


def _path(folder: Path, layer: str, name: str) -> Path:
    """One file per name, whatever signs the name has."""
    return folder / "scenarios" / f"gewichten_{stable_id('gewichten', layer, name)[:8]}.json"
