"""Make the pictures of docs/img that show QGIS, and those of the help: ``python -m scripts.make_screenshots [scene ...]``.

Needs a planned practice wijk in build/oefenwijk (make run), xvfb and QGIS.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# A plugin that cannot be imported opens a dialog that nobody closes, seconds.
PATIENCE = 600
ROOT = Path(__file__).resolve().parent.parent
# Where the pictures of each folder go.
PLACES = {"pictures": ROOT / "docs" / "img", "help": ROOT / "plugin" / "help" / "img"}


def main(scenes: list[str]) -> int:
    """Play the scenes in a real window without a screen, and put the pictures in their place."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pictures"
        subprocess.run(
            [
                "xvfb-run", "-a", "-s", "-screen 0 1600x1000x24",
                "sh", ROOT / "scripts" / "open_qgis.sh", ROOT / "build" / "oefenwijk", Path(folder) / "profiel",
            ],
            env={
                **{name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
                "ARSENAAL_CODE": str(ROOT / "scripts" / "screenshot_scenes.py"),
                "ARSENAAL_DOCS": str(ROOT / "docs"),
                "ARSENAAL_SCENES": str(out),
                "ARSENAAL_ONLY": ",".join(scenes),
            },
            check=False,
            timeout=PATIENCE,
        )  # fmt: skip
        error = (out / "error.txt").read_text(encoding="utf-8")
        for picture in sorted(out.rglob("*.png")):
            place = PLACES[picture.parent.name]
            place.mkdir(exist_ok=True)
            shutil.copyfile(picture, place / picture.name)
            print(f"{picture.name}  {picture.stat().st_size / 1e3:.0f} kB")
    if error:
        print(error, file=sys.stderr)
    return 1 if error else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
