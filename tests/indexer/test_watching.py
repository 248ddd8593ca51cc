"""The office's folder: what is dropped there is fetched once it is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import runs
from catalogue.store import Catalogue
from indexer.watching import FolderWatch


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(f"sqlite:///{tmp_path / 'c.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "office"
    made.mkdir()
    return made


def test_a_file_is_asked_for_when_it_has_kept_still_for_a_look(catalogue: Catalogue, folder: Path) -> None:
    watch = FolderWatch(folder)
    assert not watch.look(catalogue)
    (folder / "표.csv").write_text("이름,값\n", encoding="utf-8")
    assert not watch.look(catalogue)
    (folder / "표.csv").write_text("이름,값\n가,1\n", encoding="utf-8")
    assert not watch.look(catalogue), "it is still being copied"
    assert watch.look(catalogue)
    assert not watch.look(catalogue), "once is enough"
    (run,) = runs.recent(catalogue)
    assert (run.job, run.trigger, run.datasets["only"]) == (runs.FETCH, "folder", ["folder"])


def test_what_lay_there_before_is_asked_for_too(catalogue: Catalogue, folder: Path) -> None:
    (folder / "표.csv").write_text("이름,값\n가,1\n", encoding="utf-8")
    watch = FolderWatch(folder)
    watch.look(catalogue)
    assert watch.look(catalogue)


def test_a_change_of_the_metadata_is_a_change(catalogue: Catalogue, folder: Path) -> None:
    watch = FolderWatch(folder)
    (folder / "metadata.tsv").write_text("file\ttitle\n", encoding="utf-8")
    watch.look(catalogue)
    assert watch.look(catalogue)


@pytest.mark.parametrize("name", ["표.csv.part", ".표.csv", "~$표.xlsx", "읽어보세요.hwp"])
def test_what_is_no_data_file_is_nobodys_business(catalogue: Catalogue, folder: Path, name: str) -> None:
    watch = FolderWatch(folder)
    (folder / name).write_text("x", encoding="utf-8")
    assert not watch.look(catalogue)
    assert not watch.look(catalogue)


def test_without_a_folder_nothing_is_asked_for(catalogue: Catalogue, tmp_path: Path) -> None:
    for there in (None, tmp_path / "gone"):
        assert not FolderWatch(there).look(catalogue)
