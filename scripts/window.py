"""Start QGIS in a window of its own, on a clean profile, and let journey.py click through it."""

import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INI = "[app]\naskToSaveMemoryLayers=false\n\n[locale]\nuserLocale=nl\noverrideFlag=true\n"
# After so many seconds it is stopped; on a busy machine the whole journey takes minutes.
LONGEST = 1200
SETTINGS = Path("profiles", "default")


def journey(archive: Path, wijk: Path, out: Path, profile: Path, steps: Sequence[str] = ()) -> dict:
    """Walk ``journey.py`` in a clean profile.

    Args:
        archive: The plugin's zip.
        wijk: Folder copied to where the plugin keeps the practice wijk.
        out: Folder for pictures and ``walk.json``; made anew.
        profile: Folder for the profile; made anew.
        steps: Names of the steps; empty takes all.

    Returns:
        ``steps`` (name, ``seconds`` of the clock, ``worked`` by the window's own thread, the longest that the
        event loop was kept waiting by the clock, ``blocked``, and by the processor, ``busy``) and ``error``.

    Raises:
        RuntimeError: QGIS ended without telling anything.
    """
    for folder in (out, profile):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(wijk, profile / SETTINGS / "arsenaal" / "oefenwijk")
    (profile / SETTINGS / "QGIS").mkdir()
    (profile / SETTINGS / "QGIS" / "QGIS3.ini").write_text(INI)
    out.mkdir(parents=True, exist_ok=True)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "QGIS_PLUGINPATH")
    }
    run = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", "qgis", "--nologo", "--noversioncheck",
         "--profiles-path", profile, "--code", ROOT / "scripts" / "journey.py"],
        env=environment | {
            "PYTHONPATH": sysconfig.get_path("purelib"), "ARSENAAL_SCRIPTS": str(ROOT / "scripts"),
            "ARSENAAL_ZIP": str(archive), "ARSENAAL_OUT": str(out.resolve()), "ARSENAAL_STEPS": " ".join(steps),
        },
        capture_output=True, text=True, check=False, timeout=LONGEST,
    )  # fmt: skip
    told = out / "walk.json"
    if not told.exists():
        raise RuntimeError(run.stderr[-2000:])
    return json.loads(told.read_text(encoding="utf-8"))
