"""Joins of addresses, households and streets, by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import shapely

from arsenaal_gis.ingest import households, incidents, joins, parcels
from arsenaal_gis.ingest.ledger import Ledger

from . import conftest as made


def test_largest_overlap():
    lots = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    houses = np.array(
        [
            shapely.box(8, 0, 16, 5),
            shapely.box(0, 0, 2, 2),
            shapely.box(30, 0, 32, 2),
            shapely.box(20, 0, 22, 2),
        ]
    )
    assert joins.largest_overlap(houses, lots).tolist() == [1, 0, -1, -1]


def test_nearest_within():
    points = np.array([shapely.Point(5, 5), shapely.Point(12, 5), None, shapely.Point(40, 5)])
    found, far = joins.nearest_within(points, np.array([shapely.box(0, 0, 10, 10)]), 3.0)
    assert found.tolist() == [0, 0, -1, -1]
    np.testing.assert_array_equal(far, [0, 2, np.nan, np.nan])


def test_an_entrance_belongs_to_the_main_building_though_a_shed_is_nearer():
    buildings = pd.DataFrame(
        {"gebouw_id": ["huis", "schuur"], "type": ["hoofdgebouw", "bijgebouw"], "capakey": ["A", "B"]}
    )
    shapes = np.array([shapely.box(0, 0, 10, 10), shapely.box(11, 0, 14, 3)])
    lots = pd.DataFrame({"capakey": ["A", "B"]})
    ground = np.array([shapely.box(0, 0, 10.5, 10), shapely.box(10.5, 0, 14, 10)])
    addresses = pd.DataFrame({"adres_id": ["1", "2"]})
    points = np.array([shapely.Point(10.8, 1), shapely.Point(14.5, 9)])
    found = joins.join_addresses(addresses, points, buildings, shapes, lots, ground, 3.0)
    # The second is out of reach of the house (4.5 m) and of the shed (6 m).
    assert found.gebouw_id.fillna("-").tolist() == ["huis", "-"] and found.koppelwijze.tolist() == [
        "nabij",
        "geen",
    ]
    assert found.capakey.fillna("-").tolist() == ["A", "-"]


def test_households_join_by_key_then_address():
    dwellings = pd.DataFrame({"woning_id": ["w1", "w2", "w3"], "adres_id": ["1", "2", "2"]})
    rows = pd.DataFrame(
        {"woning_id": ["w3", None, None, None], "adres_id": ["9", "1", "2", "7"]}, index=[2, 3, 4, 5]
    )
    ledger = Ledger()
    joined = households.to_dwellings(rows, dwellings, ledger)
    assert joined.woning_id.fillna("-").tolist() == ["w3", "w1", "-", "-"]
    told = {one.code: one for one in ledger.findings}
    assert told["joined"].value == "sleutel 1, adres 1, geen 2"
    assert told["several_dwellings"].rows == [4] and told["not_joined"].rows == [5]


def test_row_keys_last_and_never_collide():
    rows = pd.DataFrame(
        {"adres_id": ["1", "1", "2"], "datum": [dt.date(2022, 3, 1)] * 3, "golf": "nulmeting"}
    )
    keys = households.row_keys(rows, "bezoeken")
    assert keys.is_unique
    assert set(households.row_keys(rows.iloc[::-1], "bezoeken")) == set(keys)


def test_attempts_count_by_address_wave_and_role():
    visits = pd.DataFrame(
        {
            "adres_id": ["1", "1", "1", "2"], "golf": "nulmeting", "functie": ["a", "a", "b", "a"],
            "datum": [dt.date(2022, 3, 9), dt.date(2022, 3, 1), dt.date(2022, 3, 2), dt.date(2022, 3, 3)],
        }
    )  # fmt: skip
    assert households.attempts(visits).tolist() == [2, 1, 1, 1]


def test_streets_are_written_as_the_registers_do():
    known = incidents.known_streets(
        pd.DataFrame({"straat_links": ["'t Hofke", None]}), None, pd.DataFrame({"straat": ["Smisstraat"]})
    )
    column = pd.Series(["'T HOFKE", "Smisstraat", "Smistraat", None], index=[2, 3, 4, 5])
    ledger = Ledger()
    out = incidents.canonical_streets(column, known, ledger, required=True, delivered=column)
    assert out.tolist()[:2] == ["'t Hofke", "Smisstraat"]
    assert list(ledger.rejected) == [4] and ledger.repaired == {2}
    free = incidents.canonical_streets(column, {}, Ledger(), required=True, delivered=column)
    assert free.tolist()[:3] == column.tolist()[:3]


def test_blocks_are_contiguous_parcels():
    lots = made.parcels().rename(columns={"CAPAKEY": "capakey"})
    lots.loc[3, "geometry"] = shapely.box(made.X + 40, made.Y, made.X + 46, made.Y + 20)
    block, member = parcels.blocks(lots)
    assert sorted(block.percelen) == [1, 3] and member.nunique() == 2
    assert set(member) == set(block.bouwblok_id)
    assert block.geometry.area.sum() == lots.geometry.area.sum()
    again, _ = parcels.blocks(lots.iloc[::-1])
    assert set(again.bouwblok_id) == set(block.bouwblok_id)
