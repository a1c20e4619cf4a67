"""The main job on the practice wijk, then where every output lies, how large it is and how long it took."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARSENAAL = (Path(sys.executable).with_name("arsenaal"),)


def main(folder: Path) -> int:
    """Make the practice wijk once, run it, list what came out."""
    start = time.time()
    config = folder / "wijk.toml"
    if not config.is_file():
        subprocess.run([*ARSENAAL, "demo", str(folder)], check=True)
    made = time.time()
    status = subprocess.run([*ARSENAAL, "run", str(config)], check=False).returncode
    print(f"\nOutputs ({made - start:.1f} s practice wijk, {time.time() - made:.1f} s main job):")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_mtime >= made:
            print(f"  {path.stat().st_size / 1e6:8.2f} MB  {path}")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
