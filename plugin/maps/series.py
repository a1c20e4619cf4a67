"""The map series: every theme on every sheet asked for, one failing page never taking the others with it."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject

from ..arsenaal_gis.errors import ArsenaalError, Cancelled, ConfigError
from ..arsenaal_gis.plan import latest_plan
from ..arsenaal_gis.progress import SILENT, Progress
from ..arsenaal_gis.report import Edition, Maker, Theme, page_text, printable, themes
from ..arsenaal_gis.report.figures import CHANGES, chosen_list, incident_note, indicator_table, key_figures
from ..arsenaal_gis.wijk import Plan, Wijk
from .cards import MAKERS, make_cards
from .export import describe, to_pdf, to_png
from .grey import without_colour_around
from .job import MapJob, Produced
from .merge import merge
from .page import WORDS, Page, fill
from .report import print_report
from .scene import OUTSIDE, Scene
from .sheets import SHEETS, Sheet
from .template import from_template

_TITLE = {"nl": "Kaartenreeks", "en": "Map series"}
_A3_PAGE = re.compile(r"\d\d_.*_A3\.pdf")
_NOTHING = "Geen gegevens voor deze kaart: het plan heeft ze niet, of ze mogen niet getoond worden."


@dataclass(frozen=True)
class _Content:
    """What the pages of one release say: of which plan, and notes, figures, lists and tables by theme."""

    edition: Edition
    said: Mapping[str, str]
    figures: Mapping[str, str]
    listed: Mapping[str, str]
    tables: Mapping[str, Sequence[tuple[str, ...]]]


def make_maps(job: MapJob, progress: Progress = SILENT) -> Produced:
    """Print the series.

    Raises:
        ArsenaalError: Nothing at all can be printed, and why.
    """
    wijk = Wijk.open(job.wijk)
    plan = latest_plan(wijk, job.plan)
    produced = Produced()
    try:
        maker = Maker.of(wijk, job.maker)
    except ConfigError as error:
        produced.failed.append(("logo", str(error)))
        maker = Maker.of(wijk, {**job.maker, "logo": ""}, logo=False)
    job.out.mkdir(parents=True, exist_ok=True)
    if "kaarten" in job.products:
        chosen = [theme for theme in themes() if not job.themes or theme.id in job.themes]
        _make_series(job, wijk, plan, maker, chosen, produced, progress)
    for kind in MAKERS:
        if kind in job.products:
            make_cards(job, wijk, plan, maker, kind, produced, progress)
    if "verslag" in job.products:
        _make_report(job, wijk, plan, maker, produced, progress)
    return produced


def _make_report(
    job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, produced: Produced, progress: Progress
) -> None:
    """Print the report, and bind the maps on A3 of this run behind it."""
    progress.stage("verslag")
    try:
        report, *rest = print_report(job, wijk, plan, maker, progress)
    except Cancelled:
        raise
    except ArsenaalError as error:
        produced.failed.append(("verslag", str(error)))
        return
    maps = [(path, path.stem) for path in produced.files if _A3_PAGE.fullmatch(path.name)]
    together = report.with_name("verslag_met_kaarten.pdf")
    title = f"Verslag {wijk.config.name}"
    bound = maps and merge([(report, title), *maps], together, title, maker.organisation, "nl")
    produced.files += [report, *([together] if bound else []), *rest]


def _make_series(
    job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, chosen: Sequence[Theme], produced: Produced, progress: Progress
) -> None:  # fmt: skip
    """Print the themes on every sheet asked for."""
    sheets = [SHEETS[id] for id in job.sheets if id in SHEETS] or [SHEETS["A3"]]
    with tempfile.TemporaryDirectory() as scratch:
        gpkg = Path(scratch) / "kaarten.gpkg"
        let_go = printable(wijk, plan, gpkg, chosen, progress)
        produced.held_back = [f"{f.layer}: {f.action}, {f.reason} ({f.rows})" for f in let_go.findings]
        tables = {}
        if "indicatoren" in let_go.layers:
            changes = let_go.layers[CHANGES][1] if CHANGES in let_go.layers else None
            tables["indicatoren"] = indicator_table(let_go.layers["indicatoren"][1], changes, job.language)
        content = _Content(
            Edition.of(wijk, plan),
            {"hotspots": incident_note(let_go, job.language)},
            key_figures(let_go, job.language),
            {"keuze": chosen_list(let_go, job.language)},
            tables,
        )
        progress.stage("kaarten", len(chosen) * len(sheets) * (1 + job.grey))
        for grey in (False, True) if job.grey else (False,):
            for sheet in sheets:
                project = QgsProject()
                project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
                scene = Scene(project, gpkg, plan, job.language, grey, sheet.scale)
                _print_sheet(
                    job, wijk, plan, maker, project, scene, sheet, grey, chosen, content, produced, progress
                )
                project.clear()


def _subject(theme: Theme) -> set[str]:
    """Layers without which a page shows nothing of its theme; where the base is the theme, its own count too."""
    return {theme.raster, *theme.layers, *(set(theme.legend) - {"wijkgrens"} if theme.vivid else ())}


def _print_sheet(
    job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, project: QgsProject, scene: Scene, sheet: Sheet, grey: bool,
    chosen: Sequence[Theme], content: _Content, produced: Produced, progress: Progress,
) -> None:  # fmt: skip
    """Print the themes on one sheet, and put them together for the print shop."""
    pages = [
        (theme, layers)
        for theme in chosen
        if (layers := scene.of(theme)) and (content.tables.get(theme.table) or _subject(theme) & set(layers))
    ]
    there = {theme.id for theme, _ in pages}
    missing = [(theme.id, _NOTHING) for theme in chosen if theme.id not in there]
    produced.failed += [one for one in missing if one not in produced.failed]
    suffix = f"{sheet.id}{'_grijs' if grey else ''}"
    done = []
    for number, (theme, layers) in enumerate(pages, 1):
        progress.check()
        name = f"{number:02}_{theme.id}_{suffix}"
        try:
            files = _print(
                job,
                wijk,
                plan,
                maker,
                project,
                scene,
                sheet,
                theme,
                layers,
                content,
                (number, len(pages)),
                name,
            )
            produced.files += files
            done.append((files[0], theme.title[job.language]))
        except Cancelled:
            raise
        except ArsenaalError as error:
            produced.failed.append((name, str(error)))
        progress.advance()
    together = job.out / f"kaarten_{suffix}.pdf"
    title = f"{_TITLE[job.language]} \u2013 {wijk.config.name}"
    if merge(done, together, title, maker.organisation, job.language):
        produced.files.append(together)


def _print(
    job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, project: QgsProject, scene: Scene, sheet: Sheet, theme: Theme,
    layers: Mapping[str, QgsMapLayer], content: _Content, place: tuple[int, int], name: str,
) -> list[Path]:  # fmt: skip
    table = content.tables.get(theme.table, ())
    drawn = [theme.table] if table else [id for id in layers if id != OUTSIDE]
    text = page_text(
        content.edition, theme, drawn, today=job.today, maker=maker, said=content.said.get(theme.id, ""), language=job.language
    )  # fmt: skip
    boundary = layers["wijkgrens"].extent()
    layout = from_template(project, sheet, wijk.folder)
    layout.setName(name)
    practice = WORDS[job.language]["practice"] if wijk.config.fictitious else ""
    page = Page(
        text, layers, theme.legend, boundary, boundary, scene.locator(), content.figures.get(theme.id, ""),
        content.listed.get(theme.id, ""), table, *place, job.status, practice, job.language, maker.logo,
    )  # fmt: skip
    fill(layout, sheet, page)
    if scene.grey:
        without_colour_around(layout)
    describe(project, text, maker, job.language)
    files = [job.out / f"{name}.pdf"]
    to_pdf(layout, files[0], geo=not page.table)
    if job.png_dpi:
        files.append(job.out / f"{name}.png")
        to_png(layout, files[1], job.png_dpi)
    return files
