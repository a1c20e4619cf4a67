"""The map series: every theme on every sheet asked for, one failing page never taking the others with it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsProject

from ..arsenaal_gis.errors import ArsenaalError, Cancelled
from ..arsenaal_gis.plan import latest_plan
from ..arsenaal_gis.progress import SILENT, Progress
from ..arsenaal_gis.report import Theme, page_text, printable, themes
from ..arsenaal_gis.report.figures import indicator_table, key_figures
from ..arsenaal_gis.wijk import Plan, Wijk
from .cards import MAKERS, make_cards
from .export import describe, to_pdf, to_png
from .job import MapJob, Produced
from .page import Page, fill
from .scene import Scene
from .sheets import SHEETS, Sheet
from .template import from_template


def make_maps(job: MapJob, progress: Progress = SILENT) -> Produced:
    """Print the series.

    Raises:
        ArsenaalError: Nothing at all can be printed, and why.
    """
    wijk = Wijk.open(job.wijk)
    plan = latest_plan(wijk, job.plan)
    chosen = [theme for theme in themes() if job.themes in ((), None) or theme.id in job.themes]
    produced = Produced()
    job.out.mkdir(parents=True, exist_ok=True)
    if "kaarten" in job.products:
        _make_series(job, wijk, plan, chosen, produced, progress)
    for kind in MAKERS:
        if kind in job.products:
            make_cards(job, wijk, plan, kind, produced, progress)
    return produced


def _make_series(
    job: MapJob, wijk: Wijk, plan: Plan, chosen: Sequence[Theme], produced: Produced, progress: Progress
) -> None:
    """Print the themes on every sheet asked for."""
    with tempfile.TemporaryDirectory() as scratch:
        gpkg = Path(scratch) / "kaarten.gpkg"
        let_go = printable(wijk, plan, gpkg, chosen, progress)
        produced.held_back = [f"{f.layer}: {f.action}, {f.reason} ({f.rows})" for f in let_go.findings]
        figures = key_figures(let_go, job.language)
        tables = (
            {"indicatoren": indicator_table(let_go.layers["indicatoren"][1], job.language)}
            if "indicatoren" in let_go.layers
            else {}
        )
        sheets = [SHEETS[id] for id in job.sheets]
        progress.stage("kaarten", len(chosen) * len(sheets) * (1 + job.grey))
        for grey in (False, True) if job.grey else (False,):
            project = QgsProject()
            project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
            scene = Scene(project, gpkg, plan, job.language, grey)
            pages = [
                (theme, layers)
                for theme in chosen
                if (layers := scene.of(theme))
                and (tables.get(theme.table) or {theme.raster, *theme.layers} & set(layers))
            ]
            _name_the_missing(chosen, pages, produced)
            for sheet in sheets:
                for number, (theme, layers) in enumerate(pages, 1):
                    progress.check()
                    name = f"{number:02}_{theme.id}_{sheet.id}{'_grijs' if grey else ''}"
                    try:
                        produced.files += _print(
                            job,
                            wijk,
                            plan,
                            project,
                            sheet,
                            theme,
                            layers,
                            figures,
                            tables,
                            number,
                            len(pages),
                            name,
                        )
                    except Cancelled:
                        raise
                    except ArsenaalError as error:
                        produced.failed.append((name, str(error)))
                    progress.advance()
            project.clear()


def _name_the_missing(
    chosen: Sequence[Theme], pages: Sequence[tuple[Theme, dict]], produced: Produced
) -> None:
    there = {theme.id for theme, _ in pages}
    for theme in chosen:
        reason = "Geen gegevens voor deze kaart: het plan heeft ze niet, of ze mogen niet getoond worden."
        if theme.id not in there and (theme.id, reason) not in produced.failed:
            produced.failed.append((theme.id, reason))


def _print(
    job: MapJob, wijk: Wijk, plan: Plan, project: QgsProject, sheet: Sheet, theme: Theme, layers: dict, figures: dict[str, str], tables: dict,
    number: int, count: int, name: str,
) -> list[Path]:  # fmt: skip
    text = page_text(
        wijk, plan, theme, list(layers), today=job.today, organisation=job.organisation, language=job.language
    )
    boundary = layers["wijkgrens"].extent()
    layout = from_template(project, sheet, wijk.folder)
    layout.setName(name)
    practice = {"nl": "fictieve oefendata", "en": "fictitious practice data"}[job.language]
    page = Page(
        text, layers, theme.legend, boundary, boundary, figures.get(theme.id, ""), tables.get(theme.table, ()), number, count, job.status,
        practice if wijk.config.fictitious else "", job.language,
    )  # fmt: skip
    fill(layout, sheet, page)
    describe(project, text, job.organisation, job.language, job.today)
    files = [job.out / f"{name}.pdf"]
    to_pdf(layout, files[0], geo=not page.table)
    if job.png_dpi:
        files.append(job.out / f"{name}.png")
        to_png(layout, files[1], job.png_dpi)
    return files
