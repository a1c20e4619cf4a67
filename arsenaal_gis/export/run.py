"""One file for the city's data warehouse, per tier."""

import contextlib
import dataclasses
import datetime
import hashlib
import itertools
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyproj

from .. import __version__
from ..catalogue import Layer, load
from ..errors import ReleaseRefused, WorkspaceError
from ..gpkg import CRS, layer_names, settle
from ..plan import latest_plan
from ..privacy import Finding, Ledger, Release, Rows, locate, release
from ..progress import SILENT, Progress
from ..wijk import Plan, Wijk, reserve_copies
from .contract import VERSION, exported, schema_hash
from .dcat import DCAT_URI, dcat
from .describe import describe
from .facts import Facts
from .geopackage import Row, add_table, located, replacing, replacing_folder, rows_of
from .history import changed_rows, valid_rows, with_history
from .iso import ISO_URI, iso19139
from .open_data import write_open_data

TIERS = ("P1", "P2", "P3")
_FACTS = ("woningen", "adressen", "straten", "sectoren")


@dataclasses.dataclass
class ExportReport:
    """What an export did.

    Attributes:
        path: The GeoPackage.
        tier: Its tier.
        rows: Rows by table.
        findings: What was held back, why, how many rows.
        files: Every file written.
    """

    path: Path
    tier: str
    rows: dict[str, int] = dataclasses.field(default_factory=dict)
    findings: list[Finding] = dataclasses.field(default_factory=list)
    files: list[Path] = dataclasses.field(default_factory=list)


def run(
    wijk: Wijk,
    tier: str = "P1",
    target: Path | None = None,
    *,
    plan: str = "",
    changes_since: str = "",
    unit: str = "",
    role: str = "gis",
    secret: bytes = b"",
    progress: Progress = SILENT,
) -> ExportReport:
    """Write the export of a wijk at a tier.

    Everything passes through :func:`arsenaal_gis.privacy.release`; what it refuses is left out and named in the
    manifest. Results come from one plan. In P3 the same tables also appear as GeoJSON, CSV and, where GDAL can,
    GeoParquet, with linked data, in a folder beside the file.

    Args:
        wijk: The wijk.
        tier: ``P1``, ``P2`` or ``P3``.
        target: File to write; ``uitvoer/<wijk>_<tier>.gpkg`` in the wijk folder by default.
        plan: Moment of the plan (or its beginning); the newest by default.
        changes_since: Moment of an earlier plan: only what is new, changed or gone since then.
        unit: Unit of counts, see ``release``.
        role: For the access log.
        secret: Key for pseudonyms and noise.
        progress: Told of the tables; may stop the work.

    Returns:
        What was written and what was held back.

    Raises:
        ReleaseRefused: P0, or nothing may leave.
        WorkspaceError: There is no such plan, or the file cannot be written; an earlier file stays as it was.
    """
    if tier not in TIERS:
        raise ReleaseRefused(
            f"Niveau {tier} kan niet geëxporteerd worden.", "export", f"Kies uit {', '.join(TIERS)}."
        )
    if changes_since and tier != "P1":
        raise ReleaseRefused(
            "Wijzigingen per rij bestaan alleen op niveau P1.", "export", "Exporteer P2 en P3 volledig."
        )
    chosen = latest_plan(wijk, plan)
    tables = _tables(wijk, chosen)
    day = _day(chosen)
    progress.stage("vrijgave nagaan")
    places = None
    if tier != "P1":
        places = locate({id: tables[id].frame() for id in _FACTS if id in tables})
    leaving = release(
        tables,
        tier,
        Ledger.of(wijk.folder),
        places=places,
        settings=wijk.settings["privacy"],
        unit=unit,
        peildatum=day,
        role=role,
        destination="export",
        secret=secret,
        partial=True,
    )
    earlier = _tables_at(wijk, latest_plan(wijk, changes_since)) if changes_since else None
    name = "_".join(filter(None, wijk.config.id.split("_")))
    path = target or wijk.folder / "uitvoer" / f"{name}_{tier}{'_wijzigingen' if changes_since else ''}.gpkg"
    report = ExportReport(path, tier, findings=list(leaving.findings), files=[path])
    progress.stage("tabellen schrijven", sum(len(table) for _, table in leaving.layers.values()))
    with contextlib.ExitStack() as stack:
        folder = path.with_suffix("")
        aside = stack.enter_context(replacing_folder(folder)) if tier == "P3" else None
        part = stack.enter_context(replacing(path))
        written = _write(part, leaving, earlier, day, wijk, report, progress)
        facts = _facts(wijk, tier, day, part, written, tables)
        _manifest(part, leaving, written, report, wijk, chosen, day, tables, changes_since)
        describe(
            part,
            written,
            [
                (ISO_URI, "text/xml", iso19139(facts)),
                (
                    DCAT_URI,
                    "application/ld+json",
                    dcat(facts, [(path.name, "application/geopackage+sqlite3")]),
                ),
            ],
        )
        settle(part)
        if aside is not None:
            write_open_data(part, path.name, written, facts, aside, progress)
    if tier == "P3":
        report.files += sorted(folder.iterdir())
    return report


