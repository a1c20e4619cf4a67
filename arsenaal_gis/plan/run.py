"""Making a plan: run the stages, write one folder, rename it once."""

import datetime
import json
import platform
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import pandas as pd

from .. import __version__
from ..catalogue import load
from ..errors import ConfigError, WorkspaceError
from ..gpkg import empty_frame, settle, write_layer
from ..progress import SILENT, Progress
from ..wijk import Plan, Wijk, lock
from .context import PlanContext
from .stages import STAGES

_LIBRARIES = ("numpy", "scipy", "pandas", "geopandas", "shapely", "pyproj", "pyogrio")


@dataclass
class PlanReport:
    """What a plan run did.

    Attributes:
        plan: The finished plan.
        peildatum: Its reference date.
        seconds: Wall time by stage.
        rows: Rows by layer.
        warnings: What the reader has to know, in Dutch.
    """

    plan: Plan
    peildatum: datetime.date
    seconds: dict[str, float] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def utc_moment() -> str:
    """The present moment in UTC as it names plans and copies: the only clock a plan reads."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def newest_date(wijk: Wijk) -> datetime.date:
    """The newest date in the sources: of the deliveries and of the rows in them.

    Raises:
        ConfigError: No source carries a date.
    """
    dates = [wijk.layer("bronnen")["datum"]]
    for layer in load().of_kind("input", "human"):
        if layer.id not in ("bronnen", "besluiten", "afstamming"):
            dates += [wijk.layer(layer.id)[name] for name in ("datum", "maand") if name in layer.fields]
    newest = pd.concat([column.dropna() for column in dates]).max() if dates else pd.NaT
    if pd.isna(newest):
        raise ConfigError("No source carries a date.", "wijk.toml [wijk]", "Add: peildatum = 2025-06-30.")
    return newest.date()


def make_plan(
    wijk: Wijk,
    moment: str,
    *,
    peildatum: datetime.date | None = None,
    only: Collection[str] = (),
    out: Path | None = None,
    progress: Progress = SILENT,
) -> PlanReport:
    """Run the stages and write ``plannen/<moment>/``.

    Args:
        wijk: The wijk, imported.
        moment: UTC moment; names the plan.
        peildatum: Reference date; by default that of ``wijk.toml``, else the newest date in the sources.
        only: Names of the stages to run; empty runs all.
        out: Folder for plans in place of ``plannen``.
        progress: Where to report.

    Raises:
        ConfigError: An unknown stage.
        WorkspaceError: Nothing was imported, or the folder cannot be written. No half plan is left behind.
    """
    unknown = sorted(set(only) - {stage.name for stage in STAGES})
    if unknown:
        raise ConfigError(
            f"There is no stage '{unknown[0]}'.",
            "--only",
            f"Stages: {', '.join(stage.name for stage in STAGES)}.",
        )
    peildatum = peildatum or wijk.config.peildatum or newest_date(wijk)
    plans = out or wijk.folder / "plannen"
    final, part = plans / moment, plans / f".{moment}.deel"
    if final.exists():
        raise WorkspaceError("There is a plan of this very second.", str(final), "Try again.")
    with lock(wijk.folder, "plan"):
        try:
            for leftover in plans.glob(".*.deel"):  # of a plan that was cancelled or killed
                shutil.rmtree(leftover, ignore_errors=True)
            part.mkdir(parents=True)
            report = _run_stages(wijk, Plan(final, moment), part, peildatum, only, progress)
            part.rename(final)
        except OSError as error:
            raise WorkspaceError(
                f"The plan could not be written: {error.strerror}.",
                str(plans),
                "Is the disk full or the folder read-only?",
            ) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return report


def _run_stages(
    wijk: Wijk, plan: Plan, part: Path, peildatum: datetime.date, only: Collection[str], progress: Progress
) -> PlanReport:
    context = PlanContext(wijk, peildatum, part, progress)
    report = PlanReport(plan, peildatum)
    if wijk.config.fictitious:
        context.warn("Fictieve oefendata: geen bestaande woning, persoon of feit.")
    for stage in STAGES:
        if only and stage.name not in only:
            continue
        progress.check()
        progress.stage(stage.title)
        begin = time.perf_counter()
        stage.run(context)
        report.seconds[stage.name] = time.perf_counter() - begin
    progress.stage("plan schrijven", len(context.results))
    begin = time.perf_counter()
    path = part / plan.gpkg.name
    tables = dict(context.results)
    tables["run"] = _run_row(wijk, plan.moment, peildatum, only, context.warnings)
    tables["bronnen"] = wijk.layer("bronnen").drop(columns="raster")
    for id, frame in tables.items():
        progress.check()
        layer = load().layer(id)
        write_layer(path, layer, frame if len(frame) else empty_frame(layer))
        report.rows[id] = len(frame)
        progress.advance()
    settle(path)
    report.seconds["schrijven"] = time.perf_counter() - begin
    report.warnings = context.warnings
    return report


def _run_row(
    wijk: Wijk, moment: str, peildatum: datetime.date, only: Collection[str], warnings: list[str]
) -> pd.DataFrame:
    versions = {"arsenaal_gis": __version__, "python": platform.python_version()}
    versions |= {name: metadata.version(name) for name in _LIBRARIES}
    settings = {section: dict(values) for section, values in wijk.settings.items()}
    return pd.DataFrame(
        {
            "run_id": [moment],
            "moment": [pd.Timestamp(moment).tz_localize(None)],
            "peildatum": [pd.Timestamp(peildatum)],
            "wijk": [wijk.config.name],
            "fictief": [wijk.config.fictitious],
            "stappen": [", ".join(s.name for s in STAGES if not only or s.name in only)],
            "versies": [json.dumps(versions, sort_keys=True)],
            "parameters": [json.dumps(settings, sort_keys=True, default=str, ensure_ascii=False)],
            "waarschuwingen": ["\n".join(warnings)],
        }
    )
