"""Upright pages: a card per chosen place, a sheet per round, a page per building block or street."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsPrintLayout, QgsProject, QgsRectangle

from ..arsenaal_gis.errors import ArsenaalError, Cancelled
from ..arsenaal_gis.progress import Progress
from ..arsenaal_gis.report import Edition, Maker, Theme, page_text
from ..arsenaal_gis.report.atlas import block_cards, street_cards
from ..arsenaal_gis.report.cards import THIS_PLACE, Card, place_cards
from ..arsenaal_gis.report.rounds import round_cards
from ..arsenaal_gis.wijk import Plan, Wijk
from .export import describe, to_pdf, to_png
from .grey import without_colour_around
from .items import fit, fit_bar, frame_map, put_locator, put_logo, put_practice, say
from .job import MapJob, Produced
from .legend import fill_legend
from .merge import merge
from .page import WORDS, dotted, stamped
from .portrait import (
    A4,
    FORMS,
    LEAST,
    arrange,
    key_item,
    legend_item,
    put_beside,
    put_blocks,
    put_list,
    text_height,
)
from .scene import Scene
from .sheets import PORTRAIT, Sheet
from .template import from_template

MAKERS: dict[str, Callable[[Wijk, Plan, Path, str], list[Card]]] = {
    "fiches": place_cards,
    "rondes": round_cards,
    "bouwblokken": block_cards,
    "straten": street_cards,
}
_AROUND_M = {"P1": 25.0}  # shown around a place
_EDGE_M = 12.0  # shown around anything else
_WITH_LEGEND, _AIR = 92.0, 3.0  # most height of texts beside a legend, and what stays free below, millimetres


def make_cards(
    job: MapJob, wijk: Wijk, plan: Plan, maker: Maker, kind: str, produced: Produced, progress: Progress
) -> None:
    """Print the cards of one kind into a folder of their own.

    Args:
        job: What to print.
        wijk: The wijk.
        plan: The plan.
        maker: Who makes them.
        kind: One of :data:`MAKERS`.
        produced: Gets the pages, and what failed.
        progress: Where to report.
    """
    folder = job.out / kind
    # Only a round fits on A5: a list and a map.
    sheets = [PORTRAIT[id] for id in job.sheets if id in PORTRAIT and kind == "rondes"] or [A4]
    with tempfile.TemporaryDirectory() as scratch:
        gpkg = Path(scratch) / "bladen.gpkg"
        cards = MAKERS[kind](wijk, plan, gpkg, job.language)
        cards = [card for card in cards if not job.cards or card.name in job.cards]
        if not cards:
            produced.failed.append((kind, "Het plan heeft er geen."))
            return
        folder.mkdir(parents=True, exist_ok=True)
        edition = Edition.of(wijk, plan)
        greys = (False, True) if job.grey else (False,)
        progress.stage(kind, len(cards) * len(sheets) * len(greys))
        for grey in greys:
            project = QgsProject()
            project.setCrs(QgsCoordinateReferenceSystem("EPSG:31370"))
            scene = Scene(project, gpkg, plan, job.language, grey, close=kind == "fiches")
            for sheet in sheets:
                done = []
                suffix = f"{'' if sheet is A4 else f'_{sheet.id}'}{'_grijs' if grey else ''}"
                for number, card in enumerate(cards, 1):
                    progress.check()
                    path = folder / f"{card.name}{suffix}.pdf"
                    try:
                        files = _print(
                            job, wijk, edition, maker, project, scene, sheet, card, path, (number, len(cards))
                        )
                        produced.files += files
                        done.append((path, card.title))
                    except Cancelled:
                        raise
                    except ArsenaalError as error:
                        produced.failed.append((path.stem, str(error)))
                    progress.advance()
                # A round is for its own team and day: rounds are never put together, nor is what was picked.
                together = job.out / f"{kind}{suffix}.pdf"
                title = f"{kind.capitalize()} \u2013 {wijk.config.name}"
                apart = kind == "rondes" or job.cards
                if not apart and merge(done, together, title, maker.organisation, job.language):
                    produced.files.append(together)
            project.clear()


def _print(
    job: MapJob, wijk: Wijk, edition: Edition, maker: Maker, project: QgsProject, scene: Scene, sheet: Sheet, card: Card,
    path: Path, place: tuple[int, int],
) -> list[Path]:  # fmt: skip
    words = WORDS[job.language]
    layers = scene.over_base(card.layers)
    for id, (field, value) in card.only.items():
        if id in layers:
            quoted = value.replace("'", "''")
            layers[id].setSubsetString(f"\"{field}\" = '{quoted}'")
    theme = Theme(
        card.name, {job.language: card.title}, card.layers, (), "", {job.language: card.note}, None, "", ()
    )
    text = page_text(
        edition,
        theme,
        [id for id in layers if id != THIS_PLACE],
        today=job.today,
        maker=maker,
        tier=card.tier,
        language=job.language,
    )
    layout = from_template(project, sheet, wijk.folder, ("kaart", "titel", "tekst"))
    layout.setName(card.name)
    extent = QgsRectangle(*card.bounds).buffered(_AROUND_M.get(card.tier, _EDGE_M))
    if card.table:
        put_list(layout, sheet, card.table, card.title)
    elif card.legend:
        _put_legend(layout, sheet, card, layers, extent, job.language)
    else:
        put_blocks(layout, sheet, card.blocks, beside_legend=False)
    scale = frame_map(layout, layers, extent)
    fit_bar(layout, scale, 22)
    small = FORMS[sheet.id].small
    put_logo(layout, maker.logo)
    fit(layout, "titel", card.title, 9)
    fit(layout, "ondertitel", f"{wijk.config.name} \u00b7 {text.subtitle}", 7)
    fit(layout, "toelichting", f"{text.note}\n{text.sources}", min(small, LEAST))
    fit(layout, "colofon", text.colophon, min(small, LEAST))
    for id, said in (
        ("stempel", stamped(job.status, job.language)), ("pagina", words["page"].format(*place)),
        ("schaal_tekst", words["scale"].format(dotted(scale, job.language))),
    ):  # fmt: skip
        say(layout, id, said)
    put_practice(layout, words["practice"] if wijk.config.fictitious else "")
    if "wijkgrens" in layers:
        put_locator(layout, scene.locator(), layers["wijkgrens"].extent())
    if card.key:
        fill_legend(
            layout,
            key_item(layout),
            {id: layers[id] for id in card.key if id in layers},
            90,
            job.language,
            False,
        )
    if scene.grey:
        without_colour_around(layout)
    describe(project, text, maker, job.language)
    files = [path]
    to_pdf(layout, path)
    if job.png_dpi:
        files.append(path.with_suffix(".png"))
        to_png(layout, files[1], job.png_dpi)
    return files


def _put_legend(
    layout: QgsPrintLayout, sheet: Sheet, card: Card, layers: Mapping[str, QgsMapLayer], extent: QgsRectangle, language: str
) -> None:  # fmt: skip
    """Texts beside a legend, no higher than they need; the map takes the rest, and what it shows is in the legend."""
    legend, width = legend_item(layout)
    shown = {id: layers[id] for id in card.legend if id in layers}
    texts, room = text_height(layout, sheet, card.blocks), _WITH_LEGEND
    for attempt in range(3):
        arrange(layout, sheet, room)
        frame_map(layout, layers, extent)
        fill_legend(layout, legend, shown, width, language)
        needed = max(texts, legend.sizeWithUnits().height()) + _AIR
        if attempt and needed <= room:
            break
        # A larger map may show more classes than the legend was measured with.
        room = min(needed, _WITH_LEGEND) if attempt < 2 else _WITH_LEGEND
    put_blocks(layout, sheet, card.blocks, beside_legend=True)
    put_beside(layout, legend)
