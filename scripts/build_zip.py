"""Assemble the installable plugin: the same tree gives the same bytes.

The folder ``arsenaal/`` of the zip holds the plugin, the library beside it and the data both read.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("metadata.txt", "LICENSE", "README.md", "CHANGELOG.md")
# Where each folder of the checkout stands inside arsenaal/.
FOLDERS = {"plugin": "", "arsenaal_gis": "arsenaal_gis", "layers": "layers", "styles": "styles"}
EPOCH = (2020, 1, 1, 0, 0, 0)
LRELEASE = ("lrelease", "/usr/lib/qt5/bin/lrelease")


def tree(folder: Path) -> Path:
    """Write the plugin as a folder and return it (``folder/arsenaal``); an older one is replaced."""
    target = folder / "arsenaal"
    shutil.rmtree(target, ignore_errors=True)
    for source, place in FOLDERS.items():
        for path in sorted((ROOT / source).rglob("*")):
            hidden = any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
            if path.is_file() and not hidden and path.suffix != ".pyc":
                copy = target / place / path.relative_to(ROOT / source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    for name in FILES:
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, target / name)
    (target / "i18n").mkdir()
    for path in sorted((ROOT / "i18n").glob("*.ts")):
        compiled = target / "i18n" / f"{path.stem}.qm"
        tool = next(name for name in LRELEASE if shutil.which(name))
        subprocess.run([tool, "-silent", path, "-qm", compiled], check=True)
    return target


def pack(target: Path, archive: Path) -> Path:
    """Zip the tree with sorted names, one timestamp and mode 0644, so that equal trees give equal bytes."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in sorted(target.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(target.parent).as_posix(), EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o100644 << 16
                entry.create_system = 3
                out.writestr(entry, path.read_bytes())
    return archive


def main() -> int:
    """Write build/arsenaal and dist/arsenaal.zip."""
    archive = pack(tree(ROOT / "build"), ROOT / "dist" / "arsenaal.zip")
    print(f"{archive.relative_to(ROOT)}  {archive.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
