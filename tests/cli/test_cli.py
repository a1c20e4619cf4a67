"""The command line, as a user types it."""

import json

import pytest
from wijk.conftest import delivery

from arsenaal_gis import ingest
from arsenaal_gis.cli import main
from arsenaal_gis.cli.commands import COMMANDS
from arsenaal_gis.ingest.report import Report
from arsenaal_gis.wijk import import_delivery, lock


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command.name, "--help"])
    text = capsys.readouterr().out
    assert stop.value.code == 0 and command.summary.split()[0] in text and "--json" in text


def test_layers_lists_and_details(capsys):
    assert main(["layers"]) == 0
    assert "percelen" in capsys.readouterr().out
    assert main(["layers", "percelen", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fields"]["capakey"] == "text"


def test_init_then_check_says_what_is_missing(tmp_path, capsys):
    folder = tmp_path / "nieuwe wijk é"
    assert main(["init", str(folder), "--naam", "Ragheno"]) == 0
    assert 'naam = "Ragheno"' in (folder / "wijk.toml").read_text(encoding="utf-8")
    assert main(["init", str(folder)]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "geen grens" in said and "←" not in said  # nothing was delivered, so there is nothing to count
    assert main(["run", str(folder)]) == 1
    assert "Nothing was changed" in capsys.readouterr().out
    assert sorted(path.name for path in folder.iterdir()) == ["wijk.toml"]


def test_an_error_is_three_lines_and_never_a_traceback(tmp_path, capsys):
    assert main(["plan", str(tmp_path)]) == 1
    text = capsys.readouterr().err
    assert "Error:" in text and "where:" in text and "do:" in text and "Traceback" not in text
    assert main(["plan", str(tmp_path), "--json"]) == 1
    assert set(json.loads(capsys.readouterr().out)) == {"error", "where", "todo"}
    assert main(["plan", str(tmp_path), "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_wrong_date_is_refused_with_the_right_form(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["plan", str(tmp_path), "--peildatum", "30/06/2025"])
    assert stop.value.code == 2 and "2025-06-30" in capsys.readouterr().err


def test_plan_prints_where_everything_lies(wijk, tmp_path, capsys):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    out = tmp_path / "elders"
    assert main(["plan", str(wijk.folder), "--only", "feiten", "--out", str(out), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["rows"]["perceel_feiten"] == 2 and summary["peildatum"] == "2025-06-30"
    assert summary["plan"].startswith(str(out))


def test_restore_lists_and_lineage_shows(wijk, capsys):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    import_delivery(wijk, delivery(parcels=("A",)), "20250102T000000Z")
    assert main(["restore", str(wijk.folder), "--list"]) == 0
    assert "20250102T000000Z" in capsys.readouterr().out
    assert main(["lineage", str(wijk.folder)]) == 0
    assert "voorstel" in capsys.readouterr().out
    assert main(["lineage", str(wijk.folder), "--confirm", "B"]) == 0
    assert set(wijk.layer("afstamming").query("laag == 'percelen'")["status"]) == {"bevestigd"}
    assert main(["restore", str(wijk.folder), "20250102"]) == 0
    assert len(wijk.layer("percelen")) == 2


def test_a_held_wijk_names_its_holder(wijk, capsys):
    import_delivery(wijk, delivery(), "20250101T000000Z")
    with lock(wijk.folder, "import"):
        assert main(["plan", str(wijk.folder)]) == 1
    assert "holds the wijk since" in capsys.readouterr().err


def test_ctrl_c_stops_cleanly(wijk, capsys, monkeypatch):
    def interrupted(*args, **kwargs) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "read", interrupted)
    assert main(["run", str(wijk.folder)]) == 130
    assert "nothing was changed" in capsys.readouterr().err
    assert not wijk.gpkg.exists()
