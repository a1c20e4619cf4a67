"""Commands on data: layers, demo, init, check, import, restore, lineage."""

import argparse
from pathlib import Path

import pandas as pd

from .. import catalogue, ingest
from ..errors import ConfigError, WorkspaceError
from ..gpkg import settle, write_layer
from ..plan import utc_moment
from ..wijk import ImportReport, Wijk, import_delivery, lock, replace_safely, reserve_copies, restore
from ..wijk.template import template
from .base import Command, Outcome, size, wijk_argument
from .console import Console


def _layers_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("layer", nargs="?", help="show the fields of this layer")
    parser.add_argument("--markdown", action="store_true", help="write the documentation page of all layers")


def _layers(args: argparse.Namespace, console: Console) -> Outcome:
    if args.markdown:
        return Outcome(catalogue.markdown(catalogue.load()).splitlines())
    if args.layer:
        layer = catalogue.load().layer(args.layer)
        lines = [
            f"{layer.id}: {layer.title['nl']} ({layer.kind}, {layer.geometry})",
            layer.description["nl"],
            "",
        ]
        for field in layer.fields.values():
            codes = f"  [{', '.join(field.codes)}]" if field.codes else ""
            unit = f" ({field.unit})" if field.unit else ""
            lines.append(
                f"  {field.name:28} {field.type:9} {field.privacy}  {field.title['nl']}{unit}{codes}"
            )
        summary = {"id": layer.id, "fields": {f.name: f.type for f in layer.fields.values()}}
        return Outcome(lines, summary)
    layers = sorted(catalogue.load().layers.values(), key=lambda layer: (layer.kind, layer.id))
    lines = [f"{layer.kind:7} {layer.id:26} {layer.geometry:16} {layer.title['nl']}" for layer in layers]
    return Outcome(lines, {"layers": [layer.id for layer in layers]})


LAYERS = Command(
    "layers",
    "List the layers of the catalogue, or the fields of one.",
    "Every layer is described once, in layers/<id>.toml: fields, types, codes, units, privacy class and source.",
    _layers_arguments,
    _layers,
)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where to write it")
    parser.add_argument("--wijk", default="arsenaal", help="which practice wijk (default: arsenaal)")
    parser.add_argument(
        "--seed", type=int, default=2800, help="the same seed gives the same bytes (default: 2800)"
    )


def _demo(args: argparse.Namespace, console: Console) -> Outcome:
    from .. import demo

    written = demo.write(args.folder, wijk=args.wijk, seed=args.seed, progress=console)
    lines = [
        f"Practice wijk '{args.wijk}' (fictieve oefendata) in {args.folder}: {len(written)} files, {size(args.folder)}."
    ]
    lines.append(f"Next: arsenaal run {args.folder}")
    return Outcome(lines, {"folder": str(args.folder), "files": [str(path) for path in written]})


DEMO = Command(
    "demo",
    "Write a fictitious practice wijk as delivered source files, with its wijk.toml.",
    "The files have the formats of the authorities, so that importing is truly exercised. No person or house is real.",
    _demo_arguments,
    _demo,
)


def _init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="the new wijk folder")
    parser.add_argument("--naam", default="Mijn wijk", help="name of the wijk")


