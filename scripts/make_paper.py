"""Make the pictures of docs/maps, the pages on paper: ``python -m scripts.make_paper``.

Needs a planned practice wijk in build/oefenwijk (make run) and QGIS.
"""

import datetime
import importlib
import sys
import tempfile
from pathlib import Path

from PIL import Image
from qgis.core import QgsApplication

from .build_zip import tree

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "maps"
# What each run prints, and the page that becomes a picture.
A3 = {
    "hitte_dag": "hitte_dag_A3", "indicatoren": "indicatoren_A3", "keuze": "keuze_A3", "renovatie": "renovatie_A3",
    "verharding": "verharding_A3", "verharding_grijs": "verharding_A3_grijs",
}  # fmt: skip
CARDS = {
    "fiche": ("fiches", "fiche_002"),
    "bouwblok": ("bouwblokken", "bouwblok_001"),
    "straat": ("straten", "straat_002"),
}
ACROSS, SMALL = 4, (552, 390)
A3_DPI, A4_DPI, A5_DPI = 75, 80, 100


def main() -> int:
    """Print, and put the pictures in their place."""
    application = QgsApplication([], True)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        sys.path.insert(0, str(tree(out / "plugin").parent))
        maps = importlib.import_module("arsenaal.maps")

        def run(**wanted: object) -> dict[str, Path]:
            job = maps.MapJob(ROOT / "build" / "oefenwijk", out, datetime.date.today(), **wanted)
            return {path.stem: path for path in maps.make_maps(job).files if path.suffix == ".png"}

        series = run(grey=True, png_dpi=A3_DPI)
        for name, ending in A3.items():
            put(next(path for stem, path in series.items() if stem[3:] == ending), name)
        overview([path for stem, path in series.items() if stem.endswith("_A3")]).save(
            PICTURES / "reeks.png", optimize=True
        )
        for name, (product, card) in CARDS.items():
            put(run(products=(product,), cards=(card,), png_dpi=A4_DPI)[card], name)
        put(next(iter(run(products=("rondes",), sheets=("A5",), png_dpi=A5_DPI).values())), "ronde")
        application.exitQgis()
    return 0


def put(page: Path, name: str) -> None:
    """Keep a page as a picture of at most 256 colours."""
    Image.open(page).convert("RGB").quantize(256).save(PICTURES / f"{name}.png", optimize=True)
    print(f"{name}.png  {(PICTURES / f'{name}.png').stat().st_size / 1e3:.0f} kB")


def overview(pages: list[Path]) -> Image.Image:
    """All pages of the series on one picture."""
    rows = -(-len(pages) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (SMALL[0] + 8) - 8, rows * (SMALL[1] + 8) - 8), "#777777")
    for number, page in enumerate(pages):
        small = Image.open(page).convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
        sheet.paste(small, ((number % ACROSS) * (SMALL[0] + 8), (number // ACROSS) * (SMALL[1] + 8)))
    return sheet.quantize(256)


if __name__ == "__main__":
    sys.exit(main())
