"""Builds on disk: whole or not there."""

import os
from pathlib import Path

import pytest

from search.engine import Build, Busy, Damaged, EngineError, NothingPublished
from search.folders import Folders
from search.manifest import Manifest


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "index")


def whole(folders: Folders, build: str, previous: str | None = None) -> None:
    folders.begin(build, None)
    folders.complete(Manifest(Build(build, f"2026-{build}"), previous, {}))


def test_before_the_first_build_nothing_is_there(folders: Folders) -> None:
    assert folders.pointed() is None
    assert folders.builds() == ()
    assert folders.sweep() == ()
    with pytest.raises(NothingPublished):
        folders.live()


def test_a_build_without_its_manifest_counts_for_nothing(folders: Folders) -> None:
    folders.begin("half", None)
    assert folders.whole() == []
    with pytest.raises(Damaged):
        folders.manifest("half")


def test_the_next_build_shares_the_files_that_never_change(folders: Folders) -> None:
    first = folders.begin("b1", None)
    for name in ("segment.store", "meta.json", ".tantivy-writer.lock"):
        (first / name).write_text(name)
    folders.complete(Manifest(Build("b1", "2026"), None, {}))
    second = folders.begin("b2", "b1")
    assert {path.name for path in second.iterdir()} == {"segment.store", "meta.json"}
    assert (second / "segment.store").samefile(first / "segment.store")
    assert not (second / "meta.json").samefile(first / "meta.json")


def test_a_name_is_given_once(folders: Folders) -> None:
    folders.begin("b1", None)
    with pytest.raises(EngineError, match="b1"):
        folders.begin("b1", None)


def test_a_sweep_keeps_the_live_build_and_the_one_before_it(folders: Folders) -> None:
    for build, previous in (("b1", None), ("b2", "b1"), ("b3", "b2")):
        whole(folders, build, previous)
    folders.begin("half", "b3")
    folders.point("b3")
    assert folders.sweep() == ("b1", "half")
    assert [build.id for build in folders.builds()] == ["b3", "b2"]


def test_a_sweep_passes_over_a_damaged_live_build(folders: Folders) -> None:
    whole(folders, "b1")
    folders.point("b1")
    folders.begin("left", None)
    (folders.of("b1") / "build.json").unlink()
    assert folders.sweep() == ("left",)


def test_only_one_may_write(folders: Folders) -> None:
    with folders.writing(), pytest.raises(Busy), Folders(folders.root).writing():
        pass
    with folders.writing():
        assert os.listdir(folders.root)  # noqa: PTH208
