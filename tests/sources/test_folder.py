"""Files from folders and from the command line: each is read, or named with the reason why not."""

import unicodedata
from pathlib import Path

import pytest

from sources import folder
from sources.contract import Facts, Fetched, Unreadable


def test_a_folder_gives_its_data_files_in_order_and_names_the_rest(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    left = ("metadata.tsv", "boundaries.geojson", ".hidden.csv", "~$a.xlsx", "Thumbs.db")
    for name in ("b.csv", "a.xlsx", "c.ZIP", "deeper/d.json", "note.md", *left):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in folder.files([tmp_path])] == ["a.xlsx", "b.csv", "c.ZIP", "d.json"]
    assert [path.name for path in folder.left_out([tmp_path])] == ["note.md"]


def test_a_file_named_outright_is_read_whatever_its_ending(tmp_path: Path) -> None:
    (tmp_path / "odd.dat").write_text("x", encoding="utf-8")
    (found,) = folder.read([tmp_path / "odd.dat"], {}, Facts())
    assert isinstance(found, Fetched)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("x", encoding="utf-8")
    found = list(folder.read([tmp_path / "missing.csv", tmp_path / "b.csv"], {}, Facts()))
    assert isinstance(found[0], Unreadable)
    assert found[0].file == "missing.csv"
    assert isinstance(found[1], Fetched)


def test_of_two_files_of_one_name_the_second_is_refused_and_both_are_named(tmp_path: Path) -> None:
    for part in ("길동", "둔촌동"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "현황.csv").write_text("x", encoding="utf-8")
    first, second = folder.read([tmp_path], {}, Facts())
    assert isinstance(first, Fetched)
    assert isinstance(second, Unreadable)
    assert "길동" in second.why
    assert "둔촌동" in second.why


def test_a_file_too_large_to_be_honest_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_BYTES", 3)
    (tmp_path / "big.csv").write_text("four", encoding="utf-8")
    (found,) = folder.read([tmp_path], {}, Facts())
    assert found == Unreadable("big.csv", "larger than 3 bytes: split it")


def test_the_call_goes_before_the_metadata_and_both_before_the_name(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "강동구_화장실.csv")
    (tmp_path / name).write_text("x", encoding="utf-8")
    known = {"강동구_화장실.csv": Facts(title="공중화장실", provider="환경과")}
    (found,) = folder.read([tmp_path], known, Facts(provider="강동구청"))
    assert isinstance(found, Fetched)
    assert found.file == "강동구_화장실.csv"
    assert found.facts == Facts(title="공중화장실", provider="강동구청")
    assert found.guessed == Facts(title="화장실", provider="강동구")
