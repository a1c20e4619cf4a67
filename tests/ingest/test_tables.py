"""Tables in every delimiter, encoding and container that the city delivers."""

import pandas as pd
import pyogrio
import pytest

from arsenaal_gis.errors import SourceError
from arsenaal_gis.ingest import columns, tables


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path, encoding, delimiter):
    path = tmp_path / "tabel met spatie é.csv"
    path.write_bytes(f"maand{delimiter}categorie\r\n01/05/2019{delimiter}Overlast café\r\n".encode(encoding))
    table = tables.read_csv(path)
    assert table.frame.to_dict("list") == {"maand": ["01/05/2019"], "categorie": ["Overlast café"]}
    assert table.frame.index.tolist() == [2]


def test_row_numbers_survive_line_breaks_in_cells_and_blank_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'a;b\r\n1;"twee\r\nregels"\r\n\r\n3;4\r\n')
    frame = tables.read_csv(path).frame
    assert frame.index.tolist() == [2, 5]
    assert frame.b.tolist() == ["twee\r\nregels", "4"]


def test_rows_with_a_wrong_number_of_cells_are_kept_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n3\n4;5;6\n7;8;;\n9;1")
    table = tables.read_csv(path)
    assert table.broken == {3: 1, 4: 3}
    assert table.frame.a.tolist() == ["1", "7", "9"]


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n"])
def test_empty_file_is_refused(tmp_path, content):
    path = tmp_path / "leeg.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="empty"):
        tables.read_csv(path)


def test_a_column_twice_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a;b;a\n1;2;3\n")
    with pytest.raises(SourceError, match="column a occurs twice"):
        tables.read_csv(path)


def test_wrong_encoding_in_the_settings_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("a\ncafé\n".encode("cp1252"))
    with pytest.raises(SourceError, match="codering"):
        tables.read_csv(path, "utf-8")


@pytest.mark.parametrize("driver, suffix", [("XLSX", ".xlsx"), ("ODS", ".ods")])
def test_workbooks(tmp_path, driver, suffix):
    path = tmp_path / f"bezoeken é{suffix}"
    delivered = pd.DataFrame({"adres_id": ["01", "02"], "datum": ["01/03/2022", "31/02/2022"], "n": [1.5, 2]})
    pyogrio.write_dataframe(delivered, path, driver=driver, layer="ronde 1")
    frame = tables.read_sheet(path).frame
    assert frame.index.tolist() == [2, 3]
    assert frame.columns.tolist() == ["adres_id", "datum", "n"]
    assert frame.n.tolist() == [1.5, 2] and frame.adres_id.tolist() == ["01", "02"]
    with pytest.raises(SourceError, match="ronde 1"):
        tables.read_sheet(path, "ronde 2")


def test_something_else_called_xlsx_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("geen werkboek")
    with pytest.raises(SourceError, match="cannot be read"):
        tables.read_sheet(path)


def test_columns_match_in_any_case_and_cut_to_ten_letters():
    found, missing = columns.match(
        ["capakey", "OPPERVL", "STRAATNAMI", "bouwjaren"],
        {
            "capakey": ["CAPAKEY"],
            "oppervlakte_m2": ["OPPERVL"],
            "straat": ["STRAATNAMID"],
            "bouwjaar": ["bouwjaar"],
        },
    )
    assert found == {"capakey": "capakey", "oppervlakte_m2": "OPPERVL", "straat": "STRAATNAMI"}
    assert missing == {"bouwjaar": ["bouwjaren"]}