def _write(
    part: Path,
    leaving: Release,
    earlier: dict[str, Rows] | None,
    day: datetime.date,
    wijk: Wijk,
    report: ExportReport,
    progress: Progress,
) -> list[Layer]:
    """All tables that have rows; their descriptions, in the order of the file."""
    written = []
    for id, (layer, table) in sorted(leaving.layers.items()):
        words = {language: f"{report.tier}. {text}" for language, text in layer.description.items()}
        full = dataclasses.replace(with_history(layer), description=words)
        rows: Iterable[Row] = rows_of(table, layer)
        if earlier is not None:
            old = rows_of(earlier[id].only(list(layer.fields)), layer) if id in earlier else ()
            rows = changed_rows(old, rows, layer, day, wijk.settings["export"])
        else:
            rows = valid_rows(rows, layer, day)
        bare: list[Row] = []
        rows = iter(located(rows, bare) if layer.spatial else rows)
        first = next(rows, None)
        if first is not None:
            report.rows[id] = add_table(part, full, itertools.chain([first], rows), progress)
            written.append(full)
        if bare:
            report.findings.append(Finding(id, "weggelaten", "rijen zonder ligging", len(bare)))
        elif first is None:
            report.findings.append(Finding(id, "weggelaten", "niets gewijzigd", 0))
    if not written:
        raise WorkspaceError(
            "Er is niets om te exporteren.", str(report.path), "Er is sindsdien niets gewijzigd."
        )
    return written


def _tables(wijk: Wijk, plan: Plan) -> dict[str, Rows]:
    """Every layer that the catalogue lets out, where it lies: results in the plan, the rest in ``wijk.gpkg``."""
    return _found(wijk.gpkg, plan.gpkg)


def _tables_at(wijk: Wijk, plan: Plan) -> dict[str, Rows]:
    """The same at the moment of an earlier plan: the first copy set aside after it held the inputs it saw."""
    later = [copy for copy in reserve_copies(wijk.folder) if copy.stem.removeprefix("wijk_") > plan.moment]
    return _found(later[0] if later else wijk.gpkg, plan.gpkg)


def _found(inputs: Path, results: Path) -> dict[str, Rows]:
    present = {inputs: set(layer_names(inputs)), results: set(layer_names(results))}
    tables = {}
    for layer in exported(load()):
        path = results if layer.kind == "result" or layer.id == "bronnen" else inputs
        if layer.id in present[path]:
            tables[layer.id] = Rows(path, layer)
    return tables


def _day(plan: Plan) -> datetime.date:
    return pd.Timestamp(plan.layer("run")["peildatum"].iloc[0]).date()


