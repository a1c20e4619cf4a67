"""Write styles/kaart_<sheet>.qpt: the page templates of the printed maps (`make styles`)."""

import importlib
import re
import sys
import tempfile
from pathlib import Path
from xml.etree.ElementTree import canonicalize

from qgis.core import QgsApplication, QgsProject

from .build_zip import tree

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Draw every sheet and save it as a template."""
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, str(tree(Path(folder)).parent))
        template = importlib.import_module("arsenaal.maps.template")
        sheets = importlib.import_module("arsenaal.maps.sheets")
        portrait = importlib.import_module("arsenaal.maps.portrait")
        drawn = [(sheet, template.draw(QgsProject.instance(), sheet)) for sheet in sheets.SHEETS.values()]
        drawn += [
            (sheet, portrait.draw_portrait(QgsProject.instance(), sheet))
            for sheet in sheets.PORTRAIT.values()
        ]
        for sheet, layout in drawn:
            path = ROOT / "styles" / template.template_name(sheet)
            template.save(layout, path)
            path.write_text(settled(path.read_text(encoding="utf-8"), folder), encoding="utf-8")
    application.exitQgis()


def settled(text: str, folder: str) -> str:
    """The template without what differs from run to run: identifiers, order of attributes, this machine's folders."""
    numbers: dict[str, str] = {}
    text = re.sub(
        r"\{[0-9a-f]{8}-[0-9a-f-]{27}\}",
        lambda found: numbers.setdefault(found[0], f"{{00000000-0000-4000-8000-{len(numbers):012x}}}"),
        text,
    )
    text = re.sub(r'file="[^"]*noordpijl\.svg"', 'file="noordpijl.svg"', text)
    return canonicalize(text) + "\n"


if __name__ == "__main__":
    main()
