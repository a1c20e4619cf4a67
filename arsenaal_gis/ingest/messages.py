"""Everything the checker can say about a delivery, in Dutch and English, in one table.

``reject`` moves a row to ``afgekeurd``, ``repair`` uses it after an alteration, ``note`` only tells, and
``error`` makes the source unusable.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "reject", "repair", "note"]


@dataclass(frozen=True)
class Message:
    """One thing that can be wrong, or worth telling, with what to do about it.

    Attributes:
        severity: What it means for the rows concerned.
        nl, en: What is the matter; ``{field}``, ``{value}`` and ``{extra}`` are filled in.
        todo_nl, todo_en: What to do; empty where nothing needs doing.
    """

    severity: Severity
    nl: str
    en: str
    todo_nl: str = ""
    todo_en: str = ""


_MAP_NL = "Voeg de waarde toe onder 'codes' van deze bron in wijk.toml, of verbeter de bron."
_MAP_EN = "Add the value under 'codes' of this source in wijk.toml, or correct the source."
_FIX_NL = "Verbeter de waarde in de bron."
_FIX_EN = "Correct the value in the source."

MESSAGES: dict[str, Message] = {
    # The source as a whole
    "unreadable": Message(
        "error",
        "{value}",
        "{value}",
        "{extra}",
        "{extra}",
    ),
    "no_boundary": Message(
        "error",
        "De wijk heeft geen grens.",
        "The wijk has no boundary.",
        "Voeg [bronnen.wijkgrens] toe aan wijk.toml.",
        "Add [bronnen.wijkgrens] to wijk.toml.",
    ),
    "empty_source": Message(
        "note",
        "De bron bevat geen enkele rij.",
        "The source holds no row at all.",
        "Controleer of de levering volledig is.",
        "Check that the delivery is complete.",
    ),
    "column_missing": Message(
        "error",
        "De verplichte kolom voor '{field}' ontbreekt (gezocht: {value}).",
        "The required column for '{field}' is missing (looked for: {value}).",
        'Zet in wijk.toml: kolommen = {{{field} = "…"}}. Aanwezig: {extra}.',
        'Set in wijk.toml: kolommen = {{{field} = "…"}}. Present: {extra}.',
    ),
    "column_absent": Message(
        "note",
        "De kolom voor '{field}' ontbreekt (gezocht: {value}); het veld blijft leeg.",
        "The column for '{field}' is missing (looked for: {value}); the field stays empty.",
        "{extra}",
        "{extra}",
    ),
    "crs_unknown": Message(
        "error",
        "De coördinaten passen in geen bekend stelsel in België.",
        "The coordinates fit no known system in Belgium.",
        "Zet 'crs' bij de bron in wijk.toml.",
        "Set 'crs' of the source in wijk.toml.",
    ),
    "crs_missing": Message(
        "note",
        "Het bestand noemt geen coördinatenstelsel; {value} volgt uit de coördinaten.",
        "The file names no coordinate system; {value} follows from the coordinates.",
    ),
    "crs_contradicts": Message(
        "note",
        "Het bestand zegt {field}, maar de coördinaten zijn {value}; de coördinaten zijn gevolgd.",
        "The file says {field}, but the coordinates are {value}; the coordinates were followed.",
        "Meld het aan de leverancier.",
        "Tell the supplier.",
    ),
    "crs_swapped": Message(
        "note",
        "x en y staan omgewisseld; ze zijn teruggewisseld.",
        "x and y are swapped; they were swapped back.",
        "Meld het aan de leverancier.",
        "Tell the supplier.",
    ),
    "grid_missing": Message(
        "note",
        (
            "Het rooster {value} is hier niet; de omzetting is {extra} m nauwkeurig. "
            "Strookbreedtes worden niet uit deze gegevens berekend."
        ),
        (
            "The grid {value} is not here; the transformation is accurate to {extra} m. Strip"
            " widths are not computed from these data."
        ),
        "Installeer het NGI-rooster (QGIS vraagt het bij de eerste omzetting).",
        "Install the NGI grid (QGIS asks for it at the first transformation).",
    ),
    "nothing_in_wijk": Message(
        "note",
        "Geen enkele rij ligt in of bij de wijk.",
        "Not one row lies in or near the wijk.",
        "Controleer of dit de juiste levering is.",
        "Check that this is the right delivery.",
    ),
    "missing_prj": Message(
        "note",
        "Het .prj-bestand ontbreekt.",
        "The .prj file is missing.",
    ),
    "missing_shx": Message(
        "note",
        "Het .shx-bestand ontbreekt; de index is opnieuw gemaakt (niet in de levering zelf).",
        "The .shx file is missing; the index was made anew (not in the delivery itself).",
    ),
    "has_z": Message(
        "note",
        "De geometrie heeft hoogtes; die zijn weggelaten.",
        "The geometry has heights; they were dropped.",
    ),
    "has_m": Message(
        "note",
        "De geometrie heeft maatwaarden (M); die zijn weggelaten.",
        "The geometry has measures (M); they were dropped.",
    ),
    "has_curves": Message(
        "note",
        "De geometrie heeft bogen; die zijn omgezet in korte rechte stukken.",
        "The geometry has curves; they were turned into short straight lines.",
    ),
    "line_breaks": Message(
        "note",
        "Regeleinden binnen '{field}' zijn verwijderd.",
        "Line breaks within '{field}' were removed.",
    ),
    "snapshot": Message(
        "note",
        "Gelezen uit de momentopname van {value}.",
        "Read from the snapshot of {value}.",
    ),
    "outside": Message(
        "note",
        "{value} rijen liggen buiten het gebied (wijk + {extra} m) en zijn niet nodig.",
        "{value} rows lie outside the area (wijk + {extra} m) and are not needed.",
    ),
    "elsewhere": Message(
        "note",
        "{value} rijen gaan over percelen buiten de wijk en zijn niet nodig.",
        "{value} rows are about parcels outside the wijk and are not needed.",
    ),
    # Rows
    "cells": Message(
        "reject",
        "De rij heeft {value} cellen in plaats van {extra}.",
        "The row has {value} cells instead of {extra}.",
        _FIX_NL,
        _FIX_EN,
    ),
    "duplicate": Message(
        "reject",
        "De rij is een herhaling van een eerdere rij.",
        "The row repeats an earlier row.",
    ),
    "duplicate_key": Message(
        "reject",
        "De sleutel {value} komt al voor met andere gegevens.",
        "The key {value} already occurs with other data.",
        _FIX_NL,
        _FIX_EN,
    ),
    "missing_value": Message(
        "reject",
        "'{field}' is leeg.",
        "'{field}' is empty.",
        _FIX_NL,
        _FIX_EN,
    ),
    "bad_value": Message(
        "reject",
        "'{value}' is geen bruikbare waarde voor '{field}'.",
        "'{value}' is no usable value for '{field}'.",
        _FIX_NL,
        _FIX_EN,
    ),
    "out_of_range": Message(
        "reject",
        "'{value}' valt buiten het bereik van '{field}'.",
        "'{value}' is out of the range of '{field}'.",
        _FIX_NL,
        _FIX_EN,
    ),
    "unknown_code": Message(
        "reject",
        "De code '{value}' is onbekend voor '{field}'.",
        "The code '{value}' is unknown for '{field}'.",
        _MAP_NL,
        _MAP_EN,
    ),
    "unknown_street": Message(
        "reject",
        "De straat '{value}' bestaat niet in de straten en adressen.",
        "The street '{value}' does not exist in the streets and addresses.",
        _MAP_NL + "{extra}",
        _MAP_EN + "{extra}",
    ),
    "no_geometry": Message(
        "reject",
        "De rij heeft geen geometrie, of een op (0, 0).",
        "The row has no geometry, or one at (0, 0).",
        _FIX_NL,
        _FIX_EN,
    ),
    "wrong_geometry": Message(
        "reject",
        "De geometrie is van een ander type of heeft geen oppervlakte.",
        "The geometry is of another type or has no area.",
        _FIX_NL,
        _FIX_EN,
    ),
    "value_dropped": Message(
        "repair",
        "'{value}' is onbruikbaar voor '{field}'; de waarde is leeg gelaten.",
        "'{value}' is unusable for '{field}'; the value was left empty.",
        _FIX_NL,
        _FIX_EN,
    ),
    "value_form": Message(
        "repair",
        "'{value}' in '{field}' is anders geschreven dan de rest; gelezen als {extra}.",
        "'{value}' in '{field}' is written unlike the rest; read as {extra}.",
    ),
    "translated": Message(
        "repair",
        "'{value}' in '{field}' is volgens wijk.toml gelezen als {extra}.",
        "'{value}' in '{field}' was read as {extra}, as wijk.toml says.",
    ),
    "interval": Message(
        "repair",
        "'{value}' in '{field}' is een interval ({extra}).",
        "'{value}' in '{field}' is an interval ({extra}).",
    ),
    "two_digit_year": Message(
        "repair",
        "'{value}' in '{field}' is een jaartal van twee cijfers; gelezen als {extra}.",
        "'{value}' in '{field}' is a two-digit year; read as {extra}.",
    ),
    "geometry_repaired": Message(
        "repair",
        "De geometrie doorsneed zichzelf en is hersteld (oppervlakte {extra} m²).",
        "The geometry intersected itself and was repaired (area {extra} m²).",
    ),
    "point_moved": Message(
        "repair",
        "De coördinaten ({value}) zijn {extra}; ze zijn omgezet.",
        "The coordinates ({value}) are {extra}; they were converted.",
    ),
    "no_location": Message(
        "repair",
        "De rij heeft geen bruikbare ligging ({value}); ze telt mee zonder punt.",
        "The row has no usable location ({value}); it counts without a point.",
    ),
    # Relations
    "overlaps": Message(
        "note",
        "{value} overlappingen, samen {extra} m², de grootste tussen {field}.",
        "{value} overlaps, {extra} m² in all, the largest between {field}.",
        "Meld het aan de leverancier; de vlakken zijn niet gewijzigd.",
        "Tell the supplier; the areas were not altered.",
    ),
    "not_joined": Message(
        "note",
        "{value} rijen konden niet aan {extra} gekoppeld worden.",
        "{value} rows could not be joined to {extra}.",
        "Zoek de sleutel na in de bron.",
        "Look the key up in the source.",
    ),
    "several_dwellings": Message(
        "note",
        "{value} rijen wijzen naar een adres met meer dan één woning en zijn niet aan een woning gekoppeld.",
        "{value} rows point at an address with more than one dwelling and were not joined to a dwelling.",
        "Vermeld het busnummer.",
        "State the box number.",
    ),
    "joined": Message(
        "note",
        "Gekoppeld: {value}.",
        "Joined: {value}.",
    ),
    "more_units": Message(
        "note",
        "Op {value} percelen telt het kadaster meer woongelegenheden dan er adressen zijn.",
        "On {value} parcels the cadastre counts more dwellings than there are addresses.",
        "Vraag busnummers aan in het adressenregister.",
        "Request box numbers in the register.",
    ),
    "by_order": Message(
        "note",
        (
            "{value} woningen delen een perceel met verschillende kadastrale rijen; ze zijn "
            "in volgorde toegewezen (de totalen per perceel kloppen, per woning is het "
            "onzeker)."
        ),
        (
            "{value} dwellings share a parcel with differing cadastral rows; these were "
            "assigned in order (totals by parcel are right, single dwellings are uncertain)."
        ),
    ),
    # Rasters
    "classes_assumed": Message(
        "note",
        "'klassen' ontbreekt; de waarden zijn als codes van de catalogus gelezen.",
        "'klassen' is missing; the values were read as codes of the catalogue.",
        "Zet 'klassen' bij de bron in wijk.toml.",
        "Set 'klassen' of the source in wijk.toml.",
    ),
    "unknown_class": Message(
        "note",
        "De rasterwaarde {value} is onbekend; {extra} cellen zijn leeg gelaten.",
        "The raster value {value} is unknown; {extra} cells were left empty.",
        "Zet de waarde onder 'klassen' in wijk.toml.",
        "Put the value under 'klassen' in wijk.toml.",
    ),
    "cells_out_of_range": Message(
        "note",
        "{value} cellen vallen buiten het bereik ({extra}) en zijn leeg gelaten.",
        "{value} cells are out of range ({extra}) and were left empty.",
    ),
    "resampled": Message(
        "note",
        "Het raster staat in {value}; het is op cellen van Lambert 72 overgebracht (naaste cel).",
        "The raster is in {value}; it was brought onto cells of Lambert 72 (nearest cell).",
    ),
}