def _init(args: argparse.Namespace, console: Console) -> Outcome:
    path = args.folder / "wijk.toml"
    if path.exists():
        raise ConfigError("There is a wijk.toml already.", str(path), "Edit it, or choose another folder.")
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(template(args.naam), encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(
            f"It cannot be written: {error.strerror}.", str(path), "Choose another folder."
        ) from error
    lines = [f"Wrote {path}. Fill in where each source lies, then: arsenaal check {args.folder}"]
    return Outcome(lines, {"wijk_toml": str(path)})


INIT = Command(
    "init",
    "Begin a wijk: write a commented wijk.toml.",
    "Every source and every setting stands in it as a comment, with its default and where that comes from.",
    _init_arguments,
    _init,
)


def _check(args: argparse.Namespace, console: Console) -> Outcome:
    report = ingest.check(Wijk.open(args.wijk), console)
    return Outcome(report.text().splitlines(), report.data(), report.exit_code)


CHECK = Command(
    "check",
    "Read every source, write nothing, and say honestly what is wrong.",
    "Per source: rows read, used, repaired and rejected, CRS and transformation with its accuracy, date, coverage of\n"
    "the wijk, completeness of each field, and what is wrong, where, and what to do. Exit code 0: usable, 1: unusable.",
    wijk_argument,
    _check,
)


def unusable(delivery: ingest.Delivery) -> Outcome | None:
    """The report as the outcome of a command that cannot go on, or None where the sources can be used."""
    if not delivery.report.exit_code:
        return None
    return Outcome([*delivery.report.text().splitlines(), "Nothing was changed."], delivery.report.data(), 1)


def import_lines(report: ImportReport) -> list[str]:
    """What an import changed, for a person."""
    lines = [f"{'layer':22} {'new':>7} {'changed':>8} {'gone':>7} {'equal':>7}"]
    for id, change in report.changes.items():
        if any(change.values()):
            lines.append(
                f"{id:22} {change['nieuw']:7} {change['gewijzigd']:8} {change['verdwenen']:7} {change['gelijk']:7}"
            )
    for id, count in report.vanished.items():
        if count:
            lines.append(
                f"! {count} rows of {id} refer to something that is gone: kept and flagged (arsenaal lineage)."
            )
    if report.path.name != "wijk.gpkg":
        lines.append(
            f"! Another program holds wijk.gpkg: the new content lies in {report.path}. Close it there and import again."
        )
    return lines


def _import(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    delivery = ingest.read(wijk, console)
    if stop := unusable(delivery):
        return stop
    report = import_delivery(wijk, delivery, utc_moment(), console)
    lines = [
        *delivery.report.text().splitlines(),
        "",
        *import_lines(report),
        "",
        f"{report.path} ({size(report.path)})",
    ]
    summary = {"path": str(report.path), "changes": report.changes, "vanished": report.vanished}
    return Outcome(lines, summary | {"report": delivery.report.data()})


IMPORT = Command(
    "import",
    "Bring wijk.gpkg up to date with the sources, all or nothing.",
    "Rows are updated by key; decisions and visits are kept. The last five versions stay in reserve/.",
    wijk_argument,
    _import,
)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument(
        "version", nargs="?", default="", help="part of the version's name; default: the newest"
    )
    parser.add_argument("--list", action="store_true", help="only list the versions")


def _restore(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    copies = [copy.stem.removeprefix("wijk_") for copy in reserve_copies(wijk.folder)]
    if args.list:
        return Outcome(copies or ["No earlier versions yet."], {"versions": copies})
    with lock(wijk.folder, "restore"):
        chosen = restore(wijk.folder, args.version, utc_moment())
    return Outcome(
        [f"Put back {chosen.name}; what was there before is in reserve/."], {"restored": str(chosen)}
    )


RESTORE = Command("restore", "Put an earlier version of wijk.gpkg back.", "", _restore_arguments, _restore)


def _lineage_arguments(parser: argparse.ArgumentParser) -> None:
    wijk_argument(parser)
    parser.add_argument("--confirm", metavar="OLD_KEY", default="", help="confirm where this key went")


def _lineage(args: argparse.Namespace, console: Console) -> Outcome:
    wijk = Wijk.open(args.wijk)
    lines = wijk.layer("afstamming")
    if args.confirm:
        rows = lines["oude_sleutel"].eq(args.confirm)
        if not rows.any():
            raise ConfigError(
                f"No lineage of '{args.confirm}' is known.", str(wijk.gpkg), "'arsenaal lineage' lists them."
            )
        lines.loc[rows, "status"] = "bevestigd"
        _rewrite(wijk, "afstamming", lines)
        return Outcome(
            [f"Confirmed; the next import moves what was said of {args.confirm}."],
            {"confirmed": args.confirm},
        )
    shown = lines[["laag", "oude_sleutel", "nieuwe_sleutel", "aandeel", "status"]]
    text = (
        shown.to_string(index=False).splitlines() if len(shown) else ["No key has split, merged or vanished."]
    )
    return Outcome(text, {"lineage": shown.astype(object).where(shown.notna(), None).to_dict("records")})


def _rewrite(wijk: Wijk, id: str, frame: pd.DataFrame) -> None:
    """Replace one table of ``wijk.gpkg``, all or nothing."""
    moment = utc_moment()
    part = wijk.folder / f".wijk_{moment}.gpkg"
    with lock(wijk.folder, "lineage"):
        part.write_bytes(wijk.gpkg.read_bytes())
        write_layer(part, catalogue.load().layer(id), frame)
        settle(part)
        replace_safely(part, wijk.gpkg, moment)


LINEAGE = Command(
    "lineage",
    "Show keys that split, merged or vanished; confirm where they went.",
    "Decisions on a vanished key are kept and flagged, and move only after you confirm.",
    _lineage_arguments,
    _lineage,
)