def _facts(
    wijk: Wijk, tier: str, day: datetime.date, part: Path, written: list[Layer], tables: dict[str, Rows]
) -> Facts:
    with contextlib.closing(sqlite3.connect(part)) as database:
        west, south, east, north = database.execute(
            "SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM gpkg_contents WHERE data_type = 'features'"
        ).fetchone()
    operation = pyproj.transformer.TransformerGroup(CRS, "EPSG:4326", always_xy=True).transformers[0]
    bounds = (0.0, 0.0, 0.0, 0.0) if west is None else operation.transform_bounds(west, south, east, north)
    sources = tables["bronnen"].frame() if "bronnen" in tables else pd.DataFrame(columns=["naam", "datum"])
    named = sorted(
        {
            f"{n} ({d:%Y-%m-%d})" if pd.notna(d) else str(n)
            for n, d in zip(sources["naam"], sources["datum"], strict=True)
        }
    )
    settings = wijk.settings["export"]
    lineage = (
        f"Berekend met arsenaal_gis {__version__} in EPSG:31370. Grenzen in graden omgezet met '{operation.description}', "
        f"nauwkeurigheid {operation.accuracy:g} m."
    )
    licence = settings["licentie_p3"] if tier == "P3" else "intern gebruik"
    return Facts(
        wijk.config.name,
        tier,
        day,
        written,
        tuple(round(b, 6) for b in bounds),
        named,
        lineage,  # type: ignore[arg-type]
        settings["uitgever"],
        settings["contact"],
        licence,
        wijk.config.fictitious,
    )


def _manifest(
    part: Path,
    leaving: Release,
    written: list[Layer],
    report: ExportReport,
    wijk: Wijk,
    plan: Plan,
    day: datetime.date,
    tables: dict[str, Rows],
    changes_since: str,
) -> None:
    """One row per table: rows, checksums, and what they were made from; what was held back stands in it too."""
    run_row = plan.layer("run").iloc[0]
    sources = tables["bronnen"].frame() if "bronnen" in tables else pd.DataFrame()
    inputs = [{"laag": r.laag, "bestand": r.naam, "sha256": r.sha256} for r in sources.itertuples()]
    common: dict[str, Any] = {
        "niveau": report.tier,
        "contract_versie": VERSION,
        "plan": plan.moment,
        "peildatum": day.isoformat(),
        "sinds_plan": latest_plan(wijk, changes_since).moment if changes_since else None,
        "vrijgave_id": leaving.id,
        "software": f"arsenaal_gis {__version__}",
        "versies": run_row["versies"],
        "parameters": json.dumps(dict(wijk.settings["privacy"]), ensure_ascii=False, sort_keys=True),
        "bronnen": json.dumps(inputs, ensure_ascii=False, default=str),
    }
    described = {layer.id: layer for layer in written}
    rows = []
    for id in sorted({*described, *(f.layer for f in report.findings)}):
        layer = described.get(id)
        notes = "; ".join(f"{f.action}: {f.reason} ({f.rows})" for f in report.findings if f.layer == id)
        rows.append(
            {
                "laag": id,
                "rijen": report.rows.get(id, 0),
                "schema_sha256": schema_hash(layer) if layer else None,
                "inhoud_sha256": _digest(part, id) if layer else None,
                "opmerking": notes,
                **common,
            }
        )
    layer = load().layer("export_manifest")
    written.append(layer)
    add_table(part, layer, rows_of(pd.DataFrame(rows), layer))


def _digest(part: Path, id: str) -> str:
    """SHA-256 over the row checksums of a table, in the order of its rows."""
    total = hashlib.sha256()
    with contextlib.closing(sqlite3.connect(part)) as database:
        for (value,) in database.execute(f'SELECT rij_hash FROM "{id}" ORDER BY fid'):
            total.update(value.encode())
    return total.hexdigest()
