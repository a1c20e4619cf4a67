"""Bring i18n/arsenaal_nl.ts up to date with the source (`make translations`).

Every ``tr("…")`` and ``mark("…")`` of the plugin is listed; Dutch that stands there is kept, what nobody
uses any more is dropped, what is new waits as unfinished. A test refuses unfinished ones.
"""

import ast
import sys
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, parse, tostring

ROOT = Path(__file__).resolve().parent.parent
TS = ROOT / "i18n" / "arsenaal_nl.ts"
CONTEXT = "Arsenaal"


def sources(folder: Path) -> list[str]:
    """Every text marked for translation, in order of file and line."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("tr", "mark")
            ):
                argument = node.args[0]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found[argument.value] = None
    return list(found)


def known(path: Path) -> dict[str, str]:
    """Finished translations by source text."""
    if not path.exists():
        return {}
    messages = parse(path).getroot().iter("message")
    return {m.findtext("source"): m.findtext("translation") for m in messages if m.findtext("translation")}


def document(texts: list[str], dutch: dict[str, str]) -> str:
    """The TS file."""
    root = Element("TS", version="2.1", language="nl", sourcelanguage="en")
    context = SubElement(root, "context")
    SubElement(context, "name").text = CONTEXT
    for text in texts:
        message = SubElement(context, "message")
        SubElement(message, "source").text = text
        translation = SubElement(message, "translation")
        translation.text = dutch.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    indent(root, " ")
    return f"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE TS>\n{tostring(root, encoding='unicode')}\n"


def main() -> int:
    """Write the file; say what still has no Dutch."""
    texts, dutch = sources(ROOT / "plugin"), known(TS)
    TS.write_text(document(texts, dutch), encoding="utf-8")
    open_ones = [text for text in texts if text not in dutch]
    print(f"{len(texts)} texts, {len(open_ones)} without Dutch", *open_ones, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
